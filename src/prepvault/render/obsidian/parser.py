"""The parser of notes: markdown-it with the rules of this folder, put together once."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it import rules_block as stock_blocks
from markdown_it import rules_inline as stock
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def, footnote_inline, footnote_tail

from prepvault.render.obsidian import bare_links, comments, formulas
from prepvault.render.obsidian.block_ids import name_blocks
from prepvault.render.obsidian.callouts import shape_callouts
from prepvault.render.obsidian.excerpts import cut_excerpt
from prepvault.render.obsidian.fields import read_field
from prepvault.render.obsidian.footnotes import read_reference
from prepvault.render.obsidian.headings import place_headings
from prepvault.render.obsidian.highlights import open_or_close_highlight, pair_highlights
from prepvault.render.obsidian.line_breaks import read_break
from prepvault.render.obsidian.lines import ALL, Line, LineRuler, read_table
from prepvault.render.obsidian.nesting import DEEPEST, keep_deep_text
from prepvault.render.obsidian.page import Page, env_of
from prepvault.render.obsidian.passages import lift_passages
from prepvault.render.obsidian.pieces import CountedInline, InlineRule, by_first_character, rule_of, stops_at
from prepvault.render.obsidian.renderer import NoteRenderer
from prepvault.render.obsidian.tags import read_tag
from prepvault.render.obsidian.tasks import mark_tasks
from prepvault.render.obsidian.wikilinks import read_embed, read_wikilink

_TEXT = ("paragraph", "reference")


class NoteParser(MarkdownIt):
    """Reads CommonMark, tables, strikethrough and what Obsidian adds; raw HTML is text."""

    def __init__(self) -> None:
        super().__init__("commonmark", renderer_cls=NoteRenderer)
        self.options.update({"html": False, "breaks": True, "xhtmlOut": False, "maxNesting": DEEPEST})
        self.block.ruler = LineRuler(_block_rules())
        self._set_inline_rules()
        self._set_core_rules()

    def render_page(self, text: str, page: Page, *, part: str = "") -> str | None:
        """Render a note's body for one page, or a part of it; None where it has no such part."""
        env = env_of(page)
        tokens: list[Token] | None = self.parse(text, env)
        if part and tokens is not None:
            tokens = cut_excerpt(tokens, part, page.id_prefix)
        return None if tokens is None else str(self.renderer.render(tokens, self.options, env))

    def validateLink(self, url: str) -> bool:  # noqa: N802  (the parser's name for it)
        """Read every link; the renderer decides where it may lead."""
        return True

    def _set_inline_rules(self) -> None:
        rules = _inline_rules()
        self.inline = CountedInline()
        self.inline.terminator_re = stops_at(rules)
        self.inline.ruler.enableOnly("text")
        self.inline.ruler.push("marks", by_first_character(rules))
        self.inline.ruler2.before("fragments_join", "highlight", pair_highlights)

    def _set_core_rules(self) -> None:
        rules = self.core.ruler
        rules.before("inline", "callouts", shape_callouts)
        rules.before("inline", "tasks", mark_tasks)
        rules.before("inline", "block_ids", name_blocks)
        rules.after("inline", "footnotes", footnote_tail)
        rules.after("text_join", "headings", place_headings)
        rules.after("headings", "passages", lift_passages)


def _block_rules() -> tuple[Line, ...]:
    """List the block rules in the order in which they are tried."""
    return (
        Line("deep_text", keep_deep_text),
        Line("table", read_table, ends=_TEXT),
        Line("code", stock_blocks.code),
        Line("percent_comment", comments.percent_block(), "%", ALL),
        Line("html_comment", comments.html_block(), "<", ALL),
        Line("formula", formulas.formula_block(), "$", ALL),
        Line("fence", stock_blocks.fence, "`~", ALL),
        Line("blockquote", stock_blocks.blockquote, ">", ALL),
        Line("hr", stock_blocks.hr, "*-_", ALL),
        Line("list", stock_blocks.list_block, "*+-0123456789", (*_TEXT, "blockquote")),
        Line("footnote", footnote_def, "[", _TEXT),
        Line("reference", stock_blocks.reference, "["),
        Line("heading", stock_blocks.heading, "#", (*_TEXT, "blockquote")),
        Line("lheading", stock_blocks.lheading),
        Line("paragraph", stock_blocks.paragraph),
    )


def _inline_rules() -> dict[str, Sequence[InlineRule]]:
    """List the inline rules by the character they begin with, in the order in which they are tried."""
    return {
        "\n": (stock.newline,),
        "\\": (stock.escape,),
        "`": (stock.backtick,),
        "*": (stock.emphasis.tokenize,),
        "_": (rule_of(bare_links.read_inner_underscore), stock.emphasis.tokenize),
        "~": (stock.strikethrough.tokenize,),
        "=": (open_or_close_highlight,),
        "[": (rule_of(read_wikilink), read_reference, stock.link),
        "]": (),
        "!": (rule_of(read_embed), stock.image),
        "^": (footnote_inline,),
        "<": (rule_of(comments.read_html_comment), rule_of(read_break), stock.autolink),
        "%": (rule_of(comments.read_percent_comment),),
        "&": (stock.entity,),
        "#": (rule_of(read_tag),),
        "$": (rule_of(formulas.read_formula),),
        ":": (rule_of(read_field), rule_of(bare_links.read_web_address)),
        "@": (rule_of(bare_links.read_mail_address),),
    }
