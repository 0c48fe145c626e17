"""A reminder: a thing to be told at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class ReminderKind(StrEnum):
    """Why it reminds."""

    BEFORE = "before"
    CATCH_UP = "catch_up"
    THANK_YOU = "thank_you"
    FOLLOW_UP = "follow_up"


class ReminderState(StrEnum):
    """How a reminder stands at a moment: still to come, to be told now, told, or gone by untold."""

    PENDING = "pending"
    DUE = "due"
    SENT = "sent"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, order=True)
class Reminder:
    """One reminder; `at` is aware; `until` is when it stops making sense (the start, for what comes before).

    `suffix` is stable while an interview moves (`24h`, `catch-up`, `thanks`, `follow-up`): the feed's UID
    is built from it. `key` also holds the start: the ledger and a mail's id are built from it. `lead` is
    elapsed time before the start, zero for what comes after.
    """

    at: datetime
    interview_id: str
    kind: ReminderKind
    suffix: str
    key: str
    lead: timedelta
    until: datetime
    state: ReminderState = ReminderState.PENDING
    all_day: bool = False
