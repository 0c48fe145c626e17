"""The sections written from cards alone: checklist, tips, questions, what to ask, the STAR method."""

from collections.abc import Sequence

from prepvault.model.card import PHASE_TITLES, PHASES, Guide, Item, Question, Text
from prepvault.model.coaching import Seat
from prepvault.model.conditions import CONDITION_REASONS
from prepvault.model.interview import Interview
from prepvault.model.phrases import sentence
from prepvault.render.inert import inert_body, inert_line
from prepvault.render.section_text import (
    Page,
    Written,
    bullets,
    heading,
    labelled,
    question_lines,
)

_STAR_PARTS = (("S", "example_s"), ("T", "example_t"), ("A", "example_a"), ("R", "example_r"))


def write_checklist(page: Page) -> Written:
    """Write the items by phase, each a task box with its block id."""
    blocks = []
    for phase in PHASES:
        due = [item for item in page.coaching.items if item.phase == phase]
        if due:
            blocks += [page.heading(PHASE_TITLES[phase]), "\n".join(map(_task, due))]
    return "Checklist", blocks


def _task(item: Item) -> str:
    """Write an item: what to do, how long, when it is done, and why it is asked here."""
    reasons = [CONDITION_REASONS[name] for name in item.conditions if name in CONDITION_REASONS]
    parts = [
        item.text,
        f"{item.minutes} min" if item.minutes else "",
        f"done: {item.done_when}" if item.done_when else "",
        f"because {' and '.join(reasons)}" if reasons else "",
    ]
    return f"- [ ] {inert_line(' · '.join(part for part in parts if part))} ^pv-{item.id}"


def write_tips(page: Page) -> Written:
    """Write what the type is for, how it runs, and what helps."""
    guide = page.coaching.guide
    if not guide:
        return "Tips", []
    return f"Tips: {guide.title}", [
        _purpose(guide, page.interview),
        labelled("Course", (f"{stage.name} ({stage.minutes} min)" for stage in guide.stages)),
        labelled("Assessed", guide.assessed),
        bullets(guide.tips),
        *_list_under("In the interview", guide.during, page.level),
        labelled("Avoid", guide.mistakes),
    ]


def _purpose(guide: Guide, interview: Interview) -> str:
    """Write what it is for and how long it takes."""
    differs = not interview.all_day and interview.minutes not in {0, guide.minutes}
    own = f"; this note says {interview.minutes} min" if differs else ""
    lines = [guide.purpose, f"Usual length: {guide.usual}{own}" if guide.usual else ""]
    return inert_line(" ".join(sentence(line) for line in lines if line))


def _list_under(title: str, lines: tuple[str, ...], level: int) -> tuple[str, ...]:
    """Write a list under its own heading; nothing for an empty list."""
    return (heading(title, level + 1), bullets(lines)) if lines else ()


def write_questions(page: Page) -> Written:
    """Write likely questions; an assumed family is named as assumed."""
    coaching, family = page.coaching, page.coaching.family
    assumed = " (assumed; set role_family)" if coaching.family_is_assumed else ""
    return f"Likely questions: {family.title}{assumed}", [
        labelled("Areas", family.areas) if coaching.questions else "",
        "\n".join(question_lines(question) for question in coaching.questions),
    ]


def write_ask(page: Page) -> Written:
    """Write questions to ask: for everyone, for each person whose title is known, for who else may come."""
    coaching = page.coaching
    inferred = "No interviewer's title is in the note, so this is for who usually comes."
    seats = [seat for seat in coaching.panel if seat.audience and seat.ask]
    asked = {question.id for seat in seats for question in seat.ask}
    theirs = {question.id for audience in coaching.audiences for question in audience.questions}
    anyone = [question for question in coaching.ask if question.id not in asked | theirs]
    left = [question for question in coaching.ask if question.id in theirs - asked]
    return "Questions to ask", [
        inferred if coaching.audience_is_inferred and coaching.ask else "",
        "\n".join(map(question_lines, anyone)),
        *(block for seat in seats for block in _asked_of(_name(seat), seat.ask, page)),
        *(
            block
            for audience in coaching.audiences
            for block in _asked_of(
                audience.title, [each for each in audience.questions if each in left], page
            )
        ),
    ]


def _asked_of(title: str, questions: Sequence[Question], page: Page) -> tuple[str, ...]:
    """Write questions under whom they are for; nothing where there are none."""
    return (page.heading(title), "\n".join(map(question_lines, questions))) if questions else ()


def _name(seat: Seat) -> str:
    """Name a person with the kind of audience that their title tells of."""
    return f"{seat.person.name} ({seat.audience.title.lower()})" if seat.audience else seat.person.name


def write_star(page: Page) -> Written:
    """Write the story framework, and how many stories of what length this type asks for."""
    star, guide = page.coaching.star, page.coaching.guide
    stories = f"Stories to have ready: {guide.stories}" if guide and guide.stories else ""
    seconds = f"Seconds an answer: {guide.answer_seconds}" if guide and guide.answer_seconds else ""
    need = " ".join(sentence(part) for part in (stories, seconds) if part)
    return star.title, [inert_line(need), inert_body(star.body, level=page.level + 1) or _star_in_brief(star)]


def _star_in_brief(star: Text) -> str:
    """Write framework, timing and example from the head of a text that has no body."""
    facts = (star.fields.get(name, "") for name in ("framework", "timing"))
    example = (f"**{mark}**: {star.fields[name]}" for mark, name in _STAR_PARTS if star.fields.get(name))
    return "\n\n".join(
        part for part in (inert_line(", ".join(filter(None, facts))), bullets(example)) if part
    )
