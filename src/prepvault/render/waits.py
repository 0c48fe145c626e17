"""Who waits for whom in an application, since when and until which day: by the notes' own words."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from itertools import chain

from prepvault.model.interview import Interview, Outcome, Status
from prepvault.model.reminder import ReminderKind
from prepvault.model.site import InterviewPage, Loop, SiteModel, Standing
from prepvault.model.zones import zone_of
from prepvault.render.links import command
from prepvault.render.rounds import round_label, said_in
from prepvault.render.section_text import plain_words
from prepvault.render.times import day_text

Wait = Mapping[str, object]

_YOU, _THEY = "you", "they"
_SILENT = {None, Outcome.PENDING}


def waits_of(loop: Loop, site: SiteModel) -> tuple[Wait, ...]:
    """Name what is open between the two sides, the user's own part first; nothing where all is settled."""
    pages = [site.interviews[each] for each in loop.ids]
    held = [
        each
        for each in pages
        if each.standing is not Standing.UPCOMING and each.interview.status is not Status.CANCELLED
    ]
    is_booked = any(each.standing is Standing.UPCOMING for each in pages)
    lines = chain(
        chain.from_iterable(_results(each, site) for each in held),
        chain.from_iterable(_promises(each, site) for each in held) if loop.is_active else (),
        _answer(held[-1], is_booked=is_booked) if held else (),
    )
    return tuple(sorted(lines, key=lambda each: each["who"] != _YOU))


def _wait(who: str, text: str, zone: str, *, due: date | None = None, **more: str) -> Wait:
    """One line; `since` is the start of the day it falls due, from which the browser counts."""
    since = datetime.combine(due, time(), zone_of(zone)) if due else None
    return {
        "who": who,
        "text": text,
        "due": due,
        "since": since,
        "command": "",
        "then": "",
        "href": "",
        **more,
    }


def _results(page: InterviewPage, site: SiteModel) -> Iterator[Wait]:
    each = page.interview
    if each.outcome is Outcome.OFFER:
        yield _wait(_YOU, "Their offer waits for your answer", each.zone, due=each.deadline)
    elif page.standing is Standing.WAITING:
        text = f"{_named(each)} is over, and its note has no result yet"
        run = "" if site.is_incognito else command(each, "status", "completed", "--outcome", "pending")
        yield _wait(_YOU, text, each.zone, command=run)


def _promises(page: InterviewPage, site: SiteModel) -> Iterator[Wait]:
    for promise in said_in(page, site).promises:
        if not promise.is_kept:
            who = _YOU if promise.by == "me" else _THEY
            text = f"{plain_words(promise.text).rstrip('.')}, as promised in the {_named(page.interview)}"
            yield _wait(who, _raised(text), page.interview.zone, due=promise.due)


def _answer(page: InterviewPage, *, is_booked: bool) -> Iterator[Wait]:
    """Their answer to the last round that was held, while nothing after it is booked."""
    each = page.interview
    if is_booked:
        return
    if each.outcome is Outcome.ADVANCED:
        yield _wait(_THEY, "You go on, and the next round is not booked yet", each.zone)
    elif each.outcome in _SILENT:
        asked = next((at for at in page.reminders if at.kind is ReminderKind.FOLLOW_UP), None)
        then = f"Ask from {day_text(asked.at.astimezone(zone_of(each.zone)))} on." if asked else ""
        promised = "" if each.reply_by else ", for which no day was promised"
        href = f"interviews/{page.slug}.html#mails" if page.drafts else ""
        text = f"Their answer to the {_named(each)}{promised}"
        yield _wait(_THEY, text, each.zone, due=each.reply_by, then=then, href=href)


def _named(interview: Interview) -> str:
    return f"{round_label(interview).lower()} of {day_text(interview.starts)}"


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]
