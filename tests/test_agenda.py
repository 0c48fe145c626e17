"""Which interview, and which smaller matter, falls on which day of the user's calendar."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from prepvault.model.agenda import Day, Entry, MarkKind
from prepvault.model.interview import Interview, Outcome, Session
from prepvault.model.reminder import Reminder, ReminderKind, ReminderState
from prepvault.model.zones import zone_of
from prepvault.rules.agenda import months
from tests.conftest import NOW
from tests.dashboard import decided, interview


def by_day(*interviews: Interview, reminders: Iterable[Reminder] = ()) -> dict[date, Day]:
    """Lay the months out for Berlin, and name their days."""
    laid_out = months(interviews, reminders, NOW, "Europe/Berlin")
    assert all(len(week) == 7 for month in laid_out for week in month.weeks)
    days = [day for month in laid_out for week in month.weeks for day in week]
    assert not [day for day in days if day.is_outside and (day.entries or day.marks)]
    return {day.day: day for day in days if not day.is_outside}


def test_months_hold_this_one_and_each_with_something_on_the_users_own_day() -> None:
    late = interview("late", starts=datetime(2026, 2, 28, 23, 30, tzinfo=UTC))
    far = interview("far", starts=datetime(2029, 5, 4, 10, tzinfo=UTC), reply_by=date(2029, 7, 1))
    laid_out = months([late, far], (), NOW, "Europe/Berlin")
    firsts = [date(2026, 2, 1), date(2026, 3, 1), date(2029, 5, 1), date(2029, 7, 1)]
    assert [month.first for month in laid_out] == firsts
    assert [each.id for each in by_day(late)[date(2026, 3, 1)].entries] == ["late"]


def test_a_night_is_on_both_days_and_midnight_is_the_end_of_the_first() -> None:
    night, late = (datetime(2026, 3, 3, 22, 30, tzinfo=UTC), datetime(2026, 3, 5, 22, tzinfo=UTC))
    days = by_day(
        interview("night", starts=night, ends=night + timedelta(minutes=90)),
        interview("late", starts=late, ends=late + timedelta(hours=1)),
    )
    first, second = (days[date(2026, 3, day)].entries[0] for day in (3, 4))
    assert (first.starts, first.ends, first.number, first.days) == (night, None, 1, 2)
    assert (second.starts, second.ends, second.number) == (None, night + timedelta(minutes=90), 2)
    assert len(days[date(2026, 3, 5)].entries) == 1
    assert days[date(2026, 3, 6)].entries == ()


def test_sessions_are_on_their_days_and_between_them_there_is_nothing() -> None:
    berlin = zone_of("Europe/Berlin")
    starts = [datetime(*day, 10, tzinfo=berlin) for day in ((2026, 3, 17), (2026, 3, 19), (9999, 12, 31))]
    parts = tuple(Session(f"on {each:%d}", each, each + timedelta(hours=1)) for each in starts)
    begins = datetime(2026, 3, 17, 9, tzinfo=berlin)
    days = by_day(interview(starts=begins, ends=parts[1].ends, sessions=parts))
    told = {day.day: each for day in days.values() for each in day.entries}
    assert told == {
        date(2026, 3, 17): Entry("int_a_1", begins, parts[0].ends, 1, 2, parts[:1]),
        date(2026, 3, 19): Entry("int_a_1", parts[1].starts, parts[1].ends, 2, 2, parts[1:2]),
    }


def test_a_day_marks_promises_until_they_are_kept_and_reminders_until_they_are_told() -> None:
    promised = interview("a", reply_by=date(2026, 2, 20))
    answered = decided("b", Outcome.REJECTED, reply_by=date(2026, 2, 20))
    asked = decided("c", Outcome.OFFER, deadline=date(2026, 2, 20))
    told = [
        Reminder(NOW, "a", kind, kind.value, f"a/{kind}/{state}", timedelta(), NOW, state)
        for kind, state in (
            (ReminderKind.BEFORE, ReminderState.PENDING),
            (ReminderKind.BEFORE, ReminderState.SENT),
            (ReminderKind.THANK_YOU, ReminderState.DUE),
            (ReminderKind.FOLLOW_UP, ReminderState.MISSED),
        )
    ]
    days = by_day(promised, answered, asked, reminders=told)
    assert [(mark.kind, mark.interview_id) for mark in days[date(2026, 2, 20)].marks] == [
        (MarkKind.DEADLINE, "c"),
        (MarkKind.REPLY, "a"),
    ]
    assert [mark.kind for mark in days[NOW.date()].marks] == [MarkKind.REMINDER, MarkKind.THANKS]
