"""The calendar feed: which events are in it at a moment, and their bytes.

Nothing here imports icalendar until bytes are wanted, so that a fingerprint costs no start-up time.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from prepvault.model.feed import EventStamp, FeedEntry, FeedFile
from prepvault.model.interview import Interview, Status
from prepvault.model.invite_marks import is_as_invited
from prepvault.model.reminder import Reminder, ReminderKind, ReminderState
from prepvault.model.settings import Settings
from prepvault.model.zones import zone_of
from prepvault.render.feed_drafts import (
    QUARTER,
    AlarmDraft,
    EventDraft,
    draft_after,
    draft_interview,
    summary_of,
    when_words,
)
from prepvault.render.feed_uid import full_uid
from prepvault.render.feed_words import days_words, lead_words, one_line

SIZE_LIMIT = 1_000_000
"""Google refuses feeds much larger than this many bytes."""

_DAY = timedelta(days=1)
_THANKS_SHOWN = timedelta(days=3)
_CENTURY = 36_525
_AFTER = {ReminderKind.THANK_YOU, ReminderKind.FOLLOW_UP}


@dataclass(frozen=True, slots=True)
class EventPart:
    """A written event, and what its calendar has to know about it."""

    draft: EventDraft
    data: bytes

    @property
    def order(self) -> tuple[datetime, str]:
        """Events stand in order of start, then UID."""
        return self.draft.starts.astimezone(UTC), self.draft.uid


def fingerprint(interview: Interview, reminders: tuple[Reminder, ...], settings: Settings) -> str:
    """Name everything that the interview's events show, in 8 digits; the same at every hour."""
    drafts = draft_interview(interview, reminders, settings, "")
    after: tuple[object, ...] = ()
    if interview.status is Status.COMPLETED:
        days = settings.number("reminders.follow_up_days")
        after = (settings.text("reminders.thank_you"), days, interview.reply_by)
    shown = json.dumps([drafts, after], default=_plain)
    return sha256(shown.encode("utf-8", "backslashreplace")).hexdigest()[:8]


def render_parts(entry: FeedEntry, settings: Settings, now: datetime) -> tuple[EventPart, ...]:
    """Write the events of one interview: its own, then its thank-you and follow-up while they are wanted."""
    own = draft_interview(entry.interview, entry.reminders, settings, entry.uid)
    after = _after_drafts(entry, settings)
    return tuple(event_part(draft, entry.stamp, now) for draft in (*own, *after))


def main_parts(entry: FeedEntry, parts: Iterable[EventPart], settings: Settings) -> tuple[EventPart, ...]:
    """What of an interview's events the main feed holds.

    With `skip_invited` an interview whose own invite is in the calendar already has only what comes after it.
    """
    is_there = settings.flag("feed.skip_invited") and is_as_invited(entry.interview)
    return tuple(part for part in parts if not is_there or part.draft.kind is not None)


def fit_feed(
    parts: Iterable[EventPart], settings: Settings, now: datetime, *, version: str, limit: int = SIZE_LIMIT
) -> FeedFile:
    """Put written events into the main feed: the past as far as `feed.past_days`, and less if too large."""
    past_days = settings.number("feed.past_days")
    kept = sorted((part for part in parts if _is_shown(part.draft, now, past_days)), key=_end)
    while True:
        data = _file(sorted(kept, key=lambda part: part.order), settings, now, version=version)
        if len(data) <= limit or not kept or _end(kept[0]) >= now:
            return FeedFile(data, past_days, len(kept))
        kept = _without_oldest(kept, len(data) - limit, now)
        past_days = min(past_days, max(0, (now - _end(kept[0])) // _DAY) if kept else 0)


def render_bells(entry: FeedEntry, settings: Settings, now: datetime) -> tuple[EventPart, ...]:
    """Write a quarter of an hour at each reminder's moment, for apps that drop alarms; none long past."""
    return tuple(event_part(draft, entry.stamp, now) for draft in _reminder_drafts(entry, settings, now))


def fit_reminder_feed(
    bells: Iterable[EventPart], settings: Settings, now: datetime, *, version: str
) -> FeedFile:
    """The second feed: the reminders since yesterday and those to come."""
    yesterday = now - _DAY
    shown = (part for part in bells if part.draft.starts >= yesterday)
    parts = sorted(shown, key=lambda part: part.order)
    title = f"{settings.text('feed.name')}: reminders"
    data = _file(parts, settings, now, version=version, title=title)
    return FeedFile(data, 1, len(parts))


def next_feed_change(
    entries: Iterable[FeedEntry], parts: Iterable[EventPart], settings: Settings, now: datetime
) -> float:
    """Give the moment, in seconds, at which the next of these leaves a feed although nothing was edited.

    At midnight at the latest: an empty feed names the day.
    """
    past = min(settings.number("feed.past_days"), _CENTURY) * _DAY.total_seconds()
    zone = zone_of(settings.text("vault.timezone") or "UTC")
    moments = [datetime.combine((now.astimezone(zone) + _DAY).date(), time(), zone).timestamp()]
    for part in parts:
        end = _end(part).timestamp()
        moments += [end + past, end + _THANKS_SHOWN.total_seconds(), _gone(part.draft).timestamp()]
    for entry in entries:
        moments += [each.at.timestamp() + _DAY.total_seconds() for each in entry.reminders]
    return min(each for each in moments if each > now.timestamp())


def render_feed(entries: Iterable[FeedEntry], settings: Settings, now: datetime, *, version: str) -> bytes:
    """Write the main feed, `interviews.ics`."""
    parts = (
        part for each in entries for part in main_parts(each, render_parts(each, settings, now), settings)
    )
    return fit_feed(parts, settings, now, version=version).data


def render_reminder_feed(
    entries: Iterable[FeedEntry], settings: Settings, now: datetime, *, version: str
) -> bytes:
    """Write the second feed, `reminders.ics`."""
    bells = (part for entry in entries for part in render_bells(entry, settings, now))
    return fit_reminder_feed(bells, settings, now, version=version).data


def render_single(entry: FeedEntry, settings: Settings, now: datetime, *, version: str) -> bytes:
    """Write one interview as a file of its own, with the same event as in the feed."""
    return single_file(render_parts(entry, settings, now), settings, now, version=version)


def single_file(parts: Iterable[EventPart], settings: Settings, now: datetime, *, version: str) -> bytes:
    """Put an interview's own written events into a file, without its thank-you and follow-up."""
    own = [part for part in parts if part.draft.kind is None]
    return _file(own, settings, now, version=version)


def _plain(value: object) -> object:
    if isinstance(value, EventDraft | AlarmDraft):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else str(value)


def event_part(draft: EventDraft, stamp: EventStamp, now: datetime) -> EventPart:
    """Write one event as it is at a moment: of its alarms those that are still to ring."""
    from prepvault.render.feed_components import event_bytes

    alarms = draft.alarms if draft.status != "CANCELLED" and draft.ends.astimezone(UTC) > now else ()
    return EventPart(draft, event_bytes(replace(draft, alarms=alarms), stamp, now.astimezone(UTC)))


def _end(part: EventPart) -> datetime:
    return part.draft.ends.astimezone(UTC)


def _is_shown(draft: EventDraft, now: datetime, past_days: int) -> bool:
    """A cancelled interview stays until the day after it would have happened, a thank-you for three days.

    Everything else stays for the past window.
    """
    if draft.kind is ReminderKind.THANK_YOU and now > draft.ends + _THANKS_SHOWN:
        return False
    if draft.status == "CANCELLED":
        return now < _gone(draft)
    return draft.ends.astimezone(UTC) >= now - min(past_days, _CENTURY) * _DAY


def _gone(draft: EventDraft) -> datetime:
    """When an event that was called off leaves: after the day that follows its last."""
    last = (draft.ends - timedelta(seconds=1)).date()
    if last > date.max - 2 * _DAY:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(last + 2 * _DAY, time(), draft.ends.tzinfo).astimezone(UTC)


def _without_oldest(kept: list[EventPart], surplus: int, now: datetime) -> list[EventPart]:
    """Leave out past events, oldest first, until so many bytes are saved."""
    count = 0
    while count < len(kept) and surplus > 0 and _end(kept[count]) < now:
        surplus -= len(kept[count].data)
        count += 1
    return kept[count:]


def _after_drafts(entry: FeedEntry, settings: Settings) -> Iterator[EventDraft]:
    """A thank-you and a follow-up, until they were sent."""
    if settings.text("feed.detail") == "busy":
        return
    for reminder in entry.reminders:
        if reminder.kind not in _AFTER or reminder.state is ReminderState.SENT:
            continue
        yield draft_after(entry.interview, reminder, settings, entry.uid)


def _reminder_drafts(entry: FeedEntry, settings: Settings, now: datetime) -> Iterator[EventDraft]:
    """One event per reminder, from yesterday on."""
    yesterday = now - _DAY
    busy = settings.text("feed.detail") == "busy"
    for reminder in entry.reminders:
        is_after = reminder.kind in _AFTER
        done = is_after and (busy or reminder.state is ReminderState.SENT)
        if done or reminder.at.astimezone(UTC) < yesterday:
            continue
        at = reminder.at.astimezone(UTC)
        yield EventDraft(
            uid=full_uid(entry.uid, f"t{reminder.suffix}"),
            starts=at,
            ends=at + QUARTER,
            summary=one_line(f"🔔 {_bell_text(entry, reminder, settings)}"),
            kind=reminder.kind,
            description="" if is_after else _bell_detail(entry, reminder),
            transparent=True,
            categories=("Reminder",),
        )


def _bell_text(entry: FeedEntry, reminder: Reminder, settings: Settings) -> str:
    if reminder.kind in _AFTER:
        return draft_after(entry.interview, reminder, settings, entry.uid).summary
    if entry.interview.all_day and not entry.interview.sessions:
        lead = days_words((entry.interview.starts.date() - reminder.at.date()).days)
    else:
        lead = lead_words(reminder.lead)
    return f"{lead[:1].upper()}{lead[1:]}: {summary_of(entry.interview, settings)}"


def _bell_detail(entry: FeedEntry, reminder: Reminder) -> str:
    return one_line(when_words(entry.interview, entry.interview.starts, reminder))


def _file(
    parts: Iterable[EventPart], settings: Settings, now: datetime, *, version: str, title: str = ""
) -> bytes:
    from prepvault.render.feed_components import calendar_bytes

    written = tuple(parts) or (_proof_of_life(settings, now),)
    zones: Mapping[str, None] = dict.fromkeys(part.draft.zone for part in written if part.draft.zone)
    name = title or settings.text("feed.name")
    return calendar_bytes((part.data for part in written), zones, settings, title=name, version=version)


def _proof_of_life(settings: Settings, now: datetime) -> EventPart:
    """An empty calendar looks like a broken one, so it holds one event of today that says it works."""
    zone = settings.text("vault.timezone")
    today = _local_midnight(now, zone)
    draft = EventDraft(
        uid=full_uid("feed", "works"),
        starts=today,
        ends=today + _DAY,
        all_day=True,
        summary="PrepVault feed works",
        description="Your interviews will appear here.",
        transparent=True,
        categories=("Interview",),
    )
    return event_part(draft, EventStamp(0, today, today), now)


def _local_midnight(now: datetime, zone: str) -> datetime:
    local = now.astimezone(zone_of(zone)) if zone else now.astimezone(UTC)
    return datetime(local.year, local.month, local.day, tzinfo=UTC)
