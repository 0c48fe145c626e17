"""Tools that change notes: each writes once, is kept in the journal and can be taken back."""

from typing import Annotated, Any

from pydantic import Field

from prepvault.errors import UsageError
from prepvault.jobs.answers import changes_between, count_reminders, interview_answer
from prepvault.jobs.assistant_texts import still, still_line
from prepvault.jobs.lifecycle import change_status, mark_prepared, reschedule
from prepvault.jobs.notes import add_notes
from prepvault.jobs.one_note import Changed
from prepvault.jobs.schedule import Request, Scheduled, schedule
from prepvault.jobs.understand import understand_word
from prepvault.mcp_server import arguments as said
from prepvault.mcp_server import results
from prepvault.mcp_server.desk import Desk, need_version, pick
from prepvault.model.interview import Interview, InterviewType, Outcome, Status

_UNDO = "`undo_last_write` takes it back"


def _yet(before: Interview) -> str:
    return f"nothing is written yet; call again with preview=false and expected_version={before.digest}"


class Changes:
    """A new interview, and everything that becomes of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def schedule_interview(
        self,
        *,
        job_id: said.JobId = "",
        company: said.Company,
        role: said.Role,
        interview_type: said.Type,
        scheduled_at: said.At,
        interviewer: said.Person = "",
        location: said.Location = "",
        notes: said.Remark = "",
        timezone: said.Zone = "",
        duration_minutes: Annotated[
            int, Field(description="length; 0 for the type's usual", ge=0, le=1440)
        ] = 0,
        round: Annotated[int, Field(description="its place in the loop; 0 if unsaid", ge=0, le=99)] = 0,  # noqa: A002
        preview: said.Preview = False,
    ) -> results.Scheduled:
        """Schedule an interview: one new note; calendar, reminders and dashboard follow from it."""
        request = Request(
            company=still_line(company),
            role=still_line(role),
            type=understand_word(InterviewType, "type", interview_type),
            at=scheduled_at,
            timezone=timezone,
            duration=duration_minutes or None,
            interviewers=tuple(each.strip() for each in still_line(interviewer).split(";") if each.strip()),
            location=still_line(location),
            job_id=still_line(job_id),
            round=round or None,
            notes=still_line(notes),
        )
        with self._desk.change(preview=preview) as (context, vault):
            made = schedule(context, vault, request)
            reminders = count_reminders(context, made.interview)
            return self._scheduled(made, reminders, preview=preview)

    def update_interview_status(
        self,
        *,
        interview_id: said.Id,
        new_status: said.NewStatus,
        feedback: said.Feedback = "",
        notes: said.Remark = "",
        outcome: said.NewOutcome = "",
        expected_version: said.Version = "",
        preview: said.Preview = False,
    ) -> results.Changed:
        """Say where an interview stands, how it ended and what was heard; remarks are added, none is lost."""
        status = understand_word(Status, "status", new_status)
        ended = understand_word(Outcome, "outcome", outcome) if outcome else None
        with self._desk.change(preview=preview) as (context, vault):
            found = pick(vault, interview_id, expected_version)
            heard, more = still_line(feedback), still_line(notes)
            done = change_status(context, found, status, outcome=ended, feedback=heard, notes=more)
            return self._changed(done, found, preview=preview)

    def save_interview_prep_notes(
        self,
        *,
        interview_id: said.Id,
        notes: said.Prose,
        heading: said.Heading = "Notes",
        expected_version: said.Version = "",
        preview: said.Preview = False,
    ) -> results.Changed:
        """Add Markdown to the interview's own note, under a heading; what stands there stays.

        Headings in it are put below that one. Raw HTML, templates, hidden comments and code that plugins
        would run are written as plain text.
        """
        text = still(notes).strip("\n")
        if not text.strip():
            raise UsageError("`notes` is empty, so there is nothing to add", hint="say what to keep")
        with self._desk.change(preview=preview) as (context, vault):
            found = pick(vault, interview_id, expected_version)
            title = " ".join(still(heading).split())
            done = add_notes(context, found, text, heading=title if title.strip("# ") else "Notes")
            return self._changed(done, found, preview=preview)

    def mark_interview_prep_complete(
        self,
        *,
        interview_id: said.Id,
        expected_version: said.Version = "",
        preview: said.Preview = False,
    ) -> results.Changed:
        """Tick that the user is prepared for an interview."""
        with self._desk.change(preview=preview) as (context, vault):
            found = pick(vault, interview_id, expected_version)
            done = mark_prepared(context, found)
            return self._changed(done, found, preview=preview)

    def reschedule_interview(
        self,
        *,
        interview_id: said.Id,
        scheduled_at: said.At,
        expected_version: said.Version = "",
        preview: said.Preview = True,
    ) -> results.Changed:
        """Move an interview; the old time stays on record, reminders and calendars follow.

        Only a preview unless `preview` is false: then `expected_version` is needed. Ask the user first.
        """
        need_version(expected_version, preview=preview)
        with self._desk.change(preview=preview) as (context, vault):
            found = pick(vault, interview_id, expected_version)
            done = reschedule(context, found, scheduled_at)
            return self._changed(done, found, preview=preview)

    def cancel_interview(
        self,
        *,
        interview_id: said.Id,
        notes: said.Remark = "",
        outcome: said.NewOutcome = "",
        expected_version: said.Version = "",
        preview: said.Preview = True,
    ) -> results.Changed:
        """Cancel an interview: it reminds of nothing more, and calendars strike it out.

        Only a preview unless `preview` is false: then `expected_version` is needed. Ask the user first.
        """
        need_version(expected_version, preview=preview)
        ended = understand_word(Outcome, "outcome", outcome) if outcome else None
        with self._desk.change(preview=preview) as (context, vault):
            found = pick(vault, interview_id, expected_version)
            more = still_line(notes)
            done = change_status(context, found, Status.CANCELLED, outcome=ended, notes=more)
            return self._changed(done, found, preview=preview)

    def undo_last_write(self) -> results.Undone:
        """Take back the last change that was made through these tools since they were started.

        Refuses where the note was edited since. Again, to take back the one before.
        """
        done = self._desk.take_back()
        what = ", ".join((*done.restored, *done.removed))
        return results.Undone(
            restored=list(done.restored), removed=list(done.removed), message=f"taken back: {what}"
        )

    def _scheduled(self, made: Scheduled, reminders: int, *, preview: bool) -> results.Scheduled:
        told = self._told(made.interview, None, preview=preview, is_change=True)
        title = f"{made.interview.company} - {made.interview.role}"
        words = f"would schedule {title}" if preview else f"Interview scheduled for {title}"
        if made.interview.starts <= made.now:
            words += "; its time is past"
        more = {
            "message": words,
            "company": made.interview.company,
            "role": made.interview.role,
            "scheduled_at": told["interview"]["scheduled_at"],
            "reminders_scheduled": reminders,
            "understood": made.when,
            "overlaps": list(made.clashes),
        }
        return results.Scheduled.model_validate({**told, **more})

    def _changed(self, done: Changed, before: Interview, *, preview: bool) -> results.Changed:
        told = self._told(done.interview, before, preview=preview, is_change=done.written)
        body = [
            {"field": name, "before": "", "after": value} for name, value in done.changes if name == "added"
        ]
        words = f"{done.interview.title}: "
        if preview:
            words += _yet(before) if done.written else "it says so already"
        else:
            words += f"written; {_UNDO}" if done.written else "it says so already, nothing was written"
        return results.Changed.model_validate(
            {**told, "changes": [*told["changes"], *body], "message": words}
        )

    def _told(
        self, after: Interview, before: Interview | None, *, preview: bool, is_change: bool
    ) -> dict[str, Any]:
        """What every change tells, and keep in mind what was written; `before` is None for a new note."""
        if is_change and not preview:
            self._desk.remember(after)
        stands = before if preview else after
        version = stands.digest if stands else ""
        return {
            "interview_id": after.id,
            "message": "",
            "preview": preview,
            "written": is_change and not preview,
            "version": version,
            "changes": changes_between(before, after) if before else [],
            "interview": {**interview_answer(after), "version": version},
        }
