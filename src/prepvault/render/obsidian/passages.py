"""Passages: notes embedded on lines of their own, drawn as blocks with the name of their source."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from prepvault.render.obsidian.addresses import find_target
from prepvault.render.obsidian.embeds import DEEPEST, MOST_PASSAGES, NO_EMBEDS, Passage
from prepvault.render.obsidian.page import Page, page_of
from prepvault.render.obsidian.pictures import kind_of
from prepvault.render.obsidian.wikilinks import WIKI

_BREAKS = frozenset({"softbreak", "hardbreak"})
_DEPTH = f"stands more than {DEEPEST} notes deep, so it is not shown here"
_COUNT = f"is not shown here: this page has {MOST_PASSAGES} embedded notes already"


def lift_passages(state: StateCore) -> None:
    """Make blocks of notes embedded in paragraphs of their own; runs when headings have their levels."""
    page = page_of(state.env)
    if page.embeds is NO_EMBEDS or "![" not in state.src:
        return
    before, state.tokens = state.tokens, []
    level = page.heading_offset
    position = 0
    while position < len(before):
        token = before[position]
        if token.type == "heading_open":
            level = int(token.tag[1:])
        lifted = list(_lift(before[position : position + 3], page, level)) if token.tag == "p" else []
        state.tokens += lifted or [token]
        position += 3 if lifted else 1


def _lift(paragraph: Sequence[Token], page: Page, level: int) -> Iterator[Token]:
    """Take a paragraph of embeds apart: passages become blocks, pictures between them stay; else nothing."""
    if [token.type for token in paragraph] != ["paragraph_open", "inline", "paragraph_close"]:
        return
    opening, inline, closing = paragraph
    children = [child for child in inline.children or () if child.type != "text" or child.content.strip()]
    if any(child.type != "image" and child.type not in _BREAKS for child in children):
        return
    blocks = {id(child): block for child in children if (block := _block_of(child, page, level))}
    if not blocks:
        return
    for is_block, run in groupby(children, lambda child: id(child) in blocks):
        tokens = list(run)
        if is_block:
            yield from (blocks[id(child)] for child in tokens)
        elif any(child.type == "image" for child in tokens):
            shown = Token("inline", "", 0, children=_trimmed(tokens))
            yield from (Token("paragraph_open", "p", 1, hidden=opening.hidden), shown, closing)
    if name := opening.attrGet("id"):
        next(iter(blocks.values())).attrSet("id", name)


def _trimmed(tokens: list[Token]) -> list[Token]:
    """Drop line breaks at both ends."""
    while tokens and tokens[0].type in _BREAKS:
        tokens = tokens[1:]
    while tokens and tokens[-1].type in _BREAKS:
        tokens = tokens[:-1]
    return tokens


def _block_of(token: Token, page: Page, level: int) -> Token | None:
    """Make the block for an embed of a note; None where it is something else or nothing to be shown."""
    if token.type != "image":
        return None
    source = str(token.attrs["src"])
    target = source if token.markup == WIKI else find_target(source)
    if not target or kind_of(target) != "note":
        return None
    passage = page.embeds.passage(target)
    if passage is None:
        return None
    block = Token("passage", "figure", 0, children=[token], block=True)
    block.meta = {"passage": passage, "level": level}
    return block


def why_not(passage: Passage, page: Page) -> str:
    """Tell in words why a passage is not drawn again, deeper, or at all; nothing where it may be drawn."""
    if passage.embeds.here in page.chain:
        return "embeds itself, so it is not repeated here"
    if len(page.chain) > DEEPEST:
        return _DEPTH
    if page.allowance.passages < 1:
        return _COUNT
    if page.allowance.characters < len(passage.text):
        return "is not shown here: with it, this page would be too long"
    return ""


def frame(block: Token, source: str, html: str) -> str:
    """Write the block: whose text it is, then the text."""
    name = f' id="{escape(str(block.attrs["id"]))}"' if "id" in block.attrs else ""
    return f'<figure class="passage"{name}>\n<figcaption>{source}</figcaption>\n{html}</figure>\n'


def note_of(block: Token, source: str, why: str) -> str:
    """Write the line that stands in place of a passage."""
    name = f' id="{escape(str(block.attrs["id"]))}"' if "id" in block.attrs else ""
    return f'<p class="passage-left-out"{name}>{source} {why}.</p>\n'
