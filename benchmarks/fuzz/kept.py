"""What PrepVault keeps for itself: journal and ledgers, damaged in any way, are read or refused in words."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from benchmarks.fuzz.pieces import choose, require
from prepvault.errors import OutsideError
from prepvault.outside.journal import Journal
from prepvault.outside.ledger import Ledger
from prepvault.outside.mail_ledger import MailLedger

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, where there is one


@contextmanager
def _folder() -> Iterator[Path]:
    where = _MEMORY if _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="prepvault-fuzz-", dir=where) as folder:
        yield Path(folder)


def _sealed(data: bytes) -> bytes:
    """Give every line the checksum that it should have, so that what is behind the checksum is tried too."""
    lines = data.split(b"\n")
    return b"".join(sha256(line).hexdigest()[:16].encode() + b" " + line + b"\n" for line in lines if line)


def check_ledgers(data: bytes) -> None:
    """Read bytes as a ledger of reminders and of mails: `<with or without checksums><lines>`."""
    kind, lines = choose(data, ("sealed", "raw"))
    with _folder() as folder:
        for name in ("reminders", "mails"):
            (folder / name).write_bytes(_sealed(lines) if kind == "sealed" else lines)
        past = Ledger(folder).read_sound()
        require(past.damaged >= 0 and len(past.tellings) <= lines.count(b"\n") + 1, "more than was told")
        for telling in past.tellings:
            require(telling.at.tzinfo is not None, "a moment without a zone")
        try:
            Ledger(folder).read()
            require(not past.damaged, "a damaged ledger is believed")
        except OutsideError as error:
            require(past.damaged and error.message, "a sound ledger is refused")
        try:
            for sending in MailLedger(folder).read():
                require(sending.at.tzinfo is not None, "a moment without a zone")
        except OutsideError as error:
            require(error.message and error.hint, "damage is not spoken of")


def check_journal(data: bytes) -> None:
    """Read bytes as a journal: `<with or without checksums><lines>`."""
    kind, lines = choose(data, ("sealed", "raw"))
    with _folder() as folder:
        (folder / "journal").write_bytes(_sealed(lines) if kind == "sealed" else lines)
        journal = Journal(folder)
        read = journal.read()
        require(read.damaged >= 0, "damage is counted")
        for entry in journal.entries():
            require(entry.at is not None, "a write without a moment")
            journal.text_before(entry)
        journal.unfinished(folder)
        journal.rescued()
