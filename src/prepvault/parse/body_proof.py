"""The proof that a text added to a note is seen, and that everything else in the note reads as before."""

import re
from collections.abc import Sequence

from prepvault.errors import RefusedError
from prepvault.parse.blocks import Block, block_map
from prepvault.parse.sections import Line, body_lines, body_start, find_sections, has_room

_OPENER = re.compile(r"(?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])*(```|~~~|%%|\$\$|<)")
_KINDS = {"```": "code block", "~~~": "code block", "%%": "comment", "$$": "formula", "<": "HTML block"}
_OPENERS_TRIED = 40
_CAN_STAY_OPEN = re.compile(rb"```|~~~|%%|\$\$|<")
"""What every block that can swallow the lines below it begins with; without any of them all is closed."""
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_ESCAPED = re.compile(r"\\.")


def refuse_no_room(data: bytes, above: Sequence[Line], at: int) -> None:
    """Refuse a place that lies in a code block, HTML block, comment or formula begun above and still open."""
    if not _CAN_STAY_OPEN.search(data[:at]) or has_room(data[:at]):
        return
    kind, number = _find_opener(data, above)
    where = f" that begins in line {number}" if number else ""
    raise RefusedError(
        f"the {kind}{where} is never closed above the place of the new text, so nothing was added",
        hint="close it in the note, or name a heading that stands above it with `--heading`",
    )


def _find_opener(data: bytes, above: Sequence[Line]) -> tuple[str, int]:
    """Find the line that opens what is never closed: there is room before it and none after it."""
    found = [(line, opener[1]) for line in above for opener in [_OPENER.match(line.text)] if opener]
    for line, mark in found[: -_OPENERS_TRIED - 1 : -1]:
        if has_room(data[: line.start]):
            is_comment = mark == "<" and "<!--" in line.text
            return "comment" if is_comment else _KINDS[mark], line.number
    return "code block, comment or formula", 0


def refuse_open_text(text: str) -> None:
    """Refuse a text that opens a code block, HTML block, comment or formula and does not close it."""
    blocks = block_map(text)
    lines = zip(text.split("\n"), blocks, strict=True)
    shown = "\n".join(line for line, block in lines if block is not Block.CODE)
    words = _ESCAPED.sub("", _CODE_SPAN.sub("", shown))
    is_odd = any(words.count(mark) % 2 for mark in ("%%", "$$"))
    if is_odd or "<!--" in words.rpartition("-->")[2] or not has_room(f"\n{text}".encode("utf-8", "replace")):
        raise RefusedError(
            "the text opens a code block, comment or formula and does not close it, so nothing was added",
            hint="close it in the text; a `%%`, `$$` or `<!--` that is only meant as such goes in backticks",
        )


def refuse_side_effects(before: bytes, after: bytes, added: Sequence[str], spot: int) -> None:
    """Refuse a change in what was there: front matter, blocks, sections; `spot` is the line added before."""
    old, new = body_lines(before), body_lines(after)
    more = len(new) - len(old)
    is_same = (
        _head_of(before) == _head_of(after)
        and _told(old[:spot]) == _told(new[:spot])
        and _told(old[spot:]) == _told(new[spot + more :])
        and _are_seen(new[spot + (1 if spot else 0) : spot + more], added)
        and _sections_of(before) == _sections_of(after)
    )
    if not is_same:
        raise RefusedError(
            "with this text other parts of the note would read differently, so nothing was added",
            hint="leave out what is no plain text: fences, markers, conflict marks, deep indents",
        )


def _head_of(data: bytes) -> bytes:
    return data[: body_start(data)].rstrip(b"\r\n")


def _told(lines: Sequence[Line]) -> list[tuple[str, Block]]:
    return [(line.text, line.block) for line in lines]


def _are_seen(lines: Sequence[Line], added: Sequence[str]) -> bool:
    """Tell whether added lines are in the note what they are alone; an indented one may go on a list."""
    alone = block_map("\n".join(added))
    placed = lines[: len(added)]
    if [line.text for line in placed] != [line.encode("utf-8", "replace").decode() for line in added]:
        return False
    return all(
        line.block is block or (line.block is Block.TEXT and block is Block.CODE)
        for line, block in zip(placed, alone, strict=True)
        if line.text.strip()
    )


def _sections_of(data: bytes) -> tuple[list[tuple[str, int, str, str]], list[tuple[str, str]]]:
    """What `coach` would find, places aside."""
    sections, findings = find_sections(data)
    told = [(each.name, each.version, each.recorded, each.actual) for each in sections]
    return told, [(each.code, each.message) for each in findings]
