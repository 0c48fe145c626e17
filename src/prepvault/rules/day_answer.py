"""Their answer after an interview: when it is due, whom to ask, what to decide."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from prepvault.model.day_card import CardLine
from prepvault.model.interview import Interview, Outcome
from prepvault.model.reminder import Reminder, ReminderKind, ReminderState
from prepvault.model.zones import zone_of
from prepvault.rules.day_scene import Scene, command_line, make_line, own_values
from prepvault.rules.day_wording import because, cut, day_words, quoted, round_words
from prepvault.rules.reminders import plan_reminders

REMEMBERED = timedelta(days=7)
"""How long after an interview its details can still be asked of anybody, oneself among them."""

OPEN = frozenset({None, Outcome.PENDING, Outcome.NO_RESPONSE})
"""Outcomes that leave the answer open."""

_TIME_TO_DECIDE = 2


def ended_at(interview: Interview) -> datetime:
    """When the last part of it was over."""
    return max((session.ends for session in interview.sessions), default=interview.ends)


def age_of(scene: Scene) -> timedelta:
    """How long ago it was over."""
    return scene.now - ended_at(scene.interview)


def them(scene: Scene) -> str:
    """The company, else `they`."""
    return scene.interview.company or "they"


def contact(scene: Scene) -> str:
    """Whom to write to: the recruiter, else the company."""
    return scene.interview.recruiter.name if scene.interview.recruiter else them(scene)


def the_round(scene: Scene) -> str:
    """The conversation itself in words: `the phone screen on 2 February`."""
    return f"the {round_words(scene.interview)}"


def answer_lines(scene: Scene) -> Iterator[CardLine]:
    """What is to be asked, decided or noted about their answer, most urgent first."""
    for make in (_overdue, _follow_up, _decide, _answer_day):
        if line := make(scene):
            yield line


def took_place_line(scene: Scene) -> CardLine | None:
    """While the note still says that it is to come, nothing reminds of thanks or of an answer."""
    interview = scene.interview
    if not interview.is_open:
        return None
    return make_line(
        "now",
        f"Say that {the_round(scene)} at {them(scene)} took place",
        "until then nothing reminds you of thanks or of their answer",
        values=(interview.company, the_round(scene)),
        minutes=1,
        done="the note says completed",
        command=f"{command_line(interview, 'status')} completed",
    )


def waiting_line(scene: Scene) -> CardLine | None:
    """The day on which silence becomes a reason to write, while that day is still to come."""
    interview = scene.interview
    if interview.outcome not in {None, Outcome.PENDING}:
        return None
    coming = _follow_up_of(scene)
    if coming is None or coming.state is not ReminderState.PENDING:
        return None
    today = scene.here.date()
    day, promised = day_words(coming.at.date(), today), interview.reply_by
    said = f"they said {day_words(promised, today)}" if promised else "no day was promised, so a week is fair"
    return make_line(
        "waiting",
        f"If {them(scene)} {'is' if interview.company else 'are'} still silent, write on {day}",
        said,
        values=(interview.company, day),
        minutes=5,
        done="one mail with one question, or their answer is in the note",
        command=command_line(interview, "email", "follow_up"),
    )


def _overdue(scene: Scene) -> CardLine | None:
    """What they promised by a day that is over."""
    today, interview = scene.here.date(), scene.interview
    late = (
        each
        for each in scene.dossier.own.promises
        if each.by == "them" and each.due and each.due < today and not each.is_kept
    )
    promise = next(late, None)
    if promise is None or promise.due is None or interview.outcome not in OPEN:
        return None
    return make_line(
        "now",
        f"Ask {contact(scene)} for {quoted(promise.text)}, promised for {day_words(promise.due, today)}",
        f"they said so in {the_round(scene)}; a day past it, one friendly line is expected",
        values=(contact(scene), cut(promise.text), the_round(scene)),
        minutes=5,
        done="one mail with one question is sent, or the promise is ticked",
        command=command_line(interview, "email", "follow_up"),
    )


def _follow_up(scene: Scene) -> CardLine | None:
    """The question where things stand, once it is due and until it was sent."""
    interview, due = scene.interview, _follow_up_of(scene)
    if due is None or due.state is not ReminderState.DUE or scene.is_done("nudge"):
        return None
    if any(each.split()[:1] == ["follow_up"] for each in interview.mails_sent) or _overdue(scene):
        return None
    today = scene.here.date()
    last = ended_at(interview).astimezone(zone_of(scene.settings.zone)).date()
    promised = f"they said {day_words(interview.reply_by, today)}" if interview.reply_by else ""
    return make_line(
        "today",
        f"Ask {contact(scene)} where {interview.role or 'the role'} stands",
        because(promised, f"{(today - last).days} days since {the_round(scene)}"),
        values=(contact(scene), interview.role, the_round(scene)),
        minutes=10,
        done="one mail with one question is sent",
        item=scene.item("nudge"),
        command=command_line(interview, "email", "follow_up"),
    )


def _follow_up_of(scene: Scene) -> Reminder | None:
    reminders = plan_reminders(scene.interview, scene.settings, scene.now)
    return next((each for each in reminders if each.kind is ReminderKind.FOLLOW_UP), None)


def _decide(scene: Scene) -> CardLine | None:
    """An offer with a day by which it must be answered."""
    interview, today = scene.interview, scene.here.date()
    due = interview.deadline
    if interview.outcome is not Outcome.OFFER or due is None or due < today:
        return None
    has_time = (due - today).days > _TIME_TO_DECIDE
    by = due - timedelta(days=_TIME_TO_DECIDE) if has_time else due
    return make_line(
        "soon" if has_time else "now",
        f"Decide on {them(scene)}’s offer by {day_words(by, today)}",
        f"they want the answer by {day_words(due, today)}",
        values=(interview.company, day_words(due, today)),
        minutes=30,
        done="yes, no or a request for time is written to them",
        command=command_line(interview, "email", "extension" if has_time else "accept"),
    )


def _answer_day(scene: Scene) -> CardLine | None:
    """The day of their answer: from a promise in the debrief, else to be asked for."""
    interview = scene.interview
    if interview.reply_by or interview.outcome not in {None, Outcome.PENDING} or age_of(scene) > REMEMBERED:
        return None
    said = next((each for each in scene.dossier.own.promises if each.by == "them" and each.due), None)
    if said and said.due:
        return make_line(
            "now",
            f"Put the day {them(scene)} named into the note: {quoted(said.text)}",
            f"you wrote {said.due.isoformat()} in the debrief, and only `reply_by` drives the follow-up",
            values=(cut(said.text), interview.company),
            minutes=1,
            done="the note has `reply_by`",
            command=f"{command_line(interview, 'debrief')} --reply-by {said.due.isoformat()}",
        )
    if scene.dossier.own.is_empty:
        return None
    decides = f"{interview.company} decides" if interview.company else "they decide"
    return make_line(
        "today",
        f"Ask {contact(scene)} in your thank-you by which day {decides}",
        "your debrief names no day, and waiting without one is the hardest kind",
        values=(contact(scene), *own_values(scene)),
        minutes=2,
        done="the note has `reply_by`",
        command=command_line(interview, "email", "ask_timeline"),
    )
