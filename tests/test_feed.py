"""The calendar files: what they say of themselves, how much they tell, and when their bytes change."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from prepvault.model.interview import (
    InterviewType,
    Person,
    Status,
    Venue,
)
from prepvault.parse.feed_lint import lint_feed
from prepvault.render.css_colors import HEX_OF
from prepvault.render.feed import fit_feed, render_parts, render_single
from tests.conftest import NOW
from tests.feed_maker import (
    entries,
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


def test_the_calendar_says_who_it_is_and_how_often_to_fetch() -> None:
    lines = unfolded(feed(interview(), chosen=settings(feed__name="Jobs, all", feed__refresh="30m")))
    head = lines[: lines.index("BEGIN:VTIMEZONE")]
    assert head == [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PrepVault//PrepVault 1.2.3//EN", "CALSCALE:GREGORIAN"),
        *("NAME:Jobs\\, all", "X-WR-CALNAME:Jobs\\, all"),
        "X-WR-CALDESC:Interviews and what to do about them\\, from PrepVault",
        *("REFRESH-INTERVAL;VALUE=DURATION:PT30M", "X-PUBLISHED-TTL:PT30M"),
        *("COLOR:steelblue", "X-APPLE-CALENDAR-COLOR:#4682B4"),
    ]


def test_a_colour_that_css_does_not_know_is_left_out() -> None:
    assert b"COLOR" not in feed(interview(), chosen=settings(feed__color="#123456"))
    assert len(HEX_OF) == 147
    assert (HEX_OF["navy"], HEX_OF["yellowgreen"]) == ("#000080", "#9ACD32")


@pytest.mark.parametrize(("detail", "told"), [("full", True), ("title", False), ("busy", False)])
def test_no_more_is_told_than_the_detail_allows(detail: str, *, told: bool) -> None:
    secrets = ("Dana", "Secret Street", "meet.example")
    one = interview(
        people=(Person("Dana Roe"),),
        venue=Venue("Secret Street 1", "video", "Meet", "https://meet.example.com/x"),
        notes="private remark",
        feedback="private feeling",
    )
    done = replace(one, id="int_done", path="b.md", status=Status.COMPLETED)
    chosen = settings(feed__detail=detail)
    text = "".join(
        unfolded(feed(one, done, chosen=chosen)) + unfolded(reminder_feed(one, done, chosen=chosen))
    )
    assert all((secret in text) is told for secret in secrets)
    assert "private" not in text
    assert "Interviews/" not in text


def test_busy_tells_nothing_but_the_hours() -> None:
    one = interview(status=Status.COMPLETED, sessions=on_site(9, 11))
    text = feed(one, chosen=settings(feed__detail="busy")).decode().casefold()
    assert "acme" not in text
    assert "technical" not in text
    assert "part 9" not in text
    assert text.count("summary:busy") == 2


def test_times_are_told_in_both_zones_where_that_helps() -> None:
    one = interview(2026, 2, 12, 22, zone="America/New_York")
    text = values(events(feed(one, chosen=settings(vault__timezone=BERLIN)))["int_acme_1"], "DESCRIPTION")[0]
    assert text.startswith(
        "Thu 12 Feb 2026\\, 22:00–23:00 New York = Fri 13 Feb 03:00 UTC = Fri 13 Feb 04:00 Berlin\\n"
    )


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://ex.example/a b?c=ü", ["https://ex.example/a%20b?c=%C3%BC"]),
        ("tel:+49301234", ["tel:+49301234"]),
        ("javascript:alert(1)", []),
        ("file:///home/me/x", []),
        ("https://user:secret@ex.example/", []),
        ("https://[broken", []),
        ("http:", []),
        ("https://ex.example/\r\nATTACH:x", ["https://ex.example/ATTACH:x"]),
    ],
)
def test_only_plain_links_become_links(link: str, expected: list[str]) -> None:
    data = feed(interview(venue=Venue("somewhere", "video", 'M"e;e:t', link)))
    [event] = events(data).values()
    assert values(event, "URL") == expected
    assert len([line for line in event if line.startswith("CONFERENCE;")]) == len(expected)
    assert lint_feed(data, "x") == ()


def test_a_long_text_is_cut_where_the_limits_are() -> None:
    long = "日本,語" * 2000
    data = feed(interview(company=long, role=long, people=(Person(long),), venue=Venue(long)))
    assert lint_feed(data, "x") == ()
    [event] = events(data).values()
    assert 250 <= len(values(event, "SUMMARY")[0]) <= 255
    assert values(event, "SUMMARY")[0].endswith("…")
    assert len(values(event, "LOCATION")[0]) <= 255


def test_a_backslash_and_a_capital_n_stay_what_they_are() -> None:
    assert "SUMMARY:Technical: C:\\\\New\\, x" in unfolded(feed(interview(company="C:\\New", role="x")))


def test_past_interviews_stay_for_the_window() -> None:
    one = interview(2025, 11, 12, 9, status=Status.SCHEDULED)
    assert "int_acme_1" in events(feed(one))
    assert "int_acme_1" not in events(feed(one, chosen=settings(feed__past_days=30)))


def test_numbers_beyond_measure_break_nothing() -> None:
    chosen = settings(feed__past_days=10**9, reminders__follow_up_days=10**9)
    assert lint_feed(feed(interview(status=Status.COMPLETED), chosen=chosen), "x") == ()


def test_events_stand_in_order_of_start() -> None:
    ones = [interview(2026, 2, 10 + n, 9, name=f"n{n}") for n in (5, 1, 3)]
    assert list(events(feed(*ones))) == ["int_n1_1", "int_n3_1", "int_n5_1"]


def test_too_large_a_feed_gives_up_the_oldest_past_first() -> None:
    ones = [interview(2026, 1, 1 + n, 9, name=f"n{n}") for n in range(20)]
    ahead = [interview(2026, 3, 1 + n, 9, name=f"m{n}") for n in range(5)]
    made = entries([*ones, *ahead])
    parts = [part for entry in made for part in render_parts(entry, settings(), NOW)]
    whole = fit_feed(parts, settings(), NOW, version="1")
    assert (whole.past_days, whole.events) == (90, 25)
    limit = len(whole.data) - 2000
    fitted = fit_feed(parts, settings(), NOW, version="1", limit=limit)
    assert len(fitted.data) <= limit
    kept = set(events(fitted.data))
    assert {entry.uid for entry in made[20:]} <= kept
    assert "int_n19_1" in kept
    assert "int_n0_1" not in kept
    assert 20 < fitted.past_days < 40
    smallest = fit_feed(parts, settings(), NOW, version="1", limit=10)
    assert set(events(smallest.data)) == {entry.uid for entry in made[20:]}


def test_an_empty_calendar_proves_that_it_works() -> None:
    data = feed()
    assert lint_feed(data, "x") == ()
    assert data == feed(now=NOW + 2 * HOUR)
    [event] = events(data).values()
    assert values(event, "SUMMARY") == ["PrepVault feed works"]
    assert values(event, "TRANSP") == ["TRANSPARENT"]
    assert values(event, "DTSTART") == ["20260209"]
    assert lint_feed(reminder_feed(), "x") == ()


def test_the_second_feed_has_short_events_at_the_reminders_and_no_alarms() -> None:
    data = reminder_feed(interview(2026, 3, 9, 9, zone="America/New_York", type=InterviewType.ON_SITE))
    assert b"VALARM" not in data
    assert lint_feed(data, "x") == ()
    found = events(data)
    assert list(found) == ["int_acme_1-t72h", "int_acme_1-t24h", "int_acme_1-t2h"]
    day = found["int_acme_1-t24h"]
    assert values(day, "DTSTART") + values(day, "DTEND") == ["20260308T130000Z", "20260308T131500Z"]
    assert values(day, "SUMMARY") == ["🔔 In 24 hours: On-site: Acme Robotics\\, Backend Engineer"]
    assert values(day, "TRANSP") == ["TRANSPARENT"]
    assert not set(found) & set(events(feed(interview())))


def test_the_second_feed_counts_days_where_there_is_no_hour() -> None:
    starts = local(BERLIN, 2026, 3, 20)
    one = interview(starts=starts, ends=starts + DAY, all_day=True, type=InterviewType.ON_SITE)
    summaries = [values(lines, "SUMMARY")[0] for lines in events(reminder_feed(one)).values()]
    assert [text.partition(":")[0] for text in summaries] == ["🔔 In 3 days", "🔔 Tomorrow"]


def test_the_second_feed_keeps_yesterday_and_drops_what_is_done() -> None:
    one = interview()
    start = one.starts.astimezone(UTC)
    assert len(events(reminder_feed(one, now=start))) == 2
    assert list(events(reminder_feed(one, now=start + 3 * DAY))) == ["feed-works"]
    done = interview(2026, 2, 9, 8, status=Status.COMPLETED)
    assert list(events(reminder_feed(done))) == ["int_acme_1-tthanks", "int_acme_1-tfollow-up"]
    sent = replace(done, reminders_sent=("thanks",))
    assert list(events(reminder_feed(sent))) == ["int_acme_1-tfollow-up"]


def test_a_single_file_has_the_same_event_bytes_and_its_zone() -> None:
    ones = [
        interview(sessions=on_site(9, 11)),
        interview(zone="Asia/Kolkata", name="other", status=Status.COMPLETED),
    ]
    whole = feed(*ones)
    for entry in entries(ones):
        single = render_single(entry, settings(), NOW, version="1.2.3")
        assert lint_feed(single, "x") == ()
        body = single[single.index(b"BEGIN:VTIMEZONE") :].removesuffix(b"END:VCALENDAR\r\n")
        zone, _, parts = body.partition(b"BEGIN:VEVENT")
        assert zone in whole
        assert b"BEGIN:VEVENT" + parts in whole
        assert b"-thanks@" not in single
