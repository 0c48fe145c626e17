"""The ledger of reminders: what was put down is read back, damage is counted and stops what follows."""

from datetime import UTC, timedelta
from pathlib import Path

import pytest

from prepvault.errors import OutsideError
from prepvault.model.delivery import Channel, Ending, Message, Past, Snooze
from prepvault.outside.ledger import Ledger
from prepvault.rules.reminders import plan_reminders
from tests.conftest import NOW
from tests.feed_maker import interview, settings

HOUR = timedelta(hours=1)
KEYS = ("int_acme_1/48h/20260212T130000Z", "int_acme_1/24h/20260212T130000Z")


def message(channel: Channel = Channel.DESKTOP) -> Message:
    one = interview()
    return Message(one, channel, plan_reminders(one, settings(), NOW)[:2])


def filled(folder: Path) -> Ledger:
    ledger = Ledger(folder)
    ledger.start(at=NOW)
    first = ledger.begin(message(), at=NOW)
    ledger.end(first, Ending.FAILED, at=NOW, why="`notify-send` ended with 1")
    ledger.begin(message(Channel.EMAIL), at=NOW + HOUR, mail="a mail")
    ledger.miss((KEYS[0],), at=NOW + HOUR)
    ledger.snooze("int_acme_1", KEYS[1], NOW + 3 * HOUR, at=NOW + 2 * HOUR)
    return ledger


def test_what_is_put_down_is_read_back(tmp_path: Path) -> None:
    assert Ledger(tmp_path).read() == Past()
    filled(tmp_path)
    past = Ledger(tmp_path).read()
    assert past.began == NOW
    assert [(each.number, each.channel, each.keys, each.mail, each.ending) for each in past.tellings] == [
        (1, Channel.DESKTOP, KEYS, "", Ending.FAILED),
        (2, Channel.EMAIL, KEYS, "a mail", None),
    ]
    assert (past.tellings[0].why, past.tellings[0].ended) == ("`notify-send` ended with 1", NOW)
    assert [each.is_in_doubt for each in past.tellings] == [False, True]
    assert past.missed == {KEYS[0]: NOW + HOUR}
    assert past.snoozes == (Snooze(1, "int_acme_1", KEYS[1], NOW + 3 * HOUR, NOW + 2 * HOUR),)
    assert past.tellings[0].at.tzinfo == UTC
    assert (tmp_path / "reminders").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("line", range(6))
def test_damage_in_any_line_is_counted_and_stops_what_follows(tmp_path: Path, line: int) -> None:
    ledger = filled(tmp_path)
    lines = (tmp_path / "reminders").read_bytes().splitlines(keepends=True)
    lines[line] = lines[line].replace(b'"kind"', b'"kinD"')
    (tmp_path / "reminders").write_bytes(b"".join(lines))
    sound = ledger.read_sound()
    assert sound.damaged == (2 if line == 1 else 1), "an end without its beginning is damage too"
    for forbidden in (ledger.read, lambda: ledger.begin(message(), at=NOW)):
        with pytest.raises(OutsideError, match="the ledger of reminders is damaged"):
            forbidden()


def test_a_line_that_is_sound_and_means_nothing_is_damage(tmp_path: Path) -> None:
    ledger = filled(tmp_path)
    ledger._lines.append(
        {"kind": "begin", "number": 3, "channel": "pigeon", "keys": [], "at": NOW.isoformat()}
    )
    ledger._lines.append({"kind": "snooze", "number": 2})
    ledger._lines.append({"kind": "end", "number": 1, "ending": "told", "at": "2026-02-09T09:00:00"})
    assert ledger.read_sound().damaged == 3


@pytest.mark.parametrize("cut", [1, 9, 60])
def test_a_torn_last_line_is_dropped_by_the_next_writer(tmp_path: Path, cut: int) -> None:
    ledger = filled(tmp_path)
    path = tmp_path / "reminders"
    path.write_bytes(path.read_bytes()[:-cut])
    assert ledger.read().snoozes == ()
    ledger.miss((KEYS[1],), at=NOW)
    assert set(ledger.read().missed) == set(KEYS)


def test_nothing_of_a_long_torn_line_is_left_behind_a_short_one(tmp_path: Path) -> None:
    ledger = filled(tmp_path)
    path = tmp_path / "reminders"
    whole = path.read_bytes()
    path.write_bytes(whole + whole.splitlines()[1] * 3)
    ledger.start(at=NOW)
    assert path.read_bytes() == whole + whole.splitlines(keepends=True)[0]


def test_a_ledger_that_cannot_be_kept_says_so(tmp_path: Path) -> None:
    (tmp_path / "reminders").mkdir()
    with pytest.raises(OutsideError, match="the ledger of reminders cannot be kept"):
        Ledger(tmp_path).start(at=NOW)
