"""Reminders on their way to a person: by which channel, what became of them, and when to look again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from prepvault.model.interview import Interview
from prepvault.model.reminder import Reminder, ReminderState


class Channel(StrEnum):
    """A way to tell a person."""

    DESKTOP = "desktop"
    EMAIL = "email"
    TERMINAL = "terminal"


class Ending(StrEnum):
    """How an attempt to tell ended.

    `told`: it was handed over. `failed`: it was not, and is tried again. `stopped`: it was not, and trying
    again would not help. `uncertain`: nobody can tell, so it is not tried again by itself.
    """

    TOLD = "told"
    FAILED = "failed"
    STOPPED = "stopped"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Telling:
    """One entry of the ledger: reminders that were begun to be told by a channel, and how that ended.

    `keys` are the reminders' own; `mail` is the key of the mail that carried them, empty elsewhere, and
    `attempt` its number in the ledger of mails, 0 before it is there. While `ending` is None nobody knows:
    the attempt is under way, or was cut short.
    """

    number: int
    channel: Channel
    keys: tuple[str, ...]
    at: datetime
    mail: str = ""
    ending: Ending | None = None
    why: str = ""
    ended: datetime | None = None
    attempt: int = 0

    @property
    def is_in_doubt(self) -> bool:
        """True when what went by mail may or may not have arrived."""
        return self.channel is Channel.EMAIL and self.ending in {None, Ending.UNCERTAIN}


@dataclass(frozen=True, slots=True)
class Snooze:
    """A wish to be told later: nothing of `interview_id` before `until`, then what `key` stands for again."""

    number: int
    interview_id: str
    key: str
    until: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Past:
    """What the ledger knows: attempts and snoozes, oldest first, and the keys of what was missed.

    `began` is when reminders were first told here: what went by before is nobody's fault. `damaged` counts
    lines that are not what was written; with any, nothing may be sent.
    """

    tellings: tuple[Telling, ...] = ()
    snoozes: tuple[Snooze, ...] = ()
    missed: Mapping[str, datetime] = field(default_factory=dict)
    began: datetime | None = None
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """Reminders of one interview that are told together by one channel, in order of time."""

    interview: Interview
    channel: Channel
    reminders: tuple[Reminder, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The reminders' keys."""
        return tuple(reminder.key for reminder in self.reminders)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one reminder stands: its state, the last attempt by each channel, and when it is told next.

    `waits` is why that is later than its hour: `snoozed`, `quiet`, `again` after a failure, or empty.
    """

    interview: Interview
    reminder: Reminder
    state: ReminderState
    last: tuple[Telling, ...] = ()
    next_at: datetime | None = None
    waits: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one message: its words, how it ended, why, and when it is tried again."""

    message: Message
    title: str
    lines: tuple[str, ...]
    ending: Ending
    why: str = ""
    hint: str = ""
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one delivery did; `held` says why it did nothing, empty when it looked.

    `missed` are reminders that made no sense any more before anybody was told; each is named once. `in_doubt`
    are all mails that may or may not have arrived, of earlier deliveries too. `noted` are the paths of notes
    that were told of reminders, `unwritten` maps those that were not to the reason. `next_at` is the next
    moment at which there is something to do, None when nothing is to come.
    """

    reports: tuple[Report, ...] = ()
    missed: tuple[Reminder, ...] = ()
    in_doubt: tuple[Telling, ...] = ()
    noted: tuple[str, ...] = ()
    unwritten: Mapping[str, str] = field(default_factory=dict)
    held: str = ""
    next_at: datetime | None = None

    def ended(self, ending: Ending) -> tuple[Report, ...]:
        """What ended in one way."""
        return tuple(each for each in self.reports if each.ending is ending)

    @property
    def told(self) -> tuple[Report, ...]:
        """What was handed over."""
        return self.ended(Ending.TOLD)

    @property
    def uncertain(self) -> tuple[Report, ...]:
        """What may or may not have arrived."""
        return self.ended(Ending.UNCERTAIN)

    @property
    def failed(self) -> tuple[Report, ...]:
        """What was not handed over, whether it is tried again or not."""
        return tuple(each for each in self.reports if each.ending in {Ending.FAILED, Ending.STOPPED})
