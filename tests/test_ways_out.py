"""What hostile notes say reaches every reader as text, and as nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran
from tests.ways_out import HARMLESS, PAYLOADS, WAYS, Case, Skeleton, make_hostile


@pytest.mark.parametrize("kind", PAYLOADS)
def test_no_way_out_lets_it_act(kind: str, tmp_path: Path, run: Callable[..., Ran]) -> None:
    case, twin = (Case(make_hostile(each, tmp_path / each), run) for each in (kind, HARMLESS))
    for each in (case, twin):
        each.beside.mkdir()
    faults = [
        f"{way.__name__}: {fault}"
        for way, kinds in WAYS.items()
        if kind in kinds
        for fault in way(case, twin)
    ]
    assert faults == []


@pytest.mark.parametrize("name", ["main", "templates", "due", "location", "stale"])
def test_an_interview_called_like_a_part_of_a_page_is_not_taken_for_it(
    name: str, make_vault: Callable[[str], Path], run: Callable[..., Ran]
) -> None:
    head = "company: Acme\nrole: SRE\ninterview_type: panel\nscheduled_at: 2026-02-08T10:00:00\n"
    root = make_vault(f"=== Interviews/a.md\n---\nid: {name}\nstatus: completed\n{head}---\n")
    run("build", vault=root)
    ids = Skeleton((root / "site" / "emails.html").read_text(encoding="utf-8")).ids
    assert sorted(ids) == sorted(set(ids))
    assert "location" not in ids
