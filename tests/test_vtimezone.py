"""The zones that the feed describes agree with the world's clocks; the others are written in UTC."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

from prepvault.model.zones import tzdata_version, zone_names, zone_of
from prepvault.render.vtimezone import render_vtimezone
from prepvault.render.zone_rules import ZoneRules, rules_of, writes_exactly
from tests.feed_maker import local

YEARS = range(2025, 2029)
IN_FLUX = (
    *("America/Vancouver", "Africa/Casablanca", "Africa/Cairo", "Asia/Gaza", "Asia/Jerusalem"),
    *("America/Santiago", "America/Nuuk", "America/Edmonton", "America/Winnipeg"),
)


def parts_of(zone: str) -> list[Any]:
    """The halves of the year as we describe them."""
    component = render_vtimezone(zone)
    assert component is not None
    return list(component.subcomponents)


def described(zone: str) -> list[tuple[datetime, timedelta, timedelta]]:
    """What our description says of a zone in these years: each change as instant, offset before and after."""
    changes = []
    for part in parts_of(zone):
        before, after = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        if "RRULE" not in part:
            continue
        rule = rrulestr(part["RRULE"].to_ical().decode(), dtstart=part["DTSTART"].dt)
        first, last = (datetime.fromisoformat(f"{year}-01-01") for year in (YEARS.start, YEARS.stop))
        changes += [
            ((onset - before).replace(tzinfo=UTC), before, after) for onset in rule.between(first, last)
        ]
    return sorted(changes)


def true_changes(zone: str) -> list[tuple[datetime, timedelta, timedelta]]:
    """What zoneinfo says: hours are looked through, then halved down to the second."""
    info, found = zone_of(zone), []
    at, end = datetime(YEARS.start, 1, 1, tzinfo=UTC), datetime(YEARS.stop, 1, 1, tzinfo=UTC)
    step = timedelta(days=1)
    while at < end:
        before, after = _offset(info, at), _offset(info, at + step)
        if before != after:
            low, high = at, at + step
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if _offset(info, middle) == before else (low, middle)
            found.append((high.replace(microsecond=0), before, after))
        at += step
    return found


def _offset(info: object, at: datetime) -> timedelta:
    offset = at.astimezone(info).utcoffset()  # type: ignore[arg-type]
    assert offset is not None
    return offset


PAIRS = sorted(name for name in zone_names() if (rules := rules_of(name)) and len(rules.onsets) == 2)
SAMPLE = sorted({rules_of(name).onsets: name for name in reversed(PAIRS)}.values())  # type: ignore[union-attr]


@pytest.mark.parametrize("zone", SAMPLE)
def test_every_kind_of_yearly_change_is_described_to_the_second(zone: str) -> None:
    assert described(zone) == true_changes(zone)
    assert len(described(zone)) == 2 * len(YEARS)


def test_every_zone_has_the_offsets_of_its_description_at_noon() -> None:
    days = [datetime(year, month, 15, 12, tzinfo=UTC) for year in YEARS for month in range(1, 13)]
    for name in sorted(zone_names()):
        rules = rules_of(name)
        if rules is not None:
            assert [offset_at(rules, day) for day in days] == [_offset(zone_of(name), day) for day in days], (
                name
            )


def offset_at(rules: ZoneRules, at: datetime) -> timedelta:
    """The offset that a description gives: the last change before that instant counts."""
    onsets = [
        ((onset.rule.in_year(year) - onset.before).replace(tzinfo=UTC), onset.after)
        for onset in rules.onsets
        for year in (at.year - 1, at.year)
        if onset.rule
    ]
    return max((each for each in onsets if each[0] <= at), default=(at, rules.onsets[0].after))[1]


def test_one_standard_and_at_most_one_daylight_no_dates() -> None:
    for name in sorted(zone_names()):
        if rules_of(name) is None:
            continue
        parts = parts_of(name)
        assert sorted(part.name for part in parts) in (["STANDARD"], ["DAYLIGHT", "STANDARD"]), name
        assert not any("RDATE" in part for part in parts)
        assert all(len(part["TZOFFSETFROM"].to_ical()) == 5 for part in parts), name


def test_new_york_word_by_word() -> None:
    component = render_vtimezone("America/New_York")
    assert component is not None
    assert component.to_ical().decode().split("\r\n")[1:-2] == [
        *("TZID:America/New_York", "BEGIN:STANDARD", "DTSTART:20071104T020000"),
        *("RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "TZNAME:EST", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500"),
        *("END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:20070311T020000"),
        *("RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "TZNAME:EDT", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400"),
        "END:DAYLIGHT",
    ]


@pytest.mark.parametrize("zone", IN_FLUX)
def test_zones_whose_law_is_young_or_odd_are_written_in_utc(zone: str) -> None:
    assert render_vtimezone(zone) is None
    assert not writes_exactly(zone, local(zone, 2026, 6, 1, 12))


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "GMT", "Africa/Abidjan", "Atlantic/Reykjavik"])
def test_zones_that_are_utc_need_no_description(zone: str) -> None:
    assert render_vtimezone(zone) is None


def test_most_zones_can_be_described() -> None:
    fixed = sum(1 for name in zone_names() if (rules := rules_of(name)) and len(rules.onsets) == 1)
    assert len(PAIRS) >= 160
    assert fixed >= 330
    assert int(tzdata_version()[:4]) >= 2026


@pytest.mark.parametrize(
    ("zone", "when", "exact"),
    [
        ("Europe/Berlin", (2026, 10, 25, 1, 59), True),
        ("Europe/Berlin", (2026, 10, 25, 2, 0), False),
        ("Europe/Berlin", (2026, 10, 25, 2, 59), False),
        ("Europe/Berlin", (2026, 10, 25, 3, 0), True),
        ("Europe/Berlin", (2026, 3, 29, 2, 30), False),
        ("Europe/Berlin", (1995, 7, 1, 12, 0), False),
        ("America/New_York", (2006, 7, 1, 12, 0), False),
        ("America/New_York", (2008, 7, 1, 12, 0), True),
        ("Asia/Kolkata", (2026, 10, 25, 2, 30), True),
    ],
)
def test_hours_that_come_twice_or_never_are_not_exact(
    zone: str, when: tuple[int, ...], *, exact: bool
) -> None:
    assert writes_exactly(zone, local(zone, *when)) is exact
