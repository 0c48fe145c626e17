"""Understand a time, a zone, a word or a list that a person typed, or say why not."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from prepvault.errors import UsageError
from prepvault.jobs.context import Context
from prepvault.model.near import find_near, plain_word
from prepvault.model.zones import zone_names
from prepvault.parse.when import When, WhenFault, parse_when
from prepvault.parse.zone import read_zone

_BETWEEN = re.compile(r"[;\n]+")
_COMMA = re.compile(r",\s+")
Kind = TypeVar("Kind", bound=StrEnum)
_LONGEST_ECHO = 60
_LEAST = 4
_NO_MATTER = frozenset({"interview", "interviews", "round", "call", "chat"})
"""Words behind a kind of interview that say nothing more."""


def understand_when(context: Context, text: str, zone: str) -> When:
    """Read a time; `zone` is meant where the text names none. UsageError says how to write it clearly."""
    when = parse_when(text, now=context.now, zone=zone)
    if isinstance(when, WhenFault):
        said = "" if when.message.startswith(f"`{text}`") else f"`{text}` is not clear: "
        raise UsageError(f"{said}{when.message}", hint=when.hint)
    return when


def understand_zone(text: str) -> str:
    """Read a zone's name; UsageError names the nearest where there is no such zone.

    An abbreviation is none: the clock of `EST` stands still in summer, and that is hardly ever meant.
    """
    read = read_zone(text)
    if read.name and not read.suggestion:
        return read.name
    if read.name:
        message = f"`{text}` is an abbreviation whose summer time may not be the one you mean"
        raise UsageError(message, hint=f"did you mean `{read.suggestion}`?")
    near = [read.suggestion] if read.suggestion else get_close_matches(text, zone_names(), n=1, cutoff=0.6)
    guess = f"did you mean `{near[0]}`?" if near else "name a city's zone, like Europe/Berlin"
    raise UsageError(f"no time zone is called `{text}`", hint=guess)


def understand_word(kind: type[Kind], name: str, text: str) -> Kind:
    """Read one word of a closed list, however it is spelled: `Onsite`, `phone call`, `technical interview`.

    A beginning will do where it fits one word alone. UsageError names the nearest and the list.
    """
    plain = {plain_word(each.value): each for each in kind}
    words = text.split()
    while True:
        said = plain_word(" ".join(words))
        begun = [each for word, each in plain.items() if len(said) >= _LEAST and word.startswith(said)]
        if said in plain or len(begun) == 1:
            return plain.get(said) or begun[0]
        if not words or words.pop().casefold() not in _NO_MATTER:
            break
    shown = text if len(text) <= _LONGEST_ECHO else f"{text[:_LONGEST_ECHO]}…"
    near = find_near(text, [each.value for each in kind], closeness=0.6)
    guess = f"did you mean `{near}`? " if near else ""
    raise UsageError(f"no {name} is called `{shown}`", hint=f"{guess}there is {', '.join(kind)}")


def split_list(said: str | Sequence[str]) -> tuple[str, ...]:
    """Read a list that came as one text: lines or semicolons part it, else commas before a blank."""
    if not isinstance(said, str):
        return tuple(each.strip() for each in said if each.strip())
    parts = (_BETWEEN if _BETWEEN.search(said.strip()) else _COMMA).split(said)
    return tuple(part.strip(" ,-*•\t") for part in parts if part.strip(" ,-*•\t"))
