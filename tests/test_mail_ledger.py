"""The ledger of mails, and where a password comes from."""

import sys
import types
from datetime import timedelta
from pathlib import Path

import pytest

from prepvault.errors import OutsideError, PrepVaultError, UsageError
from prepvault.model.mail import Posted
from prepvault.outside.mail_ledger import MailLedger
from prepvault.outside.passwords import child_environment, find_password
from prepvault.outside.programs import edit_file
from prepvault.rules.mail_identity import mail_key, message_id
from tests.conftest import NOW
from tests.dashboard import interview


def begin(ledger: MailLedger, key: str = "k") -> None:
    sending = ledger.begin(key, "thank_you", "a@example.com", "<x@y>", at=NOW)
    ledger.end(sending, Posted.ACCEPTED)


def test_what_is_put_down_is_read_back(tmp_path: Path) -> None:
    ledger = MailLedger(tmp_path)
    assert ledger.read() == ()
    begin(ledger)
    open_one = ledger.begin("k2", "confirm", "b@example.com", "<z@y>", at=NOW + timedelta(hours=1))
    read = MailLedger(tmp_path).read()
    assert [(each.number, each.key, each.state, each.is_in_doubt) for each in read] == [
        (1, "k", Posted.ACCEPTED, False),
        (2, "k2", None, True),
    ]
    assert read[1] == open_one
    assert (tmp_path / "mails").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_torn_last_line_is_dropped_and_the_attempt_before_it_stays_in_doubt(
    tmp_path: Path, cut: int
) -> None:
    ledger = MailLedger(tmp_path)
    begin(ledger)
    data = (tmp_path / "mails").read_bytes()
    (tmp_path / "mails").write_bytes(data[:-cut])
    assert [each.is_in_doubt for each in ledger.read()] == [True]
    begin(ledger, "next")
    assert [(each.number, each.is_in_doubt) for each in ledger.read()] == [(1, True), (2, False)]


@pytest.mark.parametrize("place", [0, 20, 100])
def test_damage_stops_sending(tmp_path: Path, place: int) -> None:
    ledger = MailLedger(tmp_path)
    begin(ledger)
    data = bytearray((tmp_path / "mails").read_bytes())
    data[place] ^= 1
    (tmp_path / "mails").write_bytes(data)
    with pytest.raises(OutsideError, match="damaged"):
        ledger.read()
    with pytest.raises(OutsideError, match="damaged"):
        begin(ledger)


def test_a_ledger_that_cannot_be_kept_stops_sending(tmp_path: Path) -> None:
    (tmp_path / "mails").mkdir()
    with pytest.raises(OutsideError, match="cannot be kept"):
        begin(MailLedger(tmp_path))


def test_a_mails_identity_is_stable_and_its_own() -> None:
    key = mail_key(interview(), "confirm", " Dana@Example.com ")
    assert key == mail_key(interview(), "confirm", "dana@example.com")
    assert key != mail_key(interview(hours=30), "confirm", "dana@example.com")
    identity = message_id("v1", key, 1, "me@example.com")
    assert identity == message_id("v1", key, 1, "me@example.com")
    others = {
        message_id(*each)
        for each in (("v2", key, 1, "a@b.c"), ("v1", "k", 1, "a@b.c"), ("v1", key, 2, "a@b.c"))
    }
    assert len(others | {identity}) == 4
    assert "int_a_1" not in identity


# Passwords


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREPVAULT_MAIL_PASSWORD", raising=False)
    monkeypatch.setitem(sys.modules, "keyring", None)


def python(code: str) -> str:
    return f"{sys.executable} -c '{code}'"


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREPVAULT_MAIL_PASSWORD", "from the environment")
    assert find_password("me", python("raise SystemExit(3)")) == "from the environment"


def test_no_child_sees_the_password(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PREPVAULT_MAIL_PASSWORD", "s3cret")
    told = tmp_path / "told"
    code = f"import os; open({str(told)!r}, 'w').write(str(dict(os.environ)))"
    script = tmp_path / "editor.py"
    script.write_text(code)
    assert edit_file(f"{sys.executable} {script}", tmp_path / "note.md")
    assert "PATH" in told.read_text()
    assert "s3cret" not in told.read_text()
    monkeypatch.setenv("PREPVAULT_MAIL_PASSWORD", "")
    assert "PREPVAULT_MAIL_PASSWORD" not in child_environment()
    monkeypatch.setenv("PREPVAULT_MAIL_PASSWORD_2", "kept")
    assert (
        find_password("me", python('import os; print(os.environ.get("PREPVAULT_MAIL_PASSWORD", 1))')) == "1"
    )


def test_a_command_prints_it() -> None:
    assert find_password("me", python('print(" s3cret $HOME \\nmore")')) == " s3cret $HOME "


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (python('print("s3cret"); raise SystemExit(3)'), "ended with 3"),
        ("/no/such/program --show s3cret", "it cannot be started"),
        ("'unclosed s3cret", "it cannot be started"),
        (python('import sys; sys.stdout.write("\\n")'), "there is no mail password"),
    ],
)
def test_a_command_that_fails_is_told_without_what_it_said(command: str, words: str) -> None:
    with pytest.raises(PrepVaultError) as error:
        find_password("me", command)
    assert words in error.value.message
    assert "s3cret" not in error.value.message + error.value.hint


def keyring(answer: object) -> types.ModuleType:
    module, errors = types.ModuleType("keyring"), types.ModuleType("keyring.errors")
    errors.KeyringError = type("KeyringError", (Exception,), {})  # type: ignore[attr-defined]

    def get_password(service: str, user: str) -> object:
        assert (service, user) == ("prepvault", "me@example.com")
        if isinstance(answer, str):
            raise errors.KeyringError(answer) if answer == "locked" else RuntimeError(answer)
        return answer

    module.get_password = get_password  # type: ignore[attr-defined]
    module.errors = errors  # type: ignore[attr-defined]
    return module


def test_the_keyring_is_asked_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Secret(str):
        __slots__ = ()

    module = keyring(None)
    module.get_password = lambda service, user: f"{service}/{user}"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    monkeypatch.setitem(sys.modules, "keyring.errors", module.errors)
    assert find_password("me@example.com", "") == "prepvault/me@example.com"


@pytest.mark.parametrize("answer", [None, "locked", "no backend"])
def test_a_keyring_that_is_locked_or_empty_is_no_password(
    monkeypatch: pytest.MonkeyPatch, answer: object
) -> None:
    module = keyring(answer)
    monkeypatch.setitem(sys.modules, "keyring", module)
    monkeypatch.setitem(sys.modules, "keyring.errors", module.errors)
    with pytest.raises(UsageError, match=r"no mail password for `me@example\.com`"):
        find_password("me@example.com", "")


def test_without_any_place_it_says_where_one_may_be() -> None:
    with pytest.raises(UsageError) as error:
        find_password("me@example.com", "")
    assert "PREPVAULT_MAIL_PASSWORD" in error.value.hint
    assert "keyring set prepvault me@example.com" in error.value.hint
