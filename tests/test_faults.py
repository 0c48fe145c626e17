"""The short form of `make faults`: real commands are killed, fail, meet full disks and saving editors."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import IN_CI

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^(\S.*?) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+)(?:  .*)?$", re.MULTILINE)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def play(*words: str) -> tuple[int, dict[str, tuple[int, ...]], str]:
    """Play parts; give the exit code, each row of the table, and all that was said."""
    if not shutil.which("strace"):
        assert not IN_CI, "strace is not installed, and CI must run this"
        pytest.skip("strace is not installed")
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.faults", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = ran.stdout + ran.stderr
    if "strace cannot attach" in said:
        assert not IN_CI, f"strace may trace nothing here, and CI must run this: {said}"
        pytest.skip("strace may trace nothing here")
    rows = {name: tuple(map(int, counts)) for name, *counts in ROW.findall(ran.stdout)}
    return ran.returncode, rows, said


def commands(*names: str) -> list[str]:
    return [word for name in names for word in ("--command", name)]


def test_naive_programs_are_found_out() -> None:
    code, rows, said = play("naive")
    assert code == 1, said
    attempts, torn, *_ = rows["naive truncate_and_write"]
    assert attempts > 0 < torn, said
    for style in ("rename", "in place", "append"):
        assert rows[f"save {style}"][2] > 0, said


def test_a_kill_before_any_call_that_writes() -> None:
    code, rows, said = play("kill", *commands("status", "coach-in-place", "schedule"))
    assert (code, sum(rows["all"][1:])) == (0, 0), said
    assert rows["all"][0] > 100, said


def test_a_kill_amid_a_coach_a_build_an_import_and_reminders() -> None:
    code, rows, said = play("kill", *commands("coach", "build-again", "import", "remind"), "--stride", "17")
    assert (code, sum(rows["all"][1:])) == (0, 0), said
    assert rows["all"][0] > 15, said


def test_errors_and_full_disks() -> None:
    code, rows, said = play("error", "room", "save", *commands("coach", "undo"), "--stride", "12")
    assert (code, sum(rows["all"][1:])) == (0, 0), said
    assert rows["error coach"][0] > 10, said
    if "nothing can be mounted here" in said:
        pytest.skip("nothing can be mounted here, so no disk was full")
    assert rows["full vault coach"][0] > 1, said
