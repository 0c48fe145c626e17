"""Lists and quotes deeper than the parser follows show as they stand; the parser alone drops their text."""

from markdown_it.rules_block import StateBlock

DEEPEST = 32
"""The parser's limit of open blocks; a list item counts twice."""

_ENOUGH = DEEPEST - 4


def keep_deep_text(state: StateBlock, first: int, limit: int, silent: bool) -> bool:  # noqa: FBT001
    """Take the rest of a very deep list item or quote as it stands."""
    if state.level < _ENOUGH or silent:
        return False
    last = first + 1
    while last < limit and (state.isEmpty(last) or state.sCount[last] >= state.blkIndent):
        last += 1
    token = state.push("code_block", "code", 0)
    token.content = state.getLines(first, last, state.blkIndent, keepLastLF=True)
    token.attrs, token.map = {"class": "too-deep"}, [first, last]
    state.line = last
    return True
