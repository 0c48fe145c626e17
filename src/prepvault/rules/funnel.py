"""How far applications got, told from the rounds that they had and from nothing else.

A rejection later never takes a round back, and a stage that was skipped is not inferred from a later one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prepvault.model.figures import Stage
from prepvault.model.interview import Interview, InterviewType, Outcome, Status
from prepvault.model.site import Loop
from prepvault.rules.rates import rate

LADDER: tuple[tuple[str, str, frozenset[InterviewType]], ...] = (
    ("screen", "Screening", frozenset({InterviewType.PHONE_SCREEN, InterviewType.VIDEO_INTERVIEW})),
    ("skills", "Technical or behavioral", frozenset({InterviewType.TECHNICAL, InterviewType.BEHAVIORAL})),
    ("onsite", "On-site or panel", frozenset({InterviewType.ON_SITE, InterviewType.PANEL})),
    ("final", "Final round", frozenset({InterviewType.FINAL_ROUND})),
)
_STEP_OF = {kind: step for step, (_, _, kinds) in enumerate(LADDER) for kind in kinds}
_UNDECIDED = frozenset({None, Outcome.PENDING})

Rounds = Mapping[str, Sequence[Interview]]
"""The interviews of each application by its key, in order of start."""


def step_of(interview: Interview) -> int | None:
    """The rung of the ladder that an interview stands on; None for a debrief, or where no type is told."""
    return _STEP_OF.get(interview.type) if interview.type else None


def rounds_of(loops: Sequence[Loop], interviews: Mapping[str, Interview]) -> Rounds:
    """The rounds of each application that took place or are booked; a talk about the result is no round."""
    return {loop.key: _rounds([interviews[each] for each in loop.ids]) for loop in loops}


def _rounds(interviews: Sequence[Interview]) -> Sequence[Interview]:
    held = [each for each in interviews if each.status is not Status.CANCELLED]
    return sorted(
        (each for each in held if each.type is not InterviewType.DEBRIEF),
        key=lambda each: (each.starts, each.id),
    )


def offered(loops: Sequence[Loop], interviews: Mapping[str, Interview]) -> frozenset[str]:
    """The applications with an offer, whichever interview brought it."""
    return frozenset(
        loop.key
        for loop in loops
        if any(
            interviews[each].outcome is Outcome.OFFER
            for each in loop.ids
            if interviews[each].status is not Status.CANCELLED
        )
    )


def stages_of(loops: Sequence[Loop], interviews: Mapping[str, Interview]) -> tuple[Stage, ...]:
    """Climb the ladder: which loops had each stage, and what share of the settled went on from it.

    At its highest stage a loop is settled by the outcome of its latest round; while that is pending it counts
    in no share.
    """
    rounds, offers = rounds_of(loops, interviews), offered(loops, interviews)
    climbs = {key: _climb(each, has_offer=key in offers) for key, each in rounds.items()}
    stages = []
    for step, (key, label, _types) in enumerate(LADDER):
        reached = tuple(name for name, climb in climbs.items() if step in climb.rungs)
        onward = [name for name in reached if climbs[name].top > step or climbs[name].went_on]
        stages.append(_stage(key, label, reached, onward, {key for key in reached if climbs[key].is_settled}))
    return (*stages, Stage("offer", "Offer", tuple(key for key in rounds if key in offers), None))


def _stage(key: str, label: str, reached: Sequence[str], onward: Sequence[str], settled: set[str]) -> Stage:
    decided = settled.union(onward)
    share = rate(f"onward-{key}", label, onward, [name for name in reached if name in decided])
    return Stage(key, label, tuple(reached), share)


@dataclass(frozen=True, slots=True)
class _Climb:
    """The rungs that a loop stood on, its highest (-1 for none) and what its latest round decided."""

    rungs: frozenset[int]
    top: int
    went_on: bool
    is_settled: bool


def _climb(rounds: Sequence[Interview], *, has_offer: bool) -> _Climb:
    rungs = frozenset(step for each in rounds if (step := step_of(each)) is not None)
    last = rounds[-1].outcome if rounds else None
    went_on = has_offer or last is Outcome.ADVANCED
    return _Climb(rungs, max(rungs, default=-1), went_on, last not in _UNDECIDED)


def steps_of(loops: Sequence[Loop], interviews: Mapping[str, Interview]) -> tuple[Stage, ...]:
    """The same by type of interview, in order of time: what follows a loop's last round of a type.

    It went on when another round followed, when that round advanced it, or when it got an offer.
    """
    rounds, offers = rounds_of(loops, interviews), offered(loops, interviews)
    reached: dict[InterviewType, list[str]] = {}
    onward: dict[InterviewType, list[str]] = {}
    settled: dict[InterviewType, set[str]] = {}
    for key, each_round in rounds.items():
        last_of = {each.type: each for each in each_round if each.type}
        for kind, last in last_of.items():
            reached.setdefault(kind, []).append(key)
            if key in offers or last is not each_round[-1] or last.outcome is Outcome.ADVANCED:
                onward.setdefault(kind, []).append(key)
            elif last.outcome not in _UNDECIDED:
                settled.setdefault(kind, set()).add(key)
    return tuple(
        _stage(
            f"step-{kind.value.replace('_', '-')}",
            kind.label,
            reached[kind],
            onward.get(kind, []),
            settled.get(kind, set()),
        )
        for kind in InterviewType
        if kind in reached
    )
