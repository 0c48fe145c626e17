"""Highlights `==like this==`."""

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_MARKER = ord("=")


def open_or_close_highlight(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the parser's signature)
    """Note a `==` that may begin or end a highlight; any other number of signs is text."""
    if silent:
        return False
    scanned = state.scanDelims(state.pos, canSplitWord=True)
    state.pos += scanned.length
    if scanned.length != 2:
        state.append_pending("=" * scanned.length)
        return True
    token = state.push("text", "", 0)
    token.content = "=="
    where = len(state.tokens) - 1
    state.delimiters.append(Delimiter(_MARKER, 0, where, -1, scanned.can_open, scanned.can_close))
    return True


def pair_highlights(state: StateInline) -> None:
    """Turn each pair that the parser has matched into `<mark>`."""
    _pair(state, state.delimiters)
    for meta in state.tokens_meta:
        if meta and "delimiters" in meta:
            _pair(state, meta["delimiters"])


def _pair(state: StateInline, delimiters: list[Delimiter]) -> None:
    for opening in delimiters:
        if opening.marker == _MARKER and opening.end != -1:
            _become(state, opening.token, "mark_open", 1)
            _become(state, delimiters[opening.end].token, "mark_close", -1)


def _become(state: StateInline, where: int, kind: str, nesting: int) -> None:
    token = state.tokens[where]
    token.type, token.tag, token.content = kind, "mark", ""
    token.nesting = 1 if nesting > 0 else -1
