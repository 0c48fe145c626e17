"""One file that a person named, outside the vault or in it: written whole or not at all."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from prepvault.errors import OutsideError


def write_single(path: Path, data: bytes) -> bool:
    """Replace the file's bytes, through a link to what it points to; False where it holds them already."""
    try:
        target = path.resolve()
        if target.is_file() and target.read_bytes() == data:
            return False
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                stream.write(data)
            return True
        _replace(target, data)
    except OSError as error:
        raise OutsideError(
            f"`{path}` cannot be written: {error.strerror or error}", hint="name a file in a folder of yours"
        ) from error
    return True


def _replace(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".prepvault-{secrets.token_hex(6)}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink()
