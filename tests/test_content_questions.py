"""Questions that ship, to be asked and to ask: each with a use and a wording of its own."""

import re
from collections import Counter
from typing import Any

import pytest

from prepvault.model.slots import SLOTS
from tests.test_content import AUDIENCES, COMPETENCIES, CONTENT, FAMILIES, FORBIDDEN, QUESTIONS, read_yaml

PURPOSES = ("learn", "test risk", "show judgement", "connect")
ALL = [(name, question) for name in (*FAMILIES, *AUDIENCES) for question in QUESTIONS[name]["questions"]]
TO_ASK = [(name, question) for name in AUDIENCES for question in QUESTIONS[name]["questions"]]
TOLD = [(f"{name}/{question['id']}", text) for name, question in ALL for text in question.get("told", ())]
# What a careers page answers, or what closes a conversation instead of opening it.
ON_THE_WEBSITE = re.compile(
    r"\bwhat (?:does|do) (?:the company|you|\{\{company\}\}) (?:do|sell|make)\b"
    r"|\bhow many (?:employees|people work)"
    r"|\bwhere (?:are|is) (?:your|the) (?:offices?|headquarters)|\bwhat are (?:your|the company's) values"
    r"|\bwho are your (?:competitors|customers)|\bwhen was the company\b|\bwhat is (?:your|the) mission\b"
    r"|\btell me about the company\b|\bwhat is the (?:company )?culture like\b|\bdid I (?:pass|get)\b",
    re.IGNORECASE,
)
GENERIC = re.compile(
    r"\bstrengths and weaknesses\b|\bin five years\b|\bwhy should we hire you\b|\btell me about yourself\b"
    r"|\bwhat does success look like\b|\ba typical day\b|\bwhat do you know about\b|\bthink outside\b",
    re.IGNORECASE,
)
SAMPLE = {
    "company": "Kestrel Health",
    "role": "Senior Backend Engineer",
    "type": "phone screen",
    "keyword_1": "settlement",
    "must_1": "Five or more years of backend development",
    "need_1": "handling conflict",
    "unknown_1": "why the reseller programme ended",
    "doubt_1": "little time with large teams",
    "pay_said": "62,000 to 68,000",
}


def slots_in(text: str) -> set[str]:
    return set(re.findall(r"\{\{(\w+)\}\}", text))


def filled(text: str) -> str:
    return re.sub(r"\{\{(\w+)\}\}", lambda match: SAMPLE[match[1]], text)


# Every question


@pytest.mark.parametrize("name", [*FAMILIES, *AUDIENCES])
def test_a_question_has_known_fields_only(name: str) -> None:
    more = {"purpose"} if name in AUDIENCES else set()
    for question in QUESTIONS[name]["questions"]:
        assert set(question) <= {"id", "topic", "text", "hint", "told", "tags"} | more, question
        assert set(question.get("tags", ())) <= COMPETENCIES, question
        assert len(question.get("tags", ())) <= 2, question
        assert 20 <= len(question["hint"]) <= 180, question


def test_no_question_is_one_that_everybody_asks() -> None:
    assert [question["id"] for _, question in ALL if GENERIC.search(question["text"])] == []


@pytest.mark.parametrize("bad", ["What does success look like?", "Tell me about yourself.", "In five years?"])
def test_what_everybody_asks_would_be_found(bad: str) -> None:
    assert GENERIC.search(bad)


# Wordings that name what is known


def test_a_wording_names_known_slots_and_at_least_one() -> None:
    wrong = {
        place: slots_in(text) for place, text in TOLD if not slots_in(text) or slots_in(text) - set(SLOTS)
    }
    assert wrong == {}


@pytest.mark.parametrize(("place", "text"), TOLD, ids=[f"{place}-{i}" for i, (place, _) in enumerate(TOLD)])
def test_a_wording_reads_as_a_question_when_it_is_filled(place: str, text: str) -> None:
    shown = filled(text)
    assert shown.endswith(("?", ".")), place
    assert "{" not in shown
    assert len(shown) <= 240, place
    assert not any(mark in shown for mark in FORBIDDEN), place
    assert not re.search(r"\b[Aa]n? \{\{(role|company|keyword_\d)\}\}", text), (
        "an article would not fit every name"
    )
    assert not re.search(r"\}\}['’]s?\b", text), "a name in the genitive would not fit every name"


def test_a_wording_differs_from_the_plain_text_and_the_most_specific_comes_first() -> None:
    for _, question in ALL:
        told = question.get("told", ())
        assert question["text"] not in told
        assert len(set(told)) == len(told)
        sure = [index for index, text in enumerate(told) if slots_in(text) <= {"company", "role", "type"}]
        assert sure in ([], [len(told) - 1]), "what is always known would hide the wordings after it"


def test_lines_that_a_person_noted_for_themselves_are_not_spoken_aloud() -> None:
    """What to say and what to watch are notes in any form, so no sentence can be built round them."""
    assert [
        place for place, text in TOLD if slots_in(text) & {"say_1", "watch_1", "weakness_1", "gap_need"}
    ] == []


def test_no_fact_about_a_company_is_taken_for_granted() -> None:
    """A wording may quote what the user noted or suppose something, never state it."""
    stated = re.compile(
        r"(?:^|\. )(?:The \w+ (?:of|at) )?\{\{company\}\} (?:is|has|runs|sells|releases|grew)\b"
    )
    assert [place for place, text in TOLD if stated.search(text)] == []


def test_one_slot_does_not_lead_all_questions_of_an_audience() -> None:
    """Three questions in a row that begin with the same research line would sound rehearsed."""
    for name in AUDIENCES:
        firsts = [q["told"][0] for q in QUESTIONS[name]["questions"] if q.get("told")]
        counts = Counter(slot for text in firsts for slot in slots_in(text) - {"company", "role", "type"})
        assert all(count <= 2 for count in counts.values()), (name, counts)


# Families


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_says_what_it_demands_and_asks_for_it(family: str) -> None:
    shelf = QUESTIONS[family]
    assert set(shelf) == {"id", "title", "areas", "demand", "questions"}
    assert 3 <= len(shelf["demand"]) <= 5
    assert len(set(shelf["demand"])) == len(shelf["demand"])
    assert set(shelf["demand"]) <= COMPETENCIES
    asked = {tag for question in shelf["questions"] for tag in question["tags"]}
    assert [tag for tag in shelf["demand"] if tag not in asked] == []
    assert all(question["tags"] for question in shelf["questions"])


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_a_question_that_names_this_interview(family: str) -> None:
    told = [text for question in QUESTIONS[family]["questions"] for text in question.get("told", ())]
    assert told
    assert any({"company", "role"} & slots_in(text) for text in told), "even without a posting"


def test_no_family_demands_exactly_what_another_does() -> None:
    demands = Counter(tuple(QUESTIONS[family]["demand"]) for family in FAMILIES)
    assert max(demands.values()) == 1


# Questions to ask


@pytest.mark.parametrize("name", AUDIENCES)
def test_an_audience_says_what_it_weighs_and_how_to_speak_to_it(name: str) -> None:
    shelf = QUESTIONS[name]
    assert set(shelf) == {"id", "title", "weighs", "speak", "questions"}
    for field in ("weighs", "speak"):
        assert shelf[field].endswith(".")
        assert 12 <= len(shelf[field].split()) <= 55
        assert not any(mark in shelf[field] for mark in FORBIDDEN)


def test_audiences_weigh_and_are_spoken_to_differently() -> None:
    common = {"whether", "would", "their", "other", "others", "rather", "first"}
    for field in ("weighs", "speak"):
        words = {
            name: set(re.findall(r"\w{5,}", QUESTIONS[name][field].lower())) - common for name in AUDIENCES
        }
        pairs = [(one, two) for one in AUDIENCES for two in AUDIENCES if one < two]
        alike = [
            (a, b) for a, b in pairs if len(words[a] & words[b]) > 0.4 * min(len(words[a]), len(words[b]))
        ]
        assert alike == []


def test_every_question_to_ask_has_a_purpose() -> None:
    assert [question["id"] for _, question in TO_ASK if question.get("purpose") not in PURPOSES] == []
    for name in AUDIENCES:
        purposes = {question["purpose"] for question in QUESTIONS[name]["questions"]}
        assert purposes == set(PURPOSES), name


def test_the_first_four_of_an_audience_are_not_all_of_one_purpose() -> None:
    for name in AUDIENCES:
        assert len({question["purpose"] for question in QUESTIONS[name]["questions"][:4]}) >= 2, name


def test_no_question_to_ask_is_answered_by_the_website() -> None:
    texts = [(q["id"], text) for _, q in TO_ASK for text in (q["text"], *q.get("told", ()))]
    assert [place for place, text in texts if ON_THE_WEBSITE.search(text)] == []


@pytest.mark.parametrize(
    "bad", ["What does the company do?", "How many employees do you have?", "Did I pass?"]
)
def test_a_question_for_the_website_would_be_found(bad: str) -> None:
    assert ON_THE_WEBSITE.search(bad)


def test_a_question_to_ask_asks() -> None:
    assert [question["id"] for _, question in TO_ASK if "?" not in question["text"]] == []


# Standing questions


def standing() -> list[dict[str, Any]]:
    loaded = read_yaml(CONTENT / "standing.yaml")
    assert isinstance(loaded, list)
    return loaded


def test_the_standing_questions_are_whole() -> None:
    for each in standing():
        assert set(each) == {"id", "text", "hint", "audiences", "words"}
        assert each["text"].endswith("?")
        assert 15 <= len(each["hint"].split()) <= 40
        assert each["audiences"]
        assert set(each["audiences"]) <= set(AUDIENCES)
        assert 20 <= each["words"] <= 60


def test_no_standing_question_is_lost() -> None:
    ids = [each["id"] for each in standing()]
    assert ids == [
        *("why-leaving", "why-here", "gap", "pay", "pay-history", "notice", "other-processes"),
        *("doubt", "proudest", "manager-wish"),
    ]


def test_each_audience_is_likely_to_ask_some_and_nobody_all() -> None:
    for name in AUDIENCES:
        count = sum(name in each["audiences"] for each in standing())
        assert 1 <= count < len(standing()), name


def test_pay_is_no_matter_for_those_who_do_not_set_it() -> None:
    asked = {each["id"]: set(each["audiences"]) for each in standing()}
    assert not (asked["pay"] | asked["pay-history"]) & {"peer", "executive"}
