"""The lines of a note that a person wrote: no fence, no comment, no coaching section, no hint."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prepvault.parse.hidden import without_comments

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])(?:[ \t]+(?:\[.\][ \t]+)?|$)")
_HINT = re.compile(r"[ \t]*(?:>.*|_[^_].*[^_]_|\*[^*].*[^*]\*)[ \t]*")
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One line; a heading has a `level`, a list item `is_item`, one below another item `is_below`."""

    number: int
    text: str
    level: int = 0
    is_item: bool = False
    is_below: bool = False


def own_lines(body: str, first_line: int) -> Iterator[OwnLine]:
    """Read the lines of a body; `first_line` is its first line's number in the file."""
    fence = ""
    for number, line in enumerate(without_comments(body).splitlines(), first_line):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        elif not _HINT.fullmatch(line):
            yield _line(number, line[:_LONGEST])


def _line(number: int, line: str) -> OwnLine:
    heading = _HEADING.match(line)
    if heading:
        title = line[heading.end() :].rstrip(" \t#").strip(" *_")
        return OwnLine(number, " ".join(title.split()), level=len(heading[1]))
    item = _ITEM.match(line)
    if item:
        below = len(item[1].expandtabs(4)) > 1
        return OwnLine(number, line[item.end() :].strip(), is_item=True, is_below=below)
    return OwnLine(number, line.strip(), is_below=line.startswith((" ", "\t")))
