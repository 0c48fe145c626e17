"""The debrief block of a note: its headings in order, filled in or with room to write."""

from collections.abc import Callable, Iterable, Mapping

from prepvault.model.debrief import DIMENSIONS, Asked, Debrief, Promise
from prepvault.render.inert import inert_line

PARTS: Mapping[str, str] = {
    "asked": "Questions as asked",
    "scores": "Scores, 1 to 4",
    "promises": "Promises",
    "doubts": "Doubts they seemed to have",
    "learned": "Learned",
    "pay": "Pay, as said",
    "change": "One change for next time",
}
"""The parts of a debrief with their headings, in order."""

_HINTS: Mapping[str, str] = {
    "asked": "_One line each, in their words: question · strong, ok or gap · the story as a link_",
    "scores": "_Five digits for answers the question, structure, evidence, my part, learning: 3 2 4 3 2_",
    "promises": "_One line each with its day: me: send the diagram by 2026-02-12_",
    "doubts": "_One line each; the next round is prepared from here_",
    "learned": "_What you know about them now and did not before_",
    "pay": "_The figure, who said it, and what for_",
    "change": "_One sentence_",
}
_DIMENSION_WORDS: Mapping[str, str] = {
    "answer": "Answers the question",
    "structure": "Structure",
    "evidence": "Evidence",
    "my part": "My part",
    "learning": "Learning",
}


def render_debrief(debrief: Debrief, *, level: int = 3) -> str:
    """Write every part of the block under headings of this level; an empty part says what belongs there."""
    blocks = []
    for part, title in PARTS.items():
        lines = part_lines(part, debrief)
        blocks += [f"{'#' * level} {title}", "\n".join(lines) or _HINTS[part]]
    return "\n\n".join(blocks)


def part_lines(part: str, debrief: Debrief) -> tuple[str, ...]:
    """Write the lines of one part, without its heading; none when it is empty."""
    return tuple(_WRITERS[part](debrief))


def _asked(asked: Asked) -> str:
    stories = " ".join(f"[[{_target(story)}]]" for story in asked.stories)
    return "- " + " · ".join(part for part in (inert_line(asked.text), asked.mark, stories) if part)


def _target(story: str) -> str:
    """A link's target without what would end it."""
    return "".join(each for each in story if each not in "[]|\n")


def _scores(debrief: Debrief) -> Iterable[str]:
    return (
        f"- {_DIMENSION_WORDS[name]}: {debrief.scores[name]}" for name in DIMENSIONS if name in debrief.scores
    )


def _promise(promise: Promise) -> str:
    due = f" by {promise.due.isoformat()}" if promise.due else ""
    return f"- [{'x' if promise.is_kept else ' '}] {promise.by}: {inert_line(promise.text)}{due}"


def _bullets(texts: Iterable[str]) -> Iterable[str]:
    return (f"- {inert_line(text)}" for text in texts if text.strip())


_WRITERS: Mapping[str, Callable[[Debrief], Iterable[str]]] = {
    "asked": lambda debrief: map(_asked, debrief.asked),
    "scores": _scores,
    "promises": lambda debrief: map(_promise, debrief.promises),
    "doubts": lambda debrief: _bullets(debrief.doubts),
    "learned": lambda debrief: _bullets(debrief.learned),
    "pay": lambda debrief: _bullets(debrief.pay),
    "change": lambda debrief: _bullets([debrief.change]),
}
