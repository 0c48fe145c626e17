"""Run the program over what was made to hurt: each run a process with little memory and little stack.

`make hostile` writes the table; `tests/test_hostile_files.py` holds a short form of it.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.hostile.files import CALENDARS, IMPORTS, SETTINGS
from benchmarks.hostile.notes import BYTES, HEADS, MARKDOWN

MEMORY = 500 * 1024 * 1024
STACK = 512 * 1024
SECONDS = 5
MOMENT = "2026-02-09T09:00:00+00:00"
GOOD = """---
id: int_good_1
company: Good
role: Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
status: scheduled
---
The word marmalade.
"""
ENDED_WELL = frozenset({0, 1, 2, 3})
"""Exit codes of a program that knew what it met: done, findings, refused, the outside."""


Wanted = Callable[[str], bool]
_Made = TypeVar("_Made")
_ON_ALL = (("list",), ("check",), ("build", "--quiet"))
"""What is asked of settings, too; those that cannot be read stop what needs them, so no note is seen then."""


def _chosen(shapes: dict[str, _Made], wanted: Wanted) -> list[tuple[str, _Made]]:
    return [(name, made) for name, made in shapes.items() if wanted(name)]


@dataclass(frozen=True)
class Run:
    """What one run took, and how it ended; `seconds` are the processor's."""

    shape: str
    command: str
    code: int
    seconds: float
    peak: float
    said: str = ""

    @property
    def fault(self) -> str:
        """What is wrong with it, empty where it kept all bounds."""
        if self.code not in ENDED_WELL:
            return f"ended with {self.code}"
        return f"took {self.seconds:.1f} s" if self.seconds > SECONDS else ""

    @property
    def line(self) -> str:
        """One row of the table."""
        told = f"{self.shape:40}  {self.command:7}  {self.seconds:5.1f} s  {self.peak:4.0f} MiB"
        return f"{told}  {self.fault}"


_MEASURED = """
import os, re, resource, runpy, sys
mouth = int(sys.argv.pop(1))
try:
    runpy.run_module("prepvault", run_name="__main__", alter_sys=True)
finally:
    if sys.platform == "linux":
        peak = int(re.search(r"VmHWM:\\s*(\\d+) kB", open("/proc/self/status").read())[1]) << 10
    else:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    os.write(mouth, str(peak).encode())
"""
"""The program, telling at its end how much memory it took: what the system tells of a child on Linux begins
with the memory of the process that made it.
"""


def _bounds(seconds: int) -> Callable[[], None]:
    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_STACK, (STACK, STACK))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    return bound


def run_bounded(shape: str, root: Path, *arguments: str, seconds: int = 4 * SECONDS) -> Run:
    """Run the program in a vault within the bounds; it is killed at so many seconds of the processor."""
    own = {
        name: str(root.parent / name.lower())
        for name in ("HOME", "PREPVAULT_STATE_DIR", "PREPVAULT_CACHE_DIR")
    }
    ear, mouth = os.pipe()
    program = [sys.executable, "-c", _MEASURED, str(mouth)]
    with subprocess.Popen(
        [*program, "--vault", str(root), "--now", MOMENT, *arguments],
        env={**os.environ, **own, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=_bounds(seconds),
        pass_fds=(mouth,),
    ) as child:
        os.close(mouth)
        said = child.stdout.read() if child.stdout else b""
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    with os.fdopen(ear) as told:
        peak = int(told.read() or 0) / (1 << 20)
    took = used.ru_utime + used.ru_stime
    return Run(shape, arguments[0], child.returncode, took, peak, said.decode("utf-8", "replace"))


def make_vault(root: Path, notes: dict[str, bytes], settings: bytes = b"") -> Path:
    """Make a vault with one good interview and these notes, by their paths."""
    files = {
        "prepvault.toml": settings or b'[vault]\ntimezone = "UTC"\n',
        "Interviews/good.md": GOOD.encode(),
        **notes,
    }
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def commands(root: Path) -> Iterator[tuple[str, ...]]:
    """Everything that reads notes."""
    yield ("list",)
    yield ("check",)
    yield ("coach",)
    yield "build", "--quiet"
    yield ("slots",)
    yield "import", str(root / "Interviews")


def hides_the_good(run: Run, root: Path) -> bool:
    """Tell whether the good note is missing where it should be seen."""
    if run.command == "list":
        return "Good" not in run.said
    if run.command == "build":
        page = root / "site" / "interviews" / "int_good_1.html"
        return not page.is_file() or b"marmalade" not in page.read_bytes()
    return False


def over_notes(folder: Path, wanted: Wanted) -> Iterator[Run]:
    """Each note alone beside a good one, through every command."""
    for name, shape in _chosen({**HEADS, **BYTES, **MARKDOWN}, wanted):
        root = make_vault(folder / "vault", {"Interviews/hurt.md": shape()})
        yield from _told(name, root, commands(root))
        shutil.rmtree(folder)
    for name, (make, asked) in _chosen(_VAULTS, wanted):
        yield from _told(name, make(folder / "vault"), asked)
        shutil.rmtree(folder)


def _told(
    name: str, root: Path, asked: Iterator[tuple[str, ...]] | Sequence[tuple[str, ...]]
) -> Iterator[Run]:
    for arguments in asked:
        run = run_bounded(name, root, *arguments)
        hidden = hides_the_good(run, root)
        yield (
            Run(f"{name}: hides the good note", run.command, 99, run.seconds, run.peak, run.said)
            if hidden
            else run
        )


def _alike(root: Path, count: int = 5_000) -> Path:
    """So many tiny notes of one name and title, each linking to that name."""
    notes = {f"Notes/{at % 100}/{at}/note.md": b"# Note\n\n[[note]] [[Note]]\n" for at in range(count)}
    return make_vault(
        root, {**notes, "Interviews/links.md": GOOD.replace("good", "links").encode() + b"[[note]]\n" * 500}
    )


def _in_a_ring(root: Path, count: int = 40) -> Path:
    texts = {
        f"Interviews/ring-{at}.md": GOOD.replace("good", f"ring{at}").replace("Good", "Ring")
        + "".join(f"![[ring-{(at + step) % count}]]\n" for step in range(count))
        for at in range(count)
    }
    return make_vault(root, {name: text.encode() for name, text in texts.items()})


_VAULTS: dict[str, tuple[Callable[[Path], Path], Sequence[tuple[str, ...]]]] = {
    "5,000 notes of one title": (_alike, _ON_ALL),
    "40 notes that embed each other": (_in_a_ring, (("build", "--quiet"),)),
}


def over_files(folder: Path, wanted: Wanted) -> Iterator[Run]:
    """Each calendar as what is busy and as an invite, each other file as an import, each settings file."""
    root = make_vault(folder / "vault", {})
    for name, shape in _chosen(CALENDARS, wanted):
        path = folder / "x.ics"
        path.write_bytes(shape())
        yield run_bounded(name, root, "slots", "--busy", str(path))
        yield run_bounded(name, root, "import", str(path), "--type", "technical")
    for name, (file, shape) in _chosen(IMPORTS, wanted):
        path = folder / file
        path.write_bytes(shape())
        yield run_bounded(name, root, "import", str(path))
        path.unlink()
    for name, shape in _chosen(SETTINGS, wanted):
        make_vault(root, {}, shape())
        yield from (run_bounded(f"settings: {name}", root, *each) for each in _ON_ALL)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run everything, or what names the words that are given, and write the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.hostile", description=__doc__)
    parser.add_argument("words", nargs="*", help="only shapes whose name holds one of these")
    parser.add_argument("--all", action="store_true", help="show runs that kept all bounds, too")
    asked = parser.parse_args(arguments)
    began, faults, count = time.monotonic(), 0, 0

    def wanted(name: str) -> bool:
        return not asked.words or any(word in name for word in asked.words)

    with tempfile.TemporaryDirectory(prefix="prepvault-hostile-") as folder:
        for runs in (over_notes(Path(folder) / "notes", wanted), over_files(Path(folder) / "files", wanted)):
            for run in runs:
                count += 1
                faults += bool(run.fault)
                if run.fault or asked.all:
                    print(run.line, flush=True)
    print(f"{count} runs, {faults} out of bounds, in {time.monotonic() - began:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
