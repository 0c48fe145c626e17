"""Apply a plan to the notes: one lock, one journal, one door."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from prepvault.errors import ConflictError, OutsideError, PrepVaultError, RefusedError
from prepvault.jobs.context import Context
from prepvault.model.change import Change
from prepvault.model.finding import Finding, Place, Severity, has_errors
from prepvault.model.note import digest_of
from prepvault.model.system_fault import hint_for, is_forbidden, why
from prepvault.outside import clock, door
from prepvault.outside.disk import NoteRefusedError, read_note
from prepvault.outside.journal import Journal
from prepvault.outside.lock import vault_lock
from prepvault.outside.recovery import recover
from prepvault.outside.state import find_state_folder, state_folder
from prepvault.outside.writing import Probe, State, Write, pass_by, pause

_BATCH = 64

_MOVED_ON = "write/moved-on"
OUTSIDE = frozenset({"write/failed", "write/unsure"})
"""Codes of findings that tell of a fault of the disk, not of a refusal."""

Maker = Callable[[str], Write]
"""Prepares one write, given a token that makes the name of the file beside the note its own."""


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What became of a plan: paths that were written, how many were so already, and why others were not."""

    written: tuple[str, ...] = ()
    unchanged: int = 0
    refused: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Desk:
    """Where writes are made while the lock is held; `run` joins all writes of one command."""

    context: Context
    journal: Journal
    probe: Probe = pass_by
    run: int = 0
    written: list[str] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)

    def refuse(self, path: str, error: PrepVaultError | OSError) -> None:
        """Put down why a note was not written."""
        code, hint = "write/failed", _hint(error)
        message = f"`{path}` could not be written: {why(error)}"
        if isinstance(error, PrepVaultError):
            message, hint = error.message, error.hint
        if isinstance(error, NoteRefusedError):
            code = error.code
        self.refused.append(Finding(code, Severity.ERROR, Place(path), message, hint))


def _hint(error: PrepVaultError | OSError) -> str:
    if is_forbidden(error):
        return "see that the note and its folder may be written"
    return hint_for(error, "see that the disk is there and sound, then run the command again")


def failure(findings: Sequence[Finding], message: str, *, hint: str = "") -> PrepVaultError:
    """Make what stops a command of findings: the outside's fault where one of them is, else a refusal."""
    codes = {finding.code for finding in findings}
    refused = ConflictError if codes == {_MOVED_ON} else RefusedError
    return (OutsideError if codes & OUTSIDE else refused)(message, hint=hint)


def exit_code_of(findings: Sequence[Finding]) -> int:
    """Give the exit code of a command that ends with these: what the outside did outweighs our own errors."""
    if any(finding.code in OUTSIDE for finding in findings):
        return OutsideError.exit_code
    return int(has_errors(tuple(findings)))


def apply_changes(context: Context, changes: Sequence[Change], *, probe: Probe = pass_by) -> WriteReport:
    """Write each change whose note is still what it was made from; what is there already is no write.

    At most one change for each note. Raises OutsideError when the journal cannot be kept: then nothing more
    is written. A preview reports as written what it would write.
    """
    wanted = [change for change in changes if not _is_there(context, change)]
    if not wanted:
        heal_writes(context)
        return WriteReport(unchanged=len(changes))
    if context.is_preview:
        return WriteReport(tuple(change.path for change in wanted), len(changes) - len(wanted))
    mode = context.settings.text("writing.mode")
    with open_desk(context, probe) as desk:
        # While we waited for the lock, another run may have written just the same.
        wanted = [change for change in wanted if not _holds(context, change)]
        write_all(desk, [(change.path, _maker(context, change, mode)) for change in wanted])
    return WriteReport(tuple(desk.written), len(changes) - len(wanted), tuple(desk.refused))


def heal_writes(context: Context) -> None:
    """Where nothing is to be written, still bring to an end what a killed run left."""
    folder = find_state_folder(context.root, context.settings.text("vault.id"))
    if context.is_preview or not Journal(folder).is_marked:
        return
    with suppress(PrepVaultError, OSError), vault_lock(folder, wait=0):  # else whoever is at work does so
        recover(Journal(folder), context.root, at=context.now)


def recover_writes(context: Context) -> tuple[str, ...]:
    """Bring to an end what a killed run left half done; return the paths of those notes."""
    folder = state_folder(context.root, context.settings.text("vault.id"))
    with vault_lock(folder):
        return recover(Journal(folder), context.root, at=context.now)


@contextmanager
def open_desk(context: Context, probe: Probe = pass_by) -> Iterator[Desk]:
    """Take the vault's lock, bring to an end what a killed run left, and be ready to write."""
    folder = state_folder(context.root, context.settings.text("vault.id"))
    try:
        with vault_lock(folder):
            journal = Journal(folder, probe)
            recover(journal, context.root, at=context.now)
            journal.trim(now=clock.now())
            yield Desk(context, journal, probe)
    except OSError as error:
        raise OutsideError(
            f"the journal in `{folder}` cannot be kept: {why(error)}",
            hint="make room there, or name another folder with `PREPVAULT_STATE_DIR`",
        ) from error


def write_all(desk: Desk, makers: Sequence[tuple[str, Maker]]) -> None:
    """Make all writes, batch by batch; what became of them is on the desk."""
    for first in range(0, len(makers), _BATCH):
        writes = _prepare(desk, makers[first : first + _BATCH])
        if writes:
            _write_batch(desk, writes)


def _is_there(context: Context, change: Change) -> bool:
    if change.expected is not None:
        return digest_of(change.data) == change.expected
    return _holds(context, change)


def _holds(context: Context, change: Change) -> bool:
    try:
        return read_note(context.root, change.path).data == change.data
    except PrepVaultError:
        return False


def _maker(context: Context, change: Change, mode: str) -> Maker:
    return lambda token: door.prepare(context.root, change, mode=mode, token=token)


def _prepare(desk: Desk, makers: Sequence[tuple[str, Maker]]) -> list[Write]:
    writes = []
    for path, make in makers:
        try:
            desk.probe("prepare")
            writes.append(make(secrets.token_hex(6)))
        except (PrepVaultError, OSError) as error:
            desk.refuse(path, error)
    return writes


def _write_batch(desk: Desk, writes: Sequence[Write]) -> None:
    """Journal first, then all exchanges, one pause for all, then the looks."""
    context = desk.context
    numbers = desk.journal.begin(writes, root=context.root, at=context.now, run=desk.run)
    desk.run = desk.run or numbers[0]
    for write in writes:
        _take_step(desk, write, door.commit)
    pause()
    ended: dict[int, State] = {}
    for number, write in zip(numbers, writes, strict=True):
        if write.state is None:
            _take_step(desk, write, door.settle)
        if _is_cleared(desk, write) and write.state is not None:
            ended[number] = write.state
        _report(desk, write)
    with suppress(OSError):  # then the next start finds out how they ended
        desk.journal.end(ended)


def _take_step(desk: Desk, write: Write, step: Callable[[Write, Probe], None]) -> None:
    """Commit or settle; an error is followed by a look at what is really on the disk."""
    try:
        step(write, desk.probe)
    except NoteRefusedError as error:
        write.state = State.MOVED_ON
        desk.refuse(write.change.path, error)
    except OSError as error:
        write.state = _state_on_disk(write)
        if write.state is State.UNSURE:
            _warn_unsure(desk, write.change.path, error)
        else:
            desk.refuse(write.change.path, error)


def _state_on_disk(write: Write) -> State:
    try:
        return door.find_state(write)
    except OSError:
        return State.FAILED


def _is_cleared(desk: Desk, write: Write) -> bool:
    """Keep what was rescued, then remove what lies beside the note; what fails is left for the next start."""
    try:
        desk.journal.rescue(write, at=desk.context.now)
        return door.clear(write, desk.probe)
    except OSError:
        return False


def _report(desk: Desk, write: Write) -> None:
    """A write that stands is reported as written; one that gave way to another save is refused, once."""
    path = write.change.path
    if write.state in {State.WRITTEN, State.UNSURE}:
        desk.written.append(path)
    elif not any(finding.place.path == path for finding in desk.refused):
        desk.refuse(path, _gave_way(path))


def _gave_way(path: str) -> NoteRefusedError:
    return NoteRefusedError(
        _MOVED_ON,
        f"someone saved `{path}` at the same moment, so their text stands and ours was not written",
        hint="run the command again: it starts from the new text",
    )


def _warn_unsure(desk: Desk, path: str, error: OSError) -> None:
    message = f"`{path}` holds the new text, but the disk then reported: {why(error)}"
    hint = "a power cut could still undo it: check the disk, then look at the note"
    desk.refused.append(Finding("write/unsure", Severity.ERROR, Place(path), message, hint))
