"""Invites: what an `.ics` file tells of each event, in plain words, before anything is decided about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from prepvault.model.interview import InterviewType
from prepvault.model.zones import is_fold, zone_of

_VERSION = re.compile(
    r"(\d{1,9}) (-|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) ([0-9a-f]{6}(?:\.[0-9a-f]{6}){3})", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Party:
    """Someone named in an invite; `answer` is how they replied, like `accepted`, and `is_asked` RSVP."""

    name: str
    email: str = ""
    answer: str = ""
    is_asked: bool = False

    @property
    def domain(self) -> str:
        """What stands behind the `@` of the address."""
        return self.email.rpartition("@")[2].casefold()

    @property
    def text(self) -> str:
        """Name and address as a note holds them."""
        return f"{self.name} <{self.email}>" if self.email else self.name


@dataclass(frozen=True, slots=True)
class InviteTime:
    """When an event starts: `at` is aware, in `zone`; None where the instant cannot be known.

    `written` is the name of the zone as the file has it. Where `zone` is empty it has to be asked for;
    `candidates` are zones that fit, `wall` is what it says there. With `is_utc` the file tells the instant
    alone, so that any zone will do.
    """

    at: datetime | None
    zone: str = ""
    is_date: bool = False
    written: str = ""
    candidates: tuple[str, ...] = ()
    is_utc: bool = False
    wall: str = ""

    def beside(self, zone: str) -> "InviteTime":
        """The same start for a note in this zone: told there where the file names no zone of its own."""
        if self.at is None or not self.is_utc:
            return self
        return replace(self, at=self.at.astimezone(zone_of(zone)), zone=zone)

    @property
    def note_text(self) -> str:
        """The value for `scheduled_at`: wall time, with its offset only where that wall time comes twice."""
        if self.at is None:
            return ""
        local = self.at.replace(tzinfo=None, fold=0)
        if self.is_date:
            return f"{local:%Y-%m-%d}"
        return self.at.isoformat() if is_fold(local, self.zone) else local.isoformat()

    @property
    def told(self) -> str:
        """The time as messages tell it."""
        return f"{self.note_text} {self.zone}"

    @property
    def stamp(self) -> str:
        """The instant as RECURRENCE-ID names it: the same in every zone."""
        if self.at is None:
            return ""
        return f"{self.at:%Y%m%d}" if self.is_date else f"{self.at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """One event, only text: no HTML, nothing to run, no link followed.

    `uid` and `recurrence` (which one of a series) are its identity, `sequence` and `stamp` its version.
    `place` is where it happens as a note holds it, `link` where to join, `page` a page about it. `repeats`
    tells of an event that comes again.
    """

    origin: str
    starts: InviteTime
    uid: str = ""
    recurrence: str = ""
    sequence: int = 0
    stamp: datetime | None = None
    is_cancelled: bool = False
    is_tentative: bool = False
    repeats: bool = False
    minutes: int | None = None
    summary: str = ""
    description: str = ""
    place: str = ""
    link: str = ""
    page: str = ""
    organizer: Party | None = None
    attendees: tuple[Party, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """What `invite_uid` holds: the UID, and behind a blank which one of the series; empty without UID."""
        return f"{self.uid} {self.recurrence}".strip() if self.uid else ""

    @property
    def order(self) -> tuple[int, datetime]:
        """Of two versions the greater is the newer one (RFC 5546, 2.1.5)."""
        return self.sequence, self.stamp or datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rejected:
    """An event, or a whole file, that gives no invite, and why."""

    origin: str
    why: str


@dataclass(frozen=True, slots=True)
class InviteFile:
    """Everything that one file gave; `remarks` are about the file as a whole."""

    invites: tuple[Invite, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InviteWords:
    """Words by which invites are understood: types by their words, marks of a cancelled event, domains.

    `systems` are domains of programs that write for a company, `private` those where anybody has an address,
    `interview` words that tell an interview from other events, `noise` those of a title that tell nothing.
    """

    types: tuple[tuple[str, InterviewType], ...] = ()
    cancelled: tuple[str, ...] = ()
    systems: Mapping[str, str] = field(default_factory=dict)
    private: frozenset[str] = frozenset()
    interview: tuple[str, ...] = ()
    noise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InviteVersion:
    """What `invite_version` holds: the last version taken over, and marks of what it said.

    The marks are of time, length, place and people, in this order: they tell what was edited by hand.
    """

    sequence: int
    stamp: datetime | None
    said: tuple[str, ...]

    @property
    def order(self) -> tuple[int, datetime]:
        """Held against `Invite.order`."""
        return self.sequence, self.stamp or datetime.min.replace(tzinfo=UTC)

    @property
    def text(self) -> str:
        """The value of the property: `2 2026-02-01T10:00:00Z 3f2a9c.9c1d00.77aa12.0b1c2d`."""
        stamp = f"{self.stamp.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if self.stamp else "-"
        return f"{self.sequence} {stamp} {'.'.join(self.said)}"

    @classmethod
    def of(cls, text: str) -> "InviteVersion | None":
        """Read the property's value; None for anything else."""
        found = _VERSION.fullmatch(text.strip())
        if not found:
            return None
        try:
            stamp = None if found[2] == "-" else datetime.fromisoformat(found[2]).replace(tzinfo=UTC)
        except ValueError:
            return None
        return cls(int(found[1]), stamp, tuple(found[3].split(".")))
