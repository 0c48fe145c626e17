"""Looking at the vault's files: which of them matter to `watch`, their stamps, and one look at one file."""

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from prepvault.errors import PrepVaultError
from prepvault.model.note import digest_of
from prepvault.model.watching import Look, Stamp, is_hollow
from prepvault.outside.disk import read_file
from prepvault.outside.ignored import Ignored
from prepvault.outside.obsidian import SETTINGS_FILES
from prepvault.outside.scan import is_placeholder

_PASSING = re.compile(
    r"\..*|4913|(?:tmp|sed)[a-z0-9]{6}|~.*|.*~|#.*#|.*\.(?:tmp|swp|swx|swo|crdownload|part|partial|icloud)|\.?~syncthing~.*",
    re.IGNORECASE,
)


def is_passing(name: str) -> bool:
    """Tell whether a name is one that editors and sync services give to what is gone in a moment."""
    return _PASSING.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Sight:
    """What is worth looking at: everything but what is left out, and `kept` folders in any case."""

    ignored: Ignored = field(default_factory=Ignored)
    kept: tuple[str, ...] = ()

    def wants(self, path: str) -> bool:
        """Tell whether a change of this file could change what PrepVault makes."""
        if path in SETTINGS_FILES:
            return True
        folders = path.split("/")[:-1]
        parents = ["/".join(folders[:count]) for count in range(1, len(folders) + 1)]
        return all(self.enters(parent) for parent in parents) and self.takes(path)

    def takes(self, path: str) -> bool:
        """Tell whether a file, whose folder was entered, is of worth."""
        if is_passing(path.rpartition("/")[2]) or _is_broken(path):
            return False
        return self._is_kept(path) or not self.ignored.leaves_out(path, is_folder=False)

    def enters(self, path: str) -> bool:
        """Tell whether a folder, whose parent was entered, may hold something of worth."""
        if path.rpartition("/")[2].startswith(".") or _is_broken(path):
            return False
        leads_to_kept = any(f"{folder}/".startswith(f"{path}/") for folder in self.kept)
        return leads_to_kept or self._is_kept(path) or not self.ignored.leaves_out(path, is_folder=True)

    def _is_kept(self, path: str) -> bool:
        return any(path.startswith(f"{folder}/") for folder in self.kept)


@dataclass(slots=True)
class Eyes:
    """Looks at one vault; `sight` is exchanged when the settings change."""

    root: Path
    sight: Sight

    def wants(self, path: str) -> bool:
        """Tell whether a change of this file matters."""
        return self.sight.wants(path)

    def identity(self) -> tuple[int, int] | None:
        """Name the folder itself, whatever its path; None while there is none."""
        try:
            status = self.root.stat()
        except OSError:
            return None
        return (status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else None

    def has(self, path: str) -> bool:
        """Tell whether there is a file of this name."""
        return (self.root / path).is_file()

    def census(self) -> dict[str, Stamp]:
        """Stamp every file that matters, without opening one."""
        found: dict[str, Stamp] = {}
        folders = [""]
        while folders:
            parent = folders.pop()
            begin = f"{parent}/" if parent else ""
            try:
                with os.scandir(self.root / parent) as entries:
                    for entry in entries:
                        self._meet(entry, begin + entry.name, found, folders)
            except OSError:  # it went away just now: then its files are gone too
                continue
        for path in SETTINGS_FILES:
            look = self._stat(path)
            if look:
                found[path] = _stamp(look)
        return found

    def _meet(self, entry: os.DirEntry[str], path: str, found: dict[str, Stamp], folders: list[str]) -> None:
        if entry.is_dir(follow_symlinks=False):
            if self.sight.enters(path):
                folders.append(path)
        elif entry.is_file(follow_symlinks=False) and self.sight.takes(path):
            try:
                found[path] = _stamp(entry.stat(follow_symlinks=False))
            except OSError:
                return

    def look(self, path: str) -> Look:
        """Look at one file; only notes are read, and nothing that would have to be downloaded."""
        status = self._stat(path)
        if status is None:
            return Look()
        if not path.endswith(".md") or is_placeholder(status):
            return Look(_stamp(status))
        try:
            data, _ = read_file(self.root / path, path)
        except PrepVaultError:
            return Look(_stamp(status), is_hollow=self._stat(path) is not None)
        after = self._stat(path)
        if after is None:
            return Look()
        if _stamp(after) != _stamp(status):
            return Look(_stamp(after), is_hollow=True)
        return Look(_stamp(after), digest_of(data), is_hollow(data))

    def _stat(self, path: str) -> os.stat_result | None:
        try:
            status = os.lstat(self.root / path)
        except (OSError, ValueError):
            return None
        return status if stat.S_ISREG(status.st_mode) else None


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino)


def _is_broken(path: str) -> bool:
    return not path.isascii() and any("\ud800" <= char <= "\udfff" for char in path)
