"""The ledger of mails: what was meant to be sent is on the disk before, how it ended after.

Damage stops sending, for nobody could tell then what went out.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from prepvault.model.mail import Posted, Sending
from prepvault.outside.checked_lines import CheckedLines, Record


class MailLedger:
    """The ledger in one state folder; whoever begins a mail holds the vault's lock."""

    def __init__(self, folder: Path) -> None:
        self._lines = CheckedLines(folder / "mails", "the ledger of sent mails")

    def read(self) -> tuple[Sending, ...]:
        """Read every attempt, oldest first; OutsideError where a line is not what was written."""
        begun: dict[int, Sending] = {}
        for record in self._lines.read():
            self._take(record or {}, begun)
        return tuple(begun.values())

    def begin(
        self, key: str, kind: str, to: str, message_id: str, *, at: datetime, clock: datetime | None = None
    ) -> Sending:
        """Put down durably that a mail is about to be sent; `clock` is the machine's own moment."""
        number = max((each.number for each in self.read()), default=0) + 1
        sending = Sending(number, key, kind, to, message_id, at, clock=clock)
        self._lines.append(
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
        self._lines.append({"number": sending.number, "state": str(state)})

    def _take(self, record: Record, begun: dict[int, Sending]) -> None:
        """Add what one line tells; a line that was damaged gave an empty record."""
        try:
            number = int(record["number"])
            if "state" in record:
                begun[number] = replace(begun[number], state=Posted(record["state"]))
            else:
                begun[number] = _begun(number, record)
        except (KeyError, ValueError, TypeError, OverflowError):
            raise self._lines.damage() from None


def _begun(number: int, record: Record) -> Sending:
    key, kind, to, name = (str(record[each]) for each in ("key", "kind", "to", "message_id"))
    clock = datetime.fromisoformat(record["clock"]) if "clock" in record else None
    return Sending(number, key, kind, to, name, datetime.fromisoformat(record["at"]), clock=clock)
