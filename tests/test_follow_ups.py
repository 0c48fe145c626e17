"""Answers that are out: which applications wait, since when, and how that is told on a day."""

from datetime import date, timedelta

import pytest

from prepvault.model.interview import Interview, Outcome, Status
from prepvault.model.settings import Settings
from prepvault.model.site import Awaited
from prepvault.render.times import awaited_text
from prepvault.rules.follow_ups import find_awaited
from prepvault.rules.loops import group_loops
from prepvault.rules.reminders import plan_all
from tests.conftest import NOW
from tests.dashboard import interview

DONE = Status.COMPLETED


def awaited(*rounds: Interview) -> tuple[Awaited, ...]:
    loops, by_id = group_loops(rounds), {each.id: each for each in rounds}
    return find_awaited(loops, by_id, plan_all(rounds, Settings(), NOW), NOW)


def test_a_held_interview_without_an_answer_waits_from_its_day_on() -> None:
    held = interview("int_a_1", -72, status=DONE, reply_by=date(2026, 2, 6))
    (one,) = awaited(held)
    assert one == Awaited("int_a_1", held.ends.date(), date(2026, 2, 9), date(2026, 2, 6))


@pytest.mark.parametrize(
    "rounds",
    [
        (interview("a", -72, status=DONE, outcome=Outcome.REJECTED),),
        (interview("a", -72, status=DONE, outcome=Outcome.ADVANCED),),
        (interview("a", -72, status=DONE, outcome=Outcome.OFFER),),
        (interview("a", -72),),
        (interview("a", 72, status=DONE),),
        (interview("a", -72, status=Status.CANCELLED),),
        (interview("a", -72, status=DONE, job_id="j"), interview("b", 48, job_id="j")),
    ],
    ids=[
        "rejected",
        "advanced",
        "offer",
        "without a status",
        "not over yet",
        "cancelled",
        "another is booked",
    ],
)
def test_nobody_waits_where_something_else_is_known(rounds: tuple[Interview, ...]) -> None:
    assert awaited(*rounds) == ()


def test_the_latest_round_is_the_one_that_waits_and_a_cancelled_one_is_none() -> None:
    first = interview("a", -240, status=DONE, outcome=Outcome.ADVANCED, job_id="j")
    second = interview("b", -72, status=DONE, job_id="j")
    off = interview("c", -24, status=Status.CANCELLED, job_id="j")
    assert [each.interview_id for each in awaited(first, second, off)] == ["b"]


def test_the_one_longest_past_its_day_comes_first() -> None:
    early = interview("a", -300, company="One", status=DONE, reply_by=date(2026, 2, 3))
    late = interview("b", -72, company="Two", status=DONE, reply_by=date(2026, 1, 30))
    assert [each.interview_id for each in awaited(early, late)] == ["b", "a"]


def test_a_follow_up_that_was_sent_is_known() -> None:
    sent = (f"follow-up email {(NOW - timedelta(hours=2)).isoformat()}",)
    (one,) = awaited(interview("a", -400, status=DONE, reminders_sent=sent))
    assert one.is_asked


@pytest.mark.parametrize(
    ("promised", "today", "words"),
    [
        (date(2026, 2, 10), date(2026, 2, 8), "promised in 2 days"),
        (date(2026, 2, 10), date(2026, 2, 9), "promised in 1 day"),
        (date(2026, 2, 10), date(2026, 2, 10), "promised for today"),
        (date(2026, 2, 10), date(2026, 2, 11), "1 day past their own date"),
        (None, date(2026, 2, 1), "0 days without a word"),
        (None, date(2026, 2, 10), "9 days without a word"),
        (None, date(2026, 1, 10), "0 days without a word"),
    ],
)
def test_days_are_told_against_their_own_promise(promised: date | None, today: date, words: str) -> None:
    assert awaited_text(Awaited("a", date(2026, 2, 1), date(2026, 2, 9), promised), today) == words
