"""Notes as earlier builds read them: one whose file did not change is not read again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from prepvault.jobs.load import Known, Read
from prepvault.jobs.pickled import dumped, loaded
from prepvault.model.keys import key_of
from prepvault.outside.cache import Cache, Row
from prepvault.outside.disk import FileStamp
from prepvault.outside.scan import FoundNote

KIND = "note"
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class KnownNotes(Known):
    """What notes gave, by path; `base` names everything besides a note that its reading depends on."""

    def __init__(self, cache: Cache, base: str) -> None:
        self._cache = cache
        self._stamps: Mapping[str, FileStamp] = {}
        self._base = base
        self._rows: dict[str, bytes] | None = None
        self._reads: dict[str, Read] = {}
        self._fresh: dict[str, Read] = {}

    def trust(self, stamps: Mapping[str, FileStamp]) -> None:
        """Take note of the files that can be trusted to be what they were, by their stamps."""
        self._stamps = stamps

    def find(self, found: FoundNote) -> Read | None:
        """Give what an untouched note gave before."""
        if self._stamps.get(found.path) != found.stamp:
            return None
        if found.path not in self._reads:
            held = loaded(self._row(found.path))
            if held is None or held[0] != self._base or not isinstance(held[1], Read):
                return None
            self._reads[found.path] = held[1]
        return self._reads[found.path]

    def read_before(self, path: str) -> Read | None:
        """Give what a note gave when it was last read in this process, whatever it says now."""
        return self._reads.get(path)

    def learn(self, found: FoundNote, read: Read) -> Read:
        """Keep what a note gave, and name what others may say of it."""
        if read.interview:
            told = replace(read.interview, modified=_LONG_AGO, digest="")
            read = replace(read, facts=key_of(told, read.debrief))
        self._reads[found.path] = self._fresh[found.path] = read
        return read

    def settle(self, present: Iterable[str]) -> tuple[Iterator[tuple[Row, bytes]], list[Row]]:
        """Give the rows to write and those to remove, now that these notes are there; once."""
        here, fresh = set(present), self._fresh
        gone = {*self._reads, *(self._rows or ())} - here
        for path in gone:
            self._reads.pop(path, None)
            (self._rows or {}).pop(path, None)
        self._fresh = {}
        rows = (((KIND, path), dumped(self._base, read)) for path, read in fresh.items())
        return rows, [(KIND, path) for path in gone]

    def _row(self, path: str) -> bytes | None:
        if self._rows is None:
            self._rows = dict(self._cache.read_all(KIND))
        return self._rows.pop(path, None)
