"""What stands where at a moment: upcoming, over but still open, closed; and what overlaps."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from prepvault.model.interview import Interview
from prepvault.model.site import Overview, Standing


def standing_of(interview: Interview, now: datetime) -> Standing:
    """Tell where an interview stands; its status decides first, then the clock."""
    if not interview.is_open:
        return Standing.CLOSED
    return Standing.UPCOMING if interview.ends > now else Standing.WAITING


def overview(interviews: Iterable[Interview], now: datetime) -> Overview:
    """Sort interviews by standing: upcoming ones soonest first, the others latest first."""
    ordered = sorted(interviews, key=lambda each: (each.starts, each.id))
    parts: dict[Standing, list[Interview]] = {standing: [] for standing in Standing}
    for interview in ordered:
        parts[standing_of(interview, now)].append(interview)
    return Overview(
        upcoming=tuple(parts[Standing.UPCOMING]),
        waiting=tuple(reversed(parts[Standing.WAITING])),
        closed=tuple(reversed(parts[Standing.CLOSED])),
    )


def within(interviews: Iterable[Interview], now: datetime, span: timedelta) -> tuple[Interview, ...]:
    """Pick the upcoming interviews that start before `now + span`, those under way included."""
    return tuple(each for each in overview(interviews, now).upcoming if each.starts < now + span)


def clashes_of(interview: Interview, others: Iterable[Interview]) -> tuple[str, ...]:
    """Name the other open interviews whose time overlaps this one; days without a time clash with nothing."""
    if interview.all_day or not interview.is_open:
        return ()
    return tuple(
        other.id
        for other in others
        if other.id != interview.id
        and other.is_open
        and not other.all_day
        and other.starts < interview.ends
        and interview.starts < other.ends
    )
