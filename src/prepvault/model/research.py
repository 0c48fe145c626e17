"""Research: how far a company's note has come, and how old what it says is."""

from dataclasses import dataclass
from enum import StrEnum

from prepvault.model.card import ResearchPart
from prepvault.model.company import Company, Fact

DEPTHS: tuple[str, ...] = ("quick", "standard", "deep")
"""How thorough research is: three parts, all ten, all ten with a second source."""


class Age(StrEnum):
    """How old a fact is at a moment: up to eight weeks, up to twelve months, older, or without a day."""

    FRESH = "fresh"
    STALE = "stale"
    OLD = "check again"
    UNDATED = "no date"


@dataclass(frozen=True, slots=True)
class DatedFact:
    """A fact with its age; `weeks` are whole weeks since it was read, None without a day."""

    fact: Fact
    age: Age
    weeks: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartState:
    """One part of the research: what is known, the fields that are still empty, what was concluded."""

    part: ResearchPart
    facts: tuple[DatedFact, ...] = ()
    empty: tuple[str, ...] = ()
    so_what: str = ""

    @property
    def filled(self) -> int:
        """How many of its fields have a value; what was written under no field's name counts as one each."""
        return min(len(self.part.fields), max(len(self.part.fields) - len(self.empty), len(self.facts)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearchState:
    """Where a company's research stands; `parts` are all ten, in their order."""

    company: Company
    parts: tuple[PartState, ...]

    @property
    def filled(self) -> int:
        """How many fields have a value."""
        return sum(each.filled for each in self.parts)

    @property
    def fields(self) -> int:
        """How many fields there are."""
        return sum(len(each.part.fields) for each in self.parts)

    @property
    def aged(self) -> tuple[DatedFact, ...]:
        """Facts to look at again, the oldest first; what has no day cannot be told to be old."""
        old = (each for part in self.parts for each in part.facts if each.age in {Age.STALE, Age.OLD})
        return tuple(sorted(old, key=lambda each: -(each.weeks or 0)))

    @property
    def dated(self) -> tuple[DatedFact, ...]:
        """Facts that say the day they were read."""
        return tuple(each for part in self.parts for each in part.facts if each.weeks is not None)

    @property
    def undated(self) -> tuple[DatedFact, ...]:
        """Facts of which nobody can say how old they are."""
        every = (each for part in self.parts for each in part.facts)
        return tuple(each for each in every if each.age is Age.UNDATED and not each.fact.is_unknown)

    @property
    def unknown(self) -> tuple[str, ...]:
        """What was looked for and not found, and what the note lists as unknown, each once."""
        said = (
            each.fact.name or each.fact.value
            for part in self.parts
            for each in part.facts
            if each.fact.is_unknown
        )
        return tuple(dict.fromkeys((*self.company.unknown, *said)))

    @property
    def next_parts(self) -> tuple[PartState, ...]:
        """Parts with nothing in them, those of a quick pass first."""
        bare = (each for each in self.parts if not each.facts)
        return tuple(sorted(bare, key=lambda each: (not each.part.is_quick, each.part.number)))
