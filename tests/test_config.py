"""`config show`: every source is named, and what is shown can be pasted."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from prepvault.jobs.config import settings_in_force
from prepvault.jobs.context import open_context
from prepvault.model.settings import SETTINGS, SETTINGS_BY_KEY
from tests.conftest import Maker, Ran

Run = Callable[..., Ran]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own settings file, not there yet."""
    file = tmp_path / "configuration" / "prepvault.toml"
    monkeypatch.setattr("prepvault.outside.environment.user_settings_file", lambda: file)
    file.parent.mkdir()
    return file


def test_every_source_is_named_and_the_strongest_wins(
    make_vault: Maker, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault("=== prepvault.toml\n[feed]\nname = 'vault'\ndetail = 'title'\nrefresh = '2h'\n")
    own.write_text("[feed]\nname = 'own'\ncolor = 'teal'\n[properties]\nrole = 'position'\n", "utf-8")
    monkeypatch.setenv("PREPVAULT_FEED_DETAIL", "busy")
    context = open_context(str(root), flags={"feed.refresh": "3h"})
    told = {each.key: (each.value, each.origin, each.where) for each in settings_in_force(context)}
    assert told["feed.name"] == ("vault", "vault", "prepvault.toml")
    assert told["feed.color"] == ("teal", "user", str(own))
    assert told["feed.detail"] == ("busy", "environment", "PREPVAULT_FEED_DETAIL")
    assert told["feed.refresh"] == ("3h", "flag", "the command line")
    assert told["feed.past_days"] == (SETTINGS_BY_KEY["feed.past_days"].default, "default", "")
    assert told["properties.role"] == ("position", "user", str(own))


def test_what_may_hold_a_secret_is_not_shown(run: Run, make_vault: Maker, own: Path) -> None:
    root = str(make_vault(""))
    own.write_text("[mail]\npassword_command = 'echo CANARY'\nhost = 'smtp.example.org'\n", "utf-8")
    for more in ([], ["--origin"], ["--json"]):
        said = run("--vault", root, "config", "show", "mail", *more)
        assert said.code == 0
        assert "smtp.example.org" in said.out
        assert "password_command" in said.out
        assert "CANARY" not in said.out + said.err


def test_what_is_shown_is_the_settings_file_it_speaks_of(run: Run, make_vault: Maker, own: Path) -> None:
    root = str(make_vault('=== prepvault.toml\n[feed]\nname = "a \\"b\\" \\\\ c"\n'))
    said = run("--vault", root, "config", "show", "--origin")
    shown = tomllib.loads(said.out)
    assert shown["feed"]["name"] == 'a "b" \\ c'
    assert {f"{table}.{name}" for table, names in shown.items() for name in names} == {
        entry.key for entry in SETTINGS
    }


def test_broken_settings_are_told_and_defaults_shown(run: Run, make_vault: Maker, own: Path) -> None:
    root = str(make_vault("=== prepvault.toml\n[feed\n"))
    said = run("--vault", root, "config", "show", "feed.name")
    assert "settings/unreadable" in said.err
    assert 'name = "Interviews"' in said.out
