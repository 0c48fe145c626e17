"""What one build leaves for the next: from one process to another, or from round to round in memory."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prepvault import __version__
from prepvault.jobs.context import Context
from prepvault.jobs.find_notes import find_notes
from prepvault.jobs.kept import Kept
from prepvault.jobs.pickled import dumped, loaded
from prepvault.model.finding import Finding
from prepvault.model.keys import key_of
from prepvault.model.vault import Vault
from prepvault.model.zones import tzdata_version
from prepvault.outside import clock
from prepvault.outside.cache import Cache, Row, code_signature, open_cache, stamps_below
from prepvault.outside.output import Manifest, read_stamps
from prepvault.outside.placing import Stamp
from prepvault.outside.resources import PACKAGE, find_shipped
from prepvault.outside.scan import FileStamp, Scan, stamp_at

if TYPE_CHECKING:
    from prepvault.jobs.known_notes import KnownNotes
    from prepvault.model.card import Library
    from prepvault.render.compiled import Compiled
    from prepvault.render.site import Artist

    Cards = tuple[Library, tuple[Finding, ...]]

UNSURE_NS = 2_000_000_000
"""File systems count time in steps of up to two seconds: of a change that is younger nothing can be told."""

_OBSIDIAN = ("app.json", "templates.json", "plugins/templater-obsidian/data.json")
_REPORT, _CARDS = ("report", ""), ("cards", "")
_PIECES = ("page", "event")

Stamps = Mapping[str, FileStamp | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a build leaves: all it read, what it found, and when its pages stop being true by themselves.

    `until` is in seconds; `pictures` are the paths of all that were looked at, `site` is whatever drew it.
    """

    vault: Vault
    findings: tuple[Finding, ...]
    made: datetime
    until: float
    next_at: datetime
    pictures: tuple[str, ...]
    site: object


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
        self._cache: Cache = open_cache(root, folder)
        self._keeps = keeps_objects
        self.last_site: object = None
        self.last_vault: Vault | None = None
        self._table: dict[str, Any] = {}
        self._memory: dict[Row, tuple[str, object]] = {}
        self._fresh: dict[Row, bytes] = {}
        self._words: dict[str, str] = {}
        self._known: KnownNotes | None = None
        self._cards: Cards | None = None
        self._artist: Artist | None = None
        self._compiled: Compiled | None = None
        self._began_ns = 0
        self._code = code_signature((PACKAGE, find_shipped("site_templates")))

    def begin(self, context: Context, before: Manifest | None) -> Scan:
        """Look at what lies in the vault and in the folder; what others left is dropped."""
        base = self._base_of(context)
        if base != self.base:  # a round that failed may have left objects of settings that count no more
            self._drop()
        self.base = base
        self._table = self._table or self._cache.read_table()
        if before is None or self._table.get("base") != self.base:
            self._drop()
        self._began_ns = int(clock.now().timestamp() * 1e9)
        self.scan = find_notes(context, self.others)
        lying = read_stamps(self.folder, before.files) if before else {}
        self.kept = Kept(self._cache, self._table, lying, memory=self._memory if self._keeps else {})
        return self.scan

    def _drop(self) -> None:
        self._table, self._memory, self._fresh, self._words = {}, {}, {}, {}
        self._known = self._cards = self._artist = self._compiled = None
        self.last_site = self.last_vault = None

    def fits(self, context: Context) -> bool:
        """Tell whether what was read is still read so under the settings as they are now."""
        return bool(self._table) and self._base_of(context) == self.base

    @property
    def others(self) -> Mapping[str, FileStamp]:
        """Notes that are none of ours, with their stamps."""
        found: Mapping[str, FileStamp] = self._table.get("others", {})
        return found

    def known(self) -> "KnownNotes":
        """What earlier builds read of the notes."""
        if self._known is None:
            from prepvault.jobs.known_notes import KnownNotes

            self._known = KnownNotes(self._cache, self.base)
        self._known.trust(self._table.get("notes", {}))
        return self._known

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
            from prepvault.render.compiled import Compiled
            from prepvault.render.site import Artist

            self._compiled = Compiled(self._find_compiled, is_sandboxed=not are_ours)
            self._artist = Artist(templates(), are_ours=are_ours, compiled=self._compiled)
        return self._artist

    def made(self, name: str) -> bool:
        """Tell whether a file in the folder is one of ours."""
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
        return held[1] if held and held[0] == self.base and isinstance(held[1], tuple) else None

    def finish(self, left: Left, stamps: Mapping[str, Stamp]) -> None:
        """Leave everything for the next build; a disk that does not take it costs only time.

        `stamps` are those of the files in the folder.
        """
        if self._keeps:
            self.last_site, self.last_vault = left.site, left.vault
        gone = self._gone()
        notes = {note.path: note.stamp for note in self.scan.notes}
        also = {*left.vault.also_read, *left.pictures, *(f".obsidian/{name}" for name in _OBSIDIAN)}
        self._table = {
            "base": self.base,
            "made": left.made.timestamp(),
            "until": left.until,
            "next_at": left.next_at.timestamp(),
            "notes": self._sure(notes),
            "others": self._sure(self.scan.others),
            "seen": _seen(self.scan),
            "also": self._stamps(also),
            "outputs": dict(stamps),
            "pieces": self.kept.heads,
            "words": self._words,
        }
        rows, lost = self.known().settle(notes)
        rows |= self._fresh | self.kept.fresh | self._templates()
        rows[_REPORT] = dumped(self.base, (len(left.vault.interviews), left.findings))
        self._cache.write(rows, (*lost, *gone))
        self._cache.write_table(self._table)
        self._cache.close()
        self._fresh = {}
        if self._compiled:
            self._compiled.fresh.clear()

    def _find_compiled(self, name: str) -> bytes | None:
        return self._cache.read(*_compiled(name))

    def _templates(self) -> dict[Row, bytes]:
        """What was made of templates in this build."""
        fresh = self._compiled.fresh if self._compiled else {}
        return {_compiled(name): data for name, data in fresh.items()}

    def _gone(self) -> list[Row]:
        """Forget what interviews gave that are there no more."""
        names = set(self._table.get("pieces", {})) - set(self.kept.heads)
        paths = [name.removeprefix("interview ") for name in names if name.startswith("interview ")]
        rows = [(kind, path) for path in paths for kind in _PIECES]
        for row in rows:
            self._memory.pop(row, None)
        return rows

    def _sure(self, stamps: Mapping[str, FileStamp]) -> Mapping[str, FileStamp]:
        """Only files that changed some time ago: one that changes twice in one step looks untouched."""
        latest = self._began_ns - UNSURE_NS
        return {path: stamp for path, stamp in stamps.items() if max(stamp[1], stamp[2]) < latest}

    def _stamps(self, paths: Iterable[str]) -> Stamps:
        return {path: stamp_at(self._root / path) for path in sorted(paths)}

    def _base_of(self, context: Context) -> str:
        """Name the program, the settings, and the vault's own cards and templates."""
        settings = context.settings
        own = (settings.text(key) for key in ("coaching.content", "site.templates"))
        folders = [stamps_below(context.root / folder) for folder in own if folder]
        return key_of(
            (__version__, self._code, tzdata_version()),
            (dict(settings.values), dict(settings.renamed), settings.zone, context.vault_name),
            (folders, context.findings),
        )


def _seen(scan: Scan) -> str:
    """Name the files that there are, and what a scan finds fault with."""
    return key_of(scan.names, scan.findings)


def _compiled(name: str) -> Row:
    return "template", name
