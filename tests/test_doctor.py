"""`doctor`: exit 0 when things are merely unset, 1 when something is broken, and no trace left behind."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from prepvault.jobs.context import open_root
from prepvault.jobs.doctor import Check, Standing, examine, is_broken
from prepvault.jobs.write import apply_changes
from prepvault.model.change import Change
from prepvault.outside.disk import read_note
from prepvault.outside.mail_ledger import MailLedger
from prepvault.outside.state import state_folder
from tests.conftest import NOW, Maker, Ran

Run = Callable[..., Ran]

NOTE = """
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
status: scheduled
---
"""


def look(root: Path) -> dict[str, Check]:
    return {check.name: check for check in examine(str(root), now=NOW.isoformat())}


def test_an_empty_vault_is_merely_unset(run: Run, make_vault: Maker) -> None:
    root = make_vault("")
    ran = run("doctor", vault=root)
    assert ran.code == 0
    checks = look(root)
    assert checks["vault"].standing is Standing.UNSET
    assert checks["output"].standing is Standing.UNSET
    assert checks["zone"].standing is Standing.OK
    assert sorted(path.name for path in root.iterdir()) == ["prepvault.toml"], "a trial was left behind"


def test_templates_of_the_vaults_own_are_told(make_vault: Maker) -> None:
    root = make_vault("=== prepvault.toml\n[site]\ntemplates = 'Look'\n")
    assert look(root)["templates"].standing is Standing.BROKEN, "a build would refuse"
    (root / "Look").mkdir()
    told = look(root)["templates"]
    assert (told.standing, "this vault's own, in `Look`" in told.text) == (Standing.OK, True)
    (root / "prepvault.toml").write_text("")
    assert "templates" not in look(root)


def test_no_vault_at_all_is_merely_unset(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("doctor")
    assert ran.code == 0
    assert "unset  vault" in ran.out
    assert run("doctor", "--vault", "nowhere").code == 1


def test_an_unset_zone_is_told_with_the_line_to_write(make_vault: Maker) -> None:
    checks = look(make_vault("=== prepvault.toml\n[vault]\n"))
    assert checks["zone"].standing is Standing.UNSET
    assert 'timezone = "' in checks["zone"].hint


def test_broken_settings_are_broken(run: Run, make_vault: Maker) -> None:
    root = make_vault('=== prepvault.toml\n[feed]\npast_days = "many"\n')
    ran = run("doctor", "--json", vault=root)
    document = json.loads(ran.out)
    assert (ran.code, document["broken"]) == (1, True)
    (broken,) = [check for check in document["checks"] if check["standing"] == "broken"]
    assert broken["name"] == "settings"


def test_unmade_output_is_told(run: Run, make_vault: Maker) -> None:
    root = make_vault(NOTE)
    assert "nothing was built" in look(root)["output"].text
    assert run("build", vault=root).code == 0
    assert look(root)["output"].standing is Standing.OK
    note = root / "Interviews" / "acme.md"
    later = (root / "site" / "index.html").stat().st_mtime + 60
    os.utime(note, (later, later))
    assert look(root)["output"] == Check(
        "output", Standing.UNSET, "notes changed since the last build: 1", "prepvault build"
    )


def test_in_a_sound_vault_nothing_is_broken_and_nothing_left_to_do(
    run: Run, make_vault: Maker, own_state: Path
) -> None:
    root = make_vault(NOTE)
    assert run("status", "acme", "confirmed", vault=root).code == 0
    assert run("build", vault=root).code == 0
    checks = look(root)
    assert not is_broken(tuple(checks.values()))
    for name in ("vault", "notes", "settings", "zone", "state", "journal", "output"):
        assert (name, checks[name].standing) == (name, Standing.OK), checks[name]


def test_a_damaged_journal_is_broken(run: Run, make_vault: Maker, own_state: Path) -> None:
    root = make_vault(NOTE)
    assert run("status", "acme", "confirmed", vault=root).code == 0
    assert look(root)["journal"].text == "sound, writes on record: 1"
    (journal,) = [
        path
        for path in own_state.rglob("*")
        if path.is_file() and b"int_acme" not in path.read_bytes() and b"acme.md" in path.read_bytes()
    ]
    journal.write_bytes(b"garbage\n" + journal.read_bytes())
    assert look(root)["journal"].standing is Standing.BROKEN


def test_bad_notes_are_not_a_broken_machine(make_vault: Maker) -> None:
    checks = look(make_vault(NOTE.replace("2026-02-12T14:00:00", "soon")))
    assert checks["notes"].standing is Standing.UNSET
    assert checks["notes"].hint == "prepvault check"
    assert not is_broken(tuple(checks.values()))


def test_a_state_folder_that_cannot_be_made_is_broken(
    make_vault: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("", encoding="utf-8")
    root = make_vault(NOTE)
    monkeypatch.setenv("PREPVAULT_STATE_DIR", str(blocked))
    assert look(root)["state"].standing is Standing.BROKEN


@pytest.mark.parametrize("is_mended", [True, False])
def test_what_a_killed_run_left_is_brought_to_an_end(
    make_vault: Maker, own_state: Path, is_mended: bool
) -> None:
    root = make_vault(NOTE).resolve()
    context = open_root(root, now=NOW.isoformat())
    note = read_note(root, "Interviews/acme.md")

    def killed(step: str) -> None:
        if step == "look":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply_changes(context, [Change(note.path, note.digest, note.data + b"x\n", "test")], probe=killed)
    assert list(root.rglob(".prepvault-*"))
    (pack,) = own_state.rglob("000000001")
    whole = pack.read_bytes()
    pack.write_bytes(b"damaged")
    for _ in range(2):
        left = look(root)["journal"]
        assert left.standing is Standing.BROKEN
        assert left.text == "a run was cut short; its writes cannot be brought to an end: Interviews/acme.md"
        (stray,) = root.rglob(".prepvault-*")  # it may hold what nothing else does
    pack.write_bytes(whole if is_mended else b"damaged")
    if not is_mended:
        stray.unlink()
    assert "Interviews/acme.md" in look(root)["journal"].text
    assert not list(root.rglob(".prepvault-*"))
    assert "sound" in look(root)["journal"].text


def mail_check(run: Run, root: Path, own_state: Path, settings: str) -> dict[str, str]:
    """Give what `doctor` says of mail, with settings of the user's own."""
    place = own_state / "config" / "prepvault" / "prepvault.toml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(settings, encoding="utf-8")
    document = json.loads(run("doctor", "--json", vault=root).out)
    (check,) = [each for each in document["checks"] if each["name"] == "mail"]
    return dict(check)


def test_mail_that_nobody_set_up_is_merely_unset(run: Run, make_vault: Maker, own_state: Path) -> None:
    check = mail_check(run, make_vault(NOTE), own_state, "")
    assert check["standing"] == "unset"
    assert "drafted and not sent" in check["text"]
    assert run("doctor", vault=make_vault(NOTE)).code == 0


def test_mail_names_server_sender_and_source_and_never_the_password(
    run: Run, make_vault: Maker, own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(NOTE)
    settings = '[profile]\nemail = "me@example.com"\n[mail]\nhost = "mail.example.com"\nuser = "robin"\n'
    command = f'{settings}password_command = "false s3cret-place"\n'
    check = mail_check(run, root, own_state, command)
    assert (check["standing"], check["text"]) == (
        "ok",
        "me@example.com through mail.example.com:587 (starttls), "
        "password from the command in `[mail] password_command`",
    )
    monkeypatch.setenv("PREPVAULT_MAIL_PASSWORD", "hunter2")
    check = mail_check(run, root, own_state, command)
    assert check["text"].endswith("password from $PREPVAULT_MAIL_PASSWORD")
    ran = run("doctor", vault=root)
    assert not any(secret in ran.out + ran.err for secret in ("hunter2", "s3cret"))


def test_mail_without_a_password_or_a_name_says_so(
    run: Run, make_vault: Maker, own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(NOTE)
    settings = '[profile]\nemail = "me@example.com"\n[mail]\nhost = "mail.example.com"\n'
    monkeypatch.setattr("prepvault.outside.passwords.find_spec", lambda name: None)
    assert mail_check(run, root, own_state, settings)["text"].endswith("without signing in")
    check = mail_check(run, root, own_state, f'{settings}user = "robin"\n')
    assert check["standing"] == "unset"
    assert "no password is set for `robin`" in check["text"]


def test_mail_from_nobody_is_broken(run: Run, make_vault: Maker, own_state: Path) -> None:
    check = mail_check(run, make_vault(NOTE), own_state, '[mail]\nhost = "mail.example.com"\n')
    assert check["standing"] == "broken"
    assert "no address to send from" in check["text"]


def test_mails_in_doubt_are_told(run: Run, make_vault: Maker, own_state: Path) -> None:
    root = make_vault(NOTE).resolve()
    context = open_root(root, now=NOW.isoformat())
    folder = state_folder(context.root, context.settings.text("vault.id"))
    MailLedger(folder).begin("key", "thank_you", "dana@example.com", "<1@x>", at=NOW)
    settings = '[profile]\nemail = "me@example.com"\n[mail]\nhost = "mail.example.com"\n'
    check = mail_check(run, root, own_state, settings)
    assert "mails in doubt: 1, the last to dana@example.com on" in check["text"]
    assert "look into your sent mail first" in check["hint"]


def test_a_secret_in_the_settings_breaks_mail(run: Run, make_vault: Maker, own_state: Path) -> None:
    settings = '[mail]\nhost = "mail.example.com"\npassword = "hunter2"\n'
    check = mail_check(run, make_vault(NOTE), own_state, settings)
    assert check["standing"] == "broken"
    assert "hunter2" not in json.dumps(check)
