"""A `prepvault.toml` that is not TOML stops what shows or writes interviews: defaults would move them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Maker, Ran

Run = Callable[..., Ran]

SOUND = """[vault]
id = "v1"
timezone = "Asia/Tokyo"

[properties]
scheduled_at = "date"
"""
BROKEN = SOUND + "[feed]\nname = Berlin\n"

NOTE = """
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
date: 2026-02-12T14:00:00
---
"""

BARE = """
=== prepvault.toml
[vault]
timezone = Asia/Tokyo
=== Interviews/acme.md
---
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
---
"""

STOPPED = (
    "error: `prepvault.toml:8`: the settings cannot be read: invalid value\n"
    "  hint: mend that line; `prepvault explain settings/unreadable` shows how settings are written\n"
)


@pytest.fixture
def root(run: Run, make_vault: Maker) -> Path:
    """A vault that was written to and built, whose settings were then broken."""
    root = make_vault(f"=== prepvault.toml\n{SOUND}{NOTE}")
    assert run("prepared", "acme", vault=root).code == 0
    assert run("build", vault=root).code == 0
    assert run("feed", "-o", str(root / "mine.ics"), vault=root).code == 0
    (root / "prepvault.toml").write_text(BROKEN, encoding="utf-8")
    return root


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["upcoming"],
        ["show", "acme"],
        ["stats"],
        ["open", "acme", "--print"],
        ["status", "acme", "completed"],
        ["reschedule", "acme", "fri 10:00"],
        ["cancel", "acme"],
        ["prepared", "acme"],
        ["notes", "acme", "a line"],
        ["schedule", "--company", "A", "--role", "B", "--type", "panel", "--at", "2026-03-01 10:00"],
        ["coach"],
        ["check", "--fix"],
        ["build"],
        ["feed"],
        ["feed", "-o", "mine.ics"],
        ["feed", "--doctor"],
        ["undo"],
    ],
    ids=" ".join,
)
def test_what_shows_or_writes_interviews_stops(
    arguments: list[str], run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    before = contents(root)
    assert run(*arguments, vault=root) == Ran(1, "", STOPPED)
    assert contents(root) == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check"], 1),
        (["doctor"], 1),
        (["explain", "settings/unreadable"], 0),
        (["schema", "note"], 0),
        (["schema", "settings"], 0),
        (["completion", "bash"], 0),
        (["undo", "--list"], 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_what_helps_to_mend_it_goes_on(arguments: list[str], code: int, run: Run, root: Path) -> None:
    ran = run(*arguments, vault=root)
    assert ran.code == code
    assert ran.out
    if arguments[0] in {"check", "doctor", "undo"} or arguments == ["schema", "note"]:
        assert "the settings cannot be read: invalid value" in ran.out + ran.err
        assert "prepvault.toml:8" in ran.out + ran.err


def test_the_list_of_writes_is_found_without_the_id(run: Run, root: Path) -> None:
    assert "Interviews/acme.md" in run("undo", "--list", vault=root).out


def test_init_tells_and_leaves_the_settings(run: Run, root: Path) -> None:
    ran = run("init", str(root))
    assert ran.code == 0
    assert "error[settings/unreadable]" in ran.err
    assert (root / "prepvault.toml").read_text(encoding="utf-8") == BROKEN


def test_no_zone_is_asked_for_where_one_may_be_set(run: Run, make_vault: Maker) -> None:
    root = make_vault(BARE)
    codes = [each["code"] for each in json.loads(run("check", "--json", vault=root).out)["findings"]]
    assert "settings/unreadable" in codes
    assert "zone/unset" not in codes
    ran = run("doctor", vault=root)
    assert "set timezone" not in ran.out
    assert "not known before prepvault.toml can be read" in ran.out
    (root / "prepvault.toml").write_text("[vault]\n", encoding="utf-8")
    codes = [each["code"] for each in json.loads(run("check", "--json", vault=root).out)["findings"]]
    assert "zone/unset" in codes


def test_text_that_is_not_utf8_stops_too(run: Run, root: Path) -> None:
    (root / "prepvault.toml").write_bytes(b'[vault]\nname = "caf\xe9"\n')
    ran = run("list", vault=root)
    assert (ran.code, ran.out) == (1, "")
    assert "`prepvault.toml:2`: the settings cannot be read: it is not UTF-8 text" in ran.err


def test_one_wrong_value_stays_a_finding(run: Run, root: Path) -> None:
    (root / "prepvault.toml").write_text(SOUND + "[feed]\npast_days = true\n", encoding="utf-8")
    ran = run("list", vault=root)
    assert ran.code == 0
    assert "14:00" in ran.out


def test_the_users_own_settings_do_not_stop_a_vault(run: Run, root: Path, own_state: Path) -> None:
    (root / "prepvault.toml").write_text(SOUND, encoding="utf-8")
    own = own_state / "config" / "prepvault" / "prepvault.toml"
    own.parent.mkdir(parents=True)
    own.write_text("[vault]\nzone = x\n", encoding="utf-8")
    assert run("list", vault=root).code == 0
    assert "settings/unreadable" in run("check", vault=root).out


def test_doctor_shows_the_error_not_what_stands_before_it(run: Run, root: Path) -> None:
    (root / "prepvault.toml").write_text('[vault]\ncolour = "red"\nignore = 3\n', encoding="utf-8")
    ran = run("doctor", vault=root)
    assert "`vault.ignore` should be" in ran.out


def test_a_table_given_twice_is_said_in_words(make_vault: Maker, run: Run) -> None:
    root = make_vault("=== prepvault.toml\n[properties]\n\n[properties]\ncompany = 'org'\n")
    ran = run("list", vault=root)
    assert ran.code == 1
    assert "`prepvault.toml:3`" in ran.err or "`prepvault.toml:4`" in ran.err
    assert "`[properties]` stands there twice" in ran.err
