"""Titles that nobody had in mind when the rules were written: hardly ever wrong, and never sure of it."""

import re
from collections import Counter

import pytest

from prepvault.model.card import TitleRule
from prepvault.rules.roles import SURE, family_of
from tests.test_content import CONTENT, FAMILIES, HERE, read_yaml


def listed(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Read a list of titles with the families that are right."""
    lines = (HERE / "data" / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(title, tuple(families.split("|"))) for title, families in rows]


UNSEEN = listed("titles_unseen.tsv")


@pytest.fixture(scope="module")
def rules() -> tuple[TitleRule, ...]:
    return tuple(
        TitleRule(rule["pattern"], rule["family"], rule["confidence"])
        for rule in read_yaml(CONTENT / "titles.yaml")
    )


def test_the_list_is_long_and_new() -> None:
    titles = [title for title, _ in UNSEEN]
    known = {title.casefold() for title, _ in listed("titles.tsv")}
    assert len(titles) >= 350
    assert len(set(titles)) == len(titles)
    assert [title for title in titles if title.casefold() in known] == []
    assert {family for _, families in UNSEEN for family in families} == set(FAMILIES)


def test_no_unseen_title_is_put_into_a_wrong_family_with_confidence(rules: tuple[TitleRule, ...]) -> None:
    answers = [(title, right, *family_of(title, rules)) for title, right in UNSEEN]
    wrong = [answer for answer in answers if answer[2] not in answer[1]]
    assert [answer for answer in wrong if answer[3] >= SURE] == []
    assert len(wrong) <= len(UNSEEN) * 0.015, wrong


def test_someone_who_works_for_engineers_is_not_taken_for_one(rules: tuple[TitleRule, ...]) -> None:
    """An occupation that is none of ours is at worst an assumption."""
    for title in (
        "Assistant to the VP of Engineering",
        "Recruiter, Data Engineering",
        "Security Guard, Nights",
    ):
        family, confidence = family_of(title, rules)
        assert family == "general" or confidence < SURE, title


def test_no_rule_stands_in_the_shadow_of_an_earlier_one() -> None:
    """The same pattern twice would mean that the second is never reached."""
    patterns = Counter(rule["pattern"] for rule in read_yaml(CONTENT / "titles.yaml"))
    assert [pattern for pattern, count in patterns.items() if count > 1] == []


def test_every_rule_decides_at_least_one_title_of_the_lists() -> None:
    """A rule that decides nothing is a guess nobody has looked at."""
    patterns = [re.compile(rule["pattern"]) for rule in read_yaml(CONTENT / "titles.yaml")]
    rules = tuple(TitleRule(pattern.pattern, str(number), 0.9) for number, pattern in enumerate(patterns))
    rows = [*UNSEEN, *listed("titles.tsv"), *tuned()]
    decided = {family_of(title, rules)[0] for title, _ in rows}
    idle = [patterns[number].pattern for number in range(len(patterns)) if str(number) not in decided]
    assert idle == []


def tuned() -> list[tuple[str, tuple[str, ...]]]:
    """Read the list by which the rules were written."""
    lines = (HERE / "data" / "titles.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(": ", 1) for line in lines if line and not line.startswith("#")]
    return [(title, tuple(families.split("|"))) for families, title in rows]
