"""Which reminders an interview has, when, and how they stand."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from prepvault.jobs.context import Context
from prepvault.jobs.remind import list_reminders
from prepvault.model.interview import Interview, InterviewType, Outcome, Session, Status
from prepvault.model.reminder import Reminder, ReminderKind, ReminderState
from prepvault.model.vault import Vault
from prepvault.rules.reminders import channels_told, plan_all, plan_reminders
from tests.conftest import NOW
from tests.feed_maker import interview, local, settings

HOUR = timedelta(hours=1)
BERLIN = "Europe/Berlin"


def plan(one: Interview, now: datetime = NOW) -> tuple[Reminder, ...]:
    return plan_reminders(one, settings(), now)


def suffixes(one: Interview, now: datetime = NOW) -> list[str]:
    return [reminder.suffix for reminder in plan(one, now)]


def states(one: Interview, now: datetime) -> dict[str, str]:
    return {reminder.suffix: reminder.state.value for reminder in plan(one, now)}


@pytest.mark.parametrize(
    ("kind", "leads"),
    [
        (InterviewType.PHONE_SCREEN, ["24h", "2h"]),
        (InterviewType.VIDEO_INTERVIEW, ["24h", "2h"]),
        (InterviewType.TECHNICAL, ["48h", "24h", "2h"]),
        (InterviewType.BEHAVIORAL, ["48h", "24h", "2h"]),
        (InterviewType.ON_SITE, ["72h", "24h", "2h"]),
        (InterviewType.PANEL, ["72h", "24h", "2h"]),
        (InterviewType.FINAL_ROUND, ["72h", "24h", "2h"]),
        (InterviewType.DEBRIEF, ["24h", "2h"]),
        (None, ["24h", "2h"]),
    ],
)
def test_each_type_has_its_leads(kind: InterviewType | None, leads: list[str]) -> None:
    assert suffixes(interview(type=kind)) == leads


def test_the_note_overrides_the_type() -> None:
    own = (90 * timedelta(minutes=1), timedelta(days=3), timedelta(days=3))
    assert suffixes(interview(leads=own)) == ["72h", "90m"]
    assert suffixes(interview(leads=())) == []


@pytest.mark.parametrize(
    ("zone", "when"),
    [
        ("America/New_York", (2026, 3, 9, 9)),
        ("America/New_York", (2026, 11, 2, 9)),
        ("Europe/Berlin", (2026, 3, 30, 9)),
        ("Europe/Berlin", (2026, 10, 26, 9)),
        ("Australia/Sydney", (2026, 10, 5, 9)),
        ("Asia/Kolkata", (2026, 3, 30, 9)),
    ],
)
def test_leads_are_elapsed_hours_in_weeks_when_clocks_change(zone: str, when: tuple[int, ...]) -> None:
    one = interview(*when, zone=zone, type=InterviewType.ON_SITE)
    gaps = [one.starts.astimezone(UTC) - reminder.at.astimezone(UTC) for reminder in plan(one)]
    assert gaps == [72 * HOUR, 24 * HOUR, 2 * HOUR]


def test_on_the_monday_after_a_change_the_wall_clock_differs() -> None:
    [two_days, day, _] = plan(interview(2026, 3, 30, 9))
    assert f"{two_days.at:%a %H:%M}, {day.at:%a %H:%M}" == "Sat 08:00, Sun 09:00"


def test_leads_an_hour_apart_stay_two_in_the_hour_that_comes_twice() -> None:
    one = interview(2026, 10, 26, 1, 30, leads=(23 * HOUR, 24 * HOUR))
    moments = [reminder.at.astimezone(UTC) for reminder in plan(one)]
    assert len(set(moments)) == 2
    assert moments[1] - moments[0] == HOUR


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.COMPLETED])
def test_closed_interviews_remind_of_nothing_before_them(status: Status) -> None:
    kinds = {reminder.kind for reminder in plan(interview(status=status))}
    assert not kinds & {ReminderKind.BEFORE, ReminderKind.CATCH_UP}


@pytest.mark.parametrize(
    "status",
    [Status.SCHEDULED, Status.CONFIRMED, Status.REMINDER_SENT, Status.IN_PROGRESS, Status.RESCHEDULED],
)
def test_open_interviews_remind(status: Status) -> None:
    assert suffixes(interview(status=status)) == ["48h", "24h", "2h"]


def test_booked_late_one_catch_up_stands_in_for_what_is_over() -> None:
    booked = local(BERLIN, 2026, 2, 11, 10)
    one = interview(created_at=booked)
    assert suffixes(one) == ["catch-up", "24h", "2h"]
    assert plan(one)[0].at == booked
    assert plan(one)[0].lead == 28 * HOUR
    later = interview(created_at=local(BERLIN, 2026, 2, 12, 13))
    assert suffixes(later) == ["catch-up"]
    assert suffixes(interview(created_at=local(BERLIN, 2026, 2, 13))) == []
    assert suffixes(interview(created_at=local(BERLIN, 2026, 1, 1))) == ["48h", "24h", "2h"]


def test_the_plan_is_the_same_at_every_hour_but_for_its_states() -> None:
    one = interview()
    early, late = plan(one, NOW), plan(one, NOW + timedelta(days=30))
    assert [(r.at, r.suffix, r.key) for r in early] == [(r.at, r.suffix, r.key) for r in late]
    assert {r.state for r in early} != {r.state for r in late}


def test_states_follow_the_clock() -> None:
    one = interview()
    start = one.starts.astimezone(UTC)
    assert set(states(one, start - 49 * HOUR).values()) == {"pending"}
    assert states(one, start - 48 * HOUR) == {"48h": "due", "24h": "pending", "2h": "pending"}
    assert states(one, start - timedelta(seconds=1)) == {"48h": "due", "24h": "due", "2h": "due"}
    assert states(one, start) == {"48h": "missed", "24h": "missed", "2h": "missed"}


def test_what_was_sent_counts_as_sent() -> None:
    sent = ("48h email 2026-02-10T14:00:00+01:00", "1d desktop 2026-02-11T14:05:00+01:00", "2h")
    assert set(states(interview(reminders_sent=sent), NOW).values()) == {"sent"}


def test_an_entry_of_an_earlier_time_does_not_count_for_the_new_one() -> None:
    sent = ("24h email 2026-02-11T14:00:00+01:00",)
    assert states(interview(2026, 2, 20, 14, reminders_sent=sent), NOW)["24h"] == "pending"
    assert states(interview(2026, 2, 12, 14, reminders_sent=sent), NOW)["24h"] == "sent"


@pytest.mark.parametrize("entry", ["", "  ", "12h email", "thanks", "hello world", "24"])
def test_other_entries_mean_nothing(entry: str) -> None:
    assert states(interview(reminders_sent=(entry,)), NOW)["24h"] == "pending"


def test_thanks_are_due_within_a_day_of_a_completed_interview() -> None:
    one = interview(2026, 2, 9, 9, status=Status.COMPLETED, outcome=Outcome.ADVANCED)
    [thanks] = plan(one)
    assert (thanks.kind, thanks.suffix) == (ReminderKind.THANK_YOU, "thanks")
    assert thanks.at == one.ends + 2 * HOUR
    end = one.ends.astimezone(UTC)
    assert states(one, end + HOUR) == {"thanks": "pending"}
    assert states(one, end + 23 * HOUR) == {"thanks": "due"}
    assert states(one, end + 24 * HOUR) == {"thanks": "missed"}
    early = interview(
        2026, 2, 9, 9, status=Status.COMPLETED, reminders_sent=("thanks email 2026-02-09T10:10:00",)
    )
    assert states(early, end)["thanks"] == "sent"


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (None, ["thanks", "follow-up"]),
        (Outcome.PENDING, ["thanks", "follow-up"]),
        (Outcome.ADVANCED, ["thanks"]),
        (Outcome.REJECTED, ["thanks"]),
        (Outcome.NO_RESPONSE, ["thanks"]),
        (Outcome.WITHDRAWN, []),
        (Outcome.NO_SHOW, []),
    ],
)
def test_the_outcome_decides_what_comes_after(outcome: Outcome | None, expected: list[str]) -> None:
    assert suffixes(interview(status=Status.COMPLETED, outcome=outcome)) == expected


@pytest.mark.parametrize(
    ("reply_by", "expected"),
    [
        (date(2026, 2, 16), "Tue 2026-02-17 09:00"),
        (date(2026, 2, 19), "Fri 2026-02-20 09:00"),
        (date(2026, 2, 20), "Mon 2026-02-23 09:00"),
        (date(2026, 2, 21), "Mon 2026-02-23 09:00"),
        (date(2026, 2, 22), "Mon 2026-02-23 09:00"),
        (None, "Thu 2026-02-19 09:00"),
    ],
)
def test_follow_up_comes_a_working_day_after_the_promise_else_a_week_later(
    reply_by: date | None, expected: str
) -> None:
    follow_up = plan(interview(status=Status.COMPLETED, reply_by=reply_by))[-1]
    assert follow_up.kind is ReminderKind.FOLLOW_UP
    assert follow_up.all_day
    assert f"{follow_up.at:%a %Y-%m-%d %H:%M}" == expected


def test_a_day_without_an_hour_reminds_in_the_evening_before() -> None:
    starts = local(BERLIN, 2026, 2, 20)
    one = interview(starts=starts, ends=starts + timedelta(days=1), all_day=True, type=InterviewType.ON_SITE)
    moments = [f"{r.suffix} {r.at:%d %H:%M}" for r in plan(one)]
    assert moments == ["72h 17 18:00", "24h 19 18:00"]
    [late] = plan_reminders(one, settings(reminders__all_day_hour=7, reminders__on_site=("2h",)), NOW)
    assert f"{late.suffix} {late.at:%d %H:%M}" == "2h 19 07:00"


def test_a_day_of_sessions_reminds_before_the_first() -> None:
    day = local(BERLIN, 2026, 2, 20)
    parts = tuple(Session(f"{h}", day.replace(hour=h), day.replace(hour=h + 1)) for h in (13, 9))
    one = interview(starts=day, ends=day + timedelta(days=1), all_day=True, sessions=parts, leads=(HOUR,))
    assert [f"{r.at:%d %H:%M}" for r in plan(one)] == ["20 08:00"]
    done = interview(starts=day, ends=day + timedelta(days=1), sessions=parts, status=Status.COMPLETED)
    assert f"{plan(done)[0].at:%d %H:%M}" == "20 16:00"


def test_keys_change_with_the_start_and_suffixes_do_not() -> None:
    before, after = plan(interview()), plan(interview(2026, 2, 20, 14))
    assert [r.suffix for r in before] == [r.suffix for r in after]
    assert not {r.key for r in before} & {r.key for r in after}


def test_plans_of_many_are_in_order_of_instants() -> None:
    ones = [
        interview(2026, 2, 12, 14, zone=zone, name=zone[-4:])
        for zone in ("America/New_York", "Asia/Kolkata", "UTC")
    ]
    moments = [r.at.astimezone(UTC) for r in plan_all(ones, settings(), NOW)]
    assert moments == sorted(moments)


def test_the_job_lists_what_is_due_and_what_comes_within() -> None:
    soon = interview(2026, 2, 10, 12, zone="UTC", name="soon")
    far = interview(2026, 6, 1, 9, name="far")
    past = interview(2026, 2, 5, 9, name="past")
    context = Context(Path(), settings(), NOW)
    vault = Vault(name="v", settings=settings(), interviews=(past, soon, far))
    listed = list_reminders(context, vault, within=timedelta(days=2))
    within = [f"{each.reminder.suffix} {each.state}" for each in listed.open]
    assert within == ["48h due", "24h pending", "2h pending"]
    assert len(list_reminders(context, vault).open) == 6
    assert [each.reminder.suffix for each in list_reminders(context, vault, only_due=True).open] == ["48h"]
    assert {each.interview.id for each in listed.missed} == {"int_past_1"}
    assert all(each.state is ReminderState.MISSED for each in listed.missed)


@pytest.mark.parametrize("word", ["remind-thanks", "remind-follow-up"])
def test_being_reminded_of_something_is_not_having_done_it(word: str) -> None:
    told = f"{word} desktop 2026-02-20T12:00:00+01:00"
    one = interview(2026, 2, 9, 9, status=Status.COMPLETED, reminders_sent=(told,))
    assert "sent" not in states(one, NOW + timedelta(days=12)).values()
    of_them = {each.suffix: channels_told(each, one) for each in plan(one)}
    assert of_them[word.removeprefix("remind-")] == {"desktop"}
