"""A debrief: what the user wrote down after an interview, read from its note."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

MARKS: tuple[str, ...] = ("strong", "ok", "gap")
"""How an answer went, best first."""

DIMENSIONS: tuple[str, ...] = ("answer", "structure", "evidence", "my part", "learning")
"""What the self-score rates, 1 to 4 each: answers the question, structure, evidence, my part, learning."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked; `mark` is one of MARKS or empty, `stories` are wikilink targets told."""

    text: str
    mark: str = ""
    stories: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised: `by` is `me` or `them`, `due` the day if one was said."""

    by: str
    text: str
    due: date | None = None
    is_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """The debrief block of one note; empty where the user wrote nothing.

    `scores` maps the dimensions to 1-4. `doubts` are open doubts they seemed to hold, `pay` figures as
    said, `change` the one thing to do differently.
    """

    asked: tuple[Asked, ...] = ()
    scores: Mapping[str, int] = field(default_factory=dict)
    promises: tuple[Promise, ...] = ()
    doubts: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    pay: tuple[str, ...] = ()
    change: str = ""

    @property
    def is_empty(self) -> bool:
        """True while nothing was filled in."""
        said = (self.asked, self.scores, self.promises, self.doubts, self.learned, self.pay, self.change)
        return not any(said)

    @property
    def gaps(self) -> tuple[Asked, ...]:
        """The questions that went badly."""
        return tuple(each for each in self.asked if each.mark == "gap")
