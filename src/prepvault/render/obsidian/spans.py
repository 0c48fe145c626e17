"""Blocks that begin on a line and end at a mark some lines below: comments and formulas."""

import re
from collections.abc import Callable
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from prepvault.render.obsidian.page import page_of

BlockRule = Callable[[StateBlock, int, int, bool], bool]


class Found(NamedTuple):
    """A block from line `first` to line `last`; its text runs from `start` to `end` in `state.src`."""

    state: StateBlock
    first: int
    last: int
    start: int
    end: int


def between(opener: re.Pattern[str], closer: re.Pattern[str], show: Callable[[Found], None]) -> BlockRule:
    """Make a rule for what lies between two marks; without the second one it is ordinary text."""

    def rule(state: StateBlock, first: int, limit: int, silent: bool) -> bool:  # noqa: FBT001
        begin = state.bMarks[first] + state.tShift[first]
        opened = None if state.is_code_block(first) else opener.match(state.src, begin)
        if opened is None:
            return False
        closed = _find_closer(state, first, limit, opened.end(), closer)
        if closed is None:
            return False
        last, mark = closed
        rest = state.src[mark.end() : state.eMarks[last]].strip()
        if rest and first == last:
            return False  # a comment or formula within a line is for the inline rules
        if not silent:
            show(Found(state, first, last, opened.end(), mark.start()))
            if rest:
                _push_paragraph(state, rest, last)
            state.line = last + 1
        return True

    return rule


def _find_closer(
    state: StateBlock, first: int, limit: int, start: int, closer: re.Pattern[str]
) -> tuple[int, re.Match[str]] | None:
    """Find the line and the place of the closing mark, without leaving the list item or quote.

    A failed search covers all later starts in the same lines; remembering it keeps hostile text linear.
    """
    hopeless = page_of(state.env).hopeless
    since, until = hopeless.get(closer.pattern, (0, 0))
    if since <= first < until:
        return None
    line = first
    while line < limit:
        if line > first:
            start = state.bMarks[line] + state.tShift[line]
            if start < state.eMarks[line] and state.sCount[line] < state.blkIndent:
                break
        if mark := closer.search(state.src, start, state.eMarks[line]):
            return line, mark
        line += 1
    hopeless[closer.pattern] = (first, line)
    return None


def _push_paragraph(state: StateBlock, text: str, line: int) -> None:
    state.push("paragraph_open", "p", 1).map = [line, line + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = text, [line, line + 1], []
    state.push("paragraph_close", "p", -1)
