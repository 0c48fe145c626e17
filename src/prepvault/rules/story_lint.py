"""Read one story closely: how long it is, how its words are shared out, what to mend first."""

from collections.abc import Mapping, Sequence

from prepvault.model.bank import PartMeasure, StoryReview
from prepvault.model.card import Library
from prepvault.model.story import PARTS, Story
from prepvault.rules.prose import find_phrases, placeholders, speaking_seconds, word_count
from prepvault.rules.story_remarks import Reading, remarks_on

TARGETS: Mapping[str, int] = {
    "headline": 5,
    "situation": 12,
    "task": 8,
    "action": 50,
    "result": 17,
    "reflection": 8,
}
"""The share of words that each part of a story should have, in percent."""

_ENGLISH = ("the", "and", "to", "of", "a", "in", "that", "was", "it", "i", "we", "for", "with", "on", "my")
_LEAST_ENGLISH = 0.18
_ENOUGH_TO_TELL = 15


def review_story(
    story: Story, library: Library, *, per_minute: int, year: int, bank: Sequence[Story] = ()
) -> StoryReview:
    """Measure a story at a pace in words a minute; `year` is the present one, for the story's age.

    `bank` are all stories: an old story with a newer twin is not too old.
    """
    counts = {name: _written(story.part(name)) for name in PARTS}
    total = sum(counts.values())
    shares = {name: round(100 * count / total) if total else 0 for name, count in counts.items()}
    text = "\n".join(story.part(name) for name in PARTS)
    reading = Reading(
        story=story,
        library=library,
        counts=counts,
        shares=shares,
        total=total,
        per_minute=per_minute,
        year=year,
        bank=tuple(bank),
        is_foreign=is_foreign(text, total),
    )
    return StoryReview(
        story=story,
        words=total,
        seconds=speaking_seconds(total, per_minute),
        parts=tuple(PartMeasure(name, counts[name], shares[name], TARGETS[name]) for name in PARTS),
        remarks=tuple(sorted(remarks_on(reading), key=lambda each: not each.is_serious)),
        is_foreign=reading.is_foreign,
    )


def _written(text: str) -> int:
    """Count the words, unless the whole text only waits to be filled in."""
    waiting = placeholders(text)
    return 0 if waiting and text.strip() == waiting[0] else word_count(text)


def is_foreign(text: str, words: int) -> bool:
    """Tell whether a text seems not to be English, by its commonest words; a short one counts as English."""
    return words >= _ENOUGH_TO_TELL and len(find_phrases(text, _ENGLISH)) < words * _LEAST_ENGLISH
