"""What an interview that is over still asks for: what was said, thanks, promises, then their answer."""

from collections.abc import Iterator
from datetime import timedelta

from prepvault.model.day_card import CardLine
from prepvault.model.debrief import Promise
from prepvault.model.interview import Interview, InterviewType, Outcome, Person
from prepvault.rules.day_answer import (
    OPEN,
    REMEMBERED,
    age_of,
    answer_lines,
    the_round,
    them,
    took_place_line,
)
from prepvault.rules.day_scene import Scene, command_line, make_line
from prepvault.rules.day_wording import because, cut, day_words, joined, quoted, short_name

_FRESH = timedelta(hours=36)
_THANKED = timedelta(days=4)
_ABSENT = frozenset({Outcome.NO_SHOW, Outcome.WITHDRAWN})
_MOST_THANKED = 3


def after_lines(scene: Scene, *, is_latest: bool = True) -> Iterator[CardLine]:
    """Everything that is owed after an interview, most urgent first.

    Where a later round is booked its own card takes up what went badly, and the answer has come. Writing the
    debrief also says that it took place.
    """
    captured = _capture(scene)
    yield from (line for line in (captured, _thanks(scene)) if line)
    yield from _promises(scene)
    if not captured and (line := took_place_line(scene)):
        yield line
    if is_latest:
        yield from answer_lines(scene)
        if line := _gap(scene):
            yield line


def _names(people: tuple[Person, ...]) -> tuple[str, ...]:
    return tuple(text for each in people for text in (each.name, short_name(each)))


def _capture(scene: Scene) -> CardLine | None:
    """The questions as asked, while the wording is still there."""
    interview, age = scene.interview, age_of(scene)
    if not scene.dossier.own.is_empty or scene.is_done("capture") or age > REMEMBERED:
        return None
    if interview.outcome in _ABSENT:
        return None
    who = joined(short_name(person) for person in scene.people) or them(scene)
    if interview.type is InterviewType.DEBRIEF:
        text = f"Write down what {who} said, figure by figure, and what each of you promised"
    else:
        text = f"Write down what {who} asked, word for word, and mark each answer strong, ok or gap"
    fading = (
        "the wording fades within a day" if age < _FRESH else "what is left of it fades further every day"
    )
    use = (
        "every gap you mark comes first before the next round"
        if interview.outcome in OPEN and interview.type is not InterviewType.DEBRIEF
        else ""
    )
    return make_line(
        "now" if age < _FRESH else "today",
        text,
        because(fading, use),
        values=(*_names(scene.people), interview.company),
        minutes=20 if age < _FRESH else 10,
        done="each figure has who said it, every promise a day"
        if interview.type is InterviewType.DEBRIEF
        else "each question has a mark, every promise a day",
        item=scene.item("capture"),
        command=command_line(interview, "debrief"),
    )


def _thanks(scene: Scene) -> CardLine | None:
    """A note to each person, tied to a moment that only they shared."""
    interview, age = scene.interview, age_of(scene)
    people = tuple(each for each in scene.people if not _was_written(interview, each))
    if not _thanks_are_open(scene) or (scene.people and not people):
        return None
    own = scene.dossier.own
    best = next((each.text for each in own.asked if each.mark == "strong"), "")
    owed = next((each.text for each in own.promises if each.by == "me" and not each.is_kept), "")
    about = f", about {quoted(best)}" if best else ""
    if not best and len(people) > 1:
        about = ", each about a moment only you two shared"
    promise = f"; with it {quoted(owed)}, as promised" if owed else ""
    named = joined(each.name for each in people)
    who = f"{named} of {interview.company}" if named and interview.company else named or them(scene)
    is_same_day = age < timedelta(hours=12)
    usual = "it counts most on the same day" if is_same_day else "within a day it is still expected"
    usual += "; people compare, so no two alike" if len(people) > 1 else ""
    return make_line(
        "today",
        f"Thank {who} for {the_round(scene)}{about}{promise}",
        "it is past the first day: three lines are enough now" if age > timedelta(hours=24) else usual,
        values=(*_names(people), interview.company, the_round(scene), cut(best), cut(owed)),
        minutes=10 * max(1, min(len(people), _MOST_THANKED)),
        done="sent, or left out on purpose",
        item=scene.item("thanks"),
        command=command_line(interview, "email", "thank_you"),
    )


def _thanks_are_open(scene: Scene) -> bool:
    """Tell whether a thank-you still makes sense: in time, customary, not sent, not struck off."""
    interview, norms = scene.interview, scene.coaching.norms
    is_settled = interview.outcome is not None and interview.outcome.is_decided
    return not (
        any(each.split()[:1] == ["thanks"] for each in interview.reminders_sent)
        or scene.is_done("thanks")
        or interview.outcome in _ABSENT
        or age_of(scene) > (_FRESH if is_settled else _THANKED)
        or (norms is not None and norms.thank_you == "not customary")
    )


def _was_written(interview: Interview, person: Person) -> bool:
    """Tell whether a thank-you to somebody stands in the note."""
    words = [each.split() for each in interview.mails_sent]
    to = [each[1].casefold() for each in words if len(each) > 1 and each[0] == "thank_you"]
    return bool(to) and (not person.email or person.email.casefold() in to)


def _promises(scene: Scene) -> Iterator[CardLine]:
    """What the user promised and has not ticked."""
    for promise in scene.dossier.own.promises:
        if promise.by == "me" and not promise.is_kept:
            yield _promise(scene, promise)


def _promise(scene: Scene, promise: Promise) -> CardLine:
    today, due = scene.here.date(), promise.due
    when = "no day was said"
    if due:
        when = f"it {'was' if due < today else 'is'} due {day_words(due, today)}"
    return make_line(
        "now" if due and due <= today else "soon",
        f"Keep what you promised {them(scene)}: {quoted(promise.text)}",
        because(when, f"you said so in {the_round(scene)}"),
        values=(cut(promise.text), scene.interview.company),
        minutes=15,
        done="sent, and its line in the debrief is ticked",
    )


def _gap(scene: Scene) -> CardLine | None:
    """One answer that went badly, mended while it still stings."""
    gaps = scene.dossier.own.gaps
    if not gaps or scene.interview.outcome not in OPEN | {Outcome.ADVANCED} or age_of(scene) > REMEMBERED:
        return None
    more = f", the first of {len(gaps)} gaps" if len(gaps) > 1 else ""
    return make_line(
        "soon",
        f"Answer {quoted(gaps[0].text)} once more, aloud",
        f"you marked it a gap in {the_round(scene)}{more}; the next round may return to it",
        values=(cut(gaps[0].text), the_round(scene)),
        minutes=20,
        done="one answer ends on the result, and its opening line is in the note",
    )
