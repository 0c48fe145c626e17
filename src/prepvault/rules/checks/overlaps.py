"""Interviews that stand in each other's way."""

from collections.abc import Iterator, Sequence

from prepvault.model.finding import Finding, Severity
from prepvault.model.interview import Interview
from prepvault.model.vault import Vault
from prepvault.rules.checks.places import place_of

_HINT = "reschedule one of them, or correct its time or `duration_minutes`"
_NAMED = 5


def check_overlaps(vault: Vault) -> Iterator[Finding]:
    """Report each open interview that begins before an earlier open one has ended; all-day ones aside."""
    running: list[Interview] = []
    timed = (each for each in vault.interviews if each.is_open and not each.all_day)
    for interview in sorted(timed, key=lambda each: (each.starts, each.id)):
        running = [each for each in running if each.ends > interview.starts]
        for message in _told(running):
            place = place_of(vault, interview.path, "scheduled_at")
            yield Finding("interview/overlap", Severity.WARNING, place, message, _HINT)
        running.append(interview)


def _told(running: Sequence[Interview]) -> Iterator[str]:
    """Name the others, a few of many: a whole import at one hour would fill pages for each of them."""
    for other in running[:_NAMED]:
        yield f"this begins while {other.title} ({other.path}) still runs, until {other.ends:%H:%M}"
    more = len(running) - _NAMED
    if more > 0:
        yield f"this begins while {more} more interview{'s' * (more > 1)} still run{'s' * (more == 1)}"
