"""The block map: what kind of Markdown block each line of a note's body stands in."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


class Block(StrEnum):
    """What a line belongs to; `COMMENT` is an HTML block of that one line at the top level."""

    NONE = "none"
    COMMENT = "comment"
    HTML = "html"
    TEXT = "text"
    CODE = "code"
    QUOTE = "quote"


@cache
def _tokenizer() -> "MarkdownIt":
    """Make the CommonMark block tokenizer; inline text is not looked at."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark")
    made.core.ruler.enableOnly(["normalize", "block"])
    return made


def block_map(body: str) -> list[Block]:
    """Name the block of every line; lines end at LF, CRLF or a lone CR, as in CommonMark."""
    return list(_blocks_of(body))


@lru_cache(maxsize=3)
def _blocks_of(body: str) -> tuple[Block, ...]:
    """One command reads the same note several times over: before it writes, after, and for the proof."""
    lines = [Block.NONE] * (body.count("\n") + body.count("\r") + 1)
    quotes = 0
    for token in _tokenizer().parse(body):
        if token.type == "blockquote_open":
            quotes += 1
            _paint(lines, token, Block.QUOTE)
        elif token.type == "blockquote_close":
            quotes -= 1
        elif not quotes:
            _paint(lines, token, _block_of(token))
    return tuple(lines)


def _block_of(token: "Token") -> Block | None:
    """Name the block that a token outside quotes makes, None for containers."""
    if token.type in {"fence", "code_block"}:
        return Block.CODE
    if token.type == "inline":
        return Block.TEXT
    if token.type == "html_block":
        first, last = token.map or (0, 0)
        return Block.COMMENT if token.level == 0 and last - first == 1 else Block.HTML
    return None


def _paint(lines: list[Block], token: "Token", block: Block | None) -> None:
    """Give a token's lines their name."""
    if block and token.map:
        first, last = token.map
        lines[first:last] = [block] * (last - first)


def leaves_open(lines: Sequence[str], blocks: Sequence[Block]) -> bool:
    """Tell whether an Obsidian comment (`%%`) or formula (`$$`) opened at a line's start is never closed."""
    opened = {"%%": False, "$$": False}
    for line, block in zip(lines, blocks, strict=False):
        if block is Block.CODE:
            continue
        for mark, is_open in opened.items():
            if line.count(mark) % 2 and (is_open or line.lstrip().startswith(mark)):
                opened[mark] = not is_open
    return any(opened.values())
