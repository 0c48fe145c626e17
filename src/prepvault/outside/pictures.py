"""Pictures of the vault, read as they are."""

import os
import stat
from pathlib import Path

from prepvault.errors import OutsideError
from prepvault.outside.disk import find_target, read_up_to
from prepvault.outside.scan import is_placeholder

_READ = (
    os.O_RDONLY
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
)


def read_picture(root: Path, path: str, limit: int) -> bytes | None:
    """Read a regular file inside the vault; None for a larger one, of which nothing is read.

    A PrepVaultError where it leads out of the vault, is no file, lies in a cloud only or cannot be read.
    """
    target = find_target(root, path)
    try:
        handle = os.open(target, _READ)
    except OSError as error:
        raise OutsideError(f"`{path}` cannot be read") from error
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or is_placeholder(status):
            raise OutsideError(f"`{path}` is no file on this device")
        data = read_up_to(handle, limit + 1) if status.st_size <= limit else None
    except OSError as error:
        raise OutsideError(f"`{path}` cannot be read") from error
    finally:
        os.close(handle)
    return data if data is not None and len(data) <= limit else None
