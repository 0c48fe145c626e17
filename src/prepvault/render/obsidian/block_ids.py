"""Block ids ` ^like-this`, at the end of a block or on a line below it: not shown, but places to link to."""

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from prepvault.render.obsidian.page import page_of

_ID = re.compile(r"(?:^|[ \t\n])\^([A-Za-z0-9-]{1,80})$")
_LONGEST = 90
_OPEN = frozenset({"paragraph_open", "heading_open"})


def name_blocks(state: StateCore) -> None:
    """Take the ids off the text and give them to their blocks; runs before the inline rules."""
    empty: set[int] = set()
    for position, inline in enumerate(state.tokens):
        if inline.type != "inline" or "^" not in inline.content[-_LONGEST:]:
            continue
        if state.tokens[position - 1].type not in _OPEN:
            continue
        if found := _ID.search(inline.content, max(0, len(inline.content) - _LONGEST)):
            inline.content = inline.content[: found.start()].rstrip()
            block = _block_of(state.tokens, position, is_alone=not inline.content)
            if block and (made := page_of(state.env).take_block_id(found[1])):
                block.attrSet("id", made)
            if not inline.content and not inline.children:
                empty |= {position - 1, position, position + 1}
    if empty:
        state.tokens = [token for position, token in enumerate(state.tokens) if position not in empty]


def _block_of(tokens: list[Token], position: int, *, is_alone: bool) -> Token | None:
    """Find what an id names: the list item, else the paragraph; on a line of its own, the block above."""
    around = tokens[position - 1]
    before = tokens[position - 2] if position > 1 else None
    if before is not None and before.type == "list_item_open":
        return before
    if not is_alone:
        return around if around.type == "paragraph_open" else None
    if before is None or before.nesting != -1 or not before.block:
        return None
    return _opening_of(tokens, position - 2)


def _opening_of(tokens: list[Token], position: int) -> Token | None:
    """Find the token that opened the block which closes at `position`."""
    depth = 0
    for at in range(position, -1, -1):
        depth -= tokens[at].nesting
        if depth == 0:
            return tokens[at]
    return None
