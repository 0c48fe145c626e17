"""Footnotes `[^1]` and `^[written in place]`, gathered at the end with links there and back."""

import re
from html import escape

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.footnote.index import footnote_ref

from prepvault.render.obsidian.page import page_of

_REFERENCE = re.compile(r"\[\^[^\]\s]{1,100}\]")


def read_reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the parser's signature)
    """Read `[^name]`, only where one is complete: the plugin looks for its end through all of the text."""
    return bool(_REFERENCE.match(state.src, state.pos)) and bool(footnote_ref(state, silent))


def render_reference(token: Token, env: EnvType) -> str:
    """Show the number, linked to the note below; only the number within a link, which can hold no other."""
    page = page_of(env)
    number = shown = str(token.meta["id"] + 1)
    if not page.closers:
        target = escape(page.part_id("fn", number))
        shown = f'<a href="#{target}" aria-label="Footnote {number}">{number}</a>'
    return f'<sup class="footnote-ref" id="{escape(page.part_id("fnref", _name(token)))}">{shown}</sup>'


def render_opening(token: Token, env: EnvType) -> str:
    """Open one note of the list at the end."""
    return f'<li id="{escape(page_of(env).part_id("fn", str(token.meta["id"] + 1)))}">'


def render_way_back(token: Token, env: EnvType) -> str:
    """Link back to the place in the text."""
    target = escape(page_of(env).part_id("fnref", _name(token)))
    label = f"Back to footnote {token.meta['id'] + 1} in the text"
    return f' <a href="#{target}" class="footnote-back" aria-label="{label}">↩</a>'


def _name(token: Token) -> str:
    again = token.meta.get("subId", 0)
    return f"{token.meta['id'] + 1}-{again + 1}" if again else str(token.meta["id"] + 1)
