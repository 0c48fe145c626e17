"""The benchmarks: the same vault everywhere, whole programs, honest verdicts. No time is judged here."""

import json
import re
import sys
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks import run
from benchmarks.bench import MOMENT, snapshot, written
from benchmarks.children import Contender, FailedError, run_in_turn, run_once
from benchmarks.peers import find_peers
from benchmarks.table import _GOALS, Row, render_json, render_table
from benchmarks.vaults import interview_note, write_vault

ROOT = Path(__file__).parents[1]


def digest(root: Path) -> str:
    """All paths and bytes of a vault."""
    whole = sha256()
    for path in sorted(root.rglob("*"), key=Path.as_posix):
        whole.update(path.relative_to(root).as_posix().encode())
        whole.update(path.read_bytes() if path.is_file() else b"")
    return whole.hexdigest()


def test_the_same_seed_gives_the_same_vault(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_vault(tmp_path / name, interviews=30, others=30, now=MOMENT, seed=seed)
    assert digest(tmp_path / "one") == digest(tmp_path / "again")
    assert digest(tmp_path / "one") != digest(tmp_path / "other")


def test_the_vault_is_the_same_on_every_machine_and_python(tmp_path: Path) -> None:
    write_vault(tmp_path / "vault", interviews=12, others=12, now=MOMENT)
    assert digest(tmp_path / "vault")[:16] == "02ea6b52ac510c46", (
        "figures of other days are compared with this vault's"
    )


def test_a_small_vault_is_the_beginning_of_a_large_one(tmp_path: Path) -> None:
    for count in (5, 25):
        write_vault(tmp_path / str(count), interviews=count, others=count, now=MOMENT)
    small, large = (
        {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.md")}
        for root in (tmp_path / "5", tmp_path / "25")
    )
    assert len(small) == 10
    assert small.items() <= large.items()


def test_the_notes_are_such_as_people_keep() -> None:
    texts = [interview_note(number, MOMENT)[1] for number in range(300)]
    sizes = sorted(len(text.encode()) for text in texts)
    assert 3200 < sizes[150] < 4000
    ahead = sum("status: scheduled" in text or "status: confirmed" in text for text in texts)
    assert 5 < ahead < 40, "most interviews are over"


def test_prepvault_finds_nothing_wrong_in_them(tmp_path: Path) -> None:
    from prepvault.jobs.context import open_context
    from prepvault.jobs.load import load

    write_vault(tmp_path / "vault", interviews=40, others=40, now=MOMENT)
    vault = load(open_context(str(tmp_path / "vault"), now=MOMENT.isoformat()))
    assert len(vault.interviews) == 40
    assert [finding for finding in vault.findings if finding.severity.value == "error"] == []


def test_a_programs_use_is_its_own_and_its_childrens() -> None:
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(3_000_000))'])"
    idle = run_once(Contender("idle", (sys.executable, "-c", "pass")))
    used = run_once(Contender("busy", (sys.executable, "-c", f"{child}; print('done')")))
    assert used.said == "done\n"
    assert used.cpu > idle.cpu > 0
    assert used.peak > 1, "in MiB"


def test_programs_run_in_turn_and_one_that_fails_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    order: list[str] = []
    good, other = (
        Contender(name, (sys.executable, "-c", "pass"), before=partial(order.append, name))
        for name in ("good", "other")
    )
    bad = Contender("bad", (sys.executable, "-c", "raise SystemExit('no luck')"))
    used = run_in_turn([good, bad, other], 2)
    assert (list(used), order) == (["good", "other"], ["good", "other"] * 2)
    assert "no luck" in capsys.readouterr().err
    with pytest.raises(FailedError, match="bad ended with 1"):
        run_in_turn([bad, good], 1)


def test_written_files_are_counted(tmp_path: Path) -> None:
    (tmp_path / "same").write_text("1", encoding="utf-8")
    before = snapshot(tmp_path)
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "new").write_text("four", encoding="utf-8")
    assert written(before, snapshot(tmp_path)) == (1, 4)


@pytest.mark.parametrize(
    ("size", "value", "verdict"),
    [
        (1000, 0.5, "reached, and more"),
        (1000, 2.5, "reached"),
        (1000, 2.6, "missed"),
        (10, 9.0, "meant for 1000"),
    ],
)
def test_a_verdict_is_given_where_the_goal_is_meant(size: int, value: float, verdict: str) -> None:
    assert Row("cold", size, "", "cold/hugo", value).verdict == verdict


def test_nothing_written_is_no_more_than_the_goal() -> None:
    assert Row("files", 100, "", "noop/written", 0).verdict == "reached"
    assert Row("files", 100, "", "noop/written", 1).verdict == "missed"


def test_the_table_stands_in_columns_and_json_has_the_same() -> None:
    rows = [
        Row("cold build", 1000, "1.00 s cpu"),
        Row("  against hugo", 1000, "0.50 s cpu", "cold/hugo", 2.0, " x"),
    ]
    lines = render_table(rows).splitlines()
    at = lines[0].index("GOAL")
    assert lines[2][at:].split("  ")[0] == "<= 2.5 x"
    assert lines[2].endswith("reached")
    listed = json.loads(render_json(rows, {"rounds": 3}))
    assert listed["rounds"] == 3
    assert listed["rows"][1]["goal"] == 2.5


def test_every_goal_is_measured_and_every_measure_is_explained() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "benchmarks").glob("*.py"))
    made = {f"cold/{name}" for name in ("hugo", "mkdocs", "copy", "markdown")}
    assert {goal for goal in _GOALS if f'"{goal}"' not in source} <= made, "a goal that nothing measures"
    page = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8").partition("\n## Faults")[0]
    assert re.findall(r"^\| `([a-z]+)` \|", page, re.MULTILINE) == list(run.MEASURES)


def test_programs_are_found_where_they_are_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    (tmp_path / "bin").mkdir()
    for program in ("bin/hugo", "lib/python3.12/site-packages/hugo/binaries/hugo", "bin/mkdocs"):
        path = tmp_path / program
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n", encoding="utf-8")
        path.chmod(0o755)
    found = {
        peer.name: Path(peer.program).relative_to(tmp_path).as_posix()
        for peer in find_peers(str(tmp_path / "bin"))
    }
    assert found == {"hugo": "lib/python3.12/site-packages/hugo/binaries/hugo", "mkdocs": "bin/mkdocs"}


def test_a_measure_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match="no measure `speed`, there are start, cold"):
        run.main(["speed"])


@pytest.mark.slow
def test_a_run_from_end_to_end(capsys: pytest.CaptureFixture[str]) -> None:
    run.main(["noop", "edit", "--sizes", "8", "-n", "1", "--json"])
    rows = {(row["measure"], row["value"]): row for row in json.loads(capsys.readouterr().out)["rows"]}
    assert rows["  files written", 0]["verdict"] == "reached"
    assert sum(measure == "  files written" and value > 0 for measure, value in rows) == 1, (
        "the edit reached a page"
    )
