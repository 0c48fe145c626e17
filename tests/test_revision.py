"""How SEQUENCE and LAST-MODIFIED follow from the note: equal where recorded, newer with every change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from prepvault.model.feed import EventStamp
from prepvault.model.interview import Revision
from prepvault.parse.revision import parse_revision
from prepvault.rules.revision import next_revision, stamp_of
from tests.conftest import NOW
from tests.feed_maker import TOUCHED, interview

RECORDED = Revision(3, datetime(2026, 2, 5, 10, tzinfo=UTC), "aaaaaaaa")
SECOND = timedelta(seconds=1)


def test_what_is_recorded_counts_whatever_the_files_time() -> None:
    for touched in (TOUCHED, NOW, NOW + timedelta(days=9)):
        stamp = stamp_of(interview(revision=RECORDED, modified=touched), "aaaaaaaa", NOW)
        assert stamp == EventStamp(3, RECORDED.moment, RECORDED.moment)


def test_a_hand_edit_counts_one_higher_at_the_files_time() -> None:
    touched = datetime(2026, 2, 7, 8, 30, 15, 999, tzinfo=UTC)
    stamp = stamp_of(interview(revision=RECORDED, modified=touched), "bbbbbbbb", NOW)
    assert (stamp.sequence, stamp.modified) == (4, touched.replace(microsecond=0))


def test_a_change_is_newer_even_where_the_file_is_older() -> None:
    stamp = stamp_of(interview(revision=RECORDED, modified=TOUCHED), "bbbbbbbb", NOW)
    assert (stamp.sequence, stamp.modified) == (4, RECORDED.moment + SECOND)


def test_nothing_recorded_is_sequence_zero_at_the_files_time() -> None:
    booked = datetime(2026, 1, 20, tzinfo=UTC)
    assert stamp_of(interview(), "aaaaaaaa", NOW) == EventStamp(0, TOUCHED, TOUCHED)
    assert stamp_of(interview(created_at=booked), "aaaaaaaa", NOW) == EventStamp(0, booked, TOUCHED)


def test_a_files_time_in_the_future_counts_as_now() -> None:
    assert stamp_of(interview(modified=NOW + timedelta(days=1)), "aaaaaaaa", NOW).modified == NOW


def test_made_is_never_after_changed() -> None:
    stamp = stamp_of(interview(created_at=NOW), "aaaaaaaa", NOW)
    assert stamp.created == stamp.modified == TOUCHED


def test_recording_writes_what_reads_back() -> None:
    text = next_revision(interview(revision=RECORDED), "bbbbbbbb", NOW)
    assert text == "4 2026-02-09T09:00:00Z bbbbbbbb"
    assert parse_revision(text) == Revision(4, NOW, "bbbbbbbb")
    assert next_revision(interview(), "bbbbbbbb", NOW) == "1 2026-02-09T09:00:00Z bbbbbbbb"
    assert next_revision(interview(revision=RECORDED), "aaaaaaaa", NOW) is None


def test_a_chain_of_changes_only_grows_even_with_a_clock_that_runs_back() -> None:
    one = interview()
    seen = [stamp_of(one, "00000000", NOW)]
    moments = (NOW, NOW - timedelta(days=3), NOW - timedelta(days=3), NOW + timedelta(days=1))
    for number, moment in enumerate(moments, 1):
        fingerprint = f"{number:08x}"
        edited = replace(one, modified=moment)
        seen.append(stamp_of(edited, fingerprint, moment))
        text = next_revision(edited, fingerprint, moment)
        assert text is not None
        one = replace(edited, revision=parse_revision(text))
        seen.append(stamp_of(one, fingerprint, moment))
    recorded = [(stamp.sequence, stamp.modified) for stamp in seen[2::2]]
    assert recorded == sorted(set(recorded))
    assert [stamp.sequence for stamp in seen] == sorted(stamp.sequence for stamp in seen)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "3",
            "3 2026-02-05 aaaaaaaa",
            "x 2026-02-05T10:00:00Z aaaaaaaa",
            "3 2026-02-30T10:00:00Z aaaaaaaa",
        ),
        *(
            "3 2026-02-05T10:00:00+01:00 aaaaaaaa",
            "3 2026-02-05T10:00:00Z AAAAAAAA",
            "-1 2026-02-05T10:00:00Z aa",
        ),
        "3 2026-02-05T10:00:00Z aaaaaaaa and more",
    ],
)
def test_what_is_no_revision(text: str) -> None:
    assert parse_revision(text) is None
