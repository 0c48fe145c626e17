"""What is known about one preparation, and the words in which its parts are measured."""

from collections.abc import Mapping
from dataclasses import dataclass

from prepvault.model.card import Item
from prepvault.model.coaching import Coaching
from prepvault.model.interview import Interview
from prepvault.model.research import ResearchState
from prepvault.model.settings import Settings
from prepvault.model.site import Progress

MUST, OTHER = 2, 1
"""What must be done counts double: items of the checklist, and research that a first pass asks for."""

ITEMS: Mapping[str, tuple[str, ...]] = {
    "research": ("research",),
    "stories": ("stories", "first-stories", "story-gap"),
    "questions": ("questions", "exec-questions", "questions-terms", "one-q-each", "feedback-questions"),
    "pitch": ("pitch",),
}
"""The checklist items that say of a part that it is asked for; the first stands for the part as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What is known about one preparation; `ticks` are the note's, those of items that left the list too.

    `research` has a company without a path where the vault has no note on it. `questions` counts those that
    the user wrote down in the note.
    """

    interview: Interview
    coaching: Coaching
    progress: Progress
    ticks: Mapping[str, str]
    research: ResearchState
    questions: int
    settings: Settings

    def is_ticked(self, *ids: str) -> bool:
        """Tell whether one of these items is ticked."""
        return any(self.ticks.get(each, " ") in "xX" for each in ids)

    def needs(self, key: str) -> bool:
        """Tell whether the checklist leaves a part in: not struck off, not left out for want of time."""
        ids = ITEMS[key]
        if self.ticks.get(ids[0]) == "-":
            return False
        return self.coaching.late is None or any(each.id in ids for each in self.coaching.items)

    def item(self, name: str) -> Item | None:
        """A checklist item that is still open."""
        open_items = (each.item for each in self.progress.items if not each.is_done and not each.is_dropped)
        return next((each for each in open_items if each.id == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Something to do: it raises its part's share by `gain`.

    `ticks` is the item to tick for it, `serves` are items that are no longer asked for afterwards. What can
    be done only on the day is `is_late`.
    """

    text: str
    minutes: int
    gain: float
    ticks: str = ""
    serves: tuple[str, ...] = ()
    command: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How far a part is: its share from 0 to 1, found and missing in words, and what would raise it."""

    share: float
    found: str
    missing: str = ""
    moves: tuple[Move, ...] = ()
