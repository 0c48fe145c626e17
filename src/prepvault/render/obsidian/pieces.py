"""The shape of our inline rules, and the one rule that tries them by the character they begin with."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from prepvault.render.obsidian.page import page_of

InlineRule = Callable[[StateInline, bool], bool]


class Piece(NamedTuple):
    """What a reader found at the state's position: where it ends, and the tokens or the text it stands for.

    `takes_back` counts the characters just before the position that turned out to belong to it.
    """

    end: int
    tokens: tuple[Token, ...] = ()
    text: str = ""
    takes_back: int = 0


Reader = Callable[[StateInline], Piece | None]
"""Looks at `state.src` from `state.pos` on and changes nothing."""


def text_token(content: str) -> Token:
    """Make a token of plain text."""
    return Token("text", "", 0, content=content)


def rule_of(reader: Reader) -> InlineRule:
    """Make a parser's rule of a reader; a piece that leaves the part being parsed does not count."""

    def rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the parser's own signature)
        piece = reader(state)
        if piece is None or piece.end > state.posMax:
            return False
        if not silent:
            _add(state, piece)
        state.pos = piece.end
        return True

    return rule


def by_first_character(rules: Mapping[str, Sequence[InlineRule]]) -> InlineRule:
    """Try only the rules that can begin with the character at hand; count every step.

    The parser alone would try all of its rules at every mark of the text, most of them in vain.
    """

    def rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the parser's own signature)
        page_of(state.env).spend()
        for each in rules.get(state.src[state.pos], ()):  # noqa: SIM110  (`any` takes longer)
            if each(state, silent):
                return True
        return False

    return rule


class CountedInline(ParserInline):
    """The parser's inline half; looking ahead for the end of a link's label counts as work too."""

    def skipToken(self, state: StateInline) -> None:  # noqa: N802  (the parser's name for it)
        """Pass over one token without keeping it."""
        page_of(state.env).spend()
        super().skipToken(state)


def stops_at(characters: Iterable[str]) -> re.Pattern[str]:
    """Match where plain text ends for a look at the rules."""
    return re.compile(f"[{re.escape(''.join(characters))}]")


def _add(state: StateInline, piece: Piece) -> None:
    if piece.takes_back:
        state.pending = state.pending[: -piece.takes_back]
    if piece.text:
        state.append_pending(piece.text)
    if piece.tokens:
        if state.pending:
            state.pushPending()
        state.tokens += piece.tokens
        state.tokens_meta += [None] * len(piece.tokens)
        state.pendingLevel = state.level
