"""Headings: moved down to their place in the page, each with an id of its own."""

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from prepvault.render.obsidian.page import page_of

_LOWEST = 6


def place_headings(state: StateCore) -> None:
    """Set the level and the id; runs after the inline rules, which tell what a heading reads as."""
    page = page_of(state.env)
    for position, token in enumerate(state.tokens):
        if token.type == "heading_open":
            level = min(_LOWEST, max(1, int(token.tag[1:]) + page.heading_offset))
            token.tag = f"h{level}"
            token.attrSet("id", page.take_heading_id(plain_text(state.tokens[position + 1].children)))
        elif token.type == "heading_close":
            level = min(_LOWEST, max(1, int(token.tag[1:]) + page.heading_offset))
            token.tag = f"h{level}"


def plain_text(tokens: list[Token] | None) -> str:
    """Return what inline tokens read as, without their marks."""
    parts = []
    for token in tokens or ():
        if token.children:
            parts.append(plain_text(token.children))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        else:
            parts.append(token.content)
    return "".join(parts)
