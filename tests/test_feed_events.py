"""The events of the calendar feed: what each shows, when it rings, how long it stays."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from prepvault.model.interview import (
    Interview,
    InterviewType,
    Outcome,
    Person,
    Revision,
    Status,
    Venue,
)
from prepvault.parse.feed_lint import lint_feed
from tests.conftest import NOW
from tests.feed_maker import (
    events,
    feed,
    interview,
    local,
    on_site,
    reminder_feed,
    settings,
    unfolded,
    values,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BERLIN = "Europe/Berlin"
ZONES = (
    *("America/New_York", "Europe/Berlin", "Australia/Sydney", "Asia/Kolkata"),
    *("America/Vancouver", "Africa/Casablanca", "UTC"),
)


def test_one_interview_word_by_word() -> None:
    one = interview(
        people=(Person("Dana Roe", "Staff Engineer"), Person("Kim Lee")),
        venue=Venue("https://meet.example.com/a", "video", "Google Meet", "https://meet.example.com/a"),
        revision=Revision(2, datetime(2026, 2, 5, 10, tzinfo=UTC), "00000000"),
        created_at=datetime(2026, 1, 22, 10, 30, tzinfo=UTC),
        modified=datetime(2026, 2, 6, 11, tzinfo=UTC),
    )
    lines = unfolded(feed(one, chosen=settings(vault__timezone="America/New_York")))
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("BEGIN:VALARM") + 6]
    assert event == [
        "BEGIN:VEVENT",
        "UID:int_acme_1@prepvault",
        "DTSTAMP:20260206T110000Z",
        "DTSTART;TZID=Europe/Berlin:20260212T140000",
        "DTEND;TZID=Europe/Berlin:20260212T150000",
        "SUMMARY:Technical: Acme Robotics\\, Backend Engineer",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "SEQUENCE:3",
        "CREATED:20260122T103000Z",
        "LAST-MODIFIED:20260206T110000Z",
        "CATEGORIES:Interview,Technical",
        "DESCRIPTION:Thu 12 Feb 2026\\, 14:00–15:00 Berlin = 13:00 UTC = 08:00 New York\\n"
        "Technical\\, 60 minutes\\nAcme Robotics\\, Backend Engineer\\n"
        "With Dana Roe (Staff Engineer)\\, Kim Lee\\nWhere: https://meet.example.com/a\\n\\n"
        "Your preparation is in the note of this interview.",
        "LOCATION:https://meet.example.com/a",
        "URL:https://meet.example.com/a",
        "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=Google Meet:https://meet.example.com/a",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "UID:int_acme_1-alarm-24h@prepvault",
        "TRIGGER:-PT24H",
        "DESCRIPTION:Technical: Acme Robotics\\, Backend Engineer\\, Thu 12 Feb 14:00 Berlin\\, in 24 hours",
        "END:VALARM",
    ]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "when",
    [(2026, 3, 9, 9), (2026, 3, 30, 9), (2026, 4, 6, 9), (2026, 10, 5, 9), (2026, 11, 2, 9), (2026, 7, 1, 9)],
)
def test_every_reader_sees_the_right_instants(zone: str, when: tuple[int, ...]) -> None:
    one = interview(*when, zone=zone, type=InterviewType.ON_SITE)
    data = feed(one)
    assert lint_feed(data, "x") == ()
    event: Any = Calendar.from_ical(data).events[0]
    assert event.start.astimezone(UTC) == one.starts.astimezone(UTC)
    assert event.end.astimezone(UTC) == one.ends.astimezone(UTC)
    rings = sorted(event.start.astimezone(UTC) + alarm["TRIGGER"].dt for alarm in event.subcomponents)
    assert rings == [one.starts.astimezone(UTC) - lead * HOUR for lead in (72, 24, 2)]


@pytest.mark.parametrize("zone", ["America/Vancouver", "Africa/Casablanca", "UTC"])
def test_zones_that_apps_could_misread_are_written_in_utc_with_the_local_time_beside(zone: str) -> None:
    data = feed(interview(2026, 12, 15, 9, zone=zone))
    assert b"TZID" not in data
    [event] = events(data).values()
    assert values(event, "DTSTART")[0].endswith("Z")
    place = zone.partition("/")[2] or "UTC"
    assert f"09:00–10:00 {place}" in values(event, "DESCRIPTION")[0]


def test_an_hour_that_comes_twice_is_written_in_utc() -> None:
    first, second = local(BERLIN, 2026, 10, 25, 2, 30), local(BERLIN, 2026, 10, 25, 2, 30, fold=1)
    for start, utc in ((first, "003000Z"), (second, "013000Z")):
        one = interview(starts=start, ends=(start.astimezone(UTC) + HOUR).astimezone(start.tzinfo))
        [event] = events(feed(one)).values()
        assert values(event, "DTSTART") == [f"20261025T{utc}"]
        assert "02:30–" in values(event, "DESCRIPTION")[0]


def test_zones_are_described_once_before_the_events_and_only_where_used() -> None:
    data = feed(
        interview(name="a"),
        interview(name="b"),
        interview(zone="America/New_York", name="c"),
        interview(zone="America/Vancouver", name="d"),
    )
    assert values(unfolded(data), "TZID") == ["America/New_York", "Europe/Berlin"]
    assert data.rindex(b"END:VTIMEZONE") < data.index(b"BEGIN:VEVENT")


def test_alarms_one_day_before_come_first_at_most_five_and_in_hours() -> None:
    [event] = events(feed(interview(2026, 2, 19, 14, type=InterviewType.ON_SITE))).values()
    assert values(event, "TRIGGER") == ["-PT24H", "-PT72H", "-PT2H"]
    leads = tuple(timedelta(minutes=m) for m in (0, 15, 90, 120, 1440, 2880, 10080))
    [event] = events(feed(interview(2026, 2, 28, 9, leads=leads))).values()
    assert values(event, "TRIGGER") == ["-PT24H", "-PT2H", "-PT90M", "-PT15M", "PT0S"]
    assert len(set(values(event, "UID"))) == 6


def test_a_catch_up_still_to_come_is_an_alarm_too() -> None:
    one = interview(created_at=local(BERLIN, 2026, 2, 11, 10, 13))
    event = events(feed(one))["int_acme_1"]
    assert values(event, "TRIGGER") == ["-PT24H", "-PT1667M", "-PT2H"]
    assert values(event, "DESCRIPTION")[2].endswith("in 28 hours")


def test_alarms_whose_moment_is_over_are_left_out() -> None:
    one = interview()
    start = one.starts.astimezone(UTC)

    def triggers(now: datetime) -> list[str]:
        return values(next(iter(events(feed(one, now=now)).values())), "TRIGGER")

    assert triggers(start - 48 * HOUR - timedelta(seconds=1)) == ["-PT24H", "-PT48H", "-PT2H"]
    assert triggers(start - 48 * HOUR) == ["-PT24H", "-PT2H"]
    assert triggers(start - HOUR) == []
    assert triggers(start + 5 * DAY) == []


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.COMPLETED])
def test_no_alarms_on_what_is_cancelled_or_completed(status: Status) -> None:
    assert "BEGIN:VALARM" not in events(feed(interview(status=status)))["int_acme_1"]


def test_cancelled_stays_until_the_day_after_then_goes() -> None:
    one = interview(2026, 2, 12, 14, status=Status.CANCELLED)
    event = events(feed(one))["int_acme_1"]
    assert values(event, "SUMMARY") == ["Cancelled: Technical: Acme Robotics\\, Backend Engineer"]
    assert (values(event, "STATUS"), values(event, "TRANSP")) == (["CANCELLED"], ["TRANSPARENT"])
    assert "int_acme_1" in events(feed(one, now=local(BERLIN, 2026, 2, 13, 23, 59)))
    assert "int_acme_1" not in events(feed(one, now=local(BERLIN, 2026, 2, 14)))


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.SCHEDULED, "CONFIRMED"),
        (Status.CONFIRMED, "CONFIRMED"),
        (Status.REMINDER_SENT, "CONFIRMED"),
        (Status.IN_PROGRESS, "CONFIRMED"),
        (Status.COMPLETED, "CONFIRMED"),
        (Status.RESCHEDULED, "TENTATIVE"),
    ],
)
def test_status_in_the_calendar(status: Status, expected: str) -> None:
    assert values(events(feed(interview(status=status)))["int_acme_1"], "STATUS") == [expected]


def test_a_day_without_an_hour_is_an_all_day_event_that_rings_the_evening_before() -> None:
    starts = local(BERLIN, 2026, 3, 29)
    one = interview(starts=starts, ends=local(BERLIN, 2026, 3, 31), all_day=True, type=InterviewType.ON_SITE)
    data = feed(one)
    lines = unfolded(data)
    assert "DTSTART;VALUE=DATE:20260329" in lines
    assert "DTEND;VALUE=DATE:20260331" in lines
    assert values(events(data)["int_acme_1"], "TRIGGER") == ["-PT6H", "-PT54H"]
    assert values(events(data)["int_acme_1"], "TRANSP") == ["TRANSPARENT"]
    assert "Sun 29 Mar 2026 to Mon 30 Mar 2026" in values(events(data)["int_acme_1"], "DESCRIPTION")[0]
    assert b"TZID" not in data


def test_each_session_is_an_event_and_only_the_first_rings() -> None:
    parts = (*on_site(13, 9, 10), *on_site(9, day=25))
    found = events(feed(interview(2026, 2, 24, 9, minutes=600, type=InterviewType.ON_SITE, sessions=parts)))
    assert list(found) == ["int_acme_1", "int_acme_1-part2", "int_acme_1-part3", "int_acme_1-part4"]
    starts = [values(lines, "DTSTART")[0] for lines in found.values()]
    assert starts == ["20260224T090000", "20260224T100000", "20260224T130000", "20260225T090000"]
    assert [lines.count("BEGIN:VALARM") for lines in found.values()] == [3, 0, 0, 0]
    assert [values(lines, "RELATED-TO") for lines in found.values()] == [[], *[["int_acme_1@prepvault"]] * 3]
    assert "Part 2 of 4: Part 10" in values(found["int_acme_1-part2"], "DESCRIPTION")[0]


def test_alarms_of_a_day_of_sessions_count_from_the_first_one() -> None:
    day = local(BERLIN, 2026, 2, 24)
    one = interview(starts=day, ends=day + DAY, all_day=True, sessions=on_site(11, 14), leads=(2 * HOUR,))
    assert values(events(feed(one))["int_acme_1"], "TRIGGER") == ["-PT2H"]


def test_moving_an_interview_keeps_its_identities() -> None:
    before, after = interview(), interview(2026, 3, 20, 9, path="Elsewhere/moved.md", company="Renamed")
    assert set(events(feed(before))) == set(events(feed(after)))
    assert set(events(reminder_feed(before))) == set(events(reminder_feed(after)))


def test_thanks_and_follow_up_come_after_a_completed_interview() -> None:
    one = interview(2026, 2, 9, 8, zone="UTC", status=Status.COMPLETED, people=(Person("Dana Roe"),))
    found = events(feed(one))
    thanks, follow_up = found["int_acme_1-thanks"], found["int_acme_1-follow-up"]
    assert values(thanks, "DTSTART") + values(thanks, "DTEND") == ["20260209T110000Z", "20260209T111500Z"]
    assert values(thanks, "SUMMARY") == ["Thank-you note: Acme Robotics\\, Backend Engineer"]
    assert values(thanks, "TRIGGER") == ["PT0S"]
    assert "Draft: prepvault email thank_you int_acme_1" in values(thanks, "DESCRIPTION")[0]
    assert "DTSTART;VALUE=DATE:20260216" in follow_up
    assert "TRIGGER;VALUE=DATE-TIME:20260216T090000Z" in follow_up
    for lines in (thanks, follow_up):
        assert values(lines, "TRANSP") == ["TRANSPARENT"]
        assert values(lines, "RELATED-TO") == ["int_acme_1@prepvault"]


def after_events(one: Interview, now: datetime = NOW) -> set[str]:
    return {name.removeprefix("int_acme_1-") for name in events(feed(one, now=now))} - {"int_acme_1"}


def test_thanks_and_follow_up_go_when_done_decided_or_over() -> None:
    done = interview(2026, 2, 9, 8, zone="UTC", status=Status.COMPLETED)
    assert after_events(done) == {"thanks", "follow-up"}
    assert after_events(done, NOW + 3 * DAY) == {"thanks", "follow-up"}
    assert after_events(done, NOW + 4 * DAY) == {"follow-up"}
    assert after_events(replace(done, reminders_sent=("thanks email 2026-02-09T10:00:00Z",))) == {"follow-up"}
    assert after_events(replace(done, reminders_sent=("follow-up",))) == {"thanks"}
    assert after_events(replace(done, outcome=Outcome.OFFER)) == {"thanks"}
    assert after_events(replace(done, reply_by=date(2026, 2, 20))) == {"thanks", "follow-up"}
    assert after_events(interview()) == set()


def test_the_follow_up_moves_with_the_promise_and_keeps_its_identity() -> None:
    one = interview(2026, 2, 9, 8, status=Status.COMPLETED, reply_by=date(2026, 2, 20))
    assert "DTSTART;VALUE=DATE:20260223" in events(feed(one))["int_acme_1-follow-up"]
