"""Run whole programs and say what they took, as the system counts it; several in turn, round by round."""

import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TIMEOUT = 900.0


@dataclass(frozen=True)
class Usage:
    """What one run took: seconds by the clock and of the processor, MiB at the peak; `said` is its stdout."""

    wall: float
    cpu: float
    peak: float
    said: str = ""


@dataclass(frozen=True)
class Contender:
    """A program to run; `before` is called ahead of every run and is not counted."""

    name: str
    argv: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    before: Callable[[], object] = lambda: None


class FailedError(Exception):
    """A contender ended with an error."""


def run_once(contender: Contender) -> Usage:
    """Run a contender to its end.

    The processor time is its own and that of all it started. The peak is that of its largest process; the
    system counts ours into it until the program is loaded, so this one stays small.
    """
    contender.before()
    began = time.perf_counter()
    with subprocess.Popen(
        contender.argv,
        cwd=contender.folder,
        env={**os.environ, **contender.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as child:
        alarm = threading.Timer(TIMEOUT, os.killpg, (child.pid, signal.SIGKILL))
        alarm.start()
        try:
            said = child.stdout.read() if child.stdout else b""
            _, status, used = os.wait4(child.pid, 0)
            wall = time.perf_counter() - began
        finally:
            alarm.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
    text = said.decode("utf-8", "replace")
    if child.returncode != 0:
        raise FailedError(f"{contender.name} ended with {child.returncode}: {text[-800:]}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit, text)


def run_in_turn(contenders: Sequence[Contender], rounds: int) -> dict[str, Usage]:
    """Run all of them round by round, so that a busy minute meets them alike; the medians, by name.

    One that fails is left out, with a word about it; the first is what all is about, so its failure ends all.
    """
    seen: dict[str, list[Usage]] = {each.name: [] for each in contenders}
    for _ in range(rounds):
        for each in contenders:
            if each.name in seen:
                try:
                    seen[each.name].append(run_once(each))
                except (FailedError, OSError) as error:
                    if each is contenders[0]:
                        raise
                    print(f"left out: {error}", file=sys.stderr)
                    del seen[each.name]
    return {name: median(usages) for name, usages in seen.items()}


def median(usages: Sequence[Usage]) -> Usage:
    """The median of each figure by itself; what was said, by the run of middling processor time."""
    wall, cpu, peak = (
        statistics.median(getattr(each, name) for each in usages) for name in ("wall", "cpu", "peak")
    )
    middle = sorted(usages, key=lambda each: each.cpu)[len(usages) // 2]
    return Usage(wall, cpu, peak, middle.said)
