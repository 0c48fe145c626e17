"""Every check that looks at a vault as a whole."""

from collections.abc import Callable, Iterator

from prepvault.model.card import Library
from prepvault.model.finding import Finding, order_findings
from prepvault.model.vault import Vault
from prepvault.rules.checks.loops import check_loops
from prepvault.rules.checks.overlaps import check_load, check_overlaps
from prepvault.rules.checks.references import check_references
from prepvault.rules.checks.words import check_families, check_outcomes
from prepvault.rules.checks.zones import check_zone

Cards = Callable[..., Library]
"""Gives a library that holds at least the named parts of `content/`: `cards("families", "titles.yaml")`."""

_FOR_ABOUT = ("competencies.yaml", "types", "families", "titles.yaml", "standing.yaml", "words")


def check_vault(vault: Vault, cards: Cards) -> tuple[Finding, ...]:
    """Compare the notes of a vault with each other and with the cards that speak about them."""
    return order_findings((*_findings(vault, cards), *_about_notes(vault, cards)))


def _findings(vault: Vault, cards: Cards) -> Iterator[Finding]:
    yield from check_overlaps(vault)
    yield from check_load(vault)
    yield from check_loops(vault)
    yield from check_references(vault)
    if any(each.role_family for each in vault.interviews):
        yield from check_families(vault, cards("families").families)
    yield from check_outcomes(vault)
    yield from check_zone(vault)


def _about_notes(vault: Vault, cards: Cards) -> Iterator[Finding]:
    """Check what many vaults have nothing of; every command checks, so what is not needed is not imported."""
    if any(b"[[" in note.data for note in vault.notes.values()):
        from prepvault.rules.checks.links import check_links

        yield from check_links(vault)
    if vault.stories:
        from prepvault.rules.checks.stories import check_stories

        yield from check_stories(vault)
    if vault.about.strengths or vault.about.weaknesses or vault.about.answers:
        from prepvault.rules.checks.about import check_about

        yield from check_about(vault, cards(*_FOR_ABOUT))
    if vault.companies:
        from prepvault.rules.checks.research import check_research

        has_values = any(each.values for each in vault.companies)
        yield from check_research(vault, cards("competencies.yaml") if has_values else Library())
    if vault.debriefs:
        from prepvault.rules.checks.debrief import check_debriefs

        yield from check_debriefs(vault)
