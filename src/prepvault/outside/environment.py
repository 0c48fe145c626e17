"""What surrounds the process: its variables, its folder, the machine's zone and name."""

import os
from collections.abc import Mapping
from pathlib import Path

from prepvault.errors import OutsideError
from prepvault.model.zones import zone_names

SETTINGS_FILE = "prepvault.toml"
_SETTINGS_LIMIT = 1 << 20


def read_variables() -> Mapping[str, str]:
    """Return every variable whose name begins with `PREPVAULT_`, the prefix left out."""
    prefix = "PREPVAULT_"
    return {
        name.removeprefix(prefix): value
        for name, value in sorted(os.environ.items())
        if name.startswith(prefix)
    }


def is_automated() -> bool:
    """Tell whether this runs in continuous integration, where what is built is often published."""
    return os.environ.get("CI", "").strip().lower() in {"true", "1", "yes"}


def working_folder() -> Path:
    """Return the folder the command was started in."""
    try:
        return Path.cwd()
    except OSError as error:
        raise OutsideError(f"the present folder cannot be read: {error.strerror}") from error


def find_vault(start: Path) -> Path | None:
    """Find the nearest folder upward with `prepvault.toml`, else the nearest with `.obsidian`."""
    folders = (start, *start.parents)
    for marker in (SETTINGS_FILE, ".obsidian"):
        for folder in folders:
            if _exists(folder / marker):
                return folder
    return None


def find_folder(text: str, start: Path) -> Path | None:
    """Find the folder that was named, `~` and links resolved; None where there is no such folder."""
    path = find_path(text, start)
    return path if path and path.is_dir() else None


def find_path(text: str, start: Path) -> Path | None:
    """Find what a path as typed leads to, links resolved; None where there is nothing."""
    try:
        path = (start / Path(text).expanduser()).resolve()
        return path if path.exists() else None
    except (OSError, RuntimeError, ValueError):
        return None


def path_in_repository(root: Path) -> str:
    """Return the vault's folder as its git repository names it; empty for the top, or outside one."""
    path = root.relative_to(find_repository(root)).as_posix()
    return "" if path == "." else path


def find_repository(root: Path) -> Path:
    """Find the top of the git repository that the vault lies in; its own folder where there is none."""
    return next((folder for folder in (root, *root.parents) if _exists(folder / ".git")), root)


def is_in_repository(root: Path) -> bool:
    """Tell whether a git repository holds the vault."""
    return _exists(find_repository(root) / ".git")


def machine_name() -> str:
    """Return this machine's name as its network knows it, without the domain; empty where it has none."""
    import platform

    return platform.node().partition(".")[0]


def machine_zone() -> str:
    """Return the machine's IANA zone as it is now, `UTC` where it has none that the zone data knows."""
    import warnings

    import tzlocal

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            name = getattr(tzlocal.reload_localzone(), "key", "")
    except (LookupError, OSError, ValueError, AttributeError):
        return "UTC"
    if name in {"Etc/UTC", "Etc/UCT", "Zulu", "UCT", "Universal"}:
        return "UTC"
    return name if name in zone_names() else "UTC"


def read_vault_settings(root: Path) -> bytes | None:
    """Read the vault's `prepvault.toml`; None where it has none."""
    return _read_settings(root / SETTINGS_FILE)


def read_user_settings() -> bytes | None:
    """Read the user's own `prepvault.toml` from the configuration folder; None where there is none."""
    return _read_settings(user_settings_file())


def user_settings_file() -> Path:
    """Return where the user's own settings are looked for, whether or not the file is there."""
    import platformdirs

    return Path(platformdirs.user_config_dir("prepvault")) / SETTINGS_FILE


def _read_settings(path: Path) -> bytes | None:
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            data = stream.read(_SETTINGS_LIMIT + 1)
    except OSError as error:
        raise OutsideError(f"`{path}` cannot be read: {error.strerror}") from error
    if len(data) > _SETTINGS_LIMIT:
        raise OutsideError(f"`{path}` is larger than a settings file can be")
    return data


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
