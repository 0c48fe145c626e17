"""Invites hold for any input: bytes never raise, a valid invite gives its exact instant, size is bounded."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from prepvault.model.invite_marks import mark_of_people
from prepvault.model.zones import is_fold, is_gap, zone_of
from prepvault.parse.ics_lines import Part
from prepvault.parse.invite_offsets import offset_at
from prepvault.parse.invites import LARGEST, MOST_EVENTS
from prepvault.parse.people import parse_people
from prepvault.render.invite_note import render_invite
from prepvault.render.vtimezone import render_vtimezone
from tests.invite_maker import calendar, event, read_file, read_one

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Sydney",
    "America/Bogota",
    "Asia/Tokyo",
)
SECONDS = st.integers(0, 7 * 365 * 86_400)
LOCAL = SECONDS.map(
    lambda second: (datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=second)).replace(tzinfo=None)
)
NAMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "SUMMARY", "DESCRIPTION", "LOCATION", "ATTENDEE")
WORDS = st.sampled_from(
    [
        *(f"{name}:" for name in NAMES),
        "DTSTART;TZID=",
        "BEGIN:VEVENT\r\n",
        "END:VEVENT\r\n",
        "BEGIN:VCALENDAR\r\n",
        "BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\n",
        "RRULE:FREQ=YEARLY;BYMONTH=13;BYDAY=5SU\r\n",
        "DTSTART:20260310T140000Z\r\n",
        "DTSTART;TZID=X:20260310T140000\r\n",
        "TZOFFSETTO:+9900\r\n",
        "RRULE:FREQ=WEEKLY;INTERVAL=0;COUNT=99999\r\n",
        "\r\n",
        " ",
        "\t",
        "P1D",
        '"',
        ";",
        ":",
        "\\n",
    ]
)


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_raising(data: bytes) -> None:
    file = read_file(b"BEGIN:VEVENT\r\nDTSTART:20260310T140000Z\r\n" + data)
    assert file.invites or file.rejected


@settings(max_examples=200)
@given(st.lists(WORDS | st.text(max_size=12), max_size=40))
def test_any_order_of_what_calendars_are_made_of_is_read_without_raising(parts: list[str]) -> None:
    file = read_file("".join(parts).encode("utf-8", "replace"), asked="Europe/Paris")
    for invite in file.invites:
        assert invite.starts.at is not None
        assert render_invite(invite).count("<%") == 0
    assert file.invites or file.rejected


@settings(max_examples=150)
@given(LOCAL, st.sampled_from(ZONES), st.integers(1, 1440), st.sampled_from(["name", "utc", "own rules"]))
def test_a_valid_invite_gives_its_exact_instant(local: datetime, zone: str, minutes: int, how: str) -> None:
    at = local.replace(tzinfo=zone_of(zone)).astimezone(UTC)
    head, lines = ["METHOD:REQUEST"], [*event(DTSTART="", DTEND=""), f"DURATION:PT{minutes}M"]
    if how == "utc":
        lines.append(f"DTSTART:{at:%Y%m%dT%H%M%SZ}")
    elif how == "name":
        lines.append(f"DTSTART;TZID={zone}:{local:%Y%m%dT%H%M%S}")
    else:
        head += [f"X-WR-TIMEZONE:{zone}", *own_rules(zone)]
        lines.append(f"DTSTART;TZID=Office:{local:%Y%m%dT%H%M%S}")
    invite = read_one(calendar(lines, head=head))
    assert invite.starts.at is not None
    assert invite.starts.at.astimezone(UTC) == at
    assert invite.minutes == minutes
    doubtful = how != "utc" and (is_gap(local, zone) or is_fold(local, zone))
    assert doubtful == any("clocks go" in each or "twice" in each for each in invite.remarks)


def own_rules(zone: str) -> list[str]:
    """The zone's rules as our own feed writes them, under a name that says nothing."""
    rules = render_vtimezone(zone)
    assert rules is not None
    text = rules.to_ical().decode()
    return [line for line in text.replace(f"TZID:{zone}", "TZID:Office").split("\r\n") if line]


@settings(max_examples=200)
@given(st.lists(st.text(max_size=30) | st.sampled_from(["Ann and Bo", "Roe, Dana", "A; B & C"]), max_size=4))
def test_people_of_an_invite_are_as_many_in_the_note_with_the_same_mark(names: list[str]) -> None:
    lines = [f'ATTENDEE;CN="{_quoted(name)}":mailto:p{at}@acme.example' for at, name in enumerate(names)]
    parties = read_one(calendar([*event(), *lines])).attendees
    # A note holds two people of one name as one.
    assume(len({each.name.casefold() for each in parties}) == len(parties))
    people = parse_people([each.text for each in parties])
    assert len(people) == len(parties) == len(names)
    marks = [mark_of_people((each.email, each.name) for each in group) for group in (parties, people)]
    assert marks[0] == marks[1]


def _quoted(name: str) -> str:
    """What may stand between quotes of a parameter."""
    return "".join(char for char in name if char not in '"\r\n')


@pytest.mark.parametrize(
    "data",
    [
        calendar(*[event(SUMMARY="x", DTEND="", DTSTAMP="")] * 10_000),
        b"BEGIN:VCALENDAR\r\n" * 50_000,
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 50_000,
        calendar([*event(), "DESCRIPTION:" + "a" * 900_000]),
        calendar([*event(), "DESCRIPTION:" + "<script>" * 100_000]),
        calendar([*event(), "DESCRIPTION:" + "<a href=" * 100_000]),
        calendar([*event(), "SUMMARY:" + "Interview with A" * 50_000]),
        calendar([*event(), *["ATTENDEE;CN=A:mailto:a@b.example"] * 20_000]),
        calendar([*event(), "X" + ";A=b,c" * 120_000]),
        calendar([*event(RRULE="FREQ=DAILY"), *["EXDATE:20260310T130000Z"] * 30_000]),
        calendar(
            event(), head=["BEGIN:VTIMEZONE", *["BEGIN:STANDARD", "END:STANDARD"] * 20_000, "END:VTIMEZONE"]
        ),
        b"BEGIN:VEVENT\r\nDTSTART:20260310T130000Z\r\nSUMMARY:a" + b"\r\n b" * 200_000,
    ],
    ids=range(12),
)
def test_a_file_made_to_hurt_is_read_in_bounds(data: bytes) -> None:
    begun = time.process_time()
    file = read_file(data[:LARGEST])
    assert len(file.invites) <= 10 * MOST_EVENTS
    assert all(len(render_invite(each)) < 12_000 for each in file.invites)
    assert time.process_time() - begun < 3


def test_rules_that_cannot_be_followed_give_no_offset() -> None:
    assert offset_at(Part("VTIMEZONE", 0), datetime.fromisoformat("2026-03-10T14:00")) is None
    data = calendar(
        event(), head=["BEGIN:VTIMEZONE", "TZID:X", "BEGIN:STANDARD", "END:STANDARD", "END:VTIMEZONE"]
    )
    assert read_one(data).starts.at == datetime(2026, 3, 10, 13, tzinfo=UTC)
    assert timedelta(minutes=read_one(data).minutes or 0) == timedelta(hours=1)
