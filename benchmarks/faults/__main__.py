"""The command line: `python -m benchmarks.faults [PART...]` plays the parts and writes one table."""

import argparse
import gc
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from dataclasses import replace
from pathlib import Path

from benchmarks.faults.calls import named_folder, sweep_errors, sweep_kills
from benchmarks.faults.looking import COLUMNS, Tally
from benchmarks.faults.naive import rename_without_a_look, truncate_and_write
from benchmarks.faults.races import sweep_pairs, sweep_races
from benchmarks.faults.rooms import PAGE, sweep_rooms
from benchmarks.faults.stage import ACTS, BY_NAME, Act, Stage, new_folder
from benchmarks.faults.vanish import sweep_saves, sweep_vanishing
from prepvault.__main__ import main as program

Part = Callable[[argparse.Namespace, Path], Generator[Tally, None, None]]


def _over_acts(sweep: Callable[..., Iterator[Tally]]) -> Part:
    def play(wish: argparse.Namespace, folder: Path) -> Generator[Tally, None, None]:
        for act in wish.command or ACTS:
            with closing(Stage(act, named_folder(folder, act.name))) as stage:
                yield from sweep(stage, stride=wish.stride, offset=wish.seed % wish.stride, every=wish.every)

    return play


def _rooms(wish: argparse.Namespace, folder: Path) -> Generator[Tally, None, None]:
    try:
        yield from sweep_rooms(folder, tuple(wish.command or ()), step=PAGE * wish.stride)
    except OSError as error:
        print(f"left out: nothing can be mounted here: {error}", file=sys.stderr)


def _races(wish: argparse.Namespace, folder: Path) -> Generator[Tally, None, None]:
    yield from sweep_races(folder, saves=wish.saves, seed=wish.seed)


def _pairs(wish: argparse.Namespace, folder: Path) -> Generator[Tally, None, None]:
    yield from sweep_pairs(folder, edits=wish.edits)


def _vanishing(wish: argparse.Namespace, folder: Path) -> Generator[Tally, None, None]:
    yield from sweep_vanishing(folder, tuple(wish.command or ()), stride=wish.stride, offset=wish.seed)


def _saves(wish: argparse.Namespace, folder: Path) -> Generator[Tally, None, None]:
    yield from sweep_saves(folder, stride=wish.stride, offset=wish.seed)


def _naive(wish: argparse.Namespace, folder: Path) -> Generator[Tally, None, None]:
    """Faults that must be found: one naive program tears notes, the other loses saves."""
    for entry in (truncate_and_write, rename_without_a_look):
        stage = Stage(BY_NAME["status"], named_folder(folder, entry.__name__), entry=entry)
        for tally in sweep_kills(stage):
            yield replace(tally, name=f"naive {entry.__name__}"[:24])
        own = named_folder(folder, f"{entry.__name__} saves")
        yield from sweep_saves(own, stride=1, offset=0, entry=entry)


PARTS: dict[str, Part] = {
    "kill": _over_acts(sweep_kills),
    "error": _over_acts(sweep_errors),
    "room": _rooms,
    "race": _races,
    "pair": _pairs,
    "vanish": _vanishing,
    "save": _saves,
    "naive": _naive,
}
_AFTER = (("notes", "acme", "a line"), ("undo",))
PROOF = "naive"
"""The part in which faults must be found; the others must have none."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Play what was asked for; 1 where a fault was found."""
    wish = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    folder = new_folder()
    tallies: list[Tally] = []
    try:
        warm_up(folder, wish.command or ACTS)
        for name in wish.parts or [part for part in PARTS if part != PROOF]:
            with closing(PARTS[name](wish, named_folder(folder, name))) as part:
                for tally in part:
                    tallies.append(tally)
                    print(_line(tally), flush=True)
                    for fault in tally.faults[: wish.show]:
                        print(f"  {fault}", file=sys.stderr, flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    total = Tally("all")
    for tally in tallies:
        total.counts.update(tally.counts)
    print(_line(total))
    return int(any(tally.faults for tally in tallies))


def warm_up(folder: Path, acts: Sequence[Act]) -> None:
    """Play every act in this process once, so that forks find everything loaded."""
    print(_heading(), flush=True)
    channels = sorted({name for act in acts for name in act.channels})
    stage = Stage(Act("warm", (), channels=channels), folder / "warm")
    before = dict(os.environ)
    os.environ.update(stage.environment)
    try:
        with (
            open(os.devnull, "w", encoding="utf-8") as nowhere,
            redirect_stdout(nowhere),
            redirect_stderr(nowhere),
        ):
            for act in acts:
                for words in (*act.before, act.words, *_AFTER):
                    with suppress(SystemExit):
                        program(stage.words(words))
    finally:
        stage.close()
        os.environ.clear()
        os.environ.update(before)
    gc.freeze()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--command", action="append", type=_act, metavar="NAME", help=", ".join(BY_NAME))
    parser.add_argument("--seed", type=int, default=0, help="where to begin, and whose dice")
    parser.add_argument("--stride", type=int, default=1, help="only every so manieth point")
    parser.add_argument("--saves", type=int, default=3000, help="by the racing editor, in each style")
    parser.add_argument("--edits", type=int, default=200, help="by each of two PrepVaults at once")
    parser.add_argument("--every", action="store_true", help="before calls that only read, too")
    parser.add_argument("--show", type=int, default=5, help="how many faults of a row to tell")
    return parser


def _act(name: str) -> Act:
    if name not in BY_NAME:
        raise argparse.ArgumentTypeError(f"no command `{name}`")
    return BY_NAME[name]


def _heading() -> str:
    return f"{'fault':24}" + "".join(f"{name:>12}" for name in COLUMNS)


def _line(tally: Tally) -> str:
    counts = "".join(f"{tally.counts[name]:>12}" for name in COLUMNS)
    return f"{tally.name:24}{counts}  {tally.note}".rstrip()


if __name__ == "__main__":
    began = time.monotonic()
    code = main()
    print(f"took {time.monotonic() - began:.0f} s", file=sys.stderr)
    raise SystemExit(code)
