"""Matching: which story answers which competency of an interview."""

from dataclasses import dataclass

from prepvault.model.competency import Demand
from prepvault.model.story import Story


@dataclass(frozen=True, slots=True)
class MatchRow:
    """One competency asked for: the story to tell, how well it fits (0-3), and who stands in.

    `why` gives the reasons that lowered the fit, in words. `is_shared` says that the story is also that of
    a row above: it can be told only once. `nearest` is, for a gap, the story that comes nearest; `advice`
    what to do about the gap, or about the sharing. `is_backup_heard` says that they know the one in reserve.
    """

    demand: Demand
    story: Story | None
    fit: int
    backup: Story | None = None
    backup_fit: int = 0
    why: tuple[str, ...] = ()
    nearest: Story | None = None
    advice: str = ""
    is_shared: bool = False
    is_backup_heard: bool = False

    @property
    def is_gap(self) -> bool:
        """True when no story of the bank answers this competency."""
        return self.story is None


@dataclass(frozen=True, slots=True)
class StoryMatch:
    """The best assignment: one row per competency, most asked first; `least` and `most` stories to bring."""

    rows: tuple[MatchRow, ...] = ()
    least: int = 0
    most: int = 0

    @property
    def gaps(self) -> tuple[MatchRow, ...]:
        """The rows without a story."""
        return tuple(row for row in self.rows if row.is_gap)

    @property
    def stories(self) -> tuple[Story, ...]:
        """The stories to tell, those for what is asked most first, each once."""
        return tuple(row.story for row in self.rows if row.story and not row.is_shared)
