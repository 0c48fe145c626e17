"""Which items an interview's checklist holds, in which words, and what is left of it after a late booking."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from prepvault.model.card import PHASES, Item, LatePlan
from prepvault.model.interview import InterviewType
from prepvault.rules.late import gathering_phase
from prepvault.rules.slots import choose_wording, fill, is_close

ITEMS_PER_PHASE = 7
_PRIORITIES = ("must", "should", "could")
_SMALL = 15
_PHASE_LEADS: Mapping[str, timedelta] = {
    "T-7d": timedelta(days=7),
    "T-72h": timedelta(hours=72),
    "T-48h": timedelta(hours=48),
    "T-24h": timedelta(hours=24),
    "T-2h": timedelta(hours=2),
    "T-10min": timedelta(minutes=10),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """What decides about items: `lead` is how long ahead the interview was booked, None when unknown.

    `vital` are items by id that a late booking keeps before all others.
    """

    kind: InterviewType
    conditions: frozenset[str]
    formats: frozenset[str] = frozenset()
    lead: timedelta | None = None
    plan: LatePlan | None = None
    vital: frozenset[str] = frozenset()
    slots: Mapping[str, str] = field(default_factory=dict)


def pick_items(items: Iterable[Item], fitting: Fitting) -> tuple[Item, ...]:
    """Choose the items that apply and still fit, in their final words: by phase, at most seven of each."""
    applying = [item for item in items if _applies(item, fitting)]
    fitting_still = [item for item in applying if _still_fits(item, fitting)]
    covered = {name for item in fitting_still for name in item.covers}
    left = _spread([_moved(item, fitting) for item in fitting_still if item.id not in covered], fitting)
    chosen: list[Item] = []
    for phase in PHASES:
        chosen += _of_phase([item for item in left if item.phase == phase], fitting)
    return tuple(chosen)


def _applies(item: Item, fitting: Fitting) -> bool:
    """Tell whether type, kind and conditions ask for an item."""
    of_type = (not item.types or fitting.kind in item.types) and fitting.kind not in item.not_types
    of_format = not item.formats or not fitting.formats.isdisjoint(item.formats)
    return of_type and of_format and fitting.conditions.issuperset(item.conditions)


def _is_past(item: Item, fitting: Fitting) -> bool:
    """Tell whether an item's phase was over when the interview was booked."""
    return fitting.lead is not None and fitting.lead < _PHASE_LEADS.get(item.phase, timedelta())


def _still_fits(item: Item, fitting: Fitting) -> bool:
    """Tell whether an item is worth its minutes; after a late booking it is mostly the plan that counts."""
    if fitting.lead is None or not _is_past(item, fitting):
        return True
    if fitting.plan and item.id in dict(fitting.plan.items):
        return True
    if item.priority != "must":
        return False
    has_time = fitting.lead >= timedelta(hours=2)
    if fitting.plan:
        is_ours = bool(item.types or item.conditions or item.formats)
        return is_ours and has_time and 0 < item.minutes <= _SMALL
    most = 60 if fitting.lead >= timedelta(hours=24) else 30 if has_time else _SMALL
    return item.minutes <= most and (has_time or item.phase in {"T-24h", "T-2h"})


def _moved(item: Item, fitting: Fitting) -> Item:
    """Bring what is past into the phase that a late booking begins with, and give it the plan's minutes."""
    if item.quick and fitting.kind is InterviewType.PHONE_SCREEN:
        item = replace(item, minutes=min(item.minutes, item.quick))
    if fitting.plan is None or fitting.lead is None or not item.phase.startswith("T-"):
        return item
    minutes = min(dict(fitting.plan.items).get(item.id) or item.minutes, item.minutes)
    phase = gathering_phase(fitting.lead) if _is_past(item, fitting) else item.phase
    is_same = (phase, minutes) == (item.phase, item.minutes)
    return item if is_same else replace(item, phase=phase, minutes=minutes)


def _spread(items: Sequence[Item], fitting: Fitting) -> list[Item]:
    """Leave to the day before what is too much for the first evening of a booking two days ahead."""
    order = [name for name, _ in fitting.plan.items] if fitting.plan else []
    first = sorted((each.id for each in items if each.phase == "T-48h" and each.id in order), key=order.index)
    late = set(first[ITEMS_PER_PHASE:])
    return [replace(each, phase="T-24h") if each.id in late else each for each in items]


def _of_phase(items: Sequence[Item], fitting: Fitting) -> list[Item]:
    """Order the items of a phase by the plan, then by importance, and word them.

    Of too many, those that name nothing of its posting, research or stories are left out first; after a late
    booking, what the plan names last.
    """
    order = [name for name, _ in fitting.plan.items] if fitting.plan else []
    wordings = {each.id: choose_wording(each.text, each.told, fitting.slots) for each in items}

    def importance(item: Item) -> tuple[int, int]:
        place = order.index(item.id) if item.id in order else len(order)
        return place, _PRIORITIES.index(item.priority)

    def worth(item: Item) -> tuple[bool, int, int, bool]:
        is_vital = bool(order) and item.id in fitting.vital
        return not is_vital, *importance(item), not is_close(wordings[item.id])

    kept = sorted(items, key=worth)[:ITEMS_PER_PHASE]
    left = {each.id for each in kept}
    return [
        _worded(item, wordings[item.id], fitting) for item in sorted(items, key=importance) if item.id in left
    ]


def _worded(item: Item, wording: str, fitting: Fitting) -> Item:
    """Give an item its final words; most keep their own."""
    text = fill(wording, fitting.slots) or item.text
    return item if text == item.text else replace(item, text=text)
