"""Drafts of mails: what an interview fits now, and any kind on request."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from prepvault.errors import UsageError
from prepvault.model.card import Library, Norms, Text
from prepvault.model.debrief import Debrief
from prepvault.model.interview import Interview, Person
from prepvault.model.mail import Mail
from prepvault.model.near import find_near
from prepvault.model.reminder import Reminder
from prepvault.model.settings import Settings
from prepvault.model.site import Draft, Progress
from prepvault.rules.mail_conditions import IN_A_FORM, format_kinds, with_arrival
from prepvault.rules.mail_fields import brief, fields_of, recruiter_of
from prepvault.rules.mail_fit import due_of, fitting_kinds, interviewers_of, sent_to
from prepvault.rules.mails import KINDS, ORIGINALS, fill_mail, numbered

_MOST_THANKS = 8
_A_DAY = timedelta(days=1)
_NOT_FOR_PAGES = frozenset({"adjustment"})
"""Arrangements are between the user and whoever arranges them; no page ever shows them."""


def template_of(library: Library, kind: str) -> Text:
    """Find the template of a kind, however it is typed; UsageError names the nearest and all others."""
    name = kind.strip().casefold().replace("-", "_")
    template = library.mails.get(name)
    if template is None:
        near = find_near(name, library.mails)
        known = ", ".join(f"`{each}`" for each in library.mails)
        hint = f"did you mean `{near}`?" if near else f"choose one of {known}"
        raise UsageError(f"no mail is called `{kind}`", hint=hint)
    return template


def write_mail(
    library: Library,
    kind: str,
    interview: Interview,
    settings: Settings,
    *,
    undone: Sequence[str] = (),
    points: Sequence[str] = (),
    to: str = "",
    values: Mapping[str, str] | None = None,
    debrief: Debrief | None = None,
    now: datetime | None = None,
) -> Mail:
    """Write one draft of any kind that the library has; UsageError for a kind that it does not have.

    `undone` is what to do next, in order. `points` fill the template's first numbered fields, `values` any
    field by name. Without `now` nothing is said that ages.
    """
    template = template_of(library, kind)
    fields = fields_of(interview, settings, undone=undone, points=points, debrief=debrief, now=now)
    guide = library.guides.get(interview.type or "")
    titles = [each.title for each in guide.formats] if guide else []
    fields |= {"format_kinds": format_kinds(interview, titles)}
    fields |= {**numbered(template, points), **(values or {})}
    return fill_mail(
        template,
        with_arrival(fields),
        profile_email=settings.text("profile.email"),
        to=to or address_of(template, interview),
        norms=norms_of(library, settings),
    )


def norms_of(library: Library, settings: Settings) -> Norms | None:
    """The customs that the user chose; None for none in particular."""
    return library.norms.get(settings.text("profile.norms"))


def address_of(template: Text, interview: Interview) -> str:
    """The address that the note gives for whom a kind of mail goes to; empty for oneself."""
    person = person_of(template, interview)
    return person.email if person else ""


def person_of(template: Text, interview: Interview) -> Person | None:
    """Whom a kind of mail goes to, as far as the note names them."""
    people: Mapping[str, Person | None] = {
        "interviewer": next(iter(interviewers_of(interview)), None),
        "recruiter": recruiter_of(interview),
        "referrer": interview.referrer,
    }
    return people.get(template.fields.get("to", ""))


def drafts_of(
    library: Library,
    interview: Interview,
    settings: Settings,
    now: datetime,
    *,
    reminders: Sequence[Reminder],
    progress: Progress,
    is_latest: bool,
    debrief: Debrief | None = None,
) -> tuple[Draft, ...]:
    """Write every draft that an interview fits now; thanks go to each person apart."""
    drafts = []
    # A page is read for days: of little time left, only the day's own card tells what fits.
    is_early = interview.starts - now > _A_DAY
    undone = [brief(item.text) for item in progress.next_items] if is_early else []
    for kind in page_kinds(library, interview, settings, now, reminders=reminders, is_latest=is_latest):
        due = due_of(kind, reminders)
        for key, each in _per_person(kind, interview):
            mail = write_mail(library, kind, each, settings, undone=undone, debrief=debrief)
            title = f"{mail.title}: {each.people[0].name}" if each is not interview else mail.title
            drafts.append(Draft(key, replace(mail, title=title), due))
    return tuple(drafts)


def page_kinds(
    library: Library,
    interview: Interview,
    settings: Settings,
    now: datetime,
    *,
    reminders: Sequence[Reminder],
    is_latest: bool,
) -> tuple[str, ...]:
    """Pick the kinds that a page offers: what fits, is customary and may be seen."""
    norms = norms_of(library, settings)
    left_out = set(_NOT_FOR_PAGES)
    if norms and norms.thank_you == "not customary":
        left_out.add("thank_you")
    fitting = fitting_kinds(interview, now, reminders, is_latest=is_latest)
    return tuple(kind for kind in fitting if kind in library.mails and kind not in left_out)


def _per_person(kind: str, interview: Interview) -> list[tuple[str, Interview]]:
    """The interview as each recipient saw it, with a key that tells the drafts apart."""
    key = kind.replace("_", "-")
    people = interviewers_of(interview)[:_MOST_THANKS]
    if kind != "thank_you" or len(people) < 2:
        return [(key, interview)]
    thanked = sent_to(interview, kind)
    return [
        (f"{key}-{number}", replace(interview, people=(person,), sessions=()))
        for number, person in enumerate(people, 1)
        if person.email.casefold() not in thanked or not person.email
    ]


def blank_mails(library: Library, settings: Settings) -> tuple[Mail, ...]:
    """Every template with only what the settings know of the user filled in, the original's four first."""
    known = {
        **IN_A_FORM,
        "my_name": settings.text("profile.name"),
        "my_phone": settings.text("profile.phone"),
    }
    order = dict.fromkeys((*ORIGINALS, *KINDS, *library.mails))
    templates = [library.mails[kind] for kind in order if kind in library.mails]
    return tuple(fill_mail(template, known, is_blank=True) for template in templates)
