"""Free times: what is offered, in whose clock, and what is held in the calendar until it is settled."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from prepvault.model.free_time import Hours, Span, find_hours, find_weekdays
from prepvault.parse.busy import parse_busy
from tests.conftest import Maker, Ran

Run = Callable[..., Ran]

TOML = '=== prepvault.toml\n[vault]\ntimezone = "Europe/Berlin"\n'
NOTES = (
    TOML
    + """
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: on_site
scheduled_at: 2026-02-12T12:00:00
timezone: Europe/Berlin
duration_minutes: 60
created_at: 2026-02-01T10:00:00
---
=== Interviews/globex.md
---
id: int_globex_1
company: Globex
role: Engineer
interview_type: technical
scheduled_at: 2026-02-05T10:00:00
timezone: America/New_York
status: completed
---
"""
)


@pytest.fixture
def vault(make_vault: Maker) -> Path:
    return make_vault(NOTES)


def held(text: str) -> dict[str, list[tuple[str, str]]]:
    """The status and start of each held time of a calendar, by its title."""
    found: dict[str, list[tuple[str, str]]] = {}
    for event in Calendar.from_ical(text).walk("VEVENT"):
        if str(event["SUMMARY"]).startswith("Hold: "):
            start = event.decoded("DTSTART").astimezone(UTC)
            found.setdefault(str(event["SUMMARY"]), []).append((str(event["STATUS"]), f"{start:%d %H:%M}"))
    return found


def test_free_times_stand_in_their_clock_with_mine_beside(vault: Path, run: Run) -> None:
    out = run("slots", "--zone", "America/New_York", "--days", "4", vault=vault).out
    assert out.splitlines() == [
        "Tuesday 10 February, 08:00–11:00 ET (14:00–17:00 my time)",
        "Wednesday 11 February, 08:00–11:00 ET (14:00–17:00 my time)",
        "Thursday 12 February, 08:15–11:00 ET (14:15–17:00 my time)",
        "Friday 13 February, 08:00–11:00 ET (14:00–17:00 my time)",
    ]


def test_my_own_zone_is_said_once(vault: Path, run: Run) -> None:
    out = run("slots", "--days", "3", "--hours", "9-18", vault=vault).out
    assert out.splitlines() == [
        "Tuesday 10 February, 10:00–18:00 Berlin time",
        "Wednesday 11 February, 09:00–18:00 Berlin time",
        "Thursday 12 February, 09:00–10:45 and 14:15–18:00 Berlin time",
    ]


def test_another_day_on_my_clock_is_named(vault: Path, run: Run) -> None:
    arguments = ("--zone", "Asia/Tokyo", "--hours", "0-24", "--their-hours", "0-9", "--days", "2")
    out = run("slots", *arguments, vault=vault).out
    assert out.splitlines()[0] == "Wednesday 11 February, 00:00–09:00 Tokyo time (Tue 16:00–01:00 my time)"


def test_times_are_spread_over_days_and_counted(vault: Path, run: Run) -> None:
    told = json.loads(run("slots", "--days", "10", "--count", "3", "--json", vault=vault).out)
    assert [each["day"] for each in told["days"]] == ["2026-02-10", "2026-02-11", "2026-02-12"]
    assert told["held"] is None
    assert told["days"][0]["times"] == [
        {"starts_at": "2026-02-10T09:00:00Z", "ends_at": "2026-02-10T16:00:00Z"}
    ]


def test_a_company_is_offered_times_in_the_zone_it_was_met_in(vault: Path, run: Run) -> None:
    out = run("slots", "--hold", "globex", "--days", "1", vault=vault).out
    assert out == "Tuesday 10 February, 08:00–11:00 ET (14:00–17:00 my time)\n"


def test_what_is_offered_is_held_until_it_is_let_go(vault: Path, run: Run) -> None:
    ran = run("slots", "--hold", "globex", "--days", "2", vault=vault)
    assert "held for Globex until 2026-02-16, in Holds/Globex.md" in ran.err
    feed = run("feed", vault=vault).out
    assert held(feed)["Hold: Globex"] == [("TENTATIVE", "10 13:00"), ("TENTATIVE", "11 13:00")]
    assert run("feed", vault=vault).out == feed
    free = json.loads(run("slots", "--days", "1", "--json", vault=vault).out)["days"][0]["text"]
    assert free == "Tuesday 10 February, 10:00–13:45 Berlin time"
    again = run("slots", "--hold", "globex", "--days", "1", vault=vault)
    assert again.out == "Tuesday 10 February, 08:00–11:00 ET (14:00–17:00 my time)\n"
    assert held(run("feed", vault=vault).out)["Hold: Globex"] == [("TENTATIVE", "10 13:00")]
    none = run("slots", "--hold", "Initech", "--days", "1", "--hours", "14-17", vault=vault)
    assert (none.code, none.out) == (0, "")
    assert "held for others: Globex; `--release COMPANY`" in none.err
    assert run("slots", "--release", "globex", vault=vault).code == 0
    assert "Hold: Globex" not in held(run("feed", vault=vault).out)
    assert run("check", vault=vault).code == 0


@pytest.mark.parametrize(
    ("typed", "company"),
    [
        ("globex", "Globex"),
        ("int_globex_1", "Globex"),
        ("Interviews/globex.md", "Globex"),
        ("Glob", "Glob"),  # another company, whose name only begins like it
        ("Engineer", "Engineer"),
        ("  New   Co ", "New Co"),
    ],
)
def test_whom_a_hold_is_for(typed: str, company: str, vault: Path, run: Run) -> None:
    told = json.loads(run("slots", "--hold", typed, "--days", "2", "--json", vault=vault).out)
    assert told["held"]["company"] == company


def test_a_word_that_several_companies_share_is_asked_about(make_vault: Maker, run: Run) -> None:
    two = NOTES.replace("company: Globex", "company: Acme Two").replace(
        "company: Acme\n", "company: Acme One\n"
    )
    ran = run("slots", "--hold", "acme", vault=make_vault(two))
    assert (ran.code, ran.out) == (2, "")
    assert "`Acme One`" in ran.err


def test_a_hold_can_be_undone_and_is_private_when_it_says_so(vault: Path, run: Run) -> None:
    run("slots", "--hold", "New & Co.", "--days", "2", vault=vault)
    note = vault / "Holds" / "New & Co.md"
    text = note.read_text(encoding="utf-8")
    assert "company: New & Co.\n" in text
    note.write_text(text.replace("company", "publish: false\ncompany", 1), encoding="utf-8")
    assert "New & Co." not in run("feed", vault=vault).out
    note.write_text(text, encoding="utf-8")
    assert run("undo", vault=vault).code == 0
    assert not note.exists()


@pytest.mark.parametrize(
    ("now", "booked", "is_held"),
    [
        ("2026-02-16T22:00:00Z", "", True),
        ("2026-02-16T23:30:00Z", "", False),  # the last day is over in Berlin
        ("2026-02-10T12:00:00Z", "created_at: 2026-02-09T12:00:00\n", False),
        ("2026-02-10T12:00:00Z", "created_at: 2026-02-08T12:00:00\n", True),
        ("2026-02-10T12:00:00Z", "status: cancelled\ncreated_at: 2026-02-09T12:00:00\n", True),
    ],
)
def test_a_hold_ends_by_itself(now: str, booked: str, is_held: bool, vault: Path, run: Run) -> None:
    run("slots", "--hold", "Globex", "--days", "7", "--count", "5", vault=vault)
    if booked:
        (vault / "Interviews/new.md").write_text(
            "---\nid: int_g_2\ncompany: globex\nrole: E\ninterview_type: panel\n"
            f"scheduled_at: 2026-03-12T10:00:00\n{booked}---\n",
            encoding="utf-8",
        )
    found = held(run("feed", vault=vault, now=datetime.fromisoformat(now)).out)
    assert ("Hold: Globex" in found) is is_held


def test_an_interview_in_an_offered_time_settles_it(vault: Path, run: Run) -> None:
    run("slots", "--hold", "Globex", "--days", "3", vault=vault)
    arguments = ("--company", "Globex", "--role", "E", "--type", "panel", "--at", "2026-02-11T09:00:00")
    assert run("schedule", *arguments, "--timezone", "America/New_York", vault=vault).code == 0
    assert "Hold: Globex" not in held(run("feed", vault=vault).out)


def test_a_build_holds_and_lets_go(vault: Path, run: Run) -> None:
    arguments = ("build", "-o", str(vault / "site"))
    feed = vault / "site" / "interviews.ics"
    run(*arguments, vault=vault)
    assert "Hold: Globex" not in feed.read_text(encoding="utf-8")
    run("slots", "--hold", "Globex", vault=vault)
    run(*arguments, vault=vault)
    assert "Hold: Globex" in feed.read_text(encoding="utf-8")
    run(*arguments, vault=vault, now=datetime(2026, 2, 17, 9, tzinfo=UTC))
    assert "Hold: Globex" not in feed.read_text(encoding="utf-8")
    run(*arguments, "--incognito", vault=vault)
    assert "Hold" not in feed.read_text(encoding="utf-8")


def test_a_hold_that_cannot_be_read_is_told(make_vault: Maker, run: Run) -> None:
    times = "held:\n  - someday\n  - 2026-02-11 10:00-11:00\nheld_until: soon\n"
    root = make_vault(f"{NOTES}=== Holds/Acme.md\n---\n{times}---\n")
    assert run("check", vault=root).out.count("slots/hold") == 2
    assert held(run("feed", vault=root).out)["Hold: Acme"] == [("TENTATIVE", "11 09:00")]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--zone", "Nowhere"),
        ("--zone", "EST"),  # has no summer time, unlike New York
        ("--hours", "17-9"),
        ("--length", "long"),
        ("--weekdays", "someday"),
        ("--busy", "missing.ics"),
        ("--hold", " "),
        ("--hold", "a", "--release", "b"),
        ("--release", "nobody"),
        ("--days", "0"),
    ],
)
def test_what_cannot_be_meant_is_said(arguments: tuple[str, ...], vault: Path, run: Run) -> None:
    ran = run("slots", *arguments, vault=vault)
    assert (ran.code, ran.out) == (2, "")


def test_a_file_that_is_no_calendar_offers_nothing(vault: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.ics").write_text("no calendar", encoding="utf-8")
    ran = run("slots", "--busy", str(tmp_path / "x.ics"), vault=vault)
    assert (ran.code, ran.out) == (1, "")


def test_a_file_that_is_too_large_is_refused(vault: Path, run: Run, tmp_path: Path) -> None:
    with (tmp_path / "x.ics").open("wb") as stream:
        stream.truncate(17 << 20)
    ran = run("slots", "--busy", str(tmp_path / "x.ics"), vault=vault)
    assert (ran.code, ran.out) == (1, "")
    assert "larger than 16 MiB" in ran.err


def test_no_free_time_is_said(vault: Path, run: Run) -> None:
    ran = run("slots", "--length", "9h", vault=vault)
    assert (ran.code, ran.out) == (0, "")
    assert "no time is free" in ran.err


def test_a_mail_offers_free_times(vault: Path, run: Run) -> None:
    told = json.loads(run("email", "reschedule", "acme", "--slots", "--json", vault=vault).out)
    assert "\n- Tuesday 10 February, 10:00–17:00 Berlin time\n- Wednesday 11" in told["body"]
    assert not [name for name in told["missing"] if name.startswith("slot")]
    assert run("email", "thank_you", "acme", "--slots", vault=vault).code == 2


BUSY = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Test//EN
{}END:VCALENDAR
"""
WITHIN = Span(datetime(2026, 3, 25, tzinfo=UTC), datetime(2026, 4, 5, tzinfo=UTC))


def busy(*components: str) -> list[str]:
    """When one is busy by these lines, in UTC."""
    data = BUSY.format("".join(components)).replace("\n", "\r\n").encode()
    read = parse_busy(data, "x.ics", "Europe/Berlin", WITHIN)
    assert read is not None
    assert not read[1]
    return [f"{each.starts:%d %H:%M}-{each.ends:%d %H:%M}" for each in sorted(read[0])]


def event(lines: str, uid: str = "a") -> str:
    return f"BEGIN:VEVENT\nUID:{uid}\n{lines}\nEND:VEVENT\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("DTSTART:20260326T100000Z\nDTEND:20260326T110000Z", ["26 10:00-26 11:00"]),
        ("DTSTART:20260326T100000\nDURATION:PT90M", ["26 09:00-26 10:30"]),
        ("DTSTART;TZID=W. Europe Standard Time:20260326T100000\nDURATION:PT1H", ["26 09:00-26 10:00"]),
        ("DTSTART;TZID=/example.org/Europe/Berlin:20260326T100000\nDURATION:PT1H", ["26 09:00-26 10:00"]),
        ("DTSTART;VALUE=DATE:20260329", ["28 23:00-29 22:00"]),  # a day of 23 hours
        ("DTSTART;VALUE=DATE:20260326\nDTEND;VALUE=DATE:20260328", ["25 23:00-27 23:00"]),
        ("DTSTART:20260326T100000Z\nDURATION:PT1H\nSTATUS:CANCELLED", []),
        ("DTSTART:20260326T100000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT", []),
        ("DTSTART:20260326T100000Z\nDURATION:PT1H\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
        ("DTSTART:20260101T100000Z\nDURATION:PT1H", []),
        (
            "DTSTART;TZID=Europe/Berlin:20260101T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=TH",
            ["26 09:00-26 10:00", "02 08:00-02 09:00"],  # the same hour by the clock, after clocks changed
        ),
        (
            "DTSTART:20260326T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260327T100000Z",
            ["26 10:00-26 11:00", "28 10:00-28 11:00"],
        ),
    ],
)
def test_a_calendar_says_when_its_owner_is_busy(lines: str, expected: list[str]) -> None:
    assert sorted(busy(event(lines))) == sorted(expected)


def test_one_of_a_series_that_was_moved_or_called_off_is_so() -> None:
    series = event("DTSTART:20260326T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3")
    moved = event("RECURRENCE-ID:20260327T100000Z\nDTSTART:20260327T150000Z\nDURATION:PT1H")
    gone = event("RECURRENCE-ID:20260328T100000Z\nDTSTART:20260328T100000Z\nDURATION:PT1H\nSTATUS:CANCELLED")
    assert busy(series, moved, gone) == ["26 10:00-26 11:00", "27 15:00-27 16:00"]


def test_a_zone_that_calendars_define_differently_is_that_of_each() -> None:
    def own(offset: str) -> str:
        rule = f"BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\n"
        zone = f"BEGIN:VTIMEZONE\nTZID:Customized Time Zone\n{rule}END:STANDARD\nEND:VTIMEZONE\n"
        series = (
            "DTSTART;TZID=Customized Time Zone:20260326T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\n"
            "EXDATE;TZID=Customized Time Zone:20260327T100000"
        )
        return event(series) + zone

    assert busy(own("-0500")) == ["26 15:00-26 16:00"]
    assert busy(own("+0300")) == ["26 07:00-26 08:00"]


def test_free_busy_lists_are_read() -> None:
    listed = (
        "BEGIN:VFREEBUSY\nUID:f\nDTSTAMP:20260101T000000Z\n"
        "FREEBUSY;FBTYPE=BUSY:20260326T100000Z/20260326T110000Z,20260327T100000Z/PT2H\n"
        "FREEBUSY;FBTYPE=FREE:20260328T100000Z/PT2H\nEND:VFREEBUSY\n"
    )
    assert busy(listed) == ["26 10:00-26 11:00", "27 10:00-27 12:00"]


@pytest.mark.parametrize(
    "lines",
    [
        "DTSTART:garbage",
        "SUMMARY:no start",
        "DTSTART;TZID=Nowhere Time:20260326T100000\nDURATION:PT1H",
        "DTSTART:20260101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY",
        "DTSTART:20260101T000000Z\nDURATION:PT1S\nRRULE:FREQ=DAILY;INTERVAL=0",
        "DTSTART:20260101T000000Z\nDURATION:PT1S\nRRULE:FREQ=DAILY;BYMONTH=2,4;BYMONTHDAY=31",
        "DTSTART:20260101T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(60))),
    ],
)
def test_an_entry_that_cannot_be_read_is_told_and_hides_no_other(lines: str) -> None:
    data = BUSY.format(event(lines) + event("DTSTART:20260326T100000Z\nDURATION:PT1H", "b"))
    read = parse_busy(data.replace("\n", "\r\n").encode(), "x.ics", "UTC", WITHIN)
    assert read is not None
    assert len(read[0]) == 1
    assert [finding.code for finding in read[1]] == ["slots/unreadable"]


@pytest.mark.parametrize("data", [b"", b"hello", b"\xff\xfe\x00", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", b"\0"])
def test_what_is_no_calendar_is_none(data: bytes) -> None:
    assert parse_busy(data, "x.ics", "UTC", WITHIN) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9-17", Hours(540, 1020)),
        ("08:30 – 18:00", Hours(510, 1080)),
        ("0-24", Hours(0, 1440)),
        ("17-9", None),
        ("9-25", None),
        ("9:60-11", None),
        ("", None),
    ],
)
def test_hours_are_read(text: str, expected: Hours | None) -> None:
    assert find_hours(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("Mon, wed sat-sun", {0, 2, 5, 6}),
        ("sat-mon", {5, 6, 0}),
        ("monday", {0}),
        ("mon - wed", {0, 1, 2}),
        ("someday", None),
        ("", None),
    ],
)
def test_weekdays_are_read(text: str, expected: set[int] | None) -> None:
    assert find_weekdays(text) == (frozenset(expected) if expected else None)


def test_a_span_has_a_length() -> None:
    assert WITHIN.length == timedelta(days=11)
