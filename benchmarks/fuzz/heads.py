"""Front matter: an edit changes its own property and nothing else, or the bytes stay as they were."""

import re
from typing import Any

import yaml

from benchmarks.fuzz.pieces import BrokenError, choose, cut, require, text_of
from prepvault.model.change import Edit
from prepvault.parse.edit import edit_head
from prepvault.parse.frontmatter import parse_head, split_head

NAMES = ("status", "reminders_sent", "company", "zq new", "feedback")
_STRANGE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\U000f0000-\U0010ffff]")
_FAULTS = (yaml.YAMLError, ValueError, TypeError, IndexError, RecursionError)
"""The pure parser itself raises an IndexError where a text ends inside a tag or an escape."""


def edits_of(text: str) -> tuple[Edit, ...]:
    """Every kind of edit, with this text where there is one to write."""
    return (
        *(Edit(name, "set", text) for name in NAMES),
        *(Edit(name, "append", text) for name in NAMES),
        *(Edit(name, "remove") for name in NAMES),
        *(Edit("status", "set", value) for value in (True, 7, (text, "b"), ())),
    )


def check_heads(data: bytes) -> None:
    """Edit a note: `<kind of edit><text to write>NUL<note>`."""
    first, note = cut(data)
    at, text = choose(first, range(19))
    edit = edits_of(text_of(text))[at]
    after, findings = edit_head(note, [edit], "a.md")
    head, _ = parse_head(note, "a.md")
    if findings:
        require(after == note, "a refused edit changed the note")
        require(all(each.message and each.place.line >= 0 for each in findings), "a refusal says nothing")
        return
    require(head.valid or not head.present, "front matter that cannot be read was changed")
    _require_frame(note, after)
    _require_lines(note, after, edit.name)
    _require_meaning(note, after, edit)
    again, more = edit_head(after, [edit], "a.md")
    if edit.action != "append":
        require(not more and again == after, "the same edit twice changes the note twice")


def _require_frame(before: bytes, after: bytes) -> None:
    """What stands behind the front matter, and before it, is the same byte by byte."""
    old, new = split_head(before), split_head(after)
    if old is None:
        require(after.endswith(before.removeprefix(b"\xef\xbb\xbf")), "the text of the note changed")
    elif new is None:
        raise BrokenError("the front matter is gone")
    else:
        require(before[old.block_end :] == after[new.block_end :], "the body or the closing fence changed")
        require(before[: old.block_start] == after[: new.block_start], "the opening fence changed")


def _block(data: bytes) -> str | None:
    span = split_head(data)
    return None if span is None else data[span.block_start : span.block_end].decode("utf-8", "replace")


def _require_lines(before: bytes, after: bytes, name: str) -> None:
    """What an independent parser sees before the property and behind it stands there still."""
    old, new = _block(before), _block(after)
    spans = _key_lines(old) if old and new and not _STRANGE.search(old) else None
    if old is None or new is None or spans is None:
        return
    lines = old.splitlines(keepends=True)
    places = [at for at, (key, _) in enumerate(spans) if key == name]
    if len(places) > 1:
        raise BrokenError("a property that stands there twice was changed")
    if not places:
        require(
            new.startswith(old.rstrip("\r\n ")) or old.strip() == "", "a line of old front matter changed"
        )
        return
    first = spans[places[0]][1]
    following = spans[places[0] + 1][1] if places[0] + 1 < len(spans) else len(lines)
    above, below = "".join(lines[:first]), "".join(lines[following:])
    require(new.startswith(above), "a line above the property changed")
    require(new.endswith(below), "a line below the property changed")


def _key_lines(block: str) -> list[tuple[str, int]] | None:
    """Each key of a plain block mapping with its line, by the pure parser; None where it reads otherwise."""
    try:
        root = yaml.compose(block, Loader=yaml.SafeLoader)
    except _FAULTS:
        return None
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return None
    return [(str(key.value), key.start_mark.line) for key, _ in root.value]


def _read_apart(data: bytes) -> dict[str, Any] | None:
    """Read with the pure parser, every value as text; an empty or missing block is an empty mapping."""
    block = _block(data)
    if block is None:
        return {}
    if _STRANGE.search(block):
        return None
    try:
        read = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts only
    except _FAULTS:
        return None
    return {} if read in (None, "") else read if isinstance(read, dict) else None


def _require_meaning(before: bytes, after: bytes, edit: Edit) -> None:
    """Another parser must read the property as asked, and all others as before, in their order."""
    one, other = _read_apart(before), _read_apart(after)
    if one is None or other is None:
        return
    left, stays = ([pair for pair in read.items() if pair[0] != edit.name] for read in (one, other))
    require(left == stays, "another property reads differently")
    value = other.get(edit.name)
    if edit.action == "remove":
        require(edit.name not in other, "a removed property is still there")
    elif edit.action == "append":
        added = value[-1] if isinstance(value, list) and value else None
        require(added is not None, "a list that was added to is no list")
        _require_text(added, edit.value, "what was added to a list")
    elif isinstance(edit.value, tuple):
        require(isinstance(value, list) and len(value) == len(edit.value), "a list reads otherwise")
    else:
        held = value[0] if isinstance(value, list) and len(value) == 1 else value
        _require_text(held, edit.value, "a property")


def _require_text(read: object, meant: object, what: str) -> None:
    if not isinstance(meant, str):
        require(read == str(meant).lower(), f"{what} reads as something else")
    elif not _STRANGE.search(meant):
        require(read == meant.replace("\r\n", "\n").replace("\r", "\n"), f"{what} reads as something else")
