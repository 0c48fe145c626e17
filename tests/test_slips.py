"""Slips of a person: wrong bytes, twin titles, misspelled names, unknown marks; each is said."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from prepvault.jobs.debrief import Said, unclear_words
from prepvault.parse.debrief_unclear import unknown_day, unknown_mark
from tests.conftest import NOW, Maker, Ran

Run = Callable[..., Ran]
NOTE = """=== Interviews/acme.md
---
id: int_acme_1
company: Norwood Logistics
role: Planner
interview_type: on_site
scheduled_at: 2026-02-09T11:00:00
timezone: UTC
location: Room 4, Dock Street 1
interviewer: Ruth Adeyemi (VP Engineering)
created_at: 2026-02-01
---
"""
TWINS = """=== Stories/Ledger split 2.md
---
type: story
id: story_new
title: Ledger split
primary: ownership
---
=== Stories/Ledger split.md
---
type: story
id: story_old
title: Ledger split
primary: ownership
---
## Action
I split it.
## Result
Two ledgers.
"""
STORY = b"---\ntype: story\nprimary: ownership\nstrength: 3\n---\n## Situation\nA.\n## Task\nMy part.\n"


def lines(run: Run, root: Path, before: timedelta, *options: str) -> list[dict[str, str]]:
    ran = run("today", "acme", "--json", *options, vault=root, now=NOW + timedelta(hours=2) - before)
    return list(json.loads(ran.out)["cards"][0]["lines"])


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"\xe9\xff", STORY + b"## Action\nI did\xff\n## Result\nDone.\n"]
)
def test_bytes_that_are_no_text_are_reported(data: bytes, make_vault: Maker, run: Run) -> None:
    root = make_vault(NOTE)
    (root / "Stories").mkdir()
    (root / "Stories/bad.md").write_bytes(data)
    ran = run("check", vault=root)
    assert ran.code == 1
    assert "frontmatter/not-utf8" in ran.out + ran.err
    listed = json.loads(run("story", "list", "--json", vault=root).out)["stories"]
    assert not [each for each in listed if each["state"] in {"sound", "ready"}]


def test_a_damaged_story_is_to_mend(make_vault: Maker, run: Run) -> None:
    root = make_vault(NOTE)
    (root / "Stories").mkdir()
    (root / "Stories/bad.md").write_bytes(STORY + b"## Action\nI did\xff\n## Result\nDone.\n")
    assert "some of its bytes are no UTF-8 text" in run("story", "check", "bad", vault=root).out


def test_a_link_means_the_file_and_not_a_title(make_vault: Maker, run: Run) -> None:
    asked = "\n## Debrief\n\n### Questions as asked\n\n- Why? · ok · [[Ledger split]]\n"
    root = make_vault(NOTE + asked + TWINS)
    told = {
        each["id"]: each["told"]
        for each in json.loads(run("story", "list", "--json", vault=root).out)["stories"]
    }
    assert told == {"story_new": 0, "story_old": 1}
    found = run("check", vault=root)
    assert "info[story/title]" in found.out + found.err
    assert run("story", "check", "Ledger split", vault=root).code == 0, "the file name wins"


def test_a_misspelled_company_is_asked_about(make_vault: Maker, run: Run) -> None:
    root = make_vault(NOTE)
    for typed in ("Norwod Logistics", "Norwod"):
        ran = run("research", typed, vault=root)
        assert ran.code == 2
        assert "did you mean `Norwood Logistics`?" in ran.err
        assert not (root / "Companies").exists()
    assert run("research", "Norwod Logistics", "--new", vault=root).code == 0
    assert (root / "Companies/Norwod Logistics.md").exists()
    assert run("research", "Harbor Council", vault=root).code == 0, "no name is near"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Why? · brilliant", "brilliant"),
        ("Why? - so lala", "so lala"),
        ("Why? · brilliant · [[Ledger]]", "brilliant"),
        ("Why? · gap", ""),
        ("How do you weigh cost - and speed?", ""),
        ("Why us?", ""),
    ],
)
def test_an_unknown_mark_is_named(text: str, mark: str) -> None:
    assert unknown_mark(text) == mark


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("me: x by someday", "by someday"),
        ("me: x by fri", ""),
        ("me: x by 2026-02-13", ""),
        ("me: send it by mail", ""),
        ("me: x", ""),
    ],
)
def test_an_unreadable_day_is_named(text: str, day: str) -> None:
    assert unknown_day(text) == day


def test_what_was_not_understood_is_said_and_kept(make_vault: Maker, run: Run) -> None:
    root = make_vault(NOTE)
    later = NOW + timedelta(days=1)
    ran = run("debrief", "acme", "--asked", "Why? · brilliant", "--me", "x by someday", vault=root, now=later)
    assert ran.code == 0
    assert "`brilliant` is no mark" in ran.err
    assert "`by someday` names no day" in ran.err
    text = (root / "Interviews/acme.md").read_text(encoding="utf-8")
    assert "brilliant" in text
    assert "x by someday" in text
    assert unclear_words(Said(asked=("Why? · ok",), me=("x by fri",))) == ()


@pytest.mark.parametrize("option", ["--me", "--them", "--asked", "--doubt", "--learned"])
def test_digits_alone_are_no_words(option: str, make_vault: Maker, run: Run) -> None:
    root = make_vault(NOTE)
    before = (root / "Interviews/acme.md").read_bytes()
    assert run("debrief", "acme", option, "3,3,3", vault=root, now=NOW + timedelta(days=1)).code == 2
    assert (root / "Interviews/acme.md").read_bytes() == before


def test_on_site_the_way_comes_first_until_it_is_known(make_vault: Maker, run: Run) -> None:
    root = make_vault(NOTE)
    card = lines(run, root, timedelta(minutes=90))
    assert card[0]["item"] == "route"
    assert "so that you are there by 10:45" in card[0]["text"]
    assert "reception" not in json.dumps(card)


def test_minutes_count_in_the_last_hours_too(make_vault: Maker, run: Run) -> None:
    root = make_vault(NOTE)
    usual, few = (lines(run, root, timedelta(minutes=90), *more) for more in ((), ("--minutes", "10")))
    free = [line for line in few if line["slot"] in {"now", "then", "know"}]
    assert len(few) < len(usual)
    assert sum(int(line["minutes"]) for line in free) <= 10
    assert [line for line in few if line["slot"] == "10:45"], "when to be there is never left out"


def test_far_ahead_what_all_rests_on_comes_first(make_vault: Maker, run: Run) -> None:
    root = make_vault(NOTE)
    items = [line["item"] for line in lines(run, root, timedelta(days=12))]
    assert {"research", "pitch", "mock"} <= set(items)


def test_two_questions_of_one_line_are_two(make_vault: Maker, run: Run) -> None:
    note = "=== Companies/Norwood Logistics.md\n# N\n\n## In one breath\n\n"
    root = make_vault(f"{NOTE}{note}- **Ask**: Who decides? What changed since May? (their blog)\n")
    asked = json.loads(run("research", "norwood", "--check", "--json", vault=root).out)["ask"]
    assert asked == ["Who decides?", "What changed since May? (their blog)"]
