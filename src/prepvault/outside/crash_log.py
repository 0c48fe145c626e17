"""Where logs of our own bugs are kept: the user's state folder, never the vault."""

import os
from pathlib import Path

from prepvault.outside.state import state_home

_KEPT = 20


def write_crash(name: str, text: str) -> Path | None:
    """Write one log file, readable by its owner only, and drop the oldest; None where that fails."""
    try:
        folder = state_home() / "crashes"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / name
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
        for old in sorted(folder.glob("crash-*.log"))[:-_KEPT]:
            old.unlink()
    except OSError:
        return None
    return path
