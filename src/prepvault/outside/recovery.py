"""What a killed run left behind: its writes are finished or given back, its files removed."""

import os
from datetime import datetime
from pathlib import Path

from prepvault.model.change import Change
from prepvault.outside import swap
from prepvault.outside.checked_lines import Record
from prepvault.outside.door import clear, find_state, settle_removal
from prepvault.outside.journal import Journal
from prepvault.outside.replacing import give_back, give_back_backup, is_torn, mend
from prepvault.outside.writing import State, Way, Write, read_bytes


def recover(journal: Journal, root: Path, *, at: datetime) -> tuple[str, ...]:
    """Bring every unfinished write of this vault to an end; return the notes' paths.

    Whoever calls holds the vault's lock. What fails now stays unfinished for the next start.
    """
    recovered, left = [], []
    for record in journal.unfinished(root):
        write = _rebuild(journal, record, root)
        end = _recover_one if _are_texts_sound(journal, record) else _end_damaged
        if end(journal, write, record["number"], at):
            recovered.append(str(record["path"]))
        else:
            left.append(record["number"])
    journal.leave_open(left)
    return tuple(recovered)


def _are_texts_sound(journal: Journal, record: Record) -> bool:
    spots = [record[side] for side in ("before", "after") if record[side]]
    return None not in map(journal.read_text, spots)


def _rebuild(journal: Journal, record: Record, root: Path) -> Write:
    """Make the write again from what the journal says."""
    before, after = journal.read_text(record["before"]), journal.read_text(record["after"])
    target = Path(record["target"])
    if target.is_relative_to(record["root"]):  # the vault may have moved since
        target = root / target.relative_to(record["root"])
    change = Change(record["path"], None, after or b"", record["reason"])
    return Write(change, target, before, Way(record["way"]), target.with_name(record["temp"]))


def _recover_one(journal: Journal, write: Write, number: int, at: datetime) -> bool:
    try:
        _bring_to_end(write)
        journal.rescue(write, at=at)
        if not clear(write):
            return False
        if write.target.parent.is_dir():
            swap.sync_folder(write.target.parent)
        state = find_state(write)
        journal.end({number: State.WRITTEN if state is State.UNSURE else state})
    except OSError:
        return False
    return True


def _end_damaged(journal: Journal, write: Write, number: int, at: datetime) -> bool:
    """End one whose texts are damaged once nothing lies beside the note: what does may be nowhere else."""
    if os.path.lexists(write.temp) or os.path.lexists(write.backup):
        return False
    try:
        journal.end({number: State.MOVED_ON})
    except OSError:
        return False
    return True


def _bring_to_end(write: Write) -> None:
    """Put others' texts back where ours stands in their place, else rescue them."""
    if write.way is Way.REMOVE:
        settle_removal(write)
        return
    present = read_bytes(write.target)
    if present is not None and write.before is not None and is_torn(present, write.before, write.change.data):
        mend(write)
        return
    if not write.may_drop(write.temp):
        _return_text(write, write.temp, present)
    if not write.may_drop(write.backup):
        _return_text(write, write.backup, present)


def _return_text(write: Write, path: Path, present: bytes | None) -> None:
    if present != write.change.data:
        write.rescued.append(read_bytes(path) or b"")
    elif path == write.temp:
        give_back(write)
    else:
        give_back_backup(write)
