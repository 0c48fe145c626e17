"""Count the questions that a person wrote down to ask, in their own part of an interview's note."""

import re

from prepvault.parse.hidden import without_comments

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*")
_TO_ASK = re.compile(
    r"\bquestions? (?:to ask|for (?:them|the|you)\b|i (?:want to|will) ask)|\b(?:my|own) questions\b",
    re.IGNORECASE,
)
_LINE = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[.\][ \t]+)?)?(.*)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_FEW_WORDS = 3


def count_questions(body: str) -> int:
    """Count what stands under a heading like `Questions to ask`; each text once, never raises.

    A line counts when it ends in a question mark and has three words at least. Deeper headings, one for each
    person, belong to it; code, comments and what was asked of the user do not.
    """
    level, is_code = 0, False
    found: set[str] = set()
    for line in without_comments(body).replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if _FENCE.match(line):
            is_code = not is_code
        heading = None if is_code else _HEADING.fullmatch(line)
        if heading and (not level or len(heading[1]) <= level):
            level = len(heading[1]) if _TO_ASK.search(heading[2]) else 0
        elif level and not is_code and (text := _question(line)):
            found.add(text)
    return len(found)


def _question(line: str) -> str:
    """A question in a line, letter case and marks aside; empty where it is none."""
    read = _LINE.fullmatch(line)
    text = read[1].strip(" \t*_") if read else ""
    words = text.rstrip(" ?").casefold().split()
    return " ".join(words) if len(words) >= _FEW_WORDS and text.endswith("?") else ""
