"""Files that were not made for PrepVault: read within bounds, never written, nothing in them followed."""

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from prepvault.errors import OutsideError, RefusedError

LARGEST = 50 * 1024 * 1024
"""The most bytes of one file, and of all that is taken from one folder or zip."""

MOST_FILES = 20_000

Wanted = Callable[[str], bool]
"""Tells of a path inside a folder or zip, with `/`, whether it is to be read."""

_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def read_foreign(path: Path, *, largest: int = LARGEST) -> bytes:
    """Read a regular file; RefusedError for one that is none or too large, OutsideError for the disk."""
    try:
        handle = os.open(path, _READ)
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise RefusedError(f"`{path.name}` is no regular file")
            data = stream.read(largest + 1)
    except OSError as error:
        raise OutsideError(f"`{path.name}` cannot be read: {error.strerror}") from error
    if len(data) > largest:
        raise RefusedError(f"`{path.name}` is too large: {LARGEST >> 20} MiB are read at once")
    return data


def read_folder(top: Path, wanted: Wanted) -> Mapping[str, bytes]:
    """Read the wanted files below a folder, by path within it; links and hidden files are passed over."""
    found: dict[str, bytes] = {}
    left = LARGEST
    for name in _names_below(top):
        if wanted(name):
            if len(found) == MOST_FILES:
                raise RefusedError(f"`{top.name}` holds more than {MOST_FILES} files of its kind")
            found[name] = read_foreign(top / name, largest=left)
            left -= len(found[name])
    return found


def read_zip(path: Path, wanted: Wanted) -> Mapping[str, bytes]:
    """Read the wanted members of a zip, by their name; nothing is unpacked to the disk.

    Sizes are counted as the bytes come, whatever the zip says of itself.
    """
    if not path.is_file():
        raise RefusedError(f"`{path.name}` is no regular file")
    found: dict[str, bytes] = {}
    left = LARGEST
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MOST_FILES:
                raise RefusedError(f"`{path.name}` holds more than {MOST_FILES} files")
            for member in members:
                if member.is_dir() or not wanted(member.filename):
                    continue
                if member.filename in found:
                    raise RefusedError(f"`{path.name}` holds two files of one name: unpack it")
                found[member.filename] = _read_member(archive, member, left, path.name)
                left -= len(found[member.filename])
    except _BROKEN_ZIP as error:
        raise RefusedError(f"`{path.name}` cannot be unpacked: {error or type(error).__name__}") from error
    except OSError as error:
        raise OutsideError(f"`{path.name}` cannot be read: {error.strerror or error}") from error
    return found


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, name: str) -> bytes:
    """Read one member; only those of the packing that all exports have."""
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise RefusedError(f"`{name}` is packed in a way that is not read here: unpack it")
    with archive.open(member) as stream:
        data = stream.read(left + 1)
    if len(data) > left:
        raise RefusedError(f"`{name}` holds more than {LARGEST >> 20} MiB")
    return data


def _names_below(top: Path) -> Iterator[str]:
    """Every regular file below a folder, in order of its path."""
    folders = [""]
    while folders:
        parent = folders.pop()
        try:
            with os.scandir(top / parent) as entries:
                here = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            raise OutsideError(f"`{top / parent}` cannot be read: {error.strerror}") from error
        below = []
        for entry in here:
            name = f"{parent}/{entry.name}" if parent else entry.name
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir(follow_symlinks=False):
                below.append(name)
            elif entry.is_file(follow_symlinks=False):
                yield name
        folders += reversed(below)
