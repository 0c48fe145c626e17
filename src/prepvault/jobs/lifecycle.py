"""Move an interview through its life: status, outcome, another time, prepared."""

from prepvault.errors import UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.one_note import Changed, change_note
from prepvault.jobs.understand import understand_when
from prepvault.model.change import Edit
from prepvault.model.interview import Interview, Outcome, Status
from prepvault.outside.disk import read_note
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.stamp import parse_stamp


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
    leaves_zone = moved.zone != interview.zone
    if leaves_zone:
        edits.append(Edit("timezone", "set", moved.zone))
    if (moved.at, moved.zone, moved.is_date) != (interview.starts, interview.zone, interview.all_day):
        edits += [
            Edit("rescheduled_from", "append", _old_time(context, interview, leaves_zone=leaves_zone)),
            Edit("status", "set", Status.RESCHEDULED.value),
        ]
    if leaves_zone:
        edits += _fixed_booking(context, interview)
    return change_note(context, interview, edits, "reschedule", shown=True, starts=moved.at)


def mark_prepared(context: Context, interview: Interview, *, prepared: bool = True) -> Changed:
    """Tick that preparation is complete, or take the tick away."""
    edit = Edit("preparation_complete", "set", prepared)
    return change_note(context, interview, [edit], "prepared", shown=False)


def _added(name: str, present: str, more: str) -> list[Edit]:
    """Add a remark behind what is there; nothing that was written is lost, nothing stands twice."""
    more = more.strip()
    said = {part.strip() for part in (present, *present.split(";"), *present.splitlines())}
    if not more or more in said:
        return []
    return [Edit(name, "set", f"{present.rstrip()}; {more}" if present.strip() else more)]


def _old_time(context: Context, interview: Interview, *, leaves_zone: bool) -> str:
    """The time as the note writes it now; with its offset where the note's zone will not tell it any more."""
    written = _written(context, interview, "scheduled_at")
    if leaves_zone and not interview.all_day and not _has_offset(written):
        return interview.starts.isoformat()
    return written or interview.starts.replace(tzinfo=None).isoformat()


def _fixed_booking(context: Context, interview: Interview) -> list[Edit]:
    """Write the offset behind a booking time that was told in the zone that the note leaves."""
    booked = interview.created_at
    if booked is None or _has_offset(_written(context, interview, "created_at")):
        return []
    return [Edit("created_at", "set", booked.isoformat())]


def _has_offset(text: str) -> bool:
    stamp = parse_stamp(text)
    return stamp is not None and stamp.offset is not None


def _written(context: Context, interview: Interview, name: str) -> str:
    """A property's text as it stands in the note, also where it is the only item of a list."""
    head, _ = parse_head(read_note(context.root, interview.path).data, interview.path)
    value = head.values.get(context.settings.property_name(name))
    only = value[0] if isinstance(value, list) and len(value) == 1 else value
    return only if isinstance(only, str) else ""
