"""Times as people type them: what is understood, and what is refused with two ways to say it clearly."""

from datetime import UTC, datetime, timedelta

import pytest

from prepvault.parse.when import Stamp, When, WhenFault, parse_stamp, parse_when

SUNDAY = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
"""Sunday 22 November 2026, 09:00 in Berlin."""


def understood(text: str, zone: str = "Europe/Berlin", now: datetime = SUNDAY) -> When:
    found = parse_when(text, now=now, zone=zone)
    assert isinstance(found, When), found
    return found


def refused(text: str, zone: str = "Europe/Berlin", now: datetime = SUNDAY) -> WhenFault:
    found = parse_when(text, now=now, zone=zone)
    assert isinstance(found, WhenFault), found
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today 10:30", "2026-11-22T10:30:00"),
        ("tomorrow 2pm", "2026-11-23T14:00:00"),
        ("2pm tomorrow", "2026-11-23T14:00:00"),
        ("2 p.m. tomorrow", "2026-11-23T14:00:00"),
        ("Tomorrow at 2:15 PM", "2026-11-23T14:15:00"),
        ("day after tomorrow 14h30", "2026-11-24T14:30:00"),
        ("fri 10:30", "2026-11-27T10:30:00"),
        ("Friday, 10:30", "2026-11-27T10:30:00"),
        ("10:30 on friday", "2026-11-27T10:30:00"),
        ("next tue 2pm", "2026-11-24T14:00:00"),
        ("this friday 9am", "2026-11-27T09:00:00"),
        ("this sunday 3pm", "2026-11-22T15:00:00"),
        ("monday week", "2026-11-30"),
        ("monday week 9:30", "2026-11-30T09:30:00"),
        ("tuesday next week 10:00", "2026-11-24T10:00:00"),
        ("next week tuesday 10:00", "2026-11-24T10:00:00"),
        ("end of month", "2026-11-30"),
        ("in 3 days", "2026-11-25"),
        ("in 3 days at 10:00", "2026-11-25T10:00:00"),
        ("in a week 10:00", "2026-11-29T10:00:00"),
        ("+3d 14:00", "2026-11-25T14:00:00"),
        ("+2w", "2026-12-06"),
        ("in 2 hours", "2026-11-22T11:00:00"),
        ("+90m", "2026-11-22T10:30:00"),
        ("in an hour", "2026-11-22T10:00:00"),
        ("noon", "2026-11-22T12:00:00"),
        ("tomorrow noon", "2026-11-23T12:00:00"),
        ("10am", "2026-11-22T10:00:00"),
        ("12am tomorrow", "2026-11-23T00:00:00"),
        ("12pm tomorrow", "2026-11-23T12:00:00"),
        ("1 dec 2pm", "2026-12-01T14:00:00"),
        ("dec 1 2pm", "2026-12-01T14:00:00"),
        ("1st of December 2pm", "2026-12-01T14:00:00"),
        ("Dec 1, 2027 at 2:15 pm", "2027-12-01T14:15:00"),
        ("22 nov 10:00", "2026-11-22T10:00:00"),
        ("21 nov 10:00", "2027-11-21T10:00:00"),
        ("29 feb", "2028-02-29"),
        ("Tue 1 Dec 2026 2pm", "2026-12-01T14:00:00"),
        ("2026-12-01", "2026-12-01"),
        ("2026-12-01 14:00", "2026-12-01T14:00:00"),
        ("2026-12-01T14:00:00", "2026-12-01T14:00:00"),
        ("2026/12/01 2pm", "2026-12-01T14:00:00"),
        ("2026-12-01T14:00:00Z", "2026-12-01T15:00:00"),
        ("2026-12-01T14:00-05:00", "2026-12-01T20:00:00"),
        ("25/12/2026 10:00", "2026-12-25T10:00:00"),
        ("12/25/2026 10:00", "2026-12-25T10:00:00"),
        ("05.05.2027", "2027-05-05"),
        ("2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+01:00"),
    ],
)
def test_understood(text: str, expected: str) -> None:
    found = understood(text)
    assert found.note_text == expected
    assert found.zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2026-12-01T14:00[America/New_York]", "America/New_York", "2026-12-01T19:00"),
        ("2026-12-01T14:00-05:00[America/New_York]", "America/New_York", "2026-12-01T19:00"),
        ("2026-12-01 14:00 america/new_york", "America/New_York", "2026-12-01T19:00"),
        ("Tue 1 Dec 2026 2pm America/New_York", "America/New_York", "2026-12-01T19:00"),
        ("tomorrow 14:00 UTC", "UTC", "2026-11-23T14:00"),
        ("tomorrow 14:00 UTC+2", "Europe/Berlin", "2026-11-23T12:00"),
        ("tomorrow 14:00 +05:30", "Europe/Berlin", "2026-11-23T08:30"),
        ("1 dec 10:00 Asia/Kolkata", "Asia/Kolkata", "2026-12-01T04:30"),
        ("today 7:30am Asia/Tokyo", "Asia/Tokyo", "2026-11-21T22:30"),
    ],
)
def test_a_named_zone_counts(text: str, zone: str, utc: str) -> None:
    found = understood(text)
    assert (found.zone, f"{found.at.astimezone(UTC):%Y-%m-%dT%H:%M}") == (zone, utc)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("01/02/2027", ("2027-01-02", "2027-02-01")),
        ("1.12.2026 14:00", ("2026-01-12 14:00", "2026-12-01 14:00")),
        ("dec 1 2pm EST", ("dec 1 2pm America/New_York", "dec 1 2pm America/Panama")),
        ("tomorrow 9am ist", ("tomorrow 9am Asia/Kolkata", "tomorrow 9am Europe/Dublin")),
        ("fri 2pm Berlin", ("fri 2pm Europe/Berlin",)),
        ("fri 2pm new york", ("fri 2pm America/New_York",)),
        ("sunday 3pm", ("2026-11-22 3pm", "2026-11-29 3pm")),
        ("8am", ("today 8am", "tomorrow 8am")),
        ("14", ("14:00", "14 Nov")),
        ("fri 10", ("fri 10:00", "fri 22:00")),
        ("fri at 2", ("fri 02:00", "fri 14:00")),
        ("fri 2:30", ("fri 02:30", "fri 14:30")),
        ("fri midnight", ("fri 00:00", "fri 23:59")),
        ("Wed 1 Dec 2026 2pm", ("2026-12-01 2pm", "2026-12-02 2pm")),
        ("2026-03-29 02:30", ("2026-03-29 01:30 Europe/Berlin", "2026-03-29 03:30 Europe/Berlin")),
        ("2026-10-25 02:30", ("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00")),
        (
            "2026-12-01T14:00-06:00[America/New_York]",
            ("2026-12-01 14:00 America/New_York", "2026-12-01T14:00-06:00"),
        ),
    ],
)
def test_unclear_times_are_refused_with_ways_to_write_them(text: str, candidates: tuple[str, ...]) -> None:
    fault = refused(text)
    assert fault.candidates == candidates
    assert all(f"`{candidate}`" in fault.hint for candidate in candidates)
    for candidate in candidates:
        assert isinstance(parse_when(candidate, now=SUNDAY, zone="Europe/Berlin"), When), candidate


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-13-01", "there is no month 13"),
        ("2026-02-30", "there is no day 30 in February 2026"),
        ("30 feb", "there is no day 30 in February"),
        ("31/31/2026", "there is no such day as `31/31/2026`"),
        ("1/2/27", "the year of `1/2/27` is cut short"),
        ("1/2", "`1/2` could be a day and a month in either order"),
        ("tomorrow 25:00", "`25:00` is not a time of day: it goes from 00:00 to 23:59"),
        ("tomorrow 13pm", "`13pm` is not a time of day: am and pm go from 1 to 12"),
        ("tomorrow 14:00 Europe/Nowhere", "`tomorrow 14:00 Europe/Nowhere` cannot be read as a time"),
        ("2026-12-01T14:00[Mars/Olympus]", "`Mars/Olympus` is not a zone"),
        ("tomorrow 14:00 +19:00", "no place on earth is `+19:00` away from UTC"),
        ("2526-12-01 10:00", "the year 2526 is too far away"),
        ("eod", "`eod` cannot be read as a time"),
        ("next week", "`next week` cannot be read as a time"),
        ("morgen 14 Uhr", "`morgen 14 Uhr` cannot be read as a time"),
        ("next tuesday 2ish", "`next tuesday 2ish` cannot be read as a time"),
        ("", "no time was given"),
        ("x" * 500, "this is too long for a time"),
    ],
)
def test_impossible_times_say_why(text: str, message: str) -> None:
    fault = refused(text)
    assert fault.message == message
    assert fault.hint


def test_next_means_the_next_week_from_any_weekday() -> None:
    monday = datetime(2026, 2, 9, 9, tzinfo=UTC)
    assert understood("next fri", "UTC", monday).note_text == "2026-02-20"
    assert understood("fri", "UTC", monday).note_text == "2026-02-13"
    assert understood("next mon", "UTC", monday).note_text == "2026-02-16"


def test_hours_ahead_are_elapsed_time_across_a_clock_change() -> None:
    evening = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)
    assert understood("in 4 hours", now=evening).note_text == "2026-03-29T04:30:00"


def test_today_is_the_day_in_the_zone_that_is_meant() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert understood("tomorrow", "Asia/Tokyo", late).note_text == "2026-11-24"
    assert understood("tomorrow", "America/New_York", late).note_text == "2026-11-23"


def test_the_echo_names_weekday_and_zone() -> None:
    assert understood("fri 10:30").words == "Fri 27 Nov 2026, 10:30 Europe/Berlin"
    assert understood("in 3 days").words == "Wed 25 Nov 2026, all day"


def test_the_second_of_two_equal_wall_times_keeps_its_offset() -> None:
    found = understood("2026-10-25T02:30+01:00")
    assert found.at.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_unknown_zone_of_the_vault_is_a_fault_not_a_crash() -> None:
    assert "not a zone" in refused("fri 10:30", zone="Mars/Olympus").message


wall = datetime.fromisoformat


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-10T14:00:00", Stamp(wall("2026-02-10 14:00:00"))),
        ("2026-02-10 14:00", Stamp(wall("2026-02-10 14:00:00"))),
        ("2026-02-10t14:00:30.250", Stamp(wall("2026-02-10 14:00:30"))),
        ("2026-02-10", Stamp(wall("2026-02-10 00:00:00"), is_date=True)),
        ("2026-02-10T14:00Z", Stamp(wall("2026-02-10 14:00:00"), timedelta())),
        ("2026-02-10T14:00:00+05:30", Stamp(wall("2026-02-10 14:00:00"), timedelta(hours=5, minutes=30))),
        ("2026-02-10T14:00:00-0500", Stamp(wall("2026-02-10 14:00:00"), timedelta(hours=-5))),
        ("2026-02-10 14:00 -05", Stamp(wall("2026-02-10 14:00:00"), timedelta(hours=-5))),
        (" 2026-02-10 ", Stamp(wall("2026-02-10 00:00:00"), is_date=True)),
    ],
)
def test_stamps_in_notes(text: str, expected: Stamp) -> None:
    assert parse_stamp(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "tomorrow", "10:00", "2026-2-10", "2026-02-30", "2026-13-01", "2026-02-10T24:00", "20260210"),
        *("2026-02-10T14", "2026-02-10T14:60", "2026-02-10T14:00+99:00", "2026-02-10Z", "0026-02-10"),
        *("２０２６-02-10", "2026-02-10T14:00:00[Europe/Berlin]", "2026-02-10T14:00+01:75"),
    ],
)
def test_what_is_no_stamp(text: str) -> None:
    assert parse_stamp(text) is None
