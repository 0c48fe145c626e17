"""When the bytes of the feed change, and when not: fingerprints, stamps, machines, identities."""

import locale
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest

from prepvault.model.interview import (
    InterviewType,
    Outcome,
    Person,
    Revision,
    Status,
    Venue,
)
from prepvault.model.reminder import Reminder
from prepvault.parse.feed_lint import lint_feed
from prepvault.render.feed import fingerprint, render_feed
from prepvault.render.feed_uid import name_events
from prepvault.rules.reminders import plan_reminders
from tests.conftest import NOW
from tests.feed_maker import (
    events,
    feed,
    interview,
    on_site,
    print_of,
    reminder_feed,
    settings,
    values,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_the_fingerprint_covers_what_is_shown_and_nothing_else() -> None:
    one = interview(people=(Person("Dana Roe"),))
    same = (
        replace(one, notes="x", feedback="y", preparation_complete=True, digest="z", path="b.md"),
        replace(one, modified=NOW, revision=Revision(1, NOW, "00000000"), status=Status.CONFIRMED),
        replace(one, outcome=Outcome.PENDING, reminders_sent=("24h",)),
    )
    assert {print_of(other) for other in same} == {print_of(one)}
    other = (
        interview(2026, 2, 12, 15, people=one.people),
        interview(minutes=61, people=one.people),
        replace(one, starts=one.starts.astimezone(UTC), zone="UTC"),
        replace(one, company="Other"),
        replace(one, people=()),
        replace(one, venue=Venue("there")),
        replace(one, status=Status.CANCELLED),
        replace(one, leads=(HOUR,)),
        replace(one, sessions=on_site(9)),
        replace(one, type=InterviewType.PANEL),
        replace(one, all_day=True),
        replace(one, created_at=NOW + 2 * DAY),
    )
    assert len({print_of(each) for each in (one, *other)}) == len(other) + 1
    assert print_of(one) != print_of(one, feed__detail="title")


def test_the_fingerprint_is_the_same_at_every_hour() -> None:
    one = interview(status=Status.COMPLETED, reply_by=date(2026, 2, 20))
    prints = {
        fingerprint(one, plan_reminders(one, settings(), NOW + days * DAY), settings())
        for days in range(0, 60, 7)
    }
    assert len(prints) == 1
    assert print_of(one) != print_of(replace(one, reply_by=date(2026, 2, 23)))


def test_a_change_of_alarms_alone_makes_the_event_newer() -> None:
    one = interview()
    recorded = replace(one, revision=Revision(4, NOW - DAY, print_of(one)))
    before = events(feed(recorded))["int_acme_1"]
    after = events(feed(replace(recorded, leads=(HOUR,), modified=NOW - HOUR)))["int_acme_1"]
    assert (values(before, "SEQUENCE"), values(after, "SEQUENCE")) == (["4"], ["5"])
    assert values(before, "LAST-MODIFIED") == ["20260208T090000Z"]
    assert values(after, "LAST-MODIFIED") == values(after, "DTSTAMP")[:1] == ["20260209T080000Z"]


def test_equal_notes_give_equal_bytes_whatever_the_order_or_the_files_time() -> None:
    ones = [interview(2026, 2, 10 + n, 9, name=f"n{n}") for n in range(4)]
    recorded = [replace(one, revision=Revision(1, NOW - DAY, print_of(one))) for one in ones]
    touched = [replace(one, modified=NOW - HOUR) for one in reversed(recorded)]
    assert feed(*recorded) == feed(*touched)


_BUILD = """
import sys
from tests.feed_maker import feed, interview
from prepvault.model.interview import Status
done = interview(name="b", status=Status.COMPLETED)
sys.stdout.buffer.write(feed(interview(company="Über 株式会社"), done))
"""


@pytest.mark.slow
def test_equal_bytes_under_other_clocks_and_languages() -> None:
    built = set()
    spoken = [name for name in ("C", "de_DE.UTF-8", "tr_TR.UTF-8", "C.UTF-8") if _is_known(name)]
    for number, zone in enumerate(("UTC", "Asia/Tokyo", "America/Vancouver")):
        name = spoken[number % len(spoken)]
        environment = {**os.environ, "TZ": zone, "LC_ALL": name, "LANG": name, "PYTHONHASHSEED": str(number)}
        built.add(
            subprocess.run(
                [sys.executable, "-c", _BUILD], env=environment, capture_output=True, check=True
            ).stdout
        )
    assert len(built) == 1
    assert next(iter(built)).startswith(b"BEGIN:VCALENDAR")


def _is_known(name: str) -> bool:
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_TIME, before)
    return True


def test_no_two_events_share_an_identity() -> None:
    tricky = ("a", "a-thanks", "a-t24h", "a-part2", "ü b", "x" * 300, "", "a")
    ones = [interview(name=str(n), id=identity) for n, identity in enumerate(tricky)]
    names = list(name_events(ones).values())
    assert len(set(names)) == len(tricky)
    assert names[0] == "a"
    done = [replace(one, status=Status.COMPLETED, sessions=on_site(9, 10)) for one in ones]
    data = feed(*done)
    assert lint_feed(data, "x") == ()
    assert len(events(data)) == len(tricky) * 4
    assert name_events([interview()], hidden=True) != name_events([interview()])


def test_reading_the_feed_needs_no_library_for_a_fingerprint() -> None:
    code = "import sys, prepvault.render.feed, prepvault.jobs.feed; sys.exit('icalendar' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_reminder_is_no_event_of_a_past_the_window_forgot() -> None:
    reminders: tuple[Reminder, ...] = plan_reminders(interview(2025, 1, 1), settings(), NOW)
    assert len(reminders) == 3
    assert list(events(reminder_feed(interview(2025, 1, 1)))) == ["feed-works"]
    assert render_feed([], settings(), NOW, version="1") == render_feed([], settings(), NOW, version="1")
