"""Making a vault: new folders and new files, never over anything that is there."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from prepvault.errors import OutsideError
from prepvault.model.system_fault import hint_for
from prepvault.outside.beside import file_beside
from prepvault.outside.swap import place_new

_TEXT_LIMIT = 1 << 20
_LOOKED_AT = 2000


def make_root(text: str) -> Path:
    """Make the folder that was named, with those above it; links and `~` are resolved."""
    try:
        folder = Path(text).expanduser().resolve()
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise OutsideError(
            f"the folder `{text}` cannot be made: {_reason(error)}", hint=_hint(error)
        ) from error
    return folder


def is_empty(folder: Path) -> bool:
    """Tell whether a folder holds nothing."""
    return next(folder.iterdir(), None) is None


def has_notes(folder: Path) -> bool:
    """Tell whether someone keeps notes here: Obsidian's folder, or a Markdown file that is not a README."""
    if (folder / ".obsidian").is_dir():
        return True
    seen = 0
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
        for name in names:
            if name.endswith(".md") and name.casefold() != "readme.md" and not name.startswith("."):
                return True
        seen += len(names)
        if seen > _LOOKED_AT or len(Path(place).relative_to(folder).parts) > 6:
            folders.clear()
    return False


def make_folder(root: Path, path: str) -> bool:
    """Make a folder of the vault; False where it is there already."""
    target = _inside(root, path)
    try:
        if target.is_dir():
            return False
        target.mkdir(parents=True)
    except OSError as error:
        raise OutsideError(
            f"the folder `{path}` cannot be made: {_reason(error)}", hint=_hint(error)
        ) from error
    return True


def create_file(root: Path, path: str, data: bytes) -> bool:
    """Make a new file whole or not at all; False where one of that name is there already."""
    target = _inside(root, path)
    if os.path.lexists(target):
        return False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with file_beside(target, data) as temporary:
            place_new(temporary, target)
    except FileExistsError:
        return False
    except OSError as error:
        raise OutsideError(f"`{path}` cannot be written: {_reason(error)}", hint=_hint(error)) from error
    return True


def read_tree(folder: Path) -> Mapping[str, bytes]:
    """Read every file below a folder by its path there, in order."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.stat().st_size <= _TEXT_LIMIT
    }


def new_token() -> str:
    """Make a name that nothing else has."""
    return secrets.token_hex(8)


def _inside(root: Path, path: str) -> Path:
    target = root / path
    if not target.parent.resolve().is_relative_to(root):
        raise OutsideError(f"`{path}` leads out of the vault, so nothing was written there")
    return target


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _hint(error: Exception) -> str:
    return hint_for(error, "see that the folder may be written, then run the command again")
