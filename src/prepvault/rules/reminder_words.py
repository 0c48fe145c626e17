"""The words of a reminder, short enough for a notification: who, when by both clocks, where, what next."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from shlex import quote

from prepvault.model.interview import Interview
from prepvault.model.reminder import Reminder, ReminderKind
from prepvault.model.settings import Settings
from prepvault.model.zones import zone_of
from prepvault.rules.mail_fields import and_list, brief, long_date, span_words, type_noun
from prepvault.rules.mail_fit import interviewers_of
from prepvault.rules.reminders import first_start

_AFTER = {ReminderKind.THANK_YOU: "Say thanks", ReminderKind.FOLLOW_UP: "Ask how it stands"}
_COMMANDS = {ReminderKind.THANK_YOU: "thank_you", ReminderKind.FOLLOW_UP: "follow_up"}
_LATE = timedelta(minutes=5)
_LONGEST_TITLE, _LONGEST_LINE = 120, 200
_MOST_STEPS = 2
_MOST_NAMES = 3


def reminder_title(interview: Interview, reminder: Reminder, now: datetime) -> str:
    """Say in a few words what it is about: `In 2 hours: Acme Robotics, Backend Engineer`."""
    words = _AFTER.get(reminder.kind, "")
    if not words and interview.all_day and not interview.sessions:
        words = _day_words(interview, now)
    words = words or f"In {span_words(first_start(interview) - now)}"
    return _plain(f"{words}: {interview.title}", _LONGEST_TITLE)


def reminder_lines(
    interview: Interview,
    reminders: Sequence[Reminder],
    settings: Settings,
    now: datetime,
    steps: Sequence[str] = (),
) -> tuple[str, ...]:
    """Say the rest in lines; `steps` are what to do next, of which the first few are told."""
    last = reminders[-1]
    lines = _after(interview, last) if last.kind in _AFTER else _before(interview, settings)
    lines += [f"Next: {brief(step)}" for step in steps[:_MOST_STEPS]]
    lines += _lateness(last, settings, now)
    return tuple(_plain(line, _LONGEST_LINE) for line in lines)


def lead_words(reminder: Reminder) -> str:
    """Name a reminder for a list: `2 hours before`, `say thanks`."""
    if reminder.kind in _AFTER:
        return _AFTER[reminder.kind].lower()
    if reminder.kind is ReminderKind.CATCH_UP:
        return "after booking"
    return f"{span_words(reminder.lead)} before"


def _before(interview: Interview, settings: Settings) -> list[str]:
    start = first_start(interview)
    if interview.all_day and not interview.sessions:
        when = f"{long_date(start.date())}, no hour is noted"
    else:
        when = f"{long_date(start.date())}, {start:%H:%M} {interview.zone}{_at_home(start, settings)}"
    kind = type_noun(interview)
    names = [person.name for person in interviewers_of(interview)]
    shown = names[:_MOST_NAMES] + ([f"{len(names) - _MOST_NAMES} more"] if len(names) > _MOST_NAMES else [])
    place = interview.venue.link or interview.venue.text
    lines = [f"{kind[:1].upper()}{kind[1:]}, {when}"]
    lines += [f"With {and_list(shown)}"] if shown else []
    return lines + ([place] if place else ["Where: the note does not say"])


def _at_home(start: datetime, settings: Settings) -> str:
    """The same moment by the clock where the user is, when that differs."""
    home = start.astimezone(zone_of(settings.zone))
    if home.utcoffset() == start.utcoffset():
        return ""
    day = "" if home.date() == start.date() else f"{home:%A} "
    return f" ({day}{home:%H:%M} {settings.zone})"


def _after(interview: Interview, reminder: Reminder) -> list[str]:
    kind = type_noun(interview)
    line = f"The {kind} was on {long_date(first_start(interview).date())}"
    if reminder.kind is ReminderKind.FOLLOW_UP and interview.reply_by:
        line += f"; they promised an answer by {long_date(interview.reply_by)}"
    elif reminder.kind is ReminderKind.FOLLOW_UP:
        line += ", and no answer is noted"
    return [line, f"prepvault email {_COMMANDS[reminder.kind]} {quote(interview.id)}"]


def _lateness(reminder: Reminder, settings: Settings, now: datetime) -> list[str]:
    """Own up to being late: the machine slept, or nothing could be told."""
    if now - reminder.at < _LATE:
        return []
    due = reminder.at.astimezone(zone_of(settings.zone))
    return [f"Was due on {long_date(due.date())}, at {due:%H:%M}"]


def _day_words(interview: Interview, now: datetime) -> str:
    start = first_start(interview)
    days = (start.date() - now.astimezone(start.tzinfo).date()).days
    return {0: "Today", 1: "Tomorrow"}.get(days, f"On {long_date(start.date())}")


def _plain(text: str, most: int) -> str:
    """One line without anything that a screen would obey, cut where it is too long."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
