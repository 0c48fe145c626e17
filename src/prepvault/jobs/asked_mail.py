"""Draft a mail about an interview as an assistant names it: by its id, by what it is, or one in no note."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from prepvault.errors import ConflictError, UsageError
from prepvault.jobs.compose import Composed, MailRequest, compose
from prepvault.jobs.context import Context
from prepvault.jobs.mail_record import composed_fields
from prepvault.jobs.one_note import reread, usual_minutes
from prepvault.jobs.pick import pick_by_id
from prepvault.jobs.send_mail import Sent, own_addresses, send_mail
from prepvault.jobs.understand import understand_when
from prepvault.model.interview import Interview, InterviewType, Person, Status
from prepvault.model.near import plain_word
from prepvault.model.settings import Settings
from prepvault.model.vault import Vault
from prepvault.parse.emit import emit_head
from prepvault.parse.people import parse_people

_NOWHERE = "no note.md"
"""The path of an interview that is in no note; nothing is ever written there."""

_MOST_POINTS, _LONGEST_POINT = 8, 500


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
    """A draft and what it was made from; `stranger` is whom it is to where the note names no such person."""

    composed: Composed
    request: MailRequest
    stranger: str = ""

    @property
    def is_in_vault(self) -> bool:
        """True while the interview that it is about has a note."""
        return bool(self.composed.interview.id)

    @property
    def name(self) -> str:
        """What names this very text, to this address, from this state of the note."""
        mail = self.composed.mail
        text = "\0".join((mail.to, mail.subject, mail.body, self.composed.interview.digest))
        return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def command(self) -> str:
        """What the user types to send just this; empty where the note has to be mended first."""
        asked, mail = self.request, self.composed.mail
        if self.stranger or not self.is_in_vault:
            return ""
        words = ["prepvault", "email", mail.kind, self.composed.interview.id]
        words += ["--person", asked.person] if asked.person else []
        words += [part for point in asked.points for part in ("--points", point)]
        words += [part for name, text in asked.fields.items() for part in ("--set", f"{name}={text}")]
        words += ["--to", asked.to] if asked.to else []
        return shlex.join([*words, "--send"])


def draft_mail(context: Context, vault: Vault, about: About, request: MailRequest) -> Drafted:
    """Write a mail about the one interview that is meant; about one in no note, from what was said alone."""
    found = _find(context, vault, about)
    interview = found or _unwritten(context, about)
    asked = replace(request, points=tuple(point[:_LONGEST_POINT] for point in request.points[:_MOST_POINTS]))
    stranger = ""
    if found is None:
        asked = replace(asked, person="")
    elif asked.person and not _is_named(found, asked.person):
        stranger = asked.person
        interview = replace(found, people=parse_people(stranger)[:1] or (Person(stranger),), sessions=())
        asked = replace(asked, person="")
    return Drafted(compose(context, vault, interview, asked), asked, stranger)


def draft_answer(drafted: Drafted) -> dict[str, object]:
    """Tell about a draft in the original's fields, and what is still missing or wrong in it."""
    composed = drafted.composed
    fields = composed_fields(composed)
    findings = [finding.message for finding in composed.findings]
    if drafted.stranger:
        findings.append(f"the note names no `{drafted.stranger}`: they belong under `interviewer`")
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


def send_asked(context: Context, vault: Vault, drafted: Drafted, to: str) -> Sent:
    """Send a draft just as it was shown, to an address that the user's own settings allow an assistant.

    The address is named once more: no note decides where mail goes. ConflictError where the interview's note
    is no longer what the draft was made from.
    """
    mail, interview = drafted.composed.mail, drafted.composed.interview
    if not is_allowed(context.settings, to):
        raise UsageError(
            f"an assistant may not send mail to `{to}`",
            hint='allow it in your own settings: [mcp] send_to = ["dana@example.com"]',
        )
    if to.casefold() != mail.to.casefold():
        raise UsageError(f"that draft is to `{mail.to or 'nobody'}`, not to `{to}`", hint="draft it to them")
    found = pick_by_id(vault, interview.id)
    if found.digest != interview.digest:
        said = f"`{found.path}` has changed since the mail was drafted, so nothing was sent"
        raise ConflictError(said, hint="draft it again")
    return send_mail(context, drafted.composed, found)


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


def _is_named(interview: Interview, name: str) -> bool:
    wanted = plain_word(name)
    return any(wanted in plain_word(person.name) for person in _people_of(interview))


def _people_of(interview: Interview) -> Iterator[Person]:
    yield from interview.people
    for part in interview.sessions:
        yield from part.people
    yield from (each for each in (interview.recruiter, interview.referrer) if each)
