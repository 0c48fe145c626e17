"""The calendar: which interviews, and which smaller matters, fall on which day of the user's zone."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from prepvault.model.interview import Session


class MarkKind(StrEnum):
    """A matter of a day that is no interview; its value names its colour and icon."""

    REMINDER = "reminder"
    THANKS = "thanks"
    FOLLOW_UP = "follow-up"
    REPLY = "reply"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Mark:
    """A matter of a day, about one interview; `at` is its hour, None where only the day is known."""

    kind: MarkKind
    interview_id: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What of one interview lies on one day, the `number`th of its `days`.

    `starts` and `ends` are in the user's zone, None where the interview ran before that day or runs after it.
    """

    id: str
    starts: datetime | None = None
    ends: datetime | None = None
    number: int = 1
    days: int = 1
    sessions: tuple[Session, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month view; `is_outside` days belong to the month before or after, and hold nothing."""

    day: date
    entries: tuple[Entry, ...] = ()
    marks: tuple[Mark, ...] = ()
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar, its weeks from Monday to Sunday."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
