"""`serve` between its start and its end: what it builds, what it leaves to others, what it reads again."""

import os
import signal
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from prepvault.jobs.context import open_context
from prepvault.jobs.desk import Desk
from prepvault.jobs.schedule import Request
from prepvault.jobs.serve import How, Served, serve
from prepvault.jobs.serve_answers import schedule_interview
from prepvault.model.interview import InterviewType
from prepvault.outside.disk import read_note
from prepvault.outside.lock import LockedError, watch_lock
from prepvault.outside.state import state_folder
from tests.conftest import NOW, Maker
from tests.test_web_api import VAULT
from tests.watch_daemon import wait_until

NEW = Request(company="Zeta", role="Engineer", type=InterviewType.PANEL, at="2027-03-01T10:00")


class Door:
    """A door that nobody comes through; it knows whether it was opened and shut."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.was = ""

    def start(self) -> None:
        self.was += "open "

    def stop(self) -> None:
        self.was += "shut"


def run(
    root: Path, how: How, meanwhile: Callable[[Served], None], said: list[Any] | None = None
) -> tuple[Door, str, list[Any]]:
    """Serve until `meanwhile` is over, which runs beside it and may look at what is `said`."""
    doors: list[Door] = []
    others: list[str] = []
    told: list[Any] = [] if said is None else said

    def door(served: Served) -> Door:
        doors.append(Door(served))
        return doors[0]

    def beside(served: Served) -> None:
        try:
            meanwhile(served)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    def begun(served: Served, other: str) -> None:
        others.append(other)
        Thread(target=beside, args=[served]).start()

    serve(str(root), how, lambda at, each: told.append(each), door=door, begun=begun)
    return doors[0], others[0], told


def is_shown(served: Served) -> bool:
    return b"Zeta" in (served.read("index.html") or b"")


@pytest.mark.parametrize("watches", [None, False])
def test_what_is_saved_is_built_and_no_note_is_coached(make_vault: Maker, watches: bool | None) -> None:
    root = make_vault(VAULT)

    def save(served: Served) -> None:
        assert b"Acme" in (served.read("index.html") or b"")
        schedule_interview(served.desk, NEW)
        wait_until(lambda: is_shown(served), "the page tells of it")

    door, other, _ = run(root, How(watches=watches), save)
    assert (door.was, other) == ("open shut", "")
    assert door.served.ended.is_set()
    assert not any("prepvault:begin" in note.read_text() for note in root.rglob("*.md"))
    assert door.served.secret not in str(list(root.rglob("*")))


def test_with_watch_it_coaches_as_the_daemon_does(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREPVAULT_WATCH_QUIET_SECONDS", "1")
    root = make_vault(VAULT.replace("2026-03-30", "2099-03-30"))
    note = root / "Interviews/gamma.md"
    os.utime(note, (1, 1))
    run(
        root,
        How(watches=True),
        lambda _: wait_until(lambda: "prepvault:begin" in note.read_text(), "coached"),
    )


def test_where_another_process_watches_it_only_gives_out(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    context = open_context(str(root))
    with watch_lock(state_folder(context.root, context.settings.text("vault.id"))):
        door, other, told = run(root, How(), lambda served: None)
        assert other == str(os.getpid())
        assert told == []
        assert door.was == "open shut"
        with pytest.raises(LockedError, match="watched already"):
            run(root, How(watches=True), lambda served: None)


@pytest.mark.parametrize("watches", [None, False])
def test_when_the_other_process_ends_it_keeps_the_pages_true_itself(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch, watches: bool | None
) -> None:
    monkeypatch.setattr("prepvault.jobs.serve._ASK_AGAIN", 0.02)
    root = make_vault(VAULT)
    context = open_context(str(root))
    held = ExitStack()
    held.enter_context(watch_lock(state_folder(context.root, context.settings.text("vault.id"))))

    def save(served: Served) -> None:
        schedule_interview(served.desk, NEW)
        held.close()
        wait_until(lambda: is_shown(served), "the page tells of it")

    _, other, _ = run(root, How(watches=watches), save)
    assert other == str(os.getpid())


def test_settings_that_break_after_a_save_are_told_and_end_nothing(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    told: list[Any] = []

    def spoil(served: Served) -> None:
        settings = root / "prepvault.toml"
        good = settings.read_bytes()
        settings.write_bytes(b"[vault")
        served.desk.wrote("x")
        wait_until(lambda: bool(told), "the failure is told")
        settings.write_bytes(good)
        schedule_interview(served.desk, NEW)
        wait_until(lambda: is_shown(served), "the page tells of it")

    run(root, How(watches=False), spoil, told)
    assert "settings cannot be read" in told[0].message


def test_a_round_that_fails_is_told_and_the_next_save_tries_again(make_vault: Maker) -> None:
    root = make_vault(VAULT)

    def spoil(served: Served) -> None:
        manifest = served.folder / ".prepvault-manifest.json"
        good = manifest.read_bytes()
        manifest.write_bytes(b"{")
        served.desk.wrote("x")
        wait_until(lambda: bool(seen), "the failure is told")
        manifest.write_bytes(good)
        schedule_interview(served.desk, NEW)
        wait_until(lambda: is_shown(served), "the page tells of it")

    seen: list[Any] = []
    run(root, How(watches=False), spoil, seen)
    assert "cannot be understood" in seen[0].message


def test_untouched_notes_are_not_read_again(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    root, paths = make_vault(VAULT), list[str]()

    def count(folder: Path, path: str) -> Any:
        paths.append(path)
        return read_note(folder, path)

    def look() -> set[str]:
        paths.clear()
        desk.look()
        return set(paths)

    monkeypatch.setattr("prepvault.jobs.load.read_note", count)
    monkeypatch.setattr("prepvault.outside.clock.now", lambda: datetime(2099, 1, 1, tzinfo=UTC))
    desk = Desk(open=lambda: open_context(str(root), now=NOW.isoformat()))
    assert "Interviews/acme.md" in look()
    assert look() == set()
    note = root / "Interviews/acme.md"
    note.write_text(note.read_text().replace("Backend", "Site"))
    assert look() == {"Interviews/acme.md"}
    assert desk.look().vault.interviews[1].role == "Site Engineer"
    (root / "prepvault.toml").write_text('[vault]\ntimezone = "Asia/Tokyo"\n')
    assert "Interviews/beta.md" in look()
    assert desk.look().vault.interviews[0].zone == "Asia/Tokyo"
    note.unlink()
    assert len(desk.look().whole.interviews) == 3
