"""Free times: when one can offer to talk, and what is in the way."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

DAYS: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of a week, as they are typed."""

_HOURS = re.compile(r"\s*(\d{1,2})(?::(\d\d))?\s*(?:-|–|to)\s*(\d{1,2})(?::(\d\d))?\s*")
_A_DAY = 1440


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of time between two aware moments in UTC, the end not included."""

    starts: datetime
    ends: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.ends - self.starts


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of a day by the clock, in minutes after midnight; the end may be midnight, 1440."""

    begins: int
    ends: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotWish:
    """What is looked for, by the clocks of both sides; `zone` and `hours` are one's own.

    `weekdays` count from Monday, 0; a day counts where it is one for both. `least` is the shortest time that
    is of use, `buffer` what stays free around everything, `notice` how soon is too soon.
    """

    zone: str
    their_zone: str
    hours: Hours
    their_hours: Hours
    weekdays: frozenset[int]
    days: int
    least: timedelta
    buffer: timedelta
    notice: timedelta
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Times that were offered to a company, told by one note; until they expire, they are kept free.

    `until` is the last day on which they stand. `offered_at` is None where the note does not say.
    """

    company: str
    path: str
    zone: str
    spans: tuple[Span, ...] = ()
    until: date | None = None
    offered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """The free times of one day, in the zone of who is to choose."""

    day: date
    spans: tuple[Span, ...] = field(default_factory=tuple)


def find_hours(text: str) -> Hours | None:
    """Read hours of a day (`9-17`, `08:30-18:00`); None where they cannot be read or are none."""
    found = _HOURS.fullmatch(text)
    if not found:
        return None
    begins = int(found[1]) * 60 + int(found[2] or 0)
    ends = int(found[3]) * 60 + int(found[4] or 0)
    is_time = int(found[2] or 0) < 60 and int(found[4] or 0) < 60
    return Hours(begins, ends) if is_time and begins < ends <= _A_DAY else None


def find_weekdays(text: str) -> frozenset[int] | None:
    """Read days of a week (`mon-fri`, `mon, wed, sat-sun`); None where one of them is none."""
    found: set[int] = set()
    for part in re.split(r"[,\s]+", re.sub(r"\s*[-–]\s*", "-", text.strip().casefold())):
        first, _, last = part.partition("-")
        begins, ends = _weekday(first), _weekday(last or first)
        if begins is None or ends is None:
            return None
        found |= {(begins + step) % 7 for step in range((ends - begins) % 7 + 1)}
    return frozenset(found)


def _weekday(text: str) -> int | None:
    return next((at for at, day in enumerate(DAYS) if len(text) >= 2 and text[:3] == day[: len(text)]), None)
