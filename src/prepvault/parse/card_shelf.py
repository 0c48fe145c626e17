"""The shelf that cards are put on while content files are read."""

from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from prepvault.model.card import (
    Audience,
    Family,
    Guide,
    Item,
    LatePlan,
    Library,
    Norms,
    ResearchPart,
    Standing,
    Text,
    TitleRule,
)
from prepvault.model.competency import Competency
from prepvault.model.finding import Finding, Place, Severity
from prepvault.parse.card_fields import Record


class _Named(Protocol):
    """A card with an id."""

    @property
    def id(self) -> str:
        """The card's id."""


Card = TypeVar("Card", bound=_Named)


@dataclass(slots=True)
class Shelf:
    """The cards read so far, and what was wrong with them."""

    items: list[Item] = field(default_factory=list)
    guides: dict[str, Guide] = field(default_factory=dict)
    families: dict[str, Family] = field(default_factory=dict)
    titles: list[TitleRule] = field(default_factory=list)
    audiences: dict[str, Audience] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    mails: dict[str, Text] = field(default_factory=dict)
    competencies: dict[str, Competency] = field(default_factory=dict)
    standing: dict[str, Standing] = field(default_factory=dict)
    norms: dict[str, Norms] = field(default_factory=dict)
    research: dict[str, ResearchPart] = field(default_factory=dict)
    late_plans: list[LatePlan] = field(default_factory=list)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def library(self) -> Library:
        """Make the library of what stands here."""
        return Library(
            items=tuple(self.items),
            guides=self.guides,
            families=self.families,
            titles=tuple(self.titles),
            audiences=self.audiences,
            texts=self.texts,
            mails=self.mails,
            competencies=self.competencies,
            standing=tuple(self.standing.values()),
            norms=self.norms,
            research=tuple(self.research.values()),
            late_plans=tuple(sorted(self.late_plans, key=lambda plan: plan.hours)),
            words=self.words,
        )

    def accept(self, record: Record) -> bool:
        """Take over a finished record's findings; tell whether it can be used."""
        self.findings.extend(record.finish())
        return record.is_whole

    def put(self, cards: dict[str, Card], card: Card, place: Place) -> None:
        """Put a card on its shelf, unless one with its id is there."""
        if card.id in cards:
            self.repeated(card.id, place)
        else:
            cards[card.id] = card

    def repeated(self, name: str, place: Place) -> None:
        """Note that an id is given twice."""
        message = f"`{name}` is the id of an earlier card too, so this one is left out"
        hint = "give it another id"
        self.findings.append(Finding("card/duplicate", Severity.WARNING, place, message, hint, name))
