"""Research that claims more than it shows, and values that are no competency."""

from collections.abc import Iterator

from prepvault.model.card import Library
from prepvault.model.company import Company
from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.near import find_near
from prepvault.model.vault import Vault
from prepvault.rules.checks.places import place_of


def check_research(vault: Vault, library: Library) -> Iterator[Finding]:
    """Report facts called verified without a source, and misspelled competencies among the values.

    How old a fact is depends on the day, so `prepvault research` tells it, not a check.
    """
    for company in vault.companies:
        yield from _unsourced(company)
        yield from _misspelled(vault, company, library)


def _unsourced(company: Company) -> Iterator[Finding]:
    for fact in company.facts:
        if fact.confidence == "verified" and not fact.source:
            message = f"`{fact.name or fact.value[:60]}` is called verified, but not by what"
            hint = "add where you read it: value · source · date · verified"
            place = Place(company.path, fact.line)
            yield Finding("research/unsourced", Severity.INFO, place, message, hint, fact.confidence)


def _misspelled(vault: Vault, company: Company, library: Library) -> Iterator[Finding]:
    """Other names of a competency are as good as its own; what is like none is the user's own word."""
    names = {name.casefold() for each in library.competencies.values() for name in (each.id, *each.aliases)}
    known = {"-".join(name.split()) for name in names}
    for value in company.values:
        near = "" if value in known else find_near(value, sorted(known), closeness=0.8)
        if near:
            message = f"the value `{value}` is no competency, so nothing is asked for by it"
            place = place_of(vault, company.path, "values")
            hint = f"did you mean `{near}`?"
            yield Finding("research/values", Severity.WARNING, place, message, hint, value, near)
