"""Where one property's bytes must change: spans and texts, worked out and not yet applied."""

from dataclasses import dataclass

from prepvault.model.change import Edit
from prepvault.model.note import Value
from prepvault.parse.edit_text import (
    Page,
    Splice,
    content_end,
    emit_in_flow,
    emit_in_place,
    emit_list,
    has_comment,
    is_blank_after,
    is_empty_collection,
    next_item,
    value_start,
)
from prepvault.parse.emit import Emittable, emit_pair, emit_scalar
from prepvault.parse.yaml_core import key_text, value_of
from prepvault.parse.yaml_tree import Node


class EditError(ValueError):
    """This edit is not made: the finding's code, a message, where in the block, and a remedy."""

    def __init__(self, code: str, message: str, node: Node | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.line = node.line + 1 if node else 0
        self.column = node.column + 1 if node else 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The splices of one edit, none when nothing is to change, and what the property must read as after it.

    `wanted` counts only where `stays` is true; else the property must be gone.
    """

    splices: tuple[Splice, ...] = ()
    wanted: Value = None
    stays: bool = True


def plan_edit(page: Page, edit: Edit) -> Plan:
    """Work out one edit of a block of front matter; raises EditError."""
    found = find_pair(page.root, edit.name)
    if edit.action == "remove":
        return _plan_removal(page, *found) if found else Plan(stays=False)
    if edit.action == "append":
        return _plan_append(page, edit.name, str(edit.value), found)
    value = _one_line_end(edit.value)
    wanted: Value = list(value) if isinstance(value, tuple) else value
    if found is None:
        return Plan((_new_pair(page, edit.name, value),), wanted)
    key, node = found
    if isinstance(value, str) and _is_one_item(node):
        return _plan_only_item(page, key, node, value)
    if node.kind != "alias" and _same(value_of_or_none(node), wanted):
        return Plan((), wanted)
    _refuse_shared(node, edit.name)
    make = _set_list if isinstance(value, tuple) else _set_scalar
    return Plan((make(page, key, node, value),), wanted)  # type: ignore[arg-type]


def find_pair(root: Node | None, name: str) -> tuple[Node, Node] | None:
    """Find a property by its name; raises EditError when it stands there twice."""
    if root is None:
        return None
    if root.kind != "mapping":
        raise EditError("edit/unreadable", "the front matter should be `name: value` lines", root)
    found = [pair for pair in root.pairs if key_text(pair[0]) == name]
    if len(found) > 1:
        message = f"`{name}` stands in the front matter more than once, so which one to change is unclear"
        raise EditError("edit/duplicate-key", message, found[1][0], "keep one of them, then run this again")
    return found[0] if found else None


def value_of_or_none(node: Node) -> Value:
    """What a node means by itself; None also where it cannot be told without the rest of the text."""
    try:
        return value_of(node)
    except ValueError:
        return None


def _same(one: Value, other: Value) -> bool:
    """Equal in type too: `1`, `1.0` and `true` are three things. None never counts as the same."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one is not None and type(one) is type(other) and one == other


def _one_line_end(value: Emittable) -> Emittable:
    if isinstance(value, tuple):
        return tuple(item.replace("\r\n", "\n") for item in value)
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _refuse_shared(node: Node, name: str) -> None:
    """An alias, an anchor or a type tag on the value means that other lines depend on it."""
    if node.kind == "alias" or node.anchor or node.tag:
        what = "an alias" if node.kind == "alias" else "an anchor" if node.anchor else "a type tag"
        message = f"the value of `{name}` carries {what}, so a change could reach other properties"
        raise EditError("edit/shared-value", message, node, "write the plain value by hand once")


def _new_pair(page: Page, name: str, value: Emittable) -> Splice:
    """A property that the note does not have yet: the last line before the closing fence."""
    root = page.root
    if root is None or root.style == "block":
        indent = " " * (root.column if root else 0)
        end = page.line_end_before(len(page.text))
        lines = emit_pair(name, value).split("\n")
        return Splice(len(page.text), len(page.text), "".join(f"{indent}{line}{end}" for line in lines))
    emitted = emit_list(value, '"') if isinstance(value, tuple) else emit_in_flow(value, '"')
    pair = emit_in_flow(name, '"') + f": {emitted}"
    if not root.children:
        return Splice(root.start + 1, root.start + 1, pair)
    at = content_end(page.text, root.children[-1])
    return Splice(at, at, f", {pair}")


def _set_scalar(page: Page, key: Node, node: Node, value: str | int | bool) -> Splice:  # noqa: FBT001
    if node.kind != "scalar" and not is_empty_collection(node):
        message = f"`{key_text(key)}` holds a {_kind_name(node)}, expected one value"
        raise EditError(
            "edit/not-one-value", message, node, "write one value there by hand, or remove the property"
        )
    if node.is_block_scalar and has_comment(page.text, node):
        raise _comment_refusal(key, node)
    if node.is_empty_scalar:
        return _fill(page, node, emit_in_place(page, key, node, value))
    return Splice(node.start, content_end(page.text, node), emit_in_place(page, key, node, value))


def _is_one_item(node: Node) -> bool:
    """Tell whether it is a list of one item that is no list or map itself."""
    return (
        node.kind == "sequence" and len(node.children) == 1 and node.children[0].kind in {"scalar", "alias"}
    )


def _plan_only_item(page: Page, key: Node, node: Node, value: str) -> Plan:
    """One text over a list of one: the item changes and the list stays a list.

    Obsidian keeps a property as a list where its type is one, and there `status` holds `- confirmed`. Numbers
    and flags are not read from a list, so they do not come here.
    """
    item = node.children[0]
    wanted: Value = [value]
    if item.kind != "alias" and _same(value_of_or_none(node), wanted):
        return Plan((), wanted)
    for part in (node, item):
        _refuse_shared(part, key_text(key))
    if item.is_block_scalar and has_comment(page.text, item):
        raise _comment_refusal(key, node)
    in_flow = node.style == "flow"
    emitted = emit_in_flow(value, item.style) if in_flow else emit_in_place(page, key, item, value)
    if item.is_empty_scalar:
        return Plan((_fill(page, item, emitted),), wanted)
    return Plan((Splice(item.start, content_end(page.text, item), emitted),), wanted)


def _fill(page: Page, node: Node, emitted: str) -> Splice:
    """Write after a `:` or `-` that nothing follows, using the blank that is there when it ends the line."""
    has_blank = page.text[node.end : node.end + 1] == " " and is_blank_after(page.text, node.end)
    at = node.end + has_blank
    return Splice(at, at, emitted if has_blank else f" {emitted}")


def _set_list(page: Page, key: Node, node: Node, items: tuple[str, ...]) -> Splice:
    if node.kind == "mapping" and node.children:
        raise _list_refusal(key, node)
    if has_comment(page.text, node):
        raise _comment_refusal(key, node)
    end = content_end(page.text, node)
    start = value_start(page.text, key, node)
    if start is None or page.is_flow or not is_blank_after(page.text, end):
        emitted = emit_list(items, '"' if page.is_flow else "")
        return _fill(page, node, emitted) if node.is_empty_scalar else Splice(node.start, end, emitted)
    if not items:
        return Splice(start, end, " []")
    indent = node.column if node.kind == "sequence" and node.style == "block" else page.column + 2
    line = page.line_end_at(start) + " " * indent
    return Splice(start, end, "".join(f"{line}- {emit_scalar(item)}" for item in items))


def _plan_append(page: Page, name: str, item: str, found: tuple[Node, Node] | None) -> Plan:
    """One more item at the end of a list; a single value becomes the list's first item."""
    if found is None:
        return Plan((_new_pair(page, name, (item,)),), [item])
    key, node = found
    _refuse_shared(node, name)
    before = value_of_or_none(node)
    if node.kind == "sequence":
        if any(leaf.kind == "alias" for leaf in node.leaves()):
            message = f"an item of `{name}` is an alias, so what the list holds cannot be proved"
            raise EditError("edit/shared-value", message, node, "write the value out by hand once")
        return _append_to_list(page, node, item)
    if node.kind == "mapping":
        raise _list_refusal(key, node)
    if before is None:
        return Plan(_start_list(page, key, node, item), [item])
    return Plan(_make_list(page, key, node, item), [before, item])


def _start_list(page: Page, key: Node, node: Node, item: str) -> tuple[Splice, ...]:
    """A list below `name:`, after a comment that may stand there."""
    if node.is_empty_scalar and not page.is_flow and not is_blank_after(page.text, node.end):
        at = page.line_stop(node.end)
        line = page.line_end_at(node.end) + " " * (page.column + 2)
        return (Splice(at, at, f"{line}- {emit_scalar(item)}"),)
    return (_set_list(page, key, node, (item,)),)


def _make_list(page: Page, key: Node, node: Node, item: str) -> tuple[Splice, ...]:
    """Turn one value into a list of itself and another, its own bytes untouched."""
    start = value_start(page.text, key, node)
    if node.is_block_scalar or start is None or "\n" in page.text[node.start : node.end]:
        raise _list_refusal(key, node)
    if page.is_flow:
        closing = f", {emit_in_flow(item, node.style)}]"
        return Splice(node.start, node.start, "["), Splice(node.end, node.end, closing)
    line = page.line_end_at(node.end) + " " * (page.column + 2)
    at = page.line_stop(node.end)
    return Splice(start, node.start, f"{line}- "), Splice(at, at, f"{line}- {emit_scalar(item)}")


def _append_to_list(page: Page, node: Node, item: str) -> Plan:
    items = node.children
    values = value_of(node)
    if not isinstance(values, list):  # a sequence reads as a list
        raise TypeError(node.kind)
    if node.style == "flow":
        at = content_end(page.text, items[-1]) if items else node.start + 1
        emitted = emit_in_flow(item, items[-1].style if items else "")
        return Plan((Splice(at, at, f", {emitted}" if items else emitted),), [*values, item])
    if len(items) == 1 and items[0].is_empty_scalar and not items[0].anchor:
        return Plan((_fill(page, items[0], emit_scalar(item)),), [item])
    at = page.line_stop(content_end(page.text, node))
    text = page.line_end_at(at) + next_item(page.text, node) + emit_scalar(item)
    return Plan((Splice(at, at, text),), [*values, item])


def _plan_removal(page: Page, key: Node, node: Node) -> Plan:
    """Take out all lines of one property, provided that nothing else stands on them."""
    start = page.text.rfind("\n", 0, key.start) + 1
    end = content_end(page.text, node)
    if page.is_flow or page.text[start : key.start].strip(" "):
        message = f"`{key_text(key)}` does not stand on lines of its own, so it was not removed"
        raise EditError("edit/not-alone", message, key, "remove it by hand")
    if has_comment(page.text, node) or not is_blank_after(page.text, end):
        raise _comment_refusal(key, node)
    between = page.text[key.end : node.start]
    if "#" in between:
        raise _comment_refusal(key, node)
    return Plan((Splice(start, page.next_line(end), ""),), None, stays=False)


def _kind_name(node: Node) -> str:
    return "list" if node.kind == "sequence" else "map"


def _list_refusal(key: Node, node: Node) -> EditError:
    what = "a map" if node.kind == "mapping" else "text over several lines"
    message = f"`{key_text(key)}` holds {what}, expected a list"
    return EditError("edit/not-a-list", message, node, "make it a list by hand: one `- item` line each")


def _comment_refusal(key: Node, node: Node) -> EditError:
    message = f"a comment stands inside `{key_text(key)}` and would be lost"
    return EditError("edit/comment-inside", message, node, "move the comment above the property")
