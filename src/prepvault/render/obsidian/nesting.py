"""Lists and quotes deeper than the parser follows show as they stand; the parser alone drops their text."""

from html import escape

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from prepvault.render.obsidian.page import page_of

DEEPEST = 32
"""The parser's limit of open blocks; a list item counts twice."""

_ENOUGH = DEEPEST - 4
_WHY = "What is nested deeper than this is shown as it stands."


def keep_deep_text(state: StateBlock, first: int, limit: int, silent: bool) -> bool:  # noqa: FBT001
    """Take the rest of a very deep list item or quote as it stands."""
    if state.level < _ENOUGH or silent:
        return False
    last = first + 1
    while last < limit and (state.isEmpty(last) or state.sCount[last] >= state.blkIndent):
        last += 1
    token = state.push("too_deep", "pre", 0)
    token.content = state.getLines(first, last, state.blkIndent, keepLastLF=True)
    token.map = [first, last]
    page = page_of(state.env)
    token.meta = {"is_first": not page.has_deep}
    page.has_deep = True
    state.line = last
    return True


def render_deep_text(token: Token) -> str:
    """Show such text; the first on a page is told apart from code in words."""
    text = token.content.rstrip("\n") + "\n"
    why = f'<p class="note-unformatted">{_WHY}</p>\n' if token.meta["is_first"] else ""
    return f'{why}<pre class="too-deep"><code>{escape(text)}</code></pre>\n'
