"""Callouts: quotes that begin with `[!type]`, folding with `+` (open) or `-` (closed), nesting."""

import re
from types import MappingProxyType

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from prepvault.render.obsidian.page import slug_of

_HEAD = re.compile(r"\[!([^\[\]|\n]{1,60})(?:\|[^\]\n]{0,60})?\]([+-]?)(?:[ \t]+([^\n]*)|(?=\n)|$)")
STYLES = MappingProxyType(
    {
        "note": (),
        "abstract": ("summary", "tldr"),
        "info": (),
        "todo": (),
        "tip": ("hint", "important"),
        "success": ("check", "done"),
        "question": ("help", "faq"),
        "warning": ("caution", "attention"),
        "failure": ("fail", "missing"),
        "danger": ("error",),
        "bug": (),
        "example": (),
        "quote": ("cite",),
    }
)
"""The types that have a style of their own, and the other names of each; the rest look like a note."""

_STYLE_OF = MappingProxyType({name: style for style, names in STYLES.items() for name in (style, *names)})


def shape_callouts(state: StateCore) -> None:
    """Turn such quotes into boxes; runs before the inline rules, which then read the titles too."""
    before, state.tokens = state.tokens, []
    closers: list[list[Token]] = []
    position = 0
    while position < len(before):
        token = before[position]
        position += 1
        if token.type == "blockquote_open":
            position, opening, closing = _shape(before, position)
            state.tokens += opening or [token]
            closers.append(closing)
        elif token.type == "blockquote_close":
            state.tokens += closers.pop() or [token]
        else:
            state.tokens.append(token)


def _shape(tokens: list[Token], position: int) -> tuple[int, list[Token], list[Token]]:
    """Read a quote's first paragraph: where to go on, and what opens and closes it if it is a callout."""
    found = _HEAD.match(tokens[position + 1].content) if tokens[position].type == "paragraph_open" else None
    if found is None:
        return position, [], []
    box, opening = _open_box(found, tokens[position - 1].map)
    closing = [_block("callout_close", box, -1)]
    inline = tokens[position + 1]
    inline.content = inline.content[found.end() :].lstrip("\n")
    if not inline.content:
        position += 3
    if tokens[position].type != "blockquote_close":
        opening.append(_block("callout_body_open", "div", 1, {"class": "callout-body"}))
        closing.insert(0, _block("callout_body_close", "div", -1))
    return position, opening, closing


def _open_box(found: re.Match[str], lines: list[int] | None) -> tuple[str, list[Token]]:
    """Make the tag of the box, and the tokens that open it and hold its title."""
    kind = slug_of(found[1]) or "note"
    box, head = ("details", "summary") if found[2] else ("div", "div")
    style = f"callout callout-{_STYLE_OF.get(kind, 'note')}"
    opening = _block("callout_open", box, 1, {"class": style, "data-callout": kind})
    opening.map = lines
    if found[2] == "+":
        opening.attrSet("open", "")
    title = Token("inline", "", 0, content=(found[3] or "").strip() or found[1].strip().capitalize())
    title.children = []
    head_open = _block("callout_title_open", head, 1, {"class": "callout-title"})
    return box, [opening, head_open, title, _block("callout_title_close", head, -1)]


def _block(kind: str, tag: str, nesting: int, attrs: dict[str, str] | None = None) -> Token:
    token = Token(kind, tag, 1 if nesting > 0 else -1, attrs=dict(attrs or {}))
    token.block = True
    return token
