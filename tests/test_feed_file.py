"""`feed -o FILE` replaces calendars and nothing else."""

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
status: scheduled
created_at: 2026-01-12T14:00:00
---
=== .obsidian/app.json
{}
"""

FOREIGN = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//App//EN\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def root(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_vault(ACME)
    (root / "link.ics").symlink_to("Interviews/acme.md")
    (root / "list.txt").write_text("milk, bread", encoding="utf-8")
    monkeypatch.chdir(root)
    return root


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "name",
    [
        "Interviews/acme.md",
        "Interviews/new.md",
        "Stories/NEW.MD",
        "prepvault.toml",
        ".obsidian/app.json",
        ".obsidian/calendar.ics",
        ".git/calendar.ics",
        "link.ics",
        "list.txt",
        "site/../Interviews/acme.md",
    ],
)
@pytest.mark.parametrize("how", [[], ["--reminders"], ["--json"]], ids=str)
def test_what_is_no_calendar_is_refused(name: str, how: list[str], run: Run, root: Path) -> None:
    before = contents(root)
    ran = run("feed", "-o", name, *how)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"error: `{name}` ")
    assert "hint:" in ran.err
    assert contents(root) == before


def test_a_file_elsewhere_that_is_no_calendar_is_refused(run: Run, root: Path, tmp_path: Path) -> None:
    thesis = tmp_path / "thesis.tex"
    thesis.write_text("years of work", encoding="utf-8")
    ran = run("feed", "-o", str(thesis))
    assert ran.code == 1
    assert "holds something else than a calendar" in ran.err
    assert thesis.read_text(encoding="utf-8") == "years of work"


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\r\n \t", b"\xef\xbb\xbf\n"])
def test_another_programs_calendar_is_replaced_and_told(start: bytes, run: Run, root: Path) -> None:
    (root / "mine.ics").write_bytes(start + FOREIGN)
    ran = run("feed", "-o", "mine.ics")
    assert ran.code == 0
    assert b"int_acme_1" in (root / "mine.ics").read_bytes()
    assert "warning[feed/foreign-file]: `mine.ics` was last written by `-//Other//App//EN`" in ran.err


@pytest.mark.parametrize("before", [None, b"", b"\n"])
def test_a_new_or_an_empty_file_is_written_in_silence(before: bytes | None, run: Run, root: Path) -> None:
    if before is not None:
        (root / "mine.ics").write_bytes(before)
    for word in ("wrote", "unchanged:"):
        ran = run("feed", "-o", "mine.ics")
        assert (ran.code, ran.err.startswith(f"{word} mine.ics (")) == (0, True)
    assert (root / "mine.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_home_folder_that_is_not_there_is_a_wrong_command_line(run: Run, root: Path) -> None:
    ran = run("feed", "-o", "~nobody-of-that-name/mine.ics")
    assert ran.code == 2
    assert "~nobody-of-that-name" in ran.err


def test_a_full_disk_asks_for_room(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("prepvault.outside.beside.sync_file", fail)
    ran = run("feed", "-o", "mine.ics")
    assert ran.code == 3
    assert ran.err == (
        "error: `mine.ics` cannot be written: No space left on device\n"
        "  hint: make room on that disk, then run the command again\n"
    )
    assert not (root / "mine.ics").exists()
