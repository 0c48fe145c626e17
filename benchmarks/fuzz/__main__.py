"""`make fuzz` runs every target in turn, each in a process of its own, and writes what came of it.

`python -m benchmarks.fuzz heads busy --minutes 10 --seed 7`. What is broken lies in the folder that is named;
made small with `heads --shrink FILE` it belongs into `tests/data/fuzz/`, where the tests replay it.
"""

import argparse
import importlib.util
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fuzz.shrink import fault_of, shrink
from benchmarks.fuzz.targets import TARGETS

_RUNS = re.compile(r"^stat::number_of_executed_units:\s*(\d+)|^Done (\d+) runs", re.MULTILINE)
_EDGES = re.compile(r"cov: (\d+)")
_BROKEN = re.compile(r"^(\w*Error: .*|.*(?:timeout|out-of-memory|deadly signal).*)$", re.MULTILINE)


@dataclass(frozen=True)
class Outcome:
    """What one target's run came to; `broken` is the first thing that does not hold."""

    target: str
    runs: int
    minutes: float
    edges: int
    broken: str = ""

    @property
    def line(self) -> str:
        """One row of the table."""
        said = self.broken or "holds"
        return f"{self.target:10}  {self.runs:9,} runs  {self.minutes:6.1f} min  {self.edges:5} edges  {said}"


def read_log(target: str, log: str, minutes: float) -> Outcome:
    """Read what libFuzzer told."""
    runs = [int(one or other) for one, other in _RUNS.findall(log)]
    edges = [int(found) for found in _EDGES.findall(log)]
    broken = _BROKEN.search(log)
    return Outcome(
        target, max(runs, default=0), minutes, max(edges, default=0), broken[1][:160] if broken else ""
    )


def fuzz(target: str, folder: Path, *options: str) -> Outcome:
    """Fuzz one target to its bounds, or until something is broken."""
    began = time.monotonic()
    argv = [sys.executable, "-m", "benchmarks.fuzz.child", target, str(folder / target), *options]
    ran = subprocess.run(argv, capture_output=True, check=False)
    log = (ran.stdout + ran.stderr).decode("utf-8", "replace")
    outcome = read_log(target, log, (time.monotonic() - began) / 60)
    if ran.returncode and not outcome.broken:
        last = (log.strip().splitlines() or ["nothing was said"])[-1][:160]
        return Outcome(
            target, outcome.runs, outcome.minutes, outcome.edges, f"ended with {ran.returncode}: {last}"
        )
    return outcome


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz what was asked for and print the table."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; else all")
    parser.add_argument("--minutes", type=float, default=2.0, help="for each target [2]")
    parser.add_argument(
        "--runs", type=int, default=0, help="runs for each target instead, the same every time"
    )
    parser.add_argument("--seed", type=int, default=1, help="of chance [1]")
    parser.add_argument("--folder", type=Path, help="where inputs are kept from run to run, and finds")
    parser.add_argument(
        "--shrink", type=Path, metavar="FILE", help="make this find of the one target smaller"
    )
    asked = parser.parse_args(arguments)
    unknown = sorted(set(asked.targets) - set(TARGETS))
    if asked.shrink and len(asked.targets) != 1:
        parser.error("name the one target that the find belongs to")
    if unknown:
        parser.error(f"there is no target `{unknown[0]}`: {', '.join(TARGETS)}")
    if asked.shrink:
        check = TARGETS[asked.targets[0]].check
        small = shrink(check, asked.shrink.read_bytes())
        asked.shrink.with_suffix(".small").write_bytes(small)
        print(f"{len(small)} bytes: {small!r}: {fault_of(check, small) or 'holds'}")
        return 0
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not here: it has wheels for Linux and macOS, for some versions of Python only")
        return 3
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="prepvault-fuzz-"))
    bounds = [f"-runs={asked.runs}"] if asked.runs else [f"-max_total_time={round(asked.minutes * 60)}"]
    broken = 0
    for target in asked.targets or TARGETS:
        outcome = fuzz(target, folder, f"-seed={asked.seed}", *bounds)
        broken += bool(outcome.broken)
        print(outcome.line, flush=True)
    print(f"inputs and finds are in {folder}")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
