"""Make the calendar feeds, and say what calendar apps will make of them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from prepvault import __version__
from prepvault.jobs.context import Context
from prepvault.model.feed import ClientForecast, FeedDiagnosis, FeedEntry, FeedFile, FeedReport
from prepvault.model.finding import Finding, Place, Severity, order_findings
from prepvault.model.free_time import Hold
from prepvault.model.interview import Interview
from prepvault.model.reminder import Reminder, ReminderKind
from prepvault.model.settings import Settings
from prepvault.model.vault import Vault
from prepvault.model.zones import tzdata_version
from prepvault.outside.resources import read_content
from prepvault.parse.clients import parse_clients
from prepvault.parse.feed_lint import count_alarms as count_alarms_in
from prepvault.parse.feed_lint import find_producer, lint_feed
from prepvault.render.feed import (
    SIZE_LIMIT,
    EventPart,
    fingerprint,
    fit_feed,
    fit_reminder_feed,
    main_parts,
    render_bells,
    render_parts,
    single_file,
)
from prepvault.render.feed_drafts import ALARM_LIMIT
from prepvault.render.feed_holds import render_holds
from prepvault.render.feed_uid import name_events
from prepvault.render.zone_rules import writes_exactly
from prepvault.rules.holds import live_holds
from prepvault.rules.published import published
from prepvault.rules.reminders import plan_reminders
from prepvault.rules.revision import stamp_of

MAIN, REMINDERS = "interviews.ics", "reminders.ics"
_CLIENTS = "texts/clients.yaml"


@dataclass(frozen=True, slots=True)
class Written:
    """One interview in the calendar: what it is made from, its events and reminders as written."""

    entry: FeedEntry
    parts: tuple[EventPart, ...]
    bells: tuple[EventPart, ...]

    @property
    def last(self) -> datetime:
        """When the last of it ends."""
        return max(part.draft.ends.astimezone(UTC) for part in (*self.parts, *self.bells))


@dataclass(frozen=True, slots=True)
class Feeds:
    """Both feeds as they were fitted, and what they were made from."""

    written: tuple[Written, ...]
    main: FeedFile
    reminders: FeedFile

    def findings(self, settings: Settings) -> tuple[Finding, ...]:
        """What calendar apps will not take as it was planned."""
        return order_findings(tuple(_remarks(self, settings)))


def feed(context: Context, vault: Vault) -> FeedReport:
    """Make both feeds and one file per interview; notes with `publish: false` are in none of them."""
    made = make_feeds(context, _write(context, vault), live_holds(published(vault), context.now))
    singles = {
        each.entry.interview.id: single_file(each.parts, context.settings, context.now, version=__version__)
        for each in made.written
    }
    return FeedReport(made.main.data, made.reminders.data, singles, made.findings(context.settings))


def calendar_of(context: Context, vault: Vault, paths: Collection[str]) -> bytes:
    """Put the interviews of these notes into one calendar, with the events that the feed has."""
    entries = [each for each in feed_entries(context, vault) if each.interview.path in paths]
    parts = [part for each in entries for part in render_parts(each, context.settings, context.now)]
    ordered = sorted(parts, key=lambda part: part.order)
    return single_file(ordered, context.settings, context.now, version=__version__)


def feed_doctor(context: Context, vault: Vault) -> FeedDiagnosis:
    """Lint the feeds' own bytes, and forecast per app what will show, ring and refresh."""
    made = make_feeds(context, _write(context, vault), live_holds(published(vault), context.now))
    main, reminders = made.main.data, made.reminders.data
    alarms, zones = count_alarms_in(main)
    timed = (one.entry.interview for one in made.written if not one.entry.interview.all_day)
    in_utc = {one.zone for one in timed if not writes_exactly(one.zone, one.starts, one.ends)}
    facts = parse_clients(read_content().get(_CLIENTS, ""), _CLIENTS)
    lint = (*lint_feed(main, MAIN), *lint_feed(reminders, REMINDERS))
    return FeedDiagnosis(
        events=made.main.events,
        alarms=sum(alarms),
        size=len(main),
        reminder_events=made.reminders.events,
        tzdata=tzdata_version(),
        zones=zones,
        utc_zones=tuple(sorted(in_utc - {"UTC"})),
        clients=tuple(ClientForecast(one, _ringing(alarms, one.alarms)) for one in facts),
        findings=order_findings((*lint, *made.findings(context.settings))),
    )


def check_overwritten(path: str, before: bytes | None) -> tuple[Finding, ...]:
    """Say so where a feed about to be replaced was written into by another program since."""
    producer = find_producer(before) if before else ""
    if not before or producer.startswith("-//PrepVault//"):
        return ()
    message = f"`{path}` was last written by `{producer or 'something else'}`, and is replaced"
    hint = "tick `Read Only` for this calendar in the app that shows it"
    return (Finding("feed/foreign-file", Severity.WARNING, Place(path), message, hint, producer),)


def feed_entries(context: Context, vault: Vault) -> tuple[FeedEntry, ...]:
    """Every published interview with its reminders, its stamp and its identity in the calendar."""
    hidden = context.settings.text("feed.detail") == "busy"
    public = published(vault).interviews
    names = name_events(public, hidden=hidden)
    settings, now = context.settings, context.now
    planned = ((one, plan_reminders(one, settings, now)) for one in public)
    return tuple(feed_entry(one, told, settings, names[one.path], now) for one, told in planned)


def feed_entry(
    interview: Interview, reminders: tuple[Reminder, ...], settings: Settings, uid: str, stamped: datetime
) -> FeedEntry:
    """One interview with its reminders and its stamp; `uid` is its identity in the calendar.

    `stamped` is the latest moment at which it may claim to have changed.
    """
    shown = fingerprint(interview, reminders, settings)
    return FeedEntry(interview, reminders, stamp_of(interview, shown, stamped), uid)


def _write(context: Context, vault: Vault) -> Iterator[Written]:
    for entry in feed_entries(context, vault):
        yield write_events(entry, context.settings, context.now)


def write_events(entry: FeedEntry, settings: Settings, now: datetime) -> Written:
    """Write everything that one interview has in the calendars."""
    return Written(entry, render_parts(entry, settings, now), render_bells(entry, settings, now))


def make_feeds(context: Context, written: Iterable[Written], holds: Iterable[Hold] = ()) -> Feeds:
    """Put events together into both feeds; times that are held for companies stand in the main one."""
    settings, now = context.settings, context.now
    events = tuple(written)
    held = render_holds(holds, settings, now)
    parts = (part for each in events for part in main_parts(each.entry, each.parts, settings))
    everything = (*parts, *held)
    bells = (part for each in events for part in each.bells)
    return Feeds(
        events,
        fit_feed(everything, settings, now, version=__version__),
        fit_reminder_feed(bells, settings, now, version=__version__),
    )


def _remarks(made: Feeds, settings: Settings) -> Iterator[Finding]:
    for each in made.written:
        yield from find_crowded(each.entry.interview.path, count_alarms(each.entry.reminders))
    yield from find_too_large(made.main, settings)


def find_too_large(main: FeedFile, settings: Settings) -> tuple[Finding, ...]:
    """Say so where the calendar had no room for all of the past that it should hold."""
    is_cut = main.past_days < settings.number("feed.past_days") or len(main.data) > SIZE_LIMIT
    return (_too_large(main, settings),) if is_cut else ()


def find_crowded(path: str, count: int) -> tuple[Finding, ...]:
    """Say so where one interview has more alarms than calendar apps keep."""
    return (_crowded(path, count),) if count > ALARM_LIMIT else ()


def _ringing(alarms: tuple[int, ...], kept: int | None) -> int:
    """How many alarms ring in an app that keeps so many per event, None for all."""
    return sum(count if kept is None else min(count, kept) for count in alarms)


def count_alarms(reminders: tuple[Reminder, ...]) -> int:
    """How many alarms an interview's event is to have."""
    return sum(one.kind in {ReminderKind.BEFORE, ReminderKind.CATCH_UP} for one in reminders)


def _crowded(path: str, count: int) -> Finding:
    message = (
        f"{count} reminders are planned, and calendar apps keep {ALARM_LIMIT}: only the nearest are there"
    )
    hint = f"keep at most {ALARM_LIMIT} in `reminders`"
    return Finding("feed/many-alarms", Severity.INFO, Place(path), message, hint, str(count))


def _too_large(main: FeedFile, settings: Settings) -> Finding:
    wanted = settings.number("feed.past_days")
    if len(main.data) > SIZE_LIMIT:
        message = f"the calendar has {len(main.data)} bytes, and Google refuses feeds over about {SIZE_LIMIT}"
        hint = "set `publish: false` on interviews that need not be in the calendar"
    else:
        message = f"only {main.past_days} of {wanted} past days fit into a calendar that Google still accepts"
        hint = f"set `past_days = {main.past_days}` under `[feed]` in prepvault.toml"
    return Finding("feed/too-large", Severity.WARNING, Place(MAIN), message, hint)
