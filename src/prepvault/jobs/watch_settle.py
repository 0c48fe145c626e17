"""From hints to facts: which files really changed, told once their writers have finished."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from prepvault.model.watching import Look, Pace, Stamp

LONGEST = 2.0
"""Seconds after the first hint at which a look is taken although hints keep coming."""

GRACE = 1.0
"""Seconds for which a note may be missing or hollow before that counts: editors do this while they save."""

MANY = 10
"""So many files at once are a checkout or a sync: one round for all of them is worth a little patience."""

MANY_QUIET = 0.3
MANY_LONGEST = 5.0
MOST_HELD = 5.0
"""Seconds after which a round is no longer held back by a file that will not come to rest."""


class Sees(Protocol):
    """What looks at files."""

    def wants(self, path: str) -> bool:
        """Tell whether a change of this file matters."""

    def census(self) -> dict[str, Stamp]:
        """Stamp every file that matters."""

    def look(self, path: str) -> Look:
        """Look at one file."""


@dataclass(slots=True)
class Hope:
    """A file about which there was a hint; `look` is the doubtful state it was last seen in."""

    look: Look | None = None
    since: float = 0.0


@dataclass(slots=True)
class Settling:
    """Knows what every file was like, gathers hints, and says what changed when all is at rest."""

    eyes: Sees
    pace: Pace = field(default_factory=Pace)
    known: dict[str, Look] = field(default_factory=dict)
    hopes: dict[str, Hope] = field(default_factory=dict)
    first: float = 0.0
    last: float = 0.0
    is_looked_at: bool = False

    def learn(self) -> None:
        """Take all files as they are now for known."""
        self.known = {path: Look(stamp) for path, stamp in self.eyes.census().items()}
        self.hopes.clear()

    def take_for_known(self, digests: Mapping[str, str]) -> None:
        """Remember what we read or wrote ourselves: a file that has these very bytes did not change."""
        for path, digest in digests.items():
            seen = self.known.get(path)
            self.known[path] = Look(seen.stamp if seen else None, digest)

    def hear(self, paths: Iterable[str], at: float) -> None:
        """Take hints about files; those that do not matter are dropped."""
        wanted = [path for path in paths if self.eyes.wants(path)]
        if not wanted:
            return
        if not self.hopes:
            self.first = at
        for path in wanted:
            self.hopes.setdefault(path, Hope())
        self.last, self.is_looked_at = at, False

    def scan(self, at: float) -> int:
        """Compare all files with what is known of them and take every difference for a hint."""
        now = self.eyes.census()
        differ = [path for path, stamp in now.items() if self._stamp(path) != stamp]
        differ += [path for path in self.known if path not in now and self._stamp(path)]
        fresh = [path for path in differ if path not in self.hopes]
        self.hear(fresh, at)
        return len(fresh)

    def due(self) -> float | None:
        """When to look next; None while nothing is hoped for."""
        if not self.hopes:
            return None
        if not self.is_looked_at:
            many = len(self.hopes) >= MANY
            quiet = max(self.pace.debounce, MANY_QUIET) if many else self.pace.debounce
            return min(self.last + quiet, self.first + (MANY_LONGEST if many else LONGEST))
        settled = max(hope.since + GRACE for hope in self.hopes.values())
        return min(settled, self.first + MOST_HELD)

    def take(self, at: float) -> frozenset[str]:
        """Look at what was hinted at; return what changed, or nothing while one is still in the making."""
        looks = {path: self.eyes.look(path) for path in self.hopes}
        changed = {path: look for path, look in looks.items() if not self._is_known(path, look)}
        self.hopes = {path: self.hopes[path] for path in changed}
        self.is_looked_at = True
        waits = [path for path, look in changed.items() if not self._is_settled(path, look, at)]
        if waits and at < self.first + MOST_HELD:
            return frozenset()
        self.hopes.clear()
        self._learn(changed)
        return frozenset(changed)

    def _stamp(self, path: str) -> Stamp | None:
        seen = self.known.get(path)
        return seen.stamp if seen else None

    def _is_known(self, path: str, look: Look) -> bool:
        """Tell whether a file is as it was; the same bytes under a new stamp are no change."""
        seen = self.known.get(path, Look())
        is_same = seen.stamp == look.stamp and (not seen.digest or seen.digest == look.digest)
        if not is_same and not (look.digest and seen.digest == look.digest):
            return False
        if look.digest:
            self.known[path] = look
        return True

    def _is_settled(self, path: str, look: Look, at: float) -> bool:
        """Tell whether this is a state to go by: not doubtful, or doubtful for long enough."""
        hope = self.hopes[path]
        if not look.is_doubtful:
            hope.look, hope.since = None, at - GRACE
            return True
        if hope.look != look:
            hope.look, hope.since = look, at
        return at >= hope.since + GRACE

    def _learn(self, looks: Mapping[str, Look]) -> None:
        for path, look in looks.items():
            if look.stamp is None:
                self.known.pop(path, None)
            else:
                self.known[path] = look
