"""An offer: a line that a day card could show, and what it is worth."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from prepvault.model.day_card import CardLine

FAILED, BASE, MUST, SHOULD = 6.0, 5.5, 3.0, 2.0
"""Priorities: what went badly before with these people counts double what everybody must do; while days are
left, what all the rest stands on counts nearly as much."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A possible line: `topic` keeps two of a kind apart, `ids` are the checklist items that it stands for.

    `weight` is how much this interview asks for what the line serves. `least` is the number of hours that
    must be left for it to make sense.
    """

    topic: str
    priority: float
    weight: float
    line: CardLine
    ids: tuple[str, ...] = ()
    least: float = 0.0

    @property
    def worth(self) -> float:
        """Priority times weight for each minute that it takes."""
        return self.priority * self.weight / max(1, self.line.minutes)


def choose(
    offers: Iterable[Offer], *, hours_left: float, budget: int, most: int, order: Sequence[str] = ()
) -> tuple[CardLine, ...]:
    """Choose lines by priority x weight / minutes, best first, one of a kind, while they fit the budget.

    What went badly before is told first; `order` are the checklist items in the order of doing for the rest,
    and without it the line worth most comes first.
    """
    fitting = (each for each in offers if each.least <= hours_left)
    chosen: list[Offer] = []
    left = budget
    for offer in sorted(fitting, key=lambda each: (-each.worth, -each.line.minutes)):
        is_new = all(offer.topic != each.topic for each in chosen)
        if is_new and len(chosen) < most and offer.line.minutes <= left:
            chosen.append(offer)
            left -= offer.line.minutes
    chosen.sort(key=lambda each: (each.priority < FAILED, _position(each.ids, order)))
    return tuple(replace(each.line, slot="then" if at else "now") for at, each in enumerate(chosen))


def _position(ids: Sequence[str], order: Sequence[str]) -> int:
    """Where the first of some items stands in an order; at the end where none does."""
    return min((order.index(each) for each in ids if each in order), default=len(order))
