"""What is made to hurt, all in one vault, by the real program with little memory, stack and time."""

import json
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="bounds of a process are set by the resource module")

from benchmarks.hostile.files import CALENDARS
from benchmarks.hostile.notes import BYTES, HEADS, MARKDOWN
from benchmarks.hostile.runs import Run, hides_the_good, make_vault, run_bounded

MOST_MEMORY = 300
"""The most MiB that a run may take at its peak."""

EXPECTED = {
    "alias bomb": "frontmatter/too-large",
    "merge bomb": "frontmatter/too-large",
    "lists nested 20,000": "frontmatter/too-deep",
    "dashes nested 100,000": "frontmatter/too-deep",
    "number of 6,000 digits": "property/type",
    "10,000 people": "property/too-many",
    "100,000 properties": "frontmatter/too-large",
    "only zero bytes": "note/binary",
    "a picture": "note/binary",
    "one line of 5 MB": "note/too-large",
    "carriage returns": "",
    "brackets and emphasis": "",
    "emphasis nested": "",
    "tables of 10,000 columns": "",
    "embeds of itself": "",
}
"""For each shape the finding that tells of it, empty where the note is only odd."""


def sound(run: Run) -> Run:
    """Hold one run against the bounds; it would have been killed at its limit of processor time."""
    assert run.code in {0, 1}, run.said[-2000:]
    assert "Traceback" not in run.said
    assert run.peak < MOST_MEMORY
    return run


@pytest.mark.slow
def test_no_note_made_to_hurt_hides_a_good_one_or_ends_a_command(tmp_path: Path) -> None:
    shapes = {**HEADS, **BYTES, **MARKDOWN}
    notes = {
        f"Interviews/{number}.md": shapes[name]().replace(b"int_hurt_1", b"int_hurt_%d" % number)
        for number, name in enumerate(EXPECTED)
    }
    root = make_vault(tmp_path / "vault", notes)
    checked = json.loads(sound(run_bounded("all", root, "check", "--json", seconds=60)).said)
    told = {(each["path"], each["code"]) for each in checked["findings"]}
    wanted = {(f"Interviews/{at}.md", code) for at, code in enumerate(EXPECTED.values()) if code}
    assert wanted <= told
    for arguments in (["coach"], ["build", "--quiet"], ["list"]):
        assert not hides_the_good(sound(run_bounded("all", root, *arguments, seconds=60)), root)
    assert b"prepvault:begin" in (root / "Interviews/good.md").read_bytes()


@pytest.mark.slow
def test_no_calendar_made_to_hurt_ends_a_command(tmp_path: Path) -> None:
    name = "a zone of 400 yearly rules"
    root, path = make_vault(tmp_path / "vault", {}), tmp_path / "x.ics"
    path.write_bytes(CALENDARS[name]())
    sound(run_bounded(name, root, "slots", "--busy", str(path), seconds=30))
    sound(run_bounded(name, root, "import", str(path), "--type", "technical", seconds=30))


def test_a_run_that_is_killed_or_slow_is_told() -> None:
    assert Run("x", "list", -9, 1.0, 50.0).fault == "ended with -9"
    assert Run("x", "list", 0, 6.0, 50.0).fault == "took 6.0 s"
    assert Run("x", "list", 1, 1.0, 50.0).fault == ""
