"""Which mails suit an interview at a moment, and when they fall due."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from prepvault.model.interview import Interview, InterviewType, Outcome, Person, Status
from prepvault.model.mail import Posted, Sending
from prepvault.model.reminder import Reminder, ReminderKind, ReminderState
from prepvault.model.site import Standing
from prepvault.rules.mails import KINDS
from prepvault.rules.overview import standing_of

_REMINDED = {"thank_you": ReminderKind.THANK_YOU, "follow_up": ReminderKind.FOLLOW_UP}
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_SATURDAY = 5
_THANKS = 14 * _DAY
_UPDATES = 60 * _DAY
BEFORE_START = (_DAY, 2 * _HOUR, _HOUR, -_HOUR / 4)
AFTER_END = (_DAY / 2, 3 * _DAY, 7 * _DAY, _THANKS, 2 * _THANKS, 3 * _THANKS, _UPDATES)
"""Every distance from an interview at which another mail begins or ceases to fit; a test holds them to it."""

_SILENT = {None, Outcome.PENDING, Outcome.NO_RESPONSE}
_OVER = {Outcome.WITHDRAWN, Outcome.NO_SHOW, Outcome.REJECTED}
REPEATED: frozenset[str] = frozenset({"reminder", "status_update"})
"""Kinds that go out again with every hour or change that asks for them."""


def fitting_kinds(
    interview: Interview,
    now: datetime,
    reminders: Sequence[Reminder] = (),
    *,
    is_latest: bool = True,
    others: Iterable[Interview] = (),
) -> tuple[str, ...]:
    """Pick the mails that make sense for an interview at a moment, in the order in which they come up.

    What `reminders` or the note tell to be sent is done. Only the latest round of an application is news.
    `others` are the vault's interviews: an offer among them is a reason to press for time here.
    """
    fitting = [kind for kind in KINDS if kind in _FITS and _FITS[kind](interview, now)]
    if _has_other_offer(interview, others, now) and _is_running(interview, now):
        fitting.append("update_recruiter")
    if not _is_time_to_follow_up(interview, now, due_of("follow_up", reminders)):
        fitting = [kind for kind in fitting if kind != "follow_up"]
    done = {each.kind for each in reminders if each.state is ReminderState.SENT}
    return tuple(
        kind
        for kind in sorted(fitting, key=KINDS.index)
        if _REMINDED.get(kind) not in done
        and (is_latest or kind != "status_update")
        and not _was_sent(interview, kind)
    )


def due_of(kind: str, reminders: Sequence[Reminder]) -> datetime | None:
    """When a mail falls due: with its reminder; None where nothing says so."""
    return next((each.at for each in reminders if each.kind is _REMINDED.get(kind)), None)


def sent_to(interview: Interview, kind: str) -> tuple[str, ...]:
    """The addresses that the note says a kind of mail went to; in doubt counts."""
    entries = (entry.split() for entry in interview.mails_sent)
    return tuple(words[1].casefold() for words in entries if len(words) > 1 and words[0] == kind)


def interviewers_of(interview: Interview) -> tuple[Person, ...]:
    """Everyone who asked the questions, those of single sessions too, each once."""
    parts = (person for session in interview.sessions for person in session.people)
    return tuple({person.key: person for person in reversed((*interview.people, *parts))}.values())[::-1]


def doubts_of(interview: Interview, past: Iterable[Sending] = ()) -> tuple[tuple[str, str], ...]:
    """Kind and address of every mail that may or may not have gone out, by the note and by the ledger.

    A later attempt that ended well settles it.
    """
    doubts: dict[tuple[str, str], bool] = {}
    for words in (entry.split() for entry in interview.mails_sent):
        if len(words) > 1:
            doubts[(words[0], words[1].casefold())] = words[-1] == "uncertain"
    for sending in past:
        if sending.key.startswith(f"{interview.id}/") and sending.state is not Posted.REFUSED:
            doubts[(sending.kind, sending.to.casefold())] = sending.is_in_doubt
    return tuple(each for each, is_open in doubts.items() if is_open)


def _was_sent(interview: Interview, kind: str) -> bool:
    """Tell whether everyone has it; what names a time is worth sending again after each move."""
    sent = sent_to(interview, kind)
    if not sent or kind in REPEATED:
        return False
    if kind == "thank_you":
        return len(set(sent)) >= len(interviewers_of(interview))
    return kind != "confirm" or len(sent) > len(interview.rescheduled_from)


def _is_ahead(interview: Interview, now: datetime, least: timedelta = timedelta()) -> bool:
    return interview.is_open and interview.starts - now > least


def was_held(interview: Interview, now: datetime) -> bool:
    """Tell whether it is over: true once it took place, by its status or by the clock."""
    if interview.status is Status.COMPLETED:
        return True
    return standing_of(interview, now) is Standing.WAITING


def _is_running(interview: Interview, now: datetime) -> bool:
    """True while their decision is open."""
    told = interview.status is not Status.CANCELLED and interview.outcome in {*_SILENT, Outcome.ADVANCED}
    return told and now - interview.ends < _UPDATES


def _has_other_offer(interview: Interview, others: Iterable[Interview], now: datetime) -> bool:
    return any(
        each.outcome is Outcome.OFFER
        and each.company.casefold() != interview.company.casefold()
        and now - each.ends < _UPDATES
        for each in others
    )


def _fits_confirm(interview: Interview, now: datetime) -> bool:
    return interview.status is not Status.CONFIRMED and _is_ahead(interview, now, 2 * _HOUR)


def _fits_format(interview: Interview, now: datetime) -> bool:
    is_open_question = not interview.format and interview.type is not InterviewType.DEBRIEF
    return is_open_question and _is_ahead(interview, now, _DAY)


def _fits_adjustment(interview: Interview, now: datetime) -> bool:
    return bool(interview.adjustments) and _is_ahead(interview, now, _HOUR)


def _fits_late(interview: Interview, now: datetime) -> bool:
    """Around its hour only: who is late needs it at once."""
    if interview.all_day or not interview.is_open:
        return False
    return interview.starts - _HOUR <= now < interview.ends


def _fits_no_show(interview: Interview, now: datetime) -> bool:
    missed = interview.outcome is Outcome.NO_SHOW and now - interview.ends < 3 * _DAY
    return missed or (_fits_late(interview, now) and now - interview.starts >= _HOUR / 4)


def _fits_thanks(interview: Interview, now: datetime) -> bool:
    """While it is fresh; after a no the reply to that says thanks too."""
    return was_held(interview, now) and interview.outcome not in _OVER and now - interview.ends < _THANKS


def _fits_referral(interview: Interview, now: datetime) -> bool:
    over = interview.outcome in {Outcome.WITHDRAWN, Outcome.NO_SHOW}
    recent = was_held(interview, now) and now - interview.ends < 2 * _THANKS
    return interview.referrer is not None and recent and not over


def _fits_timeline(interview: Interview, now: datetime) -> bool:
    silent = was_held(interview, now) and interview.outcome in _SILENT and interview.reply_by is None
    return silent and _DAY / 2 < now - interview.ends < 7 * _DAY


def _fits_follow_up(interview: Interview, now: datetime) -> bool:
    return was_held(interview, now) and interview.outcome in _SILENT and now - interview.ends < _UPDATES


def _is_time_to_follow_up(interview: Interview, now: datetime, due: datetime | None) -> bool:
    """From its reminder on; without one from a working day after the promised day on, else after a week."""
    if due:
        return now >= due
    return now.astimezone(interview.starts.tzinfo).date() >= _follow_up_day(interview)


def _follow_up_day(interview: Interview) -> date:
    if interview.reply_by is None:
        return interview.ends.date() + 7 * _DAY
    day = interview.reply_by + _DAY
    while day.weekday() >= _SATURDAY:
        day += _DAY
    return day


def _fits_update(interview: Interview, now: datetime) -> bool:
    told = interview.status is not Status.CANCELLED and interview.outcome not in _OVER
    return told and now - interview.ends < _UPDATES


def _fits_offer(interview: Interview, now: datetime) -> bool:
    return interview.outcome is Outcome.OFFER and now - interview.ends < _UPDATES


def _fits_extension(interview: Interview, now: datetime) -> bool:
    return _fits_offer(interview, now) and interview.deadline is not None and interview.deadline >= now.date()


def _fits_rejection(interview: Interview, now: datetime) -> bool:
    return interview.outcome is Outcome.REJECTED and now - interview.ends < 3 * _THANKS


_FITS: Mapping[str, Callable[[Interview, datetime], bool]] = {
    "reminder": _is_ahead,
    "confirm": _fits_confirm,
    "format_ask": _fits_format,
    "adjustment": _fits_adjustment,
    "late_noshow_self": _fits_late,
    "no_show_them": _fits_no_show,
    "thank_you": _fits_thanks,
    "referral_thanks": _fits_referral,
    "ask_timeline": _fits_timeline,
    "follow_up": _fits_follow_up,
    "status_update": _fits_update,
    "negotiate": _fits_offer,
    "extension": _fits_extension,
    "accept": _fits_offer,
    "decline_offer": _fits_offer,
    "rejection_reply": _fits_rejection,
}
"""Kinds that suggest themselves; `reschedule` and `withdraw` are the user's own idea."""
