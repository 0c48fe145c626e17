"""Until when what was said about an interview stays true, although its note does not change."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from prepvault.model.interview import Interview
from prepvault.model.reminder import Reminder
from prepvault.model.zones import zone_of
from prepvault.rules.mail_fit import AFTER_END, BEFORE_START

_SECOND, _MINUTE, _HOUR, _DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days"))
_NEAR = max(AFTER_END) + _DAY


def next_change(
    interview: Interview,
    reminders: Iterable[Reminder],
    dues: Iterable[date],
    now: datetime,
    zone: str,
    *,
    counts: bool = False,
) -> datetime:
    """Give the first moment after `now` at which the interview's own pages may say something else.

    `dues` are days that its note promises, `zone` is the user's own. With `counts` its pages may count the
    time to it and since it, in minutes and hours: those of a vault's own templates do as they like.
    """
    moment = now.astimezone(UTC)
    ahead = [*_moments(interview, reminders), *_days(interview, dues, moment, zone)]
    ahead += _steps(interview, moment) if counts else ()
    return min(each for each in ahead if each > moment)


def next_happening(interview: Interview, reminders: Iterable[Reminder], now: datetime) -> datetime | None:
    """Give the next moment that the interview itself or one of its reminders names; None after the last."""
    return min((each for each in _happenings(interview, reminders) if each > now), default=None)


def _happenings(interview: Interview, reminders: Iterable[Reminder]) -> Iterator[datetime]:
    for starts, ends in _spans(interview):
        yield from (starts, ends)
    for each in reminders:
        yield from (each.at.astimezone(UTC), each.until.astimezone(UTC))


def _moments(interview: Interview, reminders: Iterable[Reminder]) -> Iterator[datetime]:
    """Everything that hangs on a moment of its own; some rules change just after theirs."""
    starts, ends = interview.starts.astimezone(UTC), interview.ends.astimezone(UTC)
    fixed = [*_happenings(interview, reminders), *(starts - each for each in BEFORE_START)]
    for moment in (*fixed, *(ends + each for each in AFTER_END)):
        yield from (moment, moment + _SECOND)


def _days(interview: Interview, dues: Iterable[date], now: datetime, zone: str) -> Iterator[datetime]:
    """Midnights: each one while mails may fit or a day is promised, else that before a new year."""
    zones = {zone, interview.zone, "UTC"}
    last = max(ends for _, ends in _spans(interview))
    if now - last < _NEAR or any(due >= now.date() - 2 * _DAY for due in dues):
        yield from (_start_of((now.astimezone(zone_of(each)) + _DAY).date(), each) for each in zones)
    for each in zones:
        year = now.astimezone(zone_of(each)).year
        yield _start_of(date(min(year + 1, date.max.year), 1, 1), each)


def _steps(interview: Interview, now: datetime) -> Iterator[datetime]:
    """The next whole minute or hour from each start and end, while it is to come or not long past."""
    spans = tuple(_spans(interview))
    first, last = min(starts for starts, _ in spans), max(ends for _, ends in spans)
    if now - last < _NEAR:
        step = _MINUTE if first - _DAY - _HOUR < now < last + _DAY + _HOUR else _HOUR
        yield from (base + ((now - base) // step + 1) * step for span in spans for base in span)


def _spans(interview: Interview) -> Iterator[tuple[datetime, datetime]]:
    yield interview.starts.astimezone(UTC), interview.ends.astimezone(UTC)
    for part in interview.sessions:
        yield part.starts.astimezone(UTC), part.ends.astimezone(UTC)


def _start_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), zone_of(zone)).astimezone(UTC)
