"""Every file of the dashboard: drawn, or left as it lies where what it was made from is the same."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import cached_property, partial
from types import MappingProxyType

from prepvault.jobs.context import Context
from prepvault.jobs.feed import (
    MAIN,
    REMINDERS,
    Written,
    find_crowded,
    find_too_large,
    make_feeds,
)
from prepvault.jobs.kept import Head, Kept
from prepvault.jobs.lazily import Lazily
from prepvault.jobs.site_events import SiteEvents
from prepvault.jobs.site_keys import Keys, gist_of
from prepvault.jobs.site_links import Trace, answers_to, shown_at
from prepvault.jobs.site_model import SiteMaker
from prepvault.jobs.site_units import UnitMaker
from prepvault.model.finding import Finding, order_findings
from prepvault.model.interview import Interview
from prepvault.model.keys import key_of
from prepvault.model.site import InterviewPage, Loop
from prepvault.model.zones import zone_of
from prepvault.render.api import render_answers
from prepvault.render.feed import next_feed_change
from prepvault.render.site import Artist
from prepvault.rules.companies import CompanyGroup
from prepvault.rules.holds import live_holds
from prepvault.rules.ripeness import next_change, next_happening

Findings = tuple[Finding, ...]
Named = tuple[str, bytes | None]
"""A file of the site: its path and its bytes, None where it stays as it lies."""

Draw = Callable[[str], Generator[Named, None, Head]]
"""Draws one piece, given the key that it is made under."""

FOREVER = 1e15
NOTHING: Mapping[str, bytes] = MappingProxyType({})
_AN_HOUR = timedelta(hours=1)


@dataclass
class SiteFiles:
    """One site on its way to its files.

    `base` names what every piece is made from. `stamped` is the latest moment at which calendar events may
    claim to have changed. `is_settled` tells, once all was given, that the pages about everything were left.
    """

    context: Context
    maker: SiteMaker
    artist: Artist
    base: str
    kept: Kept
    stamped: datetime
    is_settled: bool = False
    gists: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.keys = Keys(self.maker, self.base)
        self.units = UnitMaker(self.maker, self.artist, self.stamped)
        self.now = self.maker.now.timestamp()
        self.events = SiteEvents(self.units, self.kept, self.maker.vault.settings, self.now)

    def all(self) -> Generator[Named, None, Findings]:
        """Give every file, one by one; what was found about feeds comes at the end."""
        for interview in self.maker.vault.interviews:
            yield from self._interview(interview)
        told = yield from self._feeds()
        for loop in self.maker.loops:
            if loop.slug:
                yield from self._loop(loop)
        for group in self.maker.companies:
            yield from self._company(group)
        yield from self._shared(() if self.maker.is_incognito else told)
        yield from self.maker.gallery.files.items()
        return told

    @property
    def until(self) -> float:
        """The moment, in seconds, until which the pages about everything stay true."""
        if self.is_settled:
            stands: float = self.kept.heads["shared"]["until"]
            return stands
        return self._until()

    @property
    def next_at(self) -> float:
        """The moment, in seconds, of what comes next: an hour that a note names, or midnight."""
        zone = zone_of(self.maker.vault.settings.zone)
        here = self.maker.now.astimezone(zone)
        midnight = datetime.combine((here + timedelta(days=1)).date(), time(), zone)
        fixed = (head["next"] for head in self.kept.heads.values() if "next" in head)
        return float(min(midnight.timestamp(), *fixed, FOREVER))

    def _until(self) -> float:
        return min((self.maker.now + _AN_HOUR).timestamp(), self.next_at)

    def _piece(self, name: str, key: str, draw: Draw) -> Generator[Named, None, Head]:
        """Leave a piece as it lies where it was made from the same, else draw it; its head either way."""
        head = self._found(name, key)
        if head is None:
            head = yield from draw(key)
        else:
            yield from self._left(head)
        self.kept.keep(name, head)
        return head

    def _interview(self, interview: Interview) -> Iterator[Named]:
        name = f"interview {interview.path}"
        key = self._key(lambda: self.keys.interview(interview, self.units.names[interview.path]))
        head = self._found(name, key)
        if head is None:
            head = yield from self._draw_interview(interview, key)
        elif self.events.is_same(interview, head["event"]):
            yield from self._left(head)
        else:
            head = yield from self._write_event(interview, head)
        self.kept.keep(name, head)
        self.gists[interview.id] = head["gist"]

    def _draw_interview(self, interview: Interview, key: str) -> Generator[Named, None, Head]:
        unit, files = self.units.make(interview)
        yield from files.items()
        maker, event = self.maker, unit.event
        dues = [each.due for each in unit.page.coaching.dossier.own.promises if each.due]
        dues += [day for day in (interview.reply_by, interview.deadline) if day]
        zone = maker.vault.settings.zone
        counts = not self.artist.are_ours
        ripe = next_change(interview, event.entry.reminders, dues, maker.now, zone, counts=counts)
        following = next_happening(interview, event.entry.reminders, maker.now)
        head = {
            **self._head(key, files, unit.trace, ripe.timestamp()),
            "gist": self._key(lambda: gist_of(unit.page, self.keys.saved(interview))),
            "next": following.timestamp() if following else FOREVER,
            "event": self.events.keep(interview, event),
        }
        self.kept.put("page", interview.path, head, unit.page)
        return head

    def _write_event(self, interview: Interview, head: Head) -> Generator[Named, None, Head]:
        """Write the events anew of an interview whose note says the same, and was saved at another time."""
        event = self.units.event(self._page(interview, head))
        yield from self._left(head, {self.units.name_single(interview): self.units.single(event)})
        return {**head, "event": self.events.keep(interview, event)}

    def _loop(self, loop: Loop) -> Iterator[Named]:
        key = self._key(lambda: self.keys.loop(loop, self.gists))
        yield from self._piece(f"loop {loop.slug}", key, partial(self._draw_loop, loop))

    def _draw_loop(self, loop: Loop, key: str) -> Generator[Named, None, Head]:
        slug = self.maker.company_by_id.get(loop.ids[0], "")
        files = dict(self.artist.loop(loop, slug, self.maker.site_of(self._some(loop.ids))))
        yield from files.items()
        return self._head(key, files, Trace(), FOREVER)

    def _company(self, group: CompanyGroup) -> Iterator[Named]:
        key = self._key(lambda: self.keys.company(group, self.gists))
        yield from self._piece(f"company {group.slug}", key, partial(self._draw_company, group))

    def _draw_company(self, group: CompanyGroup, key: str) -> Generator[Named, None, Head]:
        firm = self.maker.company(group)
        around = tuple(dict.fromkeys(each for one in firm.ids for each in self.maker.loop_by_id[one].ids))
        files = dict(self.artist.company(firm, self.maker.site_of(self._some(around))))
        yield from files.items()
        path = group.note.path if group.note else ""
        return self._head(key, files, self.maker.notes.traces.pop(path, Trace()), FOREVER)

    def _shared(self, told: Findings) -> Iterator[Named]:
        """Draw the pages about everything, or leave them all: they speak of one moment.

        By the clock, that of the last build stands for a while, as long as they would say nothing new.
        """
        at = 0.0 if self.context.is_live else self.now
        key = self._key(lambda: key_of(self.keys.shared(self.gists, self.maker.places, told), at))
        self.is_settled = True
        yield from self._piece("shared", key, partial(self._draw_all_shared, told))

    def _draw_all_shared(self, told: Findings, key: str) -> Generator[Named, None, Head]:
        self.is_settled = False
        names = []
        for name, data in self._draw_shared(told):
            names.append(name)
            yield name, data
        head = self._head(key, names, Trace(), self._until())
        head["pictures"] = sorted(self.maker.gallery.shown)
        head["seen"] = self._seen((), head["pictures"])
        return head

    def _draw_shared(self, told: Findings) -> Iterator[tuple[str, bytes]]:
        site = self.maker.model(self._pages, told)
        yield from self.artist.assets()
        yield from self.artist.shared(site)
        yield from render_answers(site).items()

    def _feeds(self) -> Generator[Named, None, Findings]:
        """Put the calendars together, from the events that can be in them at this hour."""
        settings, heads = self.maker.vault.settings, self._heads
        holds = live_holds(self.maker.vault, self.maker.now)
        made_of = [(path, each["event"]["key"]) for path, each in heads.items()]
        key = self._key(lambda: key_of(self.base, made_of, holds))
        head = self._found("feeds", key)
        told = self.kept.get("findings", "feeds", head, tuple) if head else None
        if head is not None and told is not None:
            yield from self._left(head)
        else:
            near = (
                each for each in self.maker.vault.interviews if self.events.is_near(heads[each.path]["event"])
            )
            events = tuple(self._event(each) for each in near)
            context = replace(self.context, settings=settings, now=self.maker.now)
            feeds = make_feeds(context, events, holds)
            files = {MAIN: feeds.main.data, REMINDERS: feeds.reminders.data}
            yield from files.items()
            entries, parts = [each.entry for each in events], [part for each in events for part in each.parts]
            change = next_feed_change(entries, parts, settings, context.now)
            head = self._head(key, files, Trace(), change)
            told = find_too_large(feeds.main, settings)
            if told:  # how much has room depends on the hour
                head["until"] = self.now
            self.kept.put("findings", "feeds", head, told)
        self.kept.keep("feeds", head)
        many = (find_crowded(path, each["event"]["alarms"]) for path, each in heads.items())
        return order_findings((*told, *(finding for found in many for finding in found)))

    @cached_property
    def _heads(self) -> Mapping[str, Head]:
        paths = (each.path for each in self.maker.vault.interviews)
        return {path: self.kept.heads[f"interview {path}"] for path in paths}

    def _event(self, interview: Interview) -> Written:
        kept = self.events.find(interview, self._heads[interview.path]["event"])
        return kept or self.units.event(self._pages[interview.id])

    @cached_property
    def _pages(self) -> Mapping[str, InterviewPage]:
        """The interviews as other pages may know them, each looked up when a page asks."""
        by_id, heads = self.maker.by_id, self._heads
        return Lazily(tuple(by_id), lambda key: self._page(by_id[key], heads[by_id[key].path]))

    def _page(self, interview: Interview, head: Head) -> InterviewPage:
        kept = self.kept.get("page", interview.path, head, InterviewPage)
        # It was drawn of the same text, which another file may hold by now: that is told in events alone.
        return replace(kept, interview=interview) if kept else self.maker.page(interview).for_others()

    def _some(self, ids: Iterable[str]) -> Mapping[str, InterviewPage]:
        return {each: self._pages[each] for each in ids}

    def _found(self, name: str, key: str) -> Head | None:
        """Find a piece that need not be drawn: what its text links to, embeds and shows is the same, too."""
        head = self.kept.find(name, key, self.now)
        if head is None or head["seen"] != self._seen(head["texts"], head["pictures"]):
            return None
        if head["places"] != self.maker.places:
            if head["answers"] != key_of(answers_to(self.maker.links, head["links"])):
                return None
            head = {**head, "places": self.maker.places}
        return head

    def _left(self, head: Head, anew: Mapping[str, bytes] = NOTHING) -> Iterator[Named]:
        """Leave the files of a piece as they lie, but for those that were made anew."""
        for path in head["pictures"]:
            self.maker.gallery.show(path)
        for name in head["files"]:
            yield name, anew.get(name)

    def _head(self, key: str, files: Iterable[str], trace: Trace, until: float) -> Head:
        links, texts, pictures = sorted(trace.links), sorted(trace.texts), sorted(trace.pictures)
        said = [trace.links[each] for each in links]
        return {
            "key": key,
            "files": tuple(files),
            "made": self.now,
            "until": until,
            "places": self._key(lambda: self.maker.places),
            "links": links,
            "answers": self._key(lambda: key_of(shown_at(self.maker.links, said))),
            "texts": texts,
            "pictures": pictures,
            "seen": self._seen(texts, pictures),
        }

    def _key(self, name: Callable[[], str]) -> str:
        """Name what something is made from; without a cache nobody will ask."""
        return name() if self.kept.cache else ""

    def _seen(self, texts: Iterable[str], pictures: Iterable[str]) -> str:
        """Name what a piece shows of other files: the text of notes, and pictures."""
        if not texts and not pictures:
            return ""
        notes, gallery = self.maker.vault.notes, self.maker.gallery
        told = [(path, notes[path].digest if path in notes else "") for path in texts]
        return key_of(told, [(path, gallery.name_of(path), gallery.refused.get(path)) for path in pictures])
