"""A build lets go of its cache however it ends: newer Pythons complain of a database that nobody closed."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from prepvault.errors import PrepVaultError
from prepvault.jobs.build import build
from prepvault.jobs.context import open_root
from tests.conftest import NOW, Maker

NOTE = """
=== Interviews/a.md
---
id: int_a_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
---
"""


def test_no_build_leaves_its_cache_open(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def remembered(*arguments: Any, **options: Any) -> sqlite3.Connection:
        opened.append(connect(*arguments, **options))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", remembered)
    root = make_vault(NOTE)
    build(open_root(root, now=NOW.isoformat()))
    build(open_root(root, now=NOW.isoformat()))
    Path(root / "Interviews" / "a.md").unlink()
    with pytest.raises(PrepVaultError):
        build(open_root(root, now=NOW.isoformat()))
    assert len(opened) >= 2
    for each in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            each.execute("select 1")
