"""The secret part of the calendar's address: random, kept outside the vault, readable by its owner only."""

import re
import secrets
from pathlib import Path

from prepvault.errors import OutsideError
from prepvault.outside.beside import put_in_place

_NAME = "feed-address"
_BYTES = 24
_SECRET = re.compile(rb"[A-Za-z0-9_-]{32}\n?")


def read_secret(folder: Path, *, renew: bool = False) -> str:
    """Give the secret of this vault's state folder; one that is not there, or is to be new, is made."""
    path = folder / _NAME
    try:
        held = b"" if renew else _read(path)
        if _SECRET.fullmatch(held):
            path.chmod(0o600)
            return held.decode("ascii").strip()
        return _make(path)
    except OSError as error:
        raise OutsideError(
            f"the calendar's address cannot be kept in `{path}`: {error.strerror}",
            hint="make room there, or name another folder with `PREPVAULT_STATE_DIR`",
        ) from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _make(path: Path) -> str:
    secret = secrets.token_urlsafe(_BYTES)
    put_in_place(path, f"{secret}\n".encode("ascii"), mode=0o600)
    return secret
