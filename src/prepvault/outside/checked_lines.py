"""A file of checked lines, for what must be on the disk before the next step is taken.

Each line is a checksum, a blank and a JSON record. A last line that a crash tore is dropped by the next
writer; any other line that is not what was written is damage, and what damage means is the reader's to say.
"""

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from prepvault.errors import OutsideError
from prepvault.model.system_fault import hint_for, why
from prepvault.outside.swap import sync_file, sync_folder

Record = Mapping[str, Any]

_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class CheckedLines:
    """One such file; `name` is what messages call it. Whoever writes holds the vault's lock."""

    def __init__(self, file: Path, name: str) -> None:
        self.file = file
        self.name = name

    def read(self) -> tuple[Record | None, ...]:
        """Read every line, oldest first: its record, None for one that is not what was written."""
        try:
            data = self.file.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise self._failure(error) from error
        *lines, _ = data.split(b"\n")
        return tuple(map(record_of, lines))

    def append(self, record: Record) -> None:
        """Add one line durably, in one write, in place of a last line that was torn."""
        line = line_of(record)
        try:
            handle = os.open(self.file, _OPEN, 0o600)
            try:
                os.lseek(handle, 0, os.SEEK_SET)
                data = b"".join(iter(lambda: os.read(handle, 1 << 20), b""))
                end = data.rfind(b"\n") + 1
                os.ftruncate(handle, end)
                os.lseek(handle, end, os.SEEK_SET)
                if os.write(handle, line) != len(line):
                    raise OSError(None, "the line could not be written whole")
                sync_file(handle)
            finally:
                os.close(handle)
            sync_folder(self.file.parent)
        except OSError as error:
            raise self._failure(error) from error

    def damage(self) -> OutsideError:
        """What stops a reader that must not guess: a line that is torn, or one that a newer release wrote."""
        if None not in self.read():
            return OutsideError(
                f"{self.name} holds what this version does not know: `{self.file}`",
                hint="a newer PrepVault may have written it: use that one; nothing is sent before",
            )
        return OutsideError(
            f"{self.name} is damaged: `{self.file}`",
            hint="nothing is sent before you have looked at it; move it away to begin a new one",
        )

    def _failure(self, error: OSError) -> OutsideError:
        return OutsideError(
            f"{self.name} cannot be kept: `{self.file}`: {why(error)}",
            hint=hint_for(error, "make it readable, or name another folder with `PREPVAULT_STATE_DIR`"),
        )


def line_of(record: Record) -> bytes:
    """Write a record as a checked line."""
    text = json.dumps(record, separators=(",", ":")).encode("ascii")
    return _checksum(text) + b" " + text + b"\n"


def mend_end(handle: int) -> bytes:
    """Cut off a last line that was torn; give what comes before the next, should only an end be missing."""
    tail = b""
    with os.fdopen(handle, "rb", closefd=False) as stream:  # it reads on where the disk gives less than asked
        at = size = stream.seek(0, os.SEEK_END)
        while at and b"\n" not in tail:
            step = min(at, 1 << 16)
            at = stream.seek(at - step)
            tail = stream.read(step) + tail
    torn = tail.rpartition(b"\n")[2]
    if torn and record_of(torn) is None:
        os.ftruncate(handle, size - len(torn))
        return b""
    return b"\n" if torn else b""


def _checksum(text: bytes) -> bytes:
    return sha256(text).hexdigest()[:16].encode("ascii")


def record_of(line: bytes) -> dict[str, Any] | None:
    """Read the record of a line, None when the line is not what was written."""
    checksum, _, text = line.partition(b" ")
    if _checksum(text) != checksum:
        return None
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None
