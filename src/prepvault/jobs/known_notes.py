"""Notes as earlier builds read them: one whose file did not change is not read again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from prepvault.jobs.load import Known, Read
from prepvault.jobs.pickled import dumped, loaded
from prepvault.model.keys import key_of
from prepvault.model.note import Note
from prepvault.outside.cache import Cache, Row
from prepvault.outside.disk import FileStamp, modified_by
from prepvault.outside.scan import FoundNote

KIND = "note"
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class KnownNotes(Known):
    """What notes gave, by path; `base` names everything besides a note that its reading depends on."""

    def __init__(self, cache: Cache, base: str) -> None:
        self._cache = cache
        self._stamps: Mapping[str, FileStamp] = {}
        self._texts: Mapping[str, str] = {}
        self._given: dict[str, str] = {}
        self._base = base
        self._rows: dict[str, bytes] | None = None
        self._reads: dict[str, Read] = {}
        self._fresh: dict[str, Read] = {}

    def trust(self, stamps: Mapping[str, FileStamp], texts: Mapping[str, str]) -> None:
        """Begin anew with what the last build saw: the files that are sure, and all texts."""
        self._stamps, self._texts, self._given = stamps, texts, {}

    def find(self, found: FoundNote) -> Read | None:
        """Give what an untouched note gave before."""
        if self._stamps.get(found.path) != found.stamp:
            return None
        return self._with(found.path, self._texts.get(found.path, ""), modified_by(found.stamp))

    def recognise(self, note: Note) -> Read | None:
        """Give what a note gave before that is another file by now, and says the same."""
        return self._with(note.path, note.digest, note.modified)

    def _with(self, path: str, digest: str, modified: datetime) -> Read | None:
        """Give what was kept of a note with this text, as it is in a file that was saved at this moment."""
        if path not in self._reads:
            held = loaded(self._row(path))
            if held is None or held[0] != self._base or not isinstance(held[1], Read):
                return None
            self._reads[path] = held[1]
        read = self._reads[path]
        if read.note.digest != digest:
            return None
        if read.note.modified != modified:
            read = self._reads[path] = read.saved_at(modified)
        self._given[path] = digest
        return read

    @property
    def texts(self) -> Mapping[str, str]:
        """The digests of the notes that were given or learned since the last build."""
        return self._given

    def read_before(self, path: str) -> Read | None:
        """Give what a note gave when it was last read in this process, whatever it says now."""
        return self._reads.get(path)

    def learn(self, found: FoundNote, read: Read) -> Read:
        """Keep what a note gave, and name what others may say of it."""
        if read.interview:
            told = replace(read.interview, modified=_LONG_AGO, digest="")
            read = replace(read, facts=key_of(told, read.debrief))
        self._reads[found.path] = self._fresh[found.path] = read
        self._given[found.path] = read.note.digest
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
