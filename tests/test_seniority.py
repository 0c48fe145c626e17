"""The level that a job title names, and what follows from it."""

import pytest

from prepvault.model.seniority import Seniority
from prepvault.rules.audiences import audience_of
from prepvault.rules.coaching import pick_coaching
from prepvault.rules.seniority import LEANINGS, seniority_of
from tests.coaching_maker import interview, library, settings

TITLES = {
    Seniority.INTERN: ["Data Intern", "Werkstudent Marketing", "Software Engineering Internship"],
    Seniority.JUNIOR: [
        "Junior Developer",
        "Jr. Designer (m/w/d)",
        "Graduate Engineer",
        "Associate Product Manager",
        "Software Engineer I",
        "Entry-level Analyst",
    ],
    Seniority.MID: ["Software Engineer II", "Mid-level QA Engineer", "Junior/Mid Developer"],
    Seniority.SENIOR: ["Senior Backend Engineer", "Sr Nurse", "SDE III", "Designer, Senior"],
    Seniority.STAFF: ["Staff Engineer", "Software Engineer, Staff"],
    Seniority.PRINCIPAL: ["Principal Product Designer", "Distinguished Engineer"],
    Seniority.LEAD: [
        "Tech Lead",
        "Engineering Manager",
        "Lead, Platform",
        "Team Lead (m/w/d)",
        "Nurse Manager",
    ],
    Seniority.DIRECTOR: [
        "Head of Product",
        "Director, Data Engineering",
        "Leiter Einkauf",
        "Associate Director",
    ],
    Seniority.EXECUTIVE: ["CTO", "VP Engineering", "Senior Vice President, Product", "Co-Founder"],
    Seniority.UNKNOWN: [
        "",
        "Software Engineer",
        "Product Manager",
        "Account Executive",
        "Staff Nurse",
        "Lead Generation Specialist",
        "Executive Assistant to the CEO",
        "Internal Auditor",
        "Engineer at Senior Living Co",
        "Sales Associate",
        "Florist",
    ],
}


@pytest.mark.parametrize(
    ("title", "level"), [(title, level) for level, titles in TITLES.items() for title in titles]
)
def test_a_title_names_its_level(title: str, level: Seniority) -> None:
    assert seniority_of(title) is level


def test_a_very_long_title_is_read_at_once() -> None:
    assert seniority_of("senior " * 100_000) is Seniority.SENIOR
    assert seniority_of("(" * 100_000) is Seniority.UNKNOWN


def test_leanings_are_competencies_that_exist() -> None:
    assert {tag for tags in LEANINGS.values() for tag in tags} <= set(library().competencies)
    assert set(LEANINGS) == set(Seniority) - {Seniority.UNKNOWN}


def test_the_level_changes_which_questions_come_first() -> None:
    by_level = {
        role: [
            question.id for question in pick_coaching(library(), interview(role=role), settings()).questions
        ]
        for role in ("Junior Backend Engineer", "Senior Backend Engineer", "Staff Backend Engineer")
    }
    assert by_level["Junior Backend Engineer"] != by_level["Staff Backend Engineer"]
    coaching = pick_coaching(library(), interview(role="Senior Backend Engineer"), settings())
    assert coaching.seniority is Seniority.SENIOR


def test_who_sits_across_depends_on_the_candidates_level() -> None:
    assert audience_of("Director of Engineering", "Backend Engineer") == "executive"
    assert audience_of("Director of Engineering", "VP Engineering") == "hiring_manager"
    assert audience_of("Director of Engineering", "Engineering Manager") == "hiring_manager"
    assert audience_of("Head of Product", "Engineering Manager") == "executive"
    assert audience_of("CEO", "VP Engineering") == "executive"
    assert audience_of("Marketing Manager", "Backend Engineer") == "peer"
    assert audience_of("Marketing Manager", "Marketing Specialist") == "hiring_manager"
