"""When `watch` may write into notes: only after they have rested, and never twice against somebody's will."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from prepvault.model.note import Note
from prepvault.model.watching import Pace

_LONGEST = 10
"""Times the quiet time, after which notes that rest are written although others are still being edited."""

_AHEAD = timedelta(seconds=5)
"""A note dated further ahead than this comes from another clock, and its date says nothing about rest."""


@dataclass(slots=True)
class Rest:
    """Knows when each note was last touched, and when coaching is due."""

    pace: Pace
    touched: dict[str, float] = field(default_factory=dict)
    since: float | None = None
    last: float = 0.0

    def hear(self, changed: frozenset[str], at: float) -> None:
        """Take changes: coaching is wanted, once all is quiet."""
        self.touched |= dict.fromkeys(changed, at)
        self.last = at
        self.since = at if self.since is None else self.since

    def wish(self, at: float) -> None:
        """Want coaching at this moment."""
        self.since, self.last = at, at - self.pace.quiet

    def due(self) -> float | None:
        """When to write next; None while nothing is wanted."""
        if self.since is None:
            return None
        return min(self.last + self.pace.quiet, self.since + _LONGEST * self.pace.quiet)

    def begin(self, at: float) -> None:
        """Forget the wish; notes that do not rest yet renew it."""
        self.since = None
        self.touched = {path: when for path, when in self.touched.items() if at - when < self.pace.quiet}

    def is_resting(self, note: Note, at: float, now: datetime) -> bool:
        """Tell whether a note has rested; one that has not is waited for."""
        age = now - note.modified
        left = self.pace.quiet - (at - self.touched.get(note.path, at - self.pace.quiet))
        if age > -_AHEAD:
            left = max(left, self.pace.quiet - age.total_seconds())
        if left <= 0:
            return True
        until = at + left - self.pace.quiet
        if self.since is None or until > self.last:
            self.since, self.last = at, until
        return False
