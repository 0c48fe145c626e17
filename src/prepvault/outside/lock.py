"""One writer at a time: a lock in the vault's state folder that dies with its process."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prepvault.errors import OutsideError

_PAUSE = 0.05
_WAIT = 10.0


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
        if _try_for(held, wait):
            os.ftruncate(held, 0)
            os.pwrite(held, str(os.getpid()).encode(), 0) if hasattr(os, "pwrite") else None
            yield ""
        else:
            yield _read_holder(held)
    finally:
        os.close(held)


def _try_for(held: int, wait: float) -> bool:
    """Ask again and again; counted in tries, not by a clock."""
    for attempt in range(int(wait / _PAUSE) + 1):
        if attempt:
            time.sleep(_PAUSE)
        if _try_once(held):
            return True
    return False


def _try_once(held: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(held, 1 << 20, os.SEEK_SET)
            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _read_holder(held: int) -> str:
    try:
        os.lseek(held, 0, os.SEEK_SET)
        return os.read(held, 20).decode("ascii", "replace").strip() or "unknown"
    except OSError:
        return "unknown"
