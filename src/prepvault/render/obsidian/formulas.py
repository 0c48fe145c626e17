"""Formulas `$a^2$` and `$$ … $$`, shown as the TeX they are written in; sums of money stay text."""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from prepvault.render.obsidian.pieces import Piece
from prepvault.render.obsidian.spans import BlockRule, Found, between

_MARK = re.compile(r"\$\$")
_DOUBLE = re.compile(r"\$\$([^$]{1,1000}?)\$\$")
_SINGLE = re.compile(r"(?<![\d$])\$(?![\s$])((?:[^$\\]|\\.){1,1000}?)(?<!\s)\$(?![\d$])", re.DOTALL)


def read_formula(state: StateInline) -> Piece | None:
    """Read a formula in a line; a digit or a space at the wrong side of a `$` makes it money."""
    found = _DOUBLE.match(state.src, state.pos) or _SINGLE.match(state.src, state.pos)
    if found is None:
        return None
    token = Token("code_inline", "code", 0, attrs={"class": "math"}, content=found[1].strip())
    return Piece(found.end(), (token,))


def formula_block() -> BlockRule:
    """Show lines from one that begins with `$$` to the next `$$` as one formula."""
    return between(_MARK, _MARK, _show)


def _show(found: Found) -> None:
    state = found.state
    if found.first == found.last:
        text = state.src[found.start : found.end]
    else:
        middle = state.getLines(found.first + 1, found.last, state.blkIndent, keepLastLF=False)
        begin = state.bMarks[found.last] + state.tShift[found.last]
        lines = (state.src[found.start : state.eMarks[found.first]], middle, state.src[begin : found.end])
        text = "\n".join(line.rstrip() for line in lines if line.strip())
    token = state.push("code_block", "code", 0)
    token.content, token.attrs, token.map = text.strip() + "\n", {"class": "math"}, [found.first, found.last]
