"""Counts and shares of interviews by what they have in common, each with the ids behind it."""

from collections.abc import Callable, Iterable, Sequence
from math import sqrt

from prepvault.model.figures import Count, Rate
from prepvault.model.interview import Interview
from prepvault.rules.slugs import slug_of

Label = Callable[[Interview], str]
"""Names the group of an interview; an empty name leaves it out."""

_Z = 1.96


def wilson(won: int, n: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share; from 0 to 1 while nothing is decided."""
    if not n:
        return 0.0, 1.0
    share, square = won / n, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    spread = _Z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - spread), min(1.0, middle + spread)


def rate(key: str, label: str, won: Sequence[str], decided: Sequence[str]) -> Rate:
    """Make a rate with its interval."""
    low, high = wilson(len(won), len(decided))
    return Rate(key, label, tuple(won), tuple(decided), low, high)


def success_of(key: str, label: str, interviews: Iterable[Interview]) -> Rate:
    """The share that advanced or brought an offer, of those whose answer is known."""
    decided = [each for each in interviews if each.outcome and each.outcome.is_decided]
    won = [each.id for each in decided if each.outcome and each.outcome.is_success]
    return rate(key, label, won, [each.id for each in decided])


def counts_by(
    prefix: str, interviews: Iterable[Interview], label: Label, order: Sequence[str] = ()
) -> tuple[Count, ...]:
    """Count by label: in the given order, and what it does not name by number, the largest first."""
    groups = _groups(interviews, label)
    place = {name: index for index, name in enumerate(order)}
    names = sorted(
        groups, key=lambda name: (place.get(name, len(place)), -len(groups[name]), name.casefold())
    )
    keys = keys_of(prefix, names)
    return tuple(Count(keys[name], name, tuple(each.id for each in groups[name])) for name in names)


def rates_by(prefix: str, interviews: Iterable[Interview], label: Label) -> tuple[Rate, ...]:
    """Success by label, where anything is decided; what rests on most comes first."""
    groups = _groups(interviews, label)
    keys = keys_of(prefix, groups)
    rates = [success_of(keys[name], name, group) for name, group in groups.items()]
    return tuple(
        sorted((each for each in rates if each.n), key=lambda each: (-each.n, each.label.casefold()))
    )


def _groups(interviews: Iterable[Interview], label: Label) -> dict[str, list[Interview]]:
    """Group by label, letter case aside; an empty label is left out."""
    groups: dict[str, list[Interview]] = {}
    names: dict[str, str] = {}
    for interview in interviews:
        text = " ".join(label(interview).split())
        if text:
            groups.setdefault(names.setdefault(text.casefold(), text), []).append(interview)
    return groups


def keys_of(prefix: str, labels: Iterable[str]) -> dict[str, str]:
    """Give each label a key for links, unique under the prefix."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for label in labels:
        key = f"{prefix}-{slug_of(label)}"
        while key in taken:
            key += "-2"
        taken.add(key)
        keys[label] = key
    return keys
