"""Notifications of the desktop, by the program that each system brings; text is an argument only."""

import subprocess
import sys
from collections.abc import Sequence
from html import escape
from importlib.resources import as_file, files

from prepvault.outside.executables import find_executable
from prepvault.outside.passwords import child_environment

_PATIENCE = 10
_PROGRAMS = {"darwin": "osascript", "win32": "powershell"}
_OURS = "PrepVault"
_ON_MAC = (
    "on run argv",
    "display notification (item 3 of argv) with title (item 1 of argv) subtitle (item 2 of argv)",
    "end run",
)
_ON_WINDOWS = ("-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File")


def notifier_name() -> str:
    """The program that shows notifications on this system."""
    return _PROGRAMS.get(sys.platform, "notify-send")


def has_notifier() -> bool:
    """Tell whether that program is installed; whether a desktop listens is known only after asking it."""
    return find_executable(notifier_name()) is not None


def notify(title: str, text: str) -> str:
    """Show one notification; return why it was not shown, empty when the desktop took it."""
    name = notifier_name()
    found = find_executable(name)
    if found is None:
        return f"`{name}` is not installed"
    with as_file(files("prepvault.outside") / "toast.ps1") as script:
        return _run(name, command_for(name, found, str(script), title, text))


def command_for(name: str, program: str, script: str, title: str, text: str) -> Sequence[str]:
    """The words of the command that shows a notification by one of the three programs."""
    if name == "osascript":
        lines = [word for line in _ON_MAC for word in ("-e", line)]
        return [program, *lines, _OURS, title, text]
    if name == "powershell":
        return [program, *_ON_WINDOWS, script, title, text]
    # No further option: which ones there are depends on its age, and an unknown one shows nothing.
    return [program, "--", title, escape(text, quote=False)]


def _run(name: str, words: Sequence[str]) -> str:
    try:
        ran = subprocess.run(  # noqa: S603 - the system's own program, our text as its arguments
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
            env=child_environment(),
        )
    except subprocess.TimeoutExpired:
        return f"`{name}` did not end within {_PATIENCE} seconds"
    except (OSError, ValueError) as error:
        return f"`{name}` cannot be started ({type(error).__name__})"
    return f"`{name}` ended with {ran.returncode}" if ran.returncode else ""
