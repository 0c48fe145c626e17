"""Find what somebody seems to have meant as a mark or a day in a debrief, and what is read as neither."""

import re

from prepvault.parse.debrief_parts import read_asked, read_promise

_LAST = re.compile(r".*(?:\s[·•]|\?\s*(?:[·•|;]|--?|[–—]|->|→))\s*([^\W\d_][\w-]*(?: [\w-]+)?)[.!]?")
_BY = re.compile(
    r".*\b((?:by|until|due|before)\b:?\s+(?:the\s+)?([^\W\d_][\w-]*|\d[\w./-]*)(?:\s+[\w./-]+){0,2})\W*",
    re.IGNORECASE,
)
_NO_DAY = frozenset(
    [
        "mail",
        "email",
        "e-mail",
        "phone",
        "post",
        "letter",
        "hand",
        "myself",
        "then",
        "me",
        "them",
        "courier",
        "text",
    ]
)
"""What stands behind `by` and is no day."""


def unknown_mark(text: str) -> str:
    """The last piece of a question as asked that stands where a mark would, and is none."""
    asked = read_asked(" ".join(text.split()), (), 0)
    found = None if asked.mark else _LAST.fullmatch(asked.text)
    return found[1] if found else ""


def unknown_day(text: str) -> str:
    """What stands behind `by` at the end of a promise, where no day could be read in it."""
    promise, findings = read_promise(text, "", "", 0)
    found = None if promise is None or promise.due or findings else _BY.fullmatch(promise.text)
    return "" if found is None or found[2].casefold() in _NO_DAY else found[1]
