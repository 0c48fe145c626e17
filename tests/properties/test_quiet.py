"""Quiet hours under any clock: they end, they end once, and no moment before their end is loud."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from prepvault.model.quiet import Quiet

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "America/St_Johns",
    "UTC",
]
MINUTES = st.integers(0, 24 * 60 - 1)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, MINUTES, MINUTES, st.sampled_from(ZONES))
def test_the_end_is_the_first_loud_moment_that_clocks_show(
    now: datetime, begins: int, ends: int, zone: str
) -> None:
    if begins == ends:
        return
    quiet = Quiet(time(*divmod(begins, 60)), time(*divmod(ends, 60)))
    end = quiet.end_after(now, zone)
    assert now < end <= now + timedelta(hours=50)
    assert not quiet.covers(end, zone)
    clocks_change = {begins // 60, ends // 60} & {0, 1, 2, 3}
    if quiet.covers(now, zone) and not clocks_change:
        steps = range(int((end - now) / timedelta(minutes=11)) + 1)
        before = [moment for step in steps if (moment := now + timedelta(minutes=11 * step)) < end]
        assert all(quiet.covers(moment, zone) for moment in before)
