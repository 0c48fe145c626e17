"""Sending: to a real server on loopback, protected, once; every fault in plain words and without a secret."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from prepvault.errors import RefusedError
from prepvault.outside.postman import post
from tests.conftest import NOW, Maker, Ran
from tests.mail_server import PASSWORD, USER, Box, Certificates, endless, make_certificates, mute, serving

NOTE = """
=== prepvault.toml
[vault]
timezone = "Europe/Berlin"
id = "v1"
[profile]
name = "Robin Doé"
email = "me@example.com"
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-09T08:00:00
duration_minutes: 60
interviewer: Dana Roe <dana@example.com>
status: completed
---
My own words.
=== Interviews/globex.md
---
id: int_globex_1
company: Globex
role: Analyst
interview_type: panel
scheduled_at: 2026-02-09T12:00:00
location: Main St 1
status: scheduled
---
"""
THANKS = ("email", "thank_you", "acme", "--points", "the cutover", "--to", "dana@example.com")
Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch, certificates: Certificates) -> None:
    """The user's own settings, but for the port; the test's authority is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    monkeypatch.setenv("PREPVAULT_MAIL_HOST", "127.0.0.1")
    monkeypatch.setenv("PREPVAULT_MAIL_TIMEOUT", "5")
    monkeypatch.setenv("PREPVAULT_PROFILE_EMAIL", "me@example.com")
    monkeypatch.delenv("PREPVAULT_MAIL_PASSWORD", raising=False)


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def plain(box: Box, monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    """A server on this machine without TLS."""
    with serving(box) as port:
        monkeypatch.setenv("PREPVAULT_MAIL_PORT", str(port))
        monkeypatch.setenv("PREPVAULT_MAIL_SECURITY", "none")
        yield box


def at(monkeypatch: pytest.MonkeyPatch, port: int, security: str, user: str = "", password: str = "") -> None:
    monkeypatch.setenv("PREPVAULT_MAIL_PORT", str(port))
    monkeypatch.setenv("PREPVAULT_MAIL_SECURITY", security)
    if user:
        monkeypatch.setenv("PREPVAULT_MAIL_USER", user)
    if password:
        monkeypatch.setenv("PREPVAULT_MAIL_PASSWORD", password)


def kept(root: Path) -> str:
    """Everything that PrepVault keeps about a vault, and the vault itself."""
    folders = (root, Path(os.environ["PREPVAULT_STATE_DIR"]))
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return "\n".join(path.read_bytes().decode("utf-8", "replace") for path in files)


# The ways to protect and to sign in


@pytest.mark.parametrize("way", ["starttls", "tls"])
def test_a_mail_goes_out_over_tls_after_signing_in(
    way: str,
    box: Box,
    certificates: Certificates,
    make_vault: Maker,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = make_vault(NOTE)
    tls = {"tls" if way == "tls" else "starttls": certificates.good}
    with serving(box, auth=True, **tls) as port:
        at(monkeypatch, port, way, USER, PASSWORD)
        ran = run(*THANKS, "--send", vault=root)
    assert ran == Ran(0, "sent to dana@example.com: Thank You – Acme Interview\n", ran.err)
    assert box.logins[-1][1] is True
    assert box.envelopes == [("me@example.com", ["dana@example.com"])]
    mail = box.mails[0]
    assert mail["From"] == "Robin Doé <me@example.com>"
    assert (mail["To"], mail["Subject"]) == ("dana@example.com", "Thank You – Acme Interview")
    assert mail["Message-ID"].endswith("@example.com>")
    assert mail["Date"]
    assert mail["X-Unsent"] is None
    assert "Our conversation about the cutover was insightful" in mail.get_content()
    note = (root / "Interviews" / "acme.md").read_text(encoding="utf-8")
    assert "  - thank_you dana@example.com 2026-02-09T10:00:00+01:00\n" in note
    assert "  - thanks email 2026-02-09T10:00:00+01:00\n" in note
    assert note.endswith("---\nMy own words.")
    assert PASSWORD not in ran.out + ran.err + kept(root)


def test_a_wrong_password_is_told_without_it(
    box: Box, certificates: Certificates, make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(NOTE)
    with serving(box, starttls=certificates.good, auth=True) as port:
        at(monkeypatch, port, "starttls", USER, "wrong horse 8")
        ran = run(*THANKS, "--send", "--verbose", vault=root)
    assert ran.code == 3
    assert "refused the name or the password of `me@example.com` (code 535)" in ran.err
    assert "wrong horse" not in ran.out + ran.err + kept(root)
    assert box.mails == []
    assert "mails_sent" not in (root / "Interviews" / "acme.md").read_text(encoding="utf-8")


def test_a_password_beyond_ascii_stops_in_words(
    box: Box, certificates: Certificates, make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(NOTE)
    with serving(box, starttls=certificates.good, auth=True) as port:
        at(monkeypatch, port, "starttls", USER, "pferdé\udcff")
        ran = run(*THANKS, "--send", "--verbose", vault=root)
    assert (ran.code, box.mails) == (3, [])
    assert "letters beyond ASCII" in ran.err
    assert "pferd" not in ran.out + ran.err + kept(root)


def test_without_starttls_nothing_is_sent_in_clear(
    box: Box, make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(NOTE)
    with serving(box, auth=True) as port:
        at(monkeypatch, port, "starttls", USER, PASSWORD)
        ran = run(*THANKS, "--send", vault=root)
    assert ran.code == 3
    assert "offers no STARTTLS, so nothing was sent unprotected" in ran.err
    assert (box.mails, box.logins) == ([], [])


@pytest.mark.parametrize("way", ["starttls", "tls"])
def test_a_certificate_for_another_name_stops_it(
    way: str,
    box: Box,
    certificates: Certificates,
    make_vault: Maker,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = make_vault(NOTE)
    tls = {"tls" if way == "tls" else "starttls": certificates.other}
    with serving(box, auth=True, **tls) as port:
        at(monkeypatch, port, way, USER, PASSWORD)
        ran = run(*THANKS, "--send", vault=root)
    assert ran.code == 3
    assert "the certificate at `127.0.0.1` cannot be trusted: IP address mismatch" in ran.err
    assert (box.mails, box.logins) == ([], [])


def test_a_certificate_of_nobody_knows_whom_stops_it(
    box: Box, certificates: Certificates, make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with serving(box, starttls=certificates.good, auth=True) as port:
        at(monkeypatch, port, "starttls", USER, PASSWORD)
        ran = run(*THANKS, "--send", vault=make_vault(NOTE))
    assert (ran.code, box.mails, box.logins) == (3, [], [])
    assert "cannot be trusted" in ran.err


def test_tls_is_not_tried_in_clear_where_none_is_spoken(
    box: Box, make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(box) as port:
        at(monkeypatch, port, "tls", USER, PASSWORD)
        ran = run(*THANKS, "--send", vault=make_vault(NOTE))
    assert (ran.code, box.mails, box.logins) == (3, [], [])
    assert 'if the port is 587, set security = "starttls"' in ran.err


def test_no_protection_is_for_this_machine_only(
    make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREPVAULT_MAIL_HOST", "mail.example.com")
    at(monkeypatch, 25, "none")
    ran = run(*THANKS, "--send", vault=make_vault(NOTE))
    assert ran.code == 3
    assert "mail goes unprotected to this machine only" in ran.err


# What servers refuse


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("recipient", "refused the recipient `dana@example.com`: 550 no such user [31m here"),
        ("sender", "does not take mail from `me@example.com`: 553 sender not allowed"),
        ("busy", "451 come back later"),
        ("data", "the server refused the mail: 554 spam"),
    ],
)
def test_a_refusal_is_told_and_the_mail_may_be_sent_later(
    fault: str, words: str, plain: Box, make_vault: Maker, run: Run
) -> None:
    root = make_vault(NOTE)
    plain.fault = fault
    ran = run(*THANKS, "--send", vault=root)
    assert ran.code == 3
    assert "nothing was sent: " in ran.err
    assert words in ran.err
    assert "\x1b" not in ran.err
    plain.fault = ""
    assert run(*THANKS, "--send", vault=root).code == 0
    assert len(plain.mails) == 1


def test_a_server_that_never_answers_is_left(
    make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREPVAULT_MAIL_TIMEOUT", "1")
    with mute() as port:
        at(monkeypatch, port, "starttls", USER, PASSWORD)
        ran = run(*THANKS, "--send", vault=make_vault(NOTE))
    assert ran.code == 3
    assert f"no answer from `127.0.0.1`, port {port} within 1 seconds" in ran.err


@pytest.mark.parametrize(("piece", "pause"), [(b"220-and more\r\n", 0), (b"2", 0.01)])
def test_a_server_that_answers_without_end_is_left(
    piece: bytes, pause: float, make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prepvault.outside.postman._LONGEST", 0.02)
    with endless(piece, pause) as port:
        at(monkeypatch, port, "starttls", USER, PASSWORD)
        ran = run(*THANKS, "--send", vault=make_vault(NOTE))
    assert ran.code == 3
    assert f"no mail server answers at `127.0.0.1`, port {port}" in ran.err


def test_a_port_that_nobody_listens_to(make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with mute() as port:
        pass
    at(monkeypatch, port, "starttls", USER, PASSWORD)
    ran = run(*THANKS, "--send", vault=make_vault(NOTE))
    assert ran.code == 3
    assert "cannot be reached: Connection refused" in ran.err


# At most once


@pytest.mark.parametrize("fault", ["hang-up", "hang-up-kept", "silent"])
def test_a_mail_in_doubt_is_not_sent_again_by_itself(
    fault: str, plain: Box, make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(NOTE)
    monkeypatch.setenv("PREPVAULT_MAIL_TIMEOUT", "1")
    plain.fault = fault
    first = run(*THANKS, "--send", vault=root)
    assert first.code == 3
    assert "it is not certain that the mail was sent" in first.err
    assert " uncertain" in (root / "Interviews" / "acme.md").read_text(encoding="utf-8")
    assert "in doubt: thank_you to dana@example.com" in run("email", vault=root).out
    plain.fault, before = "", len(plain.mails)
    second = run(*THANKS, "--send", vault=root)
    assert second.code == 1
    assert "nobody knows how it ended" in second.err
    assert len(plain.mails) == before
    third = run(*THANKS, "--send", "--again", vault=root)
    assert (third.code, len(plain.mails)) == (0, before + 1)
    assert "in doubt" not in run("email", vault=root).out
    assert len({mail["Message-ID"] for mail in plain.mails}) == 1, "a repeat keeps its identity"


def test_a_mail_goes_once_unless_told_again(plain: Box, make_vault: Maker, run: Run) -> None:
    root = make_vault(NOTE)
    assert run(*THANKS, "--send", vault=root).code == 0
    changed = ("email", "thank_you", "acme", "--points", "other words", "--to", "DANA@example.com", "--send")
    second = run(*changed, vault=root)
    assert second.code == 1
    assert "nothing was sent: this mail went to DANA@example.com on 2026-02-09 09:00 UTC" in second.err
    assert len(plain.mails) == 1
    assert run(*changed, "--again", vault=root).code == 0
    assert len({mail["Message-ID"] for mail in plain.mails}) == 2


def test_what_another_machine_wrote_into_the_note_counts(plain: Box, make_vault: Maker, run: Run) -> None:
    sent = NOTE.replace("status: completed", "mails_sent: [thank_you dana@example.com 2026-02-09T09:30:00Z]")
    ran = run(*THANKS, "--send", vault=make_vault(sent))
    assert (ran.code, plain.mails) == (1, [])
    assert "the note says that this mail went to dana@example.com before" in ran.err


def test_a_moved_interview_is_confirmed_anew(plain: Box, make_vault: Maker, run: Run) -> None:
    root = make_vault(NOTE)
    confirm = ("email", "confirm", "globex", "--to", "sam@example.com", "--send")
    assert run(*confirm, vault=root).code == 0
    assert run(*confirm, vault=root).code == 1
    assert run("reschedule", "globex", "2026-02-11T12:00", vault=root).code == 0
    again = run(*confirm, "--again", vault=root)
    assert (again.code, len(plain.mails)) == (0, 2)


def test_a_reminder_goes_once_an_hour_that_asks_for_it(plain: Box, make_vault: Maker, run: Run) -> None:
    root = make_vault(NOTE)
    remind = ("email", "reminder", "globex", "--send")
    assert run(*remind, vault=root).code == 0
    assert "  - 2h email 2026-02-09T10:00:00+01:00\n" in (root / "Interviews/globex.md").read_text()
    assert run(*remind, vault=root).code == 1
    assert len(plain.mails) == 1
    assert plain.envelopes == [("me@example.com", ["me@example.com"])]


def test_more_mails_than_anyone_writes_are_held_back(plain: Box, make_vault: Maker, run: Run) -> None:
    root = make_vault(NOTE)
    words = ("email", "thank_you", "acme", "--points", "x", "--send", "--to")
    codes = [run(*words, f"p{number}@example.com", vault=root).code for number in range(11)]
    assert codes == [0] * 10 + [1]
    assert len(plain.mails) == 10


KILLED = """
import os, signal, sys
from prepvault.jobs import send_mail
from prepvault.outside import mail_ledger
def die(*a, **k): os.kill(os.getpid(), signal.SIGKILL)
def after(owner, name):
    real = getattr(owner, name)
    def both(*a, **k):
        real(*a, **k)
        die()
    setattr(owner, name, both)
def before(owner, name):
    setattr(owner, name, die)
{point}
from prepvault.__main__ import main
main(sys.argv[1:])
"""
POINTS = {
    "before the intent": ("before(mail_ledger.MailLedger, 'begin')", 0, False),
    "after the intent": ("after(mail_ledger.MailLedger, 'begin')", 0, True),
    "after the server took it": ("after(send_mail, 'post')", 1, True),
    "before the outcome": ("before(mail_ledger.MailLedger, 'end')", 1, True),
    "after the outcome": ("after(mail_ledger.MailLedger, 'end')", 1, True),
    "before the note": ("before(send_mail, 'record_sent')", 1, True),
    "after the note": ("after(send_mail, 'record_sent')", 1, True),
}


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_a_kill_at_any_point_neither_doubles_nor_loses_a_mail(
    point: str, plain: Box, make_vault: Maker, run: Run
) -> None:
    code, taken, is_refused = POINTS[point]
    root = make_vault(NOTE)
    script = KILLED.replace("{point}", code)
    arguments = ["--vault", str(root), "--now", NOW.isoformat(), *THANKS, "--send"]
    killed = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, check=False)
    assert (killed.returncode, len(plain.mails)) == (-signal.SIGKILL, taken), killed.stderr
    ran = run(*THANKS, "--send", vault=root)
    assert (ran.code, len(plain.mails)) == ((1, taken) if is_refused else (0, 1)), ran.err
    note = (root / "Interviews" / "acme.md").read_text(encoding="utf-8")
    if "this mail went to" in ran.err or not is_refused:
        assert note.count("thank_you dana@example.com") == 1, "the note is made up for"
    else:
        assert "nobody knows how it ended" in ran.err
        assert "in doubt: thank_you to dana@example.com" in run("email", vault=root).out
    assert run(*THANKS, "--send", vault=root).code == 1


@pytest.mark.slow
@pytest.mark.parametrize("round_number", range(3))
def test_many_at_once_send_one_mail(round_number: int, plain: Box, make_vault: Maker) -> None:
    root = make_vault(NOTE)
    start = [sys.executable, "-m", "prepvault", "--vault", str(root), "--now", NOW.isoformat()]
    running = [
        subprocess.Popen([*start, *THANKS, "--send"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(6)
    ]
    codes = sorted(each.wait(60) for each in running)
    assert (codes, len(plain.mails)) == ([0, 1, 1, 1, 1, 1], 1)


def test_a_note_that_changed_meanwhile_still_gets_its_line(
    plain: Box, make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(NOTE)
    path = root / "Interviews" / "acme.md"

    def slow(*places: Any, **names: Any) -> Any:
        path.write_text(path.read_text() + "typed while it was sent\n")
        return post(*places, **names)

    monkeypatch.setattr("prepvault.jobs.send_mail.post", slow)
    assert run(*THANKS, "--send", vault=root).code == 0
    text = path.read_text()
    assert "typed while it was sent" in text
    assert "thank_you dana@example.com" in text


def test_a_note_that_went_away_is_said_and_the_mail_counts(
    plain: Box, make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(NOTE)
    path = root / "Interviews" / "acme.md"
    text = path.read_text()

    def removing(*places: Any, **names: Any) -> Any:
        path.unlink()
        return post(*places, **names)

    monkeypatch.setattr("prepvault.jobs.send_mail.post", removing)
    ran = run(*THANKS, "--send", vault=root)
    assert (ran.code, len(plain.mails)) == (0, 1)
    assert "the note does not say so yet" in ran.err
    path.write_text(text)
    assert run(*THANKS, "--send", vault=root).code == 1
    assert path.read_text().count("thank_you dana@example.com") == 1


# Never by default, never to whom a note says


def test_nothing_is_sent_without_being_told(
    plain: Box, make_vault: Maker, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(NOTE)
    monkeypatch.chdir(root)
    for words in (
        ["email"],
        ["email", "acme"],
        [*THANKS],
        [*THANKS, "--save"],
        [*THANKS, "--eml", str(tmp_path / "a.eml")],
        [*THANKS, "--mailto"],
        [*THANKS, "--json"],
        ["check"],
        ["coach"],
        ["build"],
        ["status", "globex", "confirmed"],
    ):
        run(*words, vault=root)
    assert run(*THANKS, "--again", vault=root).code == 2
    assert plain.connections == 0


def test_a_note_alone_never_decides_where_mail_goes(plain: Box, make_vault: Maker, run: Run) -> None:
    ran = run("email", "thank_you", "acme", "--points", "x", "--send", vault=make_vault(NOTE))
    assert (ran.code, plain.connections) == (2, 0)
    assert "--to dana@example.com" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["email", "thank_you", "acme", "--to", "dana@example.com"], 1, "`[topic 1]`"),
        ([*THANKS[:4], "Globex does that too", *THANKS[5:]], 1, "names another company: `Globex`"),
        ([*THANKS[:5], "--to", "dana"], 2, "`dana` is not a mail address"),
        ([*THANKS[:5], "--to", "a@example.com,b@example.com"], 2, "is not a mail address"),
        ([*THANKS[:5], "--to", "a@example.com\r\nBcc: b@example.com"], 2, "is not a mail address"),
        (["email", "confirm", "globex"], 2, "no mail address is known for the recruiter"),
    ],
)
def test_what_is_not_ready_is_not_sent(
    words: list[str], code: int, said: str, plain: Box, make_vault: Maker, run: Run
) -> None:
    ran = run(*words, "--send", vault=make_vault(NOTE))
    assert (ran.code, plain.connections) == (code, 0), ran.err
    assert said in ran.err


def test_hostile_notes_add_no_header_and_no_command(plain: Box, make_vault: Maker, run: Run) -> None:
    hostile = NOTE.replace(
        "role: Engineer", 'role: "Engineer\\r\\nBcc: all@example.com\\x0b\\u2028X-Evil: 1"'
    )
    ran = run(*THANKS[:4], "one\n.\nQUIT\n..two", *THANKS[5:], "--send", vault=make_vault(hostile))
    assert ran.code == 0
    mail = plain.mails[0]
    assert set(mail.keys()) <= {
        *("From", "To", "Date", "Message-ID", "Subject", "MIME-Version", "Content-Type"),
        *("Content-Transfer-Encoding", "X-Peer", "X-MailFrom", "X-RcptTo"),
    }
    assert "one\r\n.\r\nQUIT\r\n..two" in mail.get_content().replace("\r\n", "\n").replace("\n", "\r\n")
    assert plain.envelopes[0][1] == ["dana@example.com"]


def test_without_a_server_it_says_what_to_do(
    make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PREPVAULT_MAIL_HOST")
    ran = run(*THANKS, "--send", vault=make_vault(NOTE))
    assert ran.code == 2
    assert "no mail server is named" in ran.err


def test_a_shared_vault_names_no_server_and_no_command(
    plain: Box, make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PREPVAULT_MAIL_HOST")
    evil = '[mail]\nhost = "127.0.0.1"\nuser = "x"\npassword_command = "touch \'%s\'"\n' % (tmp_path / "ran")
    ran = run(
        *THANKS, "--send", vault=make_vault(NOTE.replace("=== Interviews/acme", evil + "=== Interviews/acme"))
    )
    assert (ran.code, plain.connections) == (2, 0)
    assert not (tmp_path / "ran").exists()


def test_a_literal_password_is_refused(plain: Box, make_vault: Maker, run: Run) -> None:
    evil = '[mail]\npassword = "hunter2hunter2"\n=== Interviews/acme'
    root = make_vault(NOTE.replace("=== Interviews/acme", evil))
    ran = run(*THANKS, "--send", vault=root)
    assert (ran.code, plain.connections) == (2, 0)
    assert "belongs in no settings file" in ran.err
    assert "hunter2" not in ran.out + ran.err
    checked = run("check", vault=root)
    assert "settings/secret" in checked.out + checked.err
    assert "hunter2" not in checked.out + checked.err


def test_json_tells_what_was_sent(plain: Box, make_vault: Maker, run: Run) -> None:
    ran = run(*THANKS, "--send", "--json", vault=make_vault(NOTE))
    told = json.loads(ran.out)
    assert (told["kind"], told["mail"], told["to"]) == ("mail", "thank_you", "dana@example.com")
    assert told["sent"]["from"] == "me@example.com"
    assert told["sent"]["message_id"] == plain.mails[0]["Message-ID"]


ENCODED = "=?utf-8?q?Dev=0d=0aBcc:_evil=40evil.example=0d=0aX-A:?="


def test_an_encoded_word_in_a_note_stays_text(
    plain: Box, make_vault: Maker, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREPVAULT_PROFILE_NAME", ENCODED)
    root = make_vault(NOTE.replace("role: Analyst", f'role: "{ENCODED}"'))
    confirm = ("email", "confirm", "globex", "--to", "a@b.example")
    assert run(*confirm, "--send", vault=root).code == 0
    assert plain.mails[0]["Bcc"] is None
    assert ENCODED in plain.mails[0]["Subject"]
    file = tmp_path / "a.eml"
    assert run(*confirm, "--eml", str(file), vault=root).code == 0
    assert b"Bcc" not in file.read_bytes().partition(b"\r\n\r\n")[0]
    assert run("build", vault=root).code == 0
    drafts = [path.read_bytes().partition(b"\r\n\r\n")[0] for path in root.rglob("*.eml")]
    assert drafts
    assert not any(b"Bcc" in each for each in drafts)


def test_an_address_in_the_vaults_file_is_nobodys_own(
    plain: Box, make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(NOTE.replace("me@example.com", "evil@evil.example"))
    monkeypatch.delenv("PREPVAULT_PROFILE_EMAIL")
    nobody = run(*THANKS, "--send", vault=root)
    assert (nobody.code, plain.connections) == (2, 0)
    assert "the one in the vault's file does not count" in nobody.err
    monkeypatch.setenv("PREPVAULT_MAIL_FROM", "me@example.com")
    asked = run("email", "reminder", "globex", "--send", vault=root)
    assert (asked.code, plain.connections) == (2, 0)
    assert "--to evil@evil.example" in asked.err
    assert run(*THANKS, "--send", vault=root).code == 0
    assert plain.envelopes == [("me@example.com", ["dana@example.com"])]


@pytest.mark.parametrize("address", ["a.@b.example", "a@b..example", "a@-b.example", "=?x?q?y?=@b.example"])
def test_an_address_that_is_none_begins_nothing(
    address: str, plain: Box, make_vault: Maker, run: Run
) -> None:
    root = make_vault(NOTE)
    ran = run(*THANKS[:5], "--to", address, "--send", vault=root)
    assert (ran.code, plain.connections) == (2, 0)
    assert "in doubt" not in run("email", vault=root).out


def test_what_cannot_be_written_was_never_begun(
    plain: Box, make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(*_: Any, **__: Any) -> bytes:
        raise RefusedError("no")

    root = make_vault(NOTE)
    monkeypatch.setattr("prepvault.jobs.send_mail.render_letter", refusing)
    assert run(*THANKS, "--send", vault=root).code == 1
    assert "in doubt" not in run("email", vault=root).out


def test_the_flood_is_counted_by_the_real_clock_and_without_what_was_refused(
    plain: Box, make_vault: Maker, run: Run
) -> None:
    root = make_vault(NOTE)
    words = ("email", "thank_you", "acme", "--points", "x", "--send", "--to")
    plain.fault = "recipient"
    assert {run(*words, f"r{number}@example.com", vault=root).code for number in range(11)} == {3}
    plain.fault = ""
    assert {run(*words, f"p{number}@example.com", vault=root).code for number in range(10)} == {0}
    later = (NOW + timedelta(days=3)).isoformat()
    ran = run("--now", later, *words, "q@example.com", vault=root)
    assert (ran.code, len(plain.mails)) == (1, 10), ran.err
    assert "10 mails in an hour are enough" in ran.err


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("thank_you", ("topic_1=x",)), ("accept", ("start_date=now", "pay=x")), ("decline_offer", ())],
)
def test_what_is_too_early_goes_only_when_told(
    kind: str, fields: tuple[str, ...], plain: Box, make_vault: Maker, run: Run
) -> None:
    root = make_vault(NOTE)
    words = ["email", kind, "globex", "--to", "dana@example.com"]
    for each in fields:
        words += ["--set", each]
    shown = run(*words, vault=root)
    assert (shown.code, "mail/too-early" in shown.err) == (0, True)
    refused = run(*words, "--send", vault=root)
    assert (refused.code, plain.connections) == (1, 0)
    assert "`--anyway`" in refused.err
    assert run(*words, "--send", "--anyway", vault=root).code == 0
    assert run(*words, "--anyway", vault=root).code == 2
