"""Comments, which never show: Obsidian's `%% … %%` and HTML's `<!-- … -->`, our markers among them."""

import re

from markdown_it.rules_inline import StateInline

from prepvault.render.obsidian.pieces import Piece
from prepvault.render.obsidian.spans import BlockRule, Found, between

_LONGEST_INLINE = 20_000
_PERCENT = re.compile(r"(?<!%)%%(?!%)")
_HTML_START = re.compile(r"<!--")
_HTML_END = re.compile(r"-->")


def read_percent_comment(state: StateInline) -> Piece | None:
    """Read `%%hidden%%` inside a paragraph; three signs are text."""
    if not _PERCENT.match(state.src, state.pos):
        return None
    end = _PERCENT.search(state.src, state.pos + 2, state.pos + _LONGEST_INLINE)
    return Piece(end.end()) if end else None


def read_html_comment(state: StateInline) -> Piece | None:
    """Read `<!-- hidden -->` inside a paragraph."""
    if not state.src.startswith("<!--", state.pos):
        return None
    end = state.src.find("-->", state.pos + 2, state.pos + _LONGEST_INLINE)
    return Piece(end + 3) if end >= 0 else None


def percent_block() -> BlockRule:
    """Hide lines from one that begins with `%%` to the next `%%`; what follows it on its line shows."""
    return between(_PERCENT, _PERCENT, _hide)


def html_block() -> BlockRule:
    """Hide lines from one that begins with `<!--` to the next `-->`; what follows it on its line shows."""
    return between(_HTML_START, _HTML_END, _hide)


def _hide(found: Found) -> None:
    """Leave nothing of it."""
