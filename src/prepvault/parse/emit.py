"""Values as Obsidian itself would write them into front matter, so that its next edit makes no noise."""

import re
from collections.abc import Sequence

from prepvault.parse.yaml_core import resolve_plain

Scalar = str | int | bool | None
Emittable = Scalar | tuple[str, ...]

# A text that begins or ends like this, or holds one of these, does not stand without quotes.
_NEEDS_QUOTES = re.compile(
    r"""^[\n\t ,\[\]{}\#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]\#|[\n\t :]$""",
    re.VERBOSE,
)
_FLOW_MARKS = re.compile(r"[\[\]{},]")
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_TEMPLATER = "<%"
_NAMED_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
_DOUBLE_QUOTED = re.compile(r'[\\"\n\t\r]|' + _ESCAPED.pattern)


def emit_value(value: Emittable) -> str:
    """Write a value as it follows `name:`: nothing for None, ` value`, or a list on lines of its own."""
    if isinstance(value, tuple):
        return "".join(f"\n  -{emit_item(item)}" for item in value) if value else " []"
    if value is None:
        return ""
    if isinstance(value, str) and is_block_text(value):
        return f" {emit_block(value)}"
    return f" {emit_scalar(value)}"


def emit_pair(name: str, value: Emittable) -> str:
    """Write one property, without the last line end."""
    return f"{emit_scalar(name, in_flow=True)}:{emit_value(value)}"


def emit_item(item: str) -> str:
    """Write a text as it follows the `-` of a list."""
    return f" {emit_scalar(item)}"


def emit_head(pairs: Sequence[tuple[str, Emittable]]) -> str:
    """Write the whole front matter of a new note, both fences with their line ends included."""
    return "---\n" + "".join(f"{emit_pair(name, value)}\n" for name, value in pairs) + "---\n"


def emit_scalar(value: Scalar, *, in_flow: bool = False) -> str:
    """Write one value on one line, in quotes only where the core rules would read it as something else."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return value if is_plain(value, in_flow=in_flow) else _quoted(value)


def is_plain(text: str, *, in_flow: bool = False) -> bool:
    """Tell whether a text may stand without quotes and is still read as the same text."""
    if not text or "\n" in text or _TEMPLATER in text or _NEEDS_QUOTES.search(text) or _ESCAPED.search(text):
        return False
    if in_flow and (_FLOW_MARKS.search(text) or text[0] in "?:-." or ":" in text):
        return False
    return isinstance(resolve_plain(text), str)


def double_quoted(text: str) -> str:
    """Write a text in double quotes on one line; nothing invisible stands in it raw."""
    escaped = _DOUBLE_QUOTED.sub(_escape, text).replace(_TEMPLATER, "\\u003C%")
    return f'"{escaped}"'


def single_quoted(text: str) -> str | None:
    """Write a text in single quotes, None where it would need an escape."""
    if "\n" in text or _TEMPLATER in text or _ESCAPED.search(text):
        return None
    return "'" + text.replace("'", "''") + "'"


def emit_block(text: str, *, indent: str = "  ", line_end: str = "\n") -> str:
    """Write a text of several lines after `|`, indented for a property of the top level."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    mark = "|-" if not ends else "|" if ends == 1 else "|+"
    lines = body.split("\n") + [""] * max(0, ends - 1)
    return mark + "".join(line_end + (indent + line if line else "") for line in lines)


def is_block_text(text: str) -> bool:
    """Tell whether a text of several lines can be written after `|` without loss."""
    if "\n" not in text or text[0] in "\n\t " or _TEMPLATER in text or _ESCAPED.search(text):
        return False
    return not any(line.isspace() for line in text.split("\n"))


def _quoted(text: str) -> str:
    single = single_quoted(text) if '"' in text and "'" not in text else None
    return single or double_quoted(text)


def _escape(matched: re.Match[str]) -> str:
    letter = matched[0]
    if letter in _NAMED_ESCAPES:
        return _NAMED_ESCAPES[letter]
    return f"\\u{ord(letter):04x}"
