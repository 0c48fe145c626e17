"""One writer at a time: a lock in the vault's state folder that dies with its process."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prepvault.errors import OutsideError

_PAUSE = 0.05
_WAIT = 10.0
_HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class LockedError(OutsideError):
    """Another process holds the lock all the while; `holder` is its number."""

    def __init__(self, message: str, *, holder: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.holder = holder


@contextmanager
def vault_lock(folder: Path, *, wait: float = _WAIT) -> Iterator[None]:
    """Hold the lock of a state folder; raises LockedError when another process keeps it all the while."""
    with _hold(folder / "lock", wait) as holder:
        if holder:
            raise LockedError(
                f"another PrepVault is writing into this vault (process {holder})",
                holder=holder,
                hint="wait for it to end, or stop it, then run this again",
            )
        yield


@contextmanager
def delivery_lock(folder: Path, *, wait: float = 0.5) -> Iterator[None]:
    """Be the only one who tells reminders of a vault; raises LockedError, which names who does."""
    with _hold(folder / "delivery.lock", wait) as holder:
        if holder:
            raise LockedError(f"another PrepVault is telling reminders now (process {holder})", holder=holder)
        yield


@contextmanager
def watch_lock(folder: Path) -> Iterator[None]:
    """Be the only `watch` of a vault; raises LockedError, which names the process that is."""
    with _hold(folder / "watch.lock", 0) as holder:
        if holder:
            raise LockedError(
                f"this vault is watched already, by process {holder}",
                holder=holder,
                hint=f"one `prepvault watch` is enough; stop that one with `kill {holder}`",
            )
        yield


@contextmanager
def output_lock(folder: Path, *, wait: float = _WAIT) -> Iterator[None]:
    """Be the only one who puts files in place in an output folder; LockedError when another keeps at it.

    The folder itself is what is locked, so nothing lies about. Windows and some network drives cannot lock
    a folder: there two builds at once are told apart by the manifest alone.
    """
    if sys.platform == "win32":
        yield
        return
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if _try_for(held, wait) is False:
            raise LockedError(
                f"another PrepVault is putting files into `{folder}`",
                hint="wait for it to end, then build again",
            )
        yield
    finally:
        os.close(held)


def lock_at_once(held: int) -> bool | None:
    """Lock an open file or folder until it is closed; False where another holds it, None where none can."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(held, 1 << 20, os.SEEK_SET)
            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in _HELD else None
    return True


@contextmanager
def _hold(path: Path, wait: float) -> Iterator[str]:
    """Lock a file that names its holder; give the other holder's number where it cannot be had."""
    try:
        held = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError as error:
        raise OutsideError(
            f"the lock `{path}` cannot be opened: {error.strerror}",
            hint="make room there, or name another folder with `PREPVAULT_STATE_DIR`",
        ) from error
    try:
        had = _try_for(held, wait)
        if had is None:
            raise OutsideError(
                f"the lock `{path}` cannot be had: this disk keeps no locks",
                hint="name a folder on another disk with `PREPVAULT_STATE_DIR`",
            )
        if had:
            os.ftruncate(held, 0)
            os.pwrite(held, str(os.getpid()).encode(), 0) if hasattr(os, "pwrite") else None
            yield ""
        else:
            yield _read_holder(held)
    finally:
        os.close(held)


def _try_for(held: int, wait: float) -> bool | None:
    """Ask again and again while another holds it; counted in tries, not by a clock."""
    for attempt in range(int(wait / _PAUSE) + 1):
        if attempt:
            time.sleep(_PAUSE)
        had = lock_at_once(held)
        if had is not False:
            return had
    return False


def _read_holder(held: int) -> str:
    try:
        os.lseek(held, 0, os.SEEK_SET)
        return os.read(held, 20).decode("ascii", "replace").strip() or "unknown"
    except OSError:
        return "unknown"
