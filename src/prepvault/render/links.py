"""Links that pages carry: into the vault, to mail programs, to meeting places; each made safe."""

import shlex
from urllib.parse import quote, urlsplit

from prepvault.model.interview import Interview
from prepvault.model.mail import Mail, is_address
from prepvault.render.eml import plain_line

_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_LONGEST_MAILTO = 1800


def safe_link(text: str) -> str:
    """Let through what opens a page, a mail or a call; anything else becomes an empty text."""
    try:
        scheme = urlsplit(text).scheme.lower()
    except ValueError:
        return ""
    has_control = any(ord(each) < 33 or ord(each) == 127 for each in text)
    return text if scheme in _SAFE_SCHEMES and not has_control else ""


def map_link(interview: Interview) -> str:
    """A link that any map program or browser understands, for a place one has to go to."""
    venue = interview.venue
    if venue.kind != "in_person" or not venue.text:
        return ""
    return f"https://www.openstreetmap.org/search?query={quote(venue.text, safe='')}"


def mailto(mail: Mail) -> str:
    """A mailto link with subject and body; without the body when mail programs would cut it."""
    # A mail program may decode an encoded word in a link, and half a character has no bytes.
    subject = quote(plain_line(mail.subject).replace("=?", "= ?"), safe="", errors="replace")
    body = quote(mail.body.replace("\n", "\r\n"), safe="", errors="replace")
    to = mail.to if is_address(mail.to) else ""
    start = f"mailto:{quote(to, safe='@')}?subject={subject}"
    whole = f"{start}&body={body}"
    return whole if len(whole) <= _LONGEST_MAILTO else start


def command(interview: Interview, *words: str) -> str:
    """A command about an interview, ready to paste into a shell; an odd id is named by its note."""
    name = interview.id if interview.has_id and interview.id.isprintable() else interview.path
    first, *rest = words
    return " ".join(["prepvault", first, shlex.quote(name), *map(shlex.quote, rest)])
