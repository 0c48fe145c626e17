"""Where logs of our own bugs are kept: the user's state folder, never the vault."""

import os
from pathlib import Path

from prepvault.outside.state import make_private, state_home

_KEPT = 20


def write_crash(name: str, text: str) -> Path | None:
    """Write one log file, readable by its owner only, and drop the oldest; None where that fails."""
    try:
        folder = state_home() / "crashes"
        make_private(folder)
        path = folder / name
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
        for old in sorted(folder.glob("crash-*.log"))[:-_KEPT]:
            old.unlink()
    except OSError:
        return None
    return path
