"""Shared fixtures: a vault from one string, the command line in process, a fixed clock."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("prepvault", deadline=None, derandomize=True)
settings.load_profile("prepvault")

NOW = datetime(2026, 2, 9, 9, 0, tzinfo=UTC)
"""The moment at which tests stand, unless they say otherwise: a Monday morning."""

IN_CI = os.environ.get("CI") == "true"
"""Whether every tool must be there. Tests themselves run as on anybody's machine, so the variable goes."""

Maker = Callable[[str], Path]


@dataclass(frozen=True)
class Ran:
    """What one run of the command line gave."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Journal, ledger and caches of a test live in a folder of its own; nothing of the user's is read."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("PREPVAULT_STATE_DIR", str(folder))
    monkeypatch.setenv("PREPVAULT_CACHE_DIR", str(folder / "cache"))
    monkeypatch.setenv("HOME", str(folder / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TZ", "UTC")
    for name in ("PREPVAULT_VAULT", "EDITOR", "VISUAL", "GITHUB_ACTIONS", "CI"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def make_vault(tmp_path: Path) -> Maker:
    """Make a vault from one text: each file begins with a line `=== path`, then its content."""

    def make(text: str) -> Path:
        root = tmp_path / "vault"
        root.mkdir(exist_ok=True)
        if "=== prepvault.toml" not in text:
            (root / "prepvault.toml").write_text('[vault]\ntimezone = "UTC"\n', encoding="utf-8")
        for part in ("\n" + text).split("\n=== ")[1:]:
            name, _, content = part.partition("\n")
            path = root / name.strip()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8"))
        return root

    return make


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the command line in this process at `NOW`; `run("list", vault=root)`."""

    def run_once(*arguments: str, vault: Path | None = None, now: datetime | None = NOW) -> Ran:
        from prepvault.__main__ import main

        before = ["--vault", str(vault)] if vault else []
        clock = ["--now", now.isoformat()] if now else []
        capfd.readouterr()
        with pytest.raises(SystemExit) as stop:
            main([*before, *clock, *arguments])
        out, err = capfd.readouterr()
        code = stop.value.code
        return Ran(code if isinstance(code, int) else 1 if code else 0, out, err)

    return run_once
