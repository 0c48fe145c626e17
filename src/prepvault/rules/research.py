"""How far a company's research has come, and what of it is too old to say without looking again."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from prepvault.model.card import ResearchPart
from prepvault.model.company import Company, Fact
from prepvault.model.research import Age, DatedFact, PartState, ResearchState

STALE = timedelta(weeks=8)
"""From this age on a fact is stale: people, openings and news may have changed."""
OLD = timedelta(days=365)
"""From this age on a fact must be checked again before it is said."""


def research_state(company: Company, parts: Sequence[ResearchPart], today: date) -> ResearchState:
    """Bring a research note's facts under the parts of the template, each with its age on a day."""
    return ResearchState(company=company, parts=tuple(_part(company, part, today) for part in parts))


def dated(fact: Fact, today: date) -> DatedFact:
    """Tell a fact's age on a day; a day to come counts as today."""
    if fact.read_on is None:
        return DatedFact(fact, Age.UNDATED)
    past = max(today - fact.read_on, timedelta())
    age = Age.OLD if past > OLD else Age.STALE if past > STALE else Age.FRESH
    return DatedFact(fact, age, past.days // 7)


def _part(company: Company, part: ResearchPart, today: date) -> PartState:
    facts = tuple(dated(fact, today) for fact in company.facts if fact.part == part.id)
    names = [_words(each.fact.name) for each in facts if each.fact.name]
    empty = tuple(field for field in part.fields if not any(_is_same(_words(field), name) for name in names))
    return PartState(part=part, facts=facts, empty=empty, so_what=dict(company.so_whats).get(part.id, ""))


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _is_same(field: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Tell whether a line's name means a field: `Customers` means `Customers, for whom`."""
    shorter = min(len(field), len(name))
    return shorter > 0 and field[:shorter] == name[:shorter]
