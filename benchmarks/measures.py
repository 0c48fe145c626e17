"""What is measured: each function runs whole processes and returns rows of the table."""

import math
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

from benchmarks.bench import REPOSITORY, Bench, snapshot, written
from benchmarks.children import Contender, Usage, run_in_turn, run_once
from benchmarks.table import Row

_STARTS = {"--version": "start/version", "--help": "start/help", "list": ""}
_FEW = 20
"""Interviews beside which unrelated notes are counted, so that little else is in the figure."""


def measure_cold(bench: Bench) -> Iterator[Row]:
    """A first build, with nothing kept from before; then its growth and memory from the same runs."""
    seen: dict[int, dict[str, Usage]] = {}
    for size in bench.sizes:
        vault = bench.vault(size)
        copies = bench.folder / "copies"
        contenders = [
            bench.build(vault, before=partial(bench.forget, vault, "prepvault")),
            bench.floor(
                "copy", str(vault), str(copies), before=partial(shutil.rmtree, copies, ignore_errors=True)
            ),
            bench.floor("markdown", str(vault)),
            *(bench.set_up(peer, vault, partial(bench.forget, vault, peer.name)) for peer in bench.peers),
        ]
        seen[size] = run_in_turn(contenders, bench.rounds)
        yield from _cold_rows(size, seen[size])
    yield from _growth(seen)
    yield from _memory(seen)


def _cold_rows(size: int, used: dict[str, Usage]) -> Iterator[Row]:
    ours = used["prepvault"]
    yield Row("cold build", size, _said(ours))
    for name, usage in used.items():
        if name == "markdown":
            bare = float(usage.said)
            share = (ours.cpu - bare) / bare
            figure = f"{1000 * bare / size:.2f} of {1000 * ours.cpu / size:.2f} ms a note"
            yield Row("  all but bare Markdown, against that", size, figure, "cold/markdown", share, " x")
        elif name == "copy":
            yield Row("  against read and write", size, _said(usage), "cold/copy", ours.cpu / usage.cpu, " x")
        elif name != "prepvault":
            yield Row(f"  against {name}", size, _said(usage), f"cold/{name}", ours.cpu / usage.cpu, " x")


def _growth(seen: dict[int, dict[str, Usage]]) -> Iterator[Row]:
    sizes = sorted(seen)
    for less, more in pairwise(sizes):
        ratio = seen[more]["prepvault"].cpu / seen[less]["prepvault"].cpu
        exponent = math.log(ratio) / math.log(more / less)
        yield Row("growth, as an exponent", less, f"{less} to {more} interviews", "growth", exponent)


def _memory(seen: dict[int, dict[str, Usage]]) -> Iterator[Row]:
    for size, used in seen.items():
        peak = used["prepvault"].peak
        yield Row("memory of a cold build", size, "at its peak", "memory/mib", peak, " MiB")
        if "hugo" in used:
            figure = f"{used['hugo'].peak:.0f} MiB"
            yield Row("  against hugo", size, figure, "memory/hugo", peak / used["hugo"].peak, " x")
    if len(seen) > 1:
        less, more = min(seen), max(seen)
        grown = seen[more]["prepvault"].peak - seen[less]["prepvault"].peak
        each = grown / (more - less) * 1000
        yield Row("  per further 1,000", more, f"from {less} on", "memory/thousand", each, " MiB")


def measure_noop(bench: Bench) -> Iterator[Row]:
    """A build of what was built before, with nothing changed."""
    for size in bench.sizes:
        vault = bench.vault(size)
        contenders = [bench.build(vault), bench.floor("walk", str(vault)), *_hugo(bench, vault)]
        for each in (contenders[0], *contenders[2:]):
            run_once(each)
        before = snapshot(bench.out(vault))
        used = run_in_turn(contenders, bench.rounds)
        files, size_of_all = written(before, snapshot(bench.out(vault)))
        yield Row("build with nothing to do", size, _said(used["prepvault"]))
        yield Row("  files written", size, f"{size_of_all} bytes", "noop/written", files)
        yield from _against(size, used, {"walk": "noop/walk", "hugo": "noop/hugo"})


def measure_edit(bench: Bench) -> Iterator[Row]:
    """A line more in one note, then a build by a new process."""
    yield from _after(bench, "build after one line more", "edit/hugo", _append_line)


def measure_status(bench: Bench) -> Iterator[Row]:
    """Another status in one note, then a build by a new process."""
    yield from _after(bench, "build after another status", "", _turn_status)


def measure_theme(bench: Bench) -> Iterator[Row]:
    """Another template of the vault's own, so that every page changes and no note does."""
    yield from _after(bench, "build after another template", "theme/hugo", _change_template)


def _after(bench: Bench, measure: str, goal: str, change: Callable[[Path, int], None]) -> Iterator[Row]:
    """Change something before every run, as a person would; the first, which is not timed, counts files."""
    for size in bench.sizes:
        vault = bench.vault(size, name="edited")
        change_next = partial(_next_change, change, vault, iter(range(1_000_000)))
        contenders = [
            replace(each, before=change_next) for each in (bench.build(vault), *_hugo(bench, vault))
        ]
        for each in contenders:
            run_once(each)
        before = snapshot(bench.out(vault))
        run_once(contenders[0])
        files, size_of_all = written(before, snapshot(bench.out(vault)))
        used = run_in_turn(contenders, bench.rounds)
        yield Row(measure, size, _said(used["prepvault"]))
        yield Row("  files written", size, f"{size_of_all} bytes", "", files)
        yield from _against(size, used, {"hugo": goal})


def _next_change(change: Callable[[Path, int], None], vault: Path, numbers: Iterator[int]) -> None:
    change(vault, next(numbers))


def _append_line(vault: Path, number: int) -> None:
    note = _some_note(vault)
    with note.open("a", encoding="utf-8") as file:
        file.write(f"\nOne line more, the {number}th.\n")


def _turn_status(vault: Path, number: int) -> None:
    note = _some_note(vault)
    lines = note.read_text(encoding="utf-8").split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("status: "))
    # Of three, so that each of two programs in turn finds another one than last time.
    lines[at] = "status: " + ("completed", "cancelled", "rescheduled")[number % 3]
    note.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def _change_template(vault: Path, number: int) -> None:
    shipped = (REPOSITORY / "site_templates" / "base.html").read_text(encoding="utf-8")
    (vault / "theme" / "base.html").write_text(f"{shipped}<!-- {number} -->\n", encoding="utf-8")


def _some_note(vault: Path) -> Path:
    """One of the vault's interviews, the same each time."""
    return min((vault / "Interviews").rglob("* 000007.md"))


def measure_unrelated(bench: Bench) -> Iterator[Row]:
    """What a note costs that is about something else: listing interviews with and without many such notes."""
    count = max(10_000, int(max(bench.sizes) * bench.others))
    contenders = [
        replace(each, name=f"{each.name} {others}")
        for others in (0, count)
        for vault in (bench.vault(_FEW, others),)
        for each in (bench.prepvault(vault, "list"), bench.floor("sniff", str(vault)))
    ]
    used = run_in_turn(contenders, max(bench.rounds, 5))
    ours = (used[f"prepvault {count}"].cpu - used["prepvault 0"].cpu) / count
    floor = (float(used[f"sniff {count}"].said) - float(used["sniff 0"].said)) / count
    figure = f"{ours * 1e6:.1f} of {floor * 1e6:.1f} µs, {count} notes"
    yield Row("an unrelated note, against 4 KB read", _FEW, figure, "unrelated/cold", ours / floor, " x")


def measure_start(bench: Bench) -> Iterator[Row]:
    """How soon a command answers, against Python that does nothing."""
    vault = bench.vault(_FEW, 0)
    rounds = max(bench.rounds, 9)
    bare = Contender("python -c pass", (sys.executable, "-c", "pass"), bench.environment, bench.folder)
    plain = (sys.executable, "-m", "prepvault")
    contenders = [
        bare,
        *(
            Contender(word, (*plain, word), bench.environment, bench.folder)
            for word in ("--version", "--help")
        ),
        Contender("list", bench.prepvault(vault, "list").argv, bench.environment, bench.folder),
    ]
    used = run_in_turn(contenders, rounds)
    floor = used[bare.name]
    yield Row(bare.name, 0, _milliseconds(floor))
    for word, goal in _STARTS.items():
        size = _FEW if word == "list" else 0
        yield Row(
            f"prepvault {word}", size, _milliseconds(used[word]), goal, used[word].cpu / floor.cpu, " x"
        )


def _hugo(bench: Bench, vault: Path) -> list[Contender]:
    """Hugo, for measures in which it stands for all; it has no build that continues an earlier one."""
    peer = bench.peer("hugo")
    return [bench.set_up(peer, vault, lambda: None)] if peer else []


def _against(size: int, used: dict[str, Usage], goals: dict[str, str]) -> Iterator[Row]:
    names = {"walk": "looking at every file", "hugo": "hugo's build"}
    for name, goal in goals.items():
        if name in used:
            ratio = used["prepvault"].cpu / used[name].cpu
            yield Row(f"  against {names[name]}", size, _said(used[name]), goal, ratio, " x")


def _said(usage: Usage) -> str:
    return f"{usage.cpu:.2f} s cpu, {usage.wall:.2f} s"


def _milliseconds(usage: Usage) -> str:
    return f"{usage.cpu * 1000:.0f} ms cpu, {usage.wall * 1000:.0f} ms"
