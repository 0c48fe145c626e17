"""One interview's part of the site: its files, its calendar events, and what other pages may know of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

from prepvault import __version__
from prepvault.jobs.feed import Written, feed_entry, write_events
from prepvault.jobs.materials import materials
from prepvault.jobs.site_links import Trace
from prepvault.jobs.site_model import SiteMaker
from prepvault.model.interview import Interview, InterviewType
from prepvault.model.site import InterviewPage
from prepvault.render.api import render_answer
from prepvault.render.feed import single_file
from prepvault.render.feed_uid import name_events
from prepvault.render.site import Artist
from prepvault.rules.revision import stamp_of


@dataclass(frozen=True, slots=True)
class Unit:
    """What is left of one interview when its own files are drawn: all that the rest of the site needs.

    `page` is as other pages may know it. `trace` is what its text asked of the vault.
    """

    page: InterviewPage
    event: Written
    trace: Trace


class UnitMaker:
    """Makes the parts of the site that belong to single interviews."""

    def __init__(self, maker: SiteMaker, artist: Artist, stamped: datetime) -> None:
        self._settings, self._now = maker.vault.settings, maker.now
        self._stamped = stamped
        self._maker = maker
        self._artist = artist
        self._materials = _materials_of(maker)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Each interview's part of its events' UID, by its note's path."""
        hidden = self._settings.text("feed.detail") == "busy"
        return name_events(self._maker.vault.interviews, hidden=hidden)

    def make(self, interview: Interview) -> tuple[Unit, Mapping[str, bytes]]:
        """Draw everything of one interview; its files, by path."""
        page = self._maker.page(interview)
        event = self.event(page)
        files = {
            **dict(self._artist.interview(page, self._maker.site_around(page))),
            **render_answer(page, self._materials(page)),
            self.name_single(interview): self.single(event),
        }
        trace = self._maker.notes.traces.pop(interview.path, Trace())
        return Unit(page.for_others(), event, trace), files

    def event(self, page: InterviewPage) -> Written:
        """Write the calendar events of one interview."""
        uid = self.names[page.interview.path]
        entry = feed_entry(page.interview, page.reminders, self._settings, uid, self._stamped)
        return write_events(entry, self._settings, self._now)

    def name_single(self, interview: Interview) -> str:
        """Name the calendar file of one interview."""
        return f"interviews/{self._maker.slugs[interview.id]}.ics"

    def single(self, event: Written) -> bytes:
        """Write the calendar file of one interview."""
        return single_file(event.parts, self._settings, self._now, version=__version__)

    def stamp(self, interview: Interview, shown: str) -> str:
        """Say how often and when the events of an interview changed; `shown` names what they show."""
        return str(stamp_of(interview, shown, self._stamped))


def _materials_of(maker: SiteMaker) -> Callable[[InterviewPage], Mapping[str, object]]:
    """Give the coaching of an interview's type, role and family; for those alike it is picked once."""

    @cache
    def picked(kind: InterviewType, role: str, family: str) -> Mapping[str, object]:
        return materials(maker.library, kind, role, family)

    def of(page: InterviewPage) -> Mapping[str, object]:
        each = page.interview
        return picked(each.type or InterviewType.VIDEO_INTERVIEW, each.role, page.coaching.family.id)

    return of
