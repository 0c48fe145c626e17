"""The text of a front matter block while it is edited: lines, gaps, and how a value looks in its place."""

from dataclasses import dataclass

from prepvault.parse.emit import (
    double_quoted,
    emit_block,
    emit_scalar,
    is_block_text,
    is_plain,
    single_quoted,
)
from prepvault.parse.yaml_tree import Node

_BLANKS = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Splice:
    """Put `text` in the place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


def apply_splices(text: str, splices: tuple[Splice, ...]) -> str:
    """Make all splices, which must not overlap."""
    for splice in sorted(splices, key=lambda splice: splice.start, reverse=True):
        text = text[: splice.start] + splice.text + text[splice.end :]
    return text


@dataclass(frozen=True, slots=True)
class Page:
    """The block between the fences, its tree, and the line end of the opening fence."""

    text: str
    root: Node | None
    fence_end: str = "\n"

    @property
    def column(self) -> int:
        """How far the properties are indented."""
        return self.root.column if self.root else 0

    @property
    def is_flow(self) -> bool:
        """True when the whole block is one `{…}`, as JSON is."""
        return self.root is not None and self.root.style == "flow"

    def line_end_at(self, at: int) -> str:
        """The line end of the line on which a character stands."""
        stop = self.text.find("\n", at)
        if stop < 0:
            return self.fence_end
        return "\r\n" if self.text[stop - 1 : stop] == "\r" else "\n"

    def line_end_before(self, at: int) -> str:
        """The line end of the last whole line before a character, else the fence's."""
        stop = self.text.rfind("\n", 0, at)
        if stop < 0:
            return self.fence_end
        return "\r\n" if self.text[stop - 1 : stop] == "\r" else "\n"

    def line_stop(self, at: int) -> int:
        """Where the line of a character ends, before its line end."""
        stop = self.text.find("\n", at)
        if stop < 0:
            return len(self.text)
        return stop - 1 if self.text[stop - 1 : stop] == "\r" and stop > at else stop

    def next_line(self, at: int) -> int:
        """Where the line after that of a character begins."""
        return self.text.find("\n", at) + 1 or len(self.text)


def content_end(text: str, node: Node) -> int:
    """Where a value's own characters end: before the blank lines and comments that may follow."""
    if node.kind in {"sequence", "mapping"} and node.style == "block" and node.children:
        return content_end(text, node.children[-1])
    if node.is_block_scalar:
        return node.start + len(text[node.start : node.end].rstrip(_BLANKS))
    return node.end


def is_blank_after(text: str, at: int) -> bool:
    """Tell whether nothing but blanks follows on the line."""
    stop = text.find("\n", at)
    return not text[at : stop if stop >= 0 else len(text)].strip(" \t\r")


def is_empty_collection(node: Node) -> bool:
    """True for `[]` and `{}`."""
    return node.kind in {"sequence", "mapping"} and not node.children


def has_comment(text: str, node: Node) -> bool:
    """Tell whether a comment stands inside a value, between its parts or in the header of a text block."""
    if node.is_block_scalar:
        return "#" in text[node.start : node.end].partition("\n")[0]
    if node.kind not in {"sequence", "mapping"}:
        return False
    at, gaps = node.start, []
    for leaf in node.leaves():
        if leaf is not node:
            gaps.append(text[at : leaf.start])
            at = content_end(text, leaf)
            if leaf.is_block_scalar and has_comment(text, leaf):
                return True
    gaps.append(text[at : content_end(text, node)])
    return any("#" in gap for gap in gaps)


def value_start(text: str, key: Node, node: Node) -> int | None:
    """Where the blanks before a value begin, right behind the key's colon; None if it is not that simple."""
    between = text[key.end : node.start]
    colon = between.find(":")
    return key.end + colon + 1 if colon >= 0 and not between.replace(":", "", 1).strip(_BLANKS) else None


def next_item(text: str, node: Node) -> str:
    """The indentation, dash and blanks of a further item of a block list, like those of its last one."""
    last = node.children[-1]
    dash = text.rfind("-", 0, last.start) if not last.is_empty_scalar else last.start - 1
    blanks = text[dash + 1 : last.start]
    usual = blanks if blanks and not blanks.strip(" ") else " "
    return " " * node.column + "-" + usual


def emit_in_place(page: Page, key: Node, node: Node, value: str | int | bool) -> str:  # noqa: FBT001
    """Write one value where another stands, in the same quotes."""
    if not isinstance(value, str):
        return emit_scalar(value)
    if page.is_flow:
        return emit_in_flow(value, node.style if node.kind == "scalar" else '"')
    if node.style == '"':
        return double_quoted(value)
    if node.style == "'":
        return single_quoted(value) or double_quoted(value)
    fits = node.line == key.line and is_blank_after(page.text, content_end(page.text, node))
    if fits and is_block_text(value):
        line_end = page.line_end_at(node.start)
        return emit_block(value, indent=" " * (page.column + 2), line_end=line_end)
    return emit_scalar(value)


def emit_in_flow(value: str | int | bool | None, style: str) -> str:  # noqa: FBT001
    """Write one value inside `[…]` or `{…}`, in quotes like its neighbour's."""
    if not isinstance(value, str):
        return emit_scalar(value)
    if style == "'":
        return single_quoted(value) or double_quoted(value)
    return value if style != '"' and is_plain(value, in_flow=True) else double_quoted(value)


def emit_list(items: tuple[str, ...], style: str) -> str:
    """Write a list on one line."""
    return "[" + ", ".join(emit_in_flow(item, style) for item in items) + "]"
