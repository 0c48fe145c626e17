"""What tests of delivery share: a vault with one interview, a desktop of files, a delivery at a moment."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from prepvault.jobs.context import open_root
from prepvault.jobs.deliver import deliver_due
from prepvault.jobs.load import load
from prepvault.model.delivery import Delivery, Past
from prepvault.outside import notifier
from prepvault.outside.ledger import Ledger
from prepvault.outside.state import state_folder
from tests.conftest import Maker
from tests.mail_server import Box, serving

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
START = datetime(2026, 2, 12, 13, 0, tzinfo=UTC)
"""When the interview of `NOTE` begins: a Thursday, at 14:00 in Berlin."""

TOML = """
=== prepvault.toml
[vault]
timezone = "Europe/Berlin"
id = "v1"
[reminders]
channels = ["desktop"]
"""
NOTE = """
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
duration_minutes: 60
interviewer: Dana Roe <dana@example.com>
location: https://meet.example.com/abc
status: scheduled
---
My own words.
"""

_SCRIPT = """#!/bin/sh
read code < {folder}/code
[ "$code" = 0 ] || exit $code
printf '%s\\n' "$2" >> {folder}/titles
printf '%s\\n--\\n' "$3" >> {folder}/texts
"""


@dataclass(frozen=True)
class Desktop:
    """A `notify-send` on the path that puts what it shows into files, and ends as it is told."""

    folder: Path

    def fail(self, code: int) -> None:
        """End with this code from now on; with another one than 0 nothing is shown."""
        (self.folder / "code").write_text(f"{code}\n")

    @property
    def titles(self) -> list[str]:
        """The titles that were shown, oldest first."""
        path = self.folder / "titles"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    @property
    def texts(self) -> list[str]:
        """The texts that were shown, oldest first."""
        path = self.folder / "texts"
        return path.read_text(encoding="utf-8").split("\n--\n")[:-1] if path.exists() else []


def make_desktop(folder: Path) -> Desktop:
    """Make the program in a folder, which goes to the front of the path."""
    program = folder / "notify-send"
    program.write_text(_SCRIPT.format(folder=folder))
    program.chmod(0o700)
    desktop = Desktop(folder)
    desktop.fail(0)
    return desktop


def deliver(root: Path, at: datetime, **more: Any) -> Delivery:
    """Read the vault and deliver at a moment."""
    context = open_root(root.resolve(), now=at.isoformat())
    return deliver_due(context, load(context), **more)


def ledger_of(root: Path) -> Ledger:
    """The ledger of a vault."""
    context = open_root(root.resolve())
    return Ledger(state_folder(context.root, context.settings.text("vault.id")))


def past_of(root: Path) -> Past:
    """What the ledger of a vault knows."""
    return ledger_of(root).read()


def settle(root: Path) -> None:
    """Let every note be one that nobody saved for a while."""
    for path in root.rglob("*.md"):
        os.utime(path, (1_770_000_000, 1_770_000_000))


def note(root: Path) -> str:
    """The text of the one note."""
    return (root / "Interviews" / "acme.md").read_text(encoding="utf-8")


Step = Callable[[str], None]


class StopError(BaseException):
    """The process ends here, as far as what it does is concerned."""


def stopping_at(name: str, count: int = 1) -> Step:
    """A probe that ends the process before a step is taken for the nth time."""
    seen = 0

    def probe(step: str) -> None:
        nonlocal seen
        seen += step == name
        if step == name and seen == count:
            raise StopError(step)

    return probe


def desktop_on_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Desktop:
    """Put a desktop of the test's own first on the path, on a system that has one."""
    folder = folder / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(notifier, "notifier_name", lambda: "notify-send")
    return make_desktop(folder)


@contextmanager
def own_mail_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    """A mail server on this machine, and the user's own settings that name it."""
    box = Box()
    with serving(box) as port:
        monkeypatch.setenv("PREPVAULT_MAIL_HOST", "127.0.0.1")
        monkeypatch.setenv("PREPVAULT_MAIL_PORT", str(port))
        monkeypatch.setenv("PREPVAULT_MAIL_SECURITY", "none")
        monkeypatch.setenv("PREPVAULT_MAIL_TIMEOUT", "2")
        monkeypatch.setenv("PREPVAULT_PROFILE_EMAIL", "me@example.com")
        yield box


def settled_vault(make_vault: Maker) -> Path:
    """A vault with one interview, whose note nobody is writing in."""
    made = make_vault(TOML + NOTE)
    settle(made)
    return made
