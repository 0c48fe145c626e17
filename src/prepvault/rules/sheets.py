"""Lay coaching out in sheets: what a type and a role ask for, without any note."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from prepvault.model.card import (
    PHASE_TITLES,
    PHASES,
    Audience,
    Guide,
    Item,
    Library,
    Question,
    ResearchPart,
    Stage,
)
from prepvault.model.coaching import Coaching
from prepvault.model.sheet import Part, Point, Sheet

SHEETS: tuple[str, ...] = ("tips", "checklist", "questions", "ask", "star", "strengths", "pitch", "research")
"""Every sheet there is, in the order in which they are shown."""


def lay_out(library: Library, coaching: Coaching, names: Sequence[str]) -> tuple[Sheet, ...]:
    """Lay out the named sheets; one that would be empty is left out."""
    sheets = (_MAKERS[name](library, coaching) for name in names)
    return tuple(sheet for sheet in sheets if sheet.parts)


def tips_of(guide: Guide) -> Sheet:
    """Lay out what a type of interview is like, each kind within it on its own."""
    facts = [Point(f"Purpose: {guide.purpose}"), Point(f"Usual length: {guide.usual}")]
    if guide.answer_seconds:
        facts.append(Point(f"Seconds an answer: {guide.answer_seconds}"))
    if guide.stories:
        facts.append(Point(f"Stories to have ready: {guide.stories}"))
    parts = (
        Part(title="In short", points=tuple(facts)),
        _list("Course", (f"{stage.name} ({stage.minutes} min)" for stage in guide.stages)),
        _list("Assessed", guide.assessed),
        _list("Tips", guide.tips),
        _list("In the interview", guide.during),
        _list("Avoid", guide.mistakes),
        *(_list(each.title, (each.purpose, _course(each.stages), *each.tips)) for each in guide.formats),
    )
    return Sheet("tips", guide.title, _kept(parts))


def ask_of(audiences: Iterable[Audience]) -> Sheet:
    """Lay out what to ask, by who sits across the table."""
    parts = (Part(title=each.title, points=_questions(each.questions)) for each in audiences)
    return Sheet("ask", "Questions to ask", _kept(parts))


def _tips(_: Library, coaching: Coaching) -> Sheet:
    return tips_of(coaching.guide) if coaching.guide else Sheet("tips", "Tips", ())


def _checklist(_: Library, coaching: Coaching) -> Sheet:
    parts = (
        Part(
            title=PHASE_TITLES[phase],
            points=tuple(_item(item) for item in coaching.items if item.phase == phase),
            is_checklist=True,
        )
        for phase in PHASES
    )
    return Sheet("checklist", "Checklist", _kept(parts))


def _item(item: Item) -> Point:
    facts = (
        f"{item.minutes} min" if item.minutes else "",
        f"done: {item.done_when}" if item.done_when else "",
    )
    return Point(item.text, " · ".join(fact for fact in facts if fact))


def _likely(_: Library, coaching: Coaching) -> Sheet:
    by_topic: dict[str, list[Question]] = {}
    for question in coaching.questions:
        by_topic.setdefault(question.topic, []).append(question)
    parts = (Part(title=topic, points=_questions(each)) for topic, each in by_topic.items())
    assumed = ", assumed" if coaching.family_is_assumed else ""
    return Sheet("questions", f"Likely questions: {coaching.family.title}{assumed}", _kept(parts))


def _ask(library: Library, coaching: Coaching) -> Sheet:
    first = {audience.id: audience for audience in coaching.audiences}
    return ask_of({**first, **library.audiences}.values())


def _star(_: Library, coaching: Coaching) -> Sheet:
    return Sheet("star", coaching.star.title, _kept([Part(title="", body=coaching.star.body)]))


def _strengths(library: Library, coaching: Coaching) -> Sheet:
    standing = tuple(Point(each.text, each.hint) for each in library.standing)
    parts = [
        Part(title="", body=coaching.strengths.body),
        Part(title="Asked in every search", points=standing),
    ]
    return Sheet("strengths", coaching.strengths.title, _kept(parts))


def _pitch(library: Library, _: Coaching) -> Sheet:
    card = library.texts.get("pitch")
    return Sheet(
        "pitch", card.title if card else "Pitch", _kept([Part(title="", body=card.body if card else "")])
    )


def _research(library: Library, _: Coaching) -> Sheet:
    parts = (Part(title=f"{each.number}. {each.title}", points=_to_find(each)) for each in library.research)
    return Sheet("research", "Company research", _kept(parts))


def _to_find(part: ResearchPart) -> tuple[Point, ...]:
    return tuple(map(Point, (*part.fields, f"Where to look: {part.where}", f"So what: {part.so_what}")))


_MAKERS: Mapping[str, Callable[[Library, Coaching], Sheet]] = {
    "tips": _tips,
    "checklist": _checklist,
    "questions": _likely,
    "ask": _ask,
    "star": _star,
    "strengths": _strengths,
    "pitch": _pitch,
    "research": _research,
}


def _course(stages: Sequence[Stage]) -> str:
    """Write stages on one line; nothing for none."""
    told = "; ".join(f"{stage.name} {stage.minutes} min" for stage in stages)
    return f"Course: {told}" if told else ""


def _questions(questions: Iterable[Question]) -> tuple[Point, ...]:
    return tuple(Point(each.text, each.hint) for each in questions)


def _list(title: str, lines: Iterable[str]) -> Part:
    return Part(title=title, points=tuple(Point(line) for line in lines if line))


def _kept(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.points or part.body.strip())
