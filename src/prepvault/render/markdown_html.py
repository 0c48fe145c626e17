"""Show a note's Markdown as HTML that can do nothing: no scripts, no styles, no foreign pictures."""

import re
from collections.abc import Callable
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from prepvault.render.obsidian.embeds import NO_EMBEDS, Embeds

if TYPE_CHECKING:
    from prepvault.render.obsidian.parser import NoteParser

LONGEST = 256 * 1024
"""Texts of more characters than this are shown as they stand, without formatting."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")


def render_markdown(
    text: str,
    resolve: Callable[[str], str | None],
    *,
    heading_offset: int = 0,
    id_prefix: str = "note-",
    embeds: Embeds = NO_EMBEDS,
    breaks: bool = True,
) -> str:
    """Render a note's body, without its front matter.

    `resolve` maps what a wikilink, an embed or a relative link names (`Note`, `folder/Note#Heading`) to an
    address relative to the page, or to None; then it shows as plain text. Headings move down by
    `heading_offset`, ids begin with `id_prefix`; without `embeds` pictures and embedded notes are links,
    without `breaks` a single line end is a space. A text that is too long or too tangled comes out escaped.
    """
    from prepvault.render.obsidian.page import Page, TooTangledError, steps_for

    text = without_controls(text)
    if len(text) > LONGEST:
        return _as_it_stands(text, "This note is too long to be shown with formatting.")
    page = Page(
        resolve,
        id_prefix=id_prefix,
        heading_offset=heading_offset,
        steps=steps_for(len(text)),
        embeds=embeds,
        chain=(embeds.here,),
        breaks=breaks,
    )
    try:
        return _parser().render_page(text, page) or ""
    except (TooTangledError, RecursionError):
        return _as_it_stands(text, "This note is too tangled to be shown with formatting.")


def without_controls(text: str) -> str:
    """Replace what no page may hold: control characters, and halves of characters."""
    return _CONTROLS.sub("\ufffd", text)


@cache
def _parser() -> "NoteParser":
    from prepvault.render.obsidian.parser import NoteParser

    return NoteParser()


def _as_it_stands(text: str, why: str) -> str:
    return f'<p class="note-unformatted">{why}</p>\n<pre>{escape(_LINE_ENDS.sub(chr(10), text))}</pre>\n'
