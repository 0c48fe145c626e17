"""Files of the output folder as a server gives them out: by their plain names, and nothing beside them."""

import os
import re
import stat
from pathlib import Path

_MOST = 64 * 1024 * 1024
_PLAIN = re.compile(r'[^\x00-\x1f\x7f\\:*?"<>|/.][^\x00-\x1f\x7f\\:*?"<>|/]*')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_given_out(folder: Path, name: str) -> bytes | None:
    """Read a file by its name below the folder, with `/`; None for whatever is no plain file there.

    Hidden files, links, devices, other spellings of a name and ways out of the folder are all not there.
    """
    parts = name.split("/")
    if not all(_is_plain(part) for part in parts):
        return None
    try:
        home = folder.resolve(strict=True)
        target = home.joinpath(*parts)
        if target.resolve(strict=True) != target:  # a link on the way, or another spelling
            return None
        return _read(target)
    except (OSError, RuntimeError, ValueError):
        return None


def _is_plain(part: str) -> bool:
    return bool(_PLAIN.fullmatch(part)) and not part.endswith((".", " ")) and not _DEVICE.match(part)


def _read(target: Path) -> bytes | None:
    handle = os.open(target, _READ)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST:
            return None
        return file.read(_MOST)
