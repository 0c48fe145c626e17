"""Files in the output folder, one at a time: nothing is followed, torn or taken from somebody else."""

import stat
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path, PurePosixPath

from prepvault.errors import OutsideError, RefusedError
from prepvault.outside.beside import put_in_place
from prepvault.outside.disk import FileStamp, stamp_of


def plain_name(name: str) -> str:
    """Let through a relative path that stays below the folder."""
    parts = name.split("/")
    if "" in parts or "." in parts or ".." in parts or "\\" in name or ":" in name:
        message = f"`{name}` is no path inside the output folder"
        raise RefusedError(message, hint="empty the output folder by hand, then build again")
    return name


def check_way(folder: Path, name: str) -> None:
    """Refuse a path that goes through a symbolic link, or through or to something that is no plain file."""
    here = folder
    parts = PurePosixPath(name).parts
    for number, part in enumerate(parts, 1):
        here = here / part
        try:
            mode = here.lstat().st_mode
        except FileNotFoundError:
            return
        except NotADirectoryError:
            break
        if stat.S_ISREG(mode) if number == len(parts) else stat.S_ISDIR(mode):
            continue
        break
    else:
        return
    raise RefusedError(
        f"`{here}` is a link or something else that PrepVault did not make, so nothing was written",
        hint="move it away, then build again",
    )


def stamp_if_same(folder: Path, name: str, data: bytes, *, ours: bool) -> FileStamp | None:
    """Stamp a file that has these bytes, None if it must be written; RefusedError for somebody else's."""
    check_way(folder, name)
    path = folder / name
    try:
        status = path.stat()
        if status.st_size == len(data) and path.read_bytes() == data:
            return stamp_of(status)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutsideError(f"`{path}` cannot be read: {error.strerror}") from error
    if not ours:
        raise RefusedError(
            f"`{path}` was not made by PrepVault and would be overwritten, so nothing was written",
            hint="move that file away, or choose another folder with `--output`",
        )
    return None


def replace_file(folder: Path, name: str, data: bytes, *, durable: bool = False) -> None:
    """Put a file in place whole: a reader sees the old one or the new one, never a part."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    check_way(folder, name)
    put_in_place(path, data, durable=durable)


def remove_file(folder: Path, name: str, digests: str) -> bool:
    """Delete a file of ours that is no longer wanted, unless somebody changed it; then its empty folders.

    `digests` are those of all that we may have put there, with blanks between them.
    """
    path = folder / name
    try:
        if sha256(path.read_bytes()).hexdigest() not in digests.split():
            return False
    except FileNotFoundError:
        return False
    path.unlink()
    for parent in _between(path.parent, folder):
        try:
            parent.rmdir()
        except OSError:
            break
    return True


def _between(path: Path, folder: Path) -> Iterable[Path]:
    while path != folder:
        yield path
        path = path.parent
