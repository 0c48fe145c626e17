"""How a target takes an input apart, and how it says that something does not hold."""

from collections.abc import Sequence
from typing import TypeVar

Kind = TypeVar("Kind")


class BrokenError(AssertionError):
    """What must hold for every input does not hold for this one."""


def require(holds: object, why: str) -> None:
    """Stop with a word about what is broken."""
    if not holds:
        raise BrokenError(why)


def choose(data: bytes, kinds: Sequence[Kind]) -> tuple[Kind, bytes]:
    """Let the first byte choose, so that a seed is a digit and a text: `0` is the first kind."""
    first = data[0] - ord("0") if data else 0
    return kinds[first % len(kinds)], data[1:]


def cut(data: bytes) -> tuple[bytes, bytes]:
    """Part an input at its first `NUL`, which no note holds; without one all of it is the second part."""
    first, mark, second = data.partition(b"\0")
    return (first, second) if mark else (b"", data)


def text_of(data: bytes) -> str:
    """Read bytes as text; what is no UTF-8 becomes replacement characters."""
    return data.decode("utf-8", "replace")
