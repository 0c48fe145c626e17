"""Matching stories to what is asked: the assignment is exact, the fit has its reasons, gaps have advice."""

from dataclasses import replace
from functools import cache
from random import Random

import pytest

from prepvault.model.competency import Demand
from prepvault.model.interview import InterviewType
from prepvault.model.matching import StoryMatch
from prepvault.model.story import Story, StoryNumber
from prepvault.rules.assignment import assign
from prepvault.rules.fit import Hearing, fit_of
from prepvault.rules.matching import LEAST_ROWS, MOST_ROWS, match_stories
from tests.coaching_maker import interview, library


def best_sum(values: list[list[int]]) -> int:
    """Try every assignment, remembering only which columns are taken."""

    @cache
    def best(row: int, taken: int) -> int:
        if row == len(values):
            return 0
        free = [
            values[row][column] + best(row + 1, taken | 1 << column)
            for column in range(len(values[row]))
            if not taken >> column & 1
        ]
        return max([best(row + 1, taken), *free])

    return best(0, 0)


def worth(values: list[list[int]], columns: tuple[int | None, ...]) -> int:
    return sum(row[column] for row, column in zip(values, columns, strict=True) if column is not None)


@pytest.mark.parametrize("seed", range(20))
def test_the_assignment_is_the_best_there_is(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - a seed makes the cases the same each time
    for _ in range(40):
        rows, columns = chance.randint(0, 8), chance.randint(0, 10)
        values = [
            [chance.randint(1, 9) * chance.choice((0, 0, 1, 4, 9)) for _ in range(columns)]
            for _ in range(rows)
        ]
        chosen = assign(values)
        told = [column for column in chosen if column is not None]
        assert len(told) == len(set(told))
        assert worth(values, chosen) == best_sum(values)


def test_the_assignment_is_the_best_for_a_whole_bank() -> None:
    """Twelve rows and forty stories, against the exact sum by subsets of rows, one story after the other."""
    chance = Random(7)  # noqa: S311 - a seed makes the case the same each time
    rows, columns = 12, 40
    values = [
        [chance.randint(1, 9) * chance.choice((0, 0, 1, 4, 9)) for _ in range(columns)] for _ in range(rows)
    ]
    best = [0] * (1 << rows)
    for column in range(columns):
        for mask in range((1 << rows) - 1, 0, -1):
            best[mask] = max(
                best[mask],
                *(best[mask ^ (1 << row)] + values[row][column] for row in range(rows) if mask >> row & 1),
            )
    assert worth(values, assign(values)) == best[-1]


def test_a_greedy_choice_would_be_worse() -> None:
    values = [[9, 8], [9, 0]]
    assert assign(values) == (1, 0)


def test_nothing_is_assigned_to_what_is_worth_nothing() -> None:
    assert assign([]) == ()
    assert assign([[]]) == (None,)
    assert assign([[0, 0], [0, 5], [0, 4]]) == (None, 1, None)


def test_very_large_values_stay_exact() -> None:
    big = 10**15
    assert assign([[big + 1, big], [big, big]]) == (0, 1)


def story(name: str, primary: str = "", *secondary: str, **more: object) -> Story:
    made = Story(
        id=name, path=f"Stories/{name}.md", title=name, primary=primary, secondary=secondary, strength=3
    )
    return replace(made, **more)  # type: ignore[arg-type]


def matched(
    stories: list[Story],
    *tags: str,
    role: str = "Engineer",
    told: dict[str, int] | None = None,
    heard: frozenset[str] = frozenset(),
) -> StoryMatch:
    demands = [Demand(tag, len(tags) - at) for at, tag in enumerate(tags)]
    asked = interview(InterviewType.PANEL, role=role)
    return match_stories(asked, demands, stories, library(), told=told or {}, heard=heard)


FRESH = Hearing({}, frozenset(), 0)


@pytest.mark.parametrize(
    ("made", "fit"),
    [
        (story("a", "conflict"), 3),
        (story("a", "conflict", strength=4), 3),
        (story("a", "conflict", strength=2), 2),
        (story("a", "conflict", strength=0), 2),
        (story("a", "conflict", strength=1), 1),
        (story("a", "ownership", "conflict"), 2),
        (story("a", "ownership", "conflict", strength=1), 1),
        (story("a", "ownership", reframes=("conflict",)), 1),
        (story("a", "ownership"), 0),
        (story("a", "conflict", retired=True), 0),
        (story("a", "conflict", parts=(("situation", "Slow."), ("action", ""))), 0),
        (story("a", "conflict", parts=(("action", "I asked."),)), 3),
    ],
)
def test_how_well_a_story_fits(made: Story, fit: int) -> None:
    assert fit_of(made, "conflict", FRESH, library().competencies).value == fit


def test_what_lowers_a_fit_is_said() -> None:
    made = story("a", "conflict", scope="self")
    hearing = Hearing({"a": 3}, frozenset({"a"}), 1)
    fit = fit_of(made, "conflict", hearing, library().competencies)
    assert (fit.value, fit.raw) == (0, 3)
    assert fit.why == (
        "they have heard it",
        "told 3 times in this search",
        "it reached only your own work, and this role is asked for more",
    )


def test_two_uses_are_not_yet_too_many() -> None:
    fit = fit_of(
        story("a", "conflict"), "conflict", Hearing({"a": 2}, frozenset(), 0), library().competencies
    )
    assert fit.value == 3


def test_a_company_gets_a_story_that_it_has_not_heard() -> None:
    both = [story("old", "conflict"), story("new", "conflict")]
    row = matched(both, "conflict", heard=frozenset({"new"})).rows[0]
    assert row.story == both[0]
    assert row.backup == both[1]
    assert row.backup_fit == 2


def test_a_senior_role_gets_the_story_that_reached_further() -> None:
    small, large = story("z", "delivery", scope="self"), story("a", "delivery", scope="several teams")
    assert matched([small, large], "delivery", role="Senior Engineer").rows[0].story == large
    assert matched([large, small], "delivery", role="Staff Engineer").rows[0].story == large


def test_of_equals_the_newer_wins_then_the_better_proved() -> None:
    old, new = story("z", "delivery", when="2019"), story("a", "delivery", when="spring 2024")
    assert matched([old, new], "delivery").rows[0].story == new
    fact = StoryNumber(text="9", provenance="cv")
    bare, proved = story("z", "delivery", when="2024"), story("a", "delivery", when="2024", facts=(fact,))
    assert matched([bare, proved], "delivery").rows[0].story == proved


def test_together_the_stories_answer_more_than_each_at_its_best() -> None:
    wide, narrow = story("wide", "conflict", "influence"), story("narrow", "conflict")
    match = matched([wide, narrow], "conflict", "influence")
    assert [row.story for row in match.rows] == [narrow, wide]
    assert match.stories == (narrow, wide)
    assert match.gaps == ()


def test_a_story_that_must_answer_twice_is_told_once() -> None:
    only = story("only", "conflict", "influence")
    first, second = matched([only], "conflict", "influence").rows
    assert (first.story, first.is_shared, first.fit) == (only, False, 3)
    assert (second.story, second.is_shared, second.fit) == (only, True, 2)
    assert not second.is_gap
    assert "also your story for handling conflict: tell it once" in second.advice
    assert matched([only], "conflict", "influence").stories == (only,)


def test_a_gap_names_the_nearest_story_and_how_to_find_one() -> None:
    conflict = library().competencies["conflict"]
    near = replace(
        story("near", "influence"), parts=(("action", f"It was a {conflict.words[0]}."), ("result", "x"))
    )
    far = story("far", "communication")
    row = matched([far, near], "conflict").rows[0]
    assert row.is_gap
    assert row.nearest == near
    assert row.advice.startswith(f"nearest is “near”, which speaks of “{conflict.words[0]}”. Turn it if")
    assert matched([far], "conflict").rows[0].nearest is None, "related is not near"
    assert conflict.mining[0] in row.advice


def test_without_any_story_a_question_helps_to_remember_one() -> None:
    row = matched([], "conflict").rows[0]
    assert row.nearest is None
    assert row.advice.startswith("no story of yours comes near. ")
    assert library().competencies["conflict"].mining[0] in row.advice
    own = matched([], "juggling").rows[0]
    assert own.advice.startswith("no story of yours comes near: write one for juggling")


def test_a_begun_story_is_to_be_finished() -> None:
    begun = story("begun", "conflict", parts=(("situation", "Slow."), ("action", " ")))
    row = matched([begun], "conflict").rows[0]
    assert row.is_gap
    assert row.advice == "finish “begun”: it is begun and not written yet"


def test_a_worn_story_says_why_it_is_no_answer() -> None:
    worn = story("worn", "ownership", "conflict")
    row = matched([worn], "conflict", told={"worn": 5}, heard=frozenset({"worn"})).rows[0]
    assert row.is_gap
    assert "they have heard it and told 5 times in this search" in row.advice


def test_other_names_of_a_competency_count() -> None:
    assert matched([story("a", "Accountability")], "ownership").rows[0].fit == 3


def test_how_many_rows_there_are_follows_the_type() -> None:
    tags = tuple(library().competencies)
    demands = [Demand(tag, 1) for tag in tags]
    for kind, least in ((InterviewType.PHONE_SCREEN, LEAST_ROWS), (InterviewType.ON_SITE, 8)):
        match = match_stories(interview(kind), demands, [], library(), told={})
        assert least <= len(match.rows) <= MOST_ROWS
        assert 0 < match.least <= match.most


def test_the_order_of_the_notes_changes_nothing() -> None:
    bank = [story(name, "delivery", "ownership") for name in "abcdef"]
    tags = ("ownership", "delivery", "customer")
    assert matched(bank, *tags) == matched(bank[::-1], *tags)


def test_of_equal_sums_the_one_that_tells_more_stories_wins() -> None:
    """Five times 4 and four times 4 are four times 9: two fair fits are worth one strong one."""
    both, old = story("S-2", "conflict", "ownership"), story("S-1", "", "conflict")
    asked = (Demand("conflict", 4), Demand("ownership", 5))
    for order in (asked, asked[::-1]):
        match = match_stories(interview(), order, (old, both), library(), told={})
        assert {each.id for each in match.stories} == {"S-1", "S-2"}
