"""Tokens to HTML, where it differs from the parser's own: links, pictures, tables, tasks, footnotes."""

import re
from collections.abc import Sequence
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from prepvault.render.obsidian import footnotes
from prepvault.render.obsidian.addresses import Address, find_address, find_note, find_target
from prepvault.render.obsidian.embeds import NO_EMBEDS, is_our_picture
from prepvault.render.obsidian.headings import plain_text
from prepvault.render.obsidian.nesting import render_deep_text
from prepvault.render.obsidian.page import Page, TooTangledError, page_of
from prepvault.render.obsidian.passages import frame, note_of, why_not
from prepvault.render.obsidian.pictures import draw_picture, kind_of, split_size
from prepvault.render.obsidian.tasks import sign_of
from prepvault.render.obsidian.wikilinks import WIKI, show_target

if TYPE_CHECKING:
    from prepvault.render.obsidian.parser import NoteParser

_LINK_CLASS = MappingProxyType(
    {
        "external": "external-link",
        "internal": "internal-link",
        "unresolved": "unresolved-link",
        "refused": "refused-link",
    }
)

_LANGUAGE = re.compile(r"\s*([\w+#.-]{1,40})(?=\s|$)")


class NoteRenderer(RendererHTML):
    """The one place that writes an `href`; each goes through the rules of `addresses`.

    A method named after a token's type renders it, as the parser's renderer asks.
    """

    def __init__(self, parser: MarkdownIt) -> None:
        super().__init__(parser)
        self.parser = cast("NoteParser", parser)

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open a link, or a span where the address leads nowhere or is refused."""
        token, page = tokens[idx], page_of(env)
        address = _address_of(token, str(token.attrs["href"]), page)
        style = _LINK_CLASS[address.kind]
        if "</a>" in page.closers:
            address = Address("unresolved")  # a link inside a link is none
        opening, closing = _anchor(address, style, _title_of(token, page))
        page.closers.append(closing)
        return opening

    def link_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Close what was opened."""
        return page_of(env).closers.pop()

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Show a picture that lies beside the page; anything else is a link, so that nothing is fetched."""
        token, page = tokens[idx], page_of(env)
        source = str(token.attrs["src"])
        target = _target_of(token, source)
        picture = page.embeds.picture(target) if target else None
        _, size = split_size(token.content)
        label, _ = split_size(plain_text(token.children))
        if picture and is_our_picture(picture):
            named = label if token.markup != WIKI or label != show_target(source) else ""
            return draw_picture(picture, named or _file_name(target or ""), size, _title_of(token, page))
        kind = kind_of(target) if target else "image"
        address = _address_of(token, source, page)
        style = f"embed embed-{kind} {_LINK_CLASS[address.kind]}"
        if page.closers:
            address = Address("unresolved")  # a link inside a link is none
        opening, closing = _anchor(address, style, _title_of(token, page), size)
        return f"{opening}{escape(label or _file_name(source) or kind)}{closing}"

    def passage(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Show a passage of another note, or say why it is not shown."""
        block, page = tokens[idx], page_of(env)
        passage = block.meta["passage"]
        source = self.image(block.children or [], 0, options, env)
        why = why_not(passage, page)
        if not why:
            inside = page.within(passage, level=block.meta["level"])
            try:
                html = self.parser.render_page(passage.text, inside, part=passage.part)
            except TooTangledError:
                why = "is too tangled to be shown here"
            else:
                if html is not None:
                    return frame(block, source, html)
                why = "has no such heading or block"
        return note_of(block, source, why)

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Show the end of a line of the text, as the vault wants it."""
        return "<br>\n" if page_of(env).breaks else "\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Show code with its language as a class; diagrams and queries stay the text that they are."""
        token = tokens[idx]
        language = _LANGUAGE.match(token.info)
        style = f' class="language-{language[1]}"' if language else ""
        return f"<pre><code{style}>{escapeHtml(token.content)}</code></pre>\n"

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open a table in a frame in which it can be scrolled, by the keyboard too."""
        table = self.renderToken(tokens, idx, options, env)
        return f'<div class="scroll" role="group" aria-label="Table" tabindex="0">\n{table}'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Close both."""
        return "</table>\n</div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open a table's cell; its alignment becomes a class."""
        align = str(tokens[idx].attrs.get("style", "")).removeprefix("text-align:")
        style = f' class="align-{escape(align)}"' if align else ""
        return f"<{tokens[idx].tag}{style}>"

    td_open = th_open

    def task_box(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Show a task's box as a sign that a screen reader can name."""
        sign, name = sign_of(tokens[idx].content)
        return f'<span class="task-box" role="img" aria-label="{escape(name)}">{sign}</span> '

    def too_deep(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Show text nested too deep to be formatted."""
        return render_deep_text(tokens[idx])

    def footnote_ref(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Show a footnote's number."""
        return footnotes.render_reference(tokens[idx], env)

    def footnote_block_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Open the list of footnotes."""
        return '<section class="footnotes">\n<ol>\n'

    def footnote_block_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Close the list of footnotes."""
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open one footnote."""
        return footnotes.render_opening(tokens[idx], env)

    def footnote_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Close one footnote."""
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Link back to the text."""
        return footnotes.render_way_back(tokens[idx], env)


def _address_of(token: Token, source: str, page: Page) -> Address:
    return (find_note if token.markup == WIKI else find_address)(source, page)


def _target_of(token: Token, source: str) -> str | None:
    return source if token.markup == WIKI else find_target(source)


def _title_of(token: Token, page: Page) -> str:
    """Give the title that is written in the note, else what is to be said of the link."""
    written = str(token.attrs.get("title", ""))
    if written or page.embeds is NO_EMBEDS:
        return written
    target = _target_of(token, str(token.attrs.get("href") or token.attrs.get("src")))
    return page.embeds.remark(target) if target else ""


def _anchor(address: Address, style: str, title: str = "", size: str = "") -> tuple[str, str]:
    """Write the two tags around a link's text."""
    more = f' title="{escape(title)}"' if title else ""
    if size:
        more += f' data-size="{escape(size)}"'
    if not address.href:
        return f'<span class="{style}"{more}>', "</span>"
    rel = ' rel="noopener noreferrer"' if address.kind == "external" else ""
    return f'<a class="{style}" href="{escape(address.href)}"{rel}{more}>', "</a>"


def _file_name(address: str) -> str:
    return address.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2][:80]
