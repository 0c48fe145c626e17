"""What to do about a competency that no story of the bank answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from prepvault.model.competency import Competency
from prepvault.model.phrases import lower_first
from prepvault.model.story import PARTS, Story
from prepvault.rules.competencies import tag_of, title_of
from prepvault.rules.fit import HEARD, UNWRITTEN
from prepvault.rules.prose import find_phrases

_Competencies = Mapping[str, Competency]

_RELATED: Mapping[str, tuple[str, ...]] = {
    "ownership": ("delivery", "problem-solving", "leadership"),
    "conflict": ("influence", "communication", "teamwork"),
    "influence": ("conflict", "communication", "leadership"),
    "leadership": ("ownership", "influence", "mentoring"),
    "teamwork": ("mentoring", "communication", "conflict"),
    "ambiguity": ("problem-solving", "prioritisation", "ownership"),
    "problem-solving": ("technical-depth", "ambiguity", "ownership"),
    "technical-depth": ("problem-solving", "delivery"),
    "delivery": ("prioritisation", "ownership"),
    "prioritisation": ("delivery", "ambiguity", "customer"),
    "failure": ("feedback-growth", "integrity"),
    "feedback-growth": ("failure", "mentoring"),
    "customer": ("communication", "ownership", "prioritisation"),
    "communication": ("influence", "conflict", "customer"),
    "mentoring": ("teamwork", "leadership", "feedback-growth"),
    "integrity": ("failure", "ownership"),
    "innovation": ("problem-solving", "ambiguity"),
    "data-driven": ("problem-solving", "prioritisation"),
    "change": ("influence", "ambiguity"),
    "crisis": ("problem-solving", "ownership", "delivery"),
    "inclusion": ("teamwork", "mentoring"),
    "strategic-thinking": ("prioritisation", "leadership"),
}
"""Whose stories are most easily told for another competency, nearest first."""


@dataclass(frozen=True, slots=True)
class Near:
    """The story that comes nearest to a competency it does not claim, and the words that say so."""

    story: Story
    words: tuple[str, ...]


def nearest_story(
    tag: str,
    stories: Sequence[Story],
    competencies: _Competencies,
    *,
    wanted: Sequence[str] = (),
    heard: frozenset[str] = frozenset(),
) -> Near | None:
    """Find the story that shares words with a competency it does not claim; None when none comes near.

    `wanted` are the posting's words for it. The more words are shared the nearer; of equals a story that they
    have not heard counts, then one for a related competency, then the last.
    """
    known = competencies.get(tag)
    phrases = _phrases(known, tuple(wanted))
    shared = [_shared(each, phrases) for each in stories]
    related = _RELATED.get(tag, ())

    def nearness(at: int) -> tuple[int, bool, bool, int]:
        is_related = any(tag_of(each, competencies) in related for each in stories[at].tags)
        return len(shared[at]), stories[at].id not in heard, is_related, at

    best = max((at for at, words in enumerate(shared) if words), key=nearness, default=None)
    return None if best is None else Near(stories[best], shared[best])


def _phrases(known: Competency | None, wanted: tuple[str, ...]) -> tuple[str, ...]:
    own = (*known.words, known.title, known.id.replace("-", " ")) if known else ()
    return tuple(dict.fromkeys(each.casefold() for each in (*own, *wanted) if each))


@lru_cache(maxsize=4096)
def _shared(story: Story, phrases: tuple[str, ...]) -> tuple[str, ...]:
    """The phrases that a story's own text holds; many interviews ask the same of one bank."""
    text = "\n".join((story.title, *map(story.part, PARTS), *story.numbers))
    return tuple(dict.fromkeys(each.casefold() for each in find_phrases(text, phrases)))


def gap_advice(
    tag: str,
    nearest: Story | None,
    why: Sequence[str],
    competencies: _Competencies,
    *,
    words: Sequence[str] = (),
    is_heard: bool = False,
) -> str:
    """Say what to do in one or two sentences: turn the nearest story, or dig for one, or say so honestly.

    `words` are those that the nearest story shares with what is asked, where it does not claim to show it.
    """
    known = competencies.get(tag)
    dig = known.mining[0] if known and known.mining else ""
    if nearest and UNWRITTEN in why:
        return f"finish “{nearest.title}”: it is begun and not written yet"
    if nearest and why:
        return _joined(f"“{nearest.title}” shows it, but {' and '.join(why)}", dig and f"find another: {dig}")
    if nearest and words:
        says = " and ".join(f"“{each}”" for each in words[:2])
        heard = f"; {HEARD}" if is_heard else ""
        turn = f"turn it if you can tell {lower_first(known.needs)}" if known else ""
        return _joined(f"nearest is “{nearest.title}”, which speaks of {says}{heard}", turn, dig)
    if dig:
        ending = "If nothing comes, say so and how you would begin"
        return _joined("no story of yours comes near", dig, ending)
    title = title_of(tag, competencies)
    return f"no story of yours comes near: write one for {title}, or say how you would begin"


def sharing_advice(tag: str, first: str, competencies: _Competencies) -> str:
    """Say what to do about a story that is already meant for another competency."""
    known = competencies.get(tag)
    dig = known.mining[0] if known and known.mining else ""
    return _joined(f"it is also your story for {title_of(first, competencies)}: tell it once", dig)


def _joined(*parts: str) -> str:
    """Put parts side by side as sentences; how the first begins and how the last ends stays as it is."""
    said = [part.strip() for part in parts if part.strip()]
    begun = [part if not at else part[:1].upper() + part[1:] for at, part in enumerate(said)]
    ended = [part if part[-1:] in "?!." else f"{part}." for part in begun[:-1]]
    return " ".join([*ended, *begun[-1:]])
