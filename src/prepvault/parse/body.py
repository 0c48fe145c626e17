"""Text that a command adds to a note's own part: under a heading, every other byte as it was."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prepvault.errors import RefusedError
from prepvault.parse.blocks import Block, leaves_open
from prepvault.parse.sections import Line, body_lines, body_start

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_MARKER = re.compile(r"[ \t]*(?:<!--|%%)[ \t]*prepvault:(begin|end)\b")


@dataclass(frozen=True, slots=True)
class _Stop:
    """A heading, or with level 0 the begin of a managed section: where in the lines, and its title."""

    index: int
    level: int
    title: str = ""


def append_to_body(data: bytes, text: str, *, heading: str) -> bytes:
    """Add a text at the end of the part under a heading, or under a new heading at the end of the note.

    `heading` is a title, with `#` signs in front to say its level (2 without). The text comes after what
    stands there, before the next heading of the same rank and before a managed section. Raises RefusedError
    where the text would become part of a code block or comment that is never closed.
    """
    lines = body_lines(data)
    _refuse_open_end(lines)
    added = text.replace("\r\n", "\n").strip("\n").split("\n")
    level, title = _split_heading(heading)
    spot = _find_spot(lines, title)
    if spot is None:
        added = ["#" * level + f" {title}", "", *added]
        spot = len(lines)
    while spot and not lines[spot - 1].text.strip():
        spot -= 1
    at = lines[spot - 1].end if spot else body_start(data)
    return _insert(data, at, added, follows_text=spot > 0)


def _insert(data: bytes, at: int, added: Sequence[str], *, follows_text: bool) -> bytes:
    """Put lines between two lines of a note, with a blank line on each side that has text."""
    line_end = b"\r\n" if data.count(b"\r\n") * 2 > data.count(b"\n") else b"\n"
    before, after = data[:at], data[at:]
    glue = line_end if before and not before.endswith((b"\n", b"\r", b"\xef\xbb\xbf")) else b""
    gap = line_end if follows_text else b""
    piece = line_end.join(line.encode("utf-8", "replace") for line in added) + line_end
    space = line_end if after.strip() and not after.startswith((b"\n", b"\r")) else b""
    return before + glue + gap + piece + space + after


def _split_heading(heading: str) -> tuple[int, str]:
    title = heading.lstrip("#")
    return min(len(heading) - len(title), 6) or 2, " ".join(title.split())


def _find_spot(lines: Sequence[Line], title: str) -> int | None:
    """The line before which the part under a heading ends, None where the heading is not to be found."""
    level = 0
    for stop in _stops(lines):
        if level and stop.level <= level:
            return stop.index
        if not level and stop.level and stop.title.casefold() == title.casefold():
            level = stop.level
    return len(lines) if level else None


def _stops(lines: Sequence[Line]) -> list[_Stop]:
    """Headings and begins of managed sections; what is inside a managed section is passed over."""
    stops = []
    managed = False
    for index, line in enumerate(lines):
        marker = _MARKER.match(line.text) if line.block in {Block.COMMENT, Block.TEXT} else None
        if marker:
            if marker[1] == "begin" and not managed:
                stops.append(_Stop(index, 0))
            managed = marker[1] == "begin"
        elif not managed:
            stops += _heading_at(lines, index)
    return stops


def _heading_at(lines: Sequence[Line], index: int) -> list[_Stop]:
    """The heading on a line, or the one that the line underlines."""
    line = lines[index]
    matched = _HEADING.fullmatch(line.text) if line.block is Block.TEXT else None
    if matched:
        return [_Stop(index, len(matched[1]), " ".join((matched[2] or "").split()))]
    underlined = _UNDERLINE.fullmatch(line.text) if line.block is Block.NONE and index else None
    if (
        underlined
        and lines[index - 1].block is Block.TEXT
        and not lines[index - 1].text.startswith((" ", "-"))
    ):
        title = " ".join(lines[index - 1].text.split())
        return [_Stop(index - 1, 1 if underlined[1].startswith("=") else 2, title)]
    return []


def _refuse_open_end(lines: Sequence[Line]) -> None:
    """Refuse a note whose last block would swallow what is added after it."""
    blocks = [line.block for line in lines]
    last = next((line for line in reversed(lines) if line.text.strip()), None)
    fence = _open_fence(lines)
    if fence is not None:
        raise RefusedError(
            f"the code block that begins in line {fence} is never closed, so nothing was added below it",
            hint="close it with a line of backticks",
        )
    if last is not None and leaves_open([line.text for line in lines], blocks):
        raise RefusedError(
            "a comment (`%%`) or formula (`$$`) in this note is never closed, so nothing was added",
            hint="close it with a line of the same signs",
        )


def _open_fence(lines: Sequence[Line]) -> int | None:
    """The number of the line that opens a fence without an end, None where all are closed."""
    opened: tuple[str, int] | None = None
    for line in lines:
        found = re.match(r" {0,3}(`{3,}|~{3,})", line.text) if line.block is Block.CODE else None
        if line.block is not Block.CODE:
            opened = None
        elif opened is None:
            opened = (found[1], line.number) if found else None
        elif found and found[1].startswith(opened[0]) and not line.text.strip().strip(opened[0][0]):
            opened = None
    return opened[1] if opened and lines[-1].block is Block.CODE else None
