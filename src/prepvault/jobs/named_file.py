"""Files that a person names for something to be written into."""

from pathlib import Path

from prepvault.errors import UsageError
from prepvault.jobs.context import SETTINGS_FILE


def named_file(file: str) -> Path:
    """Read a path as typed; UsageError for an empty one, and for a home folder that is not there."""
    if not file:
        raise UsageError("the name of the file is empty", hint="name the file")
    try:
        return Path(file).expanduser()
    except RuntimeError as error:
        raise UsageError(f"`{file}` names a home folder that is not there", hint="name the folder") from error


def is_the_vaults(path: Path, root: Path) -> bool:
    """Tell whether a file is a note, the settings, or in a folder like `.obsidian`, by its name alone."""
    if not path.is_relative_to(root):
        return False
    *folders, name = path.relative_to(root).parts
    is_hidden = any(folder.startswith(".") for folder in folders)
    return is_hidden or name.casefold() == SETTINGS_FILE or name.casefold().endswith(".md")
