"""Readiness: how far the preparation of one interview has come, as one number that says what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

FORMULA = (
    "The average of the parts that this interview needs, each counted by its weight under [readiness], "
    "rounded down; what must be done counts double within its part."
)
"""How the number comes about, in one sentence for pages and docs."""

SAID_SO = "your note says that the preparation is complete"
"""Why the number is 100 whatever the parts say."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "checklist": "Checklist",
        "research": "Company research",
        "stories": "Stories",
        "questions": "Questions to ask",
        "pitch": "Pitch",
        "facts": "Facts of the day",
    }
)
"""The parts by their keys, in the order of showing; each has its weight in the settings."""

TARGETS: Mapping[str, str] = MappingProxyType(
    {**{key: key for key in LABELS if key != "facts"}, "facts": "brief"}
)
"""Where to go to work on a part."""

_REASONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to do next: `points` are what it adds to the percent at least, when it is done in full.

    `part` is the key of its part and `target` where to go. `item` is the id of the checklist item to tick
    for it, `command` one to paste; both may be empty.
    """

    text: str
    minutes: int
    points: float
    part: str
    target: str
    item: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessPart:
    """One part: its share from 0 to 1, and how many of the 100 points it is worth here.

    `found` tells the share in words and numbers that name nothing of the user's; `missing` what is left in
    words, empty when nothing is; `step` the one that raises it most per minute.
    """

    key: str
    label: str
    weight: float
    share: float
    found: str
    target: str
    missing: str = ""
    step: Step | None = None

    @property
    def lost(self) -> float:
        """How many points are still to be had here."""
        return self.weight * (1 - self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How ready one is for an interview, 0 to 100, and why.

    `parts` are those that this interview needs; `missing` the three steps that raise the percent most per
    minute, best first. `is_complete` is the note's own word: then it is 100 and nothing is missing.
    """

    percent: int
    parts: tuple[ReadinessPart, ...]
    missing: tuple[Step, ...] = ()
    is_complete: bool = False

    @property
    def summary(self) -> str:
        """The percent and what keeps it down most: `62 %: 13 of 21 ticked; no research note yet`."""
        if self.is_complete:
            return f"{self.percent} %: {SAID_SO}"
        open_parts = sorted((each for each in self.parts if each.share < 1), key=lambda each: -each.lost)
        reasons = "; ".join(each.found for each in open_parts[:_REASONS])
        return f"{self.percent} %: {reasons}" if reasons else f"{self.percent} %"

    def without_words(self) -> "Readiness":
        """Keep the numbers for a page for strangers; steps name stories, companies and people."""
        parts = tuple(replace(each, missing="", step=None) for each in self.parts)
        return replace(self, parts=parts, missing=())
