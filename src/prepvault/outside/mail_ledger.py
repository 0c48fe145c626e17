"""The ledger of mails: what was meant to be sent is on the disk before, how it ended after.

Each line is a checksum, a blank and a JSON record, in the vault's state folder. A last line that a crash tore
is dropped by the next writer; any other damage stops sending, for nobody could tell then what went out.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from prepvault.errors import OutsideError
from prepvault.model.mail import Posted, Sending
from prepvault.model.system_fault import hint_for, why
from prepvault.outside.swap import sync_file, sync_folder

_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class MailLedger:
    """The ledger in one state folder; whoever begins a mail holds the vault's lock."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "mails"

    def read(self) -> tuple[Sending, ...]:
        """Read every attempt, oldest first; OutsideError where a line is not what was written."""
        try:
            data = self._file.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise self._failure(error) from error
        begun: dict[int, Sending] = {}
        *lines, _ = data.split(b"\n")
        for line in lines:
            self._take(_read_line(line), begun)
        return tuple(begun.values())

    def begin(
        self, key: str, kind: str, to: str, message_id: str, *, at: datetime, clock: datetime | None = None
    ) -> Sending:
        """Put down durably that a mail is about to be sent; `clock` is the machine's own moment."""
        number = max((each.number for each in self.read()), default=0) + 1
        sending = Sending(number, key, kind, to, message_id, at, clock=clock)
        self._append(
            {
                "number": number,
                "key": key,
                "kind": kind,
                "to": to,
                "message_id": message_id,
                "at": at.isoformat(),
                **({"clock": clock.isoformat()} if clock else {}),
            }
        )
        return sending

    def end(self, sending: Sending, state: Posted) -> None:
        """Put down durably how it ended."""
        self._append({"number": sending.number, "state": str(state)})

    def _take(self, record: Mapping[str, Any], begun: dict[int, Sending]) -> None:
        """Add what one line tells; a line that was damaged gave an empty record."""
        try:
            number = int(record["number"])
            if "state" in record:
                begun[number] = replace(begun[number], state=Posted(record["state"]))
            else:
                begun[number] = _begun(number, record)
        except (KeyError, ValueError, TypeError):
            raise OutsideError(
                f"the ledger of sent mails is damaged: `{self._file}`",
                hint="nothing is sent before you have looked at it; move it away to begin a new one",
            ) from None

    def _append(self, record: dict[str, object]) -> None:
        """Add one line in one write, in place of a last line that was torn."""
        text = json.dumps(record, separators=(",", ":")).encode("ascii")
        line = _checksum(text) + b" " + text + b"\n"
        try:
            handle = os.open(self._file, _OPEN, 0o600)
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
            sync_folder(self._file.parent)
        except OSError as error:
            raise self._failure(error) from error

    def _failure(self, error: OSError) -> OutsideError:
        return OutsideError(
            f"the ledger of sent mails cannot be kept: `{self._file}`: {why(error)}",
            hint=hint_for(error, "make it readable, or name another folder with `PREPVAULT_STATE_DIR`"),
        )


def _begun(number: int, record: Mapping[str, Any]) -> Sending:
    key, kind, to, name = (str(record[each]) for each in ("key", "kind", "to", "message_id"))
    clock = datetime.fromisoformat(record["clock"]) if "clock" in record else None
    return Sending(number, key, kind, to, name, datetime.fromisoformat(record["at"]), clock=clock)


def _checksum(text: bytes) -> bytes:
    return sha256(text).hexdigest()[:16].encode("ascii")


def _read_line(line: bytes) -> Mapping[str, Any]:
    """The record of a line; empty when the line is not what was written."""
    checksum, _, text = line.partition(b" ")
    record = json.loads(text) if _checksum(text) == checksum else {}
    return record if isinstance(record, dict) else {}
