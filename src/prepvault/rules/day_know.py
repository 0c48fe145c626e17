"""What to keep in mind for one interview, most costly to forget first."""

import re
from collections.abc import Callable, Iterator

from prepvault.model.day_card import CardLine
from prepvault.model.interview import InterviewType
from prepvault.model.phrases import lower_first
from prepvault.rules.day_ask import audience_for, first_clause, person_words, source_words
from prepvault.rules.day_scene import Scene, is_heard, make_line, told_before, told_rows
from prepvault.rules.day_wording import (
    because,
    cut,
    day_words,
    joined,
    quoted,
    round_words,
    short_name,
)


def know_lines(scene: Scene) -> Iterator[CardLine]:
    """What to keep in mind, most costly to forget first."""
    makers: tuple[Callable[[Scene], CardLine | None], ...] = (
        _deadline,
        _parts,
        _heard,
        _say,
        _watch,
        _pay,
        _across,
    )
    if scene.interview.type in _PAY_TALK:
        makers = (_pay, *(make for make in makers if make is not _pay))
    yield from (line for make in makers if (line := make(scene)))


_PAY_TALK = frozenset({InterviewType.PHONE_SCREEN, InterviewType.FINAL_ROUND, InterviewType.DEBRIEF})


_SOURCE = re.compile(r"\s*\([^()]*\d{4}-\d\d[^()]*\)\s*$")
"""Where a line of research comes from, in parentheses at its end; the reason says it anyhow."""


def _pay(scene: Scene) -> CardLine | None:
    past = next((each for each in reversed(scene.dossier.earlier) if each.debrief.pay), None)
    if past is None:
        return None
    figure = past.debrief.pay[-1]
    return make_line(
        "know",
        f"Pay said so far: {quoted(figure)}; if it comes up, stay with it",
        f"it came up in the {round_words(past)}, and two figures weaken both",
        values=(cut(figure), round_words(past)),
        minutes=1,
        done="you can say the figure and where it came from",
    )


def _deadline(scene: Scene) -> CardLine | None:
    due = scene.interview.deadline
    if due is None or due < scene.here.date():
        return None
    today, company = scene.here.date(), scene.interview.company or "the other side"
    day = day_words(due, today)
    by = day if due == today else f"by {day}"
    has_time = (due - today).days > 1
    when = "a day before" if has_time else "now" if due == today else "today"
    if scene.interview.type is InterviewType.DEBRIEF:
        text = f"{company} waits for your answer until {day}: decide {when}, not in the call"
        why = "the note has this deadline, and nothing said in the call itself is final"
    else:
        what = "record and send it" if scene.is_alone else "hand it in"
        text = f"{company} wants it {by}: {what} {when}"
        why = "the note has this deadline, and links fail in the last hour"
    return make_line(
        "know",
        text,
        why,
        values=(company, day),
        minutes=1,
        done="the day and hour stand in your calendar",
    )


def _heard(scene: Scene) -> CardLine | None:
    told = told_before(each.debrief for each in scene.dossier.earlier)
    if not told or scene.interview.type is InterviewType.DEBRIEF:
        return None
    rows = told_rows(scene)
    other = next((row.story.title for row in rows if row.story and not is_heard(row)), "")
    where = next((each for each in scene.dossier.earlier if told_before([each.debrief])), None)
    return make_line(
        "know",
        f"{scene.interview.company} has heard {joined(map(quoted, told[:2]))}"
        + (f": open with {quoted(other)}" if other else ""),
        f"you told it in the {round_words(where)}" if where else "",
        values=(*told[:2], other, scene.interview.company),
        minutes=1,
        done="you know which story comes first",
    )


def _parts(scene: Scene) -> CardLine | None:
    sessions = scene.interview.sessions
    if not sessions:
        return None
    named = [
        f"{each.starts:%H:%M} {each.title}"
        + (f" with {joined(short_name(p) for p in each.people)}" if each.people else "")
        for each in sessions[:5]
    ]
    return make_line(
        "know",
        f"The day: {'; '.join(named)}",
        "a different story for each part, so that nobody hears one twice",
        values=tuple(
            text for each in sessions for text in (each.title, *(short_name(p) for p in each.people))
        ),
        minutes=2,
        done="a story stands beside each part",
    )


def _watch(scene: Scene) -> CardLine | None:
    company = scene.dossier.company
    if not company or not company.watch:
        return None
    return make_line(
        "know",
        f"Watch for: {quoted(company.watch[0])}",
        f"you noted it as a risk about {company.name}",
        values=(cut(company.watch[0]), company.name),
        minutes=1,
        done="you know what answer would settle it for you",
    )


def _say(scene: Scene) -> CardLine | None:
    company = scene.dossier.company
    if not company or not company.say or not (scene.is_done("pitch") or scene.hours_left < 24):
        return None
    say = _SOURCE.sub("", company.say[0])
    return make_line(
        "know",
        f"Weave in once: {quoted(say)}",
        because("it stands in your research", source_words(scene, company.say[0])),
        values=(cut(say),),
        minutes=1,
        done="you know after which question it fits",
    )


def _across(scene: Scene) -> CardLine | None:
    """How to speak with the first person whose title tells who they are."""
    for person in scene.people if scene.tells_stories else ():
        audience = audience_for(scene, person) if person.title else None
        if audience and audience.weighs and audience.speak:
            name = short_name(person)
            how = lower_first(cut(audience.speak.partition(". ")[0].replace(": ", ", ", 1), 150))
            return make_line(
                "know",
                f"Speak with {person_words(person)}: {how}",
                f"{name} weighs {first_clause(audience.weighs)}",
                values=(person.name, person.title, name),
                minutes=1,
                done=f"your first answer begins with what {name} weighs",
            )
    return None
