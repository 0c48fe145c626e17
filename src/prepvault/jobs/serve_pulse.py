"""What changed of the site while it is served: a mark for each build, and which pages it made anew."""

import re
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex
from threading import Lock

from prepvault.errors import PrepVaultError
from prepvault.outside.disk import FileStamp, stamp_at
from prepvault.outside.output import MANIFEST, read_manifest

_EVERY_PAGE = ("app.css", "app.js", "form.js")
"""Files that every page loads: when one of them changes, all pages did."""

_COUNT = re.compile("[0-9]{1,9}")
_HOME = {"": "index.html", "interview-prep": "index.html"}


class Pulse:
    """Counts the builds that lie in a folder, whoever made them; a `mark` names one of them in this run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._run = token_hex(4)
        self._count = 0
        self._stamp: FileStamp | None = None
        self._files: Mapping[str, str] = {}
        self._changed: dict[str, int] = {}
        self._is_begun = False
        self._looking = Lock()

    @property
    def mark(self) -> str:
        """Name the site as it was at the last look."""
        return f"{self._run}-{self._count}"

    def look(self) -> str:
        """See whether there was a build since; the mark of what lies there now."""
        with self._looking:
            return self._look()

    def _look(self) -> str:
        stamp = stamp_at(self.folder / MANIFEST)
        if stamp is None or stamp == self._stamp:
            return self.mark
        try:
            manifest = read_manifest(self.folder)
        except PrepVaultError:
            manifest = None
        if manifest is None:
            return self.mark  # it is being made, or removed; the next look knows more
        self._stamp, files = stamp, manifest.files
        changed = {name for name in {*files, *self._files} if self._files.get(name) != files.get(name)}
        if changed and self._is_begun:
            self._count += 1
            self._changed.update(dict.fromkeys(changed, self._count))
        self._files, self._is_begun = files, True
        return self.mark

    def news_of(self, page: str, since: str) -> str:
        """Say what became of a page since a mark, as the event's name; one of another run is old."""
        name = _HOME.get(page, page)
        if name not in self._files:
            return "gone"
        run, _, count = since.partition("-")
        if run != self._run or not _COUNT.fullmatch(count):
            return "changed"
        latest = max(self._changed.get(each, 0) for each in (name, *_EVERY_PAGE))
        return "changed" if latest > int(count) else "built"
