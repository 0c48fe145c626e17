"""Text that a command adds to a note's own part: under a heading, every other byte as it was."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prepvault.parse.blocks import Block
from prepvault.parse.body_proof import refuse_no_room, refuse_open_text, refuse_side_effects
from prepvault.parse.sections import Line, body_lines, body_start

_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_BULLET = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]")
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
    where nobody would see the text, and where it would change how anything else in the note reads.
    """
    lines = body_lines(data)
    plain = _inert(text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    added = plain.split("\n")
    level, title = _split_heading(_inert(heading))
    spot = _find_spot(lines, title)
    if spot is None:
        added = ["#" * level + f" {title}", "", *added]
        spot = len(lines)
    while spot and not lines[spot - 1].text.strip():
        spot -= 1
    at = lines[spot - 1].end if spot else body_start(data)
    refuse_no_room(data, lines[:spot], at)
    refuse_open_text(plain)
    after = _insert(data, at, added, follows_text=spot > 0)
    refuse_side_effects(data, after, added, spot)
    return after


def below_heading(data: bytes, text: str, *, heading: str) -> str:
    """Push a text's own headings below the one that it will stand under.

    Else that one's part would end in the middle of the text, and what is added next would come there.
    """
    lines = body_lines(f"\n{text}".encode("utf-8", "replace"))  # a rule at the top begins no front matter
    own = {stop.index: stop for stop in _stops(lines) if stop.level}
    if not own:
        return text
    level, title = _split_heading(_inert(heading))
    stops = _stops(body_lines(data))
    there = (stop.level for stop in stops if stop.level and stop.title.casefold() == title.casefold())
    shift = next(there, level) + 1 - min(stop.level for stop in own.values())
    if shift <= 0:
        return text
    pushed = []
    for index, line in enumerate(lines):
        stop = own.get(index)
        if stop:
            pushed.append(f"{'#' * min(stop.level + shift, 6)} {stop.title}")
        elif index - 1 not in own or _HEADING.match(lines[index - 1].text):
            pushed.append(line.text)
    return "\n".join(pushed[1:])


def _inert(text: str) -> str:
    """Write text so that no template program runs anything in it."""
    return text.replace("<%", "&lt;%")


def _insert(data: bytes, at: int, added: Sequence[str], *, follows_text: bool) -> bytes:
    """Put lines between two lines of a note, with a blank line on each side that has text."""
    line_end = b"\r\n" if data.count(b"\r\n") * 2 > data.count(b"\n") else b"\n"
    before, after = data[:at], data[at:]
    glue = line_end if before and not before.endswith((b"\n", b"\r", b"\xef\xbb\xbf")) else b""
    gap = line_end if follows_text else b""
    if gap and before.endswith(b"\r"):
        gap = b"\r\n"
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
    matched = _HEADING.match(line.text) if line.block is Block.TEXT else None
    if matched:
        words = line.text[matched.end() :].split()
        closing = bool(words) and not words[-1].strip("#")
        return [_Stop(index, len(matched[1]), " ".join(words[:-1] if closing else words))]
    underlined = _UNDERLINE.fullmatch(line.text) if line.block is Block.NONE and index else None
    if underlined and _is_title(lines, index - 1, underlined[1][0]):
        title = " ".join(lines[index - 1].text.split())
        return [_Stop(index - 1, 1 if underlined[1].startswith("=") else 2, title)]
    return []


def _is_title(lines: Sequence[Line], index: int, underline: str) -> bool:
    """Tell whether an underline makes a heading of a line; below a list, dashes are a rule."""
    if lines[index].block is not Block.TEXT:
        return False
    text = lines[index].text
    if underline == "=" or not text.startswith(" "):
        return underline == "=" or not _BULLET.match(text)
    return not _BULLET.match(text) and (not index or not lines[index - 1].text.strip())
