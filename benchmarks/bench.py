"""The workshop of a run: a folder in memory, vaults in it, and how PrepVault and the floors are started."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from benchmarks.children import Contender
from benchmarks.peers import Peer
from benchmarks.vaults import write_vault

REPOSITORY = Path(__file__).parents[1]
MOMENT = datetime(2026, 3, 2, 9, tzinfo=UTC)
_FLOORS = str(Path(__file__).parent / "floors.py")
_OWN_FOLDERS = ("PREPVAULT_STATE_DIR", "PREPVAULT_CACHE_DIR", "XDG_CONFIG_HOME", "HOME", "HUGO_CACHEDIR")


@dataclass(frozen=True)
class Bench:
    """Where and how a run measures: `rounds` per figure, `others` unrelated notes beside each interview.

    With `is_live` the clock counts and no fixed moment, as when a person builds.
    """

    folder: Path
    sizes: tuple[int, ...]
    rounds: int
    peers: tuple[Peer, ...] = ()
    others: float = 1.0
    is_live: bool = False

    @cached_property
    def environment(self) -> Mapping[str, str]:
        """Folders of its own for everything that a program may keep."""
        own = {name: str(self.folder / name.lower()) for name in _OWN_FOLDERS}
        return {**own, "TZ": "UTC", "NO_COLOR": "1", "CI": ""}

    @cached_property
    def moment(self) -> datetime:
        """The moment around which the interviews of a vault lie."""
        return datetime.now(UTC).replace(microsecond=0) if self.is_live else MOMENT

    def vault(self, interviews: int, others: int | None = None, *, name: str = "vault") -> Path:
        """Write a vault, or return the one that was written under this name."""
        count = int(interviews * self.others) if others is None else others
        root = self.folder / f"{name}-{interviews}-{count}"
        if not root.exists():
            write_vault(root, interviews=interviews, others=count, now=self.moment)
        return root

    def out(self, vault: Path, name: str = "prepvault") -> Path:
        """Where a program's pages of a vault go."""
        return self.folder / "out" / vault.name / name

    def prepvault(self, vault: Path, *words: str, before: Callable[[], object] = lambda: None) -> Contender:
        """PrepVault with this command line."""
        clock = () if self.is_live else ("--now", self.moment.isoformat())
        argv = (sys.executable, "-m", "prepvault", "--vault", str(vault), *clock, *words)
        return Contender("prepvault", argv, self.environment, self.folder, before)

    def build(self, vault: Path, *, before: Callable[[], object] = lambda: None) -> Contender:
        """PrepVault building this vault."""
        return self.prepvault(vault, "build", "-o", str(self.out(vault)), before=before)

    def floor(self, name: str, *words: str, before: Callable[[], object] = lambda: None) -> Contender:
        """The least that Python does for it."""
        return Contender(name, (sys.executable, _FLOORS, name, *words), {}, self.folder, before)

    def peer(self, name: str) -> Peer | None:
        """Another program, where it was found."""
        return next((each for each in self.peers if each.name == name), None)

    def set_up(self, peer: Peer, vault: Path, before: Callable[[], object]) -> Contender:
        """Another program, ready to make pages of a vault's interviews."""
        place = self.folder / "peers" / vault.name / peer.name
        shutil.rmtree(place, ignore_errors=True)
        made = peer.contender(place, vault / "Interviews", self.out(vault, peer.name), before)
        return replace(made, environment=self.environment)

    def forget(self, vault: Path, name: str) -> None:
        """Remove what a program made of a vault, and what it kept for next time."""
        shutil.rmtree(self.out(vault, name), ignore_errors=True)
        if name == "prepvault":
            for variable in ("PREPVAULT_CACHE_DIR", "PREPVAULT_STATE_DIR"):
                shutil.rmtree(self.environment[variable], ignore_errors=True)


def snapshot(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Note every file's size, time and number, by which a written one is known."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            status = os.stat(f"{place}/{name}")
            found[f"{place}/{name}"] = (status.st_size, status.st_mtime_ns, status.st_ino)
    return found


def written(
    before: Mapping[str, tuple[int, int, int]], after: Mapping[str, tuple[int, int, int]]
) -> tuple[int, int]:
    """Count files that were written between two snapshots, and their bytes."""
    sizes = [status[0] for path, status in after.items() if before.get(path) != status]
    return len(sizes), sum(sizes)
