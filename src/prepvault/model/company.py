"""A company: one research note."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One field of a research note with a value; `part` is the id of its part of the template.

    `source` is a link or words, empty when not given; `confidence` is `verified`,
    `general knowledge`, `unknown` or empty.
    """

    part: str
    name: str
    value: str
    source: str = ""
    read_on: date | None = None
    confidence: str = ""
    line: int = 0

    @property
    def is_unknown(self) -> bool:
        """True when the user looked and found nothing."""
        return self.confidence == "unknown" or self.value.casefold().strip(" ?.*_") == "unknown"


@dataclass(frozen=True, slots=True)
class Company:
    """What a research note says; `name` is its title or file name, `website` an http(s) address.

    `say`, `ask`, `watch` and `unknown` are the lines of its last block. `values` are competency tags of its
    stated values. Without `publish` nothing about it is shown outside the vault; only
    `prepvault.rules.published` sets it.
    """

    name: str
    path: str
    website: str = ""
    aliases: tuple[str, ...] = ()
    publish: bool = True
    facts: tuple[Fact, ...] = ()
    say: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    so_whats: tuple[tuple[str, str], ...] = ()
    norms: str = ""
