"""Competencies by name: which tag of the list a word means, and what a tag is called."""

import re
from collections.abc import Mapping
from functools import lru_cache

from prepvault.model.competency import Competency
from prepvault.rules.prose import find_phrases, plain

_Competencies = Mapping[str, Competency]
_BETWEEN = re.compile(r"[\s_\-/]+")
_RUN = re.compile(r"\w+")


def tag_of(word: str, competencies: _Competencies) -> str:
    """Find the tag that a word means by its id, an alias or its title; another word is a tag of its own."""
    if word in competencies:
        return word
    tag = _plain(word)
    if not tag or tag in competencies:
        return tag
    return _by_name(_Known(competencies)).get(tag, tag)


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    """What the spellings of a tag share."""
    return _BETWEEN.sub("-", word.strip().lstrip("#").strip().casefold()).strip("-")


class _Known:
    """A list of competencies as a key: the same one is the same object."""

    def __init__(self, competencies: _Competencies) -> None:
        self.competencies = competencies

    def __hash__(self) -> int:
        return id(self.competencies)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and other.competencies is self.competencies


@lru_cache(maxsize=8)
def _by_name(known: _Known) -> Mapping[str, str]:
    """The tag of every alias and title, the first of equals; a bank of stories asks for them very often."""
    each_one = reversed(tuple(known.competencies.values()))
    names = ((name, each.id) for each in each_one for name in (*each.aliases, each.title))
    return {_BETWEEN.sub("-", name.strip().casefold()): tag for name, tag in names}


def title_of(tag: str, competencies: _Competencies) -> str:
    """Call a tag by its title in lower case; a tag of the user's own by its words."""
    known = competencies.get(tag)
    return known.title.lower() if known else tag.replace("-", " ")


def tags_in(text: str, competencies: _Competencies) -> tuple[str, ...]:
    """Find the competencies that a text speaks of in their words, titles or tags; most often first."""
    words = frozenset(_RUN.findall(plain(text).casefold()))
    counts = {
        tag: len(find_phrases(text, names))
        for tag, names, openings in _phrases_of(_Known(competencies))
        if not words.isdisjoint(openings)
    }
    return tuple(sorted((tag for tag, count in counts.items() if count), key=lambda tag: -counts[tag]))


@lru_cache(maxsize=8)
def _phrases_of(known: _Known) -> tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]:
    """Each tag with all that names it, and the first words of that: a text without one of them has none.

    A vault's debriefs hold thousands of questions, and most speak of one or two of the competencies.
    """
    named = ((each.id, _names(each)) for each in known.competencies.values())
    return tuple(
        (tag, names, frozenset(word for name in names for word in _first(name))) for tag, names in named
    )


def _first(name: str) -> list[str]:
    return _RUN.findall(name.casefold())[:1]


def _names(competency: Competency) -> tuple[str, ...]:
    plain = competency.id.replace("-", " ")
    return (*competency.words, *competency.aliases, competency.title, competency.id, plain)
