"""What the tests of writing share: a vault with one note, and steps at which to stop, fail or interfere."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from prepvault.jobs.context import Context
from prepvault.jobs.write import WriteReport, apply_changes
from prepvault.model.change import Change
from prepvault.model.note import digest_of
from prepvault.model.settings import Settings
from prepvault.outside.journal import Journal
from prepvault.outside.state import state_folder
from tests.conftest import NOW

OLD = b"---\nstatus: scheduled\n---\n" + b"old words\n" * 40
NEW = b"---\nstatus: completed\n---\n" + b"old words\n" * 40 + b"and more\n"


class Killed(BaseException):
    """The process ends here: nothing is caught, nothing is tidied up."""


@dataclass
class Steps:
    """Counts the steps of a write; at one of them it does what it was told."""

    at: int = -1
    act: Callable[[], None] = lambda: None
    names: list[str] = field(default_factory=list)

    def __call__(self, step: str) -> None:
        self.names.append(step)
        if len(self.names) - 1 == self.at:
            self.act()


def kill() -> None:
    raise Killed


def make_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait neither for the disk nor for editors; what is tested here does not depend on either."""
    monkeypatch.setattr("prepvault.jobs.write.pause", lambda: None)
    monkeypatch.setattr(os, "fsync", lambda handle: None)


def open_vault(root: Path, mode: str = "exchange") -> Context:
    """A vault in this folder, without looking for settings."""
    root.mkdir(parents=True, exist_ok=True)
    return Context(root, Settings({**Settings().values, "writing.mode": mode}), NOW)


def change_of(path: str, before: bytes | None, after: bytes, reason: str = "test") -> Change:
    return Change(path, None if before is None else digest_of(before), after, reason)


def write_new(context: Context, steps: Steps | None = None, path: str = "a.md") -> WriteReport:
    """Replace OLD by NEW."""
    return apply_changes(context, [change_of(path, OLD, NEW)], probe=steps or Steps())


def strays(root: Path) -> list[str]:
    return [name for _, _, names in os.walk(root) for name in names if name.startswith(".prepvault-")]


def journal_of(context: Context) -> Journal:
    return Journal(state_folder(context.root, ""))


def save_by_rename(path: Path, data: bytes) -> None:
    """Save as vim, gedit and sync tools do."""
    beside = path.with_name(f"{path.name}.editor")
    beside.write_bytes(data)
    beside.replace(path)


def save_in_place(path: Path, data: bytes) -> None:
    """Save as Obsidian and VS Code do."""
    with path.open("r+b") as stream:
        stream.truncate(0)
        stream.write(data)
