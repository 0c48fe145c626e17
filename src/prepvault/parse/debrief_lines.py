"""The lines of a debrief block: what is the user's, and which part it belongs to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

PARTS: tuple[str, ...] = ("asked", "scores", "promises", "doubts", "learned", "pay", "change")
"""The parts of a debrief, in the order in which they are written."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?=.)")
_BOLD = re.compile(r"[ \t]*(?:\*\*|__)([^*_\n]{3,40})(?:\*\*|__):?[ \t]*")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])(?:[ \t]+(?:\[(.)\](?:[ \t]+|$))?|$)")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_HINT = re.compile(r"[ \t]*(?:_[^_].*[^_]_|\*[^*].*[^*]\*)[ \t]*")
_MARKER = re.compile(r"[ \t]*(?:<!--|%%)[ \t]*prepvault:(begin|end)\b")
_SPOKEN_OF = re.compile("debrief", re.IGNORECASE)
_DEBRIEF = re.compile(r"debrief(?:[ \t]*[:(,–—-].*|[ \t]+\d.*)?", re.IGNORECASE)
_LABEL = re.compile(r"(?:\*\*|__)?([A-Za-z][A-Za-z ]{1,24}?)(?:\*\*|__)?[ \t]*:(?:\*\*|__)?(?:[ \t]+|$)(.*)")
_RULE = frozenset(" \t:|-")
_BELOW = 2
_LONGEST = 2000
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("scores", re.compile(r"(?:self[ -])?scor(?:e|es|ing)\b|ratings?\b|rubric\b")),
    ("asked", re.compile(r"(?:what they |what was |they )?asked\b|questions?(?! (?:i|to) ask)\b")),
    ("promises", re.compile(r"promise[sd]?\b|next steps?\b|follow[ -]?ups?\b|owed\b")),
    ("doubts", re.compile(r"(?:their |open |possible )?(?:doubt|concern|worr(?:y|ie)|hesitation)s?\b")),
    ("learn", re.compile(r"(?:what i |things i )?learn(?:ed|t|ings?)?\b|surprises?\b|new facts?\b")),
    ("pay", re.compile(r"pay\b|salary\b|compensation\b|money\b")),
    ("change", re.compile(r"(?:the )?(?:one )?(?:thing to )?change\b|next time\b|(?:to )?do differently\b")),
)
_LABELS = {
    "asked": "asked",
    "question": "asked",
    "doubt": "doubts",
    "doubts": "doubts",
    "learned": "learned",
    "learnt": "learned",
    "pay": "pay",
    "salary": "pay",
    "change": "change",
    "one change": "change",
    "next time": "change",
    "score": "scores",
    "scores": "scores",
}


@dataclass(frozen=True, slots=True)
class BlockLine:
    """One line of a note; `is_inside` tells that it stands in the debrief block; a heading has a `level`.

    `text` is without the list mark, `tick` what stands in its task box. `is_below` hangs below a list item.
    """

    number: int
    text: str = ""
    level: int = 0
    title: str = ""
    is_inside: bool = False
    is_item: bool = False
    is_below: bool = False
    tick: str = ""


def block_lines(body: str, first_line: int) -> Iterator[BlockLine]:
    """Read the lines of a note's body, but for fences, comments, hints and what PrepVault wrote."""
    level = 0
    for number, line in _own_lines(body if _SPOKEN_OF.search(body) else "", first_line):
        heading = _HEADING.match(line)
        bold = _BOLD.fullmatch(line) if level and not heading else None
        if heading:
            if len(heading[1]) <= level:
                level = 0
            title = " ".join(line[heading.end() :].rstrip(" \t#").strip(" *_:").split())
            if not level and _DEBRIEF.fullmatch(title):
                level = len(heading[1])
            yield BlockLine(number, level=len(heading[1]), title=title, is_inside=bool(level))
        elif bold and part_of(bold[1]):
            yield BlockLine(number, level=7, title=bold[1], is_inside=True)
        elif level:
            yield _line(number, line)
        else:
            yield BlockLine(number)


def part_of(title: str) -> str:
    """Name the part that a heading begins; empty for a heading of the user's own."""
    plain = " ".join(title.strip(" *_:").casefold().split())
    found = next((name for name, pattern in _WORDS if pattern.match(plain)), "")
    return "learned" if found == "learn" else found


def label_of(text: str) -> tuple[str, str]:
    """Split a line that names its own part, `Pay: 80,000 euros`; an empty name for every other line."""
    found = _LABEL.fullmatch(text)
    part = _LABELS.get(" ".join(found[1].casefold().split()), "") if found else ""
    return (part, found[2].strip()) if found and part else ("", text)


def _line(number: int, line: str) -> BlockLine:
    """Read a line inside the block; a hint of ours, a table's rule and an empty line hold no text."""
    if "-" in line and _RULE.issuperset(line) and ("|" in line or not line.strip(" \t-")):
        is_empty_item = line.strip() == "-"
        return BlockLine(number, is_inside=True, is_item=is_empty_item)
    if _HINT.fullmatch(line):
        return BlockLine(number, is_inside=True)
    item = _ITEM.match(line)
    if item:
        text = " ".join(line[item.end() :].split())
        below = len(item[1].expandtabs(4)) >= _BELOW
        return BlockLine(number, text, is_inside=True, is_item=not below, is_below=below, tick=item[2] or "")
    is_row = bool(_ROW.fullmatch(line))
    return BlockLine(number, " ".join(line.split()), is_inside=True, is_item=is_row)


@dataclass(slots=True)
class _Cover:
    """What covers the lines that follow: a fence, a comment or a coaching section, by what ends it."""

    fence: str = ""
    comment: str = ""
    is_managed: bool = False

    @property
    def is_on(self) -> bool:
        """Tell whether something covers a blank line here."""
        return bool(self.fence or self.comment or self.is_managed)

    def hides(self, line: str) -> bool:
        """Tell whether a line is covered, or itself begins or ends a cover."""
        if self.fence:
            mark = _FENCE.match(line)
            ends = mark and mark[1].startswith(self.fence) and not line[mark.end() :].strip()
            self.fence = "" if ends else self.fence
            return True
        if marker := _MARKER.match(line):
            self.is_managed = marker[1] == "begin"
            return True
        if self.comment:
            self.comment = "" if self.comment in line else self.comment
            return True
        return self.is_managed or self._begins(line)

    def _begins(self, line: str) -> bool:
        if mark := _FENCE.match(line):
            self.fence = mark[1]
        elif line.lstrip().startswith("<!--"):
            self.comment = "" if "-->" in line else "-->"
        elif line.strip() == "%%":
            self.comment = "%%"
        else:
            return False
        return True


def _own_lines(body: str, first_line: int) -> Iterator[tuple[int, str]]:
    """The lines that a person wrote and reads: no fence, no comment, no coaching section."""
    cover = _Cover()
    for number, line in enumerate(body.splitlines(), first_line):
        if (line and not cover.hides(line)) or not (line or cover.is_on):
            yield number, line[:_LONGEST]
