"""Replacing a file without losing what was there: exchange, place without overwriting, sync, copy traits."""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_HERE = -100
_NO_REPLACE = 1
_EXCHANGE = 2
_MAC_SWAP = 2
_MAC_NEW_ONLY = 4
_MAC_ALL_TRAITS = 15

# What file systems answer that have no such call, or not for these files.
UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM})


@cache
def _system_rename() -> Callable[[bytes, bytes, int], int] | None:
    """The system's rename with flags; None where there is none."""
    if sys.platform == "win32":
        return None
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        plain = getattr(library, "renamex_np", None)
        if plain is None:
            return None
        flags = {_EXCHANGE: _MAC_SWAP, _NO_REPLACE: _MAC_NEW_ONLY}
        return lambda one, other, flag: int(plain(one, other, ctypes.c_uint(flags[flag])))
    call = getattr(library, "renameat2", None)
    if call is None:
        return None
    return lambda one, other, flag: int(call(_HERE, one, _HERE, other, ctypes.c_uint(flag)))


def _rename(one: Path, other: Path, flag: int) -> None:
    call = _system_rename()
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(other))
    if call(os.fsencode(one), os.fsencode(other), flag) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))


def exchange(one: Path, other: Path) -> None:
    """Swap two files in one step; OSError with one of UNSUPPORTED where that cannot be done."""
    _rename(one, other, _EXCHANGE)


def place_new(temp: Path, target: Path) -> None:
    """Give a file its name, unless the name is taken: then FileExistsError."""
    try:
        _rename(temp, target, _NO_REPLACE)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
    else:
        return
    if sys.platform == "win32":
        temp.rename(target)
        return
    os.link(temp, target)
    temp.unlink()


def sync_file(handle: int) -> None:
    """Wait until a file's bytes are on the disk."""
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
        except OSError:
            os.fsync(handle)
    else:
        os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk; Windows has no such thing."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def copy_traits(source: int, target: int) -> bool:
    """Give one open file the owner, attributes and mode of another; False when an attribute was lost."""
    if sys.platform == "win32":
        return True
    kept = _copy_owner(source, target) and _copy_attributes(source, target)
    os.fchmod(target, os.fstat(source).st_mode & 0o7777)
    return kept


def _copy_owner(source: int, target: int) -> bool:
    wanted, present = os.fstat(source), os.fstat(target)
    if (wanted.st_uid, wanted.st_gid) == (present.st_uid, present.st_gid):
        return True
    try:
        os.fchown(target, wanted.st_uid, wanted.st_gid)
    except PermissionError:
        return False
    return True


def _copy_attributes(source: int, target: int) -> bool:
    """Copy extended attributes, access lists among them; the system's own security labels do not count."""
    if sys.platform == "darwin":
        call = getattr(ctypes.CDLL(None, use_errno=True), "fcopyfile", None)
        return call is not None and int(call(source, target, None, ctypes.c_uint(_MAC_ALL_TRAITS & 7))) == 0
    if not hasattr(os, "listxattr"):
        return True
    try:
        names = os.listxattr(source)
    except OSError:
        return True
    kept = True
    for name in names:
        try:
            os.setxattr(target, name, os.getxattr(source, name))
        except OSError:
            kept = kept and name.startswith(("security.", "trusted."))
    return kept
