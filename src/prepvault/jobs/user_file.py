"""A file of the user's choice: where it is, and whether it would stand in the place of a note."""

from pathlib import Path

from prepvault.errors import RefusedError, UsageError
from prepvault.jobs.named_file import is_the_vaults, named_file
from prepvault.outside.single_file import find_names


def find_file(file: str, *, root: Path, what: str, example: str) -> Path:
    """Find where a file is to be written; `what` it holds and an `example` command are for messages.

    UsageError for a folder, RefusedError for the place of a note or a setting of the vault in `root`.
    """
    path = named_file(file)
    name = example.rpartition(" ")[2]
    if path.is_dir():
        raise UsageError(f"`{file}` is a folder", hint=f"name a file: {file.rstrip('/')}/{name}")
    refuse_the_vaults(path, file, root=root, what=what, example=example)
    return path


def refuse_the_vaults(path: Path, file: str, *, root: Path, what: str, example: str) -> None:
    """Refuse the place of a note or a setting of the vault, whatever lies there."""
    if any(is_the_vaults(each, root) for each in find_names(path)):
        raise RefusedError(
            f"`{file}` is the place of a note or a setting of the vault, so no {what} was written there",
            hint=f"name another place: {example}",
        )
