"""Figures from debriefs: what was asked, whether it was expected, how answers went, whether scores move."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from prepvault.model.card import Question
from prepvault.model.debrief import Asked, Debrief
from prepvault.model.figures import AskedFigures
from prepvault.model.interview import InterviewType
from prepvault.rules.asked import asked_figures, was_predicted
from tests.coaching_maker import interview, library
from tests.conftest import NOW, Maker, Ran


def figures(*debriefs: Debrief, likely: tuple[str, ...] = ()) -> AskedFigures:
    rounds = [
        interview(id=f"int_{at}", path=f"Interviews/{at}.md", starts=NOW + timedelta(days=at))
        for at in range(len(debriefs))
    ]
    by_path = {each.path: debrief for each, debrief in zip(rounds, debriefs, strict=True)}
    predicted = tuple(Question(f"q{at}", text) for at, text in enumerate(likely))
    return asked_figures(rounds, by_path, library().competencies, lambda _: predicted)


def test_marks_are_counted_with_the_interviews_behind_them() -> None:
    told = figures(
        Debrief(asked=(Asked("Why us?", "strong"), Asked("How would you scale the ledger?", "gap"))),
        Debrief(asked=(Asked("Tell me about caching in practice", "gap"), Asked("And then?"))),
    )
    assert told.total == 4
    assert [(each.mark, each.number, each.ids) for each in told.marks] == [
        ("strong", 1, ("int_0",)),
        ("ok", 0, ()),
        ("gap", 2, ("int_0", "int_1")),
    ]


@pytest.mark.parametrize(
    ("asked", "is_expected"),
    [
        ("How do you keep a retry from paying twice?", True),
        ("When a payment is retried, what stops it from being paid twice?", True),
        ("Which payment frameworks do you know?", False),
        ("Twice?", False),
        ("What is your favourite colour?", False),
    ],
)
def test_a_question_is_known_again_by_its_words(asked: str, is_expected: bool) -> None:
    likely = (Question("q", "How would you keep a payment retry from being paid twice?"),)
    assert was_predicted(asked, likely, library().competencies) is is_expected


def test_a_question_is_known_again_by_what_it_is_about() -> None:
    likely = (Question("q", "Something else entirely", tags=("conflict",)),)
    assert was_predicted("Describe a disagreement with your lead", likely, library().competencies)
    assert not was_predicted("Describe your last deployment", likely, library().competencies)


def test_expected_questions_are_counted_per_interview() -> None:
    told = figures(
        Debrief(asked=(Asked("How do you find a slow database query?"), Asked("Is the sky blue?"))),
        likely=("A database query has become slow: how do you find out why?",),
    )
    assert (told.predicted, told.total) == (1, 2)


def test_by_type_a_question_counts_each_time_with_its_interview() -> None:
    told = figures(
        Debrief(asked=(Asked("How do you find a slow database query?", "gap"), Asked("Is the sky blue?"))),
        Debrief(asked=(Asked("Which database query was slow?", "ok"),)),
        likely=("A database query has become slow: how do you find out why?",),
    )
    (by_type,) = told.listed_by_type
    assert by_type.label in {each.label for each in InterviewType}
    assert (by_type.won, by_type.decided) == (("int_0", "int_1"), ("int_0", "int_0", "int_1"))
    assert told.listed
    assert told.listed.told("asked") == "2 of 3 asked, too few to say"
    assert [(each.interview_id, each.was_listed) for each in told.questions] == [
        ("int_0", True),
        ("int_0", False),
        ("int_1", True),
    ]


def test_trends_need_four_scores_and_compare_halves() -> None:
    few = figures(*(Debrief(scores={"structure": score}) for score in (1, 2, 3)))
    many = figures(*(Debrief(scores={"structure": score, "evidence": 2}) for score in (1, 2, 3, 4)))
    assert [(each.dimension, each.mean, each.change) for each in few.trends] == [("structure", 2, None)]
    assert [(each.dimension, each.mean, each.n, each.change) for each in many.trends] == [
        ("structure", 2.5, 4, 2.0),
        ("evidence", 2, 4, 0.0),
    ]


def test_what_comes_again_is_named_once_with_its_interviews() -> None:
    again = "How would you migrate a large table without downtime?"
    told = figures(
        Debrief(asked=(Asked(again), Asked("Why us?"))),
        Debrief(asked=(Asked("Migrate a large table with no downtime: how?"),)),
        Debrief(asked=(Asked("Why us?"),)),
    )
    assert told.repeated == ((again, ("int_0", "int_1")),)


def test_gaps_are_called_by_competency() -> None:
    told = figures(
        Debrief(asked=(Asked("Describe a disagreement", "gap"), Asked("Any disagreement?", "gap"))),
        Debrief(asked=(Asked("What did you build?", "gap"),)),
    )
    assert told.gaps == (("handling conflict", 2),)


def test_no_debrief_gives_nothing() -> None:
    assert figures() == AskedFigures(marks=figures().marks)
    assert figures().total == 0


ONE = """=== Interviews/a.md
---
id: int_a
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-01T10:00:00
status: completed
---

## Debrief

### Questions as asked

- My zyzzyva question about ledgers? · gap

### Scores

3,2,3,3,2

### Pay

- 81,234 zyzzyva euros
"""


def test_to_count_looks_for_no_stories(
    make_vault: Maker, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a match of stories changes no question, and takes by far the longest")

    monkeypatch.setattr("prepvault.rules.dossiers.match_stories", never)
    ran = run("stats", "--json", vault=make_vault(ONE))
    assert json.loads(ran.out)["debriefs"]["questions"] == 1


def test_stats_and_pages_agree_on_what_was_listed(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(ONE + STORY)
    assert run("build", vault=root).code == 0
    page = json.loads((root / "site/api/interviews/stats.json").read_text(encoding="utf-8"))["debriefs"]
    assert json.loads(run("stats", "--json", vault=root).out)["debriefs"] == page


def test_stats_tell_them(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(ONE)
    out = run("stats", vault=root).out
    assert "answered gap" in out
    assert "score: structure 2.0 of 4 (1)" in " ".join(out.split())
    record = json.loads(run("stats", "--json", vault=root).out)["debriefs"]
    assert (record["questions"], record["interviews"]) == (1, ["int_a"])
    assert record["marks"]["gap"] == {"count": 1, "interviews": ["int_a"]}


STORY = """=== Stories/The ledger.md
---
type: story
title: The ledger
primary: ownership
strength: 3
---
## Situation

A ledger lost entries.
"""


@pytest.mark.parametrize("more", [(), ("--incognito",)])
def test_questions_are_shown_to_their_owner_alone_and_pay_to_nobody(
    more: tuple[str, ...], make_vault: Maker, run: Callable[..., Ran]
) -> None:
    root = make_vault(ONE)
    assert run("build", *more, vault=root).code == 0
    page = (root / "site/stats.html").read_text(encoding="utf-8")
    assert 'id="debriefs-title"' in page
    assert more or "question in 1 debrief" in page
    assert ("My zyzzyva question about ledgers?" in page) is not bool(more)
    assert "81,234" not in page
    assert "zyzzyva" not in (root / "site/api/interviews/stats.json").read_text(encoding="utf-8")
    if more:
        pages = (path.read_text(encoding="utf-8") for path in (root / "site").rglob("*.html"))
        assert not any("zyzzyva" in text for text in pages)
