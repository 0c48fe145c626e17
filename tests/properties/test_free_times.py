"""Free times against a count of every single minute, over clock changes on both sides."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from prepvault.model.free_time import Hours, SlotWish, Span
from prepvault.model.zones import zone_of
from prepvault.rules.free_times import find_free_times, last_moment, pick_offers

ZONES = (
    *("Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Australia/Lord_Howe", "Pacific/Auckland", "America/St_Johns", "UTC", "Africa/Casablanca"),
)
CHANGES = (date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 25), date(2026, 11, 1))
MINUTE, QUARTER = timedelta(minutes=1), timedelta(minutes=15)

some = st.tuples(st.integers(0, 1380), st.integers(60, 1440)).filter(lambda each: each[0] < each[1])
hours = st.one_of(st.just((0, 1440)), some)


@st.composite
def wishes(draw: st.DrawFn) -> SlotWish:
    return SlotWish(
        zone=draw(st.sampled_from(ZONES)),
        their_zone=draw(st.sampled_from(ZONES)),
        hours=Hours(*draw(hours)),
        their_hours=Hours(*draw(hours)),
        weekdays=frozenset(draw(st.sets(st.integers(0, 6), min_size=3))),
        days=draw(st.integers(1, 2)),
        least=timedelta(minutes=draw(st.integers(1, 120))),
        buffer=timedelta(),
        notice=timedelta(minutes=draw(st.integers(0, 600))),
        count=draw(st.integers(1, 8)),
    )


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    day = draw(st.sampled_from(CHANGES))
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
    return start + timedelta(minutes=5 * draw(st.integers(0, 288)))


def is_open(at: datetime, zone: str, allowed: Hours, wish: SlotWish) -> bool:
    clock = at.astimezone(zone_of(zone))
    return (
        clock.weekday() in wish.weekdays and allowed.begins <= clock.hour * 60 + clock.minute < allowed.ends
    )


@given(wishes(), moments(), st.data())
def test_every_free_minute_is_offered_and_no_other(
    wish: SlotWish, now: datetime, data: st.DataObject
) -> None:
    lengths = st.tuples(st.integers(-60, 800), st.integers(1, 120))
    busy = [
        Span(now + 5 * begins * MINUTE, now + 5 * (begins + length) * MINUTE)
        for begins, length in data.draw(st.lists(lengths, max_size=4))
    ]
    free = find_free_times(wish, busy, now)
    said = {span.starts + step * MINUTE for span in free for step in range(span.length // MINUTE)}
    at = (now + wish.notice).replace(second=0)
    at += -timedelta(minutes=at.minute % 15) % QUARTER
    run: list[datetime] = []
    expected: set[datetime] = set()
    there = zone_of(wish.their_zone)
    while at + QUARTER <= last_moment(wish, now):
        minutes = [at + step * MINUTE for step in range(15)]
        if run and at.astimezone(there).date() != run[-1].astimezone(there).date():
            expected, run = close(expected, run, wish), []
        if all(is_free(each, wish, busy) for each in minutes):
            run += minutes
        else:
            expected, run = close(expected, run, wish), []
        at += QUARTER
    assert said == close(expected, run, wish)
    assert all(before.ends <= after.starts for before, after in pairwise(free))


def is_free(at: datetime, wish: SlotWish, busy: list[Span]) -> bool:
    if any(each.starts <= at < each.ends for each in busy):
        return False
    both = ((wish.zone, wish.hours), (wish.their_zone, wish.their_hours))
    return all(is_open(at, zone, allowed, wish) for zone, allowed in both)


def close(expected: set[datetime], run: list[datetime], wish: SlotWish) -> set[datetime]:
    return expected | set(run) if run and len(run) * MINUTE >= wish.least else expected


@given(wishes(), moments())
def test_so_many_are_picked_and_every_day_has_one_before_any_has_two(wish: SlotWish, now: datetime) -> None:
    free = find_free_times(wish, (), now)
    offers = pick_offers(wish, free)
    picked = [span for offer in offers for span in offer.spans]
    assert len(picked) == min(wish.count, len(free))
    assert set(picked) <= set(free)
    there = zone_of(wish.their_zone)
    days = {each.starts.astimezone(there).date() for each in free}
    if any(len(offer.spans) > 1 for offer in offers):
        assert {offer.day for offer in offers} == days
