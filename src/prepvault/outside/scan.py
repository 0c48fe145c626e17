"""Find the notes of a vault in one pass, leaving out what is no note of ours."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from prepvault.model.finding import Finding, Place, Severity
from prepvault.outside.ignored import Ignored, is_conflict_copy

_SNIFF = 4096
_SNIFF_MORE = 64 * 1024
_DATALESS = 0x40000000
_RECALLED = 0x00400000 | 0x00001000
_OPEN = (
    os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look for: every note in `folders`, and any whose front matter has the property `key`."""

    folders: tuple[str, ...]
    key: str
    ignored: Ignored


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note that is ours by its folder, or perhaps ours by its front matter (`folder` is empty then)."""

    path: str
    folder: str
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Scan:
    """Everything one pass saw: notes and names in order of path; findings tell what was left out and why."""

    notes: tuple[FoundNote, ...]
    names: tuple[str, ...]
    findings: tuple[Finding, ...]


def scan_vault(root: Path, wish: Wish) -> Scan:
    """Walk the vault once; reads at most the beginning of a note that does not lie in our folders."""
    walk = _Walk(root, wish)
    walk.run()
    walk.follow_links()
    notes = tuple(sorted(walk.notes, key=lambda note: note.path))
    return Scan(notes, tuple(sorted(walk.names)), tuple(walk.findings))


@dataclass(slots=True)
class _Walk:
    root: Path
    wish: Wish
    notes: list[FoundNote] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    key: re.Pattern[bytes] = field(init=False)

    def __post_init__(self) -> None:
        key = re.escape(self.wish.key.encode("utf-8"))
        self.key = re.compile(rb"^[ \t]*([\"']?)" + key + rb"\1[ \t]*:", re.MULTILINE)

    def run(self) -> None:
        folders = [""]
        while folders:
            folder = folders.pop()
            for entry in self._entries(folder):
                path = f"{folder}/{entry.name}" if folder else entry.name
                if self._is_left_out(entry, path):
                    continue
                if entry.is_symlink():
                    self.links.append(path)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                elif entry.is_file(follow_symlinks=False):
                    self._meet_file(path, entry)
                elif entry.name.endswith(".md"):
                    self._report("vault/not-a-file", path, "this is no regular file, so it was left unread")

    def follow_links(self) -> None:
        """Read a linked note only when it lies in the vault and was not met under its own name."""
        for path in sorted(self.links):
            try:
                target = (self.root / path).resolve(strict=True)
                status = target.stat()
            except (OSError, RuntimeError):
                continue
            is_note = path.endswith(".md") and stat.S_ISREG(status.st_mode)
            if not target.is_relative_to(self.root):
                if is_note or stat.S_ISDIR(status.st_mode):
                    message = "this link leads out of the vault, so what is behind it was left unread"
                    self._report("vault/link-outside", path, message, "move the notes into the vault")
            elif is_note and target.relative_to(self.root).as_posix() not in self.names:
                self.names.add(path)
                self._meet_note(path, status)

    def _entries(self, folder: str) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(self.root / folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            message = f"this folder cannot be read: {error.strerror}"
            self._report("vault/unreadable", folder or ".", message, "check who may read it")
            return
        yield from found

    def _is_left_out(self, entry: os.DirEntry[str], path: str) -> bool:
        if entry.name.startswith("."):
            if entry.name.endswith(".md.icloud"):
                self._report_placeholder(path)
            return True
        if _is_broken(entry.name):
            shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
            self._report("vault/name", shown, "this name is not UTF-8, so it was left unread", "rename it")
            return True
        return self.wish.ignored.leaves_out(path, is_folder=entry.is_dir(follow_symlinks=False))

    def _meet_file(self, path: str, entry: os.DirEntry[str]) -> None:
        self.names.add(path)
        if path.endswith(".md"):
            try:
                self._meet_note(path, entry.stat(follow_symlinks=False))
            except OSError as error:
                self._report("vault/unreadable", path, f"this note cannot be read: {error.strerror}")

    def _meet_note(self, path: str, status: os.stat_result) -> None:
        if self.wish.ignored.is_no_note(path):
            return
        folder = next((name for name in self.wish.folders if _lies_in(path, name)), "")
        if _is_placeholder(status):
            if folder:
                self._report_placeholder(path)
            return
        if not folder and not self._sniff(path):
            return
        if is_conflict_copy(path):
            message = "a sync service left this copy of a note it could not merge; it is not counted"
            hint = "take over what you need from it, then delete it"
            self._report("vault/conflict-copy", path, message, hint)
            return
        self.notes.append(FoundNote(path, folder, status.st_size, status.st_mtime_ns))

    def _sniff(self, path: str) -> bool:
        try:
            descriptor = os.open(self.root / path, _OPEN)
        except OSError:
            return False
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return False
            begin = os.read(descriptor, _SNIFF)
            if not begin.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
                return False
            if len(begin) == _SNIFF and b"\n---" not in begin:
                begin += os.read(descriptor, _SNIFF_MORE)
            return self.key.search(begin) is not None
        except OSError:
            return False
        finally:
            os.close(descriptor)

    def _report_placeholder(self, path: str) -> None:
        message = "the cloud drive has not downloaded this note, so it was left unread"
        self._report("vault/placeholder", path, message, "open it once, or keep the folder on this device")

    def _report(self, code: str, path: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding(code, Severity.WARNING, Place(path), message, hint))


def _lies_in(path: str, folder: str) -> bool:
    return path.casefold().startswith(f"{folder.casefold()}/")


def _is_broken(name: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in name)


def _is_placeholder(status: os.stat_result) -> bool:
    flags = getattr(status, "st_flags", 0)
    attributes = getattr(status, "st_file_attributes", 0)
    return bool(flags & _DATALESS or attributes & _RECALLED)
