"""What this machine can do: tried out, not guessed; every file made for a trial is gone afterwards."""

import platform
import secrets
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from prepvault.outside.swap import exchange


def can_exchange(folder: Path) -> bool | None:
    """Try whether two files can be swapped in one step; None where nothing can be written."""
    token = secrets.token_hex(6)
    one, other = (folder / f".prepvault-{token}{end}.tmp" for end in "ab")
    is_written = False
    try:
        one.write_bytes(b"one")
        other.write_bytes(b"other")
        is_written = True
        exchange(one, other)
        return one.read_bytes() == b"other"
    except OSError:
        return False if is_written else None
    finally:
        for path in (one, other):
            with suppress(OSError):
                path.unlink()


def can_write(folder: Path) -> bool:
    """Try whether a file can be made in a folder, and something be put into it."""
    path = folder / f".prepvault-{secrets.token_hex(6)}.tmp"
    try:
        path.write_bytes(b"one")
    except OSError:
        return False
    else:
        return True
    finally:
        with suppress(OSError):
            path.unlink()


def has_fast_yaml() -> bool:
    """Tell whether PyYAML was built with libyaml."""
    return find_spec("yaml._yaml") is not None


def system_words() -> str:
    """Name the Python and the system."""
    return f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"


def modified_at(path: Path) -> float | None:
    """When a file was last changed, in seconds; None where there is none."""
    try:
        return path.stat().st_mtime
    except OSError:
        return None
