"""Contacts as vCard 3.0: what Apple, Google and Outlook all read; of 4.0 Outlook knows nothing."""

import re
from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_DNS, uuid5

from prepvault.model.contact import Contact
from prepvault.model.interview import Person
from prepvault.render.feed_words import clean, one_line
from prepvault.render.folding import fold_line

_NAMESPACE = uuid5(NAMESPACE_DNS, "people.prepvault")
_LONGEST_NOTE = 20_000
_PHONE_SIGNS = re.compile(r"[^0-9+*#().,;/x \u00a0-]", re.IGNORECASE)


def render_vcards(contacts: Iterable[Contact], *, version: str, has_text: bool = False) -> bytes:
    """Write one card for each contact; what stands in their notes only with `has_text`."""
    lines = (
        line for each in contacts for line in _card(each, version=version, text=each.text if has_text else "")
    )
    return b"".join(fold_line(line) for line in lines)


def contact_uid(contact: Contact) -> str:
    """The identity of a card: the same as long as name and company are, so that a second import updates."""
    return f"urn:uuid:{uuid5(_NAMESPACE, contact.key.encode('utf-8', 'backslashreplace').decode())}"


def _card(contact: Contact, *, version: str, text: str) -> Iterator[str]:
    name = one_line(contact.name) or "?"
    prefix, given, family = _parts(name)
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"PRODID:-//PrepVault//PrepVault {version}//EN"
    yield f"UID:{contact_uid(contact)}"
    yield f"FN:{_escaped(name)}"
    yield f"N:{_escaped(family)};{_escaped(given)};;{_escaped(prefix)};"
    if contact.company:
        yield f"ORG:{_escaped(one_line(contact.company))}"
    if contact.title:
        yield f"TITLE:{_escaped(one_line(contact.title))}"
    if contact.email:
        yield f"EMAIL;TYPE=INTERNET:{_escaped(one_line(contact.email))}"
    if phone := _PHONE_SIGNS.sub("", one_line(contact.phone)).strip():
        yield f"TEL;TYPE=VOICE:{_escaped(phone)}"
    if contact.link:
        yield f"URL:{_escaped(one_line(contact.link, 2000))}"
    yield "CATEGORIES:Interviews"
    if text:
        yield f"NOTE:{_escaped(clean(text[:_LONGEST_NOTE]))}"
    yield "END:VCARD"


def _parts(name: str) -> tuple[str, str, str]:
    """Take a name apart as cards want it: what stands before it, given names, and the last word."""
    words = name.split()
    first = words.index(Person(name).first_name)
    prefix, given, family = words[:first], words[first:-1], words[-1:]
    return " ".join(prefix), " ".join(given or family), " ".join(family if given else ())


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")
