"""What one build leaves for the next: from one process to another, or from round to round in memory."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from prepvault.jobs.build_artist import KeptArtist
from prepvault.jobs.build_base import name_base, name_cache, name_this_program
from prepvault.jobs.build_left import Left
from prepvault.jobs.context import Context
from prepvault.jobs.find_notes import find_notes
from prepvault.jobs.kept import Head, Kept
from prepvault.jobs.pickled import dumped, loaded
from prepvault.model.finding import Finding
from prepvault.model.keys import key_of
from prepvault.model.note import digest_of
from prepvault.model.vault import Vault
from prepvault.outside import clock
from prepvault.outside.cache import EARLY, PIECES, TABLE, Cache, Row, open_cache
from prepvault.outside.disk import UNSURE_NS, FileStamp, stamp_at
from prepvault.outside.lying import list_digest, read_stamps, same_by_bytes
from prepvault.outside.output import MANIFEST, Manifest, either
from prepvault.outside.placing import replace_file
from prepvault.outside.scan import Scan

if TYPE_CHECKING:
    from prepvault.jobs.known_notes import KnownNotes
    from prepvault.jobs.load import Cards
    from prepvault.render.site import Artist

_OBSIDIAN = ("app.json", "templates.json", "plugins/templater-obsidian/data.json")
_REPORT, _CARDS = ("report", ""), ("cards", "")
_PIECES = ("page", "event")

Stamps = Mapping[str, FileStamp | None]


class BuildCache:
    """The cache of one vault's site in one folder; `keeps_objects` for who builds again in this process.

    For each build call `begin`; then, unless it `is_current`, build with `known()` and `kept`, and `finish`.
    """

    kept: Kept
    scan: Scan

    def __init__(self, root: Path, folder: Path, *, keeps_objects: bool = False) -> None:
        self._root = root
        self.folder = folder
        self.base = ""
        self._cache: Cache = open_cache(*name_cache(root, folder))
        self._keeps = keeps_objects
        self.last_site: object = None
        self.last_vault: Vault | None = None
        self._table: dict[str, Any] = {}
        self._pieces: Mapping[str, Head] | None = None
        self._memory: dict[Row, tuple[str, object]] = {}
        self._fresh: dict[Row, bytes] = {}
        self._words: dict[str, str] = {}
        self._known: KnownNotes | None = None
        self._cards: Cards | None = None
        self._artist: KeptArtist | None = None
        self._began_ns = int(clock.now().timestamp() * 1e9)
        self._early: dict[str, str] = {}
        self._program = name_this_program(sure_before=self._began_ns - UNSURE_NS)

    def begin(self, context: Context) -> Scan:
        """Look at what lies in the vault and in the folder; what others left is dropped."""
        self._began_ns = int(clock.now().timestamp() * 1e9)
        self.base = self._base_of(context)
        if not self._is_of_last_build():
            self._drop()  # another process may have built since: then its table is the last one
            self._table = self._cache.read_table(TABLE)
            if not self._is_of_last_build():
                self._table = {}
        self._trust()
        self.scan = find_notes(context, self.others)
        outputs, lying = self._outputs()
        holds = frozenset({"page"} if self._keeps else ())
        self.kept = Kept(self._cache, self._old_pieces, outputs, lying, memory=self._memory, holds=holds)
        return self.scan

    def _is_of_last_build(self) -> bool:
        """Tell whether the table is of this program, these settings, and the site as it lies there.

        The folder may have been brought here from elsewhere: then its manifest is the same by its bytes.
        """
        table = self._table
        if table.get("base") != self.base:
            return False
        return bool(
            table["list"] == stamp_at(self.folder / MANIFEST) or table["listed"] == list_digest(self.folder)
        )

    def _outputs(self) -> tuple[Mapping[str, FileStamp], Mapping[str, FileStamp]]:
        """Stamp the files of the last build: as it left them, and as they lie there now.

        Another file with the same bytes is as good as the one that was left.
        """
        outputs: Mapping[str, FileStamp] = self._table.get("outputs", {})
        lying = read_stamps(self.folder, outputs) if outputs else {}
        found = same_by_bytes(self.folder, outputs, lying)
        if found:
            outputs = self._table["outputs"] = {**outputs, **found}
        return outputs, lying

    def _old_pieces(self) -> Mapping[str, Head]:
        """The pieces of the last build, read when something has to be made."""
        if self._pieces is None:
            found = self._cache.read_table(PIECES)
            is_its_own = bool(self._table) and found.get("of") == self._table["of"]
            self._pieces = found["heads"] if is_its_own else {}
        return self._pieces

    def _drop(self) -> None:
        self._table, self._memory, self._fresh, self._words = {}, {}, {}, {}
        self._pieces = None
        self._known = self._cards = self._artist = None
        self.last_site = self.last_vault = None

    def fits(self, context: Context) -> bool:
        """Tell whether what was read is still read so under the settings as they are now."""
        return bool(self._table) and self._base_of(context) == self.base

    @property
    def others(self) -> Mapping[str, FileStamp]:
        """Notes that are none of ours, with their stamps."""
        return dict(self._table.get("others", {}))

    def known(self) -> "KnownNotes":
        """What earlier builds read of the notes."""
        if self._known is None:
            from prepvault.jobs.known_notes import KnownNotes

            self._known = KnownNotes(self._cache, self.base)
            self._trust()
        return self._known

    def _trust(self) -> None:
        if self._known is not None:
            self._known.trust(self._table.get("notes", {}), self._table.get("texts", {}))

    def remember(self, name: str, make: Callable[[], str]) -> str:
        """Work something out once for this program and these settings."""
        if name not in self._words:
            self._words[name] = self._table.get("words", {}).get(name) or make()
        return self._words[name]

    def library(self, context: Context) -> "Cards":
        """The cards and what is wrong with them, as they were read before or read now."""
        if self._cards is None:
            held = loaded(self._cache.read(*_CARDS))
            if held and held[0] == self.base and isinstance(held[1], tuple):
                self._cards = held[1]
            else:
                from prepvault.jobs.library import load_library

                self._cards = load_library(context)
                self._fresh[_CARDS] = dumped(self.base, self._cards)
        return self._cards

    def artist(self, templates: Callable[[], Mapping[str, str]], *, are_ours: bool) -> "Artist":
        """Who draws with these templates: for the same program and settings the same one as before."""
        if self._artist is None:
            self._artist = KeptArtist(self._cache)
        return self._artist.with_templates(templates, are_ours=are_ours)

    def put_early(self, name: str, data: bytes) -> None:
        """Put a page of ours in place before its round; that, or the next process, will know it for ours."""
        self._early = either(self._early, {name: digest_of(data)})
        self._cache.write_table(EARLY, self._early)
        replace_file(self.folder, name, data)

    def heed_early(self, before: Manifest | None) -> Manifest | None:
        """Let a manifest know what was put in place since it was written."""
        early = either(self._early, self._cache.read_table(EARLY))
        return replace(before, files=either(before.files, early)) if before and early else before

    def made(self, name: str) -> bool:
        """Tell whether a file is one of ours."""
        return name in self._table.get("outputs", {})

    def has_untouched(self, names: Iterable[str]) -> bool:
        """Tell whether these files lie in the folder just as the last build left them."""
        outputs = self._table.get("outputs", {})
        return all(name in outputs and self.kept.lying.get(name) == outputs[name] for name in names)

    def is_current(self, context: Context) -> bool:
        """Tell whether the site lies there as a build of now would make it."""
        table, now = self._table, context.now.timestamp()
        if not table:
            return False
        is_time = table["made"] <= now < table["until"] if context.is_live else now == table["made"]
        return bool(
            is_time
            and {note.path: note.stamp for note in self.scan.notes} == table["notes"]
            and _seen(self.scan) == table["seen"]
            and self._stamps(table["also"]) == table["also"]
            and self.kept.lying == table["outputs"]
        )

    @property
    def next_at(self) -> datetime:
        """When the pages stop being true by themselves."""
        return datetime.fromtimestamp(self._table["next_at"], UTC)

    def read_report(self) -> tuple[int, tuple[Finding, ...]] | None:
        """Give how many interviews the last build had and what it found; None where that is lost."""
        held = loaded(self._cache.read(*_REPORT))
        return held[1] if held and held[0] == self._table["of"] and isinstance(held[1], tuple) else None

    def finish(self, context: Context, left: Left, stamps: Mapping[str, FileStamp]) -> None:
        """Leave everything for the next build, unless somebody saved templates or cards meanwhile.

        A disk that does not take it costs only time. `stamps` are those of the files in the folder.
        """
        if self._base_of(context) == self.base:
            self._leave(left, stamps)
        else:
            self._drop()

    def _leave(self, left: Left, stamps: Mapping[str, FileStamp]) -> None:
        if self._keeps:
            self.last_site, self.last_vault = left.site, left.vault
        gone = self._gone()
        notes = {note.path: note.stamp for note in self.scan.notes}
        also = {*left.vault.also_read, *left.pictures, *(f".obsidian/{name}" for name in _OBSIDIAN)}
        run = token_hex(8)
        self._table = {
            "of": run,
            "base": self.base,
            "list": stamp_at(self.folder / MANIFEST),
            "listed": list_digest(self.folder),
            "made": left.made.timestamp(),
            "until": left.until,
            "next_at": left.next_at.timestamp(),
            "notes": self._sure(notes),
            "texts": dict(self.known().texts),
            "others": self._sure(self.scan.others),
            "seen": _seen(self.scan),
            "also": self._sure_or_not(also),
            "outputs": dict(stamps),
            "words": self._words,
        }
        rows, lost = self.known().settle(notes)
        more = self._fresh | self.kept.fresh
        more |= self._artist.fresh() if self._artist else {}
        more[_REPORT] = dumped(run, (len(left.vault.interviews), left.findings))
        self._cache.write(chain(rows, more.items()), (*lost, *gone))
        self._pieces = self.kept.heads
        self._cache.write_table(PIECES, {"of": run, "heads": self._pieces})
        self._cache.write_table(TABLE, self._table)
        self._cache.close()
        if self._early or self._cache.read_table(EARLY):
            self._cache.write_table(EARLY, {})
        self._trust()
        self._fresh, self._early = {}, {}

    def _gone(self) -> list[Row]:
        """Forget what interviews gave that are there no more."""
        names = set(self._old_pieces()) - set(self.kept.heads)
        paths = [name.removeprefix("interview ") for name in names if name.startswith("interview ")]
        rows = [(kind, path) for path in paths for kind in _PIECES]
        for row in rows:
            self._memory.pop(row, None)
        return rows

    def _sure(self, stamps: Mapping[str, FileStamp]) -> Mapping[str, FileStamp]:
        """Only files that changed some time ago: one that changes twice in one step looks untouched."""
        latest = self._began_ns - UNSURE_NS
        return {path: stamp for path, stamp in stamps.items() if max(stamp[1], stamp[2]) < latest}

    def _sure_or_not(self, paths: Iterable[str]) -> Mapping[str, FileStamp | tuple[()] | None]:
        """Stamp files that were read; one that changed since the build began gets a stamp like no other."""
        stamps = self._stamps(paths)
        sure = self._sure({path: stamp for path, stamp in stamps.items() if stamp})
        return {path: stamp if stamp is None or path in sure else () for path, stamp in stamps.items()}

    def _stamps(self, paths: Iterable[str]) -> Stamps:
        return {path: stamp_at(self._root / path) for path in sorted(paths)}

    def _base_of(self, context: Context) -> str:
        return name_base(context, self._program, sure_before=self._began_ns - UNSURE_NS)


def _seen(scan: Scan) -> str:
    """Name the files that there are, and what a scan finds fault with."""
    return key_of(scan.names, scan.findings)
