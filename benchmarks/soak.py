"""A simulated day beside the daemon: real editors, many saves, and a count of what got lost or went round.

`make soak` runs it. The same `--seed` makes the same edits; when each lands is up to the machine.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from prepvault.jobs.build import build
from prepvault.jobs.context import open_context
from prepvault.outside.output import MANIFEST, read_manifest
from prepvault.parse.sections import find_sections
from prepvault.parse.splice import without_sections
from tests.editors import WRITERS, by_sed, run
from tests.watch_daemon import Daemon

QUIET = 1
HISTORY = (b"DTSTAMP:", b"LAST-MODIFIED:", b"SEQUENCE:")
ROLES = ("Engineer", "Data Engineer", "Product Manager", "Designer", "Engineering Manager")
NOTE = """---
id: int_firm{number}_1
company: Firm {number}
role: Engineer
interview_type: technical
scheduled_at: 2099-02-{day:02}T14:00:00
timezone: UTC
status: scheduled
created_at: 2026-02-01T09:00:00Z
---
Line 0.
"""


@dataclass
class Day:
    """What was done and what came of it; `own` is each note's text as its author left it."""

    root: Path
    state: Path
    chance: random.Random
    own: dict[Path, bytes] = field(default_factory=dict)
    edits: Counter[str] = field(default_factory=Counter)
    since: Counter[str] = field(default_factory=Counter)
    writers: Counter[str] = field(default_factory=Counter)
    losses: list[str] = field(default_factory=list)
    loops: list[str] = field(default_factory=list)
    restarts: int = 0
    rounds: int = 0
    coached: int = 0

    def make(self, notes: int) -> None:
        """Write a vault with so many interviews, in a git repository."""
        (self.root / "Interviews").mkdir(parents=True)
        (self.root / "prepvault.toml").write_text('[vault]\ntimezone = "UTC"\n', encoding="utf-8")
        (self.root / ".gitignore").write_text("site/\n", encoding="utf-8")
        for number in range(notes):
            path = self.root / "Interviews" / f"firm{number}.md"
            path.write_text(NOTE.format(number=number, day=number % 28 + 1), encoding="utf-8")
            self.own[path] = own_text(path, path.read_bytes())
        self.git("init", "-q")
        self.git("add", ".")
        self.git("commit", "-qm", "morning")

    def git(self, *words: str) -> None:
        """Run git as somebody."""
        who = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.com")
        run("git", *who, "-C", str(self.root), *words)

    def start(self) -> Daemon:
        """Start a daemon that rests for a second only."""
        daemon = Daemon(self.root, self.state, settings={"watch_quiet_seconds": str(QUIET)})
        daemon.wait_for("built", seconds=120)
        self.since = Counter(self.edits)
        return daemon

    def close(self, daemon: Daemon) -> None:
        """Count what a daemon told: a change of a note that nobody made is one round too many."""
        self.rounds += len(daemon.of("built"))
        self.coached += sum(len(event["written"]) for event in daemon.of("coached"))
        self.losses += [f"failed: {event['message']}" for event in daemon.of("failed")]
        self.losses += [f"said: {line.strip()}" for line in daemon.errors]
        built = [event["changed"] for event in daemon.of("built") if event["cause"] == "changes"]
        wrote = [event["written"] for event in daemon.of("coached")]
        for what, paths, more in (("rounds", built, 0), ("writes of coaching", wrote, 1)):
            for path, count in Counter(path for each in paths for path in each).items():
                edits = self.edits[path] - self.since[path]
                if count > edits + more:
                    self.loops.append(f"{path}: {count} {what} after {edits} edits")

    def edit(self, number: int) -> None:
        """Change a line or the role of one note by one of the editors; look first that nothing is lost."""
        path = self.chance.choice(list(self.own))
        self.check(path)
        write = self.chance.choice(WRITERS)
        if write is by_sed:  # it edits what is there, and only the last line of what it is given counts
            text = self.changed(path.read_text(encoding="utf-8"), number, by_role=False)
            run("sed", "-i", f"s/^Line .*/Line {number}./", str(path))
        else:
            text = self.changed(path.read_text(encoding="utf-8"), number, by_role=self.chance.random() < 0.4)
            self.pause(0.15)  # somebody types, and saves over what came meanwhile
            write(path, text)
        self.own[path] = own_text(path, text.encode())
        self.edits[path.relative_to(self.root).as_posix()] += 1
        self.writers[write.__name__] += 1

    def changed(self, text: str, number: int, *, by_role: bool) -> str:
        """Type something."""
        lines = text.split("\n")
        begin = "role: " if by_role else "Line "
        at = next(place for place, line in enumerate(lines) if line.startswith(begin))
        lines[at] = f"role: {self.chance.choice(ROLES)}" if by_role else f"Line {number}."
        return "\n".join(lines)

    def check(self, path: Path) -> None:
        """Look whether a note still has its author's text, whatever we wrote into it since."""
        found = own_text(path, path.read_bytes())
        if found != self.own[path]:
            self.losses.append(f"{path.name}: {self.own[path]!r} became {found!r}")
            self.own[path] = found

    def pause(self, most: float) -> None:
        """Let a moment pass."""
        time.sleep(self.chance.random() * most)

    def storm(self) -> None:
        """Commit, rewrite every note at once, and check the old state out again."""
        self.git("add", ".")
        self.git("commit", "-qm", "noon", "--allow-empty")
        for path in self.own:
            path.write_bytes(path.read_bytes().replace(b"Line ", b"Line  "))
            self.edits[path.relative_to(self.root).as_posix()] += 2
        self.git("checkout", "-q", ".")

    def move_folder(self) -> None:
        """Rename the folder with every note, and rename it back."""
        folder = self.root / "Interviews"
        folder.rename(self.root / "Elsewhere")
        self.pause(0.5)
        (self.root / "Elsewhere").rename(folder)
        for path in self.own:
            self.edits[path.relative_to(self.root).as_posix()] += 2


def stale_files(root: Path, clean: Path) -> list[str]:
    """Files of the dashboard that a build from nothing for the same moment makes otherwise."""
    ours = root / "site"
    told = read_manifest(ours)
    moment = told.moment if told else None
    build(open_context(str(root), now=moment), output=clean, use_cache=False)
    mine, theirs = files_below(ours), files_below(clean)
    return sorted(name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name))


def files_below(folder: Path) -> dict[str, list[bytes]]:
    """Lines of every file of a dashboard; when an event of a calendar changed is known to our run only."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {
        path.relative_to(folder).as_posix(): [
            line for line in path.read_bytes().splitlines() if not line.startswith(HISTORY)
        ]
        for path in files
    }


def own_text(path: Path, data: bytes) -> bytes:
    """What a note holds besides our sections, blank lines at its end aside."""
    sections, _ = find_sections(data, path.name)
    return without_sections(data, sections).rstrip()


def memory_of(process: int) -> float:
    """Resident memory in MiB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def seconds_of(process: int) -> float:
    """Processor time used so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def live(day: Day, edits: int, daemon: Daemon) -> Daemon:
    """Edit all day; now and then a checkout, a folder that moves, a sleep, a kill."""
    for number in range(1, edits + 1):
        day.edit(number)
        day.pause(0.4)
        if number % 10 == 0:
            day.pause(4 * QUIET)  # somebody thinks, and coaching comes
        if number % 100 == 30:
            day.storm()
        if number % 100 == 50:
            day.move_folder()
        if number % 100 == 70:
            daemon.process.send_signal(signal.SIGSTOP)
            day.edit(number)
            daemon.process.send_signal(signal.SIGCONT)
        if number % 100 == 90:
            daemon.end(signal.SIGKILL)
            day.close(daemon)
            day.edit(number)
            daemon, day.restarts = day.start(), day.restarts + 1
        if number % 50 == 0:
            print(f"{number} edits, {len(day.losses)} losses", flush=True)
    return daemon


def rest(day: Day, daemon: Daemon, idle: int) -> tuple[float, int]:
    """Let all come to rest; then measure what part of a processor that takes, count what is done."""
    daemon.wait_for_rest(3 * QUIET + 3)
    for path in day.own:
        day.check(path)
        if not daemon.shows(own_text(path, path.read_bytes()).decode().rpartition("\n")[2]):
            day.losses.append(f"{path.name}: no page shows its last line")
    told, used = len(daemon.events), seconds_of(daemon.process.pid)
    time.sleep(idle)
    return (seconds_of(daemon.process.pid) - used) / idle, len(daemon.events) - told


def main() -> int:
    """Live the day and tell what came of it; 1 when anything was lost or went round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--notes", type=int, default=20)
    parser.add_argument("--idle", type=int, default=70, help="seconds of rest to measure at the end")
    parser.add_argument("--seed", type=int, default=1)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        day = Day(Path(folder) / "day" / "vault", Path(folder) / "state", random.Random(wish.seed))
        day.make(wish.notes)
        daemon = day.start()
        daemon.wait_for_rest(2 * QUIET + 1)
        at_first = memory_of(daemon.process.pid)
        daemon = live(day, wish.edits, daemon)
        share, still = rest(day, daemon, wish.idle)
        at_last = memory_of(daemon.process.pid)
        took = daemon.end()
        day.close(daemon)
        stale = stale_files(day.root, Path(folder) / "clean")
    report = {
        "edits": sum(day.writers.values()),
        "by": ", ".join(f"{name.removeprefix('by_')} {count}" for name, count in day.writers.most_common()),
        "rounds": day.rounds,
        "notes coached": day.coached,
        "killed and started": day.restarts,
        "losses": len(day.losses),
        "loops": len(day.loops) + still,
        "stale files": len(stale),
        "memory, MiB": f"{at_first:.0f} at first, {at_last:.0f} at last",
        "idle": f"{share:.2%} of a processor",
        "ended within": f"{took:.2f} s",
    }
    for name, value in report.items():
        print(f"{name:20}{value}")
    for line in (*day.losses, *day.loops, *(f"{name}: a build from nothing differs" for name in stale)):
        print(line, file=sys.stderr)
    return int(bool(day.losses or day.loops or still or stale))


if __name__ == "__main__":
    raise SystemExit(main())
