"""A file of the user's choice: where it is, and whether it would stand in the place of a note."""

from pathlib import Path

from prepvault.errors import RefusedError, UsageError
from prepvault.jobs.context import SETTINGS_FILE
from prepvault.outside.single_file import find_names


def find_file(file: str, *, root: Path, what: str, example: str) -> Path:
    """Find where a file is to be written; `what` it holds and an `example` command are for messages.

    UsageError for a folder, RefusedError for the place of a note or a setting of the vault in `root`.
    """
    path = find_place(file)
    name = example.rpartition(" ")[2]
    if path.is_dir():
        raise UsageError(f"`{file}` is a folder", hint=f"name a file: {file.rstrip('/')}/{name}")
    refuse_the_vaults(path, file, root=root, what=what, example=example)
    return path


def find_place(file: str) -> Path:
    """Read a path as a person types it; UsageError where it names a home that is not there."""
    try:
        return Path(file).expanduser()
    except RuntimeError as error:
        raise UsageError(f"`{file}` names a home folder that is not there", hint="name the folder") from error


def refuse_the_vaults(path: Path, file: str, *, root: Path, what: str, example: str) -> None:
    """Refuse the place of a note or a setting of the vault, whatever lies there."""
    if any(_is_the_vaults(each, root) for each in find_names(path)):
        raise RefusedError(
            f"`{file}` is the place of a note or a setting of the vault, so no {what} was written there",
            hint=f"name another place: {example}",
        )


def _is_the_vaults(path: Path, root: Path) -> bool:
    """Tell whether a file is a note, the settings, or in a folder like `.obsidian`, by its name alone."""
    if not path.is_relative_to(root):
        return False
    *folders, name = path.relative_to(root).parts
    is_hidden = any(folder.startswith(".") for folder in folders)
    return is_hidden or name.casefold() == SETTINGS_FILE or name.casefold().endswith(".md")
