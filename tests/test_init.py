"""`init` and `demo`: what they make, what they never touch."""

import json
import os
from datetime import date, datetime
from pathlib import Path

import pytest
import yaml

from prepvault.jobs.context import open_root
from prepvault.jobs.demo import demo, filled, work_day
from prepvault.jobs.init import init
from prepvault.jobs.load import load
from prepvault.jobs.note_name import file_name, free_path
from prepvault.model.finding import Severity
from prepvault.model.interview import InterviewType
from prepvault.model.note import Note
from prepvault.outside import seed
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.interview import parse_interview
from prepvault.render.settings_file import render_settings_file
from prepvault.render.types_json import render_types
from tests.conftest import NOW

TEMPLATE = Path(__file__).parents[1] / "vault_template"


def everything(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


# The template ---------------------------------------------------------------------------------------------


def test_the_settings_file_is_the_rendering_of_the_table() -> None:
    text = render_settings_file()
    path = TEMPLATE / "prepvault.toml"
    if os.environ.get("PREPVAULT_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_the_types_file_is_the_rendering_of_the_table() -> None:
    text = f"{render_types()}\n"
    path = TEMPLATE / ".obsidian" / "types.json"
    if os.environ.get("PREPVAULT_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("path", sorted((TEMPLATE / "Templates").glob("*.md")), ids=lambda path: path.stem)
def test_a_note_template_is_valid_yaml_before_and_after_obsidian_fills_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head = text.split("---\n")[1]
    assert isinstance(yaml.safe_load(head), dict)
    for line in head.splitlines():
        assert "{{" not in line or line.partition(": ")[2].startswith('"'), f"unquoted placeholder: {line}"
    assert "<%" not in text
    _, findings = parse_head(fill(text), path.name)
    assert findings == ()


def fill(text: str) -> bytes:
    """Fill a template in as Obsidian does."""
    text = text.replace("{{date:YYYY-MM-DD}}", "2026-02-10").replace("{{time:HH:mm}}", "14:05")
    return text.replace("{{title}}", "A: new note").encode()


def test_an_interview_from_the_template_lacks_only_what_a_person_must_say(tmp_path: Path) -> None:
    made = init(str(tmp_path / "vault"))
    context = open_root(made.root, now=NOW.isoformat())
    data = fill((TEMPLATE / "Templates" / "Interview.md").read_text(encoding="utf-8"))
    head, _ = parse_head(data, "Interviews/new.md")
    interview, findings = parse_interview(Note("Interviews/new.md", data, NOW), head, context.settings, {})
    assert interview is not None
    assert interview.starts.isoformat() == "2026-02-10T09:00:00+00:00"
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert len(errors) == 2, findings
    assert "company" in errors[0].message
    assert "role" in errors[1].message


def test_the_base_has_the_promised_views() -> None:
    base = yaml.safe_load((TEMPLATE / "Interviews.base").read_text(encoding="utf-8"))
    assert [view["name"] for view in base["views"]] == ["Upcoming", "By status", "By company"]
    assert set(base) <= {"filters", "formulas", "properties", "summaries", "views"}
    used = {name for view in base["views"] for name in view["order"] if name.startswith("formula.")}
    assert used == {f"formula.{name}" for name in base["formulas"]}


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_workflows_are_yaml_and_run_our_commands(name: str) -> None:
    text = (TEMPLATE / "_ci" / f"{name}.yml").read_text(encoding="utf-8")
    assert isinstance(yaml.safe_load(text), dict)
    assert "prepvault check" in text
    assert "prepvault build" in text


# A new vault ----------------------------------------------------------------------------------------------


def test_a_new_vault_has_everything_and_no_findings(tmp_path: Path) -> None:
    made = init(str(tmp_path / "deep" / "vault"))
    assert not made.adopted
    assert made.kept == ()
    files = everything(made.root)
    assert {
        "prepvault.toml",
        "Start here.md",
        "Interviews.base",
        "Templates/Interview.md",
        ".obsidian/types.json",
        ".gitignore",
    } <= set(files)
    assert not any("_ci" in name or "_gitignore" in name for name in files)
    for folder in ("Interviews", "Companies", "Stories", "Jobs", "People", "Drafts", "Templates"):
        assert (made.root / folder).is_dir()
    vault = load(open_root(made.root, now=NOW.isoformat()))
    assert vault.findings == ()
    assert vault.interviews == ()


def test_a_new_vault_names_its_zone_and_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prepvault.outside.environment.machine_zone", lambda: "Europe/Lisbon")
    one, other = init(str(tmp_path / "one")), init(str(tmp_path / "other"))
    settings = open_root(one.root).settings
    assert settings.text("vault.timezone") == one.zone == "Europe/Lisbon"
    assert settings.text("vault.id") != open_root(other.root).settings.text("vault.id") != ""


def test_a_second_init_changes_nothing(tmp_path: Path) -> None:
    made = init(str(tmp_path))
    before = everything(made.root)
    again = init(str(tmp_path))
    assert again.was_vault
    assert again.created == ()
    assert everything(made.root) == before


def test_what_was_thrown_away_stays_away(tmp_path: Path) -> None:
    init(str(tmp_path))
    (tmp_path / "Start here.md").unlink()
    (tmp_path / "Interviews.base").unlink()
    (tmp_path / "Interviews" / "mine.md").write_text("mine", encoding="utf-8")
    assert init(str(tmp_path)).created == ()


def test_a_readme_does_not_make_a_folder_a_vault(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# my repository\n", encoding="utf-8")
    made = init(str(tmp_path))
    assert not made.adopted
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "# my repository\n"
    assert (tmp_path / "Start here.md").is_file()


# A vault that is there ------------------------------------------------------------------------------------


def obsidian_vault(root: Path) -> Path:
    (root / ".obsidian").mkdir(parents=True)
    (root / ".obsidian" / "app.json").write_text("{}", encoding="utf-8")
    (root / "Notes").mkdir()
    (root / "Notes" / "one.md").write_text("# one\n", encoding="utf-8", newline="")
    return root


def test_adopting_touches_no_byte_and_adds_little(tmp_path: Path) -> None:
    root = obsidian_vault(tmp_path / "mine")
    before = everything(root)
    made = init(str(root))
    after = everything(root)
    assert made.adopted
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {
        "prepvault.toml",
        ".obsidian/types.json",
        "Templates/Company.md",
        "Templates/Interview.md",
        "Templates/Story.md",
    }


def test_obsidian_property_types_are_never_merged(tmp_path: Path) -> None:
    root = obsidian_vault(tmp_path / "mine")
    types = root / ".obsidian" / "types.json"
    types.write_text('{"types":{"scheduled_at":"text"}}', encoding="utf-8")
    made = init(str(root))
    assert types.read_text(encoding="utf-8") == '{"types":{"scheduled_at":"text"}}'
    assert ".obsidian/types.json" in made.kept


def test_notes_without_obsidian_get_no_obsidian_folder(tmp_path: Path) -> None:
    (tmp_path / "diary.md").write_text("today\n", encoding="utf-8")
    assert init(str(tmp_path)).adopted
    assert not (tmp_path / ".obsidian").exists()
    assert not (tmp_path / "Start here.md").exists()


def test_templates_go_where_obsidian_keeps_them(tmp_path: Path) -> None:
    root = obsidian_vault(tmp_path / "mine")
    (root / "Meta" / "Vorlagen").mkdir(parents=True)
    (root / ".obsidian" / "templates.json").write_text('{"folder": "Meta/Vorlagen"}', encoding="utf-8")
    made = init(str(root))
    assert "Meta/Vorlagen/Interview.md" in made.created
    assert not (root / "Templates").exists()
    assert open_root(root).settings.text("vault.templates") == "Meta/Vorlagen"


def test_folders_are_those_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "prepvault.toml").write_text('[vault]\ninterviews = "Jobs/Talks"\n', encoding="utf-8")
    made = init(str(tmp_path))
    assert made.was_vault
    assert "prepvault.toml" in made.kept
    assert (tmp_path / "Jobs" / "Talks").is_dir()
    assert not (tmp_path / "Interviews").exists()


@pytest.mark.parametrize(
    ("name", "target"), [("github", ".github/workflows/prepvault.yml"), ("gitlab", ".gitlab-ci.yml")]
)
def test_a_workflow_is_written_where_there_is_none(name: str, target: str, tmp_path: Path) -> None:
    made = init(str(tmp_path), ci=name)
    assert target in made.created
    (tmp_path / target).write_text("mine", encoding="utf-8")
    again = init(str(tmp_path), ci=name)
    assert target in again.kept
    assert (tmp_path / target).read_text(encoding="utf-8") == "mine"


def test_nothing_is_written_through_a_link_that_leads_out(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "vault"
    root.mkdir()
    (root / "Templates").symlink_to(outside)
    with pytest.raises(Exception, match="leads out of the vault"):
        init(str(root))
    assert list(outside.iterdir()) == []


def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "file.md").symlink_to(tmp_path / "absent.md")
    assert not seed.create_file(tmp_path, "file.md", b"x")
    assert not (tmp_path / "absent.md").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["file.md"]


# The demo -------------------------------------------------------------------------------------------------


def test_the_demo_is_whole_and_without_findings(tmp_path: Path) -> None:
    made = demo(str(tmp_path / "demo"), now=NOW.isoformat())
    vault = load(open_root(made.root, now=NOW.isoformat()))
    assert [finding for finding in vault.findings if finding.severity is not Severity.INFO] == []
    assert {interview.type for interview in vault.interviews} == set(InterviewType)
    assert len(vault.interviews) == made.interviews == 8
    assert (len(vault.companies), len(vault.stories)) == (2, 7)
    ahead = [each for each in vault.interviews if each.starts > NOW]
    assert len(ahead) == 4
    assert all(each.is_open for each in ahead)
    assert all(not each.is_open for each in vault.interviews if each.starts < NOW)
    assert made.page.is_file()
    assert made.coached == 4
    lumen = next(each for each in ahead if each.company == "Lumen Rail")
    assert vault.notes[lumen.path].data.count(b"- [x]") == 13


@pytest.mark.parametrize("today", ["2026-02-13T22:30:00Z", "2024-02-28T09:00:00Z", "2026-12-31T09:00:00Z"])
def test_the_demo_is_sound_on_any_day(today: str, tmp_path: Path) -> None:
    from prepvault.jobs import demo as job

    now = datetime.fromisoformat(today)
    made = init(str(tmp_path))
    for path, text in filled(job._notes(), now.date()).items():
        assert "{{" not in text
        seed.create_file(made.root, path, text.encode())
    vault = load(open_root(made.root, now=today))
    assert {finding.severity for finding in vault.findings} <= {Severity.INFO}
    assert all(each.starts.weekday() < 5 for each in vault.interviews)


def test_a_second_demo_keeps_the_first(tmp_path: Path) -> None:
    made = demo(str(tmp_path / "demo"), now=NOW.isoformat())
    note = next((made.root / "Interviews").glob("*Lumen*.md"))
    note.write_bytes(note.read_bytes() + b"\nmine\n")
    again = demo(str(tmp_path / "demo"), now=NOW.isoformat())
    assert again.interviews == 8
    assert b"\nmine\n" in note.read_bytes()


def test_no_demo_among_other_files(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("", encoding="utf-8")
    with pytest.raises(Exception, match="not empty"):
        demo(str(tmp_path), now=NOW.isoformat())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_work_days_pass_over_week_ends() -> None:
    friday = date(2026, 2, 13)
    assert work_day(friday, 1) == date(2026, 2, 16)
    assert work_day(friday, -5) == date(2026, 2, 6)
    assert work_day(date(2026, 2, 15), 1) == date(2026, 2, 16)
    assert work_day(friday, 0) == friday


# File names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("2026-02-10", "Acme", "Technical"), "2026-02-10 Acme Technical"),
        (("A/B: C*?", '"<D>|#^[]'), "A B C D"),
        (("trailing. ",), "trailing"),
        (("con",), "con note"),
        (("COM1.x",), "COM1.x note"),
        (("\x00\u202e\u200b",), "Interview"),
        (("Zoe\u0308", "東京"), "Zoë 東京"),
        (("<%", "tp", "%>"), "tp"),
    ],
)
def test_names_suit_obsidian_and_windows(parts: tuple[str, ...], name: str) -> None:
    assert file_name(*parts) == name


def test_long_names_are_cut_between_letters() -> None:
    name = file_name("é" * 300)
    assert 100 < len(name.encode("utf-8")) <= 120


def test_a_taken_name_gets_a_number_whatever_its_case() -> None:
    assert free_path("I", "A", []) == "I/A.md"
    assert free_path("I", "A", ["i/a.MD", "I/A 2.md"]) == "I/A 3.md"


def test_types_file_is_json() -> None:
    assert json.loads((TEMPLATE / ".obsidian" / "types.json").read_text(encoding="utf-8"))["types"]
