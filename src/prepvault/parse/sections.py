"""Coaching sections in a note's bytes: finding them, putting them in, taking them out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.section import Section
from prepvault.parse.blocks import Block, block_map, leaves_open
from prepvault.parse.frontmatter import split_head
from prepvault.parse.ticks import section_sum

_ATTRIBUTES = r"(?P<attributes>(?:[ \t]+[a-z]+=[\w.-]+)*)[ \t]*"
_COMMENT = re.compile(rf" {{0,3}}<!--[ \t]*prepvault:(?P<edge>begin|end){_ATTRIBUTES}-->[ \t]*")
_PERCENT = re.compile(rf"%%[ \t]*prepvault:(?P<edge>begin|end){_ATTRIBUTES}%%[ \t]*")
_ALMOST = re.compile(r"\s*(?:<!--|%%)\s*prepvault:(?:begin|end)\b")
_CONFLICT_BEGINS = re.compile(r"<{7}( |$)")
_CONFLICT_ENDS = re.compile(r">{7}( |$)")
_BOM = b"\xef\xbb\xbf"

MOST_LINES = 30_000
"""A note of more lines keeps what it has: no section is looked for in it, and none is added."""


@dataclass(slots=True)  # not frozen, because making a frozen one takes three times as long
class Line:
    """One line of a note: its bytes' span with the line end, its text without, its number, its block."""

    start: int
    end: int
    text: str
    number: int
    block: Block


@dataclass(frozen=True, slots=True)
class _Told:
    """What a marker's text tells; `name` is empty when it names no section."""

    edge: str
    name: str
    version: int
    recorded: str


@dataclass(frozen=True, slots=True)
class _Marker:
    """A marker line."""

    line: Line
    told: _Told

    @property
    def name(self) -> str:
        """The section it belongs to."""
        return self.told.name

    @property
    def edge(self) -> str:
        """`begin` or `end`."""
        return self.told.edge


def body_start(data: bytes) -> int:
    """Find the offset of the first byte after the front matter, or after a byte order mark."""
    head = split_head(data)
    if head:
        return head.body_start
    return len(_BOM) if data.startswith(_BOM) else 0


def body_lines(data: bytes, *, without_ours: bool = False) -> tuple[Line, ...]:
    """Cut a note's body into lines, each with the block it stands in.

    With `without_ours` the lines of sections that nobody edited count as blank. Being inert they cannot
    change what the markers and the user's lines are, and they are most of a coached note.
    """
    start = body_start(data)
    number = len(data[:start].splitlines())
    cut = data[start:].splitlines(keepends=True)
    texts = [raw.decode("utf-8", "replace").rstrip("\r\n") for raw in cut]
    hidden = _unedited(texts) if without_ours else frozenset()
    shown = ("" if index in hidden else text for index, text in enumerate(texts))
    blocks = block_map("\n".join(shown))
    lines = []
    for index, raw in enumerate(cut):
        lines.append(Line(start, start + len(raw), texts[index], number + index + 1, blocks[index]))
        start += len(raw)
    return tuple(lines)


def _unedited(texts: Sequence[str]) -> frozenset[int]:
    """Find the lines between what look like markers of one section whose checksum is right."""
    hidden: set[int] = set()
    begun: tuple[int, _Told] | None = None
    for index, text in enumerate(texts):
        told = _read_marker(text) if "prepvault:" in text else None
        if told and told.edge == "end" and begun and begun[1].name == told.name:
            inside = range(begun[0] + 1, index)
            # with a last line end, as the section itself has: its checksum is then worked out only once
            if section_sum("".join(f"{texts[line]}\n" for line in inside)) == begun[1].recorded:
                hidden.update(inside)
        if told:
            begun = (index, told) if told.edge == "begin" else None
    return frozenset(hidden)


def find_sections(data: bytes, path: str = "") -> tuple[tuple[Section, ...], tuple[Finding, ...]]:
    """Find the coaching sections, in order; none when anything about the markers is ambiguous.

    An ambiguous note gives one finding, which says why nothing may be written to it. Each section that
    somebody edited gives a warning.
    """
    if b"prepvault:" not in data and not (b"<<<<<<<" in data and b">>>>>>>" in data):
        return (), ()
    if is_too_long(data):
        return (), (too_long(path),)
    lines = body_lines(data, without_ours=True)
    conflict = _find_conflict(lines)
    if conflict:
        message = "a merge left its conflict marks in this note, so no coaching is written to it"
        hint = "keep one side, delete the marks, then run `prepvault coach`"
        return (), (Finding("coaching/conflict", Severity.ERROR, Place(path, conflict), message, hint),)
    markers = [marker for line in lines if (marker := _find_marker(line))]
    damage = _find_damage(markers, lines, path)
    if damage:
        return (), (damage,)
    sections = tuple(
        _section_between(data, begin, end) for begin, end in zip(markers[::2], markers[1::2], strict=True)
    )
    return sections, tuple(_edited(section, path) for section in sections if section.is_edited)


def _find_conflict(lines: Sequence[Line]) -> int:
    """Find the line where the conflict marks of a merge begin; 0 when there are none."""
    begun = 0
    for line in lines:
        if line.block is Block.CODE:
            continue
        if _CONFLICT_BEGINS.match(line.text):
            begun = begun or line.number
        elif begun and _CONFLICT_ENDS.match(line.text):
            return begun
    return 0


def _find_marker(line: Line) -> _Marker | None:
    """Read a marker line; None for every other line."""
    form = {Block.COMMENT: "<", Block.TEXT: "%"}.get(line.block, "")
    told = _read_marker(line.text) if form and line.text.lstrip().startswith(form) else None
    return _Marker(line, told) if told else None


def _read_marker(text: str) -> _Told | None:
    """Read a marker's text; None for every other text."""
    found = _COMMENT.fullmatch(text) or _PERCENT.fullmatch(text)
    if not found:
        return None
    told = dict(pair.split("=", 1) for pair in found["attributes"].split())
    version = told.get("v", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    return _Told(found["edge"], told.get("id", ""), number, told.get("sum", ""))


def _find_damage(markers: Sequence[_Marker], lines: Sequence[Line], path: str) -> Finding | None:
    """Name the first reason why the markers cannot be trusted."""
    known = {marker.line.number for marker in markers}
    for line in lines:
        is_live = line.block not in {Block.CODE, Block.QUOTE, Block.NONE} and line.number not in known
        if is_live and _ALMOST.match(line.text):
            return _damage("unbalanced", line.number, path, "this marker of ours was changed")
    seen: set[tuple[str, str]] = set()
    for marker in markers:
        if (marker.edge, marker.name) in seen:
            said = f"the {marker.name} section has two {marker.edge} markers"
            return _damage("doubled", marker.line.number, path, said)
        seen.add((marker.edge, marker.name))
    return _find_imbalance(markers, path)


def _find_imbalance(markers: Sequence[_Marker], path: str) -> Finding | None:
    """Name the first marker that does not pair with its neighbour."""
    opened: _Marker | None = None
    for marker in markers:
        number = marker.line.number
        if not marker.name:
            return _damage("unbalanced", number, path, "this marker names no section")
        if marker.edge == "begin" and opened:
            said = f"the {marker.name} section begins inside the {opened.name} section"
            return _damage("nested", number, path, said)
        if marker.edge == "end" and (not opened or opened.name != marker.name):
            said = f"the {marker.name} section ends here and does not begin before"
            return _damage("unbalanced", number, path, said)
        opened = marker if marker.edge == "begin" else None
    if opened:
        said = f"the {opened.name} section begins here and never ends"
        return _damage("unbalanced", opened.line.number, path, said)
    return None


def _damage(name: str, line: int, path: str, said: str) -> Finding:
    """Make the finding about markers that cannot be trusted."""
    codes = {
        "unbalanced": "coaching/unbalanced",
        "doubled": "coaching/doubled",
        "nested": "coaching/nested",
    }
    hint = "put the marker back or delete both of its pair, then run `prepvault coach`"
    message = f"{said}, so no coaching is written to this note"
    return Finding(codes[name], Severity.WARNING, Place(path, line), message, hint)


def _section_between(data: bytes, begin: _Marker, end: _Marker) -> Section:
    """Make the section of a pair of markers."""
    inner = data[begin.line.end : end.line.start]
    return Section(
        name=begin.name,
        version=begin.told.version,
        start=begin.line.start,
        inner_start=begin.line.end,
        inner_end=end.line.start,
        end=end.line.end,
        line=begin.line.number,
        recorded=begin.told.recorded,
        actual=section_sum(inner.decode("utf-8", "replace")),
    )


def _edited(section: Section, path: str) -> Finding:
    """Make the warning about a section that a person edited."""
    message = f"someone wrote inside the {section.name} section, so it was left as it is"
    hint = "move those lines below the end marker, then run `prepvault coach`"
    return Finding("coaching/edited", Severity.WARNING, Place(path, section.line), message, hint)


def is_too_long(data: bytes) -> bool:
    """Tell whether a note has more lines than anybody would wait for to be looked through."""
    return data.count(b"\n") + data.count(b"\r") > 2 * MOST_LINES or len(data.splitlines()) > MOST_LINES


def too_long(path: str) -> Finding:
    """Say that a note is left alone for its length."""
    message = f"the note has more than {MOST_LINES:,} lines, so no coaching is written to it"
    hint = "split it, or move what is no note into another file"
    return Finding("coaching/too-long", Severity.WARNING, Place(path), message, hint)


def has_room(data: bytes) -> bool:
    """Tell whether a section put at the end would be one: no fence, comment or formula is left open there."""
    lines = body_lines(data + b"\n\n<!-- probe -->")
    ended = lines[:-1]
    return lines[-1].block is Block.COMMENT and not leaves_open(
        [line.text for line in ended], [line.block for line in ended]
    )
