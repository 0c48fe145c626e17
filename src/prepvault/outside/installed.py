"""By which program this one was installed, as the environment that it runs in tells."""

import sys
from pathlib import Path

_MARKS = {"pipx": "pipx_metadata.json", "uv": "uv-receipt.toml"}


def environment_folder() -> Path:
    """Return the folder of the environment that PrepVault runs in."""
    return Path(sys.prefix)


def installer() -> str:
    """Name what made an environment for this program alone: `pipx` or `uv`; empty where it was neither."""
    folder = environment_folder()
    return next((name for name, mark in _MARKS.items() if (folder / mark).is_file()), "")
