"""What earlier releases wrote is read by this one; what a later one wrote stops nothing but what would guess.

`tests/data/upgrade/` holds a folder for each release: the notes as they were before, the vault, and the state
as that release left it. They are never written anew: a release to come adds its own.
"""

import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from prepvault.model.mail import Posted
from prepvault.outside.mail_ledger import MailLedger
from prepvault.outside.reviews import read_reviews
from tests.conftest import Ran

Run = Callable[..., Ran]
KEPT = Path(__file__).with_name("data") / "upgrade"
RELEASES = sorted(path.name for path in KEPT.iterdir())
THEN = datetime(2026, 2, 10, 14, 0, tzinfo=UTC)
STATE = "vaults/id-upgrade"


@pytest.fixture(params=RELEASES)
def kept(request: pytest.FixtureRequest, own_state: Path, tmp_path: Path) -> Path:
    """The vault of one release, moved to another folder; its state lies where state is kept."""
    folder = tmp_path / "kept"
    shutil.copytree(KEPT / request.param, folder)
    shutil.copytree(folder / "state", own_state, dirs_exist_ok=True)
    return folder


@pytest.fixture
def vault(kept: Path) -> Path:
    return kept / "vault"


def checked(record: dict[str, object]) -> bytes:
    """A line as journal and ledgers have them."""
    text = json.dumps(record, separators=(",", ":")).encode()
    return sha256(text).hexdigest()[:16].encode() + b" " + text + b"\n"


def add(path: Path, line: bytes) -> bytes:
    """Add a line to a file; its bytes from then on."""
    path.write_bytes(path.read_bytes() + line)
    return path.read_bytes()


def test_notes_and_settings_are_understood(vault: Path, run: Run) -> None:
    found = json.loads(run("check", "--json", vault=vault, now=THEN).out)
    assert (found["summary"]["errors"], found["summary"]["notes"]) == (0, 2)
    assert {each["code"] for each in found["findings"]} <= {"coaching/edited"}


def test_what_was_told_is_not_told_again_and_the_rest_is(vault: Path, run: Run) -> None:
    assert "no reminder is due" in run("remind", "--due", vault=vault, now=THEN).err
    assert run("remind", "--send", vault=vault, now=THEN).out == ""
    snoozed = run("remind", "--send", vault=vault, now=datetime(2026, 2, 11, 17, 0, tzinfo=UTC)).out
    assert "Acme" in snoozed
    assert "Birch" not in snoozed


def test_coaching_refreshes_its_sections_and_keeps_the_tick(vault: Path, run: Run) -> None:
    note = vault / "Interviews" / "acme.md"
    [ticked] = re.findall(r"- \[x\].*(\^pv-\S+)", note.read_text(encoding="utf-8"))
    note.write_bytes(note.read_bytes().replace(b"interviewer: Dana Roe", b"interviewer: Lee Park"))
    assert run("coach", "acme", vault=vault, now=THEN).code == 0
    text = note.read_text(encoding="utf-8")
    assert "Lee Park" in text
    assert "Dana Roe" not in text
    assert re.findall(r"- \[x\].*(\^pv-\S+)", text) == [ticked]
    assert text.startswith("---\n# my own comment\n")
    assert "\nMy own words about Acme.\n" in text


def test_every_write_can_still_be_taken_back(kept: Path, vault: Path, run: Run) -> None:
    note = vault / "Interviews" / "birch.md"
    for _ in range(2):
        assert run("undo", "Interviews/birch.md", vault=vault, now=THEN).code == 0
    assert note.read_bytes() == (kept / "birch.before").read_bytes()
    refused = run("undo", "Interviews/acme.md", vault=vault, now=THEN)
    assert "Interviews/acme.md" in refused.err, "ticked since, so it is no longer what was written"
    assert "acme" in run("undo", "--list", vault=vault, now=THEN).out


def test_calendars_know_the_same_events(kept: Path, vault: Path, run: Run) -> None:
    fed = run("feed", vault=vault, now=THEN).out
    assert sorted(re.findall(r"^UID:\S+", fed, re.MULTILINE)) == (kept / "uids.txt").read_text().split()


def test_mails_and_practice_are_remembered(vault: Path, own_state: Path) -> None:
    [mail] = MailLedger(own_state / STATE).read()
    assert (mail.key, mail.state) == ("thank_you/int_birch_1770300000/ada@example.com", Posted.ACCEPTED)
    [review] = read_reviews(own_state / STATE)
    assert (review.card, review.interview, review.seconds) == ("ask-format", "int_acme_1770901200", 40)


NEWER = {
    "kind": "begin",
    "number": 9,
    "channel": "hologram",
    "keys": ["k"],
    "at": "2026-02-10T13:00:00+00:00",
}


@pytest.mark.parametrize("record", [NEWER, {"kind": "promise", "at": "2026-02-10T13:00:00+00:00"}])
def test_a_ledger_of_a_later_release_sends_nothing_and_says_why(
    record: dict[str, object], vault: Path, own_state: Path, run: Run
) -> None:
    ledger = own_state / STATE / "reminders"
    before = add(ledger, checked(record))
    later = datetime(2026, 2, 12, 11, 30, tzinfo=UTC)
    sent = run("remind", "--send", vault=vault, now=later)
    assert (sent.code, sent.out, ledger.read_bytes()) == (3, "", before)
    assert "holds what this version does not know" in sent.err
    assert "a newer PrepVault may have written it" in sent.err
    listed = run("remind", vault=vault, now=later)
    assert (listed.code, "cannot be relied on" in listed.err) == (0, True)


def test_a_ledger_of_mails_of_a_later_release_is_not_guessed_at(own_state: Path, vault: Path) -> None:
    add(own_state / STATE / "mails", checked({"number": 2, "state": "read_aloud"}))
    with pytest.raises(Exception, match="holds what this version does not know") as failed:
        MailLedger(own_state / STATE).read()
    assert "newer" in failed.value.hint  # type: ignore[attr-defined]


def test_a_journal_of_a_later_release_is_kept_told_and_written_on(
    vault: Path, own_state: Path, run: Run
) -> None:
    line = checked({"kind": "moved", "number": 40, "path": "Interviews/acme.md", "more": [1]})
    before = add(own_state / STATE / "journal", line)
    assert "lines that this version does not know: 1" in run("doctor", vault=vault, now=THEN).out
    assert run("status", "birch", "completed", vault=vault, now=THEN).code == 0
    assert (own_state / STATE / "journal").read_bytes().startswith(before)
    assert run("undo", "Interviews/birch.md", vault=vault, now=THEN).code == 0


def test_settings_and_properties_of_a_later_release_are_named_and_left(vault: Path, run: Run) -> None:
    settings = add(vault / "prepvault.toml", b'[telepathy]\nrange = "far"\n[feed]\nscent = true\n')
    note = vault / "Interviews" / "birch.md"
    note.write_bytes(note.read_bytes().replace(b"status:", b"mood_of_day: good\r\nstatus:"))
    ran = run("check", vault=vault, now=THEN)
    assert (ran.code, ran.out.count("settings/unknown")) == (0, 2)
    assert run("status", "birch", "completed", vault=vault, now=THEN).code == 0
    assert (vault / "prepvault.toml").read_bytes() == settings
    assert b"\r\nmood_of_day: good\r\n" in note.read_bytes()


def test_what_a_later_release_keeps_for_builds_is_not_believed(
    vault: Path, own_state: Path, run: Run
) -> None:
    assert run("build", vault=vault, now=THEN).code == 0
    site = {path: path.read_bytes() for path in (vault / "site").rglob("*.html")}
    for path in (path for path in (own_state / "cache").rglob("*") if path.is_file()):
        path.write_bytes(b"prepvault cache 99\n" + path.read_bytes())
    assert run("build", vault=vault, now=THEN).code == 0
    assert {path: path.read_bytes() for path in (vault / "site").rglob("*.html")} == site
