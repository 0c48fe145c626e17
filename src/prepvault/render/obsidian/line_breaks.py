"""`<br>`, the one piece of HTML that works: a line break, mostly wanted inside a table's cell."""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from prepvault.render.obsidian.pieces import Piece

_BREAK = re.compile(r"<br[ \t]{0,4}/?>", re.IGNORECASE)


def read_break(state: StateInline) -> Piece | None:
    """Read `<br>` in any of its spellings."""
    found = _BREAK.match(state.src, state.pos)
    return Piece(found.end(), (Token("hardbreak", "br", 0),)) if found else None
