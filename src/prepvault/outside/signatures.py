"""Name programs and folders by what is in them, wherever and whenever they were put there."""

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from prepvault.outside.cache import Cache, cache_home
from prepvault.outside.disk import FileStamp, stamps_below

LIBRARIES = frozenset(
    {
        *("icalendar", "python_dateutil", "six", "tzdata"),
        *("jinja2", "markupsafe"),
        *("markdown_it_py", "mdit_py_plugins", "mdurl"),
        *("python_frontmatter", "pyyaml"),
    }
)
"""The libraries that make the bytes of a site, as their distributions are called."""

_LOOKS = "looks"
_KEPT = 16
_ENDINGS = (".dist-info", ".egg-info")


def name_program(folders: Sequence[Path], *, sure_before: int) -> str:
    """Name Python, the libraries that draw, and the program's own files: what others kept is of no use."""
    files = name_content(folders, sure_before=sure_before)
    return sha256("\0".join((sys.version, *_libraries(), files)).encode("utf-8", "replace")).hexdigest()


def name_content(folders: Sequence[Path], *, sure_before: int) -> str:
    """Name the files below folders by their paths there and their bytes.

    They are read again only where one is another file than last time, or changed after `sure_before`, in
    nanoseconds.
    """
    stamps = [stamps_below(folder) for folder in folders]
    look = sha256(repr(stamps).encode("utf-8", "replace")).hexdigest()
    cache = Cache(cache_home())
    known = cache.read_table(_LOOKS)
    if look in known:
        return str(known[look])
    name = _digest_of(folders, stamps)
    if all(max(stamp[1], stamp[2]) < sure_before for each in stamps for _, stamp in each):
        cache.write_table(_LOOKS, dict([*known.items(), (look, name)][-_KEPT:]))
    return name


def _digest_of(folders: Sequence[Path], stamps: Sequence[Iterable[tuple[str, FileStamp]]]) -> str:
    seen = sha256()
    for folder, each in zip(folders, stamps, strict=True):
        for path, _ in each:
            with suppress(OSError):
                told = f"{Path(path).relative_to(folder).as_posix()}\0".encode("utf-8", "surrogateescape")
                seen.update(told + sha256(Path(path).read_bytes()).digest())
        seen.update(b"\0")
    return seen.hexdigest()


def _libraries() -> list[str]:
    """Each library's name and version, from the folders that Python looks in."""
    found: set[str] = set()
    for folder in sys.path:
        with suppress(OSError), os.scandir(folder or ".") as entries:
            found.update(entry.name for entry in entries if entry.name.endswith(_ENDINGS))
    return sorted(each for each in found if _distribution(each) in LIBRARIES)


def _distribution(name: str) -> str:
    return name.partition("-")[0].lower().replace(".", "_")
