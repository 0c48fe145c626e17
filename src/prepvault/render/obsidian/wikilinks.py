"""Wikilinks `[[Note#Heading|shown]]` and embeds `![[picture.png|100x50]]`."""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from prepvault.render.obsidian.pictures import split_size
from prepvault.render.obsidian.pieces import Piece, text_token

WIKI = "wikilink"
"""The markup of tokens whose address is a note's name as typed, not a URL."""

_WIKILINK = re.compile(r"!?\[\[([^\[\]|\n]{1,500})(?:\|([^\n]{0,500}?))?\]\]")


def read_wikilink(state: StateInline) -> Piece | None:
    """Read a link to a note; it shows its alias, else what it points to."""
    found = _WIKILINK.match(state.src, state.pos)
    if found is None or not (target := _target_of(found)):
        return None
    shown = (found[2] or "").strip() or show_target(target)
    opening = Token("link_open", "a", 1, attrs={"href": target}, markup=WIKI)
    return Piece(found.end(), (opening, text_token(shown), Token("link_close", "a", -1)))


def read_embed(state: StateInline) -> Piece | None:
    """Read an embed; pictures and notes alike become a link to what is embedded."""
    found = _WIKILINK.match(state.src, state.pos)
    if found is None or not (target := _target_of(found)):
        return None
    label, _ = split_size(found[2] or "")
    attrs: dict[str, str | int | float] = {"src": target}
    token = Token("image", "img", 0, attrs=attrs, markup=WIKI, content=found[2] or "")
    token.children = [text_token(label or show_target(target))]
    return Piece(found.end(), (token,))


def show_target(target: str) -> str:
    """Write a target for people: `Note#Heading` as `Note > Heading`."""
    return " > ".join(part.strip() for part in target.split("#") if part.strip()) or target


def _target_of(found: re.Match[str]) -> str:
    """Return the target without the backslash that a table asks for before its `|`."""
    return found[1].strip().removesuffix("\\").strip()
