"""Lengths as cards write them, `18-20`, stretched to the length that a note gives."""

import re

from prepvault.model.card import Guide

_NUMBER = re.compile(r"\d+")
_LEAST, _MOST = 0.5, 1.5


def scale_minutes(text: str, factor: float) -> str:
    """Multiply every number by the factor, to whole minutes and at least one; `5-5` becomes `5`."""
    scaled = _NUMBER.sub(lambda found: str(max(1, round(int(found[0]) * factor))), text)
    return _shorter(scaled)


def story_range(guide: Guide, minutes: int) -> tuple[int, int]:
    """How many stories to bring, the least and the most; half the time asks for about half of them."""
    if not guide.most_stories:
        return guide.least_stories, guide.most_stories
    factor = min(max(_factor(guide, minutes), _LEAST), _MOST)
    least = max(1, round(guide.least_stories * factor))
    return least, max(least, round(guide.most_stories * factor))


def answer_seconds(guide: Guide, minutes: int) -> str:
    """How long one answer should be; less time makes answers shorter, but by its square root only."""
    factor = min(max(_factor(guide, minutes), _LEAST), _MOST) ** 0.5
    fives = _NUMBER.sub(
        lambda found: str(max(15, 5 * round(int(found[0]) * factor / 5))), guide.answer_seconds
    )
    return _shorter(fives)


def _factor(guide: Guide, minutes: int) -> float:
    """The note's length as a part of the usual one; 1 when either is unknown."""
    return minutes / guide.minutes if minutes > 0 and guide.minutes > 0 else 1.0


def _shorter(text: str) -> str:
    low, dash, high = text.partition("-")
    return low if dash and low.strip() == high.strip() else text
