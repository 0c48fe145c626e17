"""The calendar feed: what goes into it, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from prepvault.model.finding import Finding
from prepvault.model.interview import Interview
from prepvault.model.reminder import Reminder

UID_DOMAIN = "prepvault"
"""What stands behind the `@` of every UID of ours, and of nobody else's."""


@dataclass(frozen=True, slots=True)
class EventStamp:
    """How often an event changed (SEQUENCE), when it was made and last changed: whole seconds, UTC."""

    sequence: int
    created: datetime
    modified: datetime


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One interview on its way into the feed.

    `reminders` are all its reminders, past ones too. `uid` is the part of the UID before any suffix.
    """

    interview: Interview
    reminders: tuple[Reminder, ...]
    stamp: EventStamp
    uid: str


@dataclass(frozen=True, slots=True)
class FeedFile:
    """The bytes of a feed; `past_days` is how much of the past had room, `events` how many there are."""

    data: bytes
    past_days: int
    events: int


@dataclass(frozen=True, slots=True)
class FeedReport:
    """Both feeds, and one file per published interview by its id."""

    main: bytes
    reminders: bytes
    singles: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFacts:
    """What one calendar app does with a subscribed feed.

    `alarms` is how many alarms per event survive a subscription, None for all; the other fields are
    sentences for people.
    """

    id: str
    name: str
    alarms: int | None
    shows: str
    rings: str
    refreshes: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class ClientForecast:
    """What one app will make of these feeds: how many alarms of the main feed ring there."""

    facts: ClientFacts
    ringing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDiagnosis:
    """What `feed --doctor` tells: the lint of our own bytes, sizes, zones and each app's forecast.

    `utc_zones` are zones in use whose clock changes calendar apps could get wrong: their events are
    written in UTC.
    """

    events: int
    alarms: int
    size: int
    reminder_events: int
    tzdata: str
    zones: tuple[str, ...] = ()
    utc_zones: tuple[str, ...] = ()
    clients: tuple[ClientForecast, ...] = ()
    findings: tuple[Finding, ...] = ()
