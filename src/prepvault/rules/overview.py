"""What stands where at a moment: upcoming, over but still open, closed; and what overlaps."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from prepvault.model.interview import Interview
from prepvault.model.site import Overview, Standing

_MOST_CLASHES = 20


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


def find_clashes(interviews: Iterable[Interview]) -> Mapping[str, tuple[str, ...]]:
    """Name for each open interview others whose time overlaps it, not all of very many; no all-day ones."""
    found: dict[str, list[str]] = {}
    running: list[Interview] = []
    timed = (each for each in interviews if each.is_open and not each.all_day)
    for interview in sorted(timed, key=lambda each: (each.starts, each.id)):
        running = [other for other in running if other.ends > interview.starts]
        for other in running[:_MOST_CLASHES]:
            found.setdefault(interview.id, []).append(other.id)
            if len(found.setdefault(other.id, [])) < _MOST_CLASHES:
                found[other.id].append(interview.id)
        running.append(interview)
    return {key: tuple(others) for key, others in found.items()}
