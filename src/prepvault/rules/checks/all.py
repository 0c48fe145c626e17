"""Every check that looks at a vault as a whole."""

from collections.abc import Collection, Iterator

from prepvault.model.finding import Finding, order_findings
from prepvault.model.vault import Vault
from prepvault.rules.checks.loops import check_loops
from prepvault.rules.checks.overlaps import check_overlaps
from prepvault.rules.checks.references import check_references
from prepvault.rules.checks.stories import check_stories
from prepvault.rules.checks.words import check_families, check_outcomes
from prepvault.rules.checks.zones import check_zone


def check_vault(vault: Vault, families: Collection[str] = ()) -> tuple[Finding, ...]:
    """Compare the notes of a vault with each other; `families` are the role families that are known."""
    return order_findings(tuple(_findings(vault, families)))


def _findings(vault: Vault, families: Collection[str]) -> Iterator[Finding]:
    yield from check_overlaps(vault)
    yield from check_loops(vault)
    yield from check_references(vault)
    yield from check_families(vault, families)
    yield from check_outcomes(vault)
    yield from check_stories(vault)
    yield from check_zone(vault)
