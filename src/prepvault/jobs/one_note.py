"""Change one interview's note: edit, read it again, record the revision, write once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from prepvault.errors import ConflictError, PrepVaultError, RefusedError
from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.jobs.write import apply_changes, failure
from prepvault.model.change import Change, Edit
from prepvault.model.finding import Finding
from prepvault.model.interview import Interview
from prepvault.model.note import Note
from prepvault.outside.disk import read_note
from prepvault.parse.edit import edit_head
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.interview import parse_interview
from prepvault.render.feed import fingerprint
from prepvault.rules.reminders import plan_reminders
from prepvault.rules.revision import next_revision


@dataclass(frozen=True, slots=True)
class Changed:
    """An interview after a change: as it stands now, what was changed to what, whether a note was written."""

    interview: Interview
    changes: tuple[tuple[str, str], ...]
    written: bool
    now: datetime


def read_current(context: Context, interview: Interview) -> Note:
    """Read an interview's note; refuse one that is no longer what was loaded."""
    note = read_note(context.root, interview.path)
    if interview.digest and note.digest != interview.digest:
        raise ConflictError(
            f"`{interview.path}` changed while it was read, so nothing was written",
            hint="run the command again",
        )
    return note


def edit_note(context: Context, path: str, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Splice property changes into a note's bytes, under the vault's own names; refuse what is not safe."""
    named = [replace(edit, name=context.settings.property_name(edit.name)) for edit in edits]
    edited, findings = edit_head(data, named, path)
    if findings:
        raise refusal(findings)
    return edited


def reread(context: Context, path: str, data: bytes, minutes: Mapping[str, int]) -> Interview:
    """Read the interview as the note at `path` would tell it with these bytes."""
    head, _ = parse_head(data, path)
    found, findings = parse_interview(Note(path, data, context.now), head, context.settings, minutes)
    if found is None:
        raise refusal(findings)
    return found


def with_identity(interview: Interview, identity: str) -> Interview:
    """Keep an interview under the identity it was picked by: its note may have none, or that of another."""
    return replace(interview, id=identity)


def record_revision(context: Context, path: str, data: bytes, minutes: Mapping[str, int]) -> bytes:
    """Write the `revision` property anew where what the calendar shows has changed."""
    after = reread(context, path, data, minutes)
    shown = fingerprint(after, plan_reminders(after, context.settings, context.now), context.settings)
    text = next_revision(after, shown, context.now)
    if text is None:
        return data
    return edit_note(context, path, data, [Edit("revision", "set", text)])


def write(context: Context, interview: Interview, before: Note, data: bytes, reason: str) -> bool:
    """Write a note's new bytes through the one door; False where they are the same."""
    written = apply_changes(context, [Change(interview.path, before.digest, data, reason)])
    if written.refused:
        raise refusal(written.refused)
    return bool(written.written)


def change_note(
    context: Context,
    interview: Interview,
    edits: Sequence[Edit],
    reason: str,
    *,
    shown: bool,
    starts: datetime | None = None,
) -> Changed:
    """Make the edits and write; `shown` says that the calendar may show them, so the revision is recorded.

    `starts` is when the interview must start once the note is read again; if it does not, nothing is written.
    """
    before = read_current(context, interview)
    minutes = usual_minutes(context)
    data = edit_note(context, interview.path, before.data, edits)
    if shown and data != before.data:
        data = record_revision(context, interview.path, data, minutes)
    after = with_identity(reread(context, interview.path, data, minutes), interview.id)
    if starts is not None and after.starts != starts:
        raise RefusedError(f"the note would say {after.starts.isoformat()} instead, so nothing was written")
    written = write(context, interview, before, data, reason)
    changes = tuple((edit.name, _words(edit)) for edit in edits) if written else ()
    return Changed(after, changes, written, context.now)


def usual_minutes(context: Context) -> Mapping[str, int]:
    """Each type's usual length, from the library."""
    library, _ = load_library(context, "types")
    return {name: guide.minutes for name, guide in library.guides.items()}


def refusal(findings: Sequence[Finding]) -> PrepVaultError:
    """Make the first finding the reason why nothing was written; a disk that failed is no refusal."""
    first = findings[0] if findings else None
    if first is None:
        return RefusedError("the note would no longer tell of an interview, so nothing was written")
    is_named = not first.place.line and f"`{first.place}`" in first.message
    where = "" if is_named else f" ({first.place})"
    return failure(findings, f"{first.message}{where}", hint=first.hint)


def _words(edit: Edit) -> str:
    value = edit.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
