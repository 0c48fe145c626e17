"""The moment that a build speaks of: the last build's own, while nothing has come to pass since."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from prepvault.model.vault import Vault
from prepvault.model.zones import zone_of
from prepvault.rules.reminders import plan_all

FRESH = timedelta(hours=1)
"""How long an earlier moment may stand for now: pages without JavaScript count in hours."""


def settled_moment(vault: Vault, before: datetime, now: datetime) -> datetime:
    """Return `before` while pages made then are still true, else `now`; for equal notes only."""
    zone = zone_of(vault.settings.zone)
    is_fresh = before <= now < before + FRESH
    is_same_day = before.astimezone(zone).date() == now.astimezone(zone).date()
    if not (is_fresh and is_same_day):
        return now
    return now if any(before < at <= now for at in _happenings(vault, now)) else before


def next_moment(vault: Vault, now: datetime) -> datetime:
    """Return when pages made now stop being true although nobody edits: what comes next, or midnight."""
    zone = zone_of(vault.settings.zone)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), zone).astimezone(UTC)
    coming = (at.astimezone(UTC) for at in _happenings(vault, now) if at > now)
    return min((midnight, *coming))


def _happenings(vault: Vault, now: datetime) -> Iterator[datetime]:
    """Every moment at which a page says something else."""
    for interview in vault.interviews:
        yield from (interview.starts, interview.ends)
        for session in interview.sessions:
            yield from (session.starts, session.ends)
    for reminder in plan_all(vault.interviews, vault.settings, now):
        yield from (reminder.at, reminder.until)
