"""Which cards an interview gets."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from prepvault.model.card import PHASES, Item, Library
from prepvault.model.conditions import CONDITION_REASONS
from prepvault.model.interview import Interview, InterviewType, Person, Session, Status
from prepvault.rules.audiences import audience_of, audiences_of
from prepvault.rules.coaching import CONDITIONS, pick_coaching, pick_for_type, sections_of
from prepvault.rules.minutes import scale_minutes
from tests.coaching_maker import CALL, DANA, LEE, LINK, ROOM, STARTS, booked, interview, library, settings

ALL_DAY = Session("Design", STARTS, STARTS + timedelta(hours=1), (DANA, LEE))


def ids(made: Interview, **values: Any) -> set[str]:
    """Name the items that an interview gets."""
    return {item.id for item in pick_coaching(library(), made, settings(**values)).items}


def held(made: Interview, **values: Any) -> set[str]:
    """Name the conditions that hold."""
    return {name for name, holds in CONDITIONS.items() if holds(made, settings(**values))}


def test_conditions_have_the_names_that_cards_may_use() -> None:
    assert set(CONDITIONS) == set(CONDITION_REASONS)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"venue": LINK}, {"remote", "video"}),
        ({"venue": CALL}, {"remote", "phone"}),
        ({"venue": ROOM}, {"in_person"}),
        ({}, {"place_unknown"}),
        ({"kind": InterviewType.ON_SITE}, {"in_person"}),
        ({"kind": InterviewType.PHONE_SCREEN}, {"remote", "phone"}),
        ({"kind": InterviewType.ON_SITE, "venue": LINK}, {"remote", "video"}),
    ],
)
def test_the_place_comes_from_the_note_else_from_the_type(
    changes: dict[str, Any], expected: set[str]
) -> None:
    places = {"remote", "video", "phone", "in_person", "place_unknown"}
    assert held(interview(**changes)) & places == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"people_unknown", "no_posting"}),
        ({"people": (DANA,)}, {"one_person", "no_posting"}),
        ({"people": (DANA, LEE)}, {"several_people", "no_posting"}),
        ({"people": (DANA,), "sessions": (ALL_DAY,)}, {"several_people", "has_sessions", "no_posting"}),
        ({"job_description": "Acme posting"}, {"people_unknown", "has_posting"}),
        ({"all_day": True}, {"people_unknown", "all_day", "no_posting"}),
    ],
)
def test_people_posting_and_length_come_from_the_note(changes: dict[str, Any], expected: set[str]) -> None:
    assert held(interview(**changes)) - {"place_unknown"} == expected


def test_zones_differ_from_the_vaults_own_and_never_from_the_machines() -> None:
    away = interview(zone="Asia/Tokyo")
    assert "zones_differ" in held(away, vault__timezone="Europe/Berlin")
    assert "zones_differ" not in held(away, vault__timezone="Asia/Tokyo")
    assert "zones_differ" not in held(away)


def test_items_follow_their_conditions() -> None:
    assert "tech-test" in ids(interview(venue=LINK))
    assert "tech-test" not in ids(interview(venue=ROOM))
    assert "route" in ids(interview(venue=ROOM))
    assert "coding-practice" not in ids(interview(InterviewType.BEHAVIORAL))


@pytest.mark.parametrize("kind", InterviewType)
def test_every_type_has_something_for_every_phase_and_section(kind: InterviewType) -> None:
    made = interview(kind)
    coaching = pick_coaching(library(), made, settings())
    counts = Counter(item.phase for item in coaching.items)
    assert set(counts) == set(PHASES)
    assert max(counts.values()) <= 7
    assert coaching.guide
    assert coaching.guide.type == kind
    assert 1 <= len(coaching.guide.tips) <= 5
    assert coaching.questions
    assert 3 <= len(coaching.ask) <= 9
    assert coaching.star.body
    assert coaching.strengths.body


@pytest.mark.parametrize("kind", InterviewType)
def test_nothing_that_always_must_be_done_is_cut(kind: InterviewType) -> None:
    coaching = pick_for_type(library(), kind, "Backend Engineer")
    shown = {item.id for item in coaching.items}
    musts = {
        item.id
        for item in library().items
        if item.priority == "must"
        and not item.conditions
        and (not item.types or kind in item.types)
        and kind not in item.not_types
    }
    assert musts <= shown


def test_seven_items_a_phase_the_important_ones_first() -> None:
    items = tuple(
        Item(id=f"{priority}-{index}", text="x", phase="T-24h", priority=priority)
        for priority in ("could", "should", "must")
        for index in range(4)
    )
    picked = pick_coaching(Library(items=items), interview(), settings()).items
    assert [item.id for item in picked] == [
        "must-0", "must-1", "must-2", "must-3", "should-0", "should-1", "should-2",
    ]  # fmt: skip


def test_a_late_booking_gets_less_and_only_what_must_be() -> None:
    full = pick_coaching(library(), interview(venue=LINK), settings()).items
    week, day, hour = (
        pick_coaching(library(), booked(lead, venue=LINK), settings()).items
        for lead in (timedelta(days=8), timedelta(hours=20), timedelta(hours=1))
    )
    assert week == full
    assert set(day) < set(full)
    assert set(hour) < set(day)
    early = {"T-7d", "T-72h", "T-48h", "T-24h"}
    assert all(item.priority == "must" and item.minutes <= 30 for item in day if item.phase in early)
    assert all(item.phase not in {"T-7d", "T-72h", "T-48h"} for item in hour)
    assert sum(item.minutes for item in hour if item.phase.startswith("T-")) <= 120
    assert {item.id for item in full if item.phase.startswith("T+")} <= {item.id for item in hour}
    assert {"settle", "cheat", "tech-test"} <= {item.id for item in hour}


def test_a_note_written_after_the_interview_began_is_not_booked_late() -> None:
    assert ids(booked(timedelta(days=-1))) == ids(interview())


def test_what_is_picked_does_not_hang_on_status_or_ticks_or_the_file() -> None:
    one = pick_coaching(library(), interview(), settings())
    other = interview(status=Status.CONFIRMED, preparation_complete=True, reminders_sent=("24h",), digest="x")
    assert pick_coaching(library(), other, settings()) == one


@pytest.mark.parametrize("named", ["backend", "Backend", "backend_engineer", "Backend Engineer"])
def test_the_notes_own_family_wins(named: str) -> None:
    coaching = pick_coaching(library(), interview(role="Florist", role_family=named), settings())
    assert (coaching.family.id, coaching.family_is_assumed) == ("backend", False)


def test_a_vague_title_is_assumed() -> None:
    coaching = pick_coaching(library(), interview(role="Florist"), settings())
    assert (coaching.family.id, coaching.family_is_assumed) == ("general", True)


@pytest.mark.parametrize(
    ("title", "audience"),
    [
        ("Technical Recruiter", "recruiter"),
        ("Talent Acquisition Partner", "recruiter"),
        ("HR Business Partner", "people"),
        ("Head of People", "people"),
        ("VP Engineering", "executive"),
        ("CEO & Co-founder", "executive"),
        ("CTO", "executive"),
        ("Engineering Manager", "hiring_manager"),
        ("Team Lead", "hiring_manager"),
        ("Product Manager", "peer"),
        ("Tech Lead", "peer"),
        ("Staff Engineer", "peer"),
    ],
)
def test_a_title_tells_who_sits_across(title: str, audience: str) -> None:
    assert audience_of(title) == audience


def test_audiences_come_from_titles_else_from_the_type() -> None:
    known = pick_coaching(library(), interview(people=(LEE, DANA)), settings())
    assert [audience.id for audience in known.audiences] == ["recruiter", "peer"]
    assert not known.audience_is_inferred
    assert len(known.ask) == 6
    unknown = pick_coaching(library(), interview(people=(Person("Kim"),)), settings())
    assert [audience.id for audience in unknown.audiences] == ["peer"]
    assert unknown.audience_is_inferred
    assert len(unknown.ask) == 5
    assert audiences_of((DANA, DANA)) == ("peer",)


def test_a_debrief_gets_no_stories() -> None:
    assert sections_of(interview(InterviewType.DEBRIEF), settings()) == ("checklist", "tips", "ask")
    chosen = settings(coaching__sections=("tips", "star"))
    assert sections_of(interview(), chosen) == ("tips", "star")
    assert sections_of(interview(InterviewType.DEBRIEF), chosen) == ("tips",)


def test_stages_stretch_to_the_notes_length() -> None:
    usual = library().guides["technical"]
    long = interview(ends=STARTS + timedelta(minutes=2 * usual.minutes))
    guide = pick_coaching(library(), long, settings()).guide
    assert guide
    assert guide.stages[0].minutes == scale_minutes(usual.stages[0].minutes, 2.0)
    same = pick_coaching(library(), interview(), settings()).guide
    assert same == usual


@pytest.mark.parametrize(
    ("text", "factor", "scaled"),
    [("18-20", 0.5, "9-10"), ("3-5", 0.1, "1"), ("5", 2.0, "10"), ("", 2.0, ""), ("3 to 5", 2.0, "6 to 10")],
)
def test_minutes_are_scaled(text: str, factor: float, scaled: str) -> None:
    assert scale_minutes(text, factor) == scaled
