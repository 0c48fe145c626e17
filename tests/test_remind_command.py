"""`prepvault remind`: listing, telling, putting off; exit codes and JSON."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from prepvault.cli import report
from prepvault.jobs.doctor import Check, Standing, examine
from prepvault.outside import environment, notifier
from tests.conftest import Maker, Ran
from tests.delivering import (
    HOUR,
    MINUTE,
    NOTE,
    START,
    TOML,
    Desktop,
    desktop_on_path,
    own_mail_server,
    settled_vault,
)
from tests.mail_server import Box

Run = Callable[..., Ran]
DAY_BEFORE = START - 24 * HOUR


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


# Listing


def test_the_list_says_what_is_due_and_what_comes_in_good_words(root: Path, run: Run) -> None:
    ran = run("remind", vault=root, now=DAY_BEFORE)
    assert ran.code == 0
    rows = [line.split("  ") for line in ran.out.splitlines()]
    assert [(row[0], row[-1]) for row in rows] == [
        ("due", "int_acme_1"),
        ("due", "int_acme_1"),
        ("to come", "int_acme_1"),
    ]
    second, third = (" ".join(line.split()) for line in ran.out.splitlines()[1:])
    assert second == "due Wed 2026-02-11 14:00 now 1 day before Acme, Engineer int_acme_1"
    assert third == "to come Thu 2026-02-12 12:00 in 22 h 2 hours before Acme, Engineer int_acme_1"


def test_due_shows_only_what_is_due_and_within_looks_only_so_far(root: Path, run: Run) -> None:
    assert len(run("remind", "--due", vault=root, now=DAY_BEFORE).out.splitlines()) == 2
    assert "to come" not in run("remind", "--within", "20h", vault=root, now=DAY_BEFORE).out
    assert "to come" in run("remind", "--within", "1d", vault=root, now=DAY_BEFORE).out
    none = run("remind", "--due", vault=root, now=START - 60 * HOUR)
    assert (none.code, none.out, none.err) == (0, "", "no reminder is due\n")
    assert run("remind", "--within", "soon", vault=root).code == 2


def test_one_interview_may_be_meant(make_vault: Maker, run: Run) -> None:
    other = NOTE.replace("acme", "globex").replace("Acme", "Globex")
    made = make_vault(TOML + NOTE + other)
    assert "Acme" not in run("remind", "globex", vault=made, now=DAY_BEFORE).out
    assert run("remind", "globex", "--send", vault=made, now=DAY_BEFORE).code == 2


def test_listing_puts_nothing_down(root: Path, run: Run, own_state: Path, desktop: Desktop) -> None:
    run("remind", vault=root, now=DAY_BEFORE)
    run("remind", "--json", vault=root, now=DAY_BEFORE)
    assert desktop.titles == []
    assert not list(own_state.rglob("reminders"))


def test_what_was_missed_and_what_failed_is_shown(root: Path, run: Run, desktop: Desktop) -> None:
    desktop.fail(4)
    failed = run("remind", "--due", "--send", vault=root, now=DAY_BEFORE)
    assert failed.code == 3
    assert "In 1 day: Acme, Engineer: desktop failed: `notify-send` ended with 4" in failed.err
    assert "tried again Wed 2026-02-11 14:01" in failed.err
    listed = run("remind", vault=root, now=DAY_BEFORE)
    assert "Acme, Engineer  int_acme_1  tried again Wed 2026-02-11 14:01" in listed.out
    assert listed.err.count("desktop failed: `notify-send` ended with 4") == 1, "two reminders, one message"
    assert "missed" in run("remind", vault=root, now=START + HOUR).out
    assert run("remind", "--due", "--send", vault=root, now=DAY_BEFORE).code == 0, "it is not its turn yet"


def test_a_damaged_ledger_is_listed_past_and_told_by_nobody(
    root: Path, run: Run, own_state: Path, desktop: Desktop
) -> None:
    run("remind", "--send", vault=root, now=DAY_BEFORE)
    [path] = own_state.rglob("reminders")
    path.write_bytes(b"garbage\n" + path.read_bytes())
    listed = run("remind", vault=root, now=DAY_BEFORE)
    assert (listed.code, "cannot be relied on, so nothing is sent" in listed.err) == (0, True)
    assert "1 day before" not in listed.out, "what can be read of it still counts"
    sent = run("remind", "--send", vault=root, now=START - HOUR)
    assert (sent.code, len(desktop.titles)) == (3, 1)
    assert "the ledger of reminders is damaged" in sent.err


# Telling


def test_due_and_send_tell_once(root: Path, run: Run, desktop: Desktop) -> None:
    ran = run("remind", "--due", "--send", vault=root, now=DAY_BEFORE)
    assert (ran.code, ran.out) == (0, "told by desktop: In 1 day: Acme, Engineer\n")
    again = run("remind", "--due", "--send", vault=root, now=DAY_BEFORE + MINUTE)
    assert (again.code, again.out) == (0, "")
    assert again.err == "nothing is due\n"
    assert len(desktop.titles) == 1


def test_without_a_channel_it_says_what_to_set(make_vault: Maker, run: Run) -> None:
    ran = run("remind", "--send", vault=make_vault(NOTE), now=DAY_BEFORE)
    assert ran.code == 2
    assert 'channels = ["desktop"] under [reminders]' in ran.err


def test_the_terminal_shows_all_of_it(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREPVAULT_REMINDERS_CHANNELS", "terminal")
    ran = run("remind", "--send", vault=root, now=DAY_BEFORE)
    title, kind, *_ = ran.out.splitlines()
    assert title == "In 1 day: Acme, Engineer"
    assert kind == "  Technical interview, Thursday, 12 February, 14:00 Europe/Berlin"
    assert "\a" not in ran.out, "no bell where nobody sits"
    assert run("remind", "--send", vault=root, now=DAY_BEFORE).out == ""


def test_a_bell_rings_where_somebody_sits(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREPVAULT_REMINDERS_CHANNELS", "terminal")
    monkeypatch.setattr(report, "is_terminal", lambda stream: True)
    assert run("remind", "--send", vault=root, now=DAY_BEFORE).out.startswith("\aIn 1 day")


def test_another_machine_is_named(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch, desktop: Desktop
) -> None:
    monkeypatch.setenv("PREPVAULT_REMINDERS_MACHINE", "elsewhere")
    ran = run("remind", "--send", vault=root, now=DAY_BEFORE)
    assert (ran.code, desktop.titles) == (0, [])
    assert "`[reminders] machine` names `elsewhere`" in ran.err
    assert "`elsewhere` tells them" in run("remind", vault=root, now=DAY_BEFORE).err
    snoozed = run("remind", "--snooze", "1h", "acme", vault=root, now=DAY_BEFORE)
    assert (snoozed.code, "are put off there" in snoozed.err) == (2, True)


def test_json_tells_what_was_told_and_when_to_look_again(root: Path, run: Run, desktop: Desktop) -> None:
    told = json.loads(run("remind", "--send", "--json", vault=root, now=DAY_BEFORE).out)
    assert told["kind"] == "delivery"
    [one] = told["told"]
    assert (one["interview"], one["channel"], one["ending"]) == ("int_acme_1", "desktop", "told")
    assert [each["lead"] for each in one["reminders"]] == ["48h", "24h"]
    assert datetime.fromisoformat(told["next_at"]) == START - 2 * HOUR
    assert told["noted"] == ["Interviews/acme.md"]
    listed = json.loads(run("remind", "--json", vault=root, now=DAY_BEFORE).out)
    assert (listed["kind"], listed["channels"]) == ("reminders", ["desktop"])
    [pending] = listed["reminders"]
    assert (pending["state"], pending["lead"], pending["last"]) == ("pending", "2h", [])


def test_a_mail_in_doubt_is_shown_everywhere(
    root: Path, run: Run, mailbox: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREPVAULT_REMINDERS_CHANNELS", "email")
    mailbox.fault = "hang-up"
    sent = run("remind", "--send", vault=root, now=DAY_BEFORE)
    assert (sent.code, "email is in doubt" in sent.err) == (3, True)
    assert "--again` sends it once more" in sent.err
    listed = run("remind", vault=root, now=DAY_BEFORE)
    assert "told" in listed.out
    assert "email is in doubt" in listed.err
    record = json.loads(run("remind", "--json", vault=root, now=DAY_BEFORE).out)
    assert {each["last"][0]["ending"] for each in record["trouble"]} == {"uncertain"}
    again = json.loads(run("remind", "--send", "--json", vault=root, now=DAY_BEFORE + HOUR).out)
    assert (again["uncertain"], len(again["in_doubt"])) == ([], 1)
    assert "by mail in doubt: 1" in run("doctor", vault=root, now=DAY_BEFORE).out


# Putting off


@pytest.mark.parametrize(
    ("when", "said"), [("90m", "15:30"), ("2h", "16:00"), ("18:30", "18:30"), ("in 3 hours", "17:00")]
)
def test_a_snooze_is_said_back_and_kept(when: str, said: str, root: Path, run: Run, desktop: Desktop) -> None:
    run("remind", "--send", vault=root, now=DAY_BEFORE)
    ran = run("remind", "--snooze", when, "acme", vault=root, now=DAY_BEFORE)
    assert (ran.code, ran.out) == (0, f"Acme, Engineer: put off until Wed 2026-02-11 {said}\n")
    until = datetime.fromisoformat(f"2026-02-11T{said}+01:00")
    held = run("remind", "--send", "--json", vault=root, now=until - MINUTE)
    assert len(desktop.titles) == 1
    assert datetime.fromisoformat(json.loads(held.out)["next_at"]) == until
    assert run("remind", "--send", vault=root, now=until).out.startswith("told by desktop: In ")
    run("remind", "--send", vault=root, now=until + MINUTE)
    assert len(desktop.titles) == 2


def test_a_snooze_stands_in_the_list_and_in_json(root: Path, run: Run, desktop: Desktop) -> None:
    put_off = run("remind", "--snooze", "1h", "acme", "--json", vault=root, now=DAY_BEFORE)
    assert json.loads(put_off.out)["interview"] == "int_acme_1"
    listed = run("remind", vault=root, now=DAY_BEFORE)
    assert listed.out.count("put off until Wed 2026-02-11 15:00") == 2
    assert "put off" in listed.out.splitlines()[2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--snooze", "30m"], "which interview should wait?"),
        (["--snooze", "30m", "acme", "--send"], "goes with no other wish"),
        (["--snooze", "25h", "acme"], "makes no sense after 2026-02-12 14:00"),
        (["--snooze", "tomorrow", "acme"], "names a day and no hour"),
        (["--snooze", "0m", "acme"], "is not ahead"),
        (["--snooze", "whenever", "acme"], "`whenever` cannot be read as a time"),
    ],
)
def test_a_snooze_that_makes_no_sense_is_refused(words: list[str], said: str, root: Path, run: Run) -> None:
    ran = run("remind", *words, vault=root, now=DAY_BEFORE)
    assert (ran.code, said in ran.err) == (2, True), ran.err


def test_what_reminds_of_nothing_cannot_be_put_off(make_vault: Maker, run: Run) -> None:
    made = make_vault(TOML + NOTE.replace("status: scheduled", "status: cancelled"))
    ran = run("remind", "--snooze", "1h", "acme", vault=made, now=DAY_BEFORE)
    assert (ran.code, "has no reminder that could be put off" in ran.err) == (2, True)


# Doctor


def look(root: Path, name: str) -> list[Check]:
    return [each for each in examine(str(root), now=DAY_BEFORE.isoformat()) if each.name == name]


def test_doctor_says_that_no_channel_is_set(make_vault: Maker) -> None:
    [check] = look(make_vault(NOTE), "reminders")
    assert (check.standing, check.hint) == (Standing.UNSET, 'set channels = ["desktop"] under [reminders]')


def test_doctor_tells_channels_the_last_telling_and_the_machine(
    root: Path, run: Run, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "machine_name", lambda: "laptop")
    assert look(root, "reminders")[0].text == "by desktop; nothing was told yet"
    run("remind", "--send", vault=root, now=DAY_BEFORE)
    [check] = look(root, "reminders")
    assert (check.standing, check.text) == (
        Standing.OK,
        "by desktop; last told by desktop on 2026-02-11 13:00 UTC",
    )
    [machine] = look(root, "machine")
    assert machine.standing is Standing.UNSET
    assert 'machine = "laptop"' in machine.hint
    monkeypatch.setenv("PREPVAULT_REMINDERS_MACHINE", "laptop.local")
    assert look(root, "machine")[0].text == "this one (`laptop`) tells reminders"
    monkeypatch.setenv("PREPVAULT_REMINDERS_MACHINE", "desk")
    assert "`desk` tells reminders" in look(root, "machine")[0].text


def test_doctor_names_what_a_channel_lacks(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(notifier, "notifier_name", lambda: "notify-send")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PREPVAULT_REMINDERS_CHANNELS", "desktop,email,terminal")
    desk, mail, rest = look(root, "reminders")
    assert "needs `notify-send`, which is not installed" in desk.text
    assert "cannot send: no mail server is named" in mail.text
    assert {desk.standing, mail.standing} == {Standing.BROKEN}
    assert rest.standing is Standing.UNSET


def test_doctor_names_a_damaged_ledger(root: Path, run: Run, own_state: Path, desktop: Desktop) -> None:
    run("remind", "--send", vault=root, now=DAY_BEFORE)
    [path] = own_state.rglob("reminders")
    path.write_bytes(b"garbage\n" + path.read_bytes())
    [check] = look(root, "reminders")
    assert (check.standing, "ledger of reminders is damaged" in check.text) == (Standing.BROKEN, True)
