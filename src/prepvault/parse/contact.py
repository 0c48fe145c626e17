"""Read a contact from a note of the people folder."""

import re

from prepvault.model.contact import Contact
from prepvault.model.mail import is_address
from prepvault.model.note import Head, Note
from prepvault.model.settings import Settings
from prepvault.parse.fields import Fields
from prepvault.parse.links import unwrap_link

_NAMES = ("name", "full_name")
_TITLES = ("role", "job_title", "position", "title")
_COMPANIES = ("company", "org", "organisation", "organization", "employer")
_MAILS = ("email", "mail", "e-mail")
_PHONES = ("phone", "mobile", "tel", "telephone")
_LINKS = ("linkedin", "url", "website", "profile")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


def parse_contact(note: Note, head: Head) -> Contact:
    """Read whom a note tells of; without properties its file name is the person's name."""
    fields = Fields(note.path, head, Settings())
    mail, link = _first(fields, _MAILS), _first(fields, _LINKS)
    return Contact(
        key="",
        name=_first(fields, _NAMES) or note.stem,
        title=_first(fields, _TITLES),
        company=_first(fields, _COMPANIES),
        email=mail if is_address(mail) else "",
        phone=_first(fields, _PHONES),
        link=link if _WEB.fullmatch(link) else "",
        note=note.path,
        text=head.body.strip(),
        publish=fields.flag("publish", default=True, unreadable=False),
    )


def _first(fields: Fields, names: tuple[str, ...]) -> str:
    """The first of several properties that says anything, a link's words in place of the link."""
    return next((unwrap_link(text) for name in names if (text := fields.line(name))), "")
