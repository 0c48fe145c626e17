"""Whatever stands in the notes, the feeds read back, pass the lint and hold every interview once."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from prepvault.model.interview import Interview, InterviewType, Outcome, Person, Session, Status, Venue
from prepvault.model.zones import zone_names, zone_of
from prepvault.parse.feed_lint import lint_feed
from prepvault.render.feed import fingerprint, render_single
from prepvault.render.feed_words import clean, fit, one_line
from prepvault.rules.reminders import plan_reminders
from tests.feed_maker import entries, feed, interview, reminder_feed
from tests.feed_maker import settings as chosen

_LONG = st.sampled_from(["x" * 5000, "日本語" * 1700, "👩‍👩‍👧‍👦" * 700, "a,b;c\\d\n" * 700, "e\u0301" * 2500])
_TEXTS = (
    st.text(st.characters(), max_size=80)
    | st.sampled_from(["", "\\N", "C:\\New", "\ud800", "\ufeff"])
    | _LONG
)
_ZONES = st.sampled_from(sorted(zone_names()))
_FIRST, _LAST = (datetime.fromisoformat(day) for day in ("2025-01-01", "2028-12-30"))
_MOMENTS = st.datetimes(_FIRST, _LAST, timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0))
_PEOPLE = st.lists(st.builds(Person, _TEXTS, _TEXTS), max_size=2).map(tuple)
_LEADS = st.lists(st.integers(0, 20_000).map(lambda count: timedelta(minutes=count)), max_size=8).map(tuple)


@st.composite
def _interviews(draw: st.DrawFn) -> Interview:
    zone = draw(_ZONES)
    start = draw(_MOMENTS)
    length = timedelta(minutes=draw(st.integers(1, 1440)))
    there = zone_of(zone)
    parts = tuple(
        Session(
            draw(_TEXTS), (start + n * length).astimezone(there), (start + (n + 1) * length).astimezone(there)
        )
        for n in range(draw(st.integers(0, 3)))
    )
    return interview(
        name=draw(st.text("abc-_.", min_size=1, max_size=12)),
        path=f"{draw(st.integers(0, 10**9))}.md",
        zone=zone,
        starts=start.astimezone(there),
        ends=(start + length).astimezone(there),
        company=draw(_TEXTS),
        role=draw(_TEXTS),
        type=draw(st.none() | st.sampled_from(InterviewType)),
        status=draw(st.sampled_from(Status)),
        outcome=draw(st.none() | st.sampled_from(Outcome)),
        people=draw(_PEOPLE),
        venue=Venue(
            draw(_TEXTS), "video", draw(_TEXTS), draw(_TEXTS.map(lambda text: f"https://x.example/{text}"))
        ),
        leads=draw(st.none() | _LEADS),
        created_at=draw(st.none() | _MOMENTS),
        sessions=parts,
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(_interviews(), max_size=4, unique_by=lambda one: one.path),
    _MOMENTS,
    st.sampled_from(["full", "title", "busy"]),
)
def test_feeds_are_valid_and_read_back(ones: list[Interview], now: datetime, detail: str) -> None:
    use = chosen(feed__detail=detail, feed__past_days=3650)
    data = feed(*ones, chosen=use, now=now)
    assert lint_feed(data, "interviews.ics") == ()
    assert lint_feed(reminder_feed(*ones, chosen=use, now=now), "reminders.ics") == ()
    read: list[Any] = list(Calendar.from_ical(data).events)
    assert len({event["UID"] for event in read}) == len(read) == data.count(b"BEGIN:VEVENT")
    by_uid = {str(event["UID"]): event for event in read}
    for entry in entries(ones, use, now):
        single = render_single(entry, use, now, version="1.2.3")
        assert lint_feed(single, "single.ics") == ()
        event = by_uid.get(f"{entry.uid}@prepvault")
        if event is None:
            assert entry.interview.status is Status.CANCELLED
            continue
        first = min((part.starts for part in entry.interview.sessions), default=entry.interview.starts)
        assert event["DTSTART"].dt.astimezone(UTC) == first.astimezone(UTC)


@settings(max_examples=50, deadline=None)
@given(_interviews(), _MOMENTS, _MOMENTS)
def test_the_fingerprint_does_not_know_the_hour(one: Interview, now: datetime, later: datetime) -> None:
    use = chosen()
    assert fingerprint(one, plan_reminders(one, use, now), use) == fingerprint(
        one, plan_reminders(one, use, later), use
    )
    moved = replace(one, sessions=(), starts=one.starts + timedelta(minutes=1))
    one = replace(one, sessions=())
    assert fingerprint(one, plan_reminders(one, use, now), use) != fingerprint(
        moved, plan_reminders(moved, use, now), use
    )


@given(_TEXTS, st.integers(2, 300))
def test_texts_are_clean_and_never_too_long(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) + sum(line.count(sign) for sign in "\\;,\n") <= limit
    assert "\n" not in line
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean(cleaned) == cleaned
    assert fit(cleaned, 10_000_000) == cleaned
