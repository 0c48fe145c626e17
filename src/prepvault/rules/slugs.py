"""File names that we make ourselves: plain, short, safe on every system, unique without regard to case."""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

LONGEST = 80
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin", "conout"}
    | {f"{name}{digit}" for name in ("com", "lpt") for digit in range(10)}
)
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})
_SAFE_ID = re.compile(r"[a-z0-9]([a-z0-9_-]*[a-z0-9])?")


def slug_of(text: str) -> str:
    """Turn any text into `[a-z0-9-]`, at most 80 bytes; what cannot be spelled so gets its hash."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", "".join(each for each in plain if not unicodedata.combining(each)))
    slug = "-".join(words)
    if not slug:
        return f"n-{_short_hash(text)}"
    if len(slug) > LONGEST:
        slug = f"{slug[: LONGEST - 9].rstrip('-')}-{_short_hash(text)}"
    return f"{slug}-file" if slug in _DEVICES else slug


def id_slug(text: str) -> str:
    """Keep an id that is safe as it is (underscores too), so that its page has its name; else make a slug."""
    if len(text) <= LONGEST and text not in _DEVICES and _SAFE_ID.fullmatch(text):
        return text
    return slug_of(text)


def unique_slugs(
    texts: Iterable[str], *, reserved: Iterable[str] = (), keep_ids: bool = False
) -> dict[str, str]:
    """Give each text a file name; texts that would share one get their hash behind it, all but the plainest.

    The result does not depend on the order of the texts.
    """
    make = id_slug if keep_ids else slug_of
    taken = set(reserved)
    slugs: dict[str, str] = {}
    for text in sorted(set(texts), key=lambda each: (make(each) != each, each)):
        slug = make(text)
        if slug in taken:
            slug = f"{slug[: LONGEST - 9].rstrip('-_')}-{_short_hash(text)}"
        taken.add(slug)
        slugs[text] = slug
    return slugs


def page_slugs(ids: Iterable[str]) -> dict[str, str]:
    """Name the page of each interview by its id; some names are taken by what is about all of them."""
    return unique_slugs(ids, reserved=("index", "stats", "email-template"), keep_ids=True)


def _short_hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
