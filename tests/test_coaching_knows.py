"""Coaching knows its interview: format, posting, research, earlier rounds, people, and what is missing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepvault.model.card import Audience, Family, Item, Library, Question
from prepvault.model.coaching import Coaching
from prepvault.model.company import Company
from prepvault.model.debrief import Asked, Debrief
from prepvault.model.dossier import Dossier
from prepvault.model.interview import Interview, InterviewType, Outcome, Person, Session
from prepvault.model.missing import MISSING_QUESTIONS, missing_question
from prepvault.rules.audiences import seats_of
from prepvault.rules.coaching import pick_coaching, pick_for_type
from tests.coaching_maker import (
    DANA,
    LEE,
    LINK,
    ROOM,
    STARTS,
    dossier,
    interview,
    library,
    phone_round,
    settings,
)

BOSS = Person("Ida Bell", "Engineering Manager")
COMPANY = Company(name="Acme", path="Companies/Acme.md", watch=("two layoffs",))
EVERY_FORMAT = [(kind, each.id) for kind in InterviewType for each in library().guides[kind].formats]


def pick(made: Interview, known: Dossier | None = None, **values: Any) -> Coaching:
    """Pick the coaching of an interview."""
    return pick_coaching(library(), made, settings(**values), known)


@pytest.mark.parametrize(("kind", "name"), EVERY_FORMAT)
def test_the_format_brings_its_own_course_tips_and_items(kind: InterviewType, name: str) -> None:
    coaching = pick(interview(kind, format=name))
    assert coaching.format
    assert coaching.format.id == name
    guide = coaching.guide
    assert guide
    assert guide.stages == (coaching.format.stages or library().guides[kind].stages)
    assert guide.tips[: len(coaching.format.tips)] == coaching.format.tips[:5]
    assert len(guide.tips) <= 5
    assert guide.assessed == (coaching.format.assessed or library().guides[kind].assessed)
    assert all(not item.formats or name in item.formats for item in coaching.items)
    assert "interview_format" not in coaching.missing


def test_a_format_is_found_by_its_title_too_and_an_unknown_one_changes_nothing() -> None:
    title = library().guides["technical"].formats[1].title
    found = pick(interview(format=title)).format
    assert found
    assert found.title == title
    strange = pick(interview(format="karaoke"))
    assert strange.format is None
    assert strange.slots["format"] == "karaoke"
    assert strange.guide == library().guides["technical"]


def test_without_a_format_the_usual_ones_items_are_shown() -> None:
    usual = library().guides["technical"].formats[0].id
    chosen = pick(interview()).items
    assert all(not item.formats or usual in item.formats for item in chosen)
    assert any(item.formats for item in chosen)


def test_a_talk_after_an_offer_is_about_the_offer() -> None:
    made = interview(InterviewType.DEBRIEF)
    offered = pick(replace(made, outcome=Outcome.OFFER)).format
    assert offered
    assert offered.id == "offer"
    assert pick(made).format is None
    earlier = phone_round(made)
    round_won = replace(earlier, interview=replace(earlier.interview, outcome=Outcome.OFFER))
    later = pick(made, dossier(made, earlier=(round_won,))).format
    assert later
    assert later.id == "offer"


@pytest.mark.parametrize(
    ("kind", "changes", "expected"),
    [
        (InterviewType.ON_SITE, {"venue": LINK}, "virtual_onsite"),
        (InterviewType.ON_SITE, {"venue": ROOM}, "in_office"),
        (InterviewType.ON_SITE, {"venue": LINK, "format": "trial_day"}, "trial_day"),
        (InterviewType.ON_SITE, {}, ""),
        (InterviewType.PHONE_SCREEN, {"people": (LEE,)}, "recruiter"),
        (InterviewType.PHONE_SCREEN, {"people": (BOSS,)}, "manager"),
        (InterviewType.PHONE_SCREEN, {"people": (LEE, BOSS)}, ""),
        (InterviewType.TECHNICAL, {"people": (BOSS,)}, ""),
    ],
)
def test_place_and_people_tell_a_format(kind: InterviewType, changes: dict[str, Any], expected: str) -> None:
    found = pick(interview(kind, **changes)).format
    assert (found.id if found else "") == expected


def test_only_where_kinds_differ_much_is_the_format_asked_for() -> None:
    asked = {kind for kind in InterviewType if "interview_format" in pick(interview(kind)).missing}
    expected = {
        InterviewType.TECHNICAL,
        InterviewType.VIDEO_INTERVIEW,
        InterviewType.PANEL,
        InterviewType.DEBRIEF,
    }
    assert asked == expected
    assert "interview_format" not in pick(interview(InterviewType.VIDEO_INTERVIEW, people=(DANA,))).missing


def test_one_person_under_two_spellings_sits_once() -> None:
    session = Session("Product", STARTS, STARTS + timedelta(hours=1), (Person("Ines Vogt"), Person("Dana")))
    people = (Person("Dr. Ines Vogt", "Head of Product"), DANA)
    coaching = pick(interview(InterviewType.ON_SITE, people=people, sessions=(session,)))
    assert [(seat.person.name, seat.sessions) for seat in coaching.panel] == [
        ("Dr. Ines Vogt", ("Product",)),
        ("Dana Roe", ("Product",)),
    ]
    assert coaching.slots["person_1_first"] == "Ines"


def test_a_title_that_only_a_part_of_the_day_gives_counts() -> None:
    session = Session("Product", STARTS, STARTS + timedelta(hours=1), (Person("Kim Lee", "Head of Product"),))
    made = interview(InterviewType.ON_SITE, people=(Person("Kim Lee"),), sessions=(session,))
    assert [seat.person.title for seat in pick(made).panel] == ["Head of Product"]


def test_a_question_about_what_the_posting_repeats_comes_first() -> None:
    known = dossier(interview(), earlier=(), company=None)
    assert known.posting
    plain, keyed = (
        Question("a", "How do you test?"),
        Question("b", "How do you index a payment retries table?"),
    )
    cards = Library(families={"general": Family(id="general", title="General", questions=(plain, keyed))})
    picked = pick_coaching(cards, interview(), settings(), known).questions
    assert [question.id for question in picked] == ["b", "a"]


def test_asking_about_what_is_known_comes_before_what_is_always_asked() -> None:
    usual = Question("a", "How is it?", told=("How is it at {{company}}?",))
    close = Question("b", "What next?", told=("What follows from {{watch_1}}?",))
    cards = Library(audiences={"peer": Audience("peer", "Peer", (usual, close))})
    made = interview(people=(DANA,))
    known = dossier(made, company=replace(COMPANY, ask=()))
    assert [each.id for each in pick_coaching(cards, made, settings(), known).ask] == ["b", "a"]
    assert [each.id for each in pick_coaching(cards, made, settings()).ask] == ["a", "b"]


def test_of_too_many_items_those_that_name_nothing_go() -> None:
    plain = tuple(Item(id=f"p{at}", text="x", phase="T-2h") for at in range(7))
    close = Item(id="close", text="x", phase="T-2h", told=("Read {{say_1}}",))
    made = interview()
    picked = pick_coaching(Library(items=(*plain, close)), made, settings(), dossier(made)).items
    assert [item.id for item in picked] == ["p0", "p1", "p2", "p3", "p4", "p5", "close"]


def test_a_name_of_two_people_is_nobody_known() -> None:
    session = Session("Product", STARTS, STARTS + timedelta(hours=1), (Person("Dana"),))
    people = (DANA, Person("Dana Low"))
    assert len(pick(interview(InterviewType.ON_SITE, people=people, sessions=(session,))).panel) == 3


@given(
    st.lists(
        st.lists(st.sampled_from(["Kim", "Kim Lee", "Kim Poe", "Dr. Kim", "kim lee"]), max_size=3), max_size=3
    )
)
def test_any_names_are_seated(parts: list[list[str]]) -> None:
    sessions = tuple(
        Session(str(at), STARTS, STARTS + timedelta(hours=1), tuple(Person(name) for name in names))
        for at, names in enumerate(parts)
    )
    seats = seats_of(interview(sessions=sessions), library().audiences)
    assert len({seat.person.key for seat in seats}) == len(seats)


def test_an_initial_is_no_first_name() -> None:
    assert pick(interview(people=(Person("S. Chen"),))).slots["person_1_first"] == "S. Chen"


def test_what_is_missing_is_asked_in_order() -> None:
    bare = interview(zone_is_stated=False)
    assert pick(bare).missing == tuple(name for name in MISSING_QUESTIONS if name != "titles")
    made = interview(format="coding", people=(DANA,), job_description="Posting")
    assert pick(made).missing == ("company",)
    assert pick(made, dossier(made)).missing == ()
    assert pick(interview(people=(Person("Kim"),))).missing[:2] == ("interview_format", "titles")
    assert "job_description" not in pick(interview(InterviewType.DEBRIEF)).missing


def test_each_missing_thing_has_one_question_without_open_slots() -> None:
    for name in MISSING_QUESTIONS:
        text = missing_question(name, type="panel", contact="Sam", company="Acme", people="Kim")
        assert "{{" not in text
        assert text.count("?") == 1


@pytest.mark.parametrize("kind", [kind for kind in InterviewType if kind is not InterviewType.DEBRIEF])
def test_questions_that_went_badly_come_first_and_ten_are_enough(kind: InterviewType) -> None:
    made = interview(kind)
    questions = pick(made, dossier(made)).questions
    assert questions[0].text == "How do you make a payment retry idempotent?"
    assert "phone screen on" in questions[0].hint
    assert "Why us?" not in {question.text for question in questions}
    assert len(questions) <= 10
    assert len({question.id for question in questions}) == len(questions)


def test_at_most_three_questions_come_back_the_latest_rounds_first() -> None:
    made = interview()
    rounds = [
        replace(
            phone_round(made, Debrief(asked=tuple(Asked(f"Q{n}{m}?", "gap") for m in "ab"))),
            is_same_loop=True,
        )
        for n in (1, 2)
    ]
    questions = pick(made, dossier(made, earlier=tuple(rounds))).questions
    assert [question.text for question in questions[:4]][:3] == ["Q2a?", "Q2b?", "Q1a?"]
    assert questions[3].id.startswith("again") is False


def test_the_posting_decides_which_questions_come_first() -> None:
    made = interview(InterviewType.BEHAVIORAL)
    known = dossier(made, earlier=())
    asked = [each.tags[0] for each in pick(made, known).questions if each.id.startswith("asked-")]
    tags = [demand.tag for demand in known.demands]
    assert asked == [tag for tag in tags if tag in asked]
    assert tags[0] == asked[0]
    plain = pick(made)
    assert [each.id for each in plain.questions] != [each.id for each in pick(made, known).questions]


def test_a_question_says_why_it_is_likely_and_which_story_answers_it_once_each() -> None:
    made = interview(InterviewType.BEHAVIORAL)
    known = dossier(made)
    hints = " ".join(question.hint for question in pick(made, known).questions)
    for row in known.match.rows[:3]:
        if row.story:
            assert hints.count(f"Your story: {row.story.title}") == 1
    assert hints.count("Ownership: the posting asks for it") == 1


def test_another_company_or_round_gets_other_prompts() -> None:
    acme = interview(InterviewType.BEHAVIORAL)
    texts = [
        {question.text for question in pick(made, dossier(made, earlier=earlier)).questions}
        for made, earlier in (
            (acme, ()),
            (acme, (phone_round(acme, Debrief()),)),
            (replace(acme, company="Borealis"), ()),
        )
    ]
    assert texts[0] != texts[1]
    assert texts[0] != texts[2]


def test_the_format_brings_its_topic_forward() -> None:
    made = interview(format="system_design")
    first = pick(made).questions[0]
    assert "design" in first.topic.lower()


def test_the_parts_of_a_long_day_bring_their_topics_forward() -> None:
    session = Session("API design", STARTS, STARTS + timedelta(hours=1), ())
    family = [
        each for each in pick(interview(InterviewType.ON_SITE, sessions=(session,))).questions if each.topic
    ]
    ours = [
        each.topic
        for each in family
        if each.id in {one.id for one in library().families["backend"].questions}
    ]
    assert "design" in ours[0].lower()


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("who owns imports today", "Who owns imports today?"),
        ("- what changed.", "What changed?"),
        ("Tell me about the split", "Tell me about the split"),
        ("Why?!", "Why?!"),
        ("what the move changed for on-call", "Can you tell me what the move changed for on-call?"),
    ],
)
def test_a_line_of_the_research_note_is_written_as_it_is_asked(line: str, text: str) -> None:
    made = interview(people=(DANA,))
    company = dossier(made).company
    assert company
    assert pick(made, dossier(made, company=replace(company, ask=(line,)))).ask[0].text == text


def test_what_research_asks_goes_to_who_knows_the_work() -> None:
    made = interview(InterviewType.PANEL, people=(LEE, DANA, BOSS))
    own = [seat.person.name for seat in pick(made, dossier(made)).panel if seat.ask[0].id == "own-1"]
    assert own == ["Ida Bell"]


def test_what_research_asks_comes_first_and_is_not_said_twice() -> None:
    made = interview(people=(BOSS,))
    known = dossier(made)
    ask = pick(made, known).ask
    assert ask[0].text == "What did the split change for on-call?"
    told = [
        question for question in ask[1:] if "payment retries" in question.text or "doubt" in question.text
    ]
    assert told
    assert [question for question in ask[1:3] if question in told]
    assert sum("what did the split change" in question.text.casefold() for question in ask) == 1


def test_what_the_note_answers_is_not_asked() -> None:
    made = interview(InterviewType.PHONE_SCREEN, people=(LEE,))
    wide = replace(library().audiences["recruiter"], questions=library().audiences["recruiter"].questions)
    assert {"decision-date", "pay-band", "next-assesses"} <= {question.id for question in wide.questions}
    asked = {question.id for question in pick(made).ask}
    assert "decision-date" in asked
    assert "decision-date" not in {
        question.id for question in pick(replace(made, reply_by=date(2026, 3, 1))).ask
    }
    assert "pay-band" not in {question.id for question in pick(made, dossier(made)).ask}
    last = interview(InterviewType.FINAL_ROUND, people=(LEE,))
    assert "next-assesses" not in {question.id for question in pick(last).ask}


def test_everyone_across_the_table_gets_questions_of_their_own() -> None:
    peers = (DANA, Person("Kim Lee", "Senior Engineer"))
    coaching = pick(interview(InterviewType.PANEL, people=(*peers, LEE, Person("Jo"))))
    seats = {seat.person.name: seat for seat in coaching.panel}
    assert [seat.audience.id if seat.audience else "" for seat in coaching.panel] == [
        "peer",
        "peer",
        "recruiter",
        "",
    ]
    dana, kim = (set(seats[name].ask) for name in ("Dana Roe", "Kim Lee"))
    assert len(dana) >= 2
    assert len(kim) >= 2
    assert dana.isdisjoint(kim)
    assert dana | kim == set(coaching.audiences[0].questions)
    assert seats["Jo"].ask == ()
    assert all(set(audience.questions) <= set(coaching.ask) for audience in coaching.audiences)


def test_people_of_a_long_day_sit_with_their_sessions() -> None:
    session = Session("Design", STARTS, STARTS + timedelta(hours=1), (DANA,))
    coaching = pick(interview(InterviewType.ON_SITE, people=(BOSS,), sessions=(session,)))
    assert [(seat.person.name, seat.sessions) for seat in coaching.panel] == [
        ("Ida Bell", ()),
        ("Dana Roe", ("Design",)),
    ]
    assert [audience.id for audience in coaching.audiences] == ["hiring_manager", "peer"]
    assert not coaching.audience_is_inferred


def test_where_nobody_sits_the_recruiter_is_asked() -> None:
    recorded = pick(interview(InterviewType.VIDEO_INTERVIEW, format="recorded"))
    assert [audience.id for audience in recorded.audiences] == ["recruiter"]
    assert recorded.audience_is_inferred


def test_standing_questions_follow_who_is_there() -> None:
    recruiter, peer = (
        {each.id for each in pick(interview(people=(person,))).standing} for person in (LEE, DANA)
    )
    assert "pay" in recruiter
    assert "pay" not in peer
    assert pick(interview(InterviewType.DEBRIEF)).standing == ()


def test_customs_come_from_the_settings() -> None:
    assert pick(interview()).norms is None
    chosen = pick(interview(), profile__norms="consensus").norms
    assert chosen
    assert chosen.id == "consensus"
    away = next(each for each in library().norms.values() if each.thank_you == "not customary")
    assert "thanks" not in {item.id for item in pick(interview(), profile__norms=away.id).items}


def test_a_short_interview_says_so_in_the_match() -> None:
    made = interview(InterviewType.BEHAVIORAL)
    short = replace(made, ends=STARTS + timedelta(minutes=30))
    usual, half = (pick(each, dossier(each)).dossier.match for each in (made, short))
    assert half.most < usual.most
    assert 0 < half.least < usual.least


@pytest.mark.parametrize("kind", InterviewType)
def test_two_interviews_of_a_type_share_few_lines(kind: InterviewType) -> None:
    acme = interview(kind, people=(DANA,))
    other = replace(
        acme,
        company="Borealis",
        role="Data Engineer",
        people=(Person("Max Om", "Head of Data"),),
        id="int_b_1",
    )
    first = lines(pick(acme, dossier(acme)))
    second = lines(pick(other, dossier(other, posting=None, company=None, earlier=(), stories=())))
    assert len(first & second) <= 0.6 * min(len(first), len(second))


def lines(coaching: Coaching) -> set[str]:
    """Give the lines that were picked for an interview."""
    return {
        *(item.text for item in coaching.items),
        *(question.text for question in coaching.questions),
        *(question.text for question in coaching.ask),
    }


@pytest.mark.parametrize("kind", [kind for kind in InterviewType if kind is not InterviewType.DEBRIEF])
def test_most_of_what_comes_before_names_this_interview(kind: InterviewType) -> None:
    made = interview(kind, people=(DANA,), recruiter=LEE)
    coaching = pick(made, dossier(made))
    ours = [each for each in coaching.items if each.phase.startswith("T-")]
    values = [value for name, value in coaching.slots.items() if name not in {"minutes", "type"}]
    named = [item for item in ours if any(value in item.text for value in values)]
    assert len(named) >= len(ours) / 2


def test_without_a_note_cards_are_those_of_the_type() -> None:
    coaching = pick_for_type(library(), InterviewType.BEHAVIORAL, "Senior Backend Engineer")
    assert [each for each in coaching.questions if each.id.startswith("asked-")]
    assert coaching.slots == {}
    assert coaching.panel == ()
    assert coaching.missing == ()
