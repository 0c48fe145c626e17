"""The calendar events of interviews, kept apart from their pages: only events show when a note was saved."""

from dataclasses import dataclass

from prepvault.jobs.feed import Written, count_alarms
from prepvault.jobs.kept import Head, Kept
from prepvault.jobs.site_units import UnitMaker
from prepvault.model.interview import Interview
from prepvault.model.keys import key_of
from prepvault.model.settings import Settings
from prepvault.render.feed import fingerprint

_LEAST_DAYS = 3
"""How far back events matter, however few days of the past the calendar keeps: to those called off."""


@dataclass(frozen=True, slots=True)
class SiteEvents:
    """The events of one site; `now` is the moment that it speaks of, in seconds."""

    units: UnitMaker
    kept: Kept
    settings: Settings
    now: float

    def keep(self, interview: Interview, event: Written) -> Head:
        """Keep events, and give what is known of them without reading them; `shown` names what they show."""
        entry = event.entry
        is_kept = self.kept.cache is not None
        head: Head = {
            "key": key_of([part.data for part in event.parts], entry) if is_kept else "",
            "made": self.now,
            "shown": fingerprint(entry.interview, entry.reminders, self.settings) if is_kept else "",
            "stamp": str(entry.stamp),
            "last": event.last.timestamp(),
            "alarms": count_alarms(entry.reminders),
        }
        self.kept.put("event", interview.path, head, event)
        return head

    def is_same(self, interview: Interview, head: Head) -> bool:
        """Tell whether events of a note that says the same would claim to have changed at another time."""
        return bool(head["stamp"] == self.units.stamp(interview, head["shown"]))

    def is_near(self, head: Head) -> bool:
        """Tell whether any of these events can be in a calendar: the past is kept for some days only."""
        days = max(self.settings.number("feed.past_days"), _LEAST_DAYS)
        return bool(head["last"] >= self.now - days * 86_400)

    def find(self, interview: Interview, head: Head) -> Written | None:
        """Give events as they were kept; None where they are lost or damaged."""
        return self.kept.get("event", interview.path, head, Written)
