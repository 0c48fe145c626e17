"""Figures: every one with its notes, rates with their n and interval, the ladder from history."""

from datetime import timedelta

import pytest

from prepvault.model.figures import Statistics
from prepvault.model.interview import Interview, InterviewType, Outcome, Status
from prepvault.render.stats_words import say_standing
from prepvault.rules.loops import group_loops
from prepvault.rules.rates import rate, wilson
from prepvault.rules.statistics import statistics
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


def test_after_each_stage_an_application_went_on_ended_or_is_open() -> None:
    stages = figures_of(
        decided("a", Outcome.ADVANCED, -300, job_id="on", type=InterviewType.PHONE_SCREEN),
        decided("b", Outcome.REJECTED, -200, job_id="out", type=InterviewType.PHONE_SCREEN),
        decided("c", Outcome.PENDING, -200, job_id="open", type=InterviewType.VIDEO_INTERVIEW),
        interview("d", 20, job_id="booked", type=InterviewType.VIDEO_INTERVIEW),
    ).stages
    screen = stages[0]
    assert (screen.went_on, screen.ended) == (("on",), ("out",))
    assert set(screen.still_open) == {"open", "booked"}
    assert stages[-1].ended == stages[-1].still_open == ()


def test_a_talk_about_the_result_is_no_round() -> None:
    figures = figures_of(
        decided("a", Outcome.REJECTED, -300, job_id="x", type=InterviewType.FINAL_ROUND),
        interview("b", -100, job_id="x", type=InterviewType.DEBRIEF, status=Status.COMPLETED),
    )
    assert figures.stages[3].ended == ("x",), "the talk does not open again what ended"
    assert [each.label for each in figures.steps] == ["Final round"]
    assert figures.times == ()
    assert figures.unanswered.ids == ()


def test_by_type_it_counts_what_followed_the_last_round_of_a_type() -> None:
    steps = {
        each.label: each
        for each in figures_of(
            decided("a", Outcome.ADVANCED, -400, job_id="x", type=InterviewType.TECHNICAL),
            decided("b", Outcome.ADVANCED, -300, job_id="x", type=InterviewType.TECHNICAL),
            decided("c", Outcome.REJECTED, -200, job_id="x", type=InterviewType.PHONE_SCREEN),
            decided("d", Outcome.REJECTED, -200, job_id="y", type=InterviewType.TECHNICAL),
            interview("e", -99, job_id="y", type=InterviewType.PANEL, status=Status.CANCELLED),
        ).steps
    }
    assert set(steps) == {"Technical", "Phone screen"}, "a cancelled round was none"
    assert (steps["Technical"].went_on, steps["Technical"].ended) == (("x",), ("y",))
    assert steps["Phone screen"].ended == ("x",)


def test_two_applications_to_one_company_are_two() -> None:
    stages = figures_of(
        decided("a", Outcome.REJECTED, -300, company="Acme", job_id="first"),
        decided("b", Outcome.OFFER, -200, company="Acme", job_id="second"),
    ).stages
    assert (set(stages[1].loops), stages[1].went_on) == ({"first", "second"}, ("second",))


def spans(*rounds: Interview) -> dict[str, tuple[list[int], list[int]]]:
    """The days of each span: known, and waiting so far."""
    return {
        each.key: ([one.days for one in each.known], [one.days for one in each.waiting])
        for each in figures_of(*rounds).times
    }


def test_days_between_rounds_with_what_still_waits() -> None:
    found = spans(
        decided("a", Outcome.ADVANCED, -24 * 30, job_id="x", type=InterviewType.PHONE_SCREEN),
        decided("b", Outcome.PENDING, -24 * 20, job_id="x", type=InterviewType.TECHNICAL),
        decided("c", Outcome.ADVANCED, -24 * 9, job_id="y", type=InterviewType.PHONE_SCREEN),
        interview("d", 24 * 5, job_id="y", type=InterviewType.PANEL),
        decided("e", Outcome.REJECTED, -24 * 9, job_id="z", type=InterviewType.PANEL),
    )
    assert found["time-next"] == ([10, 14], [20]) or found["time-next"] == ([14, 10], [20])
    assert sorted(found["time-screen"][0]) == [10, 14]
    assert found["time-skills"] == ([], [20])
    assert "time-onsite" not in found, "what was rejected waits for nothing"
    assert sorted(found["time-offer"][1]) == [9, 30]


def test_a_cancelled_round_is_no_end_of_a_stretch() -> None:
    found = spans(
        decided("a", Outcome.ADVANCED, -24 * 30, job_id="x"),
        interview("b", -24 * 20, job_id="x", status=Status.CANCELLED),
        interview("c", -24 * 2, job_id="x", status=Status.COMPLETED),
    )
    assert found["time-next"] == ([28], [2])


def test_the_promised_answer_is_counted_and_what_is_overdue_told() -> None:
    figures = figures_of(
        decided("a", Outcome.ADVANCED, -24 * 10, job_id="x", reply_by=(NOW - timedelta(days=4)).date()),
        decided("b", Outcome.PENDING, -24 * 10, job_id="y", reply_by=(NOW - timedelta(days=3)).date()),
        decided("c", Outcome.PENDING, -24 * 2, job_id="z", reply_by=(NOW + timedelta(days=3)).date()),
        decided("d", Outcome.PENDING, -24 * 2, job_id="w", reply_by=(NOW - timedelta(days=9)).date()),
    )
    span = next(each for each in figures.times if each.key == "time-reply")
    assert sorted(each.days for each in span.known) == [5, 6, 7], "a promise before the interview is a slip"
    assert sorted(each.ids for each in span.waiting) == [("b",), ("c",)]
    assert [each.ids for each in span.overdue] == [("b",)]
    assert not span.is_told


def test_from_the_first_round_to_the_offer() -> None:
    found = spans(
        decided("a", Outcome.ADVANCED, -24 * 30, job_id="x"),
        decided("b", Outcome.OFFER, -24 * 8, job_id="x", type=InterviewType.FINAL_ROUND),
    )
    assert found["time-offer"] == ([22], [])


def test_over_without_an_outcome_is_named() -> None:
    figures = figures_of(
        interview("a", -50, status=Status.COMPLETED),
        decided("b", Outcome.PENDING),
        interview("c", -50, status=Status.CANCELLED),
        interview("d", 50),
    )
    assert figures.unanswered.ids == ("a",)


def test_the_family_groups_what_titles_write_in_many_ways() -> None:
    rounds = [decided(str(n), Outcome.OFFER, role=role) for n, role in enumerate(("Dev", "Developer", ""))]
    label = {"Dev": "Software", "Developer": "Software"}.get
    figures = statistics(rounds, group_loops(rounds), NOW, "UTC", family=lambda each: label(each.role, ""))
    assert [(each.label, each.n) for each in figures.rates_by_family] == [("Software", 2)]
    assert [each.n for each in figures.rates_by_role] == [1, 1]


def said(*rounds: Interview) -> str:
    return " ".join(each.text for each in say_standing(figures_of(*rounds)))


def test_where_one_stands_says_what_is_missing_until_there_is_enough() -> None:
    few = [
        decided(str(n), Outcome.REJECTED, job_id=str(n), type=InterviewType.PHONE_SCREEN) for n in range(4)
    ]
    assert "No step can be judged yet" in said(*few)
    assert "Screening comes closest, with 4." in said(*few)
    enough = decided("5", Outcome.ADVANCED, job_id="5", type=InterviewType.PHONE_SCREEN)
    assert "After screening, 20 % went on (1 of 5 settled, likely 4 to 62 %)." in said(*few, enough)


def test_the_strongest_and_the_weakest_step_come_with_a_word_of_caution() -> None:
    rounds = [
        decided(f"a{n}", Outcome.ADVANCED, -300, job_id=str(n), type=InterviewType.PHONE_SCREEN)
        for n in range(6)
    ] + [decided(f"b{n}", Outcome.REJECTED, -200, job_id=str(n), type=InterviewType.PANEL) for n in range(6)]
    text = said(*rounds)
    assert "strongest step is screening: 100 % went on (6 of 6 settled" in text
    assert "weakest step is on-site or panel: 0 % went on (0 of 6 settled" in text
    assert "may be chance" not in text
    close = [
        decided(
            f"b{n}",
            Outcome.ADVANCED if n else Outcome.REJECTED,
            -200,
            job_id=str(n),
            type=InterviewType.PANEL,
        )
        for n in range(6)
    ]
    assert "may be chance" in said(*rounds[:6], *close)


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
