"""Texts in pieces, so that a page can mark what is to fill in, and what stands between ticks."""

import re
from collections.abc import Iterable

from prepvault.model.mail import Mail
from prepvault.model.pitch import Pitch

_TICKED = re.compile(r"`([^`]+)`")

Pieces = tuple[tuple[str, bool], ...]
"""A text in order; true where a piece is to be marked."""


def letter_pieces(text: str, mail: Mail) -> Pieces:
    """Part the subject or body of a mail at the fields that nothing was known for."""
    return _part(text, (name.replace("_", " ") for name in mail.missing))


def pitch_pieces(text: str, pitch: Pitch) -> Pieces:
    """Part the text of a pitch at what it asks the user for."""
    return _part(text, pitch.missing)


def ticked_pieces(text: str) -> Pieces:
    """Part a message at its ticks; what stood between two is to be marked, the ticks go."""
    parts = _TICKED.split(text)
    return tuple((part, number % 2 == 1) for number, part in enumerate(parts) if part)


def _part(text: str, names: Iterable[str]) -> Pieces:
    wanted = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
    if not wanted:
        return ((text, False),)
    parts = re.split(rf"(\[(?:{wanted})(?:; about \d+ words)?\])", text)
    return tuple((part, number % 2 == 1) for number, part in enumerate(parts) if part)
