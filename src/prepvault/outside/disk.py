"""Notes on disk: reading one, where it really lies, and what its folder says of a file without opening it."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

from prepvault.errors import OutsideError, RefusedError
from prepvault.model.note import Note

MAX_NOTE = 2 * 1024 * 1024

_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

FileStamp = tuple[int, int, int, int]
"""Size, both times of change in nanoseconds, inode: the first time anyone may set, the second nobody."""

UNSURE_NS = 2_000_000_000
"""File systems count time in steps of up to two seconds: what changed so lately may change unnoticed."""


class NoteRefusedError(RefusedError):
    """A note that is not read or written; `code` is that of the finding which says so."""

    def __init__(self, code: str, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.code = code


def find_target(root: Path, path: str) -> Path:
    """Follow a note's path, and links in it, to the file; NoteRefusedError if that leaves the vault."""
    parts = PurePosixPath(path).parts
    windows = os.name == "nt" and (":" in path or "\\" in path)
    if not parts or path.startswith("/") or ".." in parts or "\0" in path or windows:
        raise NoteRefusedError("note/outside", f"`{path}` is no path inside the vault")
    try:
        home = root.resolve(strict=True)
        target = home.joinpath(*parts).resolve()
    except (OSError, RuntimeError) as error:
        raise OutsideError(f"`{path}` cannot be found: {_why(error)}") from error
    if not target.is_relative_to(home) or target == home:
        raise NoteRefusedError(
            "note/outside",
            f"`{path}` leads out of the vault",
            hint="replace the link by the file it points to",
        )
    return target


def read_note(root: Path, path: str) -> Note:
    """Read one note, a regular file of at most 2 MiB inside the vault.

    Raises NoteRefusedError (a RefusedError) for anything else, OutsideError where the disk fails.
    """
    target = find_target(root, path)
    data, status = read_file(target, path)
    return Note(path, data, modified_by(stamp_of(status)))


def read_file(target: Path, path: str) -> tuple[bytes, os.stat_result]:
    """Read a regular file within the size of a note; `path` is what messages call it."""
    try:
        handle = os.open(target, _READ | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        raise OutsideError(f"`{path}` cannot be read: {_why(error)}") from error
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise NoteRefusedError("note/not-a-file", f"`{path}` is no regular file")
        data = read_up_to(handle, MAX_NOTE + 1)
    except OSError as error:
        raise OutsideError(f"`{path}` cannot be read: {_why(error)}") from error
    finally:
        os.close(handle)
    if len(data) > MAX_NOTE:
        size = f"{status.st_size / 1024 / 1024:.1f} MiB"
        raise NoteRefusedError("note/too-large", f"a note should be at most 2 MiB, `{path}` has {size}")
    return data, status


def read_up_to(handle: int, limit: int) -> bytes:
    """Read an open file from its beginning."""
    pieces: list[bytes] = []
    size = 0
    os.lseek(handle, 0, os.SEEK_SET)
    while size < limit:
        piece = os.read(handle, min(limit - size, 1 << 20))
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _why(error: OSError | RuntimeError) -> str:
    return getattr(error, "strerror", None) or str(error)


def stamp_of(status: os.stat_result) -> FileStamp:
    """Stamp a file by its status."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def modified_by(stamp: FileStamp) -> datetime:
    """Tell when a file changed, by its stamp."""
    seconds, rest = divmod(stamp[1], 1_000_000_000)
    return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=rest // 1000)


def stamp_at(path: Path) -> FileStamp | None:
    """Stamp a file; None where there is none."""
    try:
        return stamp_of(path.stat())
    except (OSError, ValueError):
        return None


def stamps_below(folder: Path) -> tuple[tuple[str, FileStamp], ...]:
    """Stamp every file below a folder, in order; nothing where there is none."""
    found = []
    for path in _files(str(folder)):
        with suppress(OSError):
            found.append((path, stamp_of(os.stat(path))))  # noqa: PTH116 - hundreds of files at each start
    return tuple(found)


def _files(folder: str) -> Iterable[str]:
    """Every file below a folder, in order."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _files(entry.path)
        else:
            yield entry.path
