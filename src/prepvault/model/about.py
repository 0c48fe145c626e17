"""About me: what the user writes once per search, in one note of the vault."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Strength:
    """A strength: a plain noun, the story that shows it (a wikilink target or empty), its impact."""

    name: str
    story: str = ""
    impact: str = ""
    tag: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Weakness:
    """A weakness: what was noticed and the user's own words on effect, present habit and improvement."""

    name: str
    text: str = ""
    tag: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The note's strengths, weaknesses and standing answers, the last by the id of their prompt."""

    path: str = ""
    strengths: tuple[Strength, ...] = ()
    weaknesses: tuple[Weakness, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
