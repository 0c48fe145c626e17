"""Until when what was said about an interview stays true, although its note does not change."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from prepvault.model.interview import Interview
from prepvault.model.reminder import Reminder
from prepvault.model.zones import zone_of

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_NEAR = timedelta(days=61)
"""Beyond the last rule that counts from an interview's end: some mails suggest themselves for sixty days."""


def next_change(
    interview: Interview, reminders: Iterable[Reminder], dues: Iterable[date], now: datetime, zone: str
) -> datetime:
    """Give the first moment after `now` at which anything said about the interview may be another.

    Every rule about time counts in minutes within a day of it, in hours from its start or end while it is to
    come or not long past, in days, or names a moment of its own. `dues` are days that its note promises.
    `zone` is the user's own.
    """
    return min(moment for moment in _moments(interview, reminders, dues, now.astimezone(UTC), zone))


def next_happening(interview: Interview, reminders: Iterable[Reminder], now: datetime) -> datetime | None:
    """Give the next moment that the interview itself or one of its reminders names; None after the last."""
    ahead = (moment.astimezone(UTC) for moment in _happenings(interview, reminders) if moment > now)
    return min(ahead, default=None)


def _happenings(interview: Interview, reminders: Iterable[Reminder]) -> Iterator[datetime]:
    yield from (interview.starts, interview.ends)
    for part in interview.sessions:
        yield from (part.starts, part.ends)
    for each in reminders:
        yield from (each.at, each.until)


def _moments(
    interview: Interview, reminders: Iterable[Reminder], dues: Iterable[date], now: datetime, zone: str
) -> Iterator[datetime]:
    starts, ends = interview.starts.astimezone(UTC), interview.ends.astimezone(UTC)
    spans = [(starts, ends), *((part.starts, part.ends) for part in interview.sessions)]
    following = next_happening(interview, reminders, now)
    if following:
        yield following
    zones = {zone, interview.zone, "UTC"}
    yield min(_new_year(now, each) for each in zones)
    last = max((part.ends.astimezone(UTC) for part in interview.sessions), default=ends)
    last = max(last, ends)
    if now - last < _NEAR or any(due >= now.date() - 2 * _DAY for due in dues):
        yield min(_midnight(now, each) for each in zones)
    if now - last < _NEAR:
        step = _MINUTE if starts - _DAY - _HOUR < now < last + _DAY + _HOUR else _HOUR
        yield from (_next_step(base.astimezone(UTC), now, step) for span in spans for base in span)


def _next_step(base: datetime, now: datetime, step: timedelta) -> datetime:
    """The next moment that is a whole number of steps away from a base."""
    return base + ((now - base) // step + 1) * step


def _midnight(now: datetime, zone: str) -> datetime:
    return _start_of((now.astimezone(zone_of(zone)) + _DAY).date(), zone)


def _new_year(now: datetime, zone: str) -> datetime:
    return _start_of(date(min(now.astimezone(zone_of(zone)).year + 1, date.max.year), 1, 1), zone)


def _start_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), zone_of(zone)).astimezone(UTC)
