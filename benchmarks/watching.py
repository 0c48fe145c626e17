"""From a note's edit to its page on disk, while a program watches."""

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.children import Contender, run_once
from benchmarks.table import Row

_GLANCE = 0.002
_LONGEST = 120.0
_NOTE = "000007"


def measure_watch(bench: Bench) -> Iterator[Row]:
    """PrepVault's watch, and Hugo's server where it is there; the same edit to the same note."""
    help_text = run_once(Contender("--help", (sys.executable, "-m", "prepvault", "--help"))).said
    if not re.search(r"^ +watch ", help_text, re.MULTILINE):
        yield Row("watch", 0, "this PrepVault has no `watch`: skipped")
        return
    seen = []
    for size in bench.sizes:
        vault = bench.vault(size, name="watched")
        argv = (sys.executable, "-m", "prepvault", "--vault", str(vault), "watch", "--no-coach")
        page = f"int_bench_{_NOTE}.html"
        try:
            took = _latency(argv, bench.environment, vault, vault / "site", page, bench.rounds)
        except TimeoutError as error:
            yield Row("watch: from edit to page", size, str(error))
            return
        seen.append(took)
        yield Row("watch: from edit to page", size, f"{took * 1000:.0f} ms")
        yield from _hugo_row(bench, vault, size, took)
    if len(seen) > 1:
        figure = f"{bench.sizes[-1]} against {bench.sizes[0]} interviews"
        yield Row("  its growth", bench.sizes[-1], figure, "watch/growth", seen[-1] / seen[0], " x")


def _hugo_row(bench: Bench, vault: Path, size: int, ours: float) -> Iterator[Row]:
    peer = bench.peer("hugo")
    if peer:
        made = bench.set_up(peer, vault, lambda: None)
        argv = (made.argv[0], "server", *made.argv[1:], "--port", str(_free_port()), "--renderToMemory=false")
        out = bench.out(vault, "hugo")
        try:
            took = _latency(argv, bench.environment, vault, out, f"*{_NOTE}/index.html", bench.rounds)
        except TimeoutError as error:
            yield Row("  against hugo's server", size, str(error))
            return
        yield Row("  against hugo's server", size, f"{took * 1000:.0f} ms", "watch/hugo", ours / took, " x")


def _latency(
    argv: Sequence[str], environment: Mapping[str, str], vault: Path, out: Path, page: str, rounds: int
) -> float:
    """The median time from a word's arrival in the note to its arrival in the page."""
    note = next(iter((vault / "Interviews").rglob(f"* {_NOTE}.md")))
    with _running(argv, environment, vault.parent):
        _wait(lambda: any(out.rglob(page)), "its first page")
        time.sleep(1.0)
        shown = next(iter(out.rglob(page)))
        took = []
        for number in range(max(rounds, 5)):
            word = f"unheard{number}of{time.monotonic_ns()}"
            with note.open("a", encoding="utf-8") as file:
                file.write(f"\n{word}\n")
            began = time.perf_counter()
            _wait(partial(_holds, shown, word), f"round {number}")
            took.append(time.perf_counter() - began)
            time.sleep(0.7)
    return statistics.median(took)


@contextmanager
def _running(argv: Sequence[str], environment: Mapping[str, str], folder: Path) -> Iterator[None]:
    child = subprocess.Popen(
        argv,
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _wait(is_there: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + _LONGEST
    while not is_there():
        if time.monotonic() > until:
            raise TimeoutError(f"{what} did not come within {_LONGEST:.0f} s")
        time.sleep(_GLANCE)


def _holds(page: Path, word: str) -> bool:
    try:
        return word.encode() in page.read_bytes()
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
