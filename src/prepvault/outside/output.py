"""The output folder: only what changed is written, only what we wrote is deleted."""

import json
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from shutil import rmtree

from prepvault.errors import OutsideError, RefusedError
from prepvault.outside import clock
from prepvault.outside.beside import PREFIX, sweep
from prepvault.outside.disk import FileStamp, stamp_of
from prepvault.outside.lock import lock_at_once, output_lock
from prepvault.outside.placing import (
    check_way,
    plain_name,
    remove_file,
    replace_file,
    stamp_if_same,
)

MANIFEST = ".prepvault-manifest.json"
_VERSION = 1
_STAGE = ".prepvault-new-"
_AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Manifest:
    """What we wrote last time: each file's SHA-256 by path, and how many interviews there were.

    Where a build was cut short, or two ran at once, a file may be one of several of ours: then their digests
    stand side by side.
    `moment` is the ISO moment that the files speak of, `inputs` a digest of what they were made from,
    `stamped` the ISO moment up to which calendar events say that they changed.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    interviews: int = 0
    moment: str = ""
    inputs: str = ""
    stamped: str = ""


@dataclass(frozen=True, slots=True)
class OutputReport:
    """What became of the files; `kept` are no longer wanted, but somebody changed them since."""

    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def read_manifest(folder: Path) -> Manifest | None:
    """Read what we wrote last time; None where we have written nothing yet."""
    path = folder / MANIFEST
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise RefusedError(f"`{path}` is not a plain file", hint="remove it, then build again")
        content = json.loads(path.read_bytes())
        files = {plain_name(name): str(digest) for name, digest in content["files"].items()}
        made = (str(content.get(key, "")) for key in ("moment", "inputs", "stamped"))
        return Manifest(files, int(content["interviews"]), *made)
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        raise RefusedError(f"`{folder}` is not a folder", hint="name another with `--output`") from None
    except OSError as error:
        raise OutsideError(f"`{path}` cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RefusedError(
            f"`{path}` cannot be understood, so it is unknown which files there are ours",
            hint="empty that folder by hand, then build again",
        ) from error


def either(some: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """Bring digests of files together: those of a file that has two stand side by side."""
    names = {*some, *others}
    return {
        name: " ".join(sorted({*some.get(name, "").split(), *others.get(name, "").split()})) for name in names
    }


def _digest_at(path: Path, known: str) -> str:
    """Tell which of its digests a file has; all of them where it cannot be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return known


@contextmanager
def open_output(folder: Path, root: Path, before: Manifest | None = None) -> Iterator["Output"]:
    """Begin to fill an output folder; what was put and not finished leaves no trace.

    `before` is its manifest, where that was read already.
    """
    check_folder(folder, root)
    before = before or read_manifest(folder)
    _check_ours(folder, before)
    _sweep(folder)
    output = Output(folder, before)
    try:
        yield output
    except OSError as error:
        raise OutsideError(
            f"`{error.filename or folder}` cannot be written: {error.strerror}",
            hint="check the folder's permissions and the free space, then build again",
        ) from error
    finally:
        output.abandon()


class Output:
    """One build's files: put aside one by one, so that none need be held, and put in place all together.

    `stamps` are the size and the time of change in nanoseconds of every file that is in place.
    """

    def __init__(self, folder: Path, before: Manifest | None) -> None:
        self.stamps: dict[str, FileStamp] = {}
        self._folder = folder
        self._old = dict(before.files) if before else {}
        self._before = self._old
        self._digests: dict[str, str] = {}
        self._aside: dict[str, Path] = {}
        self._stage: Path | None = None
        self._held: int | None = None
        self._is_new = not folder.exists()

    def put(self, name: str, data: bytes) -> str:
        """Take one file, and give its digest; RefusedError where somebody else's lies in its way."""
        digest = sha256(data).hexdigest()
        self._digests[plain_name(name)] = digest
        stamp = stamp_if_same(self._folder, name, data, ours=name in self._old)
        if stamp is None:
            self._put_aside(name, data)
        else:
            self.stamps[name] = stamp
        return digest

    def keep(self, name: str, stamp: FileStamp) -> None:
        """Say that a file of ours, which lies there with this stamp, stays as it is."""
        digest = self._old[name]
        self._digests[name] = digest if " " not in digest else _digest_at(self._folder / name, digest)
        self.stamps[name] = stamp

    def finish(self, *, interviews: int, moment: str, inputs: str, stamped: str = "") -> OutputReport:
        """Put everything in place, delete what is ours and no longer wanted, and remember what lies there.

        One build at a time does so in a folder; raises LockedError when another keeps at it.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with output_lock(self._folder):
            return self._finish(interviews, moment, inputs, stamped)

    def _finish(self, interviews: int, moment: str, inputs: str, stamped: str) -> OutputReport:
        self._heed_others()
        stale = sorted(set(self._old) - set(self._digests))
        for name in (*self._aside, *stale):
            check_way(self._folder, name)
        if self._aside or stale:
            _write_manifest(self._folder, Manifest(either(self._old, self._digests), interviews))
        for name, aside in self._aside.items():
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.replace(path)
            self.stamps[name] = stamp_of(path.stat())
        removed = tuple(name for name in stale if remove_file(self._folder, name, self._old[name]))
        _write_manifest(self._folder, Manifest(self._digests, interviews, moment, inputs, stamped))
        kept = tuple(name for name in stale if name not in removed and (self._folder / name).exists())
        unchanged = len(self._digests) - len(self._aside)
        return OutputReport(tuple(sorted(self._aside)), unchanged, removed, kept)

    def _heed_others(self) -> None:
        """Take what another build put here since this one began for ours, too: it knew other notes."""
        since = read_manifest(self._folder)
        found = since.files.items() if since else ()
        theirs = {
            name: each for name, each in found if not {*each.split()} <= {*self._before.get(name, "").split()}
        }
        self._old = either(self._old, theirs)
        left = {name: each for name, each in theirs.items() if name in self._digests.keys() - self._aside}
        self._digests = either(self._digests, left)

    def abandon(self) -> None:
        """Leave nothing behind of what was put aside."""
        if self._stage is None:
            return
        rmtree(self._stage, ignore_errors=True)
        self._stage = None
        if self._held is not None:
            os.close(self._held)
            self._held = None
        if self._is_new:
            with suppress(OSError):
                self._folder.rmdir()

    def _put_aside(self, name: str, data: bytes) -> None:
        if self._stage is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._stage, self._held = _make_stage(self._folder)
        aside = self._stage / str(len(self._aside))
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        self._aside[name] = aside


def _make_stage(folder: Path) -> tuple[Path, int | None]:
    """Make the folder for what is put aside; where folders can be held, it is, while this process lives."""
    while True:
        stage = folder / f"{_STAGE}{token_hex(6)}"
        stage.mkdir()
        if sys.platform == "win32":
            return stage, None
        held = os.open(stage, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        if lock_at_once(held) is not False and stage.exists():
            return stage, held
        os.close(held)  # another build swept it away before it was held


def _sweep(folder: Path) -> None:
    """Remove what a build that was killed had put aside; one that still runs holds its own."""
    if not folder.is_dir():
        return
    sweep(folder)
    for each in folder.glob(f"{_STAGE}*"):
        with suppress(OSError):
            if each.is_dir() and not each.is_symlink() and _is_left(each):
                rmtree(each, ignore_errors=True)


def _is_left(stage: Path) -> bool:
    """Tell whether nobody holds a folder any more; where none can be held, whether it is an hour old."""
    if sys.platform == "win32":
        return clock.now().timestamp() - stage.stat().st_mtime > _AN_HOUR
    held = os.open(stage, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        return bool(lock_at_once(held))
    finally:
        os.close(held)


def check_folder(folder: Path, root: Path) -> None:
    """Refuse a folder that is the vault, holds it, or leads out of it by a symbolic link."""
    real, vault = Path(os.path.realpath(folder)), Path(os.path.realpath(root))
    if real == vault or vault.is_relative_to(real):
        raise RefusedError(
            f"`{folder}` is the vault or holds it, so it cannot be the output folder",
            hint="choose another with `--output` or `[vault] output`",
        )
    lexical = Path(os.path.abspath(folder))  # noqa: PTH100
    if lexical.is_relative_to(root) and not real.is_relative_to(vault):
        raise RefusedError(
            f"`{folder}` leads out of the vault by a symbolic link to `{real}`",
            hint="name the real folder with `--output`",
        )


def _check_ours(folder: Path, manifest: Manifest | None) -> None:
    """Refuse a folder with files of somebody else's and no manifest of ours."""
    if manifest is not None or not folder.exists():
        return
    if not folder.is_dir():
        raise RefusedError(f"`{folder}` is not a folder", hint="name another with `--output`")
    with os.scandir(folder) as entries:
        names = (entry.name for entry in entries)
        # What a first build that was killed had on its way is ours, though no manifest came to say so.
        first = min((name for name in names if not name.startswith((_STAGE, PREFIX))), default=None)
    if first is not None:
        raise RefusedError(
            f"`{folder}` is not empty and was not made by PrepVault: it holds `{first}`",
            hint="choose an empty or a new folder with `--output`",
        )


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    content = {
        "about": "Files that PrepVault wrote here; only these does it ever delete.",
        "version": _VERSION,
        "interviews": manifest.interviews,
        "moment": manifest.moment,
        "inputs": manifest.inputs,
        "stamped": manifest.stamped,
        "files": dict(sorted(manifest.files.items())),
    }
    data = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
    if stamp_if_same(folder, MANIFEST, data, ours=True) is None:
        replace_file(folder, MANIFEST, data, durable=True)
