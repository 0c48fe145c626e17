"""A write on its way to the disk: what it is, where it stands, and what lies beside the note meanwhile."""

import errno
import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from prepvault.model.change import Change
from prepvault.outside.disk import NoteRefusedError, read_up_to

Probe = Callable[[str], None]
"""Called with the name of each step before it is taken; tests stop, fail or race there."""

TEMP_PREFIX = ".prepvault-"
TEMP_SUFFIX = ".tmp"
SAFE_OPEN = (
    getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NONBLOCK", 0)
)
"""No link is followed, and a pipe that took a note's place meanwhile is not waited for."""
_NO_LIMIT = 1 << 30
_LOOK_AGAIN_SECONDS = 0.02


class Way(StrEnum):
    """How a change reaches the disk."""

    NEW = "new"
    EXCHANGE = "exchange"
    IN_PLACE = "in-place"
    REMOVE = "remove"


class State(StrEnum):
    """How a write ended; `unsure`: the note holds the new text, but the disk reported an error after that."""

    WRITTEN = "written"
    MOVED_ON = "moved-on"
    UNSURE = "unsure"
    FAILED = "failed"


@dataclass(slots=True)
class Write:
    """One change that was checked and may be made.

    `temp` is a name beside the note: our text before the exchange, and after it what came out. `old` is where
    the note's former file can be looked at. `rescued` are texts of other writers that no name on the disk
    holds any more, so that the journal must. `undoes` is the number of the entry that this write takes back.
    """

    change: Change
    target: Path
    before: bytes | None
    way: Way
    temp: Path
    old: Path | None = None
    state: State | None = None
    rescued: list[bytes] = field(default_factory=list)
    undoes: int | None = None

    @property
    def after(self) -> bytes | None:
        """What the note is to hold, None when it is taken away."""
        return None if self.way is Way.REMOVE else self.change.data

    @property
    def backup(self) -> Path:
        """A second name of the note's former file, where exchange is not to be had."""
        return self.temp.with_name(self.temp.name.removesuffix(TEMP_SUFFIX) + f".old{TEMP_SUFFIX}")

    def may_drop(self, path: Path) -> bool:
        """Tell whether a file beside the note holds nothing that is not also somewhere else."""
        if self._is_note(path):
            return True
        held = _read_shut(path)
        if not held or held in (self.before, self.change.data, *self.rescued):
            return True
        return self.change.data.startswith(held) and read_bytes(self.target) != self.after

    def _is_note(self, path: Path) -> bool:
        """Tell whether this is only a second name of the note."""
        try:
            return path.samefile(self.target)
        except OSError:
            return False


def temp_beside(target: Path, token: str) -> Path:
    """Name the file beside a note through which it is written."""
    return target.with_name(f"{TEMP_PREFIX}{token}{TEMP_SUFFIX}")


def pass_by(step: str) -> None:
    """Stop at no step."""


def pause() -> None:
    """Give an editor that has the former file open the time to finish its save."""
    time.sleep(_LOOK_AGAIN_SECONDS)


def moved_on(path: str) -> NoteRefusedError:
    """Say that someone else has saved the note meanwhile."""
    return NoteRefusedError(
        "write/moved-on",
        f"`{path}` was changed by someone else meanwhile, so it was left as it is",
        hint="run the command again: it starts from the new text",
    )


def exists_already(path: str) -> NoteRefusedError:
    """Say that a new note would have overwritten another."""
    return NoteRefusedError(
        "write/exists",
        f"`{path}` exists already, so no new note was made",
        hint="choose another name",
    )


def read_bytes(path: Path) -> bytes | None:
    """Read all bytes of a file, None where there is none; OSError for what is no regular file."""
    try:
        handle = os.open(path, os.O_RDONLY | SAFE_OPEN)
    except FileNotFoundError:
        return None
    try:
        check_regular(handle)
        return read_up_to(handle, _NO_LIMIT)
    finally:
        os.close(handle)


def _read_shut(path: Path) -> bytes | None:
    """Read what lies beside a note; made readable first, should its mode forbid it."""
    try:
        return read_bytes(path)
    except PermissionError:
        path.chmod(stat.S_IMODE(path.lstat().st_mode) | stat.S_IRUSR)
        return read_bytes(path)


def check_regular(handle: int) -> None:
    """Raise OSError for what is no regular file: a device may have no end."""
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        raise OSError(errno.ENOTSUP, "it is no regular file any more")


def write_bytes(handle: int, data: bytes) -> None:
    """Write all bytes to an open file, however many calls it takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
