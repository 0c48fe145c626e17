"""What a person is told, and which exit code a program gets, when the disk fails."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Maker, Ran

Run = Callable[..., Ran]

ACME = """
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
timezone: UTC
---
"""

WRITING = [
    ["status", "acme", "confirmed"],
    ["reschedule", "acme", "fri 10:00"],
    ["notes", "acme", "a line"],
    ["prepared", "acme"],
    ["schedule", "--company", "A", "--role", "B", "--type", "panel", "--at", "2026-03-01 10:00"],
    ["coach"],
    ["check", "--fix"],
]


def refuse(number: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("arguments", WRITING, ids=" ".join)
@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "make room on that disk, then run the command again"),
        (errno.EACCES, "see that the note and its folder may be written"),
        (errno.EIO, "see that the disk is there and sound, then run the command again"),
    ],
    ids=["ENOSPC", "EACCES", "EIO"],
)
def test_a_note_that_cannot_be_written_is_3(
    arguments: list[str],
    number: int,
    hint: str,
    run: Run,
    make_vault: Maker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = make_vault(ACME)
    monkeypatch.setattr("prepvault.outside.door.write_bytes", refuse(number))
    ran = run(*arguments, vault=root)
    assert ran.code == 3
    told = next(line for line in ran.err.splitlines() if "could not be written" in line)
    assert told.endswith(f".md` could not be written: {os.strerror(number)}")
    assert f"hint: {hint}\n" in ran.err


def test_a_full_disk_is_told_once_and_its_notes_are_counted(
    run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = (ACME.replace("acme", name).replace("Acme", name.title()) for name in ("acme", "bolt", "cedar"))
    root = make_vault("".join(notes))
    (root / "Interviews" / "cedar.md").chmod(0o444)
    monkeypatch.setattr("prepvault.outside.door.write_bytes", refuse(errno.ENOSPC))
    ran = run("coach", vault=root)
    assert ran.code == 3
    assert ran.err.count("No space left on device") == ran.err.count("make room on that disk") == 1
    assert "  so it was with 1 more note\n" in ran.err
    assert "`Interviews/cedar.md` is read-only" in ran.err, "another cause stands by itself"


def test_a_write_in_doubt_is_3(run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault(ACME)
    monkeypatch.setattr("prepvault.outside.door.settle", refuse(errno.EIO))
    ran = run("status", "acme", "confirmed", vault=root)
    assert ran.code == 3
    assert "holds the new text, but the disk then reported" in ran.err


def test_undo_on_a_failing_disk_is_3(run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault(ACME)
    assert run("status", "acme", "confirmed", vault=root).code == 0
    monkeypatch.setattr("prepvault.outside.door.write_bytes", refuse(errno.ENOSPC))
    ran = run("undo", vault=root)
    assert (ran.code, ran.out) == (3, "")
    assert "No space left on device" in ran.err


@pytest.mark.parametrize("arguments", [["status", "acme", "confirmed"], ["coach"]], ids=" ".join)
def test_a_read_only_note_stays_a_refusal(arguments: list[str], run: Run, make_vault: Maker) -> None:
    root = make_vault(ACME)
    (root / "Interviews" / "acme.md").chmod(0o444)
    ran = run(*arguments, vault=root)
    assert ran.code == 1
    assert "`Interviews/acme.md` is read-only, so it was left as it is\n" in ran.err


def test_a_full_disk_of_the_journal_names_its_folder(
    run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch, own_state: Path
) -> None:
    root = make_vault(ACME)
    monkeypatch.setattr("prepvault.outside.lock.os.ftruncate", refuse(errno.ENOSPC))
    ran = run("status", "acme", "confirmed", vault=root)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"error: the journal in `{own_state}")
    assert "cannot be kept: No space left on device\n" in ran.err
    assert "hint: make room there, or name another folder with `PREPVAULT_STATE_DIR`" in ran.err


def test_an_unforeseen_full_disk_has_a_hint(
    run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prepvault.jobs.load.load", refuse(errno.ENOSPC))
    ran = run("list", vault=make_vault(ACME))
    assert (ran.code, ran.err) == (
        3,
        "error: the system refused: No space left on device\n"
        "  hint: make room on that disk, then run the command again\n",
    )


def test_doctor_thinks_of_room_too(
    run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch, own_state: Path
) -> None:
    def fill(path: Path, data: bytes) -> None:
        """A file can be made on a full disk, and nothing be put into it."""
        path.touch()
        if data:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    root = make_vault(ACME)
    monkeypatch.setattr(Path, "write_bytes", fill)
    ran = run("doctor", vault=root)
    assert ran.code == 1
    assert ran.out.count("hint: make room on its disk, or check its permissions\n") == 2
    assert not [*root.rglob("*.tmp"), *own_state.rglob(".*.tmp")]
