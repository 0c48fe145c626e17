"""Zones that a busy calendar defines itself: read as another library reads them, and never at any length."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from icalendar import Calendar, Timezone

from benchmarks.hostile.files import CALENDARS
from prepvault.model.free_time import Span
from prepvault.parse import busy_events
from prepvault.parse.busy import parse_busy
from prepvault.parse.busy_zones import take_zones

WITHIN = Span(datetime(2026, 2, 9, tzinfo=UTC), datetime(2026, 2, 19, tzinfo=UTC))
FIRST, LAST = datetime(2001, 1, 1, 12), datetime(2036, 12, 30)  # noqa: DTZ001 - wall times


def zone(*parts: tuple[str, str, str, str], name: str = "Mine") -> str:
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    for start, before, after, more in parts:
        lines += ["BEGIN:STANDARD", f"DTSTART:{start}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}"]
        lines += [*filter(None, [more]), "END:STANDARD"]
    return "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VTIMEZONE", "END:VCALENDAR", ""])


@pytest.mark.parametrize(
    "text",
    [
        *(Timezone.from_tzid(name).to_ical().decode() for name in ("Europe/Berlin", "Africa/Casablanca")),
        zone(
            ("19700308T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
            ("19701101T020000", "-0400", "-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
        ),
        zone(
            (
                "20000308T020000",
                "-0500",
                "-0400",
                "RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU",
            ),
            (
                "20001025T030000",
                "-0400",
                "-0500",
                "RRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=25,26,27,28,29,30,31;BYDAY=SU",
            ),
        ),
        zone(("16010101T000000", "+0530", "+0530", "")),
    ],
    ids=["Berlin", "Casablanca", "weekdays", "days of the month", "one offset"],
)
def test_the_offset_of_every_month_is_that_of_another_library(text: str) -> None:
    if "BEGIN:VCALENDAR" not in text:
        text = f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n"
    ((_, own),) = take_zones(text)[1].items()
    theirs = Calendar.from_ical(text).timezones[0].to_tz(lookup_tzid=False)
    local = FIRST
    while local < LAST:
        assert own.utcoffset(local) == local.replace(tzinfo=theirs).utcoffset(), local
        assert local.replace(tzinfo=own).astimezone(UTC).astimezone(own).replace(tzinfo=None) == local
        local += timedelta(days=31)
    lost = [each for each in moments_around_changes(own) if each.astimezone(own).astimezone(UTC) != each]
    assert len(lost) <= 1, "only the hour that comes twice is taken for its first"


def moments_around_changes(zone: tzinfo) -> list[datetime]:
    """The hours of each day of a year on which the clock changes, and those around it."""
    days = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(365)]
    changes = [day for day in days if zone.utcoffset(day) != zone.utcoffset(day + timedelta(days=1))]
    return [day + timedelta(hours=hour) for day in changes for hour in range(-6, 36)]


def test_a_name_for_two_clocks_is_none_and_what_it_hides_is_told() -> None:
    both = zone(("16010101T000000", "+0300", "+0300", "")) + zone(("16010101T000000", "-0500", "-0500", ""))
    event = "BEGIN:VEVENT\r\nDTSTART;TZID=Mine:20260210T130000\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
    read = parse_busy(both.replace("END:VCALENDAR", f"{event}END:VCALENDAR").encode(), "x.ics", "UTC", WITHIN)
    assert read is not None
    assert read[0] == ()
    assert {finding.code for finding in read[1]} == {"slots/unreadable"}


def test_folded_and_empty_lines_are_joined_and_dropped() -> None:
    lines, zones = take_zones(
        "BEGIN:VCALENDAR\n\n\n\r\nBEGIN:VTIMEZ\n ONE\nTZID:A\r\n B\nEND:VTIMEZONE\nX:a\n\tb\n c"
    )
    assert lines == ["BEGIN:VCALENDAR", "X:abc"]
    assert list(zones) == ["AB"]


def test_of_very_many_events_only_those_around_are_read_and_not_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    events = [
        "DTSTART:20260210T130000Z\r\nDTEND:20260210T140000Z",
        "DTSTART:20260205T130000Z\r\nDTEND:20260215T140000Z",
        "DTSTART;VALUE=DATE:20260219",
        "DTSTART:20250101T130000Z\r\nDURATION:P500D",
        "DTSTART:20250101T130000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY",
        "DTSTART:20260209\r\n T1300 \r\n 00Z",
        *("DTSTART:20250101T130000Z\r\nDTEND:20250101T140000Z", "DTSTART:20270101T130000Z") * 500,
    ]
    text = "".join(f"BEGIN:VEVENT\r\nUID:{at}\r\n{each}\r\nEND:VEVENT\r\n" for at, each in enumerate(events))
    data = f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n".encode()
    seen: list[int] = []
    whole: Callable[..., object] = Calendar.from_ical

    def counted(text: str, *, multiple: bool) -> object:
        seen.append(text.count("BEGIN:VEVENT"))
        return whole(text, multiple=multiple)

    monkeypatch.setattr(Calendar, "from_ical", counted)
    read = parse_busy(data, "x.ics", "UTC", WITHIN)
    assert read is not None
    assert len(read[0]) == 13  # two, the long one, and the daily one each day
    monkeypatch.setattr(busy_events, "MOST_EVENTS", 3)
    read = parse_busy(data, "x.ics", "UTC", WITHIN)
    assert read is not None
    assert [finding.message.partition(" ")[0] for finding in read[1]] == ["3"]
    assert seen == [6, 3]


@pytest.mark.parametrize("name", ["a zone of 400 yearly rules", "a zone of one rule each second"])
def test_no_zone_is_written_out_by_a_library(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def written_out(*_: object, **__: object) -> None:
        pytest.fail("a zone was written out")

    monkeypatch.setattr(Timezone, "to_tz", written_out)
    read = parse_busy(CALENDARS[name](), "x.ics", "UTC", WITHIN)
    assert read is not None
    spans, findings = read
    assert len(spans) + len(findings) > 0
