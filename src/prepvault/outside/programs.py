"""Other programs: the user's editor, browser and link opener; text goes to them as an argument only."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

from prepvault.outside.executables import find_executable
from prepvault.outside.passwords import child_environment


def open_link(link: str) -> bool:
    """Ask the desktop to open a link or a file's address; False where there is no desktop to ask."""
    if sys.platform == "win32":
        return _start_on_windows(link)
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    found = find_executable(opener)
    if found is None or (sys.platform != "darwin" and not _has_display()):
        return False
    try:
        ran = subprocess.run(  # noqa: S603 - a fixed program, the link as its only argument
            [found, link],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=15,
            check=False,
            env=child_environment(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ran.returncode == 0


def find_editor() -> str:
    """Return the environment's editor, `$VISUAL` before `$EDITOR`; empty where neither is set."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""


def edit_file(editor: str, path: Path) -> bool:
    """Run the editor on a file and wait for it; False where it cannot be started or fails."""
    try:
        name, *words = shlex.split(editor, posix=sys.platform != "win32")
        ran = subprocess.run(  # noqa: S603 - the user's own editor
            [find_executable(name) or "", *words, str(path)], check=False, env=child_environment()
        )
    except (OSError, ValueError):
        return False
    return ran.returncode == 0


def _has_display() -> bool:
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))


def _start_on_windows(link: str) -> bool:
    try:
        os.startfile(link)  # type: ignore[attr-defined,unused-ignore]  # noqa: S606 - Windows' own opener
    except OSError:
        return False
    return True
