"""Reading invites: every sender's shape gives the exact instant, its zone, place and people, as text."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from prepvault.model.invite import InviteVersion
from prepvault.parse import invites
from prepvault.parse.invites import LARGEST
from tests.invite_maker import SAMPLES, calendar, event, read_file, read_one, sample

EASTERN_RULES = (
    "BEGIN:VTIMEZONE",
    "TZID:{name}",
    "BEGIN:STANDARD",
    "DTSTART:16011104T020000",
    "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
    "TZOFFSETFROM:-0400",
    "TZOFFSETTO:-0500",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:16010311T020000",
    "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
    "TZOFFSETFROM:-0500",
    "TZOFFSETTO:-0400",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)


def rules(name: str) -> tuple[str, ...]:
    return ("METHOD:REQUEST", *(line.format(name=name) for line in EASTERN_RULES))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


SHAPES = {
    "google": ("2026-03-10T13:00", "Europe/Berlin", 45, "https://meet.google.com/kes-trel-one"),
    "outlook": ("2026-03-17T13:00", "Europe/Berlin", 90, "Hafenstraße 12, 20457 Hamburg, Raum 4"),
    "exchange": (
        "2026-03-12T13:30",
        "America/New_York",
        90,
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_Zm9v%40thread.v2/0?context=%7b%22Tid%22%3a%22x%22%7d",
    ),
    "apple": (
        "2026-04-04T23:30",
        "Australia/Sydney",
        60,
        "Oakline House 5 Quay Street, Sydney NSW 2000, Australia",
    ),
    "calendly": ("2026-03-19T15:00", "Europe/Berlin", 30, "https://meet.google.com/abc-defg-hij"),
    "lever": ("2026-03-26T18:00", "America/Chicago", 60, "https://harbor.webex.com/meet/team"),
    "ashby": ("2026-03-30T09:00", "Europe/Berlin", 60, "https://tidewater.zoom.us/j/77712345678"),
    "zoom": (
        "2026-03-27T13:00",
        "Asia/Kolkata",
        45,
        "https://us06web.zoom.us/j/88812345678?pwd=Zm9vYmFy.1",
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_senders_shape_gives_its_instant_zone_length_and_place(name: str) -> None:
    instant, zone, minutes, place = SHAPES[name]
    invite = read_one(sample(name))
    assert invite.starts.at == at(instant)
    assert (invite.starts.zone, invite.minutes, invite.place) == (zone, minutes, place)
    assert invite.uid
    assert not invite.is_cancelled


@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*.ics")))
def test_an_independent_reader_finds_the_same_instants(name: str) -> None:
    ours = [each.starts.at for each in read_file(sample(name)).invites]
    assert ours == [each.start for each in Calendar.from_ical(sample(name)).events]


def test_two_events_of_a_file_are_two_invites_and_a_mark_in_the_title_cancels() -> None:
    first, second = read_file(sample("office365")).invites
    assert (first.is_cancelled, first.summary) == (
        True,
        "Hiring manager interview: Product Manager at Marigold Learning",
    )
    assert (second.is_cancelled, second.starts.at) == (False, at("2026-03-24T18:00"))
    assert [each.origin for each in (first, second)] == ["invite.ics, event 1", "invite.ics, event 2"]
    assert len(read_file(sample("greenhouse") + sample("google")).invites) == 3


def test_people_are_read_without_rooms_and_with_their_names_the_right_way_round() -> None:
    invite = read_one(sample("exchange"))
    assert [each.name for each in invite.attendees] == ["Sam Field", "Theo Lind"]
    outlook = read_one(sample("outlook"))
    assert outlook.organizer is not None
    assert (outlook.organizer.name, outlook.organizer.email) == ("Ute Kranz", "ute.kranz@lumen-rail.example")
    assert [each.name for each in read_one(sample("google")).attendees] == ["Dana Roe", "Sam Field"]


def test_html_is_dropped_and_what_it_says_stays() -> None:
    google = read_one(sample("google"))
    assert google.description.startswith(
        "Hi Sam,\n\nlooking forward to our talk about the Staff Engineer role."
    )
    assert "https://kestrel.example/jobs/12" in google.description
    assert "<" not in google.description
    assert "alert" not in read_one(sample("outlook")).description


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("Europe/Paris", "Europe/Paris"),
        ('"Eastern Standard Time"', "America/New_York"),
        ("Eastern Standard Time", "America/New_York"),
        ("Tokyo Standard Time", "Asia/Tokyo"),
        ("/mozilla.org/20070129_1/America/New_York", "America/New_York"),
        ("/freeassociation.sourceforge.net/Tzfile/America/Indiana/Knox", "America/Indiana/Knox"),
        ("US/Eastern", "US/Eastern"),
        ("america/new_york", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("UTC", "UTC"),
        ("tzone://Microsoft/Utc", "UTC"),
        ('"tzone://Microsoft/Utc"', "UTC"),
    ],
)
def test_a_zone_that_is_certain_is_understood(tzid: str, zone: str) -> None:
    lines = [*event(DTSTART="", DTEND=""), f"DTSTART;TZID={tzid}:20260310T140000", "DURATION:PT30M"]
    invite = read_one(calendar(lines))
    assert invite.starts.zone == zone
    assert invite.starts.note_text == "2026-03-10T14:00:00"


@pytest.mark.parametrize(
    "tzid",
    [
        "Customized Time Zone",
        "Eastern Standard Time 1",
        '"(UTC-05:00) Eastern Time (US & Canada)"',
        "(UTC-05:00) Eastern Time (US & Canada)",
        "GMT-0500",
        "EST",
        "tzone://Microsoft/Custom",
        "Mars/Olympus",
        "🕒",
    ],
)
def test_a_zone_that_is_not_certain_is_asked_for_and_taken_when_named(tzid: str) -> None:
    data = calendar([*event(DTSTART="", DTEND=""), f"DTSTART;TZID={tzid}:20260310T140000"])
    invite = read_one(data)
    assert (invite.starts.at, invite.starts.zone) == (None, "")
    assert invite.starts.written
    named = read_one(data, asked="America/New_York")
    assert named.starts.at == at("2026-03-10T18:00")
    assert any("as you said" in remark for remark in named.remarks)


def test_a_time_without_a_zone_is_asked_for_unless_its_calendar_names_one() -> None:
    floating = event(DTSTART="20260310T140000", DTEND="20260310T150000")
    assert read_one(calendar(floating)).starts.at is None
    assert read_one(calendar(floating), asked="Europe/Paris").starts.zone == "Europe/Paris"
    head = ("METHOD:PUBLISH", "X-WR-TIMEZONE:America/Denver")
    invite = read_one(calendar(floating, head=head))
    assert (invite.starts.at, invite.starts.zone) == (at("2026-03-10T20:00"), "America/Denver")
    assert invite.minutes == 60
    exact = read_one(calendar(event(), head=head))
    assert (exact.starts.at, exact.starts.zone) == (at("2026-03-10T13:00"), "America/Denver")


@pytest.mark.parametrize(
    "name", ["Customized Time Zone", "Eastern Standard Time 1", "tzone://Microsoft/Custom"]
)
def test_a_zone_of_the_files_own_is_found_by_its_clock(name: str) -> None:
    lines = [*event(DTSTART="", DTEND=""), f"DTSTART;TZID={name}:20260312T093000"]
    head = (*rules(name), "X-WR-TIMEZONE:America/Toronto")
    invite = read_one(calendar(lines, head=head))
    assert invite.starts.at == at("2026-03-12T13:30")
    assert invite.starts.zone in {"America/New_York", "America/Toronto"}
    assert any(name in remark for remark in invite.remarks)


def test_a_zone_that_has_the_files_clock_only_for_half_the_year_is_not_taken() -> None:
    lines = [*event(DTSTART="", DTEND=""), "DTSTART;TZID=Office:20260115T093000"]
    assert (
        read_one(calendar(lines, head=(*rules("Office"), "X-WR-TIMEZONE:America/Bogota"))).starts.zone == ""
    )
    # Half a year from here is summer time on both sides.
    lines = [*event(DTSTART="", DTEND=""), "DTSTART;TZID=Office:20260312T093000"]
    assert (
        read_one(calendar(lines, head=(*rules("Office"), "X-WR-TIMEZONE:America/Caracas"))).starts.zone == ""
    )


def test_a_clock_that_only_one_usual_zone_has_names_it() -> None:
    head = (
        "BEGIN:VTIMEZONE",
        "TZID:Office",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0545",
    )
    lines = [*event(DTSTART="", DTEND=""), "DTSTART;TZID=Office:20260312T093000"]
    invite = read_one(calendar(lines, head=(*head, "TZOFFSETTO:+0545", "END:STANDARD", "END:VTIMEZONE")))
    assert invite.starts.zone in {"Asia/Katmandu", "Asia/Kathmandu"}
    assert "only" in invite.remarks[0]


def test_rules_count_from_their_first_day() -> None:
    later = [line.replace("16010311", "20300310") for line in rules("Office")]
    lines = [*event(DTSTART="", DTEND=""), "DTSTART;TZID=Office:20260701T093000"]
    invite = read_one(calendar(lines, head=(*later, "X-WR-TIMEZONE:America/Bogota")))
    assert (invite.starts.zone, invite.starts.at) == ("America/Bogota", at("2026-07-01T14:30"))


def test_what_stands_beside_the_link_stays_with_it() -> None:
    place = "Zoom: https://acme.zoom.us/j/1 Passcode 123"
    assert read_one(calendar(event(LOCATION=place))).place == place


def test_a_clock_that_several_zones_have_is_asked_about_with_those_zones() -> None:
    lines = [*event(DTSTART="", DTEND=""), "DTSTART;TZID=Office:20260312T093000"]
    invite = read_one(calendar(lines, head=rules("Office")))
    assert invite.starts.zone == ""
    assert "America/New_York" in invite.starts.candidates
    winter = [line.replace("-0400", "-0330").replace("-0500", "-0430") for line in rules("Office")]
    assert read_one(calendar(lines, head=winter)).starts.candidates == ()


def test_rules_of_the_file_that_differ_from_the_zone_they_name_are_told() -> None:
    head = [line.replace("-0400", "-0300") for line in rules("Eastern Standard Time")]
    lines = [*event(DTSTART="", DTEND=""), "DTSTART;TZID=Eastern Standard Time:20260312T093000"]
    invite = read_one(calendar(lines, head=head))
    assert invite.starts.zone == "America/New_York"
    assert "by them it would be 08:30 there" in " ".join(invite.remarks)


def test_an_hour_that_clocks_skip_or_show_twice_is_told() -> None:
    skipped = [*event(DTSTART="", DTEND=""), "DTSTART;TZID=Europe/Berlin:20260329T023000"]
    invite = read_one(calendar(skipped))
    assert (invite.starts.at, invite.starts.note_text) == (at("2026-03-29T01:30"), "2026-03-29T03:30:00")
    assert "does not exist" in " ".join(invite.remarks)
    twice = [*event(DTSTART="", DTEND=""), "DTSTART;TZID=Europe/Berlin:20261025T023000"]
    invite = read_one(calendar(twice))
    assert invite.starts.note_text == "2026-10-25T02:30:00+02:00"
    assert "happens twice" in " ".join(invite.remarks)
    second = read_one(calendar(event(DTSTART="20261025T013000Z", DTEND="")))
    assert second.starts.note_text == "2026-10-25T02:30:00+01:00"


def test_days_lengths_and_ends_in_other_zones() -> None:
    day = [*event(DTSTART="", DTEND=""), "DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260312"]
    invite = read_one(calendar(day))
    assert (invite.starts.note_text, invite.starts.is_date, invite.minutes) == ("2026-03-10", True, None)
    assert "it lasts 2 days" in " ".join(invite.remarks)
    flight = [
        *event(DTSTART="", DTEND=""),
        "DTSTART;TZID=Europe/Berlin:20260310T140000",
        "DTEND;TZID=America/New_York:20260310T100000",
    ]
    assert read_one(calendar(flight)).minutes == 60
    for end, minutes in (("20260310T130000Z", None), ("20260401T130000Z", None), ("nonsense", None)):
        assert read_one(calendar(event(DTEND=end))).minutes is minutes
    assert read_one(calendar(event(DTEND="", DURATION="P1DT0H"))).minutes == 1440
    assert read_one(calendar(event(DTEND="", DURATION="PT1H30M"))).minutes == 90


@pytest.mark.parametrize(
    "start",
    ["", "2026-03-10T14:00", "20260310T14", "20260310T1400001", "20261310T140000Z", "20260310T250000", "x"],
)
def test_a_start_of_another_shape_is_refused_and_never_clipped(start: str) -> None:
    file = read_file(calendar(event(DTSTART=start)))
    assert not file.invites
    assert "start" in file.rejected[0].why


@pytest.mark.parametrize("method", ["REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER", "ADD"])
def test_messages_that_are_no_invites_are_passed_by_with_the_reason(method: str) -> None:
    file = read_file(calendar(event(), head=(f"METHOD:{method}",)))
    assert not file.invites
    assert len(file.rejected[0].why) > 20


@pytest.mark.parametrize(
    ("head", "values", "is_cancelled"),
    [
        (("METHOD:CANCEL",), {}, True),
        (("METHOD:PUBLISH",), {}, False),
        ((), {}, False),
        ((), {"STATUS": "cancelled"}, True),
        ((), {"SUMMARY": "Cancelled: Interview"}, True),
        ((), {"SUMMARY": "Abgesagt: Interview"}, True),
        ((), {"SUMMARY": "Cancelled flights: a case study"}, False),
    ],
)
def test_what_counts_as_cancelled(head: tuple[str, ...], values: dict[str, str], is_cancelled: bool) -> None:
    assert read_one(calendar(event(**values), head=head)).is_cancelled is is_cancelled


def test_a_garbled_sequence_and_a_missing_uid_are_told_and_kill_nothing() -> None:
    invite = read_one(calendar(event(SEQUENCE="two", UID="")))
    assert (invite.sequence, invite.identity) == (0, "")
    assert len(invite.remarks) == 3
    assert read_one(calendar(event(SEQUENCE="7"))).sequence == 7


def test_a_series_gives_ten_dates_at_most_without_those_left_out_or_moved() -> None:
    weekly = [
        *event(DTSTART="", DTEND=""),
        "DTSTART;TZID=Europe/Berlin:20260324T140000",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=TU",
        "EXDATE;TZID=Europe/Berlin:20260331T140000",
    ]
    moved = [
        *event(DTSTART="20260408T120000Z", DTEND="", SEQUENCE="1"),
        "RECURRENCE-ID;TZID=Europe/Berlin:20260407T140000",
    ]
    first, last = read_file(calendar(weekly, moved)).invites
    assert (first.starts.at, first.repeats, first.recurrence) == (
        at("2026-03-24T13:00"),
        True,
        "20260324T130000Z",
    )
    assert (last.starts.at, last.repeats, last.recurrence) == (
        at("2026-04-08T12:00"),
        False,
        "20260407T120000Z",
    )
    endless = read_file(calendar(event(RRULE="FREQ=DAILY"))).invites
    assert len(endless) == 10
    assert "first 10" in " ".join(endless[0].remarks)
    # The wall time stays when the clock changes.
    local = [*event(DTSTART="", DTEND=""), "DTSTART;TZID=Europe/Berlin:20260324T140000"]
    spring = read_file(calendar([*local, "RRULE:FREQ=WEEKLY;UNTIL=20260331T120000Z"])).invites
    assert [each.starts.at for each in spring] == [at("2026-03-24T13:00"), at("2026-03-31T12:00")]
    strange = read_one(calendar(event(RRULE="FREQ=MONTHLY;BYDAY=2TU")))
    assert "not followed" in " ".join(strange.remarks)
    once = read_one(calendar(event(RRULE="FREQ=DAILY;COUNT=1")))
    assert not once.repeats


def test_bytes_that_are_not_utf8_and_a_byte_order_mark() -> None:
    text = calendar(event(SUMMARY="Gespräch: Entwickler bei Grün")).decode()
    assert read_one(b"\xef\xbb\xbf" + text.encode()).summary == "Gespräch: Entwickler bei Grün"
    latin = read_file(text.encode("cp1252"))
    assert latin.invites[0].summary == "Gespräch: Entwickler bei Grün"
    assert "Windows-1252" in latin.remarks[0]


def test_a_bare_event_and_files_that_are_none() -> None:
    bare = "\n".join(["BEGIN:VEVENT", *event(), "END:VEVENT"]).encode()
    assert read_one(bare).starts.at == at("2026-03-10T13:00")
    for data in (b"", b"<html><body>Sign in</body></html>", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"):
        assert read_file(data).rejected[0].why == "there is no event in it"
    assert "10,000,001 bytes" in read_file(b"x" * (LARGEST + 1)).rejected[0].why


def test_of_very_many_events_the_first_are_read_and_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invites, "MOST_EVENTS", 3)
    file = read_file(calendar(*[event(SUMMARY="x", DTEND="")] * 4))
    assert (len(file.invites), file.remarks) == (3, ("it holds 4 events; the first 3 are read",))


def test_the_version_property_reads_back() -> None:
    version = InviteVersion(3, at("2026-02-10T08:00"), ("aaaaaa", "bbbbbb", "cccccc", "dddddd"))
    assert InviteVersion.of(version.text) == version
    assert InviteVersion.of(InviteVersion(0, None, version.said).text) == InviteVersion(0, None, version.said)
    for text in ("", "1", "1 2026-02-30T10:00:00Z aaaaaa.bbbbbb.cccccc.dddddd", "x - a.b.c.d"):
        assert InviteVersion.of(text) is None
