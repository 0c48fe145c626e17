"""What PrepVault wrote into notes, with the bytes before and after: append-only and checked.

Its lines are those of `journal_lines`. Texts lie in pack files, one for each batch of writes, and carry
their digests.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from prepvault.model.entry import Entry
from prepvault.model.note import digest_of
from prepvault.outside.checked_lines import Record, line_of, mend_end
from prepvault.outside.journal_lines import Lines, read_lines, spot_of
from prepvault.outside.swap import sync_file, sync_folder
from prepvault.outside.writing import Probe, State, Write, pass_by, write_bytes

_APPEND = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

_MOST_NAME = 240  # bytes; with the number before it, what every disk takes
KEPT_DAYS = 30
KEPT_BYTES = 200 * 1024 * 1024


class Journal:
    """The journal in one state folder; whoever writes to it holds the vault's lock."""

    def __init__(self, folder: Path, probe: Probe = pass_by) -> None:
        self._folder = folder
        self._file = folder / "journal"
        self._packs = folder / "packs"
        self._mark = folder / "unfinished"
        self._open: set[int] = set()
        self._probe = probe
        self._last_read: tuple[int, int, Lines] | None = None

    def begin(self, writes: Sequence[Write], *, root: Path, at: datetime, run: int = 0) -> tuple[int, ...]:
        """Put down what is about to be written, durably, before anything is touched; give each a number.

        `run` joins these to an earlier batch of the same command, 0 begins a new one.
        """
        first = self._next_number()
        numbers = tuple(range(first, first + len(writes)))
        self._mark.touch(mode=0o600)
        self._open.update(numbers)
        texts = [text for write in writes for text in (write.before, write.after)]
        spots = self._write_pack(first, texts)
        records = [
            {
                "kind": "begin",
                "number": number,
                "run": run or first,
                "path": write.change.path,
                "root": str(root),
                "target": str(write.target),
                "temp": write.temp.name,
                "way": str(write.way),
                "reason": write.change.reason,
                "at": at.isoformat(),
                "before": before,
                "after": after,
                "undoes": write.undoes,
            }
            for number, write, before, after in zip(numbers, writes, spots[::2], spots[1::2], strict=True)
        ]
        self._append(records)
        return numbers

    def end(self, states: Mapping[int, State]) -> None:
        """Put down how writes ended."""
        if states:
            self._append([{"kind": "end", "number": n, "state": str(state)} for n, state in states.items()])
        self.leave_open(self._open - states.keys())

    @property
    def is_marked(self) -> bool:
        """Tell, without reading the journal, whether a write may be unfinished."""
        return os.path.lexists(self._mark)

    def leave_open(self, numbers: Iterable[int]) -> None:
        """Say which writes are unfinished: the mark goes with the last of them."""
        self._open = set(numbers)
        if not self._open:
            with suppress(OSError):
                self._mark.unlink(missing_ok=True)

    def rescue(self, write: Write, *, at: datetime) -> None:
        """Keep texts of other writers that would otherwise be nowhere."""
        if write.rescued:
            spots = self._write_pack(self._next_number(), list(write.rescued))
            path = write.change.path
            self._append(
                [{"kind": "rescued", "path": path, "at": at.isoformat(), "text": spot} for spot in spots]
            )

    def entries(self) -> tuple[Entry, ...]:
        """List all writes, oldest first."""
        records = self.read().records
        ends = {record["number"]: record["state"] for record in records if record["kind"] == "end"}
        begun = [record for record in records if record["kind"] == "begin"]
        undone = {record["undoes"] for record in begun if ends.get(record["number"]) in {"written", "unsure"}}
        return tuple(
            _entry(record, ends.get(record["number"], ""), is_undone=record["number"] in undone)
            for record in begun
        )

    def unfinished(self, root: Path) -> tuple[Record, ...]:
        """The records of writes in this vault, or where it lay before, whose end was never put down."""
        records = self.read().records
        ended = {record["number"] for record in records if record["kind"] == "end"}
        begun = (each for each in records if each["kind"] == "begin" and each["number"] not in ended)
        return tuple(each for each in begun if each["root"] == str(root) or not os.path.lexists(each["root"]))

    def rescued(self) -> tuple[tuple[str, datetime, bytes | None], ...]:
        """Texts of other writers that were kept: the note's path, when, and the bytes."""
        return tuple(
            (record["path"], datetime.fromisoformat(record["at"]), self.read_text(record["text"]))
            for record in self.read().records
            if record["kind"] == "rescued"
        )

    def text_before(self, entry: Entry) -> bytes | None:
        """The note's bytes before a write, None where there was no note or they are damaged."""
        return self._text(entry, "before")

    def text_after(self, entry: Entry) -> bytes | None:
        """The note's bytes after a write, None where it was removed or they are damaged."""
        return self._text(entry, "after")

    def _text(self, entry: Entry, side: str) -> bytes | None:
        begun = (each for each in self.read().records if each["kind"] == "begin")
        return next((self.read_text(each[side]) for each in begun if each["number"] == entry.number), None)

    def put_aside(self, entry: Entry, text: bytes | None) -> Path | None:
        """Write a text into a file of its own in the state folder, for a person to compare."""
        if text is None:
            return None
        folder = self._folder / "aside"
        folder.mkdir(mode=0o700, exist_ok=True)
        name = os.fsencode(entry.path.rpartition("/")[2])[-_MOST_NAME:].decode("utf-8", "ignore")
        path = folder / f"{entry.number:09d} {name}"
        handle = os.open(path, _FRESH, 0o600)
        try:
            write_bytes(handle, text)
        finally:
            os.close(handle)
        return path

    def read_text(self, spot: Record | None) -> bytes | None:
        """The bytes that a record points to; None where there are none or their digest is not theirs."""
        if spot is None:
            return None
        try:
            with (self._packs / str(spot["pack"])).open("rb") as stream:
                stream.seek(spot["at"])
                text = stream.read(spot["size"])
        except OSError:
            return None
        return text if digest_of(text) == spot["digest"] else None

    def read(self) -> Lines:
        """Read all lines; what was read last is remembered while the file is the same."""
        try:
            status = self._file.stat()
            if self._last_read and self._last_read[:2] == (status.st_size, status.st_mtime_ns):
                return self._last_read[2]
            data = self._file.read_bytes()
        except FileNotFoundError:
            return Lines()
        read = read_lines(data)
        self._last_read = (status.st_size, status.st_mtime_ns, read)
        return read

    def trim(self, *, now: datetime, days: int = KEPT_DAYS, size: int = KEPT_BYTES) -> None:
        """Forget packs older than so many days, and the oldest beyond so many bytes; unfinished writes stay.

        The journal without them is whole on the disk before the first pack is removed.
        """
        dropped = self._old_packs(now.timestamp() - days * 86400, size)
        if not dropped:
            return
        records, unknown = self.read().records, self.read().unknown
        gone = {r["number"] for r in records if r["kind"] == "begin" and _pack_of(r) in dropped}
        kept = [r for r in records if r.get("number") not in gone and _pack_of(r) not in dropped]
        kept += unknown
        fresh = self._file.with_name("journal.new")
        handle = os.open(fresh, _FRESH, 0o600)
        try:
            write_bytes(handle, b"".join(line_of(record) for record in kept))
            sync_file(handle)
        finally:
            os.close(handle)
        fresh.replace(self._file)
        sync_folder(self._folder)
        for name in sorted(dropped):
            (self._packs / name).unlink(missing_ok=True)

    def _old_packs(self, oldest: float, size: int) -> set[str]:
        if not self._packs.is_dir():
            return set()
        held = {path.name: path.stat() for path in self._packs.iterdir()}
        records = self.read().records
        ended = {record["number"] for record in records if record["kind"] == "end"}
        needed = {_pack_of(r) for r in records if r["kind"] == "begin" and r["number"] not in ended}
        dropped = set()
        total = sum(status.st_size for status in held.values())
        for name in sorted(set(held) - needed):
            if held[name].st_mtime < oldest or total > size:
                dropped.add(name)
                total -= held[name].st_size
        return dropped

    def _next_number(self) -> int:
        lines = self.read()
        numbers = [record.get("number") for record in (*lines.records, *lines.unknown)]
        used = [number for number in numbers if isinstance(number, int)]
        if self._packs.is_dir():
            used += [int(path.name) for path in self._packs.iterdir() if path.name.isdigit()]
        return max(used, default=0) + 1

    def _write_pack(self, number: int, texts: Sequence[bytes | None]) -> list[dict[str, object] | None]:
        """Write texts one after another into a file of their own, durably; say where each lies."""
        self._probe("write-pack")
        name = f"{number:09d}"
        self._packs.mkdir(mode=0o700, exist_ok=True)
        spots: list[dict[str, object] | None] = []
        handle = os.open(self._packs / name, _FRESH, 0o600)
        try:
            at = 0
            for text in texts:
                spots.append(None if text is None else spot_of(name, at, text))
                at += len(text or b"")
            write_bytes(handle, b"".join(text or b"" for text in texts))
            self._probe("sync-pack")
            sync_file(handle)
        finally:
            os.close(handle)
        sync_folder(self._packs)
        return spots

    def _append(self, records: Sequence[Record]) -> None:
        """Append lines in one call, in place of a line that a crash or a full disk may have torn."""
        self._probe("write-journal")
        is_new = not self._file.exists()
        lines = b"".join(line_of(record) for record in records)
        handle = os.open(self._file, _APPEND, 0o600)
        try:
            write_bytes(handle, mend_end(handle) + lines)
            self._probe("sync-journal")
            sync_file(handle)
        finally:
            os.close(handle)
        if is_new:
            sync_folder(self._folder)


def _pack_of(record: Record) -> str:
    spot = record.get("before") or record.get("after") or record.get("text") or {}
    return str(spot.get("pack", ""))


def _entry(record: Record, state: str, *, is_undone: bool) -> Entry:
    return Entry(
        number=record["number"],
        run=record["run"],
        path=record["path"],
        reason=record["reason"],
        at=datetime.fromisoformat(record["at"]),
        before=record["before"] and record["before"]["digest"],
        after=record["after"] and record["after"]["digest"],
        state=state,
        undoes=record["undoes"],
        is_undone=is_undone,
    )
