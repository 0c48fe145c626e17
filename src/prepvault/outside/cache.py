"""What earlier builds worked out, kept outside the vault: safe to delete, and never believed when damaged.

Tables that are read at once, and rows that are read one by one. Everything carries a checksum; whatever
does not fit is as if it had never been there.
"""

import marshal
import os
import sqlite3
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from errno import EPERM
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Any

from prepvault.outside import clock
from prepvault.outside.beside import put_in_place

TABLE, PIECES, EARLY = "table", "pieces", "early"
"""What is read at each build, what is read where something has to be made, and what came before its build."""

_ROWS, _USED = "rows", "used"
_FORMAT = b"prepvault cache 1\n"
_SUM = 16
_KEPT_DAYS = 60
_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_MAKE = "create table if not exists rows (kind text, name text, data blob, primary key (kind, name))"

Table = dict[str, Any]
Row = tuple[str, str]
"""The kind of a row and its name."""


class Cache:
    """The cache of one vault and one output folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: sqlite3.Connection | None = None

    def read_table(self, name: str) -> Table:
        """Read a table; empty where there is none, or where it is not what was written."""
        try:
            self._check_owner()
            data = (self._folder / name).read_bytes()
            text = data[len(_FORMAT) + _SUM :]
            if data[: len(_FORMAT) + _SUM] != _FORMAT + _sum_of(text):
                return {}
            table = marshal.loads(text)  # noqa: S302 - ours by its checksum, in a folder of the user's own
        except (OSError, ValueError, EOFError, TypeError):
            return {}
        return table if isinstance(table, dict) else {}

    def write_table(self, name: str, table: Table) -> None:
        """Replace a table; a disk that does not take it is no fault of the build."""
        text = marshal.dumps(table)
        with suppress(OSError):
            self._make_folder()
            put_in_place(self._folder / name, _FORMAT + _sum_of(text) + text, durable=False)

    def read(self, kind: str, name: str) -> bytes | None:
        """Read one row, None where there is none to be trusted."""
        with suppress(sqlite3.Error):
            for (data,) in self._open().execute(
                "select data from rows where kind = ? and name = ?", (kind, name)
            ):
                return _trusted(data)
        return None

    def read_all(self, kind: str) -> Mapping[str, bytes]:
        """Read all rows of a kind, by their names."""
        found: dict[str, bytes] = {}
        with suppress(sqlite3.Error):
            for name, data in self._open().execute("select name, data from rows where kind = ?", (kind,)):
                trusted = _trusted(data)
                if trusted is not None:
                    found[name] = trusted
        return found

    def write(self, rows: Iterable[tuple[Row, bytes]], gone: Iterable[Row] = ()) -> None:
        """Write and remove rows together; what cannot be written was never kept."""
        try:
            opened = self._open()
            with opened:
                opened.executemany("delete from rows where kind = ? and name = ?", list(gone))
                opened.executemany(
                    "insert or replace into rows values (?, ?, ?)",
                    ((kind, name, _sum_of(data) + data) for (kind, name), data in rows),
                )
        except sqlite3.Error:
            self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.close()
        for name in (TABLE, PIECES, EARLY, _ROWS, f"{_ROWS}-journal"):
            with suppress(OSError):
                (self._folder / name).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        if self._rows is not None:
            with suppress(sqlite3.Error):
                self._rows.close()
            self._rows = None

    def _open(self) -> sqlite3.Connection:
        if self._rows is None:
            try:
                self._make_folder()
            except OSError as error:
                raise sqlite3.OperationalError(str(error)) from error
            # A power cut may damage what is not synced: the checksum of each row tells.
            self._rows = sqlite3.connect(self._folder / _ROWS, timeout=1, check_same_thread=False)
            self._rows.execute("pragma synchronous = off")
            self._rows.execute(_MAKE)
        return self._rows

    def _make_folder(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._check_owner()

    def _check_owner(self) -> None:
        """Refuse a folder that another account can write into: what lies here is run, and read as objects."""
        status = self._folder.stat()
        if hasattr(os, "geteuid") and (status.st_uid != os.geteuid() or status.st_mode & _BY_OTHERS):
            raise PermissionError(EPERM, os.strerror(EPERM), str(self._folder))


def open_cache(vault: str, output: str) -> Cache:
    """Open the cache of a vault and an output folder; those that nobody used for two months go."""
    home = cache_home()
    folder = home / sha256(os.fsencode(vault) + b"\0" + os.fsencode(output)).hexdigest()[:24]
    _mark_used(home, folder)
    return Cache(folder)


def cache_home() -> Path:
    """Return where the caches of all vaults lie: `$PREPVAULT_CACHE_DIR`, else the user's own."""
    named = os.environ.get("PREPVAULT_CACHE_DIR")
    if named:
        return Path(named).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_cache_dir("prepvault")) / "builds"


def _mark_used(home: Path, folder: Path) -> None:
    """Remember the day of use; on a new day look for caches that have had none for long."""
    mark = folder / _USED
    now = clock.now().timestamp()
    with suppress(OSError):
        if mark.is_file() and now - mark.stat().st_mtime < 24 * 3600:
            return
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mark.touch()
        os.utime(mark, (now, now))
        for other in home.iterdir():
            last = (other / _USED).stat().st_mtime if (other / _USED).is_file() else 0
            if other != folder and other.is_dir() and now - last > _KEPT_DAYS * 24 * 3600:
                rmtree(other, ignore_errors=True)


def _sum_of(text: bytes) -> bytes:
    return sha256(text).digest()[:_SUM]


def _trusted(data: object) -> bytes | None:
    if not isinstance(data, bytes) or len(data) < _SUM:
        return None
    text = data[_SUM:]
    return text if _sum_of(text) == data[:_SUM] else None
