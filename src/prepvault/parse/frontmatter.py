"""A note's front matter: where it lies in the file, and what it says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import frontmatter
from frontmatter.default_handlers import BaseHandler

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.note import Head, Value
from prepvault.parse.rescue import rescue_values
from prepvault.parse.yaml_core import find_repeated, key_text, value_of
from prepvault.parse.yaml_faults import YamlFault, quote
from prepvault.parse.yaml_tree import MAX_BYTES, Node, parse_tree

MAX_NOTE = 2 * 1024 * 1024

_BOM = b"\xef\xbb\xbf"
_OPENING = re.compile(rb"---[ \t]*\r?\n")
_CLOSING = re.compile(rb"^(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
_LATE_OPENING = re.compile(rb"\s+---[ \t]*\r?\n(?=[A-Za-z_][\w -]*:(?:[ \t\r\n]|\Z))")
_PROPERTY = re.compile(rb"(?:[ \t]*(?:#[^\n]*)?\r?\n)*[A-Za-z_\"'][\w \"'-]*:(?:[ \t\r\n]|\Z)")
_GLUED_COMMENT = re.compile(r"[ \t]+#[^\s#]")
_CONFLICT = re.compile(rb"^(?:<{7} .*|={7}|>{7} .*)\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class HeadSpan:
    """Byte offsets of front matter: `start` of the opening fence, the block between the fences, the body.

    `start` is 3 behind a byte order mark, else 0. The closing fence runs from `block_end` to `body_start`.
    """

    start: int
    block_start: int
    block_end: int
    body_start: int


def split_head(data: bytes) -> HeadSpan | None:
    """Find the front matter by its fences, None where there is none or it is never closed."""
    start = len(_BOM) if data.startswith(_BOM) else 0
    opening = _OPENING.match(data, start)
    closing = _CLOSING.search(data, opening.end()) if opening else None
    if opening is None or closing is None:
        return None
    return HeadSpan(start, opening.end(), closing.start(), closing.end())


class CoreHandler(BaseHandler):
    """Lets python-frontmatter read YAML 1.2 core, and keeps the tree for the places of properties."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$|^\.\.\.[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.root: Node | None = None

    def load(self, fm: str) -> dict[str, Value]:
        """Read the text between the fences; raises YamlFault, also for what is no mapping."""
        self.text = fm.removeprefix("\n")
        self.root = parse_tree(self.text)
        values = {} if self.root is None else value_of(self.root, keep_last=True)
        if not isinstance(values, dict):
            raise YamlFault(
                "the front matter should be `name: value` lines, found something else",
                hint="write each property on its own line, like `company: Acme`",
                code="frontmatter/not-mapping",
            )
        return values


def parse_head(data: bytes, path: str) -> tuple[Head, tuple[Finding, ...]]:
    """Read what a note's front matter says; never raises, whatever the bytes are.

    A note without front matter gives no finding: whether it should have some is for the caller to say.
    """
    fault = find_unreadable(data)
    if fault:
        return Head(present=False, valid=False), (_finding(path, fault, 0),)
    span = split_head(data)
    if span is None:
        return _headless(data, path)
    first_line = data.count(b"\n", 0, span.block_start) + 1
    body = data[span.body_start :].decode("utf-8", "replace")
    body_line = first_line + data.count(b"\n", span.block_start, span.body_start)
    block = data[span.block_start : span.block_end]
    handler = CoreHandler()
    try:
        text = decode_block(block)
        values, _ = frontmatter.parse(f"---\n{text}---", handler=handler)
    except YamlFault as found:
        rescued = rescue_values(block.decode("utf-8", "replace"))
        head = Head({}, {}, True, False, body, body_line, rescued)  # noqa: FBT003
        return head, (_finding(path, found, first_line - 1),)
    read, findings = _explain(handler, values, path, first_line)
    return Head(read, _lines(handler.root, first_line), True, True, body, body_line), findings  # noqa: FBT003


def find_unreadable(data: bytes) -> YamlFault | None:
    """Say why these bytes are no Markdown note at all, None when they may be one."""
    if len(data) > MAX_NOTE:
        size = f"{len(data) / 1024 / 1024:.1f} MiB"
        message = f"a note should be at most {MAX_NOTE // 1024 // 1024} MiB, found {size}"
        return YamlFault(message, hint="split it, or move data into another file", code="note/too-large")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "the file should be UTF-8 text, found UTF-16"
        return YamlFault(message, hint="save it as UTF-8 in your editor", code="frontmatter/not-utf8")
    if b"\0" in data[:8192]:
        message = "the file should be text, found binary data (zero bytes)"
        return YamlFault(message, hint="restore it from a backup, or move it out", code="note/binary")
    return None


def find_misplaced(data: bytes) -> YamlFault | None:
    """Say what keeps a note that has no readable front matter from having it, None for a plain note."""
    start = len(_BOM) if data.startswith(_BOM) else 0
    conflict = _CONFLICT.match(data, start)
    if conflict and b"\n---" in data[:4096]:
        return _conflict_fault(1)
    opening = _OPENING.match(data, start)
    if opening and _PROPERTY.match(data, opening.end()):
        message = "the front matter begins here and never ends"
        return YamlFault(
            message, hint="add a line `---` after the last property", code="frontmatter/unclosed"
        )
    late = _LATE_OPENING.match(data, start)
    if late and _CLOSING.search(data, late.end()):
        line = data.count(b"\n", 0, late.end())
        message = "front matter must begin on the first line, found it further down"
        return YamlFault(
            message, line, 1, "remove what stands above the first `---`", "frontmatter/not-at-start"
        )
    return None


def decode_block(block: bytes) -> str:
    """Decode the text between the fences; raises YamlFault for bytes and marks that have no place there."""
    if len(block) > MAX_BYTES:
        message = (
            f"the front matter should be at most {MAX_BYTES // 1024} KiB, found {len(block) // 1024} KiB"
        )
        raise YamlFault(message, hint="move long texts below the closing `---`", code="frontmatter/too-large")
    conflict = _CONFLICT.search(block)
    if conflict and re.search(rb"^(?:<{7} |>{7} )", block, re.MULTILINE):
        raise _conflict_fault(block.count(b"\n", 0, conflict.start()) + 1)
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = block.count(b"\n", 0, fault.start) + 1
        message = f"front matter should be UTF-8 text, found the byte 0x{block[fault.start]:02x}"
        raise YamlFault(
            message, line, 1, "save the note as UTF-8 in your editor", "frontmatter/not-utf8"
        ) from None


def _conflict_fault(line: int) -> YamlFault:
    message = "found the marks of an unfinished merge in the front matter"
    return YamlFault(
        message, line, 1, "keep one version and delete the marks", "frontmatter/conflict-markers"
    )


def _headless(data: bytes, path: str) -> tuple[Head, tuple[Finding, ...]]:
    """A note without front matter that can be read; what was meant as such is rescued."""
    start = len(_BOM) if data.startswith(_BOM) else 0
    body = data[start:].decode("utf-8", "replace")
    fault = find_misplaced(data)
    if fault is None:
        return Head(body=body), ()
    opening = re.search(rb"^---[ \t]*\r?\n", data, re.MULTILINE)
    closing = _CLOSING.search(data, opening.end()) if opening else None
    meant = data[opening.end() : closing.start() if closing else len(data)] if opening else b""
    rescued = rescue_values(meant[:MAX_BYTES].decode("utf-8", "replace"))
    return Head(valid=False, body=body, rescued=rescued), (_finding(path, fault, 0),)


def _finding(path: str, fault: YamlFault, lines_above: int) -> Finding:
    place = Place(path, fault.line + lines_above, fault.column)
    return Finding(fault.code, Severity.ERROR, place, fault.message, fault.hint)


def _lines(root: Node | None, first_line: int) -> dict[str, int]:
    return {key_text(key): key.line + first_line for key, _ in root.pairs} if root else {}


def _explain(
    handler: CoreHandler, values: Mapping[str, object], path: str, first_line: int
) -> tuple[dict[str, Value], tuple[Finding, ...]]:
    """Remark on what reads as YAML but was hardly meant so, and read links as they were meant."""
    read: dict[str, Value] = dict(values)  # type: ignore[arg-type]
    if handler.root is None:
        return read, ()
    findings = []
    for name, line in find_repeated(handler.root):
        message = f"the property `{name}` stands in the front matter more than once"
        place = Place(path, line + first_line - 1, 1)
        hint = "keep one of them; until then the last one counts"
        findings.append(Finding("frontmatter/duplicate-key", Severity.ERROR, place, message, hint))
    for key, value in handler.root.pairs:
        if value.kind == "scalar" and not value.is_empty_scalar:
            continue
        name, place = key_text(key), Place(path, value.line + first_line, value.column + 1)
        meant = _meant_link(value, handler.text)
        if meant is not None:
            read[name] = meant
            findings.append(_link_finding(place, handler.text[value.start : value.end], name, value))
        elif value.is_empty_scalar and _GLUED_COMMENT.match(handler.text, value.end):
            message = f"`{name}` is empty: a `#` after a blank begins a comment in front matter"
            hint = f'put the value in quotes, or a blank after the `#`: {name}: "#…"'
            findings.append(Finding("frontmatter/hash-comment", Severity.WARNING, place, message, hint))
    return read, tuple(findings)


def _link_finding(place: Place, written: str, name: str, value: Node) -> Finding:
    message = f"a link in `{name}` needs quotes, else it reads as a list in a list"
    single = "\n" not in written and value.style == "flow"
    hint = f"write it as {name}: {quote(written)}" if single else 'put quotes around it: "[[…]]"'
    return Finding("frontmatter/unquoted-link", Severity.WARNING, place, message, hint)


def _meant_link(value: Node, text: str) -> Value:
    """The text of an unquoted `[[link]]`, or a list with such texts; None when nothing is to be changed."""
    if _is_link(value):
        return text[value.start : value.end]
    if value.kind != "sequence" or not any(_is_link(child) for child in value.children):
        return None
    if not all(child.kind == "scalar" or _is_link(child) for child in value.children):
        return None
    return [text[c.start : c.end] if _is_link(c) else value_of(c) for c in value.children]


def _is_link(node: Node) -> bool:
    """True for `[[words]]` as YAML sees it: a flow list that holds one flow list of plain words."""
    if node.kind != "sequence" or node.style != "flow" or len(node.children) != 1:
        return False
    inner = node.children[0]
    is_list = inner.kind == "sequence" and inner.style == "flow" and bool(inner.children)
    return is_list and all(leaf.kind == "scalar" and not leaf.style for leaf in inner.children)
