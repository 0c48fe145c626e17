"""Which cards an interview gets."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from prepvault.model.card import PHASES, Guide, Item, Library
from prepvault.model.coaching import Coaching
from prepvault.model.interview import Interview, InterviewType, Person, Status
from prepvault.rules.audiences import audience_of, audiences_of
from prepvault.rules.coaching import pick_coaching, pick_for_type, sections_of
from prepvault.rules.formats import shown_formats
from prepvault.rules.minutes import answer_seconds, scale_minutes, story_range
from tests.coaching_maker import DANA, LEE, LINK, ROOM, STARTS, booked, interview, library, settings


def ids(made: Interview, **values: Any) -> set[str]:
    """Name the items that an interview gets."""
    return {item.id for item in pick_coaching(library(), made, settings(**values)).items}


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
    usual = shown_formats(library().guides[kind], None)
    musts = {
        item.id
        for item in library().items
        if item.priority == "must"
        and not item.conditions
        and (not item.types or kind in item.types)
        and kind not in item.not_types
        and (not item.formats or usual.intersection(item.formats))
    }
    covered = {name for item in library().items if item.id in shown for name in item.covers}
    assert musts <= shown | covered


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


def test_a_late_booking_gets_its_plan_and_little_else() -> None:
    full = pick_coaching(library(), interview(venue=LINK), settings())
    week, days, day, hour = (
        pick_coaching(library(), booked(lead, venue=LINK), settings())
        for lead in (timedelta(days=8), timedelta(hours=50), timedelta(hours=20), timedelta(hours=1))
    )
    assert week.items == full.items
    assert [each.late and each.late.hours for each in (full, week, days, day, hour)] == [
        None,
        None,
        72,
        24,
        2,
    ]
    assert before(full) > before(days) > before(day) > before(hour)
    assert before(hour) <= 75
    after = {item.id for item in full.items if item.phase.startswith("T+")}
    assert all(after <= {item.id for item in each.items} for each in (days, day, hour))
    assert {"settle", "cheat", "tech-test"} <= {item.id for item in hour.items}
    assert {"jd-decode", "pitch", "stories", "settle", "cheat", "tech-test"} <= {
        item.id for item in day.items
    }


def before(coaching: Coaching) -> int:
    """Sum up the minutes of what comes before the interview."""
    return sum(item.minutes for item in coaching.items if item.phase.startswith("T-"))


@pytest.mark.parametrize(
    ("lead", "first"),
    [(timedelta(hours=50), "T-48h"), (timedelta(hours=20), "T-24h"), (timedelta(hours=1), "T-2h")],
)
def test_what_was_past_at_booking_stands_under_the_first_phase_that_is_not(
    lead: timedelta, first: str
) -> None:
    coaching = pick_coaching(library(), booked(lead, venue=LINK), settings())
    assert coaching.items[0].phase == first
    assert coaching.late
    planned = dict(coaching.late.items)
    assert all(
        item.minutes == (planned[item.id] or item.minutes) for item in coaching.items if item.id in planned
    )
    moved = [item.id for item in coaching.items if item.phase == first and item.id in planned]
    assert moved == [name for name in planned if name in moved]


@pytest.mark.parametrize("kind", InterviewType)
@pytest.mark.parametrize("hours", [60, 20, 1])
def test_a_late_booking_is_spread_and_never_longer_than_seven_items_a_phase(
    kind: InterviewType, hours: int
) -> None:
    coaching = pick_coaching(library(), booked(timedelta(hours=hours), kind=kind, venue=LINK), settings())
    counts = Counter(item.phase for item in coaching.items)
    assert max(counts.values()) <= 7


def test_without_plans_a_late_booking_keeps_what_must_be_and_is_short() -> None:
    cards = replace(library(), late_plans=())
    day, hour = (
        pick_coaching(cards, booked(lead, venue=LINK), settings()).items
        for lead in (timedelta(hours=20), timedelta(hours=1))
    )
    early = {"T-7d", "T-72h", "T-48h", "T-24h"}
    assert all(item.priority == "must" and item.minutes <= 30 for item in day if item.phase in early)
    assert all(item.phase not in {"T-7d", "T-72h", "T-48h"} for item in hour)


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
    assert sections_of(interview(InterviewType.DEBRIEF), settings()) == ("brief", "checklist", "ask", "tips")
    chosen = settings(coaching__sections=("tips", "star"))
    assert sections_of(interview(), chosen) == ("tips", "star")
    assert sections_of(interview(InterviewType.DEBRIEF), chosen) == ("tips",)


def test_stages_stretch_to_the_notes_length() -> None:
    usual = library().guides["technical"]
    long = interview(ends=STARTS + timedelta(minutes=2 * usual.minutes))
    guide = pick_coaching(library(), long, settings()).guide
    assert guide
    assert guide.stages[0].minutes == scale_minutes(usual.stages[0].minutes, 2.0)
    assert (guide.least_stories, guide.most_stories) == story_range(usual, 2 * usual.minutes)
    assert guide.answer_seconds == answer_seconds(usual, 2 * usual.minutes)
    same = pick_coaching(library(), interview(), settings()).guide
    assert same == usual


@pytest.mark.parametrize(
    ("text", "factor", "scaled"),
    [("18-20", 0.5, "9-10"), ("3-5", 0.1, "1"), ("5", 2.0, "10"), ("", 2.0, ""), ("3 to 5", 2.0, "6 to 10")],
)
def test_minutes_are_scaled(text: str, factor: float, scaled: str) -> None:
    assert scale_minutes(text, factor) == scaled


GUIDE = Guide(
    type="panel",
    title="Panel",
    purpose="",
    minutes=60,
    usual="",
    answer_seconds="75-90",
    least_stories=4,
    most_stories=6,
)


@pytest.mark.parametrize(
    ("minutes", "stories", "seconds"),
    [
        (60, (4, 6), "75-90"),
        (30, (2, 3), "55-65"),
        (5, (2, 3), "55-65"),
        (120, (6, 9), "90-110"),
        (0, (4, 6), "75-90"),
    ],
)
def test_stories_and_answers_follow_the_length(minutes: int, stories: tuple[int, int], seconds: str) -> None:
    assert story_range(GUIDE, minutes) == stories
    assert answer_seconds(GUIDE, minutes) == seconds


def test_no_stories_stay_none() -> None:
    assert story_range(replace(GUIDE, least_stories=0, most_stories=0), 120) == (0, 0)
