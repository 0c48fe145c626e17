"""Words in notes that fit no other part of the vault."""

from collections.abc import Collection, Iterator

from prepvault.model.finding import Finding, Severity
from prepvault.model.interview import Status
from prepvault.model.near import find_near
from prepvault.model.vault import Vault
from prepvault.rules.checks.places import place_of


def check_families(vault: Vault, families: Collection[str]) -> Iterator[Finding]:
    """Report a `role_family` that is none of the families known."""
    known = frozenset(families)
    for interview in vault.interviews:
        family = interview.role_family
        if known and family and family.casefold() not in known:
            expected = ", ".join(sorted(families))
            near = find_near(family, sorted(families), closeness=0.6)
            message = f"`role_family` should be one of {expected}; found `{family}`"
            hint = f"did you mean `{near}`?" if near else "remove it, and the family is taken from `role`"
            place = place_of(vault, interview.path, "role_family")
            yield Finding("role/family", Severity.WARNING, place, message, hint, family, expected)


def check_outcomes(vault: Vault) -> Iterator[Finding]:
    """Report an answer of the company to an interview that is still to come, or was never held."""
    for interview in vault.interviews:
        outcome = interview.outcome
        if outcome and outcome.is_success and interview.status is Status.CANCELLED:
            message = f"the outcome is `{outcome}` but the interview was cancelled"
            hint = "if it took place, write status: completed; else take the outcome out"
            place = place_of(vault, interview.path, "outcome")
            yield Finding("interview/outcome-cancelled", Severity.WARNING, place, message, hint, outcome)
        elif (
            outcome
            and outcome.is_decided
            and interview.is_open
            and interview.status is not Status.IN_PROGRESS
        ):
            message = f"the outcome is `{outcome}` but the status is still `{interview.status}`"
            hint = "write status: completed"
            place = place_of(vault, interview.path, "outcome")
            yield Finding("interview/outcome-early", Severity.INFO, place, message, hint, outcome)
