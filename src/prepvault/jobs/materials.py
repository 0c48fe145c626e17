"""The coaching of a type and a role without a note, with the fields of the original system's materials."""

from collections.abc import Mapping

from prepvault.model.card import Item, Library, Text
from prepvault.model.coaching import Coaching
from prepvault.model.interview import InterviewType
from prepvault.rules.coaching import pick_for_type

Material = str | bool | list[str] | dict[str, str]
"""What stands in one field of the materials; it is ready for JSON."""


def materials(library: Library, type: InterviewType, role: str, family: str = "") -> dict[str, Material]:  # noqa: A002
    """Give STAR guide, questions, checklist, tips, strengths framework and questions to ask as plain data."""
    coaching = pick_for_type(library, type, role, family)
    return {
        "interview_type": type.value,
        "role": role,
        "role_family": coaching.family.id,
        "role_family_assumed": coaching.family_is_assumed,
        "star_method": _star(coaching.star),
        "common_questions": [question.text for question in coaching.questions],
        "prep_checklist": [_item(item) for item in coaching.items],
        "interview_tips": _tips(coaching),
        "strength_weaknesses": _strengths(coaching.strengths),
        "questions_to_ask": _to_ask(library, coaching),
    }


def _star(star: Text) -> dict[str, str]:
    """Give framework, example and timing, and the whole guide as Markdown."""
    example = " ".join(
        f"{mark}: {star.fields[name]}"
        for mark, name in (("S", "example_s"), ("T", "example_t"), ("A", "example_a"), ("R", "example_r"))
        if star.fields.get(name)
    )
    return {
        "framework": star.fields.get("framework", ""),
        "example": example,
        "timing": star.fields.get("timing", ""),
        "guide": star.body,
    }


def _item(item: Item) -> str:
    """Write an item with its phase and minutes."""
    minutes = f", {item.minutes} min" if item.minutes else ""
    return f"{item.text} ({item.phase}{minutes})"


def _tips(coaching: Coaching) -> list[str]:
    """Give the length, the tips, and how to use the time."""
    guide = coaching.guide
    if not guide:
        return []
    course = "; ".join(f"{stage.name} {stage.minutes} min" for stage in guide.stages)
    facts = (f"Duration: {guide.usual}" if guide.usual else "", f"Timing: {course}" if course else "")
    return [*(fact for fact in facts if fact), *guide.tips, *guide.during]


def _strengths(text: Text) -> dict[str, str]:
    """Give the two frameworks in one line each, and the whole guide as Markdown."""
    return {**text.fields, "guide": text.body}


def _to_ask(library: Library, coaching: Coaching) -> list[str]:
    """Give the questions for those who usually come, then all others."""
    usual = {audience.id for audience in coaching.audiences}
    first: Mapping[str, None] = {
        question.text: None
        for audience in (*coaching.audiences, *library.audiences.values())
        if audience.id in usual
        for question in audience.questions
    }
    others = {
        question.text: None for audience in library.audiences.values() for question in audience.questions
    }
    return [*{**first, **others}]
