"""What the writers of coaching sections share: headings, lists, links, and the user's words made harmless."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prepvault.model.card import Question
from prepvault.model.coaching import Coaching
from prepvault.model.interview import Interview
from prepvault.model.phrases import sentence
from prepvault.render.inert import inert_line

_LINK = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_BLOCK_ID = re.compile(r"\s\^[\w-]+$")
_NO_NAME = re.compile(r"[\[\]|#^\\]")
_MARKS = " \t.,;:·-–—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a writer is given: the coaching, the interview, and the level of the section's own heading."""

    coaching: Coaching
    interview: Interview
    level: int

    def heading(self, title: str) -> str:
        """Write a heading below the section's own."""
        return heading(title, self.level + 1)


Written = tuple[str, Sequence[str]]
"""A section's title and its blocks; empty blocks are left out."""


def heading(title: str, level: int) -> str:
    """Write a heading; below the sixth level it is a line in bold."""
    text = inert_line(title)
    return f"{'#' * level} {text}" if level <= 6 else f"**{text}**"


def bullets(lines: Iterable[str]) -> str:
    """Write a list of texts."""
    return "\n".join(f"- {inert_line(line)}" for line in lines)


def labelled(label: str, parts: Iterable[str]) -> str:
    """Write a list as one paragraph after its name; nothing for an empty list."""
    text = "; ".join(parts)
    return f"**{label}:** {inert_line(sentence(text))}" if text else ""


def question_lines(question: Question) -> str:
    """Write a question with its hint below."""
    line = f"- {inert_line(question.text)}"
    return f"{line}\n    - {inert_line(question.hint)}" if question.hint else line


def wikilink(path: str, shown: str = "") -> str:
    """Link to a note by its file name; plain words where that name could not stand in a link."""
    name = path.rpartition("/")[2].removesuffix(".md")
    words = inert_line(shown or name)
    if not name or _NO_NAME.search(name) or inert_line(name) != name:
        return words
    plain = words == shown and not _NO_NAME.search(shown)
    return f"[[{name}|{shown}]]" if plain and shown != name else f"[[{name}]]"


def plain_words(text: str, most: int = 40) -> str:
    """Take at most so many words of what the user wrote, links as their words."""
    words = _BLOCK_ID.sub("", _LINK.sub(r"\1", " ".join(text.split()))).split()
    return " ".join(words) if len(words) <= most else f"{' '.join(words[:most]).rstrip(_MARKS)} …"


def own_words(text: str, most: int = 40) -> str:
    """Write what the user wrote on one harmless line of at most so many words."""
    return inert_line(plain_words(text, most))
