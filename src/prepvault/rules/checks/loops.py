"""Interviews of one application that contradict each other."""

from collections.abc import Iterator

from prepvault.model.finding import Finding, Severity
from prepvault.model.near import plain_word
from prepvault.model.vault import Vault
from prepvault.rules.checks.places import place_of


def check_loops(vault: Vault) -> Iterator[Finding]:
    """Report an application whose notes name different companies."""
    first: dict[str, tuple[str, str]] = {}
    for interview in vault.interviews:
        if not interview.job_id or not interview.company:
            continue
        company, path = first.setdefault(interview.job_id, (interview.company, interview.path))
        if not _is_same(plain_word(company), plain_word(interview.company)):
            message = f"`{interview.job_id}` is {interview.company} here but {company} in {path}"
            hint = "one application is at one company: give this note another `job_id`, or correct the name"
            place = place_of(vault, interview.path, "job_id")
            yield Finding(
                "job/two-companies", Severity.WARNING, place, message, hint, interview.company, company
            )


def _is_same(one: str, other: str) -> bool:
    """`Acme` and `Acme Robotics Inc` may well be one company."""
    return one in other or other in one
