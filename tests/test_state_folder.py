"""Which state folder a vault has: it moves with the vault, and a copy has its own."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from prepvault.outside.state import state_folder
from tests.conftest import Maker, Ran

Run = Callable[..., Ran]

VAULT = """
=== prepvault.toml
[vault]
id = "v1"
timezone = "UTC"
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
status: scheduled
created_at: 2026-01-12T14:00:00
---
"""


def status_of(root: Path) -> str:
    lines = (root / "Interviews" / "acme.md").read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith("status:"))


def test_undo_in_a_copy_leaves_the_original_its_own(run: Run, make_vault: Maker, tmp_path: Path) -> None:
    root, copy = make_vault(VAULT), tmp_path / "copy"
    assert run("status", "acme", "confirmed", vault=root).code == 0
    shutil.copytree(root, copy)
    assert run("undo", vault=copy).code == 1
    assert run("status", "acme", "completed", vault=copy).code == 0
    assert run("undo", vault=copy).code == 0
    assert (status_of(root), status_of(copy)) == ("status: confirmed", "status: confirmed")
    assert run("undo", vault=root).code == 0
    assert (status_of(root), status_of(copy)) == ("status: scheduled", "status: confirmed")


def test_a_moved_vault_keeps_its_journal(run: Run, make_vault: Maker, tmp_path: Path) -> None:
    root, moved = make_vault(VAULT), tmp_path / "moved"
    assert run("status", "acme", "confirmed", vault=root).code == 0
    root.rename(moved)
    assert run("undo", vault=moved).code == 0
    assert status_of(moved) == "status: scheduled"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "prepvault.toml").write_text('[vault]\nid = "v1"\n', encoding="utf-8")
    return tmp_path / "one", tmp_path / "two"


@pytest.mark.parametrize("name", ["v1", "a name with blanks"])
def test_a_copy_has_a_folder_of_its_own_for_good(folders: tuple[Path, Path], name: str) -> None:
    one, two = folders
    for folder in folders:
        (folder / "prepvault.toml").write_text(f'[vault]\nid = "{name}"\n', encoding="utf-8")
    first, second = state_folder(one, name), state_folder(two, name)
    assert first != second
    assert (state_folder(one, name), state_folder(two, name)) == (first, second)
    shutil.rmtree(one)
    assert state_folder(two, name) == second


@pytest.mark.parametrize(
    ("settings", "is_shared"),
    [
        (b'[vault]\nid = "v1"\n', False),
        (b"\xef\xbb\xbf[vault]\nid = 'v1'\n", False),
        (b"[vault\n", False),
        (b"\xff", False),
        (b'[vault]\nid = "another"\n', True),
        (b'vault = "v1"\n', True),
        (b"", True),
    ],
)
def test_the_place_is_left_when_its_vault_is(
    folders: tuple[Path, Path], settings: bytes, is_shared: bool
) -> None:
    one, two = folders
    first = state_folder(one, "v1")
    (one / "prepvault.toml").write_bytes(settings)
    assert (state_folder(two, "v1") == first) is is_shared


def test_a_new_place_is_remembered(folders: tuple[Path, Path]) -> None:
    one, two = folders
    first = state_folder(one, "v1")
    (one / "prepvault.toml").unlink()
    assert state_folder(two, "v1") == first
    (one / "prepvault.toml").write_text('[vault]\nid = "v1"\n', encoding="utf-8")
    assert state_folder(one, "v1") != first


def test_another_way_to_the_same_place_is_no_copy(folders: tuple[Path, Path], tmp_path: Path) -> None:
    one, _ = folders
    (tmp_path / "link").symlink_to(one)
    assert state_folder(one, "v1") == state_folder(tmp_path / "link", "v1")


def test_a_place_that_cannot_be_put_down_stops_nothing(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("prepvault.outside.beside.write_bytes", fail)
    assert list(state_folder(folders[0], "v1").iterdir()) == []
