"""Materials, tips and questions without a note: as text, as Markdown, as JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from prepvault.jobs.sheets import as_markdown, materials_on_sheets, record_of
from prepvault.model.interview import InterviewType
from prepvault.rules.sheets import SHEETS
from tests.coaching_maker import library
from tests.conftest import Maker, Ran

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder without a vault."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("kind", InterviewType)
def test_every_type_fills_every_sheet(kind: InterviewType) -> None:
    sheets = materials_on_sheets(library(), kind, "Backend Engineer")
    assert tuple(sheet.id for sheet in sheets) == SHEETS
    assert all(part.points or part.body for sheet in sheets for part in sheet.parts)


@pytest.mark.parametrize("kind", InterviewType)
def test_markdown_and_json_say_the_same(kind: InterviewType) -> None:
    sheets = materials_on_sheets(library(), kind, "Nurse")
    text = as_markdown(sheets)
    for sheet in json.loads(json.dumps([record_of(sheet) for sheet in sheets])):
        assert f"# {sheet['title']}\n" in text
        for part in sheet["parts"]:
            assert all(point["text"] in text and point["hint"] in text for point in part["points"])
            assert part["body"].strip() in text


def test_materials_need_no_vault(run: Run) -> None:
    done = run("materials", "--type", "Phone Screen", "--role", "Data Engineer", "--section", "questions")
    assert done.code == 0
    assert done.out.startswith("LIKELY QUESTIONS: DATA ENGINEER")
    assert max(map(len, done.out.splitlines())) <= 80


def test_materials_as_json_keep_the_originals_fields(run: Run) -> None:
    made = json.loads(run("materials", "--type", "panel", "--role", "Teacher", "--json").out)
    assert made["kind"] == "materials"
    assert made["role_family"] == "general"
    assert {"star_method", "common_questions", "prep_checklist", "interview_tips"} <= set(made)
    assert [sheet["id"] for sheet in made["sheets"]] == list(SHEETS)


def test_tips_of_one_type_or_all(run: Run) -> None:
    one = run("tips", "debrief", "--format", "markdown").out
    assert one.count("\n# ") == 0
    assert one.startswith("# ")
    everything = run("tips", "--format", "markdown").out
    assert everything.startswith("# ")
    assert everything.count("\n# ") == 7


def test_questions_for_a_role_and_for_people(run: Run) -> None:
    both = json.loads(run("questions", "--role", "QA Engineer", "--ask", "hiring-manager", "--json").out)
    assert [sheet["id"] for sheet in both["sheets"]] == ["questions", "ask"]
    assert len(both["sheets"][1]["parts"]) == 1
    every = json.loads(run("questions", "--ask", "all", "--json").out)
    assert len(every["sheets"][0]["parts"]) == len(library().audiences)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (("materials", "--type", "panel", "--section", "tip"), "did you mean `tips`?"),
        (("materials", "--type", "panel", "--family", "back end"), "did you mean `backend`?"),
        (("questions", "--ask", "peers"), "did you mean `peer`?"),
        (("questions",), "name a role"),
        (("materials",), "--type"),
        (("tips", "onsight"), "on_site"),
    ],
)
def test_a_wrong_word_is_told_the_nearest(run: Run, typed: tuple[str, ...], hint: str) -> None:
    done = run(*typed)
    assert done.code == 2
    assert hint in done.err


def test_a_vaults_own_cards_count(make_vault: Maker, run: Run) -> None:
    root = make_vault(
        """=== prepvault.toml
[coaching]
content = "Cards"
=== Cards/ask/peer.yaml
id: peer
title: Colleague
questions:
  - id: mine
    text: "What would you show me first?"
"""
    )
    assert "COLLEAGUE" not in (out := run("questions", "--ask", "peer", vault=root).out)
    assert "Colleague\n- What would you show me first?" in out
