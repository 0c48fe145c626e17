"""The system's service manager: where its files lie, and asking it; it starts nothing by itself here."""

import getpass
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from prepvault.errors import OutsideError
from prepvault.model.service import PASSED_ON, ServiceKind
from prepvault.model.system_fault import hint_for, why
from prepvault.outside.executables import find_executable
from prepvault.outside.passwords import child_environment
from prepvault.outside.single_file import read_single, write_single
from prepvault.outside.state import state_home

_PATIENCE = 30
_SYSTEMS = {"darwin": ServiceKind.LAUNCHD, "win32": ServiceKind.SCHTASKS}


class Answer(NamedTuple):
    """What a command of the manager answered; `is_there` is False where there is no such program."""

    code: int
    out: str = ""
    err: str = ""
    is_there: bool = True


def service_kind() -> ServiceKind:
    """Name this system's manager."""
    return _SYSTEMS.get(sys.platform, ServiceKind.SYSTEMD)


def own_program(*, speaks: bool = False) -> tuple[str, ...]:
    """How to start this very PrepVault from anywhere: its interpreter, links in it kept, as they mean it.

    `-P` keeps the folder that it is started in from lending it modules. One that `speaks` needs streams,
    which Windows gives only to the interpreter that has a window.
    """
    if not sys.executable:
        raise OutsideError(
            "this Python does not know its own path", hint="install PrepVault with pip or pipx"
        )
    path = Path(os.path.abspath(sys.executable))  # noqa: PTH100 - a link to Python is what makes a venv
    windowless = path.with_name("pythonw.exe")
    if not speaks and path.name.lower() == "python.exe" and windowless.is_file():
        path = windowless
    return (str(path), "-P", "-m", "prepvault")


def own_account(kind: ServiceKind) -> str:
    """Say who we are, as the manager writes it."""
    if kind is ServiceKind.LAUNCHD:
        return str(os.getuid()) if hasattr(os, "getuid") else "0"
    if kind is ServiceKind.SCHTASKS:
        domain, name = os.environ.get("USERDOMAIN", ""), os.environ.get("USERNAME") or getpass.getuser()
        return f"{domain}\\{name}" if domain else name
    return ""


def passed_variables() -> tuple[tuple[str, str], ...]:
    """The variables that a unit holds: where PrepVault keeps things, as absolute paths."""
    said: Mapping[str, str] = os.environ
    return tuple(
        (name, str(Path(said[name]).expanduser().absolute())) for name in PASSED_ON if said.get(name)
    )


def unit_folder(kind: ServiceKind) -> Path:
    """Where the manager looks for the user's files; the Task Scheduler does not, so they lie with our own."""
    if kind is ServiceKind.LAUNCHD:
        return Path.home() / "Library" / "LaunchAgents"
    if kind is ServiceKind.SCHTASKS:
        return state_home() / "services"
    named = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(named) if named.startswith("/") else Path.home() / ".config") / "systemd" / "user"


def log_file(name: str) -> Path:
    """Where launchd writes what a service says."""
    return Path.home() / "Library" / "Logs" / "PrepVault" / f"{name}.log"


def read_unit(path: Path) -> bytes | None:
    """Read a unit; None where there is none."""
    return read_single(path)


def write_unit(path: Path, data: bytes) -> None:
    """Put a unit in its place, whole; its folder is made where it lacks."""
    make_folder(path.parent)
    write_single(path, data)


def remove_unit(path: Path) -> None:
    """Remove a unit."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        message = f"`{path}` cannot be removed: {why(error)}"
        raise OutsideError(message, hint=hint_for(error, "remove it by hand")) from error


def make_folder(folder: Path) -> None:
    """Make a folder of the user's, with those above it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"`{folder}` cannot be made: {why(error)}"
        raise OutsideError(message, hint=hint_for(error, "see who owns the folder above it")) from error


def ask_manager(argv: tuple[str, ...]) -> Answer:
    """Run one command of the manager; it is never asked anything, so it cannot wait for an answer."""
    found = find_executable(argv[0])
    if found is None:
        return Answer(127, err=f"there is no `{argv[0]}`", is_there=False)
    try:
        ran = subprocess.run(  # noqa: S603 - the system's own program, every word an argument of its own
            [found, *argv[1:]],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            env=child_environment(),
        )
    except subprocess.TimeoutExpired:
        return Answer(124, err=f"`{argv[0]}` did not answer within {_PATIENCE} seconds")
    except OSError as error:
        return Answer(126, err=f"`{argv[0]}` cannot be started: {why(error)}")
    out, err = (_decoded(data) for data in (ran.stdout, ran.stderr))
    return Answer(ran.returncode, out, err)


def _decoded(data: bytes) -> str:
    """Read what a program said; Windows' programs write in the old code page of the console."""
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8")
    return data.decode("oem" if sys.platform == "win32" else "latin-1", "replace")
