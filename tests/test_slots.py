"""The values that texts may name, and texts with these values in them."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepvault.model.card import Item, Library
from prepvault.model.coaching import Coaching
from prepvault.model.company import Company
from prepvault.model.debrief import Asked, Debrief
from prepvault.model.dossier import Dossier
from prepvault.model.interview import Interview, InterviewType, Person, Session, Status
from prepvault.model.phrases import lower_first
from prepvault.model.slots import SLOTS
from prepvault.model.zones import zone_of
from prepvault.rules.coaching import pick_coaching
from prepvault.rules.days import when_words
from prepvault.rules.slots import fill, in_words, plain_line, slots_of, tell
from tests.coaching_maker import (
    CALL,
    DANA,
    LEE,
    LINK,
    ROOM,
    STARTS,
    booked,
    dossier,
    interview,
    library,
    phone_round,
    settings,
    stories,
)

BERLIN = zone_of("Europe/Berlin")
IN_BERLIN: dict[str, Any] = {
    "starts": datetime(2026, 2, 10, 14, tzinfo=BERLIN),
    "ends": datetime(2026, 2, 10, 15, tzinfo=BERLIN),
    "zone": "Europe/Berlin",
}


def slots(made: Interview, known: Dossier | None = None, **values: Any) -> dict[str, str]:
    """Give the slots of an interview."""
    return dict(pick_coaching(library(), made, settings(**values), known).slots)


def test_every_slot_has_a_name_that_cards_may_use_and_is_reached() -> None:
    made = interview(
        venue=LINK,
        people=(DANA, LEE, Person("Kim", "CTO")),
        recruiter=LEE,
        deadline=date(2026, 2, 20),
        **IN_BERLIN,
    )
    made = replace(made, format="system_design")
    known = dossier(made)
    found = slots(made, known, vault__timezone="America/New_York")
    found |= slots(replace(made, venue=ROOM), known) | slots(replace(made, venue=CALL), known)
    tags = [demand.tag for demand in known.demands]
    found |= slots(made, dossier(made, stories=stories(*((tag, tag, tag) for tag in tags))))
    assert set(found) == set(SLOTS)


def test_hours_are_those_of_the_interviews_clock() -> None:
    found = slots(interview(venue=LINK, **IN_BERLIN), vault__timezone="America/New_York")
    assert found["start"] == "Tuesday 10 February, 14:00 Berlin time"
    assert found["start_both"] == "14:00 Europe/Berlin = 08:00 America/New_York"
    assert (found["log_in_at"], found["last_input"], found["minutes"]) == (
        "13:55 Berlin time",
        "12:45 Berlin time",
        "60",
    )
    assert "start_both" not in slots(interview(**IN_BERLIN), vault__timezone="Europe/Paris")


def test_where_one_goes_to_the_clock_is_theirs_and_at_home_it_is_ones_own() -> None:
    there = slots(interview(venue=ROOM, **IN_BERLIN), vault__timezone="America/New_York")
    assert there["start"] == "Tuesday 10 February, 14:00"
    at_home = slots(interview(venue=LINK, **IN_BERLIN), vault__timezone="Europe/Paris")
    assert at_home["start"] == "Tuesday 10 February, 14:00"


def test_another_day_at_home_is_named() -> None:
    late: dict[str, Any] = {**IN_BERLIN, "starts": datetime(2026, 2, 10, 1, tzinfo=BERLIN)}
    found = slots(interview(**late), vault__timezone="America/New_York")
    assert found["start_both"] == "01:00 Europe/Berlin = Monday 19:00 America/New_York"


def test_a_whole_day_has_no_hour() -> None:
    found = slots(interview(all_day=True, **IN_BERLIN), vault__timezone="America/New_York")
    assert found["start"] == "Tuesday 10 February"
    assert found.keys().isdisjoint({"minutes", "log_in_at", "last_input", "start_both"})


def test_what_was_past_when_it_was_booked_is_no_hour_to_keep() -> None:
    assert "last_input" in slots(booked(timedelta(hours=3)))
    assert "last_input" not in slots(booked(timedelta(minutes=50)))


def test_the_place_is_one_of_three() -> None:
    video, call, room = (slots(interview(venue=venue)) for venue in (LINK, CALL, ROOM))
    assert (video["platform"], call["phone"], room["place"]) == ("the video call", "+1 555 0100", "1 Main St")
    assert "log_in_at" in video
    assert "log_in_at" not in room
    for found, others in ((video, "phone place"), (call, "platform place"), (room, "platform phone")):
        assert found.keys().isdisjoint(others.split())
    zoom = replace(LINK, platform="Zoom")
    assert slots(interview(venue=zoom))["platform"] == "Zoom"


def test_people_are_named_once_those_of_a_long_day_included() -> None:
    session = Session("Design", STARTS, STARTS + timedelta(hours=1), (DANA, Person("Kim Lee", "CTO")))
    found = slots(interview(people=(DANA,), sessions=(session,)))
    assert found["people"] == "Dana Roe and Kim Lee"
    assert (found["person_1_title"], found["person_2_title"]) == ("Staff Engineer", "CTO")
    many = tuple(Person(f"P{index}") for index in range(9))
    assert slots(interview(people=many))["people"] == "P0, P1, P2, P3, P4, P5 and 3 more"


def test_the_recruiter_is_the_notes_own_else_one_across_the_table() -> None:
    assert slots(interview(recruiter=Person("Ana Ruiz")))["recruiter_first"] == "Ana"
    assert slots(interview(people=(DANA, LEE)))["recruiter_first"] == "Lee"
    assert "recruiter_first" not in slots(interview(people=(DANA,)))


def test_a_guess_is_no_value() -> None:
    assert slots(interview())["family"] == "backend engineer"
    assert "family" not in slots(interview(role="Florist"))
    assert "audience" not in slots(interview())
    assert slots(interview(people=(DANA,)))["audience"] == "peer"


def test_what_the_vault_knows_is_named() -> None:
    made = interview(people=(DANA,))
    found = slots(made, dossier(made))
    expected = {
        "keyword_1": "PostgreSQL",
        "must_1": "Five years with Python and PostgreSQL in production",
        "nice_1": "Kafka",
        "say_1": "they split the ledger in March",
        "ask_1": "what did the split change for on-call?",
        "watch_1": "two layoffs in a year",
        "unknown_1": "whether AI tools are allowed",
        "doubt_1": "Has never been on call at this scale",
        "gap_question_1": "How do you make a payment retry idempotent?",
        "pay_said": "95-105k EUR",
        "earlier_round": f"the phone screen on {_day(STARTS - timedelta(days=7))} with Lee Park",
        "strength_1": "Seeing things through",
        "weakness_1": "estimates",
    }
    assert {name: found.get(name) for name in expected} == expected
    assert found["story_1"] in {"The forgotten runbook", "Settlement 6 h to 9 min"}
    assert found["need_1_reason"]
    assert found["gap_need"]


def _day(moment: datetime) -> str:
    return when_words(moment).split(", ")[0].partition(" ")[2]


def test_pay_of_another_application_is_not_theirs() -> None:
    made = interview()
    elsewhere = replace(phone_round(made), is_same_loop=False)
    found = slots(made, dossier(made, earlier=(elsewhere,)))
    assert "pay_said" not in found
    assert found["gap_question_1"]


def test_a_line_that_was_written_fits_into_a_sentence() -> None:
    assert plain_line("- [ ] **never led** a team.") == "never led a team"
    assert plain_line("one two three four", 2) == "one two …"
    assert plain_line("is it so?") == "is it so?"


def test_links_are_called_by_their_names_and_unfilled_forms_are_nothing() -> None:
    made = interview()
    asked = Debrief(doubts=("see [[Stories/Run book|the runbook]]",), pay=("{{pay}}",))
    found = slots(made, dossier(made, earlier=(phone_round(made, asked),)))
    assert found["doubt_1"] == "see the runbook"
    assert "pay_said" not in found
    assert "company" not in slots(interview(company="{{company}}"))


def test_names_keep_their_full_stop() -> None:
    assert slots(interview(company="Acme Inc."))["company"] == "Acme Inc."


def test_a_text_is_filled_only_when_all_is_known_and_values_are_not_read_again() -> None:
    assert fill("Ask {{ a }} and {{b}}", {"a": "{{b}}", "b": "Kim"}) == "Ask {{b}} and Kim"
    assert fill("Ask {{a}} and {{b}}", {"a": "Dana"}) is None
    assert fill("Ask {{a}}", {"a": ""}) is None
    assert fill("Nothing", {}) == "Nothing"


def test_the_first_wording_that_is_known_wins() -> None:
    told = ("{{a}} and {{b}}", "only {{a}}", "nothing")
    assert tell("text", told, {"a": "x", "b": "y"}) == "x and y"
    assert tell("text", told, {"a": "x"}) == "only x"
    assert tell("text", told[:2], {"b": "y"}) == "text"


def test_an_item_is_told_with_what_is_known() -> None:
    item = Item(
        id="a", text="Do it", phase="T-2h", told=("Do it at {{company}} with {{person_1}}", "At {{company}}")
    )
    cards = Library(items=(item,))
    assert (
        pick_coaching(cards, interview(people=(DANA,)), settings()).items[0].text
        == "Do it at Acme with Dana Roe"
    )
    assert pick_coaching(cards, interview(), settings()).items[0].text == "At Acme"
    assert pick_coaching(cards, interview(company=""), settings()).items[0].text == "Do it"


def test_no_slot_hangs_on_the_hour_or_on_what_changes_while_one_prepares() -> None:
    made = interview(people=(DANA,))
    later = replace(made, status=Status.CONFIRMED, preparation_complete=True, notes="x", modified=STARTS)
    assert slots(made, dossier(made)) == slots(later, dossier(made))


@pytest.mark.parametrize("kind", InterviewType)
@pytest.mark.parametrize("is_known", [True, False])
def test_nothing_that_is_picked_holds_an_open_slot(kind: InterviewType, *, is_known: bool) -> None:
    made = interview(kind, people=(DANA, LEE), venue=LINK)
    coaching = pick_coaching(library(), made, settings(), dossier(made) if is_known else None)
    assert not re.search(r"\{\{|\}\}", "\n".join(texts_of(coaching)))


def texts_of(coaching: Coaching) -> list[str]:
    """Every text that was worded for an interview."""
    questions = [*coaching.questions, *coaching.ask]
    return [*(item.text for item in coaching.items), *(f"{each.text} {each.hint}" for each in questions)]


words = st.text(max_size=12) | st.sampled_from(["{{company}}", "[[a|b]]", "<%x%>", "`", "\n---\n", "  . "])


@given(words, words, words, words)
def test_any_text_in_a_note_gives_slots_of_one_line(role: str, name: str, doubt: str, keyword: str) -> None:
    made = interview(role=role, company=name, people=(Person(name, doubt),))
    asked = Debrief(asked=(Asked(keyword, "gap"),), doubts=(doubt,), pay=(keyword,))
    known = Dossier(
        company=Company(name=name, path="a.md", say=(keyword,), ask=(doubt,)),
        earlier=(phone_round(made, asked),),
    )
    coaching = pick_coaching(library(), made, settings(), known)
    assert all(value and "\n" not in value and "{{" not in value for value in coaching.slots.values())
    assert slots_of(made, settings(), coaching) == coaching.slots


def test_words_for_lists_and_beginnings() -> None:
    assert [in_words(names) for names in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [lower_first(text) for text in ("Ownership", "QA and tests", "")] == [
        "ownership",
        "QA and tests",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("A face", "a face"),
        ("I would", "I would"),
        ("I’d say", "I’d say"),
        ("API first", "API first"),
        ("iOS", "iOS"),
    ],
)
def test_only_a_first_letter_that_is_no_name_is_lowered(text: str, begun: str) -> None:
    assert lower_first(text) == begun
