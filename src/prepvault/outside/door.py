"""The one door through which notes are written: prepare, commit, settle, clear.

A note is replaced by exchanging it with a finished file beside it. What comes out is looked at twice: if
it is not what the change was made from, someone saved in between, and their text goes back. Hard-linked
notes, those whose attributes cannot be copied, and all on request, are written in place.
"""

import os
import stat
from pathlib import Path

from prepvault.model.change import Change
from prepvault.model.note import digest_of
from prepvault.outside import swap
from prepvault.outside.disk import NoteRefusedError, find_target, read_file
from prepvault.outside.replacing import exchange_in, look, write_in_place
from prepvault.outside.writing import (
    SAFE_OPEN,
    Probe,
    State,
    Way,
    Write,
    check_regular,
    exists_already,
    moved_on,
    pass_by,
    read_bytes,
    temp_beside,
    write_bytes,
)


def prepare(root: Path, change: Change, *, mode: str, token: str) -> Write:
    """Check that a change may be made; nothing is touched. Raises NoteRefusedError, OutsideError, OSError."""
    target = find_target(root, change.path)
    temp = temp_beside(target, token)
    if change.expected is None:
        if os.path.lexists(target) or os.path.lexists(root / change.path):
            raise exists_already(change.path)
        return Write(change, target, None, Way.NEW, temp)
    if not target.exists():
        raise NoteRefusedError(
            "write/moved-on", f"`{change.path}` is gone, so nothing was written", hint="run the command again"
        )
    before, status = read_file(target, change.path)
    _refuse_read_only(target, status, change.path)
    if digest_of(before) != change.expected:
        raise moved_on(change.path)
    in_place = mode == "in-place" or status.st_nlink > 1
    return Write(change, target, before, Way.IN_PLACE if in_place else Way.EXCHANGE, temp)


def prepare_removal(root: Path, path: str, expected: str, *, token: str) -> Write:
    """Check that a note which PrepVault made may be taken away again."""
    write = prepare(root, Change(path, expected, b"", "undo"), mode="exchange", token=token)
    write.way = Way.REMOVE
    return write


def _refuse_read_only(target: Path, status: os.stat_result, path: str) -> None:
    """A note without any write permission is the owner's no, even where root could write it."""
    any_writer = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    if not status.st_mode & any_writer or not os.access(target, os.W_OK):
        raise NoteRefusedError(
            "write/read-only",
            f"`{path}` is read-only, so it was left as it is",
            hint="make the file writable if PrepVault may change it",
        )


def commit(write: Write, probe: Probe = pass_by) -> None:
    """Bring the new text under the note's name; raises NoteRefusedError or OSError with the note whole."""
    if write.way is Way.EXCHANGE and not _make_temp(write, probe):
        write.way = Way.IN_PLACE
    if write.way is Way.EXCHANGE:
        exchange_in(write, probe)
    elif write.way is Way.IN_PLACE:
        write_in_place(write, probe)
    elif write.way is Way.NEW:
        _place_new(write, probe)
    else:
        probe("take-away")
        write.target.rename(write.temp)


def _place_new(write: Write, probe: Probe) -> None:
    probe("make-folder")
    _make_folder(write.target.parent)
    _make_temp(write, probe)
    probe("place-new")
    try:
        swap.place_new(write.temp, write.target)
    except FileExistsError:
        raise exists_already(write.change.path) from None


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each durable before the next."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        swap.sync_folder(folder.parent)


def _make_temp(write: Write, probe: Probe) -> bool:
    """Write our text beside the note, with the note's traits; False when the traits cannot be kept."""
    probe("create-temp")
    mode = 0o666 if write.before is None else 0o600
    handle = os.open(write.temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL | SAFE_OPEN, mode)
    try:
        probe("write-temp")
        write_bytes(handle, write.change.data)
        probe("copy-traits")
        kept = write.before is None or _copy_traits(write.target, handle)
        probe("sync-temp")
        swap.sync_file(handle)
    finally:
        os.close(handle)
    return kept


def _copy_traits(target: Path, handle: int) -> bool:
    source = os.open(target, os.O_RDONLY | SAFE_OPEN)
    try:
        check_regular(source)
        return swap.copy_traits(source, handle)
    finally:
        os.close(source)


def settle(write: Write, probe: Probe = pass_by) -> None:
    """Look again, a moment after the commit, and make the names durable; then the write's state is known."""
    probe("look-again")
    if write.way is Way.REMOVE:
        settle_removal(write)
    else:
        look(write, probe)
    if write.state is None:
        write.state = State.WRITTEN if read_bytes(write.target) == write.after else State.MOVED_ON
    probe("sync-folder")
    swap.sync_folder(write.target.parent)


def settle_removal(write: Write) -> None:
    """See whether what was taken away is what we had made; if not, put it back."""
    taken = read_bytes(write.temp)
    if taken in (None, write.before):
        return
    write.state = State.MOVED_ON
    try:
        swap.place_new(write.temp, write.target)
    except FileExistsError:
        write.rescued.append(taken or b"")


def clear(write: Write, probe: Probe = pass_by) -> bool:
    """Remove what lies beside the note for this write; False when something must stay for the next start.

    What was rescued must be in the journal by now.
    """
    clean = True
    for path in (write.temp, write.backup):
        probe("remove-temp")
        if write.may_drop(path):
            path.unlink(missing_ok=True)
        else:
            clean = False
    return clean


def find_state(write: Write) -> State:
    """After an error: say what is really on the disk."""
    present = read_bytes(write.target)
    if present == write.after:
        return State.UNSURE
    return State.FAILED if present == write.before else State.MOVED_ON
