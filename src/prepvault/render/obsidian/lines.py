"""The one block rule: it tries only the rules that a line's first character allows.

The parser alone would try all of its rules on every line, and again to see whether a line ends a paragraph.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from markdown_it.rules_block import StateBlock, table

BlockRule = Callable[[StateBlock, int, int, bool], bool]
_Choice = Mapping[str, Sequence[BlockRule]]

ENDS = ("paragraph", "reference", "blockquote", "list")
"""What a block may end by beginning; the parser's names. A table asks like a quote."""

_ANY = ""


class Line(NamedTuple):
    """A block rule: the characters it can begin with, none for any, and what it may end by beginning."""

    rule: BlockRule
    characters: str = _ANY
    ends: Sequence[str] = ()


def by_first_character(lines: Sequence[Line]) -> BlockRule:
    """Make one rule of many, which keep their order."""
    to_begin = _choice(lines)
    to_end = {name: _choice([line for line in lines if name in line.ends]) for name in ENDS}
    to_end["table"] = to_end["blockquote"]

    def rule(state: StateBlock, first: int, limit: int, silent: bool) -> bool:  # noqa: FBT001
        choice = to_end.get(state.parentType, to_begin) if silent else to_begin
        begin = state.bMarks[first] + state.tShift[first]
        rules = choice.get(state.src[begin : begin + 1])
        for each in choice[_ANY] if rules is None else rules:  # noqa: SIM110  (`any` takes longer)
            if each(state, first, limit, silent):
                return True
        return False

    return rule


def read_table(state: StateBlock, first: int, limit: int, silent: bool) -> bool:  # noqa: FBT001
    """Read a table; its first line has a `|`, which most lines have not."""
    if state.src.find("|", state.bMarks[first], state.eMarks[first]) < 0:
        return False
    return table(state, first, limit, silent)


def _choice(lines: Sequence[Line]) -> _Choice:
    """Sort rules by character; the key `""` holds those for every other one."""
    characters = {each for line in lines for each in line.characters}
    named = {
        each: [line.rule for line in lines if not line.characters or each in line.characters]
        for each in characters
    }
    return {**named, _ANY: [line.rule for line in lines if not line.characters]}
