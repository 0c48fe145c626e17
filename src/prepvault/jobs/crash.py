"""Keep what is needed to mend a bug: one log file, ready to paste, without the user's words."""

import platform
import sys
import traceback
from pathlib import Path

from prepvault import __version__
from prepvault.outside import clock, crash_log

_PREAMBLE = (
    "PrepVault stopped at a bug of its own. This log holds no note and no argument; paste it into a report."
)


def write_crash_log(error: BaseException, command: str) -> Path | None:
    """Write what happened where, without the home folder and any value; None where it cannot be kept."""
    now = clock.now()
    lines = [
        _PREAMBLE,
        "",
        f"when:      {now:%Y-%m-%dT%H:%M:%SZ}",
        f"prepvault: {__version__}",
        f"python:    {platform.python_version()} on {platform.system()} {platform.release()}",
        f"command:   prepvault {command}",
        "",
        *_trace(error),
    ]
    home = str(Path.home())
    text = "\n".join(lines).replace(home, "~") if len(home) > 1 else "\n".join(lines)
    return crash_log.write_crash(f"crash-{now:%Y%m%dT%H%M%S%f}.log", text + "\n")


def _trace(error: BaseException) -> list[str]:
    """The stack without the values: an exception's own text may quote a note."""
    lines = []
    for link in _causes(error):
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += [
            f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}: {frame.line or ''}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
    return lines


def _causes(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return chain


def _short(filename: str) -> str:
    for folder in sorted(sys.path, key=len, reverse=True):
        if folder and filename.startswith(folder):
            return filename[len(folder) :].lstrip("/\\")
    return filename
