"""Addresses that stand in the text without any marks: `https://…` and `name@host.example`.

They are noticed at their `:` or `@`, when their beginning has already been read as text. Looking for words
that may become addresses would cost more than all other inline rules together.
"""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from prepvault.render.obsidian.pieces import Piece, text_token

_SCHEME = re.compile(r"(?<!\w)https?$", re.IGNORECASE)
_LONGEST_SCHEME = 6
_REST = re.compile(r"://[^\s<>\[\]|`\"\\^{}\x00-\x20]{1,2000}")
_NAME = re.compile(r"(?<![\w.+-])[A-Za-z0-9.+_-]{1,64}$")
_LONGEST_NAME = 65
_HOST = re.compile(r"@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,63}(?![\w@-])")
_TAIL = "?!.,:;*_~'"


def read_web_address(state: StateInline) -> Piece | None:
    """Read a web address from its colon on, without the punctuation that ends the sentence around it."""
    if state.linkLevel > 0 or not state.src.startswith("://", state.pos):
        return None
    scheme = _SCHEME.search(state.src, max(0, state.pos - _LONGEST_SCHEME), state.pos)
    rest = _REST.match(state.src, state.pos)
    if scheme is None or rest is None or len(shown := _trim(rest[0])) <= len("://"):
        return None
    return _link(state, scheme[0], shown, state.md.normalizeLink(scheme[0] + shown))


def read_mail_address(state: StateInline) -> Piece | None:
    """Read a mail address from its `@` on."""
    if state.linkLevel > 0:
        return None
    name = _NAME.search(state.src, max(0, state.pos - _LONGEST_NAME), state.pos)
    host = _HOST.match(state.src, state.pos)
    if name is None or host is None:
        return None
    return _link(state, name[0], host[0], f"mailto:{name[0]}{host[0]}")


def read_inner_underscore(state: StateInline) -> Piece | None:
    """Read the `_` of `first_last` as text; it can be no emphasis, and the name stays in one piece."""
    before, after = state.src[state.pos - 1 : state.pos], state.src[state.pos + 1 : state.pos + 2]
    return Piece(state.pos + 1, text="_") if before.isalnum() and after.isalnum() else None


def _link(state: StateInline, start: str, rest: str, href: str) -> Piece | None:
    """Make the link, if its start is still waiting as plain text and can be taken back."""
    if not state.pending.endswith(start):
        return None
    opening = Token("link_open", "a", 1, attrs={"href": href}, markup="autolink")
    tokens = (opening, text_token(start + rest), Token("link_close", "a", -1))
    return Piece(state.pos + len(rest), tokens, takes_back=len(start))


def _trim(url: str) -> str:
    """Cut what more likely belongs to the sentence: marks at the end, and a bracket never opened."""
    while True:
        shorter = url.rstrip(_TAIL)
        if shorter.endswith(")") and shorter.count("(") < shorter.count(")"):
            shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter
