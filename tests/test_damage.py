"""Damage to what PrepVault keeps: never a mail twice, never a crash, never a wrong byte, and told in words.

Every seventh byte is flipped and cut off, by chance none is special; `PREPVAULT_DAMAGE_STEP=1` takes each.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from prepvault.errors import OutsideError, PrepVaultError
from prepvault.jobs.context import Context, open_root
from prepvault.jobs.deliver import deliver_due
from prepvault.jobs.doctor import examine
from prepvault.jobs.load import load
from prepvault.jobs.note_reminders import Noted
from prepvault.jobs.undo import undo
from prepvault.jobs.write import apply_changes, recover_writes
from prepvault.model.delivery import Channel, Delivery, Ending, Telling
from prepvault.model.vault import Vault
from prepvault.outside.checked_lines import line_of
from prepvault.outside.ledger import Ledger
from prepvault.outside.mail_ledger import MailLedger
from prepvault.outside.state import state_folder
from tests.conftest import Maker
from tests.delivering import HOUR, START, StopError, settled_vault, stopping_at
from tests.life import FakePost
from tests.writing_bench import (
    NEW,
    OLD,
    Killed,
    Steps,
    change_of,
    journal_of,
    kill,
    make_fast,
    open_vault,
    strays,
    write_new,
)

STRIDE = int(os.environ.get("PREPVAULT_DAMAGE_STEP", "7"))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    make_fast(monkeypatch)


def damaged(whole: bytes, *, newer: bytes) -> Iterator[bytes]:
    """One file in every state that a bad disk, a bad copy or a newer PrepVault could leave it in."""
    for at in range(0, len(whole), STRIDE):
        yield whole[:at]
        yield whole[:at] + bytes([whole[at] ^ 1 << at // STRIDE % 8]) + whole[at + 1 :]
    lines = whole.splitlines(keepends=True)
    for at, line in enumerate(lines):
        yield b"".join((*lines[:at], line, *lines[at:]))  # twice
        yield b"".join((*lines[:at], *lines[at + 1 :]))  # lost
        yield b"".join((*lines[:at], *reversed(lines[at : at + 2]), *lines[at + 2 :]))  # out of order
        yield b"".join((*lines[:at], newer, *lines[at:]))
    yield from (b"\0" * len(whole), whole + b"\0" * 40, b"\n" * 9, whole + whole)


# The ledgers


class Sender:
    """A vault whose reminders go by mail and to a terminal; the note is never told, so the ledgers count."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.post = root, FakePost()
        self.shown: list[str] = []
        monkeypatch.setattr("prepvault.jobs.send_mail.post", self.post)
        monkeypatch.setattr("prepvault.jobs.send_mail._MOST", ())
        monkeypatch.setattr("prepvault.jobs.deliver.note_tellings", lambda *_: Noted())
        monkeypatch.setattr("prepvault.jobs.deliver._Desk._words", lambda *_: ("In 1 day", ()))
        for name, value in (("HOST", "127.0.0.1"), ("SECURITY", "none")):
            monkeypatch.setenv(f"PREPVAULT_MAIL_{name}", value)
        monkeypatch.setenv("PREPVAULT_PROFILE_EMAIL", "me@example.com")
        self.contexts: dict[int, Context] = {}
        self.vault: Vault = load(self.context(24))

    def context(self, hours: int) -> Context:
        if hours not in self.contexts:
            moment = (START - hours * HOUR).isoformat()
            self.contexts[hours] = open_root(self.root.resolve(), now=moment)
        return self.contexts[hours]

    def file(self, name: str) -> Path:
        return state_folder(self.root.resolve(), "v1") / name

    def send(self, hours: int, stop: str = "") -> Delivery:
        probe = stopping_at(stop) if stop else (lambda step: None)
        channels = (Channel.EMAIL, Channel.TERMINAL)
        say = lambda title, lines: self.shown.append(title)  # noqa: E731
        return deliver_due(self.context(hours), self.vault, channels=channels, say=say, probe=probe)


@pytest.fixture
def sender(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> Sender:
    return Sender(settled_vault(make_vault), monkeypatch)


NEWER = line_of({"kind": "merged", "number": 9, "state": "unheard-of", "ending": "sung"})


def why_held(sender: Sender) -> str:
    try:
        sender.send(23)
    except OutsideError as error:
        return f"{error.message}; {error.hint}"
    return ""


ENDS = [("reminders", ""), ("reminders", "outcome"), ("mails", ""), ("mails", "outcome")]


@pytest.mark.parametrize(("name", "stop"), ENDS)
def test_damage_to_a_ledger_never_sends_a_mail_twice(sender: Sender, name: str, stop: str) -> None:
    """One of the two ledgers suffices, after a crash before the outcome was put down too."""
    with suppress(StopError):
        sender.send(24, stop)
    assert len(sender.post.letters) == 1
    both = {each: sender.file(each).read_bytes() for each in ("reminders", "mails")}
    held = 0
    for data in damaged(both[name], newer=NEWER):
        for each, whole in both.items():
            sender.file(each).write_bytes(data if each == name else whole)
        sender.shown.clear()
        why = why_held(sender)
        if why:
            held += 1
            assert "is damaged" in why or "holds what this version does not know" in why
            assert "nothing is sent before" in why
            assert sender.shown == [], "who was told what is not known"
        assert len(set(sender.post.letters)) == len(sender.post.letters) == 1, data
        with suppress(OutsideError):
            told = [each for each in sender.send(2).reports if each.message.channel is Channel.EMAIL]
            assert all(each.ending is Ending.TOLD or "the ledger of sent mails" in each.why for each in told)
        assert len(set(sender.post.letters)) == len(sender.post.letters), "one mail twice"
        del sender.post.letters[1:]
    assert held > 20 or name == "mails"


def test_a_ledger_that_lost_its_last_line_repeats_one_notification_at_most(sender: Sender) -> None:
    """A cut is what a crash leaves: the line before it is what was begun."""
    sender.send(24)
    whole = sender.file("reminders").read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for size in range(last, len(whole)):
        sender.file("reminders").write_bytes(whole[:size])
        sender.shown.clear()
        sender.send(23)
        assert len(sender.shown) <= 1
        assert len(sender.post.letters) == 1
        sender.send(22)
        assert len(sender.shown) <= 1


def test_a_mail_that_cannot_be_put_down_in_both_ledgers_is_not_sent(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Ledger.end

    def full(ledger: Ledger, telling: Telling, ending: Ending, **more: Any) -> None:
        if ending is Ending.UNCERTAIN:
            raise OutsideError("no space is left")
        plain(ledger, telling, ending, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "end", full)
        (report,) = [each for each in sender.send(24).failed if each.message.channel is Channel.EMAIL]
    assert (report.why, sender.post.letters) == ("no space is left", [])
    sender.send(23)
    assert len(sender.post.letters) == 1


def test_a_mail_whose_line_may_not_last_is_not_sent_and_in_no_doubt(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk took the line and then reported an error: nothing went out, so it goes out later."""
    plain = MailLedger.begin

    def shaky(ledger: MailLedger, *words: Any, **more: Any) -> None:
        plain(ledger, *words, **more)
        raise OutsideError("the disk reported an error")

    with monkeypatch.context() as patch:
        patch.setattr(MailLedger, "begin", shaky)
        assert len(sender.send(24).failed) == 1
    assert sender.post.letters == []
    sender.send(23)
    assert len(sender.post.letters) == 1


@pytest.mark.parametrize("mood", ["good", "refuses", "silent"])
def test_what_the_ledger_of_mails_knows_ends_the_doubt(sender: Sender, mood: str) -> None:
    sender.post.mood = mood
    with suppress(StopError):
        sender.send(24, "outcome")
    sender.post.mood = "good"
    sender.send(23)
    assert len(sender.post.letters) == 1


# The journal


@pytest.fixture
def context(tmp_path: Path) -> Context:
    made = open_vault(tmp_path / "vault")
    for name in ("a.md", "b.md"):
        (made.root / name).write_bytes(OLD)
    return made


NEWER_WRITES = [
    {"kind": "begin", "way": "cloned"},
    {"kind": "begin", "temp": "../../x"},
    {"kind": "begin", "number": "9"},
    {"kind": "begin", "before": {"pack": "../lock", "at": 0, "size": 9}},
    {"kind": "begin", "after": 7},
    {"kind": "begin", "at": "later"},
    {"kind": "end"},
    {"kind": "end", "number": 1, "state": None},
    {"kind": "rescued", "path": "a.md"},
    {"kind": "merged", "number": "x"},
    {"version": 2},
]


def test_damage_to_the_journal_brings_back_no_wrong_byte_and_stops_no_write(context: Context) -> None:
    write_new(context)
    with pytest.raises(Killed):
        apply_changes(context, [change_of("b.md", OLD, NEW)], probe=Steps(12, kill))
    file, left = state_folder(context.root, "") / "journal", strays(context.root)
    assert len(left) == 1
    stray = (context.root / left[0]).read_bytes()
    held = (context.root / "b.md").read_bytes()
    packs = file.with_name("packs")
    for data in damaged(file.read_bytes(), newer=NEWER):
        file.write_bytes(data)
        for pack in packs.iterdir():
            pack.unlink() if int(pack.name) > 2 else None
        for name, text in (("a.md", NEW), ("b.md", held), (left[0], stray)):
            (context.root / name).write_bytes(text)
        recover_writes(context)
        assert (context.root / "b.md").read_bytes() in (OLD, NEW)
        with suppress(PrepVaultError):
            undo(context, "a.md")
        assert (context.root / "a.md").read_bytes() in (OLD, NEW)
        present = (context.root / "b.md").read_bytes()
        assert apply_changes(context, [change_of("b.md", present, OLD + b"more")]).written == ("b.md",)


@pytest.mark.parametrize("other", NEWER_WRITES, ids=str)
def test_a_line_of_a_newer_version_is_passed_over_and_told(
    context: Context, other: dict[str, object]
) -> None:
    write_new(context)
    file = state_folder(context.root, "") / "journal"
    whole = file.read_bytes()
    (begin, _) = journal_of(context).read().records
    form = {**begin, "number": 2, **other} if other.get("kind") == "begin" else other
    file.write_bytes(whole + line_of(form))
    assert len(journal_of(context).read().unknown) == 1
    told = {check.name: check.text for check in examine(str(context.root))}
    assert told["journal"] == "lines that this version does not know: 1"
    assert recover_writes(context) == ()
    undo(context, "a.md")
    assert (context.root / "a.md").read_bytes() == OLD
    assert write_new(context).written == ("a.md",)
    assert file.read_bytes().startswith(whole + line_of(form)), "nothing is taken out"
    journal_of(context).trim(now=datetime.now(UTC) + timedelta(days=31))
    assert len(journal_of(context).read().unknown) == 1, "what is old goes, what is not known stays"
