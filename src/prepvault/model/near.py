"""Near misses: which known word a misspelled one was probably meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches


def find_near(word: str, known: Iterable[str], *, closeness: float = 0.7) -> str:
    """Return the known word most like this one, case, blanks and hyphens aside; empty where none is close."""
    plain = {plain_word(name): name for name in reversed(tuple(known))}
    matches = get_close_matches(plain_word(word)[:80], plain, n=1, cutoff=closeness)
    return plain[matches[0]] if matches else ""


def plain_word(word: str) -> str:
    """Reduce a word to its letters and digits, lower case, so that `On-Site` and `on_site` are one."""
    return "".join(char for char in word.casefold() if char.isalnum())
