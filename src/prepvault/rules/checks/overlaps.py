"""Interviews that stand in each other's way: at one time, with no time between, too many, at night."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, timedelta
from itertools import pairwise

from prepvault.model.finding import Finding, Severity
from prepvault.model.interview import Interview
from prepvault.model.lead import find_lead
from prepvault.model.near import plain_word
from prepvault.model.vault import Vault
from prepvault.model.zones import zone_of
from prepvault.rules.checks.places import place_of

_HINT = "reschedule one of them, or correct its time or `duration_minutes`"
_NAMED = 5
_MOST_A_DAY, _MOST_A_WEEK = 3, 8
_FIRST_HOUR, _LAST_HOUR = 7, 22
_TOLD = 20
"""So many findings of one kind are told one by one; a faulty import would fill pages."""


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


def check_load(vault: Vault) -> Iterator[Finding]:
    """Report open interviews that follow each other too closely, come at night, or are too many at once."""
    timed = sorted(
        (each for each in vault.interviews if each.is_open and not each.all_day),
        key=lambda each: (each.starts, each.id),
    )
    yield from _few(_gaps(vault, timed))
    yield from _few(_nights(vault, timed))
    yield from _few(_full(vault, timed))


def _few(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Tell the first ones; of all others only how many they are."""
    more: list[Finding] = []
    for number, each in enumerate(findings):
        if number < _TOLD:
            yield each
        else:
            more.append(each)
    if len(more) == 1:
        yield more[0]
    elif more:
        message = f"this and {len(more) - 1} more after it are like those named before"
        yield Finding(more[0].code, more[0].severity, more[0].place, message, more[0].hint)


def _gaps(vault: Vault, timed: Sequence[Interview]) -> Iterator[Finding]:
    """Compare each interview with the next one only: what overlaps is told elsewhere."""
    travel = find_lead(vault.settings.text("slots.travel")) or timedelta()
    buffer = find_lead(vault.settings.text("slots.buffer")) or timedelta()
    for before, after in pairwise(timed):
        gap = after.starts.astimezone(UTC) - before.ends.astimezone(UTC)
        if gap < timedelta() or _is_one_visit(before, after):
            continue
        place = place_of(vault, after.path, "scheduled_at")
        told = f"{_minutes(gap) if gap else 'right'} after {before.title} ({before.path}) ends"
        if after.needs_travel and gap < travel:
            message = f"this begins {told}, and it is somewhere else: the way may take {_minutes(travel)}"
            hint = (
                "move one of them, or set how long your way takes: `travel` under [slots] in prepvault.toml"
            )
            yield Finding("interview/travel", Severity.WARNING, place, message, hint)
        elif gap < buffer:
            message = f"this begins {told}, which leaves no break"
            yield Finding("interview/no-break", Severity.INFO, place, message, "move one of them by a little")


def _is_one_visit(one: Interview, other: Interview) -> bool:
    """Tell whether two talks are one appointment in parts: at one place, or of one company.

    A company sees to the ways between its own rooms, not to the way there after a call.
    """
    is_new_way = other.needs_travel and not one.needs_travel
    if plain_word(one.company) and plain_word(one.company) == plain_word(other.company):
        return not is_new_way
    is_same_place = plain_word(one.venue.text) == plain_word(other.venue.text)
    return one.needs_travel and other.needs_travel and is_same_place and bool(one.venue.text)


def _minutes(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def _nights(vault: Vault, timed: Sequence[Interview]) -> Iterator[Finding]:
    """Report hours at which one would sleep at home; who has to go there lives by the clock of that place.

    A vault that names no zone is somewhere else on every machine.
    """
    zone = vault.settings.text("vault.timezone")
    home = zone_of(zone or "UTC")
    for each in timed if zone else ():
        here = each.starts if each.needs_travel else each.starts.astimezone(home)
        if not _FIRST_HOUR <= here.hour < _LAST_HOUR:
            clock = each.zone if each.needs_travel else zone
            message = f"this begins at night where you are: {here:%H:%M} in {clock}"
            hint = "see that the hour and `timezone` are those of the invitation"
            place = place_of(vault, each.path, "scheduled_at")
            yield Finding("interview/night", Severity.INFO, place, message, hint)


def _full(vault: Vault, timed: Sequence[Interview]) -> Iterator[Finding]:
    """Report the interview that makes a day or a week too full; the parts of one visit count once."""
    home = zone_of(vault.settings.zone)
    seen: set[tuple[date, str]] = set()
    days: Counter[date] = Counter()
    weeks: Counter[date] = Counter()
    for each in timed:
        day = each.starts.astimezone(home).date()
        key = (day, plain_word(each.company) or each.path)
        if key in seen:
            continue
        seen.add(key)
        monday = day - timedelta(days=day.weekday())
        days[day] += 1
        weeks[monday] += 1
        place = place_of(vault, each.path, "scheduled_at")
        hint = "move one where you can: the last of many is rarely the best"
        if days[day] == _MOST_A_DAY + 1:
            message = f"more than {_MOST_A_DAY} companies want to see you on {day:%A} {day.day} {day:%B}"
            yield Finding("interview/full-day", Severity.INFO, place, message, hint)
        elif weeks[monday] == _MOST_A_WEEK + 1:
            message = f"more than {_MOST_A_WEEK} interviews in the week of {monday.day} {monday:%B}"
            yield Finding("interview/full-week", Severity.INFO, place, message, hint)
