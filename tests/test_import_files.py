"""What may be named for an import: files, folders and zips, within bounds and whatever is in them."""

import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prepvault.errors import RefusedError
from prepvault.outside import foreign
from prepvault.parse.foreign_json import parse_json
from tests.conftest import Maker, Ran
from tests.invite_maker import calendar, event
from tests.original_records import BESIDE, DOCUMENT, RECORDS
from tests.test_import_original import files_of

Run = Callable[..., Ran]
LINKEDIN = "Application Date,Company Name,Job Title,Job Url,Resume Name\n8/9/26,Acme,Engineer,https://x.example,cv.pdf\n"


def archive(path: Path, members: dict[str, bytes]) -> Path:
    """Make a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path


def plan(run: Run, root: Path, *arguments: str) -> dict[str, Any]:
    """The plan as JSON."""
    return dict(json.loads(run("import", "--json", *arguments, vault=root).out))


def test_known_members_of_a_zip_are_read_and_no_others(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    members = {"Jobs/Job Applications.csv": LINKEDIN.encode(), "Connections.csv": b"Company,Role\nX,Y\n"}
    path = archive(tmp_path / "Basic_LinkedInDataExport_08-20-2026.zip", {**members, "../../evil.md": b"x"})
    told = plan(run, make_vault(""), str(path))
    (step,) = told["steps"]
    assert told["files"][0]["taken_for"] == "LinkedIn, applications"
    assert step["origin"] == "Basic_LinkedInDataExport_08-20-2026.zip/Jobs/Job Applications.csv, line 2"
    assert step["properties"]["applied"] == "2026-08-09"


def test_a_zip_or_folder_may_hold_the_original(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    members = {f"backup/interviews/{name}": data for name, data in BESIDE.items()}
    members["backup/interviews/interviews.json"] = json.dumps(DOCUMENT).encode()
    steps = plan(run, make_vault(""), str(archive(tmp_path / "backup.zip", members)))["steps"]
    assert len(steps) == len(RECORDS)
    with zipfile.ZipFile(tmp_path / "backup.zip") as packed:
        packed.extractall(tmp_path / "unpacked")
    unpacked = plan(run, make_vault(""), str(tmp_path / "unpacked"))["steps"]
    assert [step["properties"] for step in unpacked] == [step["properties"] for step in steps]


def test_a_folder_of_notes_may_hold_invites_and_neither_is_passed_over(
    make_vault: Maker, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "Old"
    folder.mkdir()
    note = "---\ncompany: Acme\nrole: Engineer\ndate: 2026-03-10 10:00\n---\n"
    (folder / "Interview.md").write_text(note, encoding="utf-8")
    (folder / "invite.ics").write_bytes(calendar(event()))
    told = plan(run, make_vault(""), str(folder))
    assert [each["taken_for"] for each in told["files"]] == ["calendar invites", "notes of another vault"]
    assert len(told["steps"]) == 2


def test_a_zip_of_another_packing_or_with_a_name_twice_is_refused(
    make_vault: Maker, run: Run, tmp_path: Path
) -> None:
    rare, twice = tmp_path / "rare.zip", tmp_path / "twice.zip"
    with zipfile.ZipFile(rare, "w", zipfile.ZIP_BZIP2) as made:
        made.writestr("Saved Jobs.csv", LINKEDIN)
    with zipfile.ZipFile(twice, "w") as made:
        made.writestr("Saved Jobs.csv", LINKEDIN)
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("Saved Jobs.csv", LINKEDIN)
    steps = plan(run, make_vault(""), str(rare), str(twice))["steps"]
    assert [step["verdict"] for step in steps] == ["rejected", "rejected"]
    assert "not read here" in steps[0]["why"]
    assert "two files of one name" in steps[1]["why"]


def test_a_field_that_stands_twice_among_very_many_takes_no_time() -> None:
    text = "{" + ",".join(f'"k{number}":1' for number in range(50_000)) + ',"k1":2}'
    read = parse_json(text)
    assert read.repeated[id(read.value)] == ("k1",)


def test_a_zip_that_swells_or_is_broken_is_told(
    make_vault: Maker, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign, "LARGEST", 1 << 20)
    bomb = archive(tmp_path / "bomb.zip", {"Saved Jobs.csv": b"," * (3 << 20)})
    assert bomb.stat().st_size < 10_000
    broken = tmp_path / "broken.zip"
    broken.write_bytes(bomb.read_bytes()[:-30])
    good = tmp_path / "jobs.csv"
    good.write_text("Company,Role\nAcme,Engineer\n", encoding="utf-8")
    ran = run("import", "--json", str(bomb), str(broken), str(good), "--write", vault=make_vault(""))
    first, second, third = json.loads(ran.out)["steps"]
    assert first["verdict"] == "new"
    assert second["why"] == "`bomb.zip` holds more than 1 MiB"
    assert third["why"].startswith("`broken.zip` cannot be unpacked")
    assert ran.code == 1


def test_files_are_bounded_and_links_in_folders_are_not_followed(
    make_vault: Maker, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "a.md").write_text("---\ncompany: A\nrole: B\ndate: 2026-03-02\n---\n", encoding="utf-8")
    (folder / "link.md").symlink_to(folder / "a.md")
    (folder / ".hidden.md").write_bytes((folder / "a.md").read_bytes())
    steps = plan(run, make_vault(""), str(folder))["steps"]
    assert [step["origin"] for step in steps] == ["theirs/a.md"]
    with pytest.raises(RefusedError, match="50 MiB are read at once"):
        foreign.read_foreign(folder / "a.md", largest=10)


@pytest.mark.parametrize(
    ("name", "said"),
    [("gone.csv", "there is no file or folder"), ("pic.png", "no file that can be imported")],
)
def test_what_cannot_be_imported_is_a_wrong_command_line(
    make_vault: Maker, run: Run, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "pic.png").write_bytes(b"x")
    ran = run("import", str(tmp_path / name), vault=make_vault(""))
    assert ran.code == 2
    assert said in ran.err
    assert not ran.out


@pytest.mark.parametrize("numbers", ["x", "1-", "-3", "9999999", "1;2"])
def test_wrong_numbers_are_refused(make_vault: Maker, run: Run, tmp_path: Path, numbers: str) -> None:
    file = tmp_path / "jobs.csv"
    file.write_text("Company,Role\nAcme,Engineer\n", encoding="utf-8")
    ran = run("import", str(file), f"--only={numbers}", vault=make_vault(""))
    assert ran.code == 2
    assert "numbers of the preview like `3,5-7`" in ran.err


def test_no_note_that_is_there_is_touched(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    root = make_vault("=== Jobs/acme-engineer.md\n---\nmine: yes\n---\n")
    before = files_of(root)
    file = tmp_path / "jobs.csv"
    file.write_text("Company,Role\nAcme,Engineer\n", encoding="utf-8")
    (step,) = plan(run, root, str(file), "--write")["steps"]
    assert step["note"] == "Jobs/acme-engineer 2.md"
    assert before.items() <= files_of(root).items()


def test_a_file_that_is_named_twice_comes_in_once(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "interviews.json"
    file.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    told = plan(run, make_vault(""), str(file), str(file), "--write")
    assert len(told["written"]) == len(RECORDS)
    again = told["steps"][len(RECORDS) :]
    assert {step["verdict"] for step in again} == {"same"}
    assert again[0]["why"] == "interviews.json, record 1 is the same"


def test_only_the_folders_beside_the_records_are_looked_at(
    make_vault: Maker, run: Run, tmp_path: Path
) -> None:
    for name, data in {"interviews.json": json.dumps(DOCUMENT).encode(), **BESIDE}.items():
        (tmp_path / "old" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / name).write_bytes(data)
    (tmp_path / "old" / "locked").mkdir(mode=0)
    step = plan(run, make_vault(""), str(tmp_path / "old" / "interviews.json"), "--write")["steps"][1]
    (tmp_path / "old" / "locked").chmod(0o700)
    assert "## Prep notes" in (tmp_path / "vault" / step["note"]).read_text(encoding="utf-8")


def test_a_zip_in_which_nothing_is_known_is_told(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    (step,) = plan(run, make_vault(""), str(archive(tmp_path / "x.zip", {"a.txt": b"x"})))["steps"]
    assert "no file in it is one that is known here" in step["why"]


def test_a_folder_setting_may_be_the_vault_itself(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    root, file = make_vault('=== prepvault.toml\n[vault]\njobs = ""\n'), tmp_path / "jobs.csv"
    file.write_text("Company,Role\nAcme,Engineer\nAcme,Engineers\nAcme?,Engineer!\n", encoding="utf-8")
    told = plan(run, root, str(file), "--write", "--include", "3")
    assert told["written"] == ["acme-engineer.md", "acme-engineers.md", "acme-engineer 2.md"]


def test_what_would_be_no_note_is_not_written(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    root, file = make_vault(""), tmp_path / "jobs.csv"
    titles = ["Company", "Role", *(f"Column {number}" for number in range(990))]
    cells = ["Acme", "Engineer", *("x" * 250 for _ in range(990))]
    file.write_text(f"{','.join(titles)}\n{','.join(cells)}\n", encoding="utf-8")
    (step,) = plan(run, root, str(file), "--write")["steps"]
    assert step["verdict"] == "new"
    assert len(step["properties"]) == 100
    assert "## Column 989" in (root / step["note"]).read_text(encoding="utf-8")
    cells[2:] = ["x" * 4000 for _ in range(990)]
    file.write_text(f"{','.join(titles)}\n{','.join(cells)}\n", encoding="utf-8")
    (step,) = plan(run, root, str(file), "--write")["steps"]
    assert step["why"].startswith("it would be no note: a note should be at most 2 MiB")


def test_a_folder_or_zip_of_too_many_files_is_told(
    make_vault: Maker, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign, "MOST_FILES", 2)
    many = {f"{name}.md": b"---\norg: A\n---\n" for name in "abc"}
    path = archive(tmp_path / "many.zip", many)
    (tmp_path / "many").mkdir()
    for name, data in many.items():
        (tmp_path / "many" / name).write_bytes(data)
    first, second = plan(run, make_vault(""), str(path), str(tmp_path / "many"))["steps"]
    assert first["why"] == "`many.zip` holds more than 2 files"
    assert second["why"] == "`many` holds more than 2 files of its kind"


def test_a_huntr_export_is_found_by_how_its_name_begins(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    table = "companyName,title,listName,htmlDescription,requirements\nAcme,E,Wishlist,<p>Build.</p>,SQL\n"
    name = "export/USER_JOBS_USER_FULL_DATA_DOWNLOAD_1.csv"
    root = make_vault("")
    path = archive(tmp_path / "huntr.zip", {name: table.encode()})
    told = plan(run, root, str(path), "--write")
    assert told["files"][0]["taken_for"] == "Huntr, full export"
    note = (root / told["steps"][0]["note"]).read_text(encoding="utf-8")
    assert note.endswith("## Posting\n\n<p>Build.</p>\n\nSQL\n")


def test_no_more_of_a_zip_is_held_than_may_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "LARGEST", 1 << 20)
    bomb = archive(tmp_path / "bomb.zip", {"Saved Jobs.csv": b"," * (32 << 20)})
    tracemalloc.start()
    try:
        with pytest.raises(RefusedError, match="holds more than 1 MiB"):
            foreign.read_zip(bomb, lambda _: True)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()
