"""Bring back what a note was before PrepVault wrote into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from prepvault.errors import PrepVaultError, RefusedError
from prepvault.jobs.context import Context
from prepvault.jobs.write import Desk, Maker, failure, open_desk, write_all
from prepvault.model.change import Change
from prepvault.model.entry import Entry
from prepvault.model.finding import Finding
from prepvault.outside import door
from prepvault.outside.disk import NoteRefusedError, read_note
from prepvault.outside.journal import Journal
from prepvault.outside.memory import forget
from prepvault.outside.state import state_folder
from prepvault.outside.writing import Probe, Write, pass_by
from prepvault.parse.frontmatter import parse_head


@dataclass(frozen=True, slots=True)
class UndoReport:
    """Notes that are again what they were, notes that PrepVault had made and took away, and refusals."""

    restored: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[Finding, ...] = ()


def list_writes(context: Context) -> tuple[Entry, ...]:
    """List every write that the journal knows, oldest first."""
    return _journal(context).entries()


def undo(context: Context, path: str | None, *, probe: Probe = pass_by) -> UndoReport:
    """Take back the last write to one note, or all writes of the last command that wrote.

    A note that holds anything but the bytes PrepVault wrote is left alone. Raises RefusedError when nothing
    could be taken back, OutsideError when it was the disk that failed.
    """
    with open_desk(context, probe) as desk:
        entries = _pick(context, desk.journal.entries(), path)
        if not entries:
            where = f"`{path}`" if path else "this vault"
            raise RefusedError(
                f"nothing to undo: the journal knows no write to {where} that stands",
                hint="`prepvault undo --list` shows what it knows",
            )
        write_all(desk, [(entry.path, _maker(desk, entry)) for entry in entries])
        _forget_coaching(desk, [entry for entry in entries if entry.path in desk.written])
    if not desk.written:
        first = desk.refused[0]
        raise failure(desk.refused, first.message, hint=first.hint)
    made_here = {entry.path for entry in entries if entry.before is None}
    return UndoReport(
        tuple(path for path in desk.written if path not in made_here),
        tuple(path for path in desk.written if path in made_here),
        tuple(desk.refused),
    )


def _journal(context: Context) -> Journal:
    return Journal(state_folder(context.root, context.settings.text("vault.id")))


def _pick(context: Context, entries: Sequence[Entry], path: str | None) -> tuple[Entry, ...]:
    """The writes to take back: the last that stands of one note, or those of the last run that has any.

    A run of which every note has moved on since does not stand in the way of earlier ones.
    """
    standing = [entry for entry in reversed(entries) if entry.can_be_undone]
    if path is not None:
        return tuple(entry for entry in standing if entry.path == path)[:1]
    runs = [tuple(group) for _, group in groupby(standing, key=lambda entry: entry.run)]
    untouched = (run for run in runs if any(_is_as_written(context, entry) for entry in run))
    return next(untouched, runs[0] if runs else ())


def _is_as_written(context: Context, entry: Entry) -> bool:
    try:
        return read_note(context.root, entry.path).digest == entry.after
    except PrepVaultError:
        return False


def _forget_coaching(desk: Desk, restored: Sequence[Entry]) -> None:
    """Coaching that was taken back was not deleted by the user: it may be offered again."""
    context = desk.context
    name = context.settings.property_name("id")
    keys: set[str] = set()
    for entry in restored:
        if entry.reason.startswith("coach"):
            head, _ = parse_head(desk.journal.text_before(entry) or b"", entry.path)
            keys |= {entry.path, str(head.values.get(name))}
    if keys:
        forget(state_folder(context.root, context.settings.text("vault.id")), keys)


def _maker(desk: Desk, entry: Entry) -> Maker:
    return lambda token: _prepare(desk, entry, token)


def _prepare(desk: Desk, entry: Entry, token: str) -> Write:
    """Prepare to bring back one note; raises NoteRefusedError when it has moved on."""
    root = desk.context.root
    before = desk.journal.text_before(entry)
    if entry.before is not None and before is None:
        raise NoteRefusedError("undo/damaged", f"the journal's copy of `{entry.path}` is damaged")
    _refuse_moved_on(desk, entry, before)
    expected = entry.after or ""
    if before is None:
        write = door.prepare_removal(root, entry.path, expected, token=token)
    else:
        mode = desk.context.settings.text("writing.mode")
        change = Change(entry.path, entry.after, before, "undo")
        write = door.prepare(root, change, mode=mode, token=token)
    write.undoes = entry.number
    return write


def _refuse_moved_on(desk: Desk, entry: Entry, before: bytes | None) -> None:
    try:
        present = read_note(desk.context.root, entry.path).digest
    except PrepVaultError as error:
        kept = desk.journal.put_aside(entry, desk.journal.text_after(entry))
        raise NoteRefusedError(
            "undo/moved-on",
            f"PrepVault's last text of it is not there any more: {error}",
            hint=f"its text as PrepVault last wrote it is in `{kept}`" if kept else "",
        ) from error
    if present != entry.after:
        kept = desk.journal.put_aside(entry, before)
        raise NoteRefusedError(
            "undo/moved-on",
            f"`{entry.path}` was changed since PrepVault wrote it, so it was left as it is",
            hint=f"compare it with the text from before, in `{kept}`" if kept else "edit it by hand",
        )
