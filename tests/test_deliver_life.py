"""Weeks of a vault in which everything happens: crashes, failures, edits, snoozes, moves, sleep."""

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prepvault.errors import PrepVaultError
from prepvault.jobs.context import open_root
from prepvault.jobs.lifecycle import reschedule
from prepvault.jobs.load import load
from prepvault.jobs.snooze import snooze
from prepvault.model.delivery import Channel, Ending
from prepvault.model.interview import Interview
from prepvault.model.reminder import ReminderState
from prepvault.rules.reminders import plan_reminders
from tests.conftest import Maker
from tests.delivering import (
    HOUR,
    MINUTE,
    Desktop,
    StopError,
    deliver,
    desktop_on_path,
    own_mail_server,
    past_of,
    settle,
    stopping_at,
)
from tests.mail_server import Box

FIRST = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
TOML = """
=== prepvault.toml
[vault]
timezone = "Europe/Berlin"
id = "life"
[reminders]
channels = ["desktop", "email"]
quiet_hours = "22:00-07:00"
"""
NAMES = ("alpha", "bravo", "carol", "delta")
STEPS = ("intent", "deliver", "outcome", "note", "missed")


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desktop:
    return desktop_on_path(tmp_path, monkeypatch)


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    with own_mail_server(monkeypatch) as box:
        yield box


def notes(chance: random.Random) -> str:
    made = []
    for name in NAMES:
        at = FIRST + timedelta(days=chance.uniform(1, 14))
        kind = chance.choice(["technical", "panel", "phone_screen"])
        made.append(
            f"=== Interviews/{name}.md\n---\nid: int_{name}_1\ncompany: {name.title()}\nrole: Engineer\n"
            f"interview_type: {kind}\nscheduled_at: {at:%Y-%m-%dT%H}:00:00\nstatus: scheduled\n---\n"
            f"Words about {name}.\n"
        )
    return TOML + "".join(made)


class Life:
    """One vault, its clock, and how often its process was cut short."""

    def __init__(self, root: Path, desktop: Desktop, mailbox: Box, chance: random.Random) -> None:
        self.root, self.desktop, self.mailbox, self.chance = root, desktop, mailbox, chance
        self.now, self.crashes = FIRST, 0
        self.keys: dict[str, datetime] = {}

    def interviews(self) -> tuple[Interview, ...]:
        context = open_root(self.root.resolve(), now=self.now.isoformat())
        return load(context).interviews

    def remember(self) -> None:
        """Put down what is planned now: what lasts until its end must be told or missed.

        What the note tells of an hour shortly before a move counts for the new time too.
        """
        context = open_root(self.root.resolve(), now=self.now.isoformat())
        known = {key for telling in past_of(self.root).tellings for key in telling.keys}
        planned = {
            each.key: each.until
            for one in self.interviews()
            for each in plan_reminders(one, context.settings, self.now)
            if each.until > FIRST and (each.key in known or each.state is not ReminderState.SENT)
        }
        lasting = {key: until for key, until in self.keys.items() if until <= self.now}
        self.keys = {**lasting, **planned}

    def step(self) -> None:
        """Something happens, then there is a delivery, which may be cut short."""
        happening = self.chance.choice(
            ["nothing"] * 4 + ["save", "snooze", "move", "desktop", "mail", "back"]
        )
        getattr(self, f"_{happening}")()
        self.remember()
        crash = self.chance.choice([*STEPS, *[""] * 8])
        probe = stopping_at(crash, self.chance.choice([1, 1, 2])) if crash else (lambda step: None)
        try:
            deliver(self.root, self.now, probe=probe)
        except StopError:
            self.crashes += 1
        self.now += timedelta(minutes=self.chance.choice([1, 20, 90, 240, 400, 1500]))

    def _nothing(self) -> None:
        settle(self.root)

    def _save(self) -> None:
        path = self.root / "Interviews" / f"{self.chance.choice(NAMES)}.md"
        path.write_text(path.read_text(encoding="utf-8") + "typed\n", encoding="utf-8")

    def _snooze(self) -> None:
        context = open_root(self.root.resolve(), now=self.now.isoformat())
        with suppress(PrepVaultError):
            snooze(context, self.chance.choice(self.interviews()), self.chance.choice(["20m", "5h"]))

    def _move(self) -> None:
        context = open_root(self.root.resolve(), now=self.now.isoformat())
        later = self.now + timedelta(hours=self.chance.randrange(30, 90))
        if self.now < FIRST + timedelta(days=12):
            reschedule(context, self.chance.choice(self.interviews()), f"{later:%Y-%m-%dT%H}:00:00+00:00")

    def _desktop(self) -> None:
        self.desktop.fail(self.chance.choice([0, 0, 1]))

    def _mail(self) -> None:
        self.mailbox.fault = self.chance.choice(["", "", "busy", "hang-up", "hang-up-kept", "data"])

    def _back(self) -> None:
        self.now = max(FIRST, self.now - self.chance.choice([HOUR, timedelta(days=2)]))


def check(life: Life) -> None:
    past = past_of(life.root)
    told = [(key, t.channel) for t in past.tellings if t.ending is Ending.TOLD for key in t.keys]
    assert len(told) == len(set(told)), "told twice by one channel"
    messages = sum(t.ending is Ending.TOLD and t.channel is Channel.DESKTOP for t in past.tellings)
    assert len(life.desktop.titles) <= messages + life.crashes
    mails = [t for t in past.tellings if t.channel is Channel.EMAIL and t.ending is not Ending.FAILED]
    assert len(life.mailbox.mails) <= len(mails)
    identities = [mail["Message-ID"] for mail in life.mailbox.mails]
    assert len(identities) == len(set(identities)), "one mail twice"
    in_sight = {key for t in past.tellings if t.ending is Ending.TOLD or t.is_in_doubt for key in t.keys}
    lost = {key for key, until in life.keys.items() if until < life.now} - in_sight - set(past.missed)
    assert lost == set()
    for name in NAMES:
        text = (life.root / "Interviews" / f"{name}.md").read_text(encoding="utf-8")
        sent = [line for line in text.splitlines() if line.startswith(("  - ", "- ")) and "T" in line]
        assert len(sent) == len(set(sent)), "a note tells the same twice"
        assert f"Words about {name}." in text


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_nothing_doubles_and_nothing_is_lost(
    seed: int, make_vault: Maker, desktop: Desktop, mailbox: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prepvault.jobs.send_mail._MOST", ())  # a month passes within one second
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    life = Life(make_vault(notes(chance)), desktop, mailbox, chance)
    for _ in range(100):
        life.step()
    assert life.crashes
    mailbox.fault = ""
    desktop.fail(0)
    settle(life.root)
    life.now = max(life.now, FIRST) + timedelta(days=60)
    deliver(life.root, life.now)
    deliver(life.root, life.now + MINUTE)
    check(life)
