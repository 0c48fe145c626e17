"""`debrief` on a terminal: it asks part by part, asks again for what it cannot read, and writes once."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from prepvault.model.debrief import Asked, Promise
from prepvault.parse.debrief import parse_debrief
from tests.conftest import Maker, Ran

AFTER = datetime(2026, 2, 10, 17, 0, tzinfo=UTC)
NOTE = """=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Backend Engineer
interview_type: technical
scheduled_at: 2026-02-10T14:00:00
status: confirmed
---

Mine.
"""
ANSWERS = (
    *("How would you scale it? · gap · [[Ledger]]", "Why us? · strong", ""),
    *("send the diagram by thu", ""),
    *("an answer by 17 feb", ""),
    *("too junior", ""),
    *("four teams share it", ""),
    *("9 9 9 9 9", "3 2 4 3 1"),
    *("80,000, named by Sam", ""),
    "result first",
    *("blursday", "2026-02-17"),
)


def talk(root: Path, answers: tuple[str, ...], *more: str) -> tuple[int, str, str]:
    """Run `debrief` with a terminal as its stdin and stderr; give code, what was told and what was said."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    words = ["--vault", str(root), "--now", AFTER.isoformat(), "debrief", "acme", *more]
    os.write(ours, "".join(f"{each}\n" for each in answers).encode())
    process = subprocess.Popen(
        [sys.executable, "-m", "prepvault", *words], stdin=theirs, stderr=theirs, stdout=subprocess.PIPE
    )
    os.close(theirs)
    told = b""
    try:
        while piece := os.read(ours, 1024):
            told += piece
    except OSError:
        pass  # Linux ends a terminal that nobody holds any more with an error.
    out, _ = process.communicate()
    os.close(ours)
    return process.returncode, told.decode(), out.decode()


def test_it_asks_each_part_and_asks_again_for_what_it_cannot_read(make_vault: Maker) -> None:
    root = make_vault(NOTE)
    code, told, out = talk(root, ANSWERS)
    assert code == 0, told
    assert "an empty line goes on to the next part" in told
    assert told.count("Five scores, 1-4") == 2
    assert told.count("The day they answer by") == 2
    assert "2 questions, 1 gap, 2 promises" in out
    text = (root / "Interviews/acme.md").read_text(encoding="utf-8")
    debrief = parse_debrief(text, "a.md", 1)[0]
    assert [(each.text, each.mark, each.stories) for each in debrief.asked] == [
        ("How would you scale it?", "gap", ("Ledger",)),
        ("Why us?", "strong", ()),
    ]
    assert debrief.promises == (
        Promise("me", "send the diagram", date(2026, 2, 12)),
        Promise("them", "an answer", date(2026, 2, 17)),
    )
    assert debrief.scores == {"answer": 3, "structure": 2, "evidence": 4, "my part": 3, "learning": 1}
    assert (debrief.doubts, debrief.learned) == (("too junior",), ("four teams share it",))
    assert (debrief.pay, debrief.change) == (("80,000, named by Sam",), "result first")
    assert "reply_by: 2026-02-17" in text
    assert "status: completed" in text


def test_empty_lines_alone_leave_an_empty_block(make_vault: Maker) -> None:
    root = make_vault(NOTE)
    code, told, _ = talk(root, ("",) * 9)
    assert code == 0, told
    assert "fill it in: prepvault open int_acme_1" in told
    assert parse_debrief((root / "Interviews/acme.md").read_text(encoding="utf-8"), "a.md", 1)[0].is_empty


def test_what_is_typed_as_an_option_is_not_asked_for(make_vault: Maker) -> None:
    root = make_vault(NOTE)
    code, told, _ = talk(root, (), "--asked", "Why us? · ok")
    assert code == 0
    assert "next part" not in told


def test_going_away_half_way_writes_nothing(make_vault: Maker) -> None:
    root = make_vault(NOTE)
    before = (root / "Interviews/acme.md").read_bytes()
    code, _, _ = talk(root, ("Why us? · ok", "\x04"))
    assert code != 0
    assert (root / "Interviews/acme.md").read_bytes() == before


@pytest.mark.parametrize("heading", ["## debrief", "# DEBRIEF", "### debrief", "## Debrief: Tuesday"])
def test_a_heading_is_read_in_any_case(heading: str, make_vault: Maker, run: Callable[..., Ran]) -> None:
    """Read a block whose heading nobody wrote with a capital, and add to it without a second heading."""
    root = make_vault(f"{NOTE}\n{heading}\n\n#### questions as asked\n\n- Why us? · gap\n")
    owed = run("today", "--json", vault=root, now=AFTER).out
    assert "Write down what" not in owed
    assert "Answer “Why us?” once more" in owed
    ran = run(
        "debrief", "acme", "--asked", "What broke? · ok", "--doubt", "too junior", vault=root, now=AFTER
    )
    assert ran.code == 0, ran.err
    text = (root / "Interviews/acme.md").read_text(encoding="utf-8")
    assert text.lower().count("# debrief") == 1
    debrief = parse_debrief(text, "a.md", 1)[0]
    assert [each.text for each in debrief.asked] == ["Why us?", "What broke?"]
    assert debrief.asked[0] == Asked("Why us?", "gap", (), debrief.asked[0].line)
    assert debrief.doubts == ("too junior",)
