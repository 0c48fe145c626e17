"""Mails: which of the four an interview fits at a moment, and their merge fields filled in."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from prepvault.model.card import Text
from prepvault.model.interview import Interview, Outcome, Status
from prepvault.model.mail import Mail
from prepvault.model.reminder import Reminder, ReminderKind, ReminderState
from prepvault.model.settings import Settings
from prepvault.model.site import Standing
from prepvault.rules.overview import standing_of

KINDS: tuple[str, ...] = ("reminder", "thank_you", "follow_up", "status_update")
"""The four of the original system, in the order in which they come up."""

_REMINDED = {"thank_you": ReminderKind.THANK_YOU, "follow_up": ReminderKind.FOLLOW_UP}
_FIELD = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")
_THANKS = timedelta(days=14)
_UPDATES = timedelta(days=60)
_SILENT = {None, Outcome.PENDING, Outcome.NO_RESPONSE}
_OVER = {Outcome.WITHDRAWN, Outcome.NO_SHOW, Outcome.REJECTED}


def fitting_kinds(
    interview: Interview, now: datetime, reminders: Sequence[Reminder] = (), *, is_latest: bool = True
) -> tuple[str, ...]:
    """Pick the mails that make sense for an interview at a moment.

    What `reminders` tell to be sent is done. Only the latest round of an application is news.
    """
    fitting = [kind for kind in KINDS if _FITS[kind](interview, now)]
    done = {each.kind for each in reminders if each.state is ReminderState.SENT}
    return tuple(
        kind for kind in fitting if _REMINDED.get(kind) not in done and (is_latest or kind != "status_update")
    )


def _fits_reminder(interview: Interview, now: datetime) -> bool:
    return interview.is_open and interview.starts > now


def _was_held(interview: Interview, now: datetime) -> bool:
    """True once it took place, by its status or by the clock."""
    if interview.status is Status.COMPLETED:
        return True
    return standing_of(interview, now) is Standing.WAITING


def _fits_thanks(interview: Interview, now: datetime) -> bool:
    over = interview.outcome in {Outcome.WITHDRAWN, Outcome.NO_SHOW}
    return _was_held(interview, now) and not over and now - interview.ends < _THANKS


def _fits_follow_up(interview: Interview, now: datetime) -> bool:
    return _was_held(interview, now) and interview.outcome in _SILENT and now - interview.ends < _UPDATES


def _fits_update(interview: Interview, now: datetime) -> bool:
    told = interview.status is not Status.CANCELLED and interview.outcome not in _OVER
    return told and now - interview.ends < _UPDATES


_FITS = {
    "reminder": _fits_reminder,
    "thank_you": _fits_thanks,
    "follow_up": _fits_follow_up,
    "status_update": _fits_update,
}


def due_of(kind: str, reminders: Sequence[Reminder]) -> datetime | None:
    """When a mail falls due: with its reminder; None where nothing says so."""
    return next((each.at for each in reminders if each.kind is _REMINDED.get(kind)), None)


def fill_mail(template: Text, fields: Mapping[str, str], *, profile_email: str = "", to: str = "") -> Mail:
    """Merge fields into a template; what is unknown stands as `[field]` and is named in `missing`."""
    missing: dict[str, None] = {}

    def merge(found: re.Match[str]) -> str:
        name = found[1]
        if not fields.get(name):
            missing[name] = None
            return f"[{name.replace('_', ' ')}]"
        return fields[name]

    recipient = template.fields.get("to", "")
    subject = " ".join(_FIELD.sub(merge, template.fields.get("subject", template.title)).split())
    body = _FIELD.sub(merge, template.body).strip() + "\n"
    address = to or (profile_email if recipient == "self" else "")
    return Mail(template.id, template.title, recipient, subject, body, address, tuple(missing))


def fields_of(
    interview: Interview,
    settings: Settings,
    *,
    undone: Sequence[str] = (),
    points: Sequence[str] = (),
) -> dict[str, str]:
    """What is known about an interview under the names that the mail templates use."""
    first = interview.people[0] if interview.people else None
    starts = interview.starts
    word, sentence = status_words(interview)
    fields = {
        "company": interview.company,
        "role": interview.role,
        "interview_type": interview.type_label.lower(),
        "interviewer_first": first.first_name if first else "",
        "interviewer_full": ", ".join(person.name for person in interview.people),
        "date_local": f"{starts:%A}, {starts.day} {starts:%B %Y}",
        "weekday": f"{starts:%A}",
        "time_local": "all day" if interview.all_day else f"{starts:%H:%M}",
        "tz": interview.zone,
        "location_or_link": interview.venue.link or interview.venue.text,
        "next_step_date": f"{interview.reply_by:%A}, {interview.reply_by.day} {interview.reply_by:%B}"
        if interview.reply_by
        else "",
        "status": word,
        "status_word": word,
        "status_sentence": sentence,
        "next_items": "\n".join(f"- {text}" for text in undone),
        "points": ", ".join(points),
        "my_name": settings.text("profile.name"),
        "my_phone": settings.text("profile.phone"),
    }
    return fields | {f"topic_{number}": text for number, text in enumerate(points, 1)}


_SENTENCES: Mapping[str, str] = {
    "OFFER": "They made an offer.",
    "NEXT ROUND": "They want to go on to the next round.",
    "INTERVIEW SCHEDULED": "The interview is booked.",
    "PENDING": "The interview is over and their answer is open.",
    "CLOSED": "This application is closed.",
}


def status_words(interview: Interview) -> tuple[str, str]:
    """The original's status word for an update, and its sentence."""
    word = "PENDING"
    if interview.outcome is Outcome.OFFER:
        word = "OFFER"
    elif interview.outcome is Outcome.ADVANCED:
        word = "NEXT ROUND"
    elif interview.outcome in _OVER or interview.status is Status.CANCELLED:
        word = "CLOSED"
    elif interview.is_open:
        word = "INTERVIEW SCHEDULED"
    return word, _SENTENCES[word]
