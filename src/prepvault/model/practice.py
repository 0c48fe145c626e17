"""Practice: cards to recall from memory, what was recalled when, and what comes next."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

KINDS: tuple[str, ...] = ("asked", "story", "question", "person", "fact", "ask", "pitch")
"""What a card drills, the most valuable kind first: an own failed question, a story, a likely question …"""


class Grade(IntEnum):
    """How a recall went; the numbers are those of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillCard:
    """One thing to recall: `prompt` is shown first, `answer` lines after the attempt.

    `id` is stable while its note is; `weight` is how much the interview asks for it; `seconds` how long an
    answer may take; `probes` are what a listener would ask next.
    """

    id: str
    kind: str
    prompt: str
    answer: tuple[str, ...]
    weight: int = 1
    seconds: int = 90
    probes: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """One attempt; `at` is aware UTC, `seconds` how long it took, `scores` the five of the rubric or none."""

    card: str
    interview: str
    at: datetime
    grade: Grade
    seconds: int = 0
    scores: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """Where a card stands: when it is due next, and how likely it is recalled at the interview's start.

    `due` is None for a card never tried, and once nothing more is planned before the interview; `recall` is
    0 to 1. `level` is the step of the ladder, `greens` how often it went well.
    """

    card: DrillCard
    due: datetime | None = None
    recall: float = 0.0
    reviews: int = 0
    greens: int = 0
    level: int = 0
    is_new: bool = True

    @property
    def seconds(self) -> int:
        """How long to speak on this step of the ladder: a story grows from 30 to 180 seconds."""
        return LADDER[min(self.level, len(LADDER) - 1)] if self.card.kind == "story" else self.card.seconds


LADDER: tuple[int, ...] = (30, 60, 90, 180)
"""Seconds for retelling a story, step by step; three attempts that went well lead one step up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePlan:
    """The session at a moment: `queue` is what to do now within the minutes, most useful first.

    `weakest` are the five least sure at the interview; `next_due` is when practice goes on.
    """

    now: datetime
    interview_id: str = ""
    starts: datetime | None = None
    minutes: int = 25
    queue: tuple[CardState, ...] = ()
    waiting: int = 0
    total: int = 0
    weakest: tuple[CardState, ...] = ()
    next_due: datetime | None = None
