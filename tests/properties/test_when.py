"""Any text at all may be typed as a time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from prepvault.model.zones import is_gap, zone_names
from prepvault.parse.revision import parse_revision
from prepvault.parse.when import When, parse_stamp, parse_when
from tests.conftest import NOW

_WORDS = st.sampled_from(
    [
        *(
            "next",
            "this",
            "fri",
            "tuesday",
            "week",
            "in",
            "3",
            "days",
            "+2h",
            "at",
            "2pm",
            "10:30",
            "14",
            "on",
        ),
        *("2:30", "noon", "midnight", "1", "dec", "2026", "EST", "UTC+2", "Europe/Berlin", "01/02/2027", "²"),
        *("2026-13-01", "2026-10-25", "02:30", "[UTC]", "tomorrow", "a", "hour", "9999", "٣", "of", "the"),
    ]
)
_FIRST, _LAST = (datetime.fromisoformat(day) for day in ("1973-01-01", "2099-12-30"))
_MOMENTS = st.datetimes(_FIRST, _LAST, timezones=st.just(UTC))
_ZONES = st.sampled_from(sorted(zone_names()))


@given(st.text(max_size=60) | st.lists(_WORDS, max_size=6).map(" ".join), _MOMENTS, _ZONES)
def test_never_raises_and_answers_in_the_zone(text: str, now: datetime, zone: str) -> None:
    found = parse_when(text, now=now, zone=zone)
    if isinstance(found, When):
        assert found.at.tzinfo is not None
        assert found.words
    else:
        assert found.message
        assert found.hint


@given(_MOMENTS, _ZONES)
def test_what_it_writes_it_reads_again(now: datetime, zone: str) -> None:
    found = parse_when(now.isoformat(), now=NOW, zone=zone)
    assert isinstance(found, When)
    assert abs(found.at.astimezone(UTC) - now) < timedelta(seconds=1)
    again = parse_when(found.note_text, now=NOW, zone=zone)
    assert isinstance(again, When)
    assert again.at.astimezone(UTC) == found.at.astimezone(UTC)
    assert not is_gap(found.at.replace(tzinfo=None), zone)


@given(st.text(max_size=40))
def test_stamps_and_revisions_never_raise(text: str) -> None:
    parse_stamp(text)
    parse_revision(text)
