"""Draft a mail about an interview as an assistant names it: by its id, by what it is, or one in no note."""

from dataclasses import dataclass, replace

from prepvault.errors import UsageError
from prepvault.jobs.compose import Composed, MailRequest, compose
from prepvault.jobs.context import Context
from prepvault.jobs.mail_record import composed_fields
from prepvault.jobs.one_note import reread, usual_minutes
from prepvault.jobs.pick import pick_by_id
from prepvault.jobs.send_mail import Sent, own_addresses, send_mail
from prepvault.jobs.understand import understand_when
from prepvault.model.interview import Interview, InterviewType, Status
from prepvault.model.settings import Settings
from prepvault.model.vault import Vault
from prepvault.parse.emit import emit_head

_NOWHERE = "no note.md"
"""The path of an interview that is in no note; nothing is ever written there."""

_MOST_POINTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which interview a mail is about; what is empty was not said. `at` is a time or a day as typed."""

    interview_id: str = ""
    company: str = ""
    role: str = ""
    type: InterviewType | None = None
    at: str = ""
    interviewer: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft, and whether the interview that it is about has a note."""

    composed: Composed
    is_in_vault: bool


def draft_mail(context: Context, vault: Vault, about: About, request: MailRequest) -> Drafted:
    """Write a mail about the one interview that is meant; about one in no note, from what was said alone."""
    found = _find(context, vault, about)
    interview = found or _unwritten(context, about)
    points = tuple(request.points[:_MOST_POINTS])
    person = about.interviewer if found and _names(found, about.interviewer) else ""
    asked = replace(request, points=points, person=request.person or person)
    return Drafted(compose(context, vault, interview, asked), found is not None)


def draft_answer(drafted: Drafted) -> dict[str, object]:
    """Tell about a draft in the original's fields, and what is still missing or wrong in it."""
    composed = drafted.composed
    fields = composed_fields(composed)
    findings = [finding.message for finding in composed.findings]
    return {
        "subject": composed.mail.subject,
        "body": composed.mail.body,
        "kind": composed.mail.kind,
        "recipient": composed.mail.recipient,
        "to": composed.mail.to,
        "person": fields["person"],
        "interview_id": composed.interview.id if drafted.is_in_vault else None,
        "missing": list(composed.mail.missing),
        "remarks": findings,
        "saved_draft": composed.draft or None,
    }


def send_asked(context: Context, vault: Vault, interview: Interview, request: MailRequest) -> Sent:
    """Send a mail to an address that the user's own settings allow an assistant; UsageError for any other.

    The address is always named: no note decides where mail goes.
    """
    if not is_allowed(context.settings, request.to):
        raise UsageError(
            f"an assistant may not send mail to `{request.to or 'nobody'}`",
            hint='allow it in your own settings: [mcp] send_to = ["dana@example.com"]',
        )
    return send_mail(context, compose(context, vault, interview, request), interview)


def is_allowed(settings: Settings, address: str) -> bool:
    """Tell whether an assistant may send there: to the user, and to whom `[mcp] send_to` names."""
    wanted = address.strip().casefold()
    allowed = (*own_addresses(settings), *settings.words("mcp.send_to"))
    return bool(wanted) and wanted in {each.strip().casefold() for each in allowed}


def _find(context: Context, vault: Vault, about: About) -> Interview | None:
    """The interview with this id, else the only one that all that was said fits."""
    if about.interview_id:
        return pick_by_id(vault, about.interview_id)
    day = understand_when(context, about.at, context.settings.zone).at.date() if about.at else None
    fitting = [
        each
        for each in vault.interviews
        if each.company.casefold() == about.company.strip().casefold()
        and (not about.role or each.role.casefold() == about.role.strip().casefold())
        and (about.type is None or each.type is about.type)
        and (day is None or each.starts.date() == day)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _unwritten(context: Context, about: About) -> Interview:
    """Read what was said as a note would tell it; a time has to be among it."""
    for name in ("company", "role"):
        if not str(getattr(about, name)).strip():
            raise UsageError(f"`{name}` is missing", hint="say it, or name an interview by `interview_id`")
    if not about.at.strip():
        raise UsageError(
            f"no interview of this vault is meant for certain by `{about.company}`, `{about.role}`",
            hint="name its day, or the interview by `interview_id`",
        )
    when = understand_when(context, about.at, context.settings.zone)
    status = Status.SCHEDULED if when.at > context.now else Status.COMPLETED
    said = {
        "company": about.company,
        "role": about.role,
        "interview_type": about.type.value if about.type else "",
        "scheduled_at": when.note_text,
        "timezone": when.zone,
        "interviewer": about.interviewer,
        "location": about.location,
        "status": status.value,
    }
    name_of = context.settings.property_name
    pairs = [(name_of(name), " ".join(value.split())) for name, value in said.items() if value.strip()]
    data = emit_head(pairs).encode("utf-8")
    return replace(reread(context, _NOWHERE, data, usual_minutes(context)), id="")


def _names(interview: Interview, name: str) -> bool:
    wanted = name.strip().casefold()
    people = (*interview.people, *(each for part in interview.sessions for each in part.people))
    return bool(wanted) and sum(wanted in each.name.casefold() for each in people) == 1
