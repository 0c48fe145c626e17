"""The moment a build speaks of: it stays while its pages are true, so a second build writes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from prepvault.jobs.build import build
from prepvault.jobs.context import open_root
from prepvault.jobs.load import load
from prepvault.rules.moment import settled_moment
from tests.conftest import NOW, Maker

NOTE = """=== Interviews/a.md
---
id: int_a_1
company: Acme
role: Backend Engineer
interview_type: technical
scheduled_at: 2026-02-10T14:00:00
status: scheduled
created_at: 2026-01-05T10:00:00
---
Mine.
"""


@pytest.mark.parametrize(
    ("before", "later", "stays"),
    [
        (NOW, timedelta(), True),
        (NOW, timedelta(minutes=59), True),
        (NOW, timedelta(hours=1), False),
        (NOW, -timedelta(minutes=1), False),
        (datetime(2026, 2, 9, 13, 50, tzinfo=UTC), timedelta(minutes=9), True),
        (datetime(2026, 2, 9, 13, 50, tzinfo=UTC), timedelta(minutes=10), False),
        (datetime(2026, 2, 10, 14, 30, tzinfo=UTC), timedelta(minutes=30), False),
        (datetime(2026, 2, 11, 23, 50, tzinfo=UTC), timedelta(minutes=20), False),
    ],
    ids=[
        "at once",
        "in the hour",
        "an hour on",
        "clock set back",
        "before a reminder",
        "at a reminder",
        "at the end",
        "over midnight",
    ],
)
def test_a_moment_stays_until_something_comes_to_pass(
    make_vault: Maker, before: datetime, later: timedelta, stays: bool
) -> None:
    vault = load(open_root(make_vault(NOTE), now=NOW.isoformat()))
    now = before + later
    assert settled_moment(vault, before, now) == (before if stays else now)


def test_a_second_build_by_the_clock_writes_nothing_until_a_note_changes(make_vault: Maker) -> None:
    root = make_vault(NOTE)
    context = replace(open_root(root, now=NOW.isoformat()), is_live=True)
    first = build(context)
    soon = replace(context, now=NOW + timedelta(minutes=7))
    assert build(soon).output.written == ()
    note = root / "Interviews" / "a.md"
    note.write_bytes(note.read_bytes() + b"One more line.\n")
    again = build(soon).output.written
    assert "interviews/int_a_1.html" in again
    assert len(again) < len(first.output.written)
    assert "index.html" not in again, "it would say nothing new"
    note.write_bytes(note.read_bytes().replace(b"status: scheduled", b"status: confirmed"))
    assert "index.html" in build(soon).output.written


def test_a_moment_that_is_given_is_taken_at_its_word(make_vault: Maker) -> None:
    context = open_root(make_vault(NOTE), now=NOW.isoformat())
    build(context)
    build_later: Callable[[int], tuple[str, ...]] = lambda minutes: (  # noqa: E731
        build(replace(context, now=NOW + timedelta(minutes=minutes))).output.written
    )
    assert "built.js" in build_later(7)
    assert build_later(7) == ()


def test_a_feed_that_an_app_wrote_into_is_remarked_on_and_written_anew(make_vault: Maker) -> None:
    context = open_root(make_vault(NOTE), now=NOW.isoformat())
    site = build(context).folder
    ours = (site / "interviews.ics").read_bytes()
    (site / "interviews.ics").write_bytes(ours.replace(b"PRODID:-//PrepVault", b"PRODID:-//Mozilla.org"))
    report = build(context)
    assert [each.code for each in report.findings] == ["feed/foreign-file"]
    assert (site / "interviews.ics").read_bytes() == ours
