"""Giving interviews back to the original system: what a record was is what it is again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prepvault.parse.kept import Part, keep_part
from tests.conftest import Maker, Ran

Run = Callable[..., Ran]

PREP = (
    "# Stripe, technical\n\n- [ ] redo it\n<!-- prepvault:begin id=checklist v=1 sum=0000000000 -->\n<% tp %>"
)
MATERIALS = '{\n  "star_method": {"timing": "2-3 minutes"}\n}'
RECORD = {"odd": {"deep": [1, 2.5, None]}, "import_key": "theirs"}

IMPORTED = f"""
=== Interviews/stripe.md
---
id: int_stripe_1
job_id: job_1
company: Stripe
role: Engineer
interview_type: coffee_chat
scheduled_at: 2026-02-30T15:00:00
interviewer: ""
location: "Zoom: https://zoom.us/j/1"
status: passed
notes: |-
  Bring ID.
  ---
  Lunch.
created_at: 2026-01-22T10:30:00
reminders_sent:
  - 24h
  - 2h
feedback:
preparation_complete: false
priority: high
score: 7
import_key: interviews.json 0123456789abcdef
original_fields:
  - priority
  - score
timezone: Europe/Berlin
revision: 1 2026-02-01T00:00:00Z 01234567
---

{keep_part(Part.PREP_NOTES, PREP)}
{keep_part(Part.MATERIALS, MATERIALS, language="json")}
{keep_part(Part.RECORD, json.dumps({**RECORD, "company": "the property counts"}), language="json")}
=== Interviews/twin.md
---
id: int_stripe_1_2
original_id: int_stripe_1
company: Cobalt
scheduled_at: 2026-02-17T09:00:00+01:00
interview_type: On-Site
import_key: interviews.json fedcba9876543210
---
"""

STRIPE: dict[str, Any] = {
    "id": "int_stripe_1",
    "job_id": "job_1",
    "company": "Stripe",
    "role": "Engineer",
    "interview_type": "coffee_chat",
    "scheduled_at": "2026-02-30T15:00:00",
    "interviewer": "",
    "location": "Zoom: https://zoom.us/j/1",
    "status": "passed",
    "notes": "Bring ID.\n---\nLunch.",
    "created_at": "2026-01-22T10:30:00",
    "reminders_sent": ["24h", "2h"],
    "feedback": None,
    "preparation_complete": False,
    "priority": "high",
    "score": 7,
    **RECORD,
}
TWIN = {
    "id": "int_stripe_1",
    "company": "Cobalt",
    "interview_type": "On-Site",
    "scheduled_at": "2026-02-17T09:00:00+01:00",
}


def exported(root: Path, run: Run, folder: Path, *more: str) -> Ran:
    return run("export", "--format", "interviews.json", "-o", str(folder), *more, vault=root)


def test_a_record_comes_back_as_it_was(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    ran = exported(make_vault(IMPORTED), run, tmp_path / "out")
    assert ran.code == 0, ran.err
    told = json.loads((tmp_path / "out" / "interviews.json").read_bytes())
    assert sorted(told["interviews"], key=lambda each: each["company"]) == [TWIN, STRIPE]
    assert set(told["metadata"]) == {"created", "last_updated", "version"}
    assert told["metadata"]["created"] == "2026-01-22T10:30:00"
    files = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    assert files == {
        "interviews.json",
        "prep_notes/int_stripe_1.md",
        "materials/interview_int_stripe_1.json",
    }
    assert (tmp_path / "out/prep_notes/int_stripe_1.md").read_bytes() == PREP.encode()
    assert (tmp_path / "out/materials/interview_int_stripe_1.json").read_bytes() == MATERIALS.encode()


def test_own_names_of_properties_are_the_originals_again(make_vault: Maker, run: Run) -> None:
    named = IMPORTED.replace("company: ", "org: ").replace("priority: high", "rank: high")
    own = '=== prepvault.toml\n[vault]\ntimezone = "UTC"\n[properties]\ncompany = "org"\n'
    ran = run(
        "export", "--format", "interviews.json", vault=make_vault(own + named.replace("priority", "rank"))
    )
    companies = {each["company"] for each in json.loads(ran.out)["interviews"]}
    assert companies == {"Stripe", "Cobalt"}
    assert "2 more files with `-o FOLDER`" in ran.err


def test_a_note_that_never_was_a_record_has_all_fields(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    note = """
=== Interviews/a.md
---
id: int_a_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
timezone: Europe/Berlin
interviewer:
  - "[[Dana Roe]] (CTO)"
  - Bo
status: prayed for
created_at: 2026-02-01T10:00:00
---

## Notes

Ask about queues.
"""
    assert exported(make_vault(note), run, tmp_path / "out").code == 0
    told = json.loads((tmp_path / "out/interviews.json").read_bytes())["interviews"]
    assert told == [
        {
            "id": "int_a_1",
            "job_id": "",
            "company": "Acme",
            "role": "Engineer",
            "interview_type": "technical",
            "scheduled_at": "2026-02-12T13:00:00",  # on the clock of the vault
            "interviewer": "Dana Roe, Bo",
            "location": "",
            "status": "prayed for",
            "notes": "",
            "created_at": "2026-02-01T10:00:00",
            "reminders_sent": [],
            "feedback": None,
            "preparation_complete": False,
        }
    ]
    assert (tmp_path / "out/prep_notes/int_a_1.md").read_text(encoding="utf-8").endswith("queues.\n")


@pytest.mark.parametrize("identity", ["../../up", "a/b", ".hidden", "x" * 200, "con:1"])
def test_an_id_never_leads_elsewhere(identity: str, make_vault: Maker, run: Run, tmp_path: Path) -> None:
    root = make_vault(IMPORTED.replace("id: int_stripe_1\n", f'id: "{identity}"\n', 1))
    ran = exported(root, run, tmp_path / "out" / "deep")
    assert ran.code == 0, ran.err
    assert "left out: the notes of Interviews/stripe.md" in ran.err
    assert [path.name for path in (tmp_path / "out").rglob("*.*")] == ["interviews.json"]


def test_nothing_is_written_where_something_else_lies(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    root, folder = make_vault(IMPORTED), tmp_path / "out"
    (folder / "prep_notes").mkdir(parents=True)
    (folder / "prep_notes/int_stripe_1.md").write_text("mine", encoding="utf-8")
    assert exported(root, run, folder).code == 1
    assert not (folder / "interviews.json").exists()
    assert exported(root, run, folder, "--force").code == 0
    assert "unchanged" in exported(root, run, folder).err
    assert exported(root, run, root / "back", "--force").code == 1
    assert exported(root, run, tmp_path / "a.json").code == 2


def test_a_record_part_that_is_no_json_any_more_is_told(make_vault: Maker, run: Run) -> None:
    root = make_vault(IMPORTED.replace('"odd"', "odd"))
    ran = run("export", "--format", "interviews.json", vault=root)
    assert "its original record is no JSON object any more" in ran.err
    assert "odd" not in ran.out


def test_what_was_imported_goes_back_whole(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    (theirs / "prep_notes").mkdir(parents=True)
    (theirs / "materials").mkdir()
    odd = {
        "company": '=Cobalt [1]: "x"',
        "notes": "<% a %>\n---\n",
        "scheduled_at": "soon",
        "priority": [[1]],
    }
    records = [STRIPE, TWIN, {**STRIPE, **odd, "id": "int_3"}, {"id": "int_4", "company": ""}]
    (theirs / "interviews.json").write_text(json.dumps({"interviews": records}), encoding="utf-8")
    (theirs / "prep_notes/int_3.md").write_bytes(PREP.encode())
    (theirs / "materials/interview_int_3.json").write_bytes(MATERIALS.encode())
    root = make_vault("")
    assert run("import", "--write", str(theirs), vault=root).code == 0
    assert run("coach", vault=root).code in {0, 1}
    assert exported(root, run, tmp_path / "out").code == 0
    told = json.loads((tmp_path / "out/interviews.json").read_bytes())["interviews"]
    assert sorted(map(str, map(sorted_fields, told))) == sorted(map(str, map(sorted_fields, records)))
    for name in ("prep_notes/int_3.md", "materials/interview_int_3.json"):
        assert (tmp_path / "out" / name).read_bytes() == (theirs / name).read_bytes()


def sorted_fields(record: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(record.items())
