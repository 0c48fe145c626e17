"""Readiness: weigh the parts of a preparation into one number, and pick what raises it most per minute."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from prepvault.model.readiness import LABELS, TARGETS, Readiness, ReadinessPart, Step
from prepvault.rules.preparation import Measured, Move, Preparation
from prepvault.rules.readiness_note import (
    measure_checklist,
    measure_facts,
    measure_pitch,
    measure_questions,
)
from prepvault.rules.readiness_vault import measure_research, measure_stories

MEASURES: Mapping[str, Callable[[Preparation], Measured | None]] = {
    "checklist": measure_checklist,
    "research": measure_research,
    "stories": measure_stories,
    "questions": measure_questions,
    "pitch": measure_pitch,
    "facts": measure_facts,
}
"""How each part is measured, by its key; None where the interview does not need it."""

STEPS = 3
"""How many steps are named: a longer list is not read."""


def readiness_of(known: Preparation) -> Readiness | None:
    """Work out how ready one is; None where the settings switch off every part that applies.

    The number hangs on notes and settings alone, never on the hour. It is rounded down, so that only a
    preparation with nothing left to do shows 100, or one that the note calls complete.
    """
    weights = {key: known.settings.number(f"readiness.{key}") for key in LABELS}
    measured = {key: found for key in LABELS if weights[key] and (found := MEASURES[key](known)) is not None}
    total = sum(weights[key] for key in measured)
    if not total:
        return None
    points = {key: 100 * weights[key] / total for key in measured}
    offers = _offers(measured, points)
    is_complete = known.interview.preparation_complete
    parts = tuple(_part(key, measured[key], points[key], offers) for key in measured)
    # Sums of floats may fall short of a whole number by a hair, which must not cost a point.
    percent = int(round(sum(each.weight * each.share for each in parts), 6))
    return Readiness(
        percent=100 if is_complete else percent,
        parts=parts,
        missing=() if is_complete else _few(offers),
        is_complete=is_complete,
    )


def _part(key: str, found: Measured, points: float, offers: Sequence["_Offer"]) -> ReadinessPart:
    return ReadinessPart(
        key=key,
        label=LABELS[key],
        weight=points,
        share=found.share,
        found=found.found,
        missing=found.missing,
        target=TARGETS[key],
        step=next((each.step for each in offers if each.step.part == key), None),
    )


@dataclass(frozen=True, slots=True)
class _Offer:
    """A step, and whether it has to wait for the day."""

    step: Step
    is_late: bool

    @property
    def rank(self) -> tuple[bool, float, float]:
        """Order by points per minute; what must wait for the day stands behind everything."""
        return self.is_late, -self.step.points / max(1, self.step.minutes), -self.step.points


def _offers(measured: Mapping[str, Measured], points: Mapping[str, float]) -> tuple[_Offer, ...]:
    """Every step, the one that raises the percent most per minute first.

    Where a part's own step ticks an item, or makes one needless, the item is not offered a second time.
    """
    checklist = measured.get("checklist")
    ticks = {each.ticks: each.gain * points["checklist"] for each in checklist.moves} if checklist else {}
    moves = [(key, move) for key, found in measured.items() if key != "checklist" for move in found.moves]
    taken = {name for _, move in moves for name in (move.ticks, *move.serves) if name}
    if checklist:
        moves += [("checklist", move) for move in checklist.moves if move.ticks not in taken]
    found = (
        _offer(key, move, points[key], 0 if key == "checklist" else ticks.get(move.ticks, 0))
        for key, move in moves
    )
    return tuple(sorted(found, key=lambda each: each.rank))


def _offer(key: str, move: Move, points: float, more: float) -> _Offer:
    step = Step(
        text=move.text,
        minutes=move.minutes,
        points=move.gain * points + more,
        part=key,
        target=TARGETS[key],
        item=move.ticks,
        command=move.command,
    )
    return _Offer(step, move.is_late)


def _few(offers: Sequence[_Offer]) -> tuple[Step, ...]:
    """Take the best ones, of each part but the checklist one only: its steps overlap."""
    chosen: list[Step] = []
    for each in offers:
        is_new = each.step.part == "checklist" or each.step.part not in {step.part for step in chosen}
        if is_new and len(chosen) < STEPS:
            chosen.append(each.step)
    return tuple(chosen)
