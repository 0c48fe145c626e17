"""Sixty days of reminders under a clock that sleeps, jumps and changes its hour; the ledger is in memory."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from prepvault.model.delivery import Channel, Ending, Past, Telling
from prepvault.model.interview import Interview, InterviewType, Status
from prepvault.model.quiet import find_quiet
from prepvault.model.reminder import Reminder
from prepvault.model.settings import Settings
from prepvault.rules.delivery import DeliveryPlan, outlook_of, plan_delivery
from prepvault.rules.reminders import plan_all
from tests.feed_maker import interview, settings

DAYS = 60
HOUR = timedelta(hours=1)
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Sydney", "America/St_Johns", "Asia/Kolkata", "UTC")
SEASONS = {"spring": datetime(2026, 2, 20, tzinfo=UTC), "autumn": datetime(2026, 9, 20, tzinfo=UTC)}
"""Each holds the clock changes of America, Europe and Australia."""

ODD_TIMES = {
    "a leap day": datetime(2028, 2, 1, tzinfo=UTC),
    "a century without one": datetime(2100, 2, 1, tzinfo=UTC),
    "the end of a year": datetime(2026, 12, 1, tzinfo=UTC),
    "2038": datetime(2037, 12, 25, tzinfo=UTC),
    "a day that a zone left out": datetime(2011, 12, 5, tzinfo=UTC),
    "Ramadan": datetime(2026, 1, 25, tzinfo=UTC),
}
"""Around each of them clocks, calendars or whole numbers have failed somebody."""

ODD_ZONES = ("Pacific/Apia", "Africa/Casablanca", "Africa/El_Aaiun", "Australia/Lord_Howe", "America/Nuuk")
"""Zones that changed their rules, go back for a month, or change by half an hour or at midnight."""

FAR_OFF = (
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    datetime(2099, 7, 1, tzinfo=UTC),
    datetime(2000, 1, 1, tzinfo=UTC),
)
"""Where clocks stand after an empty battery, an overflow, or a slip of the hand."""

QUIET = "22:30-07:15"


class World:
    """Interviews, a ledger in memory, and a clock that somebody turns."""

    def __init__(self, interviews: Sequence[Interview], chosen: Settings, now: datetime) -> None:
        self.interviews = interviews
        self.settings = chosen
        self.past = Past(began=now)
        self.told: list[tuple[datetime, Reminder]] = []

    def look(self, now: datetime) -> DeliveryPlan:
        """Deliver what is due at a moment."""
        plan = plan_delivery(self.interviews, outlook_of(self.past, self.settings, (Channel.DESKTOP,), now))
        tellings = list(self.past.tellings)
        for message in plan.messages:
            number = len(tellings) + 1
            tellings.append(
                Telling(number, message.channel, message.keys, now, ending=Ending.TOLD, ended=now)
            )
            self.told += [(now, reminder) for reminder in message.reminders]
        missed = {**self.past.missed, **{each.key: now for each in plan.missed}}
        assert len(missed) == len(self.past.missed) + len(plan.missed), "missed twice"
        self.past = replace(self.past, tellings=tuple(tellings), missed=missed)
        return plan


def diary(
    chance: random.Random, first: datetime, zones: Sequence[str] = ZONES, count: int = 25
) -> list[Interview]:
    """Twenty-five interviews of all kinds, hours and zones within the sixty days."""
    made = []
    for number in range(count):
        at = first + timedelta(days=chance.uniform(1, DAYS - 18))
        kind = chance.choice(list(InterviewType))
        status = chance.choice([Status.SCHEDULED] * 4 + [Status.COMPLETED])
        zone = chance.choice(zones)
        when = (at.year, at.month, at.day, chance.randrange(24), chance.choice([0, 30, 45]))
        made.append(interview(*when, zone=zone, name=f"n{number}", type=kind, status=status))
    return made


def everything(world: World, first: datetime) -> set[str]:
    """The key of every reminder that made sense for a while after the first day."""
    planned = plan_all(world.interviews, world.settings, first)
    return {each.key for each in planned if each.until > first}


def check_once(world: World, first: datetime) -> None:
    counts = Counter(reminder.key for _, reminder in world.told)
    assert max(counts.values()) == 1, "told twice"
    keys = everything(world, first)
    assert set(counts) <= keys
    assert keys - set(counts) <= set(world.past.missed), "lost from sight"
    for at, reminder in world.told:
        assert reminder.at <= at < reminder.until


def check_no_chance_missed(world: World, looks: Sequence[datetime]) -> None:
    """What a look by a right clock could have told was told."""
    told = {reminder.key for _, reminder in world.told}
    for each in plan_all(world.interviews, world.settings, looks[0]):
        assert each.key in told or not any(each.at <= now < each.until for now in looks)


def check_quiet(world: World, zone_at: dict[datetime, str]) -> None:
    quiet = find_quiet(QUIET)
    assert quiet is not None
    for at, reminder in world.told:
        if quiet.covers(at, zone_at[at]):
            assert reminder.until < quiet.end_after(at, zone_at[at]) + 2 * HOUR, "it could have waited"


@pytest.mark.parametrize("season", SEASONS)
@pytest.mark.parametrize("seed", range(4))
def test_sleeps_and_jumps_neither_lose_nor_double(season: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    first = SEASONS[season]
    world = World(diary(chance, first), settings(), first)
    now, true = first, first
    while true < first + timedelta(days=DAYS):
        world.look(now)
        step = timedelta(minutes=chance.uniform(1, 240))
        if chance.random() < 0.06:
            step = timedelta(hours=chance.uniform(6, 70))
        true += step
        now += step
        if chance.random() < 0.05:
            now += chance.choice([1, -1]) * chance.choice([HOUR, timedelta(days=2)])
        elif chance.random() < 0.1:
            now = true  # the clock is set right again
    world.look(first + timedelta(days=DAYS + 30))
    check_once(world, first)


@pytest.mark.parametrize("time", ODD_TIMES)
def test_at_odd_times_and_in_odd_zones_each_is_told_once(time: str) -> None:
    chance, first = random.Random(time), ODD_TIMES[time]  # noqa: S311 - a test's dice
    world = World(diary(chance, first, ODD_ZONES), settings(), first)
    now, looks = first, []
    while now < first + timedelta(days=DAYS + 30):
        world.look(now)
        looks.append(now)
        now += timedelta(minutes=chance.uniform(1, 800))
    check_once(world, first)
    check_no_chance_missed(world, looks)
    assert len(world.told) > 30


@pytest.mark.parametrize("first", SEASONS.values(), ids=SEASONS)
def test_a_clock_that_is_far_off_for_a_while_loses_and_doubles_nothing(first: datetime) -> None:
    """What a clock years ahead put down as missed is told all the same when its hour comes."""
    chance = random.Random(5)  # noqa: S311 - a test's dice
    world = World(diary(chance, first), settings(), first)
    true, looks = first, []
    for step in range(450):
        is_off = step % 50 in {7, 8, 9}
        now = FAR_OFF[step // 50 % len(FAR_OFF)] + timedelta(minutes=step) if is_off else true
        world.look(now)
        looks += [] if is_off else [now]
        true += timedelta(minutes=chance.uniform(1, 400))
    check_once(world, first)
    check_no_chance_missed(world, looks)
    assert len(world.told) > 40


@pytest.mark.parametrize("season", SEASONS)
def test_a_clock_that_trembles_at_the_very_second_tells_once_and_not_early(season: str) -> None:
    first = SEASONS[season]
    world = World(diary(random.Random(9), first, count=8), settings(), first)  # noqa: S311 - a test's dice
    due = sorted(each.at.astimezone(UTC) for each in plan_all(world.interviews, world.settings, first))
    for at in due:
        for seconds in (-59, -1, 0, -30, 1, -1, 59):
            world.look(max(first, at + timedelta(seconds=seconds)))
    check_once(world, first)
    in_time = [reminder for now, reminder in world.told if now == max(first, reminder.at.astimezone(UTC))]
    assert len(in_time) == len(world.told) >= 10


def test_two_machines_in_two_zones_mean_the_same_instants() -> None:
    """A key is an instant: what one machine told is what the other would tell, whatever their zones."""
    first = SEASONS["spring"]
    held = diary(random.Random(4), first)  # noqa: S311 - a test's dice
    here, there = (replace(settings(), local_zone=zone) for zone in ("Asia/Kolkata", "America/New_York"))
    keys = [{(each.key, each.at) for each in plan_all(held, chosen, first)} for chosen in (here, there)]
    assert keys[0] == keys[1]
    one, other = World(held, here, first), World(held, there, first)
    now = first
    while now < first + timedelta(days=DAYS + 30):
        one.look(now)
        other.past = replace(other.past, tellings=one.past.tellings)
        assert other.look(now).messages == ()
        now += timedelta(hours=13)


@pytest.mark.parametrize("season", SEASONS)
def test_quiet_hours_and_a_machine_that_travels(season: str) -> None:
    chance = random.Random(100)  # noqa: S311 - a test's dice
    first = SEASONS[season]
    chosen = settings(reminders__quiet_hours=QUIET)
    world = World(diary(chance, first), chosen, first)
    now, zones = first, {}
    while now < first + timedelta(days=DAYS):
        world.settings = replace(chosen, local_zone=ZONES[now.toordinal() % 17 % len(ZONES)])
        zones[now] = world.settings.zone
        world.look(now)
        now += timedelta(minutes=chance.uniform(1, 120))
    zones[now] = world.settings.zone
    world.look(now)
    check_once(world, first)
    check_quiet(world, zones)
    assert len(world.told) > 40


@pytest.mark.parametrize("season", SEASONS)
@pytest.mark.parametrize("hours", ["", QUIET])
def test_whoever_wakes_only_when_told_to_is_in_time_and_not_busy(season: str, hours: str) -> None:
    first = SEASONS[season]
    world = World(diary(random.Random(3), first), settings(reminders__quiet_hours=hours), first)  # noqa: S311
    now, rounds = first, 0
    while True:
        next_at = world.look(now).next_at
        rounds += 1
        if next_at is None:
            break
        assert next_at > now, "a busy loop"
        now = next_at
    keys = everything(world, first)
    assert rounds <= 3 * len(keys)
    assert {reminder.key for _, reminder in world.told} == keys
    late = [reminder for at, reminder in world.told if at != max(reminder.at.astimezone(UTC), first)]
    assert bool(late) == bool(hours), "without quiet hours everything is told to the second"
    check_once(world, first)
