"""Notes of another vault: which are taken, what their properties mean, and that nothing there is touched."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import Maker, Ran
from tests.test_import_original import files_of

Run = Callable[..., Ran]

NOTE = """---
categories:
  - "[[Meetings]]"
type:
  - "[[Job Interviews]]"
org: "[[Lumen Rail]]"
people: ["[[Dana Roe]]", "[[People/Kim Doe|Kim]]"]
date: 2026-03-02
startTime: "14:30"
role: Data Engineer
rating: 4.5
revision: theirs
nested: {a: [1]}
---
## Questions

- Why <% tp.date.now() %> rail? ![[plan.png]]

<!-- prepvault:begin id=checklist v=1 sum=00000000 -->
<b>text</b> [link](https://x.example)
"""


def other_vault(tmp_path: Path, notes: dict[str, str]) -> Path:
    """Make the folder of another vault."""
    folder = tmp_path / "theirs"
    for name, text in notes.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return folder


def plan(run: Run, root: Path, *arguments: str) -> dict[str, Any]:
    """The plan as JSON."""
    return dict(json.loads(run("import", "--json", *arguments, vault=root).out))


def test_a_note_comes_in_with_its_text(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    root, folder = (
        make_vault(""),
        other_vault(tmp_path, {"Notes/Lumen.md": NOTE, "Notes/Other.md": "no head"}),
    )
    before = files_of(folder)
    told = plan(run, root, str(folder), "--write", "--type", "technical")
    assert told["files"][0]["remarks"] == [
        "taken to mean: date = day, org = company, people = interviewer, startTime = clock; "
        "`--map` says otherwise",
        "passed over, for want of a company and a time: 1 note",
    ]
    (step,) = told["steps"]
    assert step["note"] == "Interviews/2026-03-02 Lumen Rail Technical.md"
    assert step["remarks"] == [
        "`rating` is kept as text",
        "`nested` is kept as text",
        "files that it embeds are not copied",
    ]
    said = step["properties"]
    assert said["company"] == "Lumen Rail"
    assert said["interviewer"] == ["Dana Roe", "Kim"]
    assert said["scheduled_at"] == "2026-03-02T14:30:00"
    assert said["old_revision"] == "theirs"
    assert said["nested"] == '{"a": [1]}'
    body = (root / step["note"]).read_text(encoding="utf-8").partition("\n---\n\n")[2]
    theirs = NOTE.partition("\n---\n")[2]
    assert body == theirs.replace("<%", "&lt;%").replace("<!-- prep", "&lt;!-- prep")
    assert files_of(folder) == before
    assert {step["verdict"] for step in plan(run, root, str(folder))["steps"]} == {"same"}


def test_a_meeting_is_held_back(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    text = "---\norg: Acme\ndate: 2026-03-02\n---\n"
    notes = {"Lunch.md": text, "Acme interview.md": text, "Templates/Interview.md": text}
    told = plan(run, make_vault(""), str(other_vault(tmp_path, notes)))
    assert [(step["origin"], step["verdict"]) for step in told["steps"]] == [
        ("theirs/Acme interview.md", "new"),
        ("theirs/Lunch.md", "held"),
    ]


def test_a_mapping_counts_for_more_than_a_guess(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    text = "---\nwo: Acme\norg: Someone\nwann: 8/9/26\nrole: Engineer\n---\n"
    folder = other_vault(tmp_path, {"a.md": text})
    root = make_vault("")
    mapping = ("--map", "wo=company", "--map", "wann=scheduled_at")
    assert plan(run, root, str(folder), *mapping)["steps"][0]["verdict"] == "ask"
    (step,) = plan(run, root, str(folder), *mapping, "--dates", "dmy")["steps"]
    assert step["properties"]["company"] == "Acme"
    assert step["properties"]["scheduled_at"] == "2026-09-08"
    assert step["properties"]["org"] == "Someone"
    wrong = run("import", str(folder), "--map", "wo=firm", vault=root)
    assert wrong.code == 2
    assert "`firm` in `--map wo=firm` is no property of an interview" in wrong.err


def test_one_note_may_be_named_and_unreadable_heads_are_told(
    make_vault: Maker, run: Run, tmp_path: Path
) -> None:
    folder = other_vault(tmp_path, {"a.md": NOTE, "b.md": "---\norg: {{x\n---\n"})
    root = make_vault("")
    assert plan(run, root, str(folder / "a.md"))["steps"][0]["origin"] == "a.md"
    remarks = plan(run, root, str(folder))["files"][0]["remarks"]
    assert "passed over, for front matter that cannot be read: `b.md`" in remarks


def test_an_hour_that_the_time_has_already_is_kept(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    text = '---\norg: A\nrole: E\ndate: 2026-03-02 09:00\ntime: "10:00"\n---\n'
    (step,) = plan(run, make_vault(""), str(other_vault(tmp_path, {"a.md": text})))["steps"]
    assert step["properties"]["scheduled_at"] == "2026-03-02T09:00:00"
    assert step["properties"]["time"] == "10:00"


def test_no_property_takes_the_place_of_another(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    head = (
        "org: Acme\nrole: E\nwhen: 2026-03-02\ndate: 2026-01-01\nrevision: a\nold_revision: b\nimport_key: c"
    )
    folder = other_vault(tmp_path, {"a.md": f"---\n{head}\n---\n"})
    root = make_vault('=== prepvault.toml\n[properties]\nscheduled_at = "date"\n')
    (step,) = plan(run, root, str(folder), "--map", "when=scheduled_at", "--write")["steps"]
    text = (root / step["note"]).read_text(encoding="utf-8")
    assert "\ndate: 2026-03-02\n" in text
    for line in ("old_date: 2026-01-01", "old_revision: b", "old_old_revision: a", "old_import_key: c"):
        assert f"\n{line}\n" in text


def test_a_folder_of_this_vault_is_no_import(make_vault: Maker, run: Run) -> None:
    root = make_vault("=== Old/a.md\n---\norg: Acme\n---\n")
    ran = run("import", str(root / "Old"), vault=root)
    assert ran.code == 2
    assert "lies in this vault" in ran.err
