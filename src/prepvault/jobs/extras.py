"""Parts that are installed on request: how to add one to the installation that runs."""

import shlex

from prepvault.errors import OutsideError
from prepvault.outside.installed import environment_folder, installer


def missing_extra(what: str, extra: str) -> OutsideError:
    """Say what is missing, and the line that adds it where this program lives."""
    return OutsideError(f"{what}, which is not installed", hint=how_to_add(extra))


def how_to_add(extra: str) -> str:
    """Return a line to paste; pip of the shell would put the extra beside an environment of pipx or uv."""
    folder = environment_folder()
    ways = {
        "pipx": f"pipx runpip {shlex.quote(folder.name)} install",
        "uv": f"uv pip install --python {shlex.quote(str(folder))}",
    }
    return f"{ways.get(installer(), 'pip install')} 'prepvault[{extra}]'"
