"""Dataview's fields `name:: value` on a line and `[name:: value]` within one: shown, never evaluated.

They are noticed at their colons, when their beginning has already been read as text.
"""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from prepvault.render.obsidian.pieces import Piece, text_token

_NAME = re.compile(r"(?:^|(?<=\n)|[\[(])[ \t]*([^\W\d_][\w /-]{0,60})$")
_LONGEST_START = 70
_LONGEST_VALUE = 300
_CLOSERS = {"[": "]", "(": ")"}


def read_field(state: StateInline) -> Piece | None:
    """Read a field from its colons on; one in brackets is a whole, of one on a line only the name is."""
    if not state.src.startswith("::", state.pos) or not state.src[state.pos + 2 : state.pos + 3].isspace():
        return None
    start = _NAME.search(state.src, max(0, state.pos - _LONGEST_START), state.pos)
    if start is None or not state.pending.endswith(start[0]):
        return None
    name = (_open("field-name"), text_token(f"{start[1].strip()}:"), _close())
    if start[0][0] not in _CLOSERS:
        return Piece(state.pos + 2, name, takes_back=len(start[0]))
    end = _end_of(state.src, state.pos + 2, start[0][0])
    value = state.src[state.pos + 2 : end].strip()
    if end < 0 or "::" in value or state.linkLevel > 0:
        return None
    shown: list[Token] = []
    state.md.inline.parse(value, state.md, state.env, shown)
    return Piece(
        end + 1, (_open("field"), *name, text_token(" "), *shown, _close()), takes_back=len(start[0])
    )


def _end_of(text: str, start: int, opener: str) -> int:
    """Find the bracket that closes the one before `start` on the same line; -1 where there is none."""
    depth = 1
    for at in range(start, min(len(text), start + _LONGEST_VALUE)):
        if text[at] == "\n":
            break
        depth += {opener: 1, _CLOSERS[opener]: -1}.get(text[at], 0)
        if depth == 0:
            return at
    return -1


def _open(style: str) -> Token:
    return Token("field_open", "span", 1, attrs={"class": style})


def _close() -> Token:
    return Token("field_close", "span", -1)
