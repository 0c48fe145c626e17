"""Foreign text kept in a note's body: put in so that nothing in it acts, and found again as it was."""

import re
from enum import StrEnum

from prepvault.errors import RefusedError
from prepvault.parse.body_proof import refuse_open_text

_ACTS = r"(?=%|!--\s*(?:prepvault:|imported:|end of imported:))"
_BEGIN_TAG = re.compile(rf"(&(?:amp;)*lt;|<){_ACTS}", re.IGNORECASE)
_BEGUN_TAG = re.compile(rf"&((?:amp;)*)lt;{_ACTS}", re.IGNORECASE)
_BEGIN_PERCENT = re.compile(r"(&(?:amp;)*#37;|%)(?=%\s*prepvault:)", re.IGNORECASE)
_BEGUN_PERCENT = re.compile(r"&((?:amp;)*)#37;(?=%\s*prepvault:)", re.IGNORECASE)
_BEGINS = re.compile(r"^<!-- imported: (?P<part>[a-z ]+?)(?P<fenced>, fenced)? -->$", re.MULTILINE)
_TICKS = re.compile(r"^[ \t]*(`{3,})", re.MULTILINE)
_LEAST_TICKS = 3


class Part(StrEnum):
    """What of an original record stands in the body of its note."""

    PREP_NOTES = "prep notes"
    MATERIALS = "materials"
    RECORD = "record"


HEADINGS = {
    Part.PREP_NOTES: "Prep notes",
    Part.MATERIALS: "Original materials",
    Part.RECORD: "Original record",
}
"""The heading under which each part stands."""


def guard(text: str) -> str:
    """Write text so that no template program runs it and none of it passes for a marker of ours."""
    guarded = _BEGIN_TAG.sub(lambda found: _shifted(found[1], "<", "&lt;"), text)
    return _BEGIN_PERCENT.sub(lambda found: _shifted(found[1], "%", "&#37;"), guarded)


def unguard(text: str) -> str:
    """Give back what `guard` was given."""
    percents = _BEGUN_PERCENT.sub(lambda found: _unshifted(found[1], "%", "#37;"), text)
    return _BEGUN_TAG.sub(lambda found: _unshifted(found[1], "<", "lt;"), percents)


def keep_part(part: Part, text: str, *, language: str = "") -> str:
    """Write a text under its heading, between two comments; as code where it would swallow what follows.

    `language` names that of the code, for text that is no Markdown. Line ends become LF.
    """
    guarded = guard(text.replace("\r\n", "\n").replace("\r", "\n"))
    fence = ""
    if language or _stays_open(guarded):
        longest = max((len(found) for found in _TICKS.findall(guarded)), default=_LEAST_TICKS - 1)
        fence = "`" * max(_LEAST_TICKS, longest + 1)
    begin = f"<!-- imported: {part}{', fenced' if fence else ''} -->\n"
    inner = f"{fence}{language}\n{guarded}\n{fence}\n" if fence else f"{guarded}\n"
    return f"## {HEADINGS[part]}\n\n{begin}{inner}<!-- end of imported: {part} -->\n"


def find_kept(body: str) -> dict[Part, str]:
    """Find the kept texts in a note's body, as they were when they came, or were edited since."""
    body = body.replace("\r\n", "\n")
    found: dict[Part, str] = {}
    for begins in _BEGINS.finditer(body):
        if begins["part"] not in set(Part):
            continue
        inner, end, _ = body[begins.end() + 1 :].partition(f"<!-- end of imported: {begins['part']} -->")
        if end and begins["fenced"]:
            inner = inner.partition("\n")[2].rstrip("\n").rpartition("\n")[0] + "\n"
        if end:
            found.setdefault(Part(begins["part"]), unguard(inner[:-1]))
    return found


def _shifted(found: str, plain: str, written: str) -> str:
    return written if found == plain else f"&amp;{found[1:]}"


def _unshifted(shifts: str, plain: str, written: str) -> str:
    return f"&{shifts[4:]}{written}" if shifts else plain


def _stays_open(text: str) -> bool:
    """Tell whether a text opens a code block, comment or formula and does not close it."""
    try:
        refuse_open_text(text)
    except RefusedError:
        return True
    return False
