"""Replacing a note that others may be saving at the same moment: exchange, look, give back; or in place."""

import errno
import os
import stat
import time
from pathlib import Path

from prepvault.outside import swap
from prepvault.outside.disk import read_up_to
from prepvault.outside.writing import (
    SAFE_OPEN,
    Probe,
    State,
    Write,
    check_regular,
    moved_on,
    pass_by,
    read_bytes,
    write_bytes,
)

_MOST_SWAPS = 6
_WINDOWS_TRIES = 10
_NO_LIMIT = 1 << 30


def exchange_in(write: Write, probe: Probe) -> None:
    """Swap our text in and look at once at what came out."""
    probe("reread")
    if read_bytes(write.target) != write.before:
        raise moved_on(write.change.path)
    probe("exchange")
    try:
        swap.exchange(write.temp, write.target)
        write.old = write.temp
    except OSError as error:
        if error.errno not in swap.UNSUPPORTED:
            raise
        _replace_with_backup(write, probe)
    probe("look")
    look(write, probe)


def look(write: Write, probe: Probe) -> None:
    """See whether what came out is what the change was made from; if not, give it back."""
    if write.old is None or write.state is not None:
        return
    if not is_file(write.old):
        swap.exchange(write.old, write.target)  # what took the note's place meanwhile takes it again
        raise OSError(errno.ENOTSUP, "it is no regular file any more")
    if read_bytes(write.old) == write.before:
        return
    if write.old == write.temp:
        give_back(write, probe)
    else:
        give_back_backup(write, probe)
    write.state = State.MOVED_ON


def is_file(path: Path) -> bool:
    """Tell whether this is a regular file, or nothing at all."""
    return not os.path.lexists(path) or stat.S_ISREG(path.lstat().st_mode)


def give_back(write: Write, probe: Probe = pass_by) -> None:
    """Swap until our own text is out: the newest text of others keeps the name, an older one is rescued."""
    seen = {write.change.data}
    out = read_bytes(write.temp) or b""
    for _ in range(_MOST_SWAPS):
        seen.add(out)
        probe("give-back")
        swap.exchange(write.temp, write.target)
        out = read_bytes(write.temp) or b""
        if out in seen:
            break
    if out != write.change.data:
        write.rescued.append(out)


def give_back_backup(write: Write, probe: Probe = pass_by) -> None:
    """The same with a second name: theirs goes back, unless a newer text of theirs is there already."""
    theirs = read_bytes(write.backup) or b""
    probe("give-back")
    if read_bytes(write.target) == write.change.data:
        _replace(write.backup, write.target)
    else:
        write.rescued.append(theirs)


def _replace_with_backup(write: Write, probe: Probe) -> None:
    """Where exchange is not to be had: keep a second name of the former file, then replace it."""
    probe("link-backup")
    try:
        os.link(write.target, write.backup)
        write.old = write.backup
    except OSError as error:
        if error.errno not in swap.UNSUPPORTED | {errno.EACCES, errno.EMLINK}:
            raise
    probe("reread-for-replace")
    is_other_file = write.old is not None and not write.old.samefile(write.target)
    if is_other_file or read_bytes(write.target) != write.before:
        raise moved_on(write.change.path)
    _replace(write.temp, write.target)


def _replace(temp: Path, target: Path) -> None:
    """Replace a file; on Windows a scanner may hold it for a moment."""
    for _ in range(_WINDOWS_TRIES - 1 if os.name == "nt" else 0):
        try:
            temp.replace(target)
        except PermissionError:
            time.sleep(0.05)
        else:
            return
    temp.replace(target)


def write_in_place(write: Write, probe: Probe) -> None:
    """Write through the note's own file; the journal has both texts, should this be cut short."""
    probe("open-in-place")
    handle = os.open(write.target, os.O_RDWR | SAFE_OPEN)
    try:
        probe("reread-in-place")
        check_regular(handle)
        before = read_up_to(handle, _NO_LIMIT)
        if before != write.before:
            raise moved_on(write.change.path)
        try:
            _overwrite(handle, write.change.data, probe)
        except OSError:
            _overwrite(handle, before, pass_by)
            raise
    finally:
        os.close(handle)


def _overwrite(handle: int, data: bytes, probe: Probe) -> None:
    probe("write-in-place")
    os.lseek(handle, 0, os.SEEK_SET)
    write_bytes(handle, data)
    probe("truncate-in-place")
    if os.fstat(handle).st_size > len(data):
        os.ftruncate(handle, len(data))
    probe("sync-in-place")
    swap.sync_file(handle)


def is_torn(present: bytes, before: bytes, after: bytes) -> bool:
    """Tell whether a write in place was cut short: the beginning of one text, the end of the other."""
    if present in (before, after):
        return False
    pairs = zip(present, after, strict=False)
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(present), len(after)))
    return present[same:] == before[same:]


def mend(write: Write) -> None:
    """Put the former text back into a note that was cut short; the torn text goes to the journal."""
    handle = os.open(write.target, os.O_RDWR | SAFE_OPEN)
    try:
        check_regular(handle)
        write.rescued.append(read_up_to(handle, _NO_LIMIT))
        _overwrite(handle, write.before or b"", pass_by)
    finally:
        os.close(handle)
