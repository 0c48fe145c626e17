"""The lint of our own bytes: a good feed passes, and every planted defect is caught."""

import pytest

from prepvault.parse.feed_lint import count_alarms, lint_feed
from tests.feed_maker import feed, interview

GOOD = feed(interview(), interview(2026, 2, 13, 10, zone="America/New_York", name="globex"))

_ALARM = b"ACTION:DISPLAY\r\n"
DEFECTS: tuple[tuple[str, bytes, bytes], ...] = (
    ("a byte-order mark", b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR"),
    ("bare line ends", b"VERSION:2.0\r\n", b"VERSION:2.0\n"),
    ("no last line end", b"END:VCALENDAR\r\n", b"END:VCALENDAR"),
    ("a long line", b"CALSCALE:GREGORIAN", b"CALSCALE:" + b"G" * 80),
    ("a control character", b"CALSCALE:GREGORIAN", b"CALSCALE:GREG\x07ORIAN"),
    ("bytes that are no UTF-8", b"CALSCALE:GREGORIAN", b"CALSCALE:GREG\xe9ORIAN"),
    ("prose", b"CALSCALE:GREGORIAN", b"hello there"),
    ("an unclosed event", b"END:VEVENT\r\n", b""),
    ("a wrong end", b"END:VALARM", b"END:VALARN"),
    ("a METHOD", b"CALSCALE:GREGORIAN", b"METHOD:PUBLISH"),
    ("a UID for the whole calendar", b"CALSCALE:GREGORIAN", b"UID:x"),
    ("no VERSION", b"VERSION:2.0\r\n", b""),
    ("no PRODID", b"PRODID:", b"X-PRODID:"),
    ("no name", b"X-WR-CALNAME:", b"X-NAME:"),
    ("a bare REFRESH-INTERVAL", b"REFRESH-INTERVAL;VALUE=DURATION", b"REFRESH-INTERVAL"),
    ("no events", GOOD[GOOD.index(b"BEGIN:VTIMEZONE") : GOOD.index(b"END:VCALENDAR")], b""),
    ("the UID twice", b"int_globex_1@", b"int_acme_1@"),
    ("no UID", b"UID:int_acme_1@prepvault\r\n", b""),
    ("no DTSTAMP", b"DTSTAMP:20260201T000000Z\r\n", b""),
    ("SUMMARY twice", b"STATUS:CONFIRMED", b"SUMMARY:again"),
    ("an unknown status", b"STATUS:CONFIRMED", b"STATUS:MAYBE"),
    ("a sequence in words", b"SEQUENCE:0", b"SEQUENCE:one"),
    ("a local LAST-MODIFIED", b"LAST-MODIFIED:20260201T000000Z", b"LAST-MODIFIED:20260201T000000"),
    ("a floating time", b"DTSTART;TZID=Europe/Berlin", b"DTSTART"),
    ("a zone together with Z", b"Berlin:20260212T140000", b"Berlin:20260212T140000Z"),
    ("an unknown zone", b"DTSTART;TZID=Europe/Berlin", b"DTSTART;TZID=Europe/Berlin2"),
    ("an undescribed zone", b"TZID:Europe/Berlin\r\n", b"TZID:Europe/Paris\r\n"),
    ("a month 13", b"Berlin:20260212T140000", b"Berlin:20261312T140000"),
    ("an end before the start", b"Berlin:20260212T150000", b"Berlin:20260212T130000"),
    ("a date for an end", b"DTEND;TZID=Europe/Berlin:20260212T150000", b"DTEND;VALUE=DATE:20260213"),
    ("RDATE", b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", b"RDATE:20261025T030000"),
    ("an unescaped comma", b"SUMMARY:Technical", b"SUMMARY:a,b;c"),
    ("an unknown escape", b"SUMMARY:Technical", b"SUMMARY:a\\b"),
    ("letters in parts", b"SUMMARY:Technical", "SUMMARY:e\u0301".encode()),
    ("a long title", b"SUMMARY:Technical", b"SUMMARY:" + b"\r\n ".join([b"x" * 60] * 5)),
    ("an alarm that is no DISPLAY", b"ACTION:DISPLAY", b"ACTION:EMAIL"),
    ("an alarm without text", b"DESCRIPTION:Technical", b"COMMENT:Technical"),
    ("an alarm without a trigger", b"TRIGGER:-PT24H\r\n", b""),
    ("an end that is missing", b"DTEND;TZID=Europe/Berlin:20260212T150000\r\n", b""),
    ("a link that is none", b"CATEGORIES:", b"URL:not a link\r\nCATEGORIES:"),
    ("too large a file", b"X-WR-CALDESC:", b"X-FILL:x\r\n" * 110_000 + b"X-WR-CALDESC:"),
    ("a trigger in words", b"TRIGGER:-PT24H", b"TRIGGER:tomorrow"),
    ("a nominal trigger", b"TRIGGER:-PT24H", b"TRIGGER:-P1D"),
    ("a local absolute trigger", b"TRIGGER:-PT24H", b"TRIGGER;VALUE=DATE-TIME:20260211T140000"),
    ("a trigger twice", b"TRIGGER:-PT48H", b"TRIGGER:-PT24H"),
    ("alarms on a cancelled event", b"STATUS:CONFIRMED", b"STATUS:CANCELLED"),
    ("a login page", GOOD, b"<!doctype html>\r\n<p>Sign in</p>\r\n"),
    ("half a file", GOOD, GOOD[: len(GOOD) // 2]),
    ("nothing at all", GOOD, b""),
)


def test_a_good_feed_passes() -> None:
    assert lint_feed(GOOD, "interviews.ics") == ()
    assert count_alarms(GOOD) == ((3, 3), ("America/New_York", "Europe/Berlin"))


@pytest.mark.parametrize(("name", "before", "after"), DEFECTS, ids=[defect[0] for defect in DEFECTS])
def test_each_defect_is_caught(name: str, before: bytes, after: bytes) -> None:
    assert before in GOOD, name
    found = lint_feed(GOOD.replace(before, after, 1), "interviews.ics")
    assert found
    assert {finding.code for finding in found} == {"feed/malformed"}
    assert all(finding.place.path == "interviews.ics" and finding.place.line > 0 for finding in found)


def test_the_line_is_named() -> None:
    [finding] = lint_feed(GOOD.replace(b"SEQUENCE:0", b"SEQUENCE:one", 1), "interviews.ics")
    line = GOOD.split(b"\r\n")[finding.place.line - 1]
    assert line == b"BEGIN:VEVENT"
