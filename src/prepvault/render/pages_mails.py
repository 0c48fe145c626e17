"""The page of drafts: letters that are due and letters of what is next; the rest leads to its interview."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from prepvault.model.mail import Mail
from prepvault.model.site import Draft, InterviewPage, SiteModel
from prepvault.render.pages import Page
from prepvault.render.pieces import letter_pieces

_LETTERS, _NEXT, _LINES = 24, 6, 60
"""Most letters in full, most interviews to come with letters, most interviews that are only named."""

_WHO = {"self": "yourself"}


def mail_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out the drafts; a search with hundreds of interviews must not make a page of megabytes."""
    view = site.overview
    pages = [
        site.interviews[each.id]
        for each in (*view.upcoming, *view.waiting, *view.closed)
        if site.interviews[each.id].drafts
    ]
    due = _due(pages, site.now)
    room = _LETTERS - sum(len(drafts) for _, drafts in due)
    ahead = _ahead([site.interviews[each.id] for each in view.upcoming[:_NEXT]], due, room)
    named = [(page, {*_keys(page, due), *_keys(page, ahead)}) for page in pages]
    others = [_named(page, shown) for page, shown in named if len(page.drafts) > len(shown)]
    values = {
        "due": tuple(_group(page, drafts, site.now) for page, drafts in due),
        "ahead": tuple(_group(page, drafts, site.now) for page, drafts in ahead),
        "others": tuple(others[:_LINES]),
        "templates": tuple(blank_letter(each) for each in site.templates),
        "left": max(len(others) - _LINES, 0),
        "number_due": letters_due(site),
    }
    yield Page("emails.html", "emails.html", "E-mails", values, "emails.html", shows_state=True)


def letters_due(site: SiteModel) -> int:
    """How many letters should have gone out by the build."""
    drafts = (draft for page in site.interviews.values() for draft in page.drafts)
    return sum(draft.due is not None and draft.due <= site.now for draft in drafts)


Shown = Sequence[tuple[InterviewPage, Sequence[Draft]]]


def _due(pages: Sequence[InterviewPage], now: datetime) -> Shown:
    """The drafts that should have gone out, the freshest first: what is late for weeks can wait a minute."""
    found = [
        (max(each.due for each in late if each.due), page.slug, page, late)
        for page in pages
        if (late := [each for each in page.drafts if each.due is not None and each.due <= now])
    ]
    kept, room = [], _LETTERS
    for _, _, page, late in sorted(found, key=lambda each: each[:2], reverse=True):
        if room > 0:
            kept.append((page, late[:room]))
            room -= len(late)
    return kept


def _ahead(pages: Sequence[InterviewPage], due: Shown, room: int) -> Shown:
    """The letters of the next interviews, as far as there is room."""
    kept = []
    for page in pages:
        drafts = [each for each in page.drafts if each.key not in _keys(page, due)][: max(room, 0)]
        if drafts:
            kept.append((page, drafts))
            room -= len(drafts)
    return kept


def _keys(page: InterviewPage, shown: Shown) -> set[str]:
    return {each.key for other, drafts in shown if other.slug == page.slug for each in drafts}


def _group(page: InterviewPage, drafts: Sequence[Draft], now: datetime) -> Mapping[str, object]:
    return {"page": page, "letters": tuple(letter_of(each, page, now) for each in drafts)}


def _named(page: InterviewPage, shown: set[str]) -> Mapping[str, object]:
    return {"page": page, "titles": tuple(each.mail.title for each in page.drafts if each.key not in shown)}


def letter_of(draft: Draft, page: InterviewPage, now: datetime) -> Mapping[str, object]:
    """One draft with its subject and body in pieces, and how late it is."""
    return {
        **blank_letter(draft.mail),
        "key": f"mails-{page.slug}-{draft.key}",
        "file": f"emails/{page.slug}-{draft.key}.eml",
        "due": draft.due,
        "late": overdue(draft.due, now) if draft.due else "",
    }


def blank_letter(mail: Mail) -> Mapping[str, object]:
    """A mail with its subject and body in pieces, so that what is to fill in stands out."""
    to = _WHO.get(mail.recipient, f"the {mail.recipient}")
    return {
        "mail": mail,
        "to": f"To {to}{f', {mail.to}' if mail.to else ''}",
        "subject": letter_pieces(mail.subject, mail),
        "body": letter_pieces(mail.body, mail),
        "gaps": len(mail.missing),
    }


def overdue(due: datetime, now: datetime) -> str:
    """How late something is, in whole days; the browser counts the same way. Empty while it is not due."""
    if now < due:
        return ""
    days = (now - due) // timedelta(days=1)
    return "due now" if not days else "1 day overdue" if days == 1 else f"{days} days overdue"
