"""How far a preparation is: the ticks in the note against the checklist."""

from collections.abc import Mapping, Sequence

from prepvault.model.card import PHASES, Item
from prepvault.model.site import ItemState, Progress

_PRIORITIES = {"must": 0, "should": 1, "could": 2}


def progress_of(
    items: Sequence[Item], ticks: Mapping[str, str], *, is_complete: bool = False, ahead: int = 3
) -> Progress:
    """Count what is ticked of what comes before the interview; struck items count nowhere.

    `is_complete` is the note's own word that the preparation is complete: then nothing is left to do.
    """
    states = tuple(ItemState(item, ticks.get(item.id, " ")) for item in items)
    counted = [state for state in states if is_before(state.item) and not state.is_dropped]
    undone = [] if is_complete else [state.item for state in counted if not state.is_done]
    ordered = sorted(undone, key=lambda item: (_PRIORITIES.get(item.priority, 3), _phase(item)))
    done = sum(state.is_done for state in counted)
    return Progress(states, done, len(counted), tuple(ordered[:ahead]), is_complete)


def is_before(item: Item) -> bool:
    """Tell whether an item belongs before the interview."""
    return item.phase.startswith("T-")


def _phase(item: Item) -> int:
    return PHASES.index(item.phase) if item.phase in PHASES else len(PHASES)
