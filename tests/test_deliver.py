"""Delivery: each reminder once by each channel, failures tried again, notes caught up, nothing lost."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prepvault.errors import OutsideError
from prepvault.model.delivery import Channel, Ending
from prepvault.outside import environment, notifier
from prepvault.outside.ledger import Ledger
from prepvault.outside.lock import LockedError, delivery_lock
from prepvault.outside.mail_ledger import MailLedger
from prepvault.outside.state import state_folder
from tests.conftest import Maker
from tests.delivering import (
    HOUR,
    MINUTE,
    NOTE,
    START,
    TOML,
    Desktop,
    deliver,
    desktop_on_path,
    ledger_of,
    note,
    own_mail_server,
    past_of,
    settle,
    settled_vault,
)
from tests.mail_server import Box


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


MAIL = (Channel.EMAIL,)


# Once


def test_each_reminder_is_told_once_and_the_note_says_so(root: Path, desktop: Desktop) -> None:
    assert deliver(root, START - 49 * HOUR).next_at == START - 48 * HOUR
    for lead in (48, 24, 2):
        settle(root)
        for minutes in (0, 1, 30):
            done = deliver(root, START - lead * HOUR + minutes * MINUTE)
            assert len(done.told) == (minutes == 0)
    assert desktop.titles == [
        "In 2 days: Acme, Engineer",
        "In 1 day: Acme, Engineer",
        "In 2 hours: Acme, Engineer",
    ]
    assert "  - 48h desktop 2026-02-10T14:00:00+01:00\n  - 24h desktop 2026-02-11T14:00:00+01:00\n" in note(
        root
    )
    assert note(root).count("desktop") == 3
    assert note(root).endswith("---\nMy own words.\n")


def test_the_words_say_who_when_where_and_what_next(root: Path, desktop: Desktop) -> None:
    deliver(root, START - 2 * HOUR)
    first, who, place, *rest = desktop.texts[0].splitlines()
    assert first == "Technical interview, Thursday, 12 February, 14:00 Europe/Berlin"
    assert (who, place) == ("With Dana Roe", "https://meet.example.com/abc")
    assert [line.partition(":")[0] for line in rest] == ["Next", "Next"]


def test_what_came_due_while_the_machine_slept_is_told_late_and_as_one(root: Path, desktop: Desktop) -> None:
    done = deliver(root, START - HOUR)
    assert [each.suffix for each in done.told[0].message.reminders] == ["48h", "24h", "2h"]
    assert desktop.titles == ["In 1 hour: Acme, Engineer"]
    assert "Was due on Thursday, 12 February, at 12:00" in desktop.texts[0]
    assert note(root).count("desktop") == 3


def test_what_went_by_is_put_down_as_missed_once(root: Path, desktop: Desktop) -> None:
    deliver(root, START - 47 * HOUR)
    done = deliver(root, START + MINUTE)
    assert [each.suffix for each in done.missed] == ["24h", "2h"]
    assert deliver(root, START + 2 * MINUTE).missed == ()
    assert len(past_of(root).missed) == 2
    assert len(desktop.titles) == 1


def test_who_delivers_at_the_same_moment_waits_for_another_time(root: Path, desktop: Desktop) -> None:
    with delivery_lock(state_folder(root.resolve(), "v1")):
        done = deliver(root, START - HOUR)
    assert f"another PrepVault is telling reminders now (process {os.getpid()})" in done.held
    assert (desktop.titles, done.next_at) == ([], START - HOUR + MINUTE)
    assert deliver(root, START - HOUR).held == ""


def test_a_lock_that_stays_held_hides_nothing_that_was_told(
    root: Path, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(root, START - 47 * HOUR)
    follows = root / "Interviews" / "globex.md"
    follows.write_text(note(root).replace("acme", "globex").replace("2026-02-12T14", "2026-02-12T16"))
    real = Ledger.miss

    def held(*_: object, **__: object) -> None:
        raise LockedError("another PrepVault is writing")

    monkeypatch.setattr(Ledger, "miss", held)
    done = deliver(root, START + MINUTE)
    assert (len(done.told), done.missed) == (1, ())
    monkeypatch.setattr(Ledger, "miss", real)
    assert [each.suffix for each in deliver(root, START + 2 * MINUTE).missed] == ["24h", "2h"]


def test_what_went_by_before_reminders_were_told_here_is_nobodys_miss(root: Path, desktop: Desktop) -> None:
    done = deliver(root, START + HOUR)
    assert (done.missed, done.told, done.next_at) == ((), (), None)


def test_a_clock_set_back_tells_nothing_twice(root: Path, desktop: Desktop) -> None:
    deliver(root, START - HOUR)
    for hours in (30, 24, 3, 2):
        assert deliver(root, START - hours * HOUR).told == ()
    assert len(desktop.titles) == 1


def test_a_moved_interview_reminds_anew(root: Path, desktop: Desktop) -> None:
    deliver(root, START - 24 * HOUR)
    path = root / "Interviews" / "acme.md"
    path.write_text(note(root).replace("2026-02-12T14", "2026-02-20T14"))
    settle(root)
    later = START + timedelta(days=8)
    assert deliver(root, later - 48 * HOUR).told
    assert len(desktop.titles) == 2


def test_a_cancelled_interview_and_an_empty_list_remind_of_nothing(
    make_vault: Maker, desktop: Desktop
) -> None:
    for change in ("status: cancelled", "status: scheduled\nreminders: []"):
        made = make_vault(TOML + NOTE.replace("status: scheduled", change))
        assert deliver(made, START - HOUR).told == ()
    assert desktop.titles == []


def test_thanks_and_follow_ups_are_told_and_are_not_yet_done(make_vault: Maker, desktop: Desktop) -> None:
    made = make_vault(TOML + NOTE.replace("status: scheduled", "status: completed\nreply_by: 2026-02-17"))
    settle(made)
    deliver(made, START)
    assert [len(deliver(made, START + each * HOUR).told) for each in (3, 4)] == [1, 0]
    settle(made)
    follow_up = datetime(2026, 2, 18, 8, 0, tzinfo=UTC)
    assert [len(deliver(made, follow_up + each * HOUR).told) for each in (0, 1)] == [1, 0]
    assert desktop.titles == ["Say thanks: Acme, Engineer", "Ask how it stands: Acme, Engineer"]
    assert "prepvault email thank_you int_acme_1" in desktop.texts[0]
    assert "they promised an answer by Tuesday, 17 February" in desktop.texts[1]
    assert "  - remind-thanks desktop 2026-02-12T17:00:00+01:00\n  - remind-follow-up desktop" in note(made)


def test_hostile_notes_reach_no_option_no_markup_and_no_control(make_vault: Maker, desktop: Desktop) -> None:
    evil = NOTE.replace("company: Acme", 'company: "--urgency=critical\\e[31m\\u202e\\nA"')
    made = make_vault(TOML + evil.replace("https://meet.example.com/abc", '"<b>x</b> & y"'))
    deliver(made, START - HOUR)
    assert desktop.titles == ["In 1 hour: --urgency=critical [31m A, Engineer"]
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in desktop.texts[0]


def test_a_fault_in_the_coaching_holds_back_no_reminder(
    root: Path, desktop: Desktop, mailbox: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> tuple[str, ...]:
        raise ZeroDivisionError

    monkeypatch.setattr("prepvault.jobs.deliver.next_steps", broken)
    monkeypatch.setattr("prepvault.jobs.compose.next_steps", broken)
    done = deliver(root, START - HOUR, channels=(Channel.DESKTOP, Channel.EMAIL))
    assert len(done.told) == 2
    assert mailbox.mails[0]["Subject"] == "Reminder: In 1 hour: Acme, Engineer"
    assert "https://meet.example.com/abc" in mailbox.mails[0].get_content()


# Where nothing is told


def test_without_a_channel_nothing_is_told_and_nothing_put_down(make_vault: Maker, own_state: Path) -> None:
    done = deliver(make_vault(NOTE), START - HOUR)
    assert (done.held, done.reports) == ("no channel is set for reminders", ())
    assert not list(own_state.rglob("reminders"))


def test_another_machine_is_named(
    make_vault: Maker, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "machine_name", lambda: "laptop")
    made = make_vault(f'{TOML}machine = "desk.example.com"\n{NOTE}')
    done = deliver(made, START - HOUR)
    assert "`[reminders] machine` names `desk`" in done.held
    assert desktop.titles == []
    monkeypatch.setattr(environment, "machine_name", lambda: "DESK")
    assert deliver(made, START - HOUR).told


def test_what_another_machine_told_is_not_told_again(
    make_vault: Maker, desktop: Desktop, mailbox: Box
) -> None:
    told = (
        "status: scheduled\nreminders_sent:\n  - 2h desktop 2026-02-12T12:00:00+01:00\n  - 24h\n  - 48h email"
    )
    made = make_vault(TOML + NOTE.replace("status: scheduled", told))
    both = (Channel.DESKTOP, Channel.EMAIL)
    assert deliver(made, START - HOUR, channels=both).reports == ()
    assert (desktop.titles, mailbox.mails) == ([], [])


def test_a_damaged_ledger_stops_telling(root: Path, desktop: Desktop, own_state: Path) -> None:
    deliver(root, START - 24 * HOUR)
    [path] = own_state.rglob("reminders")
    data = bytearray(path.read_bytes())
    data[30] ^= 1
    path.write_bytes(data)
    with pytest.raises(OutsideError, match="ledger of reminders is damaged"):
        deliver(root, START - HOUR)
    assert len(desktop.titles) == 1


def test_a_torn_last_line_is_dropped(root: Path, desktop: Desktop, own_state: Path) -> None:
    (root / "Interviews" / "acme.md").touch()
    deliver(root, START - 24 * HOUR)
    [path] = own_state.rglob("reminders")
    path.write_bytes(path.read_bytes()[:-7])
    assert past_of(root).tellings[-1].ending is None
    deliver(root, START - 23 * HOUR)
    assert (len(desktop.titles), past_of(root).tellings[-1].ending) == (2, Ending.TOLD)


# Failures


def test_a_desktop_that_fails_is_tried_again_ever_less_often(root: Path, desktop: Desktop) -> None:
    desktop.fail(1)
    at, waits = START - 48 * HOUR, []
    for _ in range(6):
        done = deliver(root, at)
        assert [each.why for each in done.failed] == ["`notify-send` ended with 1"]
        assert done.next_at is not None
        assert done.failed[0].again_at == done.next_at
        assert deliver(root, done.next_at - timedelta(seconds=1)).reports == ()
        waits.append(int((done.next_at - at) / MINUTE))
        at = done.next_at
    assert waits == [1, 5, 15, 60, 60, 60]
    desktop.fail(0)
    assert len(deliver(root, at).told) == 1
    assert "reminders_sent" in note(root)


def test_a_new_hour_comes_through_while_an_older_one_waits(root: Path, desktop: Desktop) -> None:
    desktop.fail(1)
    deliver(root, START - 24 * HOUR)
    desktop.fail(0)
    done = deliver(root, START - 24 * HOUR + MINUTE)
    assert [each.suffix for each in done.told[0].message.reminders] == ["48h", "24h"]


def test_without_the_program_it_says_so(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setattr(notifier, "notifier_name", lambda: "notify-send")
    [report] = deliver(root, START - HOUR).reports
    assert (report.ending, report.why) == (Ending.FAILED, "`notify-send` is not installed")
    done = deliver(root, START + HOUR)
    assert len(done.missed) == 3, "what could never be told was missed"


def test_the_terminal_is_told_by_whoever_asked(root: Path) -> None:
    seen: list[str] = []

    def broken(title: str, lines: tuple[str, ...]) -> None:
        raise BrokenPipeError

    channels = (Channel.TERMINAL,)
    assert len(deliver(root, START - HOUR, channels=channels, say=broken).failed) == 1
    later = START - HOUR + MINUTE
    deliver(root, later, channels=channels, say=lambda title, lines: seen.append(title))
    deliver(root, later, channels=channels, say=lambda title, lines: seen.append(title))
    assert seen == ["In 59 minutes: Acme, Engineer"]


def test_two_notes_with_one_id_are_two_interviews(make_vault: Maker, desktop: Desktop) -> None:
    other = NOTE.replace("acme.md", "globex.md").replace("company: Acme", "company: Globex")
    made = make_vault(TOML + NOTE + other)
    settle(made)
    assert len(deliver(made, START - HOUR).noted) == 2
    assert deliver(made, START - HOUR + MINUTE).reports == ()
    assert sorted(desktop.titles) == ["In 1 hour: Acme, Engineer", "In 1 hour: Globex, Engineer"]


@pytest.mark.slow
def test_many_processes_at_once_tell_once(root: Path, desktop: Desktop) -> None:
    words = ["--vault", str(root), "--now", (START - HOUR).isoformat(), "remind", "--due", "--send"]
    running = [
        subprocess.Popen([sys.executable, "-m", "prepvault", *words], stdout=subprocess.DEVNULL)
        for _ in range(6)
    ]
    assert [each.wait(60) for each in running] == [0] * 6
    assert len(desktop.titles) == 1
    assert note(root).count("desktop") == 3


# Mail


def test_a_mail_to_oneself_goes_once_and_has_the_checklist(root: Path, mailbox: Box) -> None:
    for minutes in (0, 10, 60):
        deliver(root, START - 2 * HOUR + minutes * MINUTE, channels=MAIL)
    assert mailbox.envelopes == [("me@example.com", ["me@example.com"])]
    assert mailbox.mails[0]["Subject"] == "Interview Reminder – Acme Engineer"
    assert "  - 2h email 2026-02-12T12:00:00+01:00" in note(root)


def test_thanks_go_by_mail_to_oneself_and_to_nobody_else(make_vault: Maker, mailbox: Box) -> None:
    made = make_vault(TOML + NOTE.replace("status: scheduled", "status: completed"))
    settle(made)
    for hours in (3, 4):
        deliver(made, START + hours * HOUR, channels=MAIL)
    assert mailbox.envelopes == [("me@example.com", ["me@example.com"])]
    assert mailbox.mails[0]["Subject"] == "Reminder: Say thanks: Acme, Engineer"
    assert "remind-thanks email" in note(made)


def test_a_busy_server_is_asked_again_until_it_takes_it(root: Path, mailbox: Box) -> None:
    mailbox.fault = "busy"
    at, waits = START - 24 * HOUR, []
    for _ in range(8):
        done = deliver(root, at, channels=MAIL)
        assert done.next_at is not None
        waits.append(int((done.next_at - at) / MINUTE))
        at = done.next_at
    assert waits == [5, 10, 20, 40, 80, 160, 320, 360]
    mailbox.fault = ""
    assert len(deliver(root, at, channels=MAIL).told) == 1
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize("fault", ["recipient", "sender", "data"])
def test_a_refusal_for_good_is_shown_and_not_tried_again(fault: str, root: Path, mailbox: Box) -> None:
    mailbox.fault = fault
    [report] = deliver(root, START - 24 * HOUR, channels=MAIL).failed
    assert (report.ending, report.again_at) == (Ending.STOPPED, None)
    mailbox.fault = ""
    assert deliver(root, START - 23 * HOUR, channels=MAIL).reports == ()
    assert deliver(root, START - 2 * HOUR, channels=MAIL).told, "the next reminder is a new mail"


@pytest.mark.parametrize("fault", ["hang-up", "hang-up-kept", "silent"])
def test_a_mail_in_doubt_is_shown_and_not_sent_again(fault: str, root: Path, mailbox: Box) -> None:
    mailbox.fault = fault
    done = deliver(root, START - 24 * HOUR, channels=MAIL)
    assert [each.ending for each in done.uncertain] == [Ending.UNCERTAIN]
    mailbox.fault = ""
    taken = len(mailbox.mails)
    again = deliver(root, START - 23 * HOUR, channels=MAIL)
    assert (again.reports, len(again.in_doubt), len(mailbox.mails)) == ((), 1, taken)
    assert "reminders_sent" not in note(root)
    assert deliver(root, START + HOUR, channels=MAIL).missed[0].suffix == "2h", (
        "what is in doubt is not missed"
    )


def test_by_hand_once_more_settles_a_doubt(root: Path, mailbox: Box) -> None:
    mailbox.fault = "hang-up"
    deliver(root, START - 24 * HOUR, channels=MAIL)
    mailbox.fault = ""
    context_at = (START - 23 * HOUR).isoformat()
    words = ["--vault", str(root), "--now", context_at, "email", "reminder", "acme", "--send", "--again"]
    from prepvault.cli.main import run

    assert run(words) == 0
    assert deliver(root, START - 22 * HOUR, channels=MAIL).in_doubt == ()
    assert len(mailbox.mails) == 1


def test_a_reminder_that_was_mailed_by_hand_is_not_mailed_again(root: Path, mailbox: Box) -> None:
    from prepvault.cli.main import run

    words = ["--vault", str(root), "--now", (START - 24 * HOUR).isoformat(), "email", "reminder", "acme"]
    assert run([*words, "--send"]) == 0
    path = root / "Interviews" / "acme.md"
    path.write_text(NOTE.partition("acme.md\n")[2])
    [report] = deliver(root, START - 23 * HOUR, channels=MAIL).told
    assert report.ending is Ending.TOLD
    assert len(mailbox.mails) == 1


def test_both_channels_are_told_and_a_failing_one_holds_up_nothing(
    root: Path, desktop: Desktop, mailbox: Box
) -> None:
    desktop.fail(1)
    both = (Channel.DESKTOP, Channel.EMAIL)
    done = deliver(root, START - 24 * HOUR, channels=both)
    assert {each.message.channel: each.ending for each in done.reports} == {
        Channel.DESKTOP: Ending.FAILED,
        Channel.EMAIL: Ending.TOLD,
    }
    desktop.fail(0)
    assert len(deliver(root, START - 23 * HOUR, channels=both).told) == 1
    assert (len(desktop.titles), len(mailbox.mails)) == (1, 1)


def test_without_a_server_the_failure_is_put_down_and_waits(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREPVAULT_PROFILE_EMAIL", "me@example.com")
    monkeypatch.delenv("PREPVAULT_MAIL_HOST", raising=False)
    [report] = deliver(root, START - HOUR, channels=MAIL).failed
    assert "no mail server is named" in report.why
    assert report.again_at == START - HOUR + 5 * MINUTE
    assert deliver(root, START - HOUR + MINUTE, channels=MAIL).reports == ()


def test_a_server_that_is_down_is_asked_once_for_all(make_vault: Maker, mailbox: Box) -> None:
    mailbox.fault = "busy"
    other = NOTE.replace("acme.md", "globex.md").replace("int_acme_1", "int_globex_1")
    made = make_vault(TOML + NOTE + other)
    done = deliver(made, START - HOUR, channels=MAIL)
    assert (len(done.failed), mailbox.connections) == (2, 1)


def test_an_address_in_the_vaults_file_is_nobodys_own(
    make_vault: Maker, mailbox: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PREPVAULT_PROFILE_EMAIL")
    made = make_vault(f'{TOML}[profile]\nemail = "evil@evil.example"\n{NOTE}')
    [report] = deliver(made, START - HOUR, channels=MAIL).failed
    assert "the one in the vault's file does not count" in report.why
    assert mailbox.connections == 0


def test_a_damaged_ledger_of_mails_stops_mail_and_no_other_channel(
    root: Path, desktop: Desktop, mailbox: Box
) -> None:
    deliver(root, START - 48 * HOUR, channels=MAIL)
    folder = state_folder(root.resolve(), "v1")
    (folder / "mails").write_bytes(b"garbage\n" + (folder / "mails").read_bytes())
    with pytest.raises(OutsideError):
        MailLedger(folder).read()
    done = deliver(root, START - HOUR, channels=(Channel.DESKTOP, Channel.EMAIL))
    assert ([len(done.told), len(done.failed)], len(mailbox.mails)) == ([1, 1], 1)


# Notes


def test_a_note_that_was_just_saved_waits_and_is_caught_up(root: Path, desktop: Desktop) -> None:
    (root / "Interviews" / "acme.md").touch()
    done = deliver(root, START - 2 * HOUR)
    assert (len(done.told), done.noted) == (1, ())
    assert done.next_at == START - 2 * HOUR + timedelta(seconds=31)
    assert "reminders_sent" not in note(root)
    settle(root)
    later = deliver(root, START - 2 * HOUR + MINUTE)
    assert (later.told, later.noted) == ((), ("Interviews/acme.md",))
    assert "  - 2h desktop 2026-02-12T12:00:00+01:00" in note(root), "with the hour at which it was told"


def test_a_note_that_cannot_be_written_is_said_and_the_telling_counts(root: Path, desktop: Desktop) -> None:
    path = root / "Interviews" / "acme.md"
    path.write_text(
        note(root).replace("status: scheduled", "status: scheduled\nreminders_sent: &a [x]\nmine: *a")
    )
    settle(root)
    done = deliver(root, START - HOUR)
    assert len(done.told) == 1
    assert list(done.unwritten) == ["Interviews/acme.md"]
    assert deliver(root, START - HOUR + MINUTE).told == ()


def test_the_first_reminder_sets_the_status_where_that_is_wished(make_vault: Maker, desktop: Desktop) -> None:
    made = make_vault(f"{TOML}set_status = true\n{NOTE}")
    settle(made)
    deliver(made, START - 24 * HOUR)
    assert "\nstatus: reminder_sent\n" in note(made)
    path = made / "Interviews" / "acme.md"
    path.write_text(note(made).replace("status: reminder_sent", "status: confirmed"))
    settle(made)
    deliver(made, START - 2 * HOUR)
    assert "\nstatus: confirmed\n" in note(made), "what somebody said later stays"
    assert note(made).count("desktop") == 3


def test_the_state_is_not_of_the_vault(root: Path, desktop: Desktop) -> None:
    before = sorted(path.name for path in root.rglob("*"))
    deliver(root, START - HOUR)
    assert sorted(path.name for path in root.rglob("*")) == before
    mode = (state_folder(root.resolve(), "v1") / "reminders").stat().st_mode & 0o777
    assert mode == 0o600
    assert ledger_of(root).read().began == START - HOUR
    assert json.dumps(past_of(root).tellings[0].keys) == json.dumps(
        [f"int_acme_1/{lead}h/20260212T130000Z" for lead in (48, 24, 2)]
    )
