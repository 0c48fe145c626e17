"""The calendar's months, and the timeline of one interview."""

from calendar import Calendar
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from prepvault.model.agenda import Day, Entry, Mark, MarkKind, Month
from prepvault.model.interview import Interview, Outcome, Session, Status
from prepvault.model.reminder import Reminder, ReminderKind, ReminderState
from prepvault.model.site import Moment
from prepvault.model.zones import zone_of

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)
_YEARS = range(1970, 2102)
"""A session's day may be any; a calendar of other years would only be leafed through for nothing."""

_MARKS = {
    ReminderKind.BEFORE: MarkKind.REMINDER,
    ReminderKind.CATCH_UP: MarkKind.REMINDER,
    ReminderKind.THANK_YOU: MarkKind.THANKS,
    ReminderKind.FOLLOW_UP: MarkKind.FOLLOW_UP,
}


def local_day(interview: Interview, zone: str) -> date:
    """The day on which an interview falls in the user's calendar; all-day interviews keep their own."""
    if interview.all_day:
        return interview.starts.date()
    return interview.starts.astimezone(zone_of(zone)).date()


def last_day(interview: Interview, zone: str) -> date:
    """The last day of an interview in the user's calendar; one that ends at midnight is not on the next."""
    ends = interview.ends if interview.all_day else interview.ends.astimezone(zone_of(zone))
    return max(local_day(interview, zone), (ends - _INSTANT).date())


def months(
    interviews: Iterable[Interview], reminders: Iterable[Reminder], now: datetime, zone: str
) -> tuple[Month, ...]:
    """Lay out this month and every other that holds something."""
    ordered = sorted(interviews, key=lambda each: (each.starts, each.id))
    entries: dict[date, list[Entry]] = {}
    for interview in ordered:
        for day, entry in _entries(interview, zone):
            entries.setdefault(day, []).append(entry)
    marks: dict[date, list[Mark]] = {}
    for day, mark in (*_promises(ordered), *_calls(reminders, zone)):
        marks.setdefault(day, []).append(mark)
    today = now.astimezone(zone_of(zone)).date()
    wanted = {_number(day) for day in (today, *entries, *marks)}
    return tuple(_month(number, entries, marks) for number in sorted(wanted))


def _entries(interview: Interview, zone: str) -> Iterator[tuple[date, Entry]]:
    """Part an interview into the days that it takes, each with its hours in the user's zone."""
    here, days = zone_of(zone), _days(interview, zone)
    first, last = min(days), max(days)
    for number, day in enumerate(sorted(days), 1):
        parts, is_timed = days[day], not interview.all_day
        starts = interview.starts if is_timed and day == first else parts[0].starts if parts else None
        ends = parts[-1].ends if parts else interview.ends if is_timed and day == last else None
        starts, ends = (each.astimezone(here) if each else None for each in (starts, ends))
        yield day, Entry(interview.id, starts, ends, number, len(days), parts)


def _days(interview: Interview, zone: str) -> dict[date, tuple[Session, ...]]:
    """The days of an interview, each with its sessions; between those, there is nothing to attend."""
    first = local_day(interview, zone)
    days: dict[date, tuple[Session, ...]] = {first: ()}
    if not interview.sessions:
        last = last_day(interview, zone)
        return days | {first + count * _DAY: () for count in range(1, (last - first).days + 1)}
    for session in interview.sessions:
        day = session.starts.astimezone(zone_of(zone)).date()
        if day.year in _YEARS:
            days[day] = (*days.get(day, ()), session)
    return days


def _is_settled(interview: Interview) -> bool:
    """True when no answer is awaited any more."""
    return interview.outcome not in {None, Outcome.PENDING}


def _promises(interviews: Iterable[Interview]) -> Iterator[tuple[date, Mark]]:
    """The days by which an answer is promised, or asked of the user."""
    for each in interviews:
        if each.reply_by and each.status is not Status.CANCELLED and not _is_settled(each):
            yield each.reply_by, Mark(MarkKind.REPLY, each.id)
        if each.deadline:
            yield each.deadline, Mark(MarkKind.DEADLINE, each.id)


def _calls(reminders: Iterable[Reminder], zone: str) -> Iterator[tuple[date, Mark]]:
    """The reminders that are still to be told; what was sent or missed says nothing about a day any more."""
    for each in reminders:
        if each.state in {ReminderState.PENDING, ReminderState.DUE}:
            at = each.at.astimezone(zone_of(zone))
            yield at.date(), Mark(_MARKS[each.kind], each.interview_id, None if each.all_day else at)


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int, entries: dict[date, list[Entry]], marks: dict[date, list[Mark]]) -> Month:
    year, month = divmod(number, 12)

    def lay_out(day: date) -> Day:
        if day.month != month + 1:
            return Day(day, is_outside=True)
        return Day(day, tuple(entries.get(day, ())), tuple(marks.get(day, ())))

    weeks = Calendar().monthdatescalendar(year, month + 1)
    return Month(date(year, month + 1, 1), tuple(tuple(map(lay_out, week)) for week in weeks))


def timeline(interview: Interview, reminders: Sequence[Reminder]) -> tuple[Moment, ...]:
    """Tell one interview's story in order: booked, moved, reminded, held, what follows."""
    start, end = ("Interview", "") if interview.all_day else ("Starts", "Ends")
    moments = [Moment("start", start, interview.starts, all_day=interview.all_day)]
    if end:
        moments.append(Moment("end", end, interview.ends))
    if interview.created_at:
        moments.append(Moment("booked", "Booked", interview.created_at))
    moments += [Moment("reminder", _reminder_text(each), each.at) for each in reminders]
    dated = sorted((each for each in moments if each.at), key=lambda each: (each.at, each.kind))
    sent = tuple(Moment("sent", f"Sent: {text}") for text in interview.reminders_sent)
    moved = tuple(_moved(text, interview) for text in interview.rescheduled_from)
    if reply := interview.reply_by:
        before = sum(each.at is not None and each.at.date() <= reply for each in dated)
        dated.insert(before, Moment("reply", f"Answer promised by {reply:%a} {reply.day} {reply:%b %Y}"))
    return (*moved, *sent, *dated)


def _moved(text: str, interview: Interview) -> Moment:
    """An earlier time as a moment, like every other; as it is written where it cannot be read."""
    try:
        earlier = datetime.fromisoformat(text)
    except ValueError:
        return Moment("moved", f"Moved from {text}")
    if earlier.tzinfo is None:
        earlier = earlier.replace(tzinfo=interview.starts.tzinfo)
    return Moment("moved", "Moved from", earlier, all_day="T" not in text and ":" not in text)


_WORDS = {
    ReminderKind.BEFORE: "Reminder",
    ReminderKind.CATCH_UP: "Catch-up reminder",
    ReminderKind.THANK_YOU: "Send your thanks",
    ReminderKind.FOLLOW_UP: "Follow up",
}


def _reminder_text(reminder: Reminder) -> str:
    """Say what a reminder is for, and when it is over how it went."""
    lead = f" {reminder.suffix} before" if reminder.kind is ReminderKind.BEFORE else ""
    sent = " (sent)" if reminder.state is ReminderState.SENT else ""
    return f"{_WORDS[reminder.kind]}{lead}{sent}"
