"""Coaching without a note, in the fields of the original system."""

import json

import pytest

from prepvault.jobs.materials import materials
from prepvault.model.card import Library
from prepvault.model.interview import InterviewType
from tests.coaching_maker import library

FIELDS = {
    "star_method",
    "common_questions",
    "prep_checklist",
    "interview_tips",
    "strength_weaknesses",
    "questions_to_ask",
}


@pytest.mark.parametrize("kind", InterviewType)
def test_every_type_fills_every_field(kind: InterviewType) -> None:
    made = materials(library(), kind, "Senior Backend Engineer")
    assert set(made) >= FIELDS
    assert all(made[name] for name in FIELDS)
    assert made["role_family"] == "backend"
    assert made["role_family_assumed"] is False
    assert json.loads(json.dumps(made)) == made
    assert len(made["questions_to_ask"]) == len(set(made["questions_to_ask"])) >= 15  # type: ignore[arg-type]


def test_the_star_method_keeps_framework_example_and_timing() -> None:
    star = materials(library(), InterviewType.BEHAVIORAL, "")["star_method"]
    assert isinstance(star, dict)
    assert star["framework"] == "Situation → Task → Action → Result"
    assert star["timing"] == "2-3 minutes per story"
    assert star["example"].startswith("S: ")
    assert " R: " in star["example"]


def test_strengths_and_weaknesses_have_a_line_each() -> None:
    framework = materials(library(), InterviewType.PANEL, "")["strength_weaknesses"]
    assert isinstance(framework, dict)
    assert set(framework) == {"strengths", "weaknesses", "guide"}


@pytest.mark.parametrize("family", ["data_engineer", "Data Engineer", "data-engineer"])
def test_a_family_may_be_named(family: str) -> None:
    made = materials(library(), InterviewType.TECHNICAL, "Florist", family)
    assert made["role_family"] == "data_engineer"


def test_the_first_questions_to_ask_are_for_those_who_usually_come() -> None:
    made = materials(library(), InterviewType.PHONE_SCREEN, "")
    recruiter = [question.text for question in library().audiences["recruiter"].questions]
    assert made["questions_to_ask"][: len(recruiter)] == recruiter  # type: ignore[index]


@pytest.mark.parametrize("kind", InterviewType)
def test_the_original_checklists_are_complete(kind: InterviewType) -> None:
    texts = materials(library(), kind, "")["prep_checklist"]
    assert isinstance(texts, list)
    usual = {"Research", "Job Description Review", "Questions", "Sleep"}
    more = {
        InterviewType.TECHNICAL: {"Coding Practice", "Data Structures", "API Design"},
        InterviewType.BEHAVIORAL: {"Conflict Stories", "Leadership Examples"},
        InterviewType.ON_SITE: {"Transportation Plan", "Portfolio Prep", "Business Casual Outfit", "Route"},
        InterviewType.VIDEO_INTERVIEW: {"Tech Test"},
    }.get(kind, set())
    shown = {item.seed for item in library().items if any(line.startswith(item.text) for line in texts)}
    assert usual | more <= shown


def test_an_empty_library_still_gives_every_field() -> None:
    made = materials(Library(), InterviewType.PANEL, "Nurse")
    assert set(made) >= FIELDS
    assert made["role_family"] == "general"
