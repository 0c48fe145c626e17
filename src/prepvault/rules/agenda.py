"""The calendar's months, and the timeline of one interview."""

from calendar import Calendar
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from prepvault.model.interview import Interview
from prepvault.model.reminder import Reminder, ReminderKind, ReminderState
from prepvault.model.site import Day, Moment, Month
from prepvault.model.zones import zone_of

_BACK, _AHEAD = 2, 6


def local_day(interview: Interview, zone: str) -> date:
    """The day on which an interview falls in the user's calendar; all-day interviews keep their own."""
    if interview.all_day:
        return interview.starts.date()
    return interview.starts.astimezone(zone_of(zone)).date()


def months(interviews: Iterable[Interview], now: datetime, zone: str) -> tuple[Month, ...]:
    """Lay out this month and every other that holds an interview, from two back to six ahead."""
    today = now.astimezone(zone_of(zone)).date()
    by_day: dict[date, list[str]] = {}
    for interview in sorted(interviews, key=lambda each: (each.starts, each.id)):
        by_day.setdefault(local_day(interview, zone), []).append(interview.id)
    this = _number(today)
    wanted = {this} | {_number(day) for day in by_day if -_BACK <= _number(day) - this <= _AHEAD}
    return tuple(_month(number, by_day) for number in sorted(wanted))


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int, by_day: dict[date, list[str]]) -> Month:
    year, month = divmod(number, 12)
    weeks = Calendar().monthdatescalendar(year, month + 1)
    return Month(
        date(year, month + 1, 1),
        tuple(
            tuple(Day(day, tuple(by_day.get(day, ())), day.month != month + 1) for day in week)
            for week in weeks
        ),
    )


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
    moved = tuple(Moment("moved", f"Moved from {text}") for text in interview.rescheduled_from)
    reply = interview.reply_by
    promised = (Moment("reply", f"Answer promised by {reply.isoformat()}"),) if reply else ()
    return (*moved, *sent, *dated, *promised)


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
