"""What a server asks again and again: the vault as it is now, and one change of a note at a time."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from prepvault.jobs.context import Context
from prepvault.jobs.find_notes import find_notes
from prepvault.jobs.library import load_library
from prepvault.jobs.load import Known, Read, load
from prepvault.model.settings import Settings
from prepvault.model.vault import Vault
from prepvault.outside import clock
from prepvault.outside.disk import UNSURE_NS, FileStamp
from prepvault.outside.scan import FoundNote
from prepvault.rules.published import published


@dataclass(frozen=True, slots=True)
class View:
    """The vault at one moment: `vault` is what may leave it, `whole` has the unpublished notes too."""

    context: Context
    vault: Vault
    whole: Vault


class Remembered(Known):
    """What notes gave when they were read last in this process; untouched ones are not read again."""

    def __init__(self) -> None:
        self.others: Mapping[str, FileStamp] = {}
        self._settings: Settings | None = None
        self._held: dict[str, tuple[FileStamp, Read]] = {}

    def begin(self, settings: Settings) -> None:
        """Forget everything that was read under other settings."""
        if settings != self._settings:
            self._settings, self._held, self.others = settings, {}, {}

    def find(self, found: FoundNote) -> Read | None:
        """Give what an untouched note gave before."""
        held = self._held.get(found.path)
        return held[1] if held and held[0] == found.stamp else None

    def learn(self, found: FoundNote, read: Read) -> Read:
        """Keep what a note gave, once its file rests."""
        if _rests(found.stamp):
            self._held[found.path] = found.stamp, read
        return read

    def settle(self, present: Iterator[str], others: Mapping[str, FileStamp]) -> None:
        """Forget notes that are there no more."""
        here = set(present)
        self._held = {path: held for path, held in self._held.items() if path in here}
        self.others = {path: stamp for path, stamp in others.items() if _rests(stamp)}


@dataclass(slots=True)
class Desk:
    """One vault, asked by several threads; `open` reads its settings, `wrote` is told the paths of notes."""

    open: Callable[[], Context]
    wrote: Callable[[str], None] = lambda path: None
    _known: Remembered = field(default_factory=Remembered)
    _reading: Lock = field(default_factory=Lock)
    _writing: Lock = field(default_factory=Lock)

    def look(self) -> View:
        """Read the vault as it is now."""
        with self._reading:
            context = self.open()
            self._known.begin(context.settings)
            scan = find_notes(context, self._known.others)
            vault = load(context, scan=scan, known=self._known, cards=load_library(context))
            self._known.settle((note.path for note in scan.notes), scan.others)
        return View(context, published(vault), vault)

    @contextmanager
    def alone(self) -> Iterator[Context]:
        """Let one job work on the vault while no other here writes."""
        with self._writing:
            yield self.open()

    @contextmanager
    def change(self) -> Iterator[View]:
        """Let one change look at the vault and write before the next one looks."""
        with self._writing:
            yield self.look()


def _rests(stamp: FileStamp) -> bool:
    return max(stamp[1], stamp[2]) < int(clock.now().timestamp() * 1e9) - UNSURE_NS
