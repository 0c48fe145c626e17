"""Free times to offer: what the clocks of both sides allow, less what is taken, spread over days."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from prepvault.model.free_time import Hours, Offer, SlotWish, Span
from prepvault.model.interview import Interview
from prepvault.model.zones import zone_of

_STEP = timedelta(minutes=15)
_STEP_MINUTES = 15
_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def find_free_times(wish: SlotWish, busy: Iterable[Span], now: datetime) -> tuple[Span, ...]:
    """Give every stretch that is free and long enough, in order; none goes over the other side's midnight.

    A quarter of an hour is free where it lies in the hours of both sides, on a day that counts for both, no
    sooner than the notice asks for, and clear of everything `busy`.
    """
    there = zone_of(wish.their_zone)
    taken = _merged(busy)
    stretches: list[list[datetime]] = []
    for at in _quarters(wish, now):
        if not _fits(at, wish.zone, wish.hours, wish.weekdays) or _is_taken(at, taken):
            continue
        if not _fits(at, wish.their_zone, wish.their_hours, wish.weekdays):
            continue
        goes_on = stretches and stretches[-1][-1] + _STEP == at
        if goes_on and stretches[-1][0].astimezone(there).date() == at.astimezone(there).date():
            stretches[-1].append(at)
        else:
            stretches.append([at])
    spans = (Span(each[0], each[-1] + _STEP) for each in stretches)
    return tuple(each for each in spans if each.length >= wish.least)


def pick_offers(wish: SlotWish, free: Sequence[Span]) -> tuple[Offer, ...]:
    """Pick so many of the free times, as even over the days as can be, each day's longest first."""
    there = zone_of(wish.their_zone)
    days: dict[date, list[Span]] = {}
    for each in free:
        days.setdefault(each.starts.astimezone(there).date(), []).append(each)
    ranked = [sorted(each, key=lambda one: (-one.length, one.starts)) for each in days.values()]
    turns = max(map(len, ranked), default=0)
    by_turn = [each[turn] for turn in range(turns) for each in ranked if turn < len(each)]
    picked = set(by_turn[: wish.count])
    offers = (Offer(day, tuple(each for each in spans if each in picked)) for day, spans in days.items())
    return tuple(each for each in offers if each.spans)


def busy_with(interviews: Iterable[Interview], travel: timedelta) -> Iterator[Span]:
    """When interviews take one's time: where one has to go, with the way there and back; whole days, too."""
    for each in interviews:
        if each.is_open:
            way = travel if each.needs_travel and not each.all_day else timedelta()
            yield Span(each.starts.astimezone(UTC) - way, each.ends.astimezone(UTC) + way)


def padded(spans: Iterable[Span], buffer: timedelta) -> Iterator[Span]:
    """Keep some time free around each."""
    return (Span(each.starts - buffer, each.ends + buffer) for each in spans)


def last_moment(wish: SlotWish, now: datetime) -> datetime:
    """The end of the last day that is looked at: so many days after today, by one's own clock."""
    here = zone_of(wish.zone)
    day = now.astimezone(here).date() + (wish.days + 1) * _DAY
    return datetime.combine(day, time(), here).astimezone(UTC)


def _quarters(wish: SlotWish, now: datetime) -> Iterator[datetime]:
    at, last = now.astimezone(UTC) + wish.notice, last_moment(wish, now)
    at += (_EPOCH - at) % _STEP
    while at + _STEP <= last:
        yield at
        at += _STEP


def _fits(at: datetime, zone: str, hours: Hours, weekdays: frozenset[int]) -> bool:
    """Tell whether a quarter lies in the hours of a side by its clock; clocks change on quarters only."""
    local = at.astimezone(zone_of(zone))
    minute = local.hour * 60 + local.minute
    return local.weekday() in weekdays and hours.begins <= minute and minute + _STEP_MINUTES <= hours.ends


def _is_taken(at: datetime, taken: Sequence[Span]) -> bool:
    place = bisect_left(taken, at + _STEP, key=lambda each: each.starts)
    return place > 0 and taken[place - 1].ends > at


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The same time without overlaps, in order."""
    merged: list[Span] = []
    for each in sorted(spans):
        if merged and each.starts <= merged[-1].ends:
            merged[-1] = Span(merged[-1].starts, max(merged[-1].ends, each.ends))
        elif each.starts < each.ends:
            merged.append(each)
    return merged
