"""A crash at any step repeats at most one notification and no mail, and loses nothing from sight."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from prepvault.jobs.context import open_root
from prepvault.jobs.load import load
from prepvault.jobs.remind import list_reminders
from prepvault.model.delivery import Channel, Ending
from prepvault.model.reminder import ReminderState
from tests.conftest import Maker
from tests.delivering import (
    HOUR,
    MINUTE,
    NOTE,
    START,
    TOML,
    Desktop,
    StopError,
    deliver,
    desktop_on_path,
    note,
    own_mail_server,
    past_of,
    settle,
    settled_vault,
    stopping_at,
)
from tests.mail_server import Box

STEPS = ("intent", "deliver", "outcome", "note")
"""The steps of one telling, in order."""


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desktop:
    return desktop_on_path(tmp_path, monkeypatch)


@pytest.fixture
def root(make_vault: Maker) -> Path:
    return settled_vault(make_vault)


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    with own_mail_server(monkeypatch) as box:
        yield box


def stop_at(step: str, root: Path, channel: Channel, hours: int) -> None:
    with pytest.raises(StopError):
        deliver(root, START - hours * HOUR, channels=(channel,), probe=stopping_at(step))


@pytest.mark.parametrize("step", STEPS)
def test_a_stop_before_any_step_repeats_at_most_one_notification(
    step: str, root: Path, desktop: Desktop
) -> None:
    stop_at(step, root, Channel.DESKTOP, 24)
    assert len(desktop.titles) == (step in {"outcome", "note"})
    settle(root)
    done = deliver(root, START - 24 * HOUR + MINUTE)
    assert len(desktop.titles) == 1 + (step == "outcome")
    assert (len(done.told), done.noted) == (step != "note", ("Interviews/acme.md",))
    assert deliver(root, START - 23 * HOUR).told == ()
    assert note(root).count("24h desktop") == 1


@pytest.mark.parametrize("step", STEPS)
def test_a_stop_before_any_step_sends_no_mail_twice(step: str, root: Path, mailbox: Box) -> None:
    stop_at(step, root, Channel.EMAIL, 24)
    settle(root)
    for minutes in (1, 6, 60):
        deliver(root, START - 24 * HOUR + minutes * MINUTE, channels=(Channel.EMAIL,))
    assert len(mailbox.mails) == 1
    assert past_of(root).tellings[-1].ending is Ending.TOLD
    assert note(root).count("24h email") == 1


@pytest.mark.parametrize("fault", ["hang-up", "hang-up-kept"])
def test_a_stop_while_the_server_is_silent_leaves_a_doubt_in_sight(
    fault: str, root: Path, mailbox: Box
) -> None:
    mailbox.fault = fault
    stop_at("outcome", root, Channel.EMAIL, 24)
    mailbox.fault = ""
    taken = len(mailbox.mails)
    done = deliver(root, START - 23 * HOUR, channels=(Channel.EMAIL,))
    assert (done.reports, len(done.in_doubt), len(mailbox.mails)) == ((), 1, taken)
    context = open_root(root.resolve(), now=(START - 22 * HOUR).isoformat())
    shown = list_reminders(context, load(context)).trouble
    assert [each.reminder.suffix for each in shown] == ["48h", "24h"]
    assert {(each.state, each.last[0].ending) for each in shown} == {(ReminderState.SENT, Ending.UNCERTAIN)}


def test_a_stop_before_what_was_missed_is_put_down_names_it_later(root: Path, desktop: Desktop) -> None:
    deliver(root, START - 47 * HOUR)
    with pytest.raises(StopError):
        deliver(root, START + MINUTE, probe=stopping_at("missed"))
    assert [each.suffix for each in deliver(root, START + HOUR).missed] == ["24h", "2h"]


def test_stops_one_after_the_other_each_repeat_one_at_most(root: Path, desktop: Desktop) -> None:
    stops = 0
    for hours in (48, 24, 2):
        for step in STEPS[:3]:
            settle(root)
            stop_at(step, root, Channel.DESKTOP, hours)
            stops += 1
        deliver(root, START - hours * HOUR + MINUTE)
        assert len(desktop.titles) <= {48: 1, 24: 2, 2: 3}[hours] + stops
    assert {telling.ending for telling in past_of(root).tellings} == {None, Ending.TOLD}
    assert note(root).count("desktop") == 3


CHILD = """
import sys
from pathlib import Path
from prepvault.jobs.context import open_root
from prepvault.jobs.deliver import deliver_due
from prepvault.jobs.load import load
from prepvault.model.delivery import Channel
context = open_root(Path(sys.argv[1]), now=sys.argv[2])
vault = load(context)
print("ready", flush=True)
deliver_due(context, vault, channels=tuple(map(Channel, sys.argv[3:])))
"""
COMPANIES = ("Alpha", "Bravo", "Carol", "Delta", "Eagle", "Fermi")


def busy_vault(make_vault: Maker) -> Path:
    """Six interviews whose reminders are all due at once."""
    notes = [NOTE.replace("acme", name.lower()).replace("Acme", name) for name in COMPANIES]
    made = make_vault(TOML + "".join(notes))
    settle(made)
    return made


def killed_after(seconds: float, root: Path, *channels: str) -> bool:
    """Deliver in a process of its own and kill it so long after it began; tell whether it was still there."""
    words = [sys.executable, "-c", CHILD, str(root), (START - 24 * HOUR).isoformat(), *channels]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, start_new_session=True)
    assert child.stdout is not None
    with child.stdout as ready:
        ready.readline()
        time.sleep(seconds)
    was_there = child.poll() is None
    if was_there:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait(30)
    return was_there


@pytest.mark.slow
def test_kills_at_random_moments_repeat_one_notification_each_at_most(
    make_vault: Maker, desktop: Desktop
) -> None:
    chance = random.Random(11)  # noqa: S311 - a test's dice
    made = busy_vault(make_vault)
    kills = sum(killed_after(chance.uniform(0, 0.15), made, "desktop") for _ in range(12))
    settle(made)
    deliver(made, START - 24 * HOUR)
    shown = Counter(desktop.titles)
    assert set(shown) == {f"In 1 day: {name}, Engineer" for name in COMPANIES}
    assert sum(shown.values()) - len(COMPANIES) <= kills
    assert deliver(made, START - 23 * HOUR).told == ()
    told = [key for each in past_of(made).tellings if each.ending is Ending.TOLD for key in each.keys]
    assert (len(told), len(set(told))) == (12, 12)


@pytest.mark.slow
def test_kills_at_random_moments_double_no_mail_and_lose_none(make_vault: Maker, mailbox: Box) -> None:
    chance = random.Random(7)  # noqa: S311 - a test's dice
    made = busy_vault(make_vault)
    for _ in range(12):
        killed_after(chance.uniform(0, 0.4), made, "email")
    settle(made)
    for minutes in (0, 6, 20, 60):
        done = deliver(made, START - 24 * HOUR + minutes * MINUTE, channels=(Channel.EMAIL,))
    subjects = Counter(str(mail["Subject"]) for mail in mailbox.mails)
    assert max(subjects.values()) == 1
    in_doubt = {key for each in done.in_doubt for key in each.keys}
    told = {key for each in past_of(made).tellings if each.ending is Ending.TOLD for key in each.keys}
    assert len(told | in_doubt) == 12, "every reminder was mailed or is shown as in doubt"
    assert len(subjects) >= len(told) / 2
