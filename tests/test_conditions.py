"""When each condition of a card holds."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from prepvault.model.card import Norms
from prepvault.model.conditions import CONDITION_REASONS
from prepvault.model.debrief import Debrief
from prepvault.model.dossier import Dossier
from prepvault.model.interview import Interview, InterviewType, Session
from prepvault.rules.conditions import CONDITIONS, conditions_of, home_zone, usual_conditions
from tests.coaching_maker import (
    CALL,
    DANA,
    LEE,
    LINK,
    ROOM,
    STARTS,
    dossier,
    interview,
    phone_round,
    settings,
    stories,
)

DESIGN = Session("Design", STARTS, STARTS + timedelta(hours=1), (DANA, LEE))
PLACES = {"remote", "video", "phone", "in_person", "place_unknown"}
PEOPLE = {"people_unknown", "one_person", "several_people"}
STORIES = {"has_stories", "no_stories", "story_gap"}
ROUNDS = {"earlier_round", "first_round", "open_doubt", "gap_question"}


def held(made: Interview, known: Dossier | None = None, **values: Any) -> frozenset[str]:
    """Name the conditions that hold."""
    return conditions_of(made, settings(**values), known or Dossier())


def test_conditions_have_the_names_that_cards_may_use() -> None:
    assert set(CONDITIONS) == set(CONDITION_REASONS)
    assert all(usual_conditions(kind) <= set(CONDITION_REASONS) for kind in InterviewType)


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
    assert held(interview(**changes)) & PLACES == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"people_unknown"}),
        ({"people": (DANA,)}, {"one_person"}),
        ({"people": (DANA, DANA)}, {"one_person"}),
        ({"people": (DANA, LEE)}, {"several_people"}),
        ({"people": (DANA,), "sessions": (DESIGN,)}, {"several_people"}),
    ],
)
def test_people_are_counted_once_each_with_those_of_a_long_day(
    changes: dict[str, Any], expected: set[str]
) -> None:
    assert held(interview(**changes)) & PEOPLE == expected


def test_the_notes_own_facts() -> None:
    plain = held(interview())
    assert {"format_unknown", "no_posting", "thanks_customary"} <= plain
    assert plain.isdisjoint({"all_day", "has_sessions", "has_deadline", "has_posting"})
    changes: dict[str, Any] = {
        "all_day": True,
        "sessions": (DESIGN,),
        "deadline": date(2026, 2, 1),
        "format": "coding",
    }
    full = held(interview(job_description="Acme posting", **changes))
    assert {"all_day", "has_sessions", "has_deadline", "has_posting"} <= full
    assert full.isdisjoint({"format_unknown", "no_posting"})


def test_a_posting_found_by_its_job_counts_without_a_link() -> None:
    assert "has_posting" in held(interview(), dossier(interview()))


def test_zones_differ_where_clocks_do_and_never_by_the_machines_zone() -> None:
    away = interview(zone="Asia/Tokyo", starts=STARTS.astimezone(STARTS.tzinfo))
    assert "zones_differ" in held(away, vault__timezone="Europe/Berlin")
    assert "zones_differ" not in held(away, vault__timezone="Asia/Tokyo")
    assert "zones_differ" not in held(away)
    assert home_zone(interview(zone="Etc/UTC"), settings(vault__timezone="Africa/Abidjan")) == ""


def test_research_is_known_by_its_note() -> None:
    made = interview()
    assert "has_research" in held(made, dossier(made))
    assert "no_research" in held(made, dossier(made, company=None))


def test_stories_match_lack_or_are_not_there_at_all() -> None:
    made = interview(InterviewType.BEHAVIORAL)
    assert held(made, dossier(made)) & STORIES == {"has_stories", "story_gap"}
    assert held(made, dossier(made, stories=())) & STORIES == {"no_stories"}
    assert held(made) & STORIES == set()
    known = dossier(made)
    one_row = replace(known, match=replace(known.match, rows=known.match.rows[:0]))
    assert held(made, one_row) & STORIES == set()


def test_a_story_for_everything_leaves_no_gap() -> None:
    made = interview()
    tags = [demand.tag for demand in dossier(made).demands]
    bank = stories(*((f"S-{tag}", tag, tag) for tag in tags))
    assert held(made, dossier(made, stories=bank)) & STORIES == {"has_stories"}


def test_earlier_rounds_doubts_and_gaps() -> None:
    made = interview()
    assert held(made, dossier(made)) & ROUNDS == {"earlier_round", "open_doubt", "gap_question"}
    quiet = dossier(made, earlier=(phone_round(made, Debrief()),))
    assert held(made, quiet) & ROUNDS == {"earlier_round"}
    assert held(made) & ROUNDS == {"first_round"}
    assert held(interview(round=2)) & ROUNDS == {"earlier_round"}


def test_thanks_are_customary_unless_the_customs_say_otherwise() -> None:
    customs = Norms(id="a", title="A", greeting="Dear {{name}},", greeting_nobody="Hello,")
    for word, expected in (("expected", True), ("fine", True), ("not customary", False)):
        found = conditions_of(interview(), settings(), Dossier(), replace(customs, thank_you=word))
        assert ("thanks_customary" in found) is expected
