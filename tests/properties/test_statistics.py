"""Figures that hold for any history: what is counted is in the vault, and nothing that happened is lost."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from prepvault.model.figures import Stage, Statistics
from prepvault.model.interview import Interview, InterviewType, Outcome, Status
from prepvault.rules.loops import group_loops
from prepvault.rules.statistics import statistics
from tests.conftest import NOW
from tests.dashboard import interview

FACTS = st.tuples(
    st.integers(-2000, 400),
    st.sampled_from([None, *InterviewType]),
    st.sampled_from(list(Status)),
    st.sampled_from([None, *Outcome]),
    st.sampled_from(["job_a", "job_b", "job_c", ""]),
    st.sampled_from(["Acme", "acme ", "Zeta", ""]),
    st.one_of(st.none(), st.dates(date(2025, 12, 1), date(2026, 4, 1))),
)


def made(facts: list[tuple[object, ...]]) -> list[Interview]:
    """Interviews in order of start, as a load gives them."""
    names = ("hours", "type", "status", "outcome", "job_id", "company", "reply_by")
    rounds = [
        interview(f"int_{n}", **dict(zip(names, each, strict=True)))  # type: ignore[arg-type]
        for n, each in enumerate(facts)
    ]
    return sorted(rounds, key=lambda each: (each.starts, each.id))


def counted(rounds: list[Interview]) -> Statistics:
    return statistics(rounds, group_loops(rounds), NOW, "Europe/Berlin", family=lambda each: each.role)


HISTORIES = st.lists(FACTS, max_size=12).map(made)


@given(HISTORIES)
def test_every_figure_is_of_the_vault(rounds: list[Interview]) -> None:
    figures = counted(rounds)
    ids, loops = {each.id for each in rounds}, {each.key for each in group_loops(rounds)}
    for count in figures.counts:
        assert count.number == len(set(count.ids)) == len(count.ids)
        assert set(count.ids) <= ids
    for rate in figures.rates:
        assert set(rate.won) <= set(rate.decided) <= ids
        assert 0 <= rate.low <= rate.share + 1e-9
        assert rate.share <= rate.high + 1e-9 <= 1 + 1e-9
    for stage in (*figures.stages, *figures.steps):
        assert set(stage.loops) <= loops
        assert len(set(stage.loops)) == len(stage.loops)
    for span in figures.times:
        for stretch in (*span.known, *span.waiting, *span.overdue):
            assert set(stretch.ids) <= ids
            assert stretch.loop in loops
            assert stretch.days >= 0
    keys = [each.key for group in (figures.counts, figures.rates) for each in group]
    keys += [each.key for each in figures.steps] + [each.key for each in figures.times]
    assert len(keys) == len(set(keys))


@given(HISTORIES)
def test_after_a_step_there_is_one_of_three(rounds: list[Interview]) -> None:
    figures = counted(rounds)
    for stage in (*figures.stages[:-1], *figures.steps):
        parts = (*stage.went_on, *stage.ended, *stage.still_open)
        assert sorted(parts) == sorted(stage.loops)


@given(HISTORIES)
def test_a_stage_is_counted_only_where_a_round_of_it_was(rounds: list[Interview]) -> None:
    kinds = {InterviewType.PHONE_SCREEN, InterviewType.VIDEO_INTERVIEW}
    had = {
        loop.key
        for loop in group_loops(rounds)
        for each in rounds
        if each.id in loop.ids and each.type in kinds and each.status is not Status.CANCELLED
    }
    assert set(counted(rounds).stages[0].loops) == had


def had_it(stages: tuple[Stage, ...]) -> dict[str, set[str]]:
    return {stage.key: set(stage.loops) for stage in stages}


@given(HISTORIES, st.integers(0, 11), st.booleans())
def test_a_rejection_never_takes_back_what_somebody_had(
    rounds: list[Interview], which: int, is_noted: bool
) -> None:
    if not rounds:
        return
    before = counted(rounds)
    at = which % len(rounds)
    if is_noted and rounds[at].outcome is not Outcome.OFFER:
        after = [*rounds[:at], replace(rounds[at], outcome=Outcome.REJECTED), *rounds[at + 1 :]]
    else:
        last = rounds[-1]
        starts = last.starts + timedelta(hours=5)
        late = replace(last, id="int_late", starts=starts, ends=starts + timedelta(hours=1))
        after = [*rounds, replace(late, status=Status.COMPLETED, outcome=Outcome.REJECTED)]
    later = counted(after)
    for earlier, now in ((before.stages, later.stages), (before.steps, later.steps)):
        kept = had_it(now)
        assert all(loops <= kept[key] for key, loops in had_it(earlier).items())
