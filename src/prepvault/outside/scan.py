"""Find the notes of a vault in one pass, leaving out what is no note of ours."""

import os
import re
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from prepvault.model.finding import Finding, Place, Severity
from prepvault.outside.disk import FileStamp, stamp_of
from prepvault.outside.ignored import Ignored, is_conflict_copy

_SNIFF = 4096
_SNIFF_MORE = 64 * 1024
_DATALESS = 0x40000000
_RECALLED = 0x00400000 | 0x00001000
_MAY_DOWNLOAD = sys.platform in {"darwin", "win32"}
_OPEN = (
    os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look for: every note in `folders`, and any whose front matter has the property `key`.

    `others` are notes elsewhere that were found before not to have it, with their stamps then: while the
    stamp is the same, they are not opened again.
    """

    folders: tuple[str, ...]
    key: str
    ignored: Ignored
    others: Mapping[str, FileStamp] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note that is ours by its folder, or perhaps ours by its front matter (`folder` is empty then)."""

    path: str
    folder: str
    stamp: FileStamp


@dataclass(frozen=True, slots=True)
class Scan:
    """Everything one pass saw: notes and names in order of path; findings tell what was left out and why.

    `others` are notes that are none of ours, with their stamps.
    """

    notes: tuple[FoundNote, ...]
    names: tuple[str, ...]
    findings: tuple[Finding, ...]
    others: Mapping[str, FileStamp] = field(default_factory=dict)


def scan_vault(root: Path, wish: Wish) -> Scan:
    """Walk the vault once; reads at most the beginning of a note that does not lie in our folders."""
    walk = _Walk(root, wish)
    walk.run()
    walk.report_links()
    notes = tuple(sorted(walk.notes, key=lambda note: note.path))
    return Scan(notes, tuple(sorted(walk.names)), tuple(walk.findings), walk.others)


def find_note(root: Path, path: str, folder: str) -> FoundNote | None:
    """Find one note that is known to be ours; None where it is gone or no plain file."""
    try:
        status = os.lstat(root / path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return FoundNote(path, folder, stamp_of(status))


@dataclass(slots=True)
class _Walk:
    root: Path
    wish: Wish
    notes: list[FoundNote] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    others: dict[str, FileStamp] = field(default_factory=dict)
    top: str = field(init=False)
    word: bytes = field(init=False)
    key: re.Pattern[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.top = f"{self.root}{os.sep}"
        self.word = self.wish.key.encode("utf-8")
        self.key = re.compile(rb"^[ \t]*([\"']?)" + re.escape(self.word) + rb"\1[ \t]*:", re.MULTILINE)

    def run(self) -> None:
        folders = [""]
        while folders:
            parent = folders.pop()
            ours = self._ours(f"{parent}/")
            begin = f"{parent}/" if parent else ""
            for entry in self._entries(parent):
                path = begin + entry.name
                is_folder = entry.is_dir(follow_symlinks=False)
                if self._is_left_out(entry.name, path, is_folder=is_folder):
                    continue
                if is_folder:
                    folders.append(path)
                else:
                    self._meet(entry, path, ours)

    def _meet(self, entry: os.DirEntry[str], path: str, ours: str) -> None:
        if entry.is_symlink():
            self.links.append(path)
        elif entry.is_file(follow_symlinks=False):
            self.names.add(path)
            if path.endswith(".md") and (ours or self._is_perhaps_ours(path)):
                self._meet_note(path, ours)
        elif path.endswith(".md"):
            self._report("vault/not-a-file", path, "this is no regular file, so it was left unread")

    def report_links(self) -> None:
        """Tell of links out of the vault; what lies in it was met, or left out, under its own name."""
        for path in sorted(self.links):
            try:
                target = (self.root / path).resolve(strict=True)
                status = target.stat()
            except (OSError, RuntimeError):
                continue
            is_note = path.endswith(".md") and stat.S_ISREG(status.st_mode)
            if not target.is_relative_to(self.root) and (is_note or stat.S_ISDIR(status.st_mode)):
                message = "this link leads out of the vault, so what is behind it was left unread"
                self._report("vault/link-outside", path, message, "move the notes into the vault")

    def _ours(self, path: str) -> str:
        """Which of our folders a path lies in."""
        return next((name for name in self.wish.folders if _lies_in(path, name)), "")

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.top + folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            message = f"this folder cannot be read: {error.strerror}"
            self._report("vault/unreadable", folder or ".", message, "check who may read it")
            return []

    def _is_left_out(self, name: str, path: str, *, is_folder: bool) -> bool:
        if name.startswith("."):
            if name.endswith(".md.icloud"):
                self._report_placeholder(path)
            return True
        if not name.isascii() and _is_broken(name):
            shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
            self._report("vault/name", shown, "this name is not UTF-8, so it was left unread", "rename it")
            return True
        return self.wish.ignored.leaves_out(path, is_folder=is_folder)

    def _meet_note(self, path: str, ours: str) -> None:
        if self.wish.ignored.is_no_note(path):
            return
        try:
            status = os.stat(self.top + path)  # noqa: PTH116 - a thousand notes, one string each
        except OSError as error:
            self._report("vault/unreadable", path, f"this note cannot be read: {error.strerror}")
            return
        if is_placeholder(status):
            self._report_placeholder(path)
        elif is_conflict_copy(path):
            message = "a sync service left this copy of a note it could not merge; it is not counted"
            hint = "take over what you need from it, then delete it"
            self._report("vault/conflict-copy", path, message, hint)
        else:
            self.notes.append(FoundNote(path, ours, stamp_of(status)))

    def _is_perhaps_ours(self, path: str) -> bool:
        """Look into a note that does not lie in our folders, unless that was done and it did not change."""
        try:
            stamp = stamp_of(os.stat(self.top + path))  # noqa: PTH116
        except OSError:
            return False
        is_ours = self.wish.others.get(path) != stamp and self._sniff(path)
        if not is_ours:
            self.others[path] = stamp
        return is_ours

    def _sniff(self, path: str) -> bool:
        """Tell whether a note's front matter seems to have the property; reads only its beginning."""
        try:
            if _MAY_DOWNLOAD and is_placeholder(os.stat(self.top + path)):  # noqa: PTH116
                return False
            descriptor = os.open(self.top + path, _OPEN)
        except OSError:
            return False
        try:
            begin = os.read(descriptor, _SNIFF)
            if not begin.startswith((b"---", b"\xef\xbb\xbf---")):
                return False
            if len(begin) == _SNIFF and b"\n---" not in begin:
                begin += os.read(descriptor, _SNIFF_MORE)
            return self.word in begin and self.key.search(begin) is not None
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


def is_placeholder(status: os.stat_result) -> bool:
    """Tell whether a file lies in a cloud only, so that reading it would download it."""
    flags = getattr(status, "st_flags", 0)
    attributes = getattr(status, "st_file_attributes", 0)
    return bool(flags & _DATALESS or attributes & _RECALLED)
