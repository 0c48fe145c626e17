"""Tags `#job/backend`: at the start or after a space, with at least one character that is no digit."""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from prepvault.render.obsidian.pieces import Piece, text_token

_PUNCTUATION = "\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20"
_TAG = re.compile(rf"#((?:[\w/-]|[^\x00-\x7f\s{_PUNCTUATION}])+)")
_MORE_THAN_DIGITS = re.compile(r"[^\d/-]")


def read_tag(state: StateInline) -> Piece | None:
    """Read a tag and show it as one, with its number sign."""
    if state.pos and not state.src[state.pos - 1].isspace():
        return None
    found = _TAG.match(state.src, state.pos)
    if found is None or not _MORE_THAN_DIGITS.search(found[1]):
        return None
    opening = Token("tag_open", "span", 1, attrs={"class": "tag"})
    return Piece(found.end(), (opening, text_token(found[0]), Token("tag_close", "span", -1)))
