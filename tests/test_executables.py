"""Programs are started from where PATH names them, never from the folder one happens to be in."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from prepvault.errors import OutsideError
from prepvault.outside import executables, notifier, passwords, programs, services
from prepvault.outside.executables import find_executable


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault from a stranger, in which programs lie under the names of those that PrepVault starts."""
    for name in ("notify-send", "systemctl", "xdg-open", "pass", "vi", "powershell.exe"):
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\ntouch '{tmp_path}/started'\necho s3cret\n")
        path.chmod(0o700)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", "bin", str(tmp_path / "nowhere")]))
    monkeypatch.setenv("DISPLAY", ":0")
    return tmp_path


def test_nothing_in_the_present_folder_is_started(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifier, "notifier_name", lambda: "notify-send")
    assert notifier.notify("title", "text") == "`notify-send` is not installed"
    assert not notifier.has_notifier()
    assert not services.ask_manager(("systemctl", "--user", "show")).is_there
    assert not programs.open_link("https://example.com/")
    assert not programs.edit_file("vi -n", vault / "note.md")
    with pytest.raises(OutsideError, match="cannot be started"):
        passwords.find_password("me", "pass show mail")
    assert not (vault / "started").exists()


def test_on_windows_the_present_folder_does_not_come_first(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executables, "sys", SimpleNamespace(platform="win32"))
    system = vault / "nowhere"
    system.mkdir()
    assert find_executable("powershell") is None
    (system / "powershell.exe").write_text("")
    (system / "powershell.exe").chmod(0o700)
    assert find_executable("powershell") == str(system / "powershell.exe")


def test_what_is_named_with_its_folder_is_taken_from_there(vault: Path) -> None:
    assert find_executable("./pass") == "./pass"
    assert find_executable(sys.executable) == sys.executable
    assert find_executable("./none") is None
