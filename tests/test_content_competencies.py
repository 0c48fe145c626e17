"""Competencies, customs and research that ship: whole, apart from each other, true to sample postings."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from prepvault.model.card import Library
from prepvault.model.posting import PostingText
from prepvault.outside.resources import read_content
from prepvault.parse.cards import parse_library
from prepvault.rules.competencies import tag_of
from prepvault.rules.posting import decode_posting
from prepvault.rules.prose import find_phrases
from tests.test_content import CONTENT, FORBIDDEN, ORIGINAL, read_yaml

POSTINGS = Path(__file__).parent / "data" / "postings"
COMPETENCIES: list[dict[str, Any]] = read_yaml(CONTENT / "competencies.yaml")
NORMS: list[dict[str, Any]] = read_yaml(CONTENT / "norms.yaml")
RESEARCH: list[dict[str, Any]] = read_yaml(CONTENT / "research.yaml")
CORE = (
    *("ownership", "conflict", "influence", "leadership", "teamwork", "ambiguity", "problem-solving"),
    *("technical-depth", "delivery", "prioritisation", "failure", "feedback-growth", "customer"),
    *("communication", "mentoring", "integrity"),
)
OPTIONAL = ("innovation", "data-driven", "change", "crisis", "inclusion", "strategic-thinking")
LISTS = {"prompts": (3, 5), "probes": (3, 5), "mining": (2, 3)}


def plain(name: str) -> str:
    """Write a name as tags are compared."""
    return re.sub(r"[\s_\-/]+", "-", name.strip().casefold())


@pytest.fixture(scope="module")
def library() -> Library:
    return parse_library(read_content())[0]


# Competencies


def test_the_sixteen_come_first_and_six_are_optional() -> None:
    assert tuple(each["id"] for each in COMPETENCIES) == CORE + OPTIONAL
    assert [each["id"] for each in COMPETENCIES if each.get("optional", False)] == list(OPTIONAL)


@pytest.mark.parametrize("each", COMPETENCIES, ids=lambda each: each["id"])
def test_a_competency_is_whole(each: dict[str, Any]) -> None:
    known = {"id", "title", "proves", "needs", "trap", "prompts", "probes", "mining", "words", "aliases"}
    assert set(each) - {"optional"} == known
    assert re.fullmatch(r"[A-Z][a-z]+(?: [a-z]+)*", each["title"]), "stands in lower case inside sentences"
    for name in ("proves", "needs", "trap"):
        assert each[name].endswith(".")
        assert 5 <= len(each[name].split()) <= 40
    for name, (least, most) in LISTS.items():
        assert least <= len(each[name]) <= most, name
        assert all(text.endswith(("?", ".")) for text in each[name])
    assert all(re.match(r"When (?:did|were|was) ", text) for text in each["mining"])
    assert all("?" in text for text in each["probes"])


def test_no_text_of_a_competency_stands_twice() -> None:
    texts = Counter(text for each in COMPETENCIES for name in LISTS for text in each[name])
    assert [text for text, count in texts.items() if count > 1] == []
    for name in ("title", "proves", "needs", "trap"):
        assert len({each[name] for each in COMPETENCIES}) == len(COMPETENCIES)


def test_no_text_of_a_competency_breaks_a_line() -> None:
    texts = [text for each in COMPETENCIES for name in LISTS for text in each[name]]
    texts += [each[name] for each in COMPETENCIES for name in ("title", "proves", "needs", "trap")]
    assert [text for text in texts if any(mark in text for mark in FORBIDDEN)] == []


def test_an_alias_means_one_competency() -> None:
    aliases = Counter(plain(alias) for each in COMPETENCIES for alias in each["aliases"])
    assert [alias for alias, count in aliases.items() if count > 1] == []
    names = {plain(each[name]) for each in COMPETENCIES for name in ("id", "title")}
    assert [alias for alias in aliases if alias in names] == []


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("Customer Obsession", "customer"),
        ("Deliver results", "delivery"),
        ("Insist on the highest standards", "technical-depth"),
        ("Delivering at pace", "delivery"),
        ("seeing the big picture", "strategic-thinking"),
        ("Respect and dignity", "integrity"),
        ("growth_mindset", "feedback-growth"),
        ("Disagree and commit", "conflict"),
    ],
)
def test_values_that_companies_publish_find_their_competency(value: str, tag: str, library: Library) -> None:
    assert tag_of(value, library.competencies) == tag


@pytest.mark.parametrize("each", COMPETENCIES, ids=lambda each: each["id"])
def test_words_are_as_a_posting_is_searched_for_them(each: dict[str, Any]) -> None:
    assert 15 <= len(each["words"]) <= 80
    for word in each["words"]:
        assert isinstance(word, str)
        assert word == word.lower().strip()
        assert 1 <= len(word.split()) <= 5, word
        assert find_phrases(f"We value {word} here.", [word]), word


@pytest.mark.parametrize("each", COMPETENCIES, ids=lambda each: each["id"])
def test_no_words_are_counted_twice_in_one_place(each: dict[str, Any]) -> None:
    words = set(each["words"])
    inside = [word for word in words if find_phrases(word, sorted(words - {word}))]
    assert inside == []


def test_a_word_asks_for_one_competency() -> None:
    words = Counter(word for each in COMPETENCIES for word in each["words"])
    assert [word for word, count in words.items() if count > 1] == []


# What postings ask for


@pytest.mark.parametrize(
    ("name", "asked", "not_asked"),
    [
        (
            "engineer",
            {"technical-depth", "problem-solving", "crisis", "mentoring", "ownership"},
            {"inclusion"},
        ),
        ("nurse", {"integrity", "customer", "crisis", "technical-depth", "mentoring"}, {"ambiguity"}),
        (
            "product_manager",
            {"prioritisation", "influence", "data-driven", "customer"},
            {"inclusion", "crisis"},
        ),
        ("teacher", {"mentoring", "customer", "feedback-growth", "integrity"}, {"crisis", "technical-depth"}),
        ("designer", {"inclusion", "customer", "communication", "feedback-growth"}, {"crisis", "integrity"}),
    ],
)
def test_a_posting_asks_for_what_a_reader_sees(
    name: str, asked: set[str], not_asked: set[str], library: Library
) -> None:
    text = (POSTINGS / f"{name}.md").read_text(encoding="utf-8")
    tags = [tag for tag, _ in decode_posting(PostingText(f"{name}.md", text), library.competencies).tags]
    assert asked <= set(tags[: len(asked) + 2]), tags
    assert not not_asked & set(tags), tags


@pytest.mark.parametrize(
    "praise",
    [
        "We are a leading, innovative company with a strong team of experts in every field.",
        "We are an equal opportunity employer and welcome people of all backgrounds and abilities.",
        "Benefits: flexible hours, parental leave, health cover, equity, a budget for training.",
        "You must hold a driving licence and have the right to work in this country.",
        "Please apply with a CV and the names of two referees.",
    ],
)
def test_the_usual_praise_of_a_company_asks_for_little(praise: str, library: Library) -> None:
    found = {
        each.id: hits
        for each in library.competencies.values()
        if (hits := find_phrases(praise, each.words)) and hits != ("experts",)
    }
    assert found == {}


def test_the_two_spellings_of_a_word_count_the_same(library: Library) -> None:
    """Postings come in both; one spelling must not ask for less."""
    pairs = (
        ("ise", "ize"),
        ("isation", "ization"),
        ("ised", "ized"),
        ("ising", "izing"),
        ("centred", "centered"),
    )
    exceptions = {"expertise", "exercise", "enterprise", "supervise", "supervising", "raise"}
    missing = [
        (word, twin)
        for each in library.competencies.values()
        for word in each.words
        for one, two in pairs
        if re.search(rf"{one}\b", word)
        and not set(word.split()) & exceptions
        and (twin := re.sub(rf"{one}\b", two, word)) not in each.words
    ]
    assert missing == []


# Customs


def test_there_are_four_profiles_of_customs() -> None:
    assert [each["id"] for each in NORMS] == [
        *("direct-individual", "formal-hierarchical", "relationship-first", "consensus"),
    ]
    assert {each["thank_you"] for each in NORMS} == {"expected", "fine", "not customary"}


@pytest.mark.parametrize("each", NORMS, ids=lambda each: each["id"])
def test_a_profile_is_whole_and_names_no_country(each: dict[str, Any]) -> None:
    known = {"id", "title", "greeting", "greeting_nobody", "thank_you", "pitch", "pay", "verify"}
    assert set(each) == known
    assert each["greeting"].count("{{name}}") == 1
    assert each["greeting"].endswith(",")
    assert each["greeting_nobody"].endswith(",")
    assert "{{" not in each["greeting_nobody"]
    assert len(each["verify"]) >= 3
    assert all("?" in line for line in each["verify"]), "something to find out, not a rule"
    text = " ".join([each["title"], each["pitch"], each["pay"], *each["verify"]])
    assert not re.search(
        r"\b(?:US|USA|UK|EU|America\w*|Brit\w+|Europe\w*|German\w*|Japan\w*|Asia\w*|French|China|Chinese)\b",
        text,
    )
    assert not re.search(r"\b(?:Mr|Ms|Mrs|Sir|Madam)\b", text + each["greeting"])


# Research


def test_the_ten_parts_are_in_order_and_keep_those_of_the_original() -> None:
    assert [each["number"] for each in RESEARCH] == list(range(1, 11))
    assert " ".join(each["id"] for each in RESEARCH) == (
        "overview product culture news money market role people work process"
    )
    by_title = {each["title"]: " ".join(each["fields"]).lower() for each in RESEARCH}
    for title, fields in ORIGINAL["research"].items():
        assert [field for field in fields if field not in by_title[title]] == [], title


def test_with_ten_minutes_in_hand_three_parts_are_left() -> None:
    assert [each["number"] for each in RESEARCH if each.get("quick")] == [1, 4, 8]


def test_a_field_means_one_part() -> None:
    """Facts are found by the name of their field, so no name may stand in two parts."""
    fields = Counter(field.casefold() for each in RESEARCH for field in each["fields"])
    assert [field for field, count in fields.items() if count > 1] == []
    assert [field for field in fields if re.search(r"[:·|,]", field) or len(field) > 30] == []


@pytest.mark.parametrize("each", RESEARCH, ids=lambda each: each["id"])
def test_a_part_is_whole_and_holds_no_fact(each: dict[str, Any]) -> None:
    assert set(each) - {"quick"} == {"id", "number", "title", "fields", "where", "so_what"}
    assert 4 <= len(each["fields"]) <= 7
    assert each["where"].endswith(".")
    assert each["so_what"].endswith(".")
    assert not re.search(r"\d{4}|€|\$", each["where"] + each["so_what"])
