"""The files in which AI assistants keep their settings: where they lie here, and what they were before."""

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from prepvault.errors import OutsideError
from prepvault.model.assistants import Client
from prepvault.model.system_fault import hint_for, why
from prepvault.outside.services import make_folder
from prepvault.outside.single_file import read_single, write_single

_KEPT = ".before-prepvault"


def find_client_file(client: Client, platform: str = sys.platform) -> Path | None:
    """Find where the assistant looks; None for one that has no file on this system.

    On Windows the app of its store looks elsewhere: its place counts where its folder is there.
    """
    folders = _folders(os.environ)
    if platform == "win32" and client.packaged and "local" in folders:
        top, _, rest = client.packaged.partition("/")
        for package in sorted((folders["local"] / "Packages").glob(top)):
            place = package / rest
            if place.parent.is_dir():
                return place
    name = "linux" if platform.startswith("linux") else platform
    folder, _, rest = client.places.get(name, "").partition("/")
    return folders[folder] / rest if folder in folders else None


def read_client_file(path: Path) -> str | None:
    """Read the file; None where there is none. OutsideError where it is no text."""
    data = read_single(path)
    if data is None:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OutsideError(f"`{path}` is no UTF-8 text", hint="mend or move that file first") from error


def write_client_file(path: Path, text: str) -> Path | None:
    """Write the file whole, and keep what it was beside it; return where, None where there was nothing.

    OutsideError for a file that its owner made read-only: something else writes it.
    """
    make_folder(path.parent)
    if path.is_file() and not path.stat().st_mode & stat.S_IWUSR:
        raise OutsideError(f"`{path}` is read-only", hint="`--dry-run` shows what belongs into it")
    before = read_single(path)
    kept = path.with_name(path.name + _KEPT) if before is not None else None
    if kept and before is not None:
        _keep(kept, before)
    write_single(path, text.encode("utf-8"))
    return kept


def _keep(path: Path, data: bytes) -> None:
    """For the user's eyes alone: such files often hold keys."""
    try:
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
    except OSError as error:
        raise OutsideError(f"`{path}` cannot be written: {why(error)}", hint=hint_for(error)) from error


def _folders(environ: Mapping[str, str]) -> Mapping[str, Path]:
    home = Path.home()
    named = environ.get("XDG_CONFIG_HOME", "")
    return {
        "home": home,
        "config": Path(named) if named.startswith("/") else home / ".config",
        "support": home / "Library" / "Application Support",
        "appdata": Path(environ.get("APPDATA") or home / "AppData" / "Roaming"),
        "local": Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local"),
    }
