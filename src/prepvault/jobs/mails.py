"""Drafts of mails: what an interview fits now, and any kind on request."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from prepvault.errors import UsageError
from prepvault.model.card import Library, Text
from prepvault.model.interview import Interview
from prepvault.model.mail import Mail
from prepvault.model.reminder import Reminder
from prepvault.model.settings import Settings
from prepvault.model.site import Draft, Progress
from prepvault.rules.mails import KINDS, due_of, fields_of, fill_mail, fitting_kinds

_MOST_THANKS = 8


def write_mail(
    library: Library,
    kind: str,
    interview: Interview,
    settings: Settings,
    *,
    progress: Progress | None = None,
    points: Sequence[str] = (),
    to: str = "",
) -> Mail:
    """Write one draft of any kind that the library has; UsageError for a kind that it does not have."""
    template = library.mails.get(kind)
    if template is None:
        known = ", ".join(f"`{each}`" for each in library.mails)
        raise UsageError(f"no mail is called `{kind}`", hint=f"choose one of {known}")
    undone = tuple(item.text for item in progress.next_items) if progress else ()
    fields = fields_of(interview, settings, undone=undone, points=points)
    return fill_mail(template, fields, profile_email=settings.text("profile.email"), to=to)


def drafts_of(
    library: Library,
    interview: Interview,
    settings: Settings,
    now: datetime,
    *,
    reminders: Sequence[Reminder],
    progress: Progress,
    is_latest: bool,
) -> tuple[Draft, ...]:
    """Write every draft that an interview fits now; thanks go to each person apart."""
    drafts = []
    for kind in fitting_kinds(interview, now, reminders, is_latest=is_latest):
        if kind in library.mails:
            due = due_of(kind, reminders)
            for key, each in _per_person(kind, interview):
                mail = write_mail(library, kind, each, settings, progress=progress)
                title = f"{mail.title}: {each.people[0].name}" if each is not interview else mail.title
                drafts.append(Draft(key, replace(mail, title=title), due))
    return tuple(drafts)


def _per_person(kind: str, interview: Interview) -> list[tuple[str, Interview]]:
    """The interview as each recipient saw it, with a key that tells the drafts apart."""
    key = kind.replace("_", "-")
    if kind != "thank_you" or len(interview.people) < 2:
        return [(key, interview)]
    people = interview.people[:_MOST_THANKS]
    return [(f"{key}-{n}", replace(interview, people=(person,))) for n, person in enumerate(people, 1)]


def blank_mails(library: Library, settings: Settings) -> tuple[Mail, ...]:
    """The four templates of the original with nothing filled in but what the settings know of the user."""
    known = {"my_name": settings.text("profile.name"), "my_phone": settings.text("profile.phone")}
    empty = Text("", "", "")
    templates = (library.mails.get(kind, empty) for kind in KINDS)
    return tuple(fill_mail(template, known) for template in templates if template.id)
