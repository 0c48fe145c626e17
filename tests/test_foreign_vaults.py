"""Whole vaults of other programs through every command: nothing changes that a command does not own.

Here every command meets some of them; `make foreign` takes all of them, and any folder, through all.
"""

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from benchmarks.commands import CALLS, READING, WRITING, Call
from benchmarks.foreign import HOSTILE, Tree, breaches, snapshot
from prepvault.cli.main import cli
from tests.conftest import Ran
from tests.foreign_vaults import CANARY, FAMILIES, make_foreign

Run = Callable[..., Ran]


def commands(group: click.Command, *names: str) -> Iterator[tuple[str, ...]]:
    """Every command that can be run, by its words, as click knows them."""
    if not isinstance(group, click.Group) or group.invoke_without_command:
        yield names
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            inner = group.get_command(context, name)
            assert inner is not None
            yield from commands(inner, *names, name)


def test_the_table_forgets_no_command() -> None:
    known = {names for names in commands(cli) if names}
    called = {max((names for names in known if call.words[: len(names)] == names), key=len) for call in CALLS}
    assert called == known


class Desk:
    """One foreign vault, and commands run on it in this process."""

    def __init__(self, family: str, folder: Path, run: Run) -> None:
        self.root = make_foreign(family, folder / family)
        self.beside = folder / f"{family}-outside"
        self._run = run
        self.notes = [
            each["note"] for each in json.loads(run("list", "--json", vault=self.root).out)["interviews"]
        ]

    def values(self, note: str) -> dict[str, str]:
        """What stands in a call's words for this note."""
        return {"note": note, "out": str(self.beside), "import": str(self.beside / "invite.ics")}

    def run(self, call: Call, note: str = "") -> Ran:
        """Run a call and look at what it said."""
        ran = self._run(*call.argv(self.values(note)), vault=self.root)
        told = f"{call.words} said {ran}"
        assert ran.code in {0, 1, 2, 3}, told
        assert "Traceback" not in ran.err, told
        assert not HOSTILE.search(ran.out.replace("\r\n", "\n") + ran.err), told
        assert CANARY not in ran.out + ran.err, told
        return ran


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No program of this machine is found, but one that shows reminders; nobody answers questions."""
    program = tmp_path / "bin" / "notify-send"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setenv("PREPVAULT_REMINDERS_CHANNELS", "desktop")
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    return tmp_path


def untimed(facts: tuple[object, ...] | None) -> tuple[object, ...]:
    """What an entry is, without the time of its last change."""
    return facts[:4] + facts[5:] if facts else ()


def faults(call: Call, before: Tree, after: Tree, note: str = "") -> list[str]:
    return list(breaches(call, before, after, note))


@pytest.mark.parametrize("family", FAMILIES)
def test_looking_changes_nothing(family: str, places: Path, run: Run) -> None:
    desk = Desk(family, places, run)
    before = snapshot(desk.root)
    for call in READING if family == "links" else READING[[*FAMILIES].index(family) :: 12]:
        desk.run(call, desk.notes[0])
        assert faults(call, before, snapshot(desk.root)) == []


@pytest.mark.parametrize("family", ["obsidian", "bytes", "links"])
def test_each_command_writes_what_it_owns_once_and_undo_brings_all_back(
    family: str, places: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(family, places, run)
    first = snapshot(desk.root)
    for call in WRITING:
        note = desk.notes[0]
        before = snapshot(desk.root)
        monkeypatch.setattr(sys, "stdin", io.StringIO(call.asks))
        ran = desk.run(call, note)
        after = snapshot(desk.root)
        assert faults(call, before, after, note) == [], (call.words, ran)
        if call.again:
            desk.run(call, note)
            assert snapshot(desk.root) == after, call.words
    while desk.run(Call(("undo",))).code == 0:
        pass
    left = snapshot(desk.root)
    assert {path: untimed(left.get(path)) for path in first} == {path: untimed(first[path]) for path in first}
