"""Where a link in a note may lead: the web, mail, a phone, Obsidian, or a page that the caller knows."""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

from prepvault.render.obsidian.page import Page, fragment_id

SCHEMES = frozenset({"http", "https", "mailto", "tel", "obsidian"})
"""All that a link may begin with; anything else before a colon makes it plain text."""

_BEFORE_PATH = re.compile(r"[^/?#\\]*")
_HOSTLESS = re.compile(r"(?i)https?:(?!//[^/?#\\])")
_UNCLEAN = re.compile(r"[\x00-\x20\x7f\u2028\u2029]")


class Address(NamedTuple):
    """What a link is (`external`, `internal`, `unresolved`, `refused`), and its address if it has one."""

    kind: str
    href: str = ""


def find_address(href: str, page: Page) -> Address:
    """Decide about the address of a Markdown link, as the parser has normalised it."""
    if _is_external(href):
        return Address("external", href)
    target = find_target(href)
    return Address("refused") if target is None else find_note(target, page)


def find_target(href: str) -> str | None:
    """Tell what a Markdown link names within the vault, None where it does not stay there."""
    if ":" in _head_of(href) or href.startswith(("//", "\\")):
        return None
    return unquote(href)


def find_note(target: str, page: Page) -> Address:
    """Decide about a note's name, as in a wikilink; a `#` alone means a place in the same note.

    Of a note within another perhaps only a part is shown, so there such a link opens the note itself.
    """
    if target.startswith("#") and not page.is_passage:
        return Address("internal", "#" + quote(fragment_id(target, page.id_prefix)))
    found = page.resolve(target)
    if found and is_inert(found):
        return Address("internal", found)
    return Address("unresolved")


def is_inert(href: str) -> bool:
    """Tell whether an address is a relative path, or of an allowed scheme, and nothing else."""
    if _UNCLEAN.search(href) or href.startswith(("//", "\\", "/\\")):
        return False
    return ":" not in _head_of(href) or _is_external(href)


def _is_external(href: str) -> bool:
    scheme, colon, _ = _head_of(href).partition(":")
    if not colon or scheme.lower() not in SCHEMES or _UNCLEAN.search(href):
        return False
    return not _HOSTLESS.match(href)


def _head_of(href: str) -> str:
    """Return what stands before the path, where a scheme would be."""
    found = _BEFORE_PATH.match(href)
    return found[0] if found else ""
