"""`prepvault story`: new, list, check, match, as a person and as a program uses them."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from prepvault.cli import report
from tests.conftest import Maker, Ran

Run = Callable[..., Ran]

VAULT = """=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Senior Engineer
interview_type: behavioral
scheduled_at: 2026-02-12T14:00:00
status: scheduled
created_at: 2026-02-01
---
=== Stories/Boundary.md
---
type: story
id: story_boundary
title: A boundary between two teams
primary: conflict
secondary: [influence]
scope: several teams
strength: 3
numbers: [release delays from nine a quarter to two (cv)]
---
## Situation
Two teams shared a schema.
## Task
I was asked to speed up our releases.
## Action
I asked their lead for an hour. I suggested two ways, because neither of us could lose the reports.
I wrote the tests.
## Result
Delays fell from nine a quarter to two.
=== Stories/Old.md
---
type: story
title: An old one
primary: delivery
retired: true
---
"""


@pytest.fixture
def root(make_vault: Maker) -> Path:
    return make_vault(VAULT)


def test_a_new_story_is_a_note_with_prompts(root: Path, run: Run) -> None:
    typed = ("The import: that had to stop", "--for", "accountability", "--also", "customer")
    ran = run("story", "new", *typed, vault=root)
    assert (ran.code, ran.out.split("\n")) == (
        0,
        ["story_the_import_that_had_to_stop", "Stories/The import that had to stop.md", ""],
    )
    text = (root / "Stories/The import that had to stop.md").read_text()
    assert 'title: "The import: that had to stop"' in text
    assert "primary: ownership\nsecondary:\n  - customer\n" in text
    assert text.count("## ") == 6
    checked = run("story", "check", "import", vault=root)
    assert "draft" in checked.out
    assert "nothing is written yet" in checked.out
    assert not [line for line in checked.out.splitlines() if len(line) > 80]


def test_a_story_told_by_options_is_read_back(root: Path, run: Run) -> None:
    told = {
        "for": "ownership",
        "when": "2024",
        "scope": "several teams",
        "number": "none, was 1,100, in six months (cv)",
        "situation": "Stock was wrong.",
        "task": "Mine.",
        "action": "I stopped it. <% tp.date %>",
        "result": "None since.",
    }
    run("story", "new", "Stop", *(f"--{name}={text}" for name, text in told.items()), vault=root)
    listed = json.loads(run("story", "list", "--for", "ownership", "--json", vault=root).out)
    assert listed["count"] == 1
    read = listed["stories"][0]
    assert (read["primary"], read["scope"], read["when"], read["state"]) == (
        "ownership", "several teams", "2024", "draft",
    )  # fmt: skip
    assert read["numbers"][0]["confirmed"] is True
    assert read["parts"]["situation"]["words"] == 3
    assert "<%" not in (root / "Stories/Stop.md").read_text()


def test_a_second_story_of_one_title_stands_beside_the_first(root: Path, run: Run) -> None:
    for _ in range(2):
        assert run("story", "new", "Boundary", "--for", "conflict", vault=root).code == 0
    names = sorted(path.name for path in (root / "Stories").iterdir())
    assert names == ["Boundary 2.md", "Boundary 3.md", "Boundary.md", "Old.md"]
    ids = [each["id"] for each in json.loads(run("story", "list", "--json", vault=root).out)["stories"]]
    assert len(set(ids)) == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("Stop",), "missing: --for"),
        (("--for", "ownership"), "missing: TITLE"),
        (("Stop", "--for", "ownershp"), "did you mean `ownership`?"),
        (("???", "--for", "ownership"), "a story needs a title"),
    ],
)
def test_what_a_new_story_needs(root: Path, run: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = run("story", "new", *arguments, vault=root)
    assert ran.code == 2
    assert words in ran.err
    assert len(list((root / "Stories").iterdir())) == 2


def test_a_competency_of_ones_own_is_welcome(root: Path, run: Run) -> None:
    typed = run("story", "new", "Stop", "--for", "juggling", vault=root)
    assert typed.code == 2, "a slip on the command line must not become a competency"
    assert "no competency is called `juggling`" in typed.err
    assert "ownership, conflict" in typed.err
    assert run("story", "new", "Stop", "--for", "ownership", "--also", "juggling", vault=root).code == 2
    (root / "Stories/Mine.md").write_text("---\ntype: story\nprimary: juggling\n---\n", encoding="utf-8")
    assert run("story", "new", "Stop", "--for", "juggling", vault=root).code == 0


def test_on_a_terminal_it_asks(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "is_terminal", lambda stream: True)
    typed = "ownershp\nownership\nStop\n\nStock was wrong.\nMine.\n\n\n\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    ran = run("story", "new", vault=root)
    assert ran.code == 0
    assert "did you mean `ownership`?" in ran.err
    assert "asked for next, without a good story:" in ran.err
    text = (root / "Stories/Stop.md").read_text()
    assert "Stock was wrong." in text
    assert "%% Three things you did" in text


def test_undo_takes_a_new_story_back(root: Path, run: Run) -> None:
    run("story", "new", "Stop", "--for", "ownership", vault=root)
    assert run("undo", "Stories/Stop.md", vault=root).code == 0
    assert not (root / "Stories/Stop.md").exists()


def test_the_list_leaves_out_retired_stories(root: Path, run: Run) -> None:
    ran = run("story", "list", vault=root)
    assert ran.code == 0
    assert "A boundary between two teams" in ran.out
    assert "An old one" not in ran.out
    assert "An old one" in run("story", "list", "--all", vault=root).out
    assert "no stories for mentoring" in run("story", "list", "--for", "mentoring", vault=root).err


def test_the_whole_bank_is_checked(root: Path, run: Run) -> None:
    ran = run("story", "check", vault=root)
    assert ran.code == 0
    assert "A boundary between two teams: draft" in ran.out
    assert "8 to 12 active stories: 1" in ran.out
    assert "write next" in ran.out
    record = json.loads(run("story", "check", "--json", vault=root).out)
    assert {"health", "needs", "next", "stories"} <= set(record)
    assert "prepvault story new --for " + record["next"] in ran.out


def test_a_story_is_found_by_words_and_a_wrong_one_is_said(root: Path, run: Run) -> None:
    assert "A boundary between two teams" in run("story", "check", "two", "teams", vault=root).out
    assert "no story matches `nothing`" in run("story", "check", "nothing", vault=root).err
    run("story", "new", "A boundary again", "--for", "conflict", vault=root)
    assert "`boundary` matches 2 stories" in run("story", "check", "boundary", vault=root).err


def test_stories_are_matched_to_an_interview(root: Path, run: Run) -> None:
    ran = run("story", "match", "acme", vault=root)
    assert ran.code == 0
    assert "A boundary between two teams (strong)" in ran.out
    assert "no story yet" in ran.out
    assert not [line for line in ran.out.splitlines() if len(line) > 80]
    record = json.loads(run("story", "match", "acme", "--json", vault=root).out)
    rows = {row["tag"]: row for row in record["rows"]}
    assert rows["conflict"]["story"] == "story_boundary"
    assert rows["conflict"]["fit"] == 3
    assert rows["failure"]["story"] is None
    assert rows["failure"]["advice"]


def test_an_empty_bank_says_what_to_do(make_vault: Maker, run: Run) -> None:
    root = make_vault(VAULT.partition("=== Stories")[0])
    assert "no stories yet; prepvault story new" in run("story", "list", vault=root).err
    assert "there are no stories yet" in run("story", "check", "x", vault=root).err
    ran = run("story", "match", "acme", vault=root)
    assert "no story yet" in ran.out
    assert "(strong)" not in ran.out


def test_nothing_hostile_in_a_note_reaches_the_terminal(make_vault: Maker, run: Run) -> None:
    head = '---\ntype: story\ntitle: "a\\x1b[31mb"\nprimary: conflict\n---\n'
    root = make_vault(f"{VAULT}=== Stories/Bad.md\n{head}## Action\nI \x1b[2J.\n")
    for arguments in (("list",), ("check",), ("check", "Bad"), ("match", "acme")):
        ran = run("story", *arguments, vault=root)
        assert "\x1b" not in ran.out + ran.err
