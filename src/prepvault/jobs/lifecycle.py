"""Move an interview through its life: status, outcome, another time, prepared."""

from prepvault.errors import UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.one_note import Changed, change_note
from prepvault.jobs.understand import understand_when
from prepvault.model.change import Edit
from prepvault.model.interview import Interview, Outcome, Status
from prepvault.outside.disk import read_note
from prepvault.parse.frontmatter import parse_head


def change_status(
    context: Context,
    interview: Interview,
    status: Status,
    *,
    outcome: Outcome | None = None,
    feedback: str = "",
    notes: str = "",
) -> Changed:
    """Set the status, and what else was said; feedback and notes are added to what the note holds."""
    edits = [Edit("status", "set", status.value)]
    if outcome is not None:
        edits.append(Edit("outcome", "set", outcome.value))
    edits += _added("feedback", interview.feedback, feedback)
    edits += _added("notes", interview.notes, notes)
    return change_note(context, interview, edits, "status", shown=True)


def reschedule(context: Context, interview: Interview, when: str) -> Changed:
    """Move an interview; its old time goes to `rescheduled_from`, the status says that it moved."""
    if interview.status is Status.COMPLETED:
        raise UsageError(
            f"{interview.title} is completed, so it cannot be moved",
            hint="schedule the next one, or set its status first: prepvault status ID scheduled",
        )
    moved = understand_when(context, when, interview.zone)
    edits = [Edit("scheduled_at", "set", moved.note_text)]
    if moved.zone != interview.zone:
        edits.append(Edit("timezone", "set", moved.zone))
    if (moved.at, moved.zone, moved.is_date) != (interview.starts, interview.zone, interview.all_day):
        edits += [
            Edit("rescheduled_from", "append", _written_time(context, interview)),
            Edit("status", "set", Status.RESCHEDULED.value),
        ]
    return change_note(context, interview, edits, "reschedule", shown=True, starts=moved.at)


def mark_prepared(context: Context, interview: Interview, *, prepared: bool = True) -> Changed:
    """Tick that preparation is complete, or take the tick away."""
    edit = Edit("preparation_complete", "set", prepared)
    return change_note(context, interview, [edit], "prepared", shown=False)


def _added(name: str, present: str, more: str) -> list[Edit]:
    """Add a remark behind what is there; nothing that was written is lost, nothing stands twice."""
    more = more.strip()
    if not more or more in present:
        return []
    return [Edit(name, "set", f"{present.rstrip()}; {more}" if present.strip() else more)]


def _written_time(context: Context, interview: Interview) -> str:
    """The time as the note writes it now."""
    head, _ = parse_head(read_note(context.root, interview.path).data, interview.path)
    written = head.values.get(context.settings.property_name("scheduled_at"))
    return str(written) if written else interview.starts.replace(tzinfo=None).isoformat()
