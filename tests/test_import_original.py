"""The original's records come in whole, each fault told with its record, and can be made again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prepvault.model.incoming import Source, Verdict
from prepvault.parse.kept import Part, find_kept
from prepvault.parse.original import MOST_RECORDS, parse_original
from tests.conftest import Maker, Ran
from tests.original_records import BESIDE, DOCUMENT, MATERIALS, PREP_NOTE, RECORDS, made_again, record

Run = Callable[..., Ran]


def files_of(root: Path) -> dict[str, bytes]:
    """Every file of a vault."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """The folder of an original system."""
    folder = tmp_path / "interviews"
    for name, data in BESIDE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "interviews.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return folder


def steps(run: Run, root: Path, *arguments: str) -> list[dict[str, Any]]:
    """The steps of a plan, as JSON tells them."""
    return list(json.loads(run("import", "--json", *arguments, vault=root).out)["steps"])


def test_every_record_becomes_a_note_and_can_be_made_again(
    make_vault: Maker, run: Run, original: Path
) -> None:
    root = make_vault("")
    planned = steps(run, root, str(original), "--write")
    assert [step["verdict"] for step in planned] == ["new"] * len(RECORDS)
    again = [made_again((root / step["note"]).read_bytes()) for step in planned]
    assert [each for each, _ in again] == RECORDS
    assert again[1][1] == {Part.PREP_NOTES: PREP_NOTE, Part.MATERIALS: MATERIALS}
    assert not any(parts for number, (_, parts) in enumerate(again) if number != 1)


def test_each_fault_is_told_with_its_record(make_vault: Maker, run: Run, original: Path) -> None:
    told = steps(run, make_vault(""), str(original))
    said = [" ".join(step["remarks"]) for step in told]
    assert told[3]["origin"] == "interviews/interviews.json, record 4"
    assert not said[0]
    assert "found `passed`" in said[3]
    assert "`company` is missing" in said[4]
    assert "February 2026 has 28 days" in said[5]
    assert "found `coffee_chat`" in said[5]
    assert "`priority` is no field of the original" in said[5]
    assert "so this one is `int_job_2_1700000002_2`" in said[6]
    assert "kept below `## Original record`: pay, revision" in said[7]
    assert "PrepVault itself reads `round`" in said[7]


def test_what_is_about_the_file_is_told(make_vault: Maker, run: Run, original: Path) -> None:
    out = run("import", str(original), vault=make_vault("")).out
    assert "`metadata` is about the file and is not kept: created 2026-01-22T10:30:00, last_updated" in out
    assert "`prep_notes/int_gone_1.md` belongs to no record and stays where it is" in out
    assert "files beside it: prep notes 2, materials 1" in out
    assert "times without an offset are in UTC" in out


def test_a_preview_writes_nothing_and_undo_takes_all_back(
    make_vault: Maker, run: Run, original: Path
) -> None:
    root = make_vault("=== Interviews/mine.md\n---\ncompany: Mine\n---\nmy text")
    before = files_of(root)
    assert run("import", str(original), vault=root).code == 0
    assert files_of(root) == before
    assert run("import", str(original), "--write", vault=root).code == 0
    after = files_of(root)
    assert before.items() <= after.items()
    assert len(after) == len(before) + len(RECORDS)
    assert run("undo", vault=root).code == 0
    assert files_of(root) == before


def test_a_second_import_finds_all_of_it_there(make_vault: Maker, run: Run, original: Path) -> None:
    root = make_vault("")
    run("import", str(original), "--write", vault=root)
    first = files_of(root)
    for arguments in ((str(original),), (str(original / "interviews.json"), "--yes")):
        again = steps(run, root, *arguments)
        assert {step["verdict"] for step in again} == {"same"}
    assert files_of(root) == first


def test_a_record_that_moved_on_is_held_back_and_may_be_asked_for(
    make_vault: Maker, run: Run, tmp_path: Path
) -> None:
    root, file = make_vault(""), tmp_path / "interviews.json"
    file.write_text(json.dumps({"interviews": [record(1)]}), encoding="utf-8")
    note = steps(run, root, str(file), "--write")[0]["note"]
    file.write_text(json.dumps({"interviews": [record(1, status="completed"), record(2)]}), encoding="utf-8")
    first, second = steps(run, root, str(file))
    assert (first["verdict"], second["verdict"]) == ("held", "new")
    assert first["why"] == f"`{note}` has its id"
    first, second = steps(run, root, str(file), "--include", "1", "--only", "1", "--write")
    assert (first["verdict"], second["verdict"]) == ("new", "held")
    assert made_again((root / first["note"]).read_bytes())[0] == record(1, status="completed")
    assert made_again((root / note).read_bytes())[0] == record(1)


def test_notes_without_a_fault_are_read_as_what_they_say(make_vault: Maker, run: Run, original: Path) -> None:
    root = make_vault("")
    run("import", str(original), "--write", "--timezone", "America/Toronto", vault=root)
    shown = json.loads(run("list", "--json", vault=root).out)["interviews"]
    by_id = {each["id"]: each for each in shown}
    assert by_id["int_job_1_1700000001"]["starts_at"] == "2026-03-01T19:00:00Z"
    assert by_id["int_job_3_1700000003"]["starts_at"] == "2026-03-03T08:00:00Z"
    assert by_id["int_job_2_1700000002"]["reminders_sent"] == ["24h", "2h"]
    codes = {each["code"] for each in json.loads(run("check", "--json", vault=root).out)["findings"]}
    assert not {code for code in codes if code.startswith(("coaching/", "frontmatter/", "edit/"))}


def test_what_looks_like_a_marker_stays_text_for_coach(make_vault: Maker, run: Run, original: Path) -> None:
    root = make_vault("")
    planned = steps(run, root, str(original), "--write")
    note = root / planned[1]["note"]
    body = note.read_text(encoding="utf-8")
    assert "<!-- prepvault:begin" not in body
    assert "<%" not in body
    assert run("coach", vault=root).code == 0
    assert made_again(note.read_bytes())[1][Part.PREP_NOTES] == PREP_NOTE


def test_names_of_this_vault_are_kept(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    settings = '=== prepvault.toml\n[properties]\nscheduled_at = "date"\n'
    root, file = make_vault(settings), tmp_path / "interviews.json"
    file.write_text(json.dumps({"interviews": [record(1, date="a word")]}), encoding="utf-8")
    step = steps(run, root, str(file), "--write")[0]
    text = (root / step["note"]).read_text(encoding="utf-8")
    assert "\ndate: 2026-03-01T14:00:00\n" in text
    assert '"date": "a word"' in text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "this is no JSON: line 1, column 1: expecting value"),
        ('{"interviews": [', "this is no JSON: line 1, column 17"),
        ("[" * 100_000, "nested too deeply"),
        ("3", 'an object with a list called "interviews"'),
        ('{"interviews": {}}', 'an object with a list called "interviews"'),
        ('{"interviews": [' + "9" * 5000 + "]}", "too many digits"),
        (json.dumps({"interviews": [{}] * (MOST_RECORDS + 1)}), "split the file"),
    ],
)
def test_a_broken_file_is_told(text: str, why: str) -> None:
    reading = parse_original(Source(kind=".json", name="x.json", data=text.encode()), timezone="", taken=())
    assert [step.verdict for step in reading.steps] == [Verdict.REJECTED]
    assert why in reading.steps[0].why


def test_odd_documents_are_read_and_told() -> None:
    text = '[{"company": "A", "company": "B", "pay": NaN}, 7, {"deep": ' + "[" * 60 + "]" * 60 + "}]"
    for data in (text.encode("utf-8-sig"), b"\xff\xfe" + text.encode("utf-16-le"), text.encode("utf-16-be")):
        reading = parse_original(Source(kind=".json", name="x.json", data=data), timezone="", taken=())
        first, second, third = reading.steps
        assert dict(first.incoming.values)["company"] == "B"
        assert "`company` stands in it twice; the last counts" in first.incoming.remarks
        assert second.verdict is Verdict.REJECTED
        assert third.verdict is Verdict.NEW
        said = " ".join(reading.remarks)
        assert "a bare list" in said
        assert "`NaN`" in said


def test_what_no_note_can_hold_as_it_is_stays_as_json(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    root, file = make_vault(""), tmp_path / "interviews.json"
    odd = record(
        1, role="\ud800", notes="x" * 5000, feedback="a\x7f\u2028\ufeffb", **{"\ud801": 1, "a\nb": "c"}
    )
    file.write_text(json.dumps({"interviews": [odd]}), encoding="utf-8")
    step = steps(run, root, str(file), "--write")[0]
    assert made_again((root / step["note"]).read_bytes())[0] == odd
    assert {"\ud801", "a\nb", "role", "notes"} <= set(_kept_fields(root / step["note"]))


def _kept_fields(note: Path) -> list[str]:
    text = find_kept(note.read_text(encoding="utf-8"))[Part.RECORD]
    return list(json.loads(text))


def test_files_beside_that_are_no_text_stay_where_they_are() -> None:
    beside = {
        "prep_notes/int_job_1_1700000001.md": b"a\0b",
        "materials/interview_int_job_1_1700000001.json": b"\r\n",
    }
    data = json.dumps([record(1)]).encode()
    source = Source(kind=".json", name="x.json", data=data, beside=beside)
    told = parse_original(source, timezone="", taken=()).steps[0].incoming
    assert "its prep notes are no text, so they stay where they are" in told.remarks
    assert "materials: their line ends are written as LF" in told.remarks
    assert "Prep notes" not in told.body
