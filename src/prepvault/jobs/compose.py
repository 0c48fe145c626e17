"""Compose one mail as it was asked for: whom to, which text, what is known, and what is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from prepvault.errors import PrepVaultError, UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.jobs.mail_drafts import find_draft
from prepvault.jobs.mails import person_of, template_of, write_mail
from prepvault.jobs.today import today
from prepvault.jobs.understand import understand_when
from prepvault.model.card import Text
from prepvault.model.finding import Finding, has_errors
from prepvault.model.interview import Interview, Outcome, Person
from prepvault.model.mail import Mail, is_address
from prepvault.model.near import find_near, plain_word
from prepvault.model.vault import Vault
from prepvault.parse.frontmatter import parse_head
from prepvault.rules.companies import group_companies
from prepvault.rules.mail_early import find_too_early
from prepvault.rules.mail_fields import MEANINGS, long_date
from prepvault.rules.mail_fit import interviewers_of, sent_to
from prepvault.rules.mail_lint import lint_mail
from prepvault.rules.mails import fields_in, numbered

_NOT_TO_DO = frozenset({"know"})
_MOST_TO_DO = 4
"""A mail is a nudge; the whole card is in `today`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRequest:
    """A mail as it was asked for; `person` is part of a name, `fields` are merge fields by name."""

    kind: str
    to: str = ""
    person: str = ""
    points: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail ready to be looked at; `interview` is as its recipient saw it.

    `draft` is the path of the saved draft that its text is from, or empty. `others` are the people it could
    have gone to as well. `was_typed` tells that the address was given for this very mail.
    """

    mail: Mail
    template: Text
    interview: Interview
    person: Person | None
    findings: tuple[Finding, ...]
    draft: str = ""
    others: tuple[Person, ...] = ()
    was_typed: bool = False

    @property
    def is_sendable(self) -> bool:
        """True while nothing is wrong with the text."""
        return not has_errors(self.findings)


def compose(context: Context, vault: Vault, interview: Interview, request: MailRequest) -> Composed:
    """Write the mail, or take the text of its saved draft, and look it over."""
    library, _ = load_library(context)
    template = template_of(library, request.kind)
    _check(template, request)
    aimed, others = _aimed(interview, template, request.person)
    is_own = template.fields.get("to") == "self"
    mail = write_mail(
        library,
        template.id,
        aimed,
        context.settings,
        undone=next_steps(context, vault, interview) if is_own else (),
        points=_points(context, template, aimed, request.points),
        to=request.to,
        values={
            **_other_offer(vault, interview),
            **_told_length(context, vault, interview),
            **request.fields,
        },
        debrief=vault.debriefs.get(interview.path),
        now=context.now,
    )
    person = person_of(template, aimed)
    saved = None if request.points or request.fields else find_draft(context, vault, mail, aimed, person)
    mail = _with_text(mail, saved.mail, request) if saved else mail
    path = saved.path if saved else ""
    early = find_too_early(template.id, interview, vault.interviews, context.now, interview.path)
    findings = lint_mail(
        mail,
        path or interview.path,
        company=interview.company,
        companies=_foreign_names(vault, interview),
        fillers=library.words.get("mail_fillers", ()),
        budget=template.fields.get("words", ""),
    )
    return Composed(
        mail, template, aimed, person, (*early, *findings), path, others, was_typed=bool(request.to)
    )


def _check(template: Text, request: MailRequest) -> None:
    """Refuse what could only be a slip: an address that is none, a field that no mail has."""
    if request.to and not is_address(request.to):
        raise UsageError(f"`{request.to}` is not a mail address", hint="write it like dana@example.com")
    known = fields_in(template)
    for name in request.fields:
        if name not in known and name not in MEANINGS:
            near = find_near(name, (*known, *MEANINGS))
            listed = ", ".join(f"`{each}`" for each in known)
            hint = f"did you mean `{near}`?" if near else f"this mail has {listed}"
            raise UsageError(f"no field is called `{name}`", hint=hint)


def _aimed(interview: Interview, template: Text, wanted: str) -> tuple[Interview, tuple[Person, ...]]:
    """The interview as its recipient sees it, and who else there is."""
    everyone = tuple(_everyone(interview))
    recipient = template.fields.get("to", "")
    if not wanted:
        if recipient != "interviewer":
            return interview, ()
        sent = sent_to(interview, template.id)
        people = sorted(interviewers_of(interview), key=lambda person: person.email.casefold() in sent)
        return replace(interview, people=tuple(people[:1]), sessions=()), tuple(people[1:])
    matches = [each for each in everyone if plain_word(wanted) in plain_word(each.name)]
    if len(matches) != 1:
        names = ", ".join(f"`{each.name}`" for each in matches or everyone)
        what = f"`{wanted}` matches {len(matches)} people" if matches else f"the note names no `{wanted}`"
        raise UsageError(what, hint=f"name one of {names}" if names else "add `interviewer` to the note")
    person = matches[0]
    if recipient == "interviewer":
        return replace(interview, people=(person,), sessions=()), ()
    if recipient == "referrer":
        return replace(interview, referrer=person), ()
    return replace(interview, recruiter=person), ()


def _everyone(interview: Interview) -> Iterator[Person]:
    sessions = (person for part in interview.sessions for person in part.people)
    named = (*interview.people, *sessions, interview.recruiter, interview.referrer)
    yield from {person.name.casefold(): person for person in reversed(named) if person}.values()


def _points(
    context: Context, template: Text, interview: Interview, points: tuple[str, ...]
) -> tuple[str, ...]:
    """Times that a person typed are said with weekday and date, everything else as it was typed."""
    if not any(name.startswith("slot_") for name in numbered(template, points)):
        return points
    return tuple(_slot(context, text, interview.zone) for text in points)


def _slot(context: Context, text: str, zone: str) -> str:
    try:
        when = understand_when(context, text, zone)
    except PrepVaultError:
        return text
    if when.is_date:
        return long_date(when.at.date())
    named = "" if when.zone == zone else f" ({when.zone})"
    return f"{long_date(when.at.date())}, {when.at:%H:%M}{named}"


def next_steps(context: Context, vault: Vault, interview: Interview) -> tuple[str, ...]:
    """Say what to do next about an interview, as its day's card says it now: nothing that no longer fits."""
    lines = (line for card in today(context, vault, interview).cards for line in card.lines)
    return tuple(line.text for line in lines if line.slot not in _NOT_TO_DO)[:_MOST_TO_DO]


def _told_length(context: Context, vault: Vault, interview: Interview) -> Mapping[str, str]:
    """Without a length in the note the type's usual one counts, and that may be asked for."""
    note = vault.notes.get(interview.path)
    if note is None:
        return {}
    name = context.settings.property_name("duration_minutes")
    is_told = parse_head(note.data, note.path)[0].values.get(name) is not None
    return {"ask_length": "", "ask_parts": "yes"} if is_told and not interview.sessions else {}


def _other_offer(vault: Vault, interview: Interview) -> Mapping[str, str]:
    """The day by which an offer of another company wants its answer."""
    days = [
        each.deadline
        for each in vault.interviews
        if each.outcome is Outcome.OFFER and each.deadline and each.company != interview.company
    ]
    return {"other_deadline": long_date(min(days))} if days else {}


def _foreign_names(vault: Vault, interview: Interview) -> Iterator[str]:
    """The names and aliases of every company but the interview's own."""
    for group in group_companies(vault.interviews, vault.companies):
        if all(each.id != interview.id for each in group.interviews):
            yield from (group.name, *(each.company for each in group.interviews))
            yield from group.note.aliases if group.note else ()


def _with_text(mail: Mail, saved: Mail, request: MailRequest) -> Mail:
    """The user's own words in place of ours; an address that was typed now is the newer one."""
    to = request.to or saved.to or mail.to
    return replace(mail, subject=saved.subject, body=saved.body, to=to, missing=())
