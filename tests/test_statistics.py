"""Figures: every one with its notes, rates with their n and interval, the ladder from history."""

import pytest

from prepvault.model.figures import Statistics
from prepvault.model.interview import Interview, InterviewType, Outcome, Status
from prepvault.rules.loops import group_loops
from prepvault.rules.statistics import rate, statistics, wilson
from tests.conftest import NOW
from tests.dashboard import decided, interview


def figures_of(*rounds: Interview) -> Statistics:
    return statistics(rounds, group_loops(rounds), NOW, "UTC")


def test_success_is_advanced_or_offer_among_the_decided() -> None:
    figures = figures_of(
        decided("a", Outcome.ADVANCED),
        decided("b", Outcome.OFFER),
        decided("c", Outcome.REJECTED),
        decided("d", Outcome.PENDING),
        decided("e", Outcome.NO_RESPONSE),
        decided("f", Outcome.WITHDRAWN),
        interview("g", 5),
    )
    assert figures.success.won == ("a", "b")
    assert figures.success.decided == ("a", "b", "c")
    assert figures.total.number == 7
    assert figures.next_days.ids == ("g",)
    assert figures.completed.ids == ("a", "b", "c", "d", "e", "f")


def test_too_few_are_not_told_and_few_come_with_an_interval() -> None:
    four = figures_of(*(decided(str(n), Outcome.OFFER) for n in range(4)))
    five = figures_of(*(decided(str(n), Outcome.OFFER) for n in range(5)))
    many = figures_of(*(decided(str(n), Outcome.OFFER) for n in range(30)))
    assert not four.success.is_told
    assert five.success.is_told
    assert five.success.is_small
    assert not many.success.is_small


@pytest.mark.parametrize(
    ("won", "n", "low", "high"),
    [(0, 0, 0.0, 1.0), (5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0)],
)
def test_the_interval_is_wilsons(won: int, n: int, low: float, high: float) -> None:
    assert wilson(won, n) == pytest.approx((low, high), abs=1e-4)


def test_counts_cover_every_interview_once_in_each_grouping() -> None:
    rounds = [
        decided("a", Outcome.OFFER, company="Acme"),
        decided("b", Outcome.REJECTED, company="ACME ", type=InterviewType.PANEL),
        interview("c", 3, company="Zeta", status=Status.CANCELLED),
    ]
    figures = figures_of(*rounds)
    for group in (figures.by_type, figures.by_status, figures.by_company):
        assert sorted(each for count in group for each in count.ids) == ["a", "b", "c"]
    assert [(count.label, count.number) for count in figures.by_company] == [("Acme", 2), ("Zeta", 1)]
    keys = [count.key for count in figures.counts] + [rate.key for rate in figures.rates]
    assert len(keys) == len(set(keys))


def test_a_rejection_later_does_not_wipe_what_was_reached() -> None:
    stages = figures_of(
        decided("a", Outcome.ADVANCED, -300, job_id="x", type=InterviewType.PHONE_SCREEN),
        decided("b", Outcome.REJECTED, -200, job_id="x", type=InterviewType.PANEL),
        decided("c", Outcome.REJECTED, -200, job_id="y", type=InterviewType.PHONE_SCREEN),
        interview("d", 20, job_id="z", type=InterviewType.TECHNICAL),
        interview("e", 20, job_id="n", type=InterviewType.ON_SITE, status=Status.CANCELLED),
    ).stages
    reached = {stage.key: set(stage.loops) for stage in stages}
    assert reached["screen"] == {"x", "y"}, "z had none, so none is inferred"
    assert reached["skills"] == {"z"}
    assert reached["onsite"] == {"x"}
    assert reached["offer"] == set()
    onward = {stage.key: (len(stage.onward.won), stage.onward.n) for stage in stages if stage.onward}
    assert onward["screen"] == (1, 2)
    assert onward["skills"] == (0, 0), "z is not settled"
    assert onward["onsite"] == (0, 1)


def test_an_offer_brings_back_no_stage_that_nobody_had() -> None:
    stages = figures_of(decided("a", Outcome.OFFER, job_id="x", type=InterviewType.TECHNICAL)).stages
    assert [len(stage.loops) for stage in stages] == [0, 1, 0, 0, 1]
    assert stages[1].onward
    assert stages[1].onward.won == ("x",)


def test_weeks_begin_on_monday_and_hold_each_interview_but_the_cancelled() -> None:
    figures = figures_of(
        interview("a", 1),
        interview("b", -24),
        interview("c", 2, status=Status.CANCELLED),
        interview("d", 9999),
    )
    assert all(week.monday.weekday() == 0 for week in figures.weeks)
    assert [week.ids for week in figures.weeks if week.ids] == [("b",), ("a",)]


@pytest.mark.parametrize(
    ("won", "n", "told"),
    [
        (1, 1, "1 of 1 decided, too few to say"),
        (3, 5, "60 % (3 of 5 decided, likely 23 to 88 %)"),
        (15, 30, "50 % (15 of 30 decided)"),
    ],
)
def test_a_rate_says_what_it_rests_on(won: int, n: int, told: str) -> None:
    assert rate("a", "A", ["x"] * won, ["x"] * n).told() == told
