"""What a note and other programs are told about a mail."""

from dataclasses import replace
from datetime import UTC, datetime

from prepvault.errors import PrepVaultError
from prepvault.jobs.compose import Composed
from prepvault.jobs.context import Context
from prepvault.jobs.one_note import change_note
from prepvault.model.change import Edit
from prepvault.model.interview import Interview
from prepvault.model.mail import Mail, Posted
from prepvault.model.reminder import ReminderKind
from prepvault.model.zones import zone_of
from prepvault.render.findings import finding_fields
from prepvault.render.links import mailto
from prepvault.rules.mail_fields import meaning_of
from prepvault.rules.mail_fit import interviewers_of, sent_to
from prepvault.rules.mail_identity import due_reminder
from prepvault.rules.reminders import plan_reminders

__all__ = ["composed_fields", "mail_fields", "mailto_link", "meaning_of", "record_sent"]

_REMINDED = {"thank_you": ReminderKind.THANK_YOU, "follow_up": ReminderKind.FOLLOW_UP}


def record_sent(
    context: Context, interview: Interview, mail: Mail, at: datetime, state: Posted, *, once: bool = False
) -> str:
    """Write into the note that a mail went out, or may have; return why that failed, empty when it did not.

    With `once` a note that tells of it already stays as it is. The note may have changed while the mail was
    on its way: the line is added to what it holds now.
    """
    stamp = at.astimezone(UTC).astimezone(zone_of(interview.zone)).isoformat(timespec="seconds")
    edits = _edits(context, interview, mail, stamp, at, state)
    if once:
        told = {*interview.mails_sent, *interview.reminders_sent}
        edits = [edit for edit in edits if edit.value not in told]
    if not edits:
        return ""
    shown = any(edit.name == "reminders_sent" for edit in edits)
    try:
        change_note(context, replace(interview, digest=""), edits, "email", shown=shown)
    except PrepVaultError as error:
        return error.message
    return ""


def _edits(
    context: Context, interview: Interview, mail: Mail, stamp: str, at: datetime, state: Posted
) -> list[Edit]:
    if state is Posted.UNCERTAIN:
        return [Edit("mails_sent", "append", f"{mail.kind} {mail.to} {stamp} uncertain")]
    reminders = plan_reminders(interview, context.settings, at)
    due = due_reminder(reminders) if mail.kind == "reminder" else None
    if due:
        return [Edit("reminders_sent", "append", f"{due.suffix} email {stamp}")]
    edits = [Edit("mails_sent", "append", f"{mail.kind} {mail.to} {stamp}")]
    reminded = next((each for each in reminders if each.kind is _REMINDED.get(mail.kind)), None)
    if reminded and _is_last(interview, mail):
        edits.append(Edit("reminders_sent", "append", f"{reminded.suffix} email {stamp}"))
    return edits


def _is_last(interview: Interview, mail: Mail) -> bool:
    """Tell whether with this mail everyone is thanked, so that nothing is left to be reminded of."""
    thanked = {*sent_to(interview, mail.kind), mail.to.casefold()}
    return mail.kind != "thank_you" or len(thanked) >= len(interviewers_of(interview))


def mail_fields(mail: Mail) -> dict[str, object]:
    """Tell a program about one mail."""
    return {
        "mail": mail.kind,
        "title": mail.title,
        "recipient": mail.recipient,
        "to": mail.to,
        "subject": mail.subject,
        "body": mail.body,
        "missing": list(mail.missing),
    }


def composed_fields(composed: Composed) -> dict[str, object]:
    """Tell a program about a mail, what is wrong with it and where its text is from."""
    return {
        **mail_fields(composed.mail),
        "interview": composed.interview.id,
        "person": composed.person.name if composed.person else None,
        "draft": composed.draft or None,
        "findings": [finding_fields(finding) for finding in composed.findings],
    }


def mailto_link(mail: Mail) -> str:
    """The link that opens a mail program with this mail; without its text where that is too long for one."""
    return mailto(mail)
