"""The command line: `python -m benchmarks.run [MEASURE...]` writes one table."""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.children import FailedError, run_once
from benchmarks.measures import (
    measure_cold,
    measure_edit,
    measure_noop,
    measure_start,
    measure_status,
    measure_theme,
    measure_unrelated,
)
from benchmarks.peers import find_peers
from benchmarks.table import Row, render_json, render_table
from benchmarks.watching import measure_watch

MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "start": measure_start,
    "cold": measure_cold,
    "noop": measure_noop,
    "edit": measure_edit,
    "status": measure_status,
    "theme": measure_theme,
    "unrelated": measure_unrelated,
    "watch": measure_watch,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what was asked for and print it."""
    asked = _parser().parse_args(arguments)
    unknown = set(asked.measures) - set(MEASURES)
    if unknown:
        sys.exit(f"error: no measure `{sorted(unknown)[0]}`, there are {', '.join(MEASURES)}")
    peers = () if asked.peers is None else tuple(find_peers(asked.peers))
    folder = Path(tempfile.mkdtemp(prefix="prepvault-bench-", dir=_memory()))
    try:
        bench = Bench(folder, tuple(sorted(asked.sizes)), asked.n, peers, asked.others, asked.live)
        run_once(bench.build(bench.vault(5)))  # so that Python has compiled all it needs
        rows: list[Row] = []
        for name in asked.measures or MEASURES:
            print(f"measuring: {name}", file=sys.stderr)
            rows += MEASURES[name](bench)
    except FailedError as error:
        sys.exit(f"error: {error}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(render_json(rows, _about(bench)) if asked.json else render_table(rows))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=f"of {', '.join(MEASURES)}; else all")
    parser.add_argument(
        "--sizes", type=_sizes, default=(100, 1000), help="numbers of interviews, like 100,1000"
    )
    parser.add_argument("-n", type=int, default=3, metavar="ROUNDS", help="how often each program runs (3)")
    parser.add_argument("--others", type=float, default=1.0, help="unrelated notes for each interview (1)")
    parser.add_argument("--live", action="store_true", help="let the clock count instead of a fixed moment")
    parser.add_argument(
        "--peers",
        nargs="?",
        const="",
        metavar="FOLDERS",
        help="other programs too, from these folders and PATH",
    )
    parser.add_argument("--json", action="store_true", help="write JSON instead of the table")
    return parser


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _memory() -> str | None:
    """A disk in memory where there is one: what is measured is the program, not the disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108


def _about(bench: Bench) -> dict[str, object]:
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "rounds": bench.rounds,
        "peers": [peer.name for peer in bench.peers],
    }


if __name__ == "__main__":
    main()
