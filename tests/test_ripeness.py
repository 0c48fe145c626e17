"""Until when a page about an interview stays true: nothing changes before, whatever the hour."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from prepvault.model.interview import Interview, InterviewType, Outcome, Session, Status
from prepvault.model.settings import Settings
from prepvault.model.zones import zone_of
from prepvault.render.times import countdown_text
from prepvault.rules.mail_fit import AFTER_END, BEFORE_START, fitting_kinds
from prepvault.rules.overview import standing_of
from prepvault.rules.reminders import plan_reminders
from prepvault.rules.ripeness import next_change, next_happening

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
BASE = datetime(2026, 3, 7, 12, tzinfo=UTC)
SETTINGS = Settings()
SECOND = timedelta(seconds=1)


@st.composite
def interviews(draw: st.DrawFn) -> Interview:
    zone = draw(st.sampled_from(ZONES))
    starts = (BASE + timedelta(minutes=draw(st.integers(-150_000, 150_000)))).astimezone(zone_of(zone))
    ends = starts + timedelta(minutes=draw(st.integers(15, 600)))
    late = ends + timedelta(hours=draw(st.integers(0, 9)))
    return Interview(
        id="a",
        path="Interviews/a.md",
        company="Acme",
        role="Engineer",
        type=draw(st.sampled_from(InterviewType)),
        starts=starts,
        ends=ends,
        zone=zone,
        status=draw(st.sampled_from(Status)),
        outcome=draw(st.sampled_from((None, *Outcome))),
        sessions=draw(st.sampled_from(((), (Session("Late", ends, late),)))),
        reply_by=draw(st.none() | st.dates(date(2025, 12, 1), date(2026, 9, 1))),
        deadline=draw(st.none() | st.dates(date(2025, 12, 1), date(2026, 9, 1))),
        created_at=draw(st.sampled_from((None, starts - timedelta(hours=30)))),
        format="",
        adjustments=("quiet room",),
        modified=BASE,
    )


moments = st.integers(-9_000_000, 9_000_000).map(lambda seconds: BASE + timedelta(seconds=seconds))


def said(interview: Interview, now: datetime) -> object:
    """Everything that an interview's own page says by the hour."""
    reminders = plan_reminders(interview, SETTINGS, now)
    days = [now.astimezone(zone_of(zone)).date() for zone in ("UTC", interview.zone)]
    is_late = [
        due is not None and due < day for due in (interview.reply_by, interview.deadline) for day in days
    ]
    return (
        standing_of(interview, now),
        fitting_kinds(interview, now, reminders),
        [each.state for each in reminders],
        [day.year for day in days],
        is_late,
        interview.starts - now > timedelta(days=1),
    )


def ripe(interview: Interview, now: datetime, *, counts: bool = False) -> datetime:
    reminders = plan_reminders(interview, SETTINGS, now)
    dues = [each for each in (interview.reply_by, interview.deadline) if each]
    return next_change(interview, reminders, dues, now, "UTC", counts=counts)


@given(interviews(), moments, st.floats(0, 1))
def test_nothing_that_a_page_says_changes_before(interview: Interview, now: datetime, part: float) -> None:
    until = ripe(interview, now)
    assert until > now
    between = now + (until - now - SECOND) * part
    assume(between >= now)
    for moment in (between.replace(microsecond=0), until - SECOND):
        if moment >= now:
            assert said(interview, moment) == said(interview, now)


@given(interviews(), moments)
def test_a_count_of_minutes_and_hours_stays_until_then(interview: Interview, now: datetime) -> None:
    until = ripe(interview, now, counts=True)
    assume(now - interview.ends < timedelta(days=60))
    assert countdown_text(interview, until - SECOND) == countdown_text(interview, now)


@given(interviews(), moments)
def test_the_next_happening_is_the_first_ahead(interview: Interview, now: datetime) -> None:
    reminders = plan_reminders(interview, SETTINGS, now)
    following = next_happening(interview, reminders, now)
    named = [interview.starts, interview.ends, *(each.at for each in reminders)]
    ahead = [moment for moment in named if moment > now]
    assert following is None or following > now
    assert all(following is not None and following <= moment for moment in ahead)


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.COMPLETED])
@pytest.mark.parametrize("outcome", [None, Outcome.OFFER, Outcome.REJECTED, Outcome.NO_SHOW])
def test_mails_begin_and_cease_to_fit_only_at_the_listed_distances(
    status: Status, outcome: Outcome | None
) -> None:
    """Looked at minute by minute around each whole hour: a new rule must be listed with the others."""
    starts = BASE.replace(hour=9)
    interview = Interview(
        id="a",
        path="a.md",
        company="Acme",
        role="Engineer",
        type=InterviewType.PANEL,
        starts=starts,
        ends=starts + timedelta(hours=1),
        zone="UTC",
        status=status,
        outcome=outcome,
        adjustments=("quiet",),
        modified=BASE,
    )
    listed = {starts - each for each in BEFORE_START} | {interview.ends + each for each in AFTER_END}
    listed |= {starts, interview.ends}
    for quarter in range(-4 * 24 * 4, 66 * 24 * 4):
        moment = starts + quarter * timedelta(minutes=15)
        before, after = moment - SECOND, moment + SECOND
        if moment.hour == 0 and moment.minute == 0:
            continue
        changes = fitting_kinds(interview, before) != fitting_kinds(interview, after)
        assert not changes or moment in listed, moment
