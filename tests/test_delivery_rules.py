"""What is told when: quiet hours, snoozes, failures, and what other machines told."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from prepvault.model.delivery import Channel, Ending, Past, Snooze, Telling
from prepvault.model.interview import Interview, Session, Status
from prepvault.model.quiet import Quiet, find_quiet
from prepvault.model.settings import Settings
from prepvault.rules.delivery import DeliveryPlan, Outlook, find_standings, outlook_of, plan_delivery
from prepvault.rules.reminder_words import reminder_lines, reminder_title
from prepvault.rules.reminders import plan_reminders
from tests.feed_maker import interview, local, settings

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
BERLIN = "Europe/Berlin"
CHANNELS = (Channel.DESKTOP,)
START = interview().starts


def look(now: datetime, *, past: Past | None = None, chosen: Settings | None = None) -> Outlook:
    return outlook_of(past or Past(began=START - 90 * HOUR), chosen or settings(), CHANNELS, now)


def plan(now: datetime, one: Interview | None = None, **more: object) -> DeliveryPlan:
    return plan_delivery([one or interview()], look(now, **more))  # type: ignore[arg-type]


def suffixes(now: datetime, one: Interview | None = None, **more: object) -> list[str]:
    messages = plan(now, one, **more).messages
    return [each.suffix for message in messages for each in message.reminders]


def told(*leads: str, ending: Ending | None = Ending.TOLD, at: datetime = START - 24 * HOUR) -> Past:
    keys = tuple(f"int_acme_1/{lead}/20260212T130000Z" for lead in leads)
    telling = Telling(1, Channel.DESKTOP, keys, at, ending=ending, ended=at)
    return Past(tellings=(telling,), began=START - 90 * HOUR)


# Quiet hours


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22:00-07:30", Quiet(time(22), time(7, 30))),
        (" 1:00 – 5:00 ", Quiet(time(1), time(5))),
        ("22:00-22:00", None),
        ("22-7", None),
        ("25:00-07:00", None),
        ("22:61-07:00", None),
        ("", None),
    ],
)
def test_quiet_hours_are_read(text: str, expected: Quiet | None) -> None:
    assert find_quiet(text) == expected


@pytest.mark.parametrize(
    ("zone", "text", "now", "end"),
    [
        (BERLIN, "22:00-07:30", (2026, 2, 11, 23), (2026, 2, 12, 7, 30)),
        (BERLIN, "22:00-07:30", (2026, 2, 12, 1), (2026, 2, 12, 7, 30)),
        (BERLIN, "13:00-15:00", (2026, 2, 12, 14), (2026, 2, 12, 15)),
        (BERLIN, "22:00-07:30", (2026, 3, 28, 23), (2026, 3, 29, 7, 30)),
        (BERLIN, "22:00-02:30", (2026, 3, 29, 1), (2026, 3, 29, 3, 30)),
        (BERLIN, "22:00-07:30", (2026, 10, 24, 23), (2026, 10, 25, 7, 30)),
        ("America/New_York", "22:00-01:30", (2026, 10, 31, 23), (2026, 11, 1, 1, 30)),
    ],
)
def test_quiet_hours_end_by_the_clock_on_the_wall(
    zone: str, text: str, now: tuple[int, ...], end: tuple[int, ...]
) -> None:
    quiet = find_quiet(text)
    assert quiet is not None
    moment = local(zone, *now)
    assert quiet.covers(moment, zone)
    assert quiet.end_after(moment, zone).astimezone(moment.tzinfo) == local(zone, *end)


def test_the_second_of_two_equal_hours_is_quiet_until_its_own_end() -> None:
    quiet = find_quiet("22:00-01:30")
    assert quiet is not None
    second = local("America/New_York", 2026, 11, 1, 1, 15, fold=1)
    end = quiet.end_after(second, "America/New_York")
    assert end - second == 15 * MINUTE


def test_a_reminder_waits_for_the_end_of_quiet_hours() -> None:
    chosen = settings(vault__timezone=BERLIN, reminders__quiet_hours="12:00-18:00")
    at = local(BERLIN, 2026, 2, 11, 14)
    waiting = plan(at, chosen=chosen)
    assert waiting.messages == ()
    assert waiting.next_at == local(BERLIN, 2026, 2, 11, 18)
    assert suffixes(local(BERLIN, 2026, 2, 11, 18), chosen=chosen) == ["48h", "24h"]


@pytest.mark.parametrize(("ends", "waits"), [("12:59", True), ("13:01", False), ("14:30", False)])
def test_an_interview_within_the_hour_does_not_wait(ends: str, waits: bool) -> None:
    chosen = settings(vault__timezone=BERLIN, reminders__quiet_hours=f"11:00-{ends}")
    assert (suffixes(START - 2 * HOUR, chosen=chosen) == []) == waits


def test_quiet_hours_are_those_of_the_vault_and_not_of_the_interview() -> None:
    chosen = settings(vault__timezone="America/New_York", reminders__quiet_hours="07:00-09:00")
    now = START - 24 * HOUR
    assert plan(now, chosen=chosen).messages == (), "14:00 in Berlin is 8:00 in New York"


# Snoozes


def snoozed(lead: str, until: datetime, at: datetime, past: Past) -> Past:
    key = f"int_acme_1/{lead}/20260212T130000Z"
    return replace(past, snoozes=(*past.snoozes, Snooze(1, "int_acme_1", key, until, at)))


def test_a_snooze_holds_everything_and_then_tells_it_again() -> None:
    now = START - 24 * HOUR
    past = snoozed("24h", now + 30 * MINUTE, now, told("48h", "24h"))
    held = plan(now + 10 * MINUTE, past=past)
    assert (held.messages, held.next_at) == ((), now + 30 * MINUTE)
    assert suffixes(now + 30 * MINUTE, past=past) == ["snooze"]


def test_an_untold_reminder_can_be_put_off_too() -> None:
    now = START - 24 * HOUR
    past = snoozed("24h", now + HOUR, now, Past(began=now - HOUR))
    assert suffixes(now + MINUTE, past=past) == []
    assert suffixes(now + HOUR, past=past) == ["48h", "24h", "snooze"]


def test_a_moved_interview_forgets_a_snooze() -> None:
    now = START - 24 * HOUR
    past = snoozed("24h", now + HOUR, now, told("48h", "24h"))
    assert suffixes(now + MINUTE, interview(2026, 2, 12, 15), past=past) == ["48h"]


def test_a_snooze_of_a_clock_that_ran_ahead_holds_nothing() -> None:
    ahead = START - 3 * HOUR
    past = snoozed("24h", ahead + HOUR, ahead, Past(began=START - 90 * HOUR))
    assert suffixes(START - 24 * HOUR, past=past) == ["48h", "24h"]


# What is known already


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("24h desktop 2026-02-11T14:00:00+01:00", ["48h"]),
        ("1d email", ["48h"]),
        ("24h", ["48h"]),
        ("24h desktop 2026-01-11T14:00:00+01:00", ["48h", "24h"]),
    ],
)
def test_what_the_note_says_was_told_elsewhere(entry: str, expected: list[str]) -> None:
    assert suffixes(START - 23 * HOUR, interview(reminders_sent=(entry,))) == expected


def test_what_this_machine_wrote_into_the_note_holds_back_no_other_channel() -> None:
    one = interview(reminders_sent=("24h desktop 2026-02-11T14:00:00+01:00",))
    outlook = outlook_of(told("24h"), settings(), (Channel.DESKTOP, Channel.EMAIL), START - 23 * HOUR)
    messages = plan_delivery([one], outlook).messages
    assert {each.channel: [r.suffix for r in each.reminders] for each in messages} == {
        Channel.DESKTOP: ["48h"],
        Channel.EMAIL: ["48h", "24h"],
    }


def test_thanks_that_were_sent_are_not_reminded_of() -> None:
    one = interview(status=Status.COMPLETED, reminders_sent=("thanks email 2026-02-12T15:30:00+01:00",))
    assert suffixes(START + 4 * HOUR, one) == []
    assert suffixes(START + 4 * HOUR, interview(status=Status.COMPLETED)) == ["thanks"]


def test_a_failure_of_a_clock_that_ran_ahead_is_tried_again_now() -> None:
    past = told("48h", "24h", ending=Ending.FAILED, at=START - HOUR)
    assert suffixes(START - 20 * HOUR, past=past) == ["48h", "24h"]


def test_what_was_cut_short_is_told_at_once() -> None:
    assert suffixes(START - 24 * HOUR, past=told("48h", "24h", ending=None)) == ["48h", "24h"]


def test_standings_say_why_something_waits() -> None:
    now = START - 24 * HOUR
    past = told("48h", "24h", ending=Ending.FAILED, at=now)
    [standing] = [each for each in find_standings([interview()], look(now, past=past)) if each.last][1:]
    assert (standing.waits, standing.next_at) == ("again", now + MINUTE)
    late = look(now, chosen=settings(vault__timezone=BERLIN, reminders__quiet_hours="13:00-16:00"))
    assert {each.waits for each in find_standings([interview()], late)[:2]} == {"quiet"}


# Words


def words(
    one: Interview, now: datetime, chosen: Settings | None = None, steps: tuple[str, ...] = ()
) -> list[str]:
    due = [each for each in plan_reminders(one, settings(), now) if each.at <= now]
    lines = reminder_lines(one, due, chosen or settings(vault__timezone=BERLIN), now, steps)
    return [reminder_title(one, due[-1], now), *lines]


def test_two_clocks_are_told_where_they_differ() -> None:
    home = settings(vault__timezone="Asia/Tokyo")
    line = words(interview(2026, 2, 12, 20), START + 5 * HOUR, home)[1]
    assert line == (
        "Technical interview, Thursday, 12 February, 20:00 Europe/Berlin (Friday 04:00 Asia/Tokyo)"
    )


def test_only_the_first_two_steps_are_told_and_only_their_point() -> None:
    steps = ("Say your opening aloud: it sets the pace", "Read the posting", "Sleep")
    told_lines = words(interview(), START - 2 * HOUR, steps=steps)
    assert told_lines[-2:] == ["Next: Say your opening aloud", "Next: Read the posting"]


def test_a_day_without_an_hour_is_named_by_its_day() -> None:
    starts = local(BERLIN, 2026, 2, 20)
    one = interview(starts=starts, ends=starts + timedelta(days=1), all_day=True)
    said = words(one, local(BERLIN, 2026, 2, 19, 18))
    assert said[0] == "Tomorrow: Acme Robotics, Backend Engineer"
    assert "Friday, 20 February, no hour is noted" in said[1]
    part = Session("Panel", starts.replace(hour=9), starts.replace(hour=10))
    day = replace(one, sessions=(part,))
    assert words(day, local(BERLIN, 2026, 2, 20, 7))[0].startswith("In 2 hours: ")


def test_long_and_hostile_names_stay_one_short_line() -> None:
    one = interview(company="A\x1b[2J\u202e\r\n" * 60)
    for line in words(one, START - 2 * HOUR):
        assert line.isprintable()
        assert len(line) <= 200
