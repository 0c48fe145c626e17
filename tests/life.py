"""A vault whose life is told by rules: what people do to its notes, what is theirs, and who is told what.

Nothing here asks PrepVault's own readers what belongs to whom: lines of people carry a mark of their own.
"""

import os
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from prepvault.jobs.context import Context, open_root
from prepvault.jobs.load import load
from prepvault.jobs.undo import list_writes
from prepvault.model.mail import Handover, Posted
from prepvault.model.note import digest_of
from prepvault.model.vault import Vault
from prepvault.outside.journal import Journal
from prepvault.outside.state import state_folder
from prepvault.outside.writing import Probe
from tests.writing_bench import Killed, Steps, strays

OURS = {
    *("id", "status", "created_at", "revision", "reminders_sent", "rescheduled_from", "scheduled_at"),
    *("timezone", "outcome", "feedback", "preparation_complete"),
}
"""Properties that commands write; a person's words behind them stay all the same."""

MARK = re.compile(rb"u\d+u")
BLOCK = re.compile(rb"<!-- prepvault:begin id=(\w+)[^\n]*\n(.*?)<!-- prepvault:end id=\1 -->", re.DOTALL)
BOX = re.compile(rb"\[([xX])\][^\n]*(\^pv-[\w-]+)")
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")


def theirs(data: bytes) -> list[bytes]:
    """What in a note's bytes is a person's: lines outside sections and outside our properties, none blank."""
    lines = BLOCK.sub(b"", data).split(b"\n")
    ends = [at for at, line in enumerate(lines) if line.rstrip(b"\r") == b"---"]
    has_head = len(ends) > 1 and lines[0].removeprefix(b"\xef\xbb\xbf").rstrip(b"\r") == b"---"
    head, body = (lines[: ends[1]], lines[ends[1] :]) if has_head else ([], lines)
    kept, is_ours = [], False
    for line in head:
        key = line.partition(b":")[0].decode("utf-8", "replace")
        if not line.startswith((b" ", b"-")) or line.rstrip(b"\r") == b"---":
            is_ours = key in OURS
        if not is_ours:
            kept.append(line)
    return [line.strip() for line in (*kept, *body) if line.strip()]


def edited_blocks(data: bytes) -> Counter[bytes]:
    """Sections that a person wrote in, whole."""
    return Counter(each[0] for each in BLOCK.finditer(data) if MARK.search(each[2]))


def ticked(data: bytes) -> set[bytes]:
    """The boxes that a person ticked in sections."""
    return {box[2] for each in BLOCK.finditer(data) for box in BOX.finditer(each[2])}


class FakePost:
    """A mail server in memory that may be told to fail."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.mood = "good"

    def __call__(self, server: object, password: str, *, sender: str, to: str, letter: bytes) -> Handover:
        """Take a letter, or not, and say so, or not."""
        if self.mood != "refuses":
            self.letters += re.findall(rb"(?mi)^message-id:\s*(\S+)", letter)
        if self.mood == "dies":
            raise Killed
        states = {"good": Posted.ACCEPTED, "refuses": Posted.REFUSED, "silent": Posted.UNCERTAIN}
        return Handover(states[self.mood], "as it was told")


@dataclass
class World:
    """One vault, its clock, what people have written, and what meets the steps of a write."""

    root: Path
    now: datetime
    zone: str = ZONES[0]
    post: FakePost = field(default_factory=FakePost)
    shown: list[str] = field(default_factory=list)
    crashed: int = 0
    seen: dict[str, list[bytes]] = field(default_factory=dict)
    probe: Probe = field(default_factory=Steps)
    planned: dict[str, datetime] = field(default_factory=dict)
    _marks: int = 0
    _saved: int = 1_600_000_000

    def begin(self, mode: str) -> None:
        """Make the vault with its settings."""
        self.root.mkdir(parents=True)
        self.mode = mode
        self.set_zone(self.zone)

    def set_zone(self, zone: str) -> None:
        """Write the settings as a person would."""
        self.zone = zone
        (self.root / "prepvault.toml").write_text(
            f'[vault]\ntimezone = "{zone}"\nid = "life"\n[writing]\nmode = "{self.mode}"\n'
            '[reminders]\nchannels = ["terminal", "email"]\nquiet_hours = "23:00-06:00"\n',
            encoding="utf-8",
        )
        self.settle(self.root / "prepvault.toml")

    def mark(self) -> bytes:
        """A mark that no other line has."""
        self._marks += 1
        return b"u%du" % self._marks

    def context(self) -> Context:
        """The vault as a command opens it at this moment."""
        return open_root(self.root, now=self.now.isoformat())

    def load(self) -> tuple[Context, Vault]:
        """Read it."""
        context = self.context()
        return context, load(context)

    def paths(self) -> list[str]:
        """Every note."""
        found = (each.relative_to(self.root).as_posix() for each in self.root.rglob("*.md"))
        return sorted(each for each in found if not each.startswith("site/"))

    def read(self, path: str) -> bytes:
        """One note's bytes."""
        return (self.root / path).read_bytes()

    def notes(self) -> dict[str, bytes]:
        """All notes' bytes."""
        return {path: self.read(path) for path in self.paths()}

    def save(self, path: str, data: bytes, *, fresh: bool = False) -> None:
        """Save as a person, some time ago or this very moment."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.seen.setdefault(path, []).append(data)
        if not fresh:
            self.settle(target)

    def settle(self, target: Path) -> None:
        """Let a file have been saved long ago, at a moment of its own."""
        self._saved += 60
        os.utime(target, (self._saved, self._saved))

    def journal(self) -> Journal:
        """The journal of this vault."""
        return Journal(state_folder(self.root, "life"))

    def check_blow(self, before: dict[str, bytes]) -> None:
        """After a crash each note is what it was, or what was meant, which is in the journal."""
        meant = {(each.path, each.after) for each in list_writes(self.context())}
        for path, data in self.notes().items():
            assert data == before.get(path) or (path, digest_of(data)) in meant, f"{path} is torn"

    def check_theirs(self, before: dict[str, bytes]) -> None:
        """After a command everything of a person is where it was."""
        after = self.notes()
        for path, data in before.items():
            assert path in after, f"{path} is gone"
            assert MARK.findall(after[path]) == MARK.findall(data), f"words are gone from {path}"
            assert theirs(after[path]) == theirs(data), f"{path} changed outside"
            assert edited_blocks(after[path]) == edited_blocks(data), f"an edited section changed in {path}"
            assert ticked(after[path]) >= ticked(data), f"a tick is gone in {path}"

    def check_tidy(self) -> None:
        """Nothing is left half done or lying about."""
        assert strays(self.root) == []
        assert self.journal().unfinished(self.root) == ()
        assert self.journal().read().damaged == 0

    def later(self, step: timedelta) -> None:
        """Turn the clock."""
        self.now += step
