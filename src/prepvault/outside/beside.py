"""A file on its way, beside the place where it belongs: whole before it gets its name, gone if it never does.

Whoever makes one holds a lock on it, which the system takes away with the process. So what a kill left is
told from what is still being written, and the next one who writes there removes it. Notes have their own
way, with a journal (`door`): what lies beside them is never touched here.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from prepvault.outside.lock import lock_at_once
from prepvault.outside.swap import sync_file
from prepvault.outside.writing import SAFE_OPEN, write_bytes

PREFIX = ".prepvault-file-"
_SUFFIX = ".tmp"
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL | SAFE_OPEN
_TRIES = 5


@contextmanager
def file_beside(target: Path, data: bytes, *, mode: int = 0o666, durable: bool = True) -> Iterator[Path]:
    """Write the bytes into a file beside `target`, for the caller to move there; raises OSError.

    `durable` waits until they are on the disk.
    """
    sweep(target.parent)
    path, handle = _claim(target.parent, mode)
    try:
        try:
            write_bytes(handle, data)
            if durable:
                sync_file(handle)
        finally:
            if sys.platform == "win32":  # there a file that is open cannot be moved
                os.close(handle)
        yield path
    finally:
        with suppress(OSError):
            path.unlink()
        if sys.platform != "win32":
            os.close(handle)


def put_in_place(target: Path, data: bytes, *, mode: int = 0o666, durable: bool = True) -> None:
    """Replace a file whole: a reader sees the old one or the new one, never a part. Raises OSError."""
    with file_beside(target, data, mode=mode, durable=durable) as path:
        path.replace(target)


def sweep(folder: Path) -> None:
    """Remove what killed processes left in a folder; Windows cannot tell, so there it stays."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.name.startswith(PREFIX)]
        for name in names:
            _sweep_one(folder / name)


def _sweep_one(path: Path) -> None:
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY | SAFE_OPEN)
        try:
            if lock_at_once(handle):
                path.unlink()
        finally:
            os.close(handle)


def _claim(folder: Path, mode: int) -> tuple[Path, int]:
    """Make a file and hold it; one that a sweep met before it was held is made again."""
    for _ in range(_TRIES):
        path = folder / f"{PREFIX}{token_hex(6)}{_SUFFIX}"
        handle = os.open(path, _FRESH, mode)
        if lock_at_once(handle) is not False and os.fstat(handle).st_nlink:
            return path, handle
        os.close(handle)
    raise FileExistsError(f"no name is left in {folder}")
