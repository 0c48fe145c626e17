"""Edits of front matter by splice: one property changes, every other byte stays, and that is proved."""

import re
from collections.abc import Sequence

from prepvault.model.change import Edit
from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.note import Value
from prepvault.parse.edit_plan import EditError, Plan, find_pair, plan_edit
from prepvault.parse.edit_text import Page, apply_splices
from prepvault.parse.frontmatter import HeadSpan, decode_block, find_misplaced, find_unreadable, split_head
from prepvault.parse.yaml_core import key_text, value_of
from prepvault.parse.yaml_faults import YamlFault
from prepvault.parse.yaml_tree import Node, parse_tree

_FIRST_LINE_END = re.compile(rb"\r?\n")
_BOM = b"\xef\xbb\xbf"


def edit_head(data: bytes, edits: Sequence[Edit], path: str) -> tuple[bytes, tuple[Finding, ...]]:
    """Make all edits or none: the new bytes, or the bytes as they were and an error for each refused edit.

    A note without front matter gets some, in its own line ends. An edit that is already true changes nothing.
    """
    changed = data
    findings: list[Finding] = []
    for edit in edits:
        try:
            changed = _edit_once(changed, edit)
        except YamlFault as fault:
            return data, (_unreadable(data, fault, path),)
        except EditError as refusal:
            findings.append(_refused(data, refusal, path))
    return (data, tuple(findings)) if findings else (changed, ())


def _edit_once(data: bytes, edit: Edit) -> bytes:
    """Make one edit; raises YamlFault or EditError."""
    fault = find_unreadable(data)
    if fault:
        raise fault
    span = split_head(data)
    if span is None:
        misplaced = find_misplaced(data)
        if misplaced:
            raise misplaced
        return data if edit.action == "remove" else _edit_once(_with_empty_head(data), edit)
    block = decode_block(data[span.block_start : span.block_end])
    fence_end = "\r\n" if data[span.block_start - 2 : span.block_start] == b"\r\n" else "\n"
    page = Page(block, _readable_tree(block), fence_end)
    plan = plan_edit(page, edit)
    if not plan.splices:
        return data
    changed = apply_splices(block, plan.splices)
    _prove_meaning(page.root, changed, edit.name, plan)
    return _prove_bytes(data, span, changed, edit.name)


def _with_empty_head(data: bytes) -> bytes:
    """Put two fences above a note's text, behind a byte order mark."""
    start = len(_BOM) if data.startswith(_BOM) else 0
    found = _FIRST_LINE_END.search(data)
    fence = b"---" + (found[0] if found else b"\n")
    return data[:start] + fence + fence + data[start:]


def _readable_tree(block: str) -> Node | None:
    """Read the block, and make sure that its aliases and anchors make sense too."""
    root = parse_tree(block)
    if root is not None:
        value_of(root, keep_last=True)
    return root


def _prove_meaning(before: Node | None, changed: str, name: str, plan: Plan) -> None:
    """Read the new block again: the property must read as asked, all others must be the same in order."""
    try:
        after = _readable_tree(changed)
        found = find_pair(after, name)
    except (YamlFault, EditError) as fault:
        raise _unproved(name, before) from fault
    frame_stays = before is None or after is None or _frame(before) == _frame(after)
    reads_right = not plan.stays or (found is not None and is_same(value_of(found[1]), plan.wanted))
    others_stay = _shape(after, name) == _shape_after(before, after, name, plan)
    if not (reads_right and frame_stays and others_stay):
        raise _unproved(name, before)


def _prove_bytes(data: bytes, span: HeadSpan, changed: str, name: str) -> bytes:
    """Put the new block between the old fences, and make sure that they are still the fences."""
    try:
        block = changed.encode("utf-8")
    except UnicodeEncodeError:
        raise EditError("edit/unwritable", f"the new value of `{name}` cannot be written as UTF-8") from None
    result = data[: span.block_start] + block + data[span.block_end :]
    end = span.block_start + len(block)
    moved = HeadSpan(span.start, span.block_start, end, end + span.body_start - span.block_end)
    if split_head(result) != moved:
        raise _unproved(name, None)
    return result


def is_same(one: Value, other: Value) -> bool:
    """Equal in type too: `1`, `1.0` and `true` are three things."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return type(one) is type(other) and one == other


def _frame(root: Node) -> tuple[str, str, str, str]:
    return root.kind, root.style, root.tag, root.anchor


def _shape(root: Node | None, name: str) -> tuple[object, ...]:
    """All pairs in order, with only the key in the place of the property's own."""
    pairs = root.pairs if root is not None else ()
    return tuple(pair[0] if key_text(pair[0]) == name else pair for pair in pairs)


def _shape_after(before: Node | None, after: Node | None, name: str, plan: Plan) -> tuple[object, ...]:
    """What the shape must be once the edit is made: the same, or one pair less, or a new one at the end."""
    shape = _shape(before, name)
    if not plan.stays:
        return tuple(part for part in shape if not isinstance(part, Node))
    if any(isinstance(part, Node) for part in shape):
        return shape
    return shape + _shape(after, name)[-1:]


def _unproved(name: str, node: Node | None) -> EditError:
    message = f"changing `{name}` here could change something else, so nothing was written"
    return EditError("edit/unproved", message, node, "change it by hand")


def _refused(data: bytes, refusal: EditError, path: str) -> Finding:
    span = split_head(data)
    above = data.count(b"\n", 0, span.block_start) if span else 0
    place = Place(path, refusal.line + above if refusal.line else 0, refusal.column)
    return Finding(refusal.code, Severity.ERROR, place, refusal.message, refusal.hint)


def _unreadable(data: bytes, fault: YamlFault, path: str) -> Finding:
    span = split_head(data)
    above = data.count(b"\n", 0, span.block_start) if span else 0
    message = f"the note was not changed, because its front matter cannot be read: {fault.message}"
    place = Place(path, fault.line + above, fault.column)
    return Finding("edit/unreadable", Severity.ERROR, place, message, fault.hint)
