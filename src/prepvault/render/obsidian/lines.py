"""Block rules, tried only where a line's first character allows them.

The parser alone would try all of its rules on every line, and again to see whether a line ends a paragraph.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock, table

BlockRule = Callable[[StateBlock, int, int, bool], bool]

ALL = ("paragraph", "reference", "blockquote", "list")
"""What a block may cut short by beginning, in the parser's words."""

_ANY = ""


class Line(NamedTuple):
    """A block rule: the characters it can begin with, none for any, and what it may cut short."""

    name: str
    rule: BlockRule
    characters: str = _ANY
    ends: tuple[str, ...] = ()


class LineRuler(Ruler[BlockRule]):
    """The parser's list of rules, which answers every question for rules with a single, faster one."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        for line in lines:
            self.push(line.name, line.rule, {"alt": list(line.ends)})
        self._chains = {"": [_first_of(lines)]}
        for name in ALL:
            self._chains[name] = [_first_of([line for line in lines if name in line.ends])]

    def getRules(self, chainName: str = "") -> list[BlockRule]:  # noqa: N802, N803  (the parser's names)
        """Return the rules to begin a block with, or those that may end what `chainName` says."""
        return self._chains.get(chainName, [])


def read_table(state: StateBlock, first: int, limit: int, silent: bool) -> bool:  # noqa: FBT001
    """Read a table; its first line has a `|`, which most lines have not."""
    if state.src.find("|", state.bMarks[first], state.eMarks[first]) < 0:
        return False
    return table(state, first, limit, silent)


def _first_of(lines: Sequence[Line]) -> BlockRule:
    """Make one rule of many, which keep their order."""
    characters = {each for line in lines for each in line.characters}
    named = {
        each: [line.rule for line in lines if not line.characters or each in line.characters]
        for each in characters
    }
    others = [line.rule for line in lines if not line.characters]

    def rule(state: StateBlock, first: int, limit: int, silent: bool) -> bool:  # noqa: FBT001
        begin = state.bMarks[first] + state.tShift[first]
        for each in named.get(state.src[begin : begin + 1], others):
            if each(state, first, limit, silent):
                return True
        return False

    return rule
