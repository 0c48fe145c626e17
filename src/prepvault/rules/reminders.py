"""Reminders: what is to be told about an interview, and when; the same list at every hour of the day."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from prepvault.model.interview import Interview, Outcome, Status
from prepvault.model.lead import find_lead, lead_text
from prepvault.model.reminder import Reminder, ReminderKind, ReminderState
from prepvault.model.settings import Settings
from prepvault.model.zones import shift, zone_of

DAY = timedelta(days=1)
USUAL_LEADS = (timedelta(hours=24), timedelta(hours=2))
"""Leads of an interview whose type is not known."""

_FOLLOW_UP_TIME = time(9)
_FOLLOW_UP_PATIENCE = timedelta(days=14)
_CLOCKS_DIFFER = timedelta(minutes=15)
_SATURDAY = 5
_TO_DO = frozenset({ReminderKind.THANK_YOU, ReminderKind.FOLLOW_UP})
_TEN_YEARS = 3653
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def plan_reminders(interview: Interview, settings: Settings, now: datetime) -> tuple[Reminder, ...]:
    """Plan every reminder of an interview, in order of time; only their `state` depends on `now`."""
    planned = (*_before(interview, settings), *_after(interview, settings))
    moment = now.astimezone(UTC)
    return _in_order(replace(entry, state=_state(entry, interview, moment)) for entry in planned)


def plan_all(interviews: Iterable[Interview], settings: Settings, now: datetime) -> tuple[Reminder, ...]:
    """Plan the reminders of many interviews together, in order of time."""
    return _in_order(entry for one in interviews for entry in plan_reminders(one, settings, now))


def _in_order(reminders: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """By instant: wall times of one zone would be compared without their offsets."""
    return tuple(sorted(reminders, key=lambda entry: (entry.at.astimezone(UTC), entry.key)))


def first_start(interview: Interview) -> datetime:
    """When the interview begins to matter: of a day with sessions but no hour, its first session."""
    if interview.all_day and interview.sessions:
        return min(session.starts for session in interview.sessions)
    return interview.starts


def pick_leads(interview: Interview, settings: Settings) -> tuple[timedelta, ...]:
    """The interview's own leads or its type's usual ones, longest first, each once."""
    if interview.leads is not None:
        return tuple(sorted(set(interview.leads), reverse=True))
    if interview.type is None:
        return USUAL_LEADS
    texts = settings.words(f"reminders.{interview.type}")
    return tuple(sorted({lead for text in texts if (lead := find_lead(text)) is not None}, reverse=True))


def _before(interview: Interview, settings: Settings) -> Iterator[Reminder]:
    """Reminders before the start; the leads already gone at the booking become one catch-up."""
    if not interview.is_open:
        return
    start = first_start(interview)
    booked = (interview.created_at or _LONG_AGO).astimezone(UTC)
    moments = _moments(interview, settings, start)
    for at, lead in moments.items():
        if at >= booked:
            yield _reminder(interview, ReminderKind.BEFORE, lead_text(lead), at, start, lead=lead)
    left = start.astimezone(UTC) - booked
    if any(at < booked for at in moments) and left > timedelta():
        yield _reminder(interview, ReminderKind.CATCH_UP, "catch-up", booked, start, lead=left)


def _moments(interview: Interview, settings: Settings, start: datetime) -> dict[datetime, timedelta]:
    """The instant of each lead; leads that fall together (a day without an hour) count once."""
    moments: dict[datetime, timedelta] = {}
    for lead in pick_leads(interview, settings):
        moments.setdefault(_moment(interview, settings, start, lead).astimezone(UTC), lead)
    return moments


def _moment(interview: Interview, settings: Settings, start: datetime, lead: timedelta) -> datetime:
    """Elapsed time before a start; for a day without an hour, an evening whole days before."""
    if not interview.all_day or interview.sessions:
        return shift(start, -lead)
    days = max(1, -(-lead // DAY))
    evening = time(min(settings.number("reminders.all_day_hour"), 23))
    return datetime.combine(start.date() - days * DAY, evening, zone_of(interview.zone))


def _after(interview: Interview, settings: Settings) -> Iterator[Reminder]:
    """Thanks, and the follow-up while no answer came, for an interview that took place."""
    absent = {Outcome.NO_SHOW, Outcome.WITHDRAWN}
    if interview.status is not Status.COMPLETED or interview.outcome in absent:
        return
    end = max((session.ends for session in interview.sessions), default=interview.ends)
    wait = find_lead(settings.text("reminders.thank_you"))
    wait = timedelta(hours=2) if wait is None else wait
    at = shift(end, wait)
    until = shift(end, max(DAY, 2 * wait))
    yield _reminder(interview, ReminderKind.THANK_YOU, "thanks", at, until)
    if interview.outcome in {None, Outcome.PENDING}:
        at = _follow_up_moment(interview, settings, end)
        yield _reminder(
            interview, ReminderKind.FOLLOW_UP, "follow-up", at, shift(at, _FOLLOW_UP_PATIENCE), all_day=True
        )


def _follow_up_moment(interview: Interview, settings: Settings, end: datetime) -> datetime:
    """Nine o'clock, one working day after the promised one, else some days after the last day."""
    if interview.reply_by is not None:
        day = interview.reply_by + DAY
        while day.weekday() >= _SATURDAY:
            day += DAY
    else:
        last = shift(end, -timedelta(seconds=1)) if interview.all_day else end
        day = last.date() + min(settings.number("reminders.follow_up_days"), _TEN_YEARS) * DAY
    return datetime.combine(day, _FOLLOW_UP_TIME, zone_of(interview.zone))


def _reminder(
    interview: Interview,
    kind: ReminderKind,
    suffix: str,
    at: datetime,
    until: datetime,
    *,
    lead: timedelta = timedelta(),
    all_day: bool = False,
) -> Reminder:
    start = first_start(interview).astimezone(UTC)
    return Reminder(
        at=at.astimezone(UTC).astimezone(zone_of(interview.zone)),
        interview_id=interview.id,
        kind=kind,
        suffix=suffix,
        key=f"{interview.id}/{suffix}/{start:%Y%m%dT%H%M%SZ}",
        lead=lead,
        until=until,
        all_day=all_day,
    )


def note_word(reminder: Reminder) -> str:
    """The word under which `reminders_sent` tells that somebody was reminded.

    Of thanks and follow-ups `thanks` and `follow-up` tell that they were sent: being reminded is less.
    """
    return f"remind-{reminder.suffix}" if reminder.kind in _TO_DO else reminder.suffix


def channels_told(reminder: Reminder, interview: Interview) -> frozenset[str]:
    """The channels by which the note says that somebody was reminded of this; `done` when it is done."""
    told = set()
    for text in interview.reminders_sent:
        if _tells(text, reminder, interview):
            told.add("done" if reminder.kind in _TO_DO else _channel(text))
        elif text.split()[:1] == [note_word(reminder)] and _is_of_now(text, reminder, interview):
            told.add(_channel(text))
    return frozenset(told)


def _channel(entry: str) -> str:
    return " ".join(entry.split()[1:2]).casefold()


def _state(reminder: Reminder, interview: Interview, now: datetime) -> ReminderState:
    if any(_tells(text, reminder, interview) for text in interview.reminders_sent):
        return ReminderState.SENT
    return state_by_clock(reminder, now)


def state_by_clock(reminder: Reminder, now: datetime) -> ReminderState:
    """How a reminder stands at a moment when nobody was told."""
    if now < reminder.at:
        return ReminderState.PENDING
    return ReminderState.DUE if now < reminder.until else ReminderState.MISSED


def _tells(text: str, reminder: Reminder, interview: Interview) -> bool:
    """Tell whether an entry of `reminders_sent` means this reminder, and not one of an earlier time."""
    words = text.split()
    return bool(words) and _names(words[0], reminder) and _is_of_now(text, reminder, interview)


def _is_of_now(text: str, reminder: Reminder, interview: Interview) -> bool:
    """Tell whether an entry is not of an earlier time of the interview."""
    sent = _sent_at(text.split()[-1], interview)
    if sent is None:
        return True
    if reminder.kind in _TO_DO:
        return sent >= interview.starts
    return sent >= reminder.at - _CLOCKS_DIFFER


def _names(word: str, reminder: Reminder) -> bool:
    same_lead = reminder.kind is ReminderKind.BEFORE and find_lead(word) == reminder.lead
    return word.casefold() == reminder.suffix or same_lead


def _sent_at(word: str, interview: Interview) -> datetime | None:
    try:
        moment = datetime.fromisoformat(word)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone_of(interview.zone))
    except ValueError:
        return None
