"""Kinds of interview that a note calls by another name, or does not name at all."""

from dataclasses import replace
from datetime import timedelta

import pytest

from prepvault.model.coaching import Coaching
from prepvault.model.interview import InterviewType, Person, Session, Venue
from prepvault.render.section import render_section
from prepvault.rules.audiences import people_of
from prepvault.rules.coaching import pick_coaching, pick_for_type
from tests.coaching_maker import STARTS, booked, interview, library, settings


def pick(kind: InterviewType = InterviewType.TECHNICAL, **changes: object) -> Coaching:
    return pick_coaching(library(), interview(kind, **changes), settings())


@pytest.mark.parametrize(
    ("kind", "named", "found"),
    [
        (InterviewType.TECHNICAL, "whiteboard", "case"),
        (InterviewType.TECHNICAL, "Pair programming", "pairing"),
        (InterviewType.TECHNICAL, "home assignment", "take_home"),
        (InterviewType.TECHNICAL, "take-home", "take_home"),
        (InterviewType.TECHNICAL, "Systems design", "system_design"),
        (InterviewType.VIDEO_INTERVIEW, "one-way", "recorded"),
        (InterviewType.PHONE_SCREEN, "recruiter screen", "recruiter"),
        (InterviewType.PANEL, "structured interview", "structured"),
    ],
)
def test_a_kind_has_other_names(kind: InterviewType, named: str, found: str) -> None:
    chosen = pick(kind, format=named).format
    assert chosen
    assert chosen.id == found


def test_no_name_means_two_kinds_of_one_type() -> None:
    for guide in library().guides.values():
        names = [name.casefold() for each in guide.formats for name in (each.id, *each.aliases)]
        assert len(names) == len(set(names)), guide.type
        assert all(family in library().families for each in guide.formats for family in each.families)


@pytest.mark.parametrize(
    ("role", "kind", "item"),
    [
        ("Senior Product Designer", "case", "case-run"),
        ("Product Manager", "case", "case-run"),
        ("Staff Nurse", "practical", "skills-run"),
        ("Engineering Manager", "deep_dive", "one-system-page"),
        ("Data Scientist", "sql_case", "sql-run"),
        ("Backend Engineer", "coding", "coding-practice"),
    ],
)
def test_without_a_named_kind_the_role_tells_which_is_likely(role: str, kind: str, item: str) -> None:
    coaching = pick(role=role)
    assert coaching.format is None
    assert coaching.assumed_format
    assert coaching.assumed_format.id == kind
    ids = {each.id for each in coaching.items}
    assert item in ids
    assert ("coding-practice" in ids) == (kind in {"coding", "sql_case"})
    assert item in {each.id for each in pick_for_type(library(), InterviewType.TECHNICAL, role).items}


def test_the_brief_says_what_is_assumed_and_the_tips_say_probably() -> None:
    made = interview(role="Product Designer")
    coaching = pick_coaching(library(), made, settings())
    brief = render_section("brief", coaching, made, level=2)
    assert "- **Kind:** case or whiteboard task, assumed: the note does not say\n" in brief
    assert coaching.guide
    assert coaching.guide.title == "Technical interview, probably case or whiteboard task"
    told = replace(made, format="case")
    coaching = pick_coaching(library(), told, settings())
    assert "assumed: the note" not in render_section("brief", coaching, told, level=2)


def test_materials_without_a_note_ask_for_the_format() -> None:
    items = pick_for_type(library(), InterviewType.TECHNICAL, "Backend Engineer").items
    assert "ask-format" in {each.id for each in items}


@pytest.mark.parametrize("named", ["Amal Nasser", "Amal", "Nasser", "Dr. Amal Nasser"])
def test_somebody_whom_a_session_names_shorter_sits_there_once(named: str) -> None:
    session = Session("Skills", STARTS, STARTS + timedelta(minutes=30), (Person(named),))
    made = interview(InterviewType.ON_SITE, people=(Person("Dr. Amal Nasser", "GP"),), sessions=(session,))
    assert [each.name for each in people_of(made)] == ["Dr. Amal Nasser"]
    seats = pick_coaching(library(), made, settings()).panel
    assert [(seat.person.title, seat.sessions) for seat in seats] == [("GP", ("Skills",))]


def test_the_brief_names_the_platform_even_if_its_address_does() -> None:
    made = interview(
        venue=Venue("https://us02web.zoom.us/j/9", "video", "Zoom", "https://us02web.zoom.us/j/9")
    )
    brief = render_section("brief", pick_coaching(library(), made, settings()), made, level=2)
    assert "- **Where:** Zoom: https://us02web.zoom.us/j/9" in brief


@pytest.mark.parametrize("hours", [1, 20, 30, 60])
def test_a_late_plan_keeps_the_way_in_and_the_page(hours: int) -> None:
    made = booked(timedelta(hours=hours), venue=Venue("https://meet.example.com/a", "video"))
    ids = {each.id for each in pick_coaching(library(), made, settings()).items}
    assert {"tech-test", "cheat", "settle", "stop"} <= ids
