"""`coach`: what it writes into notes, what it leaves, and what it never forgets."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from prepvault.jobs.coach import CoachPlan, CoachReport, coach, diff_of, eject, plan_coaching
from prepvault.jobs.coach_note import is_proved
from prepvault.jobs.context import Context, open_context, open_root
from prepvault.jobs.load import load
from prepvault.jobs.readiness import prepared
from prepvault.model.vault import Vault
from prepvault.parse.sections import find_sections
from prepvault.parse.splice import without_sections
from prepvault.parse.ticks import ticks_of
from tests.conftest import NOW, Maker

PATH = "Interviews/acme.md"
NAMES = ("brief", "checklist", "stories", "questions", "ask", "tips", "strengths")
HEAD = """---
id: int_acme_1
company: Acme
role: Backend Engineer
interview_type: technical
scheduled_at: 2026-02-20T14:00:00
status: scheduled
created_at: 2026-02-01T10:00:00
---
"""
SETTINGS = '[vault]\ntimezone = "UTC"\nid = "tested"\n'

Coached = Callable[..., CoachReport]


@pytest.fixture
def root(make_vault: Maker) -> Path:
    return make_vault(f"=== prepvault.toml\n{SETTINGS}\n=== {PATH}\n{HEAD}\nMy own words.\n")


def opened(root: Path) -> tuple[Context, Vault]:
    """Open and load a vault."""
    context = open_context(str(root), now=NOW.isoformat())
    return context, load(context)


def run(root: Path, *, restore: bool = False, named: bool = False) -> CoachReport:
    """Coach a vault as it lies on disk."""
    context, vault = opened(root)
    return coach(context, vault, vault.interviews if named else None, restore=restore)


def plan(root: Path) -> CoachPlan:
    """Plan the coaching of a vault as it lies on disk."""
    return plan_coaching(*opened(root))


def names(root: Path) -> tuple[str, ...]:
    """Name the sections that stand in the note."""
    return tuple(section.name for section in find_sections((root / PATH).read_bytes())[0])


def change(root: Path, old: str, new: str) -> None:
    """Edit the note as a person would."""
    text = (root / PATH).read_bytes().decode()
    assert old in text
    (root / PATH).write_bytes(text.replace(old, new, 1).encode())


def cut(root: Path, name: str) -> None:
    """Delete a section with its markers, as a person would."""
    data = (root / PATH).read_bytes()
    (section,) = [section for section in find_sections(data)[0] if section.name == name]
    (root / PATH).write_bytes(data[: section.start] + data[section.end :])


def codes(report: CoachReport | CoachPlan) -> list[str]:
    """Name the codes of what was found."""
    return [finding.code for finding in report.findings]


def test_a_new_note_gets_all_sections_below_its_own_words(root: Path) -> None:
    before = (root / PATH).read_bytes()
    report = run(root)
    after = (root / PATH).read_bytes()
    assert report.written.written == (PATH,)
    assert codes(report) == []
    assert names(root) == NAMES
    assert after.startswith(before)
    assert without_sections(after, find_sections(after)[0]) == before


def test_coaching_twice_writes_nothing_the_second_time(root: Path) -> None:
    run(root)
    once = (root / PATH).read_bytes()
    stamp = (root / PATH).stat().st_mtime_ns
    report = run(root)
    assert report.written.written == ()
    assert report.plan.untouched == (PATH,)
    assert (root / PATH).read_bytes() == once
    assert (root / PATH).stat().st_mtime_ns == stamp


def test_time_alone_changes_nothing(root: Path) -> None:
    run(root)
    context = open_context(str(root), now="2026-02-20T13:59:00+00:00")
    assert plan_coaching(context, load(context)).changes == ()


def test_a_plan_writes_nothing_and_shows_a_diff(root: Path) -> None:
    before = (root / PATH).read_bytes()
    context, vault = opened(root)
    made = plan_coaching(context, vault)
    assert [change.path for change in made.changes] == [PATH]
    assert (root / PATH).read_bytes() == before
    lines = diff_of(vault, made).splitlines()
    assert lines[:2] == [f"--- a/{PATH}", f"+++ b/{PATH}"]
    assert not [line for line in lines[2:] if line.startswith("-")]
    assert "+## Checklist" in lines


def test_ticks_are_carried_when_the_text_changes(root: Path) -> None:
    run(root)
    data = (root / PATH).read_text()
    wanted = {"ask-format": "x", "research": "/", "pitch": "-"}
    for line in data.splitlines():
        for name, tick in wanted.items():
            if line.endswith(f" ^pv-{name}"):
                data = data.replace(line, line.replace("[ ]", f"[{tick}]"))
    (root / PATH).write_text(data)
    assert run(root).written.written == ()
    change(root, "interview_type: technical", "interview_type: behavioral")
    assert run(root).written.written == (PATH,)
    after = (root / PATH).read_text()
    ticks = ticks_of(after)
    assert {name: ticks[name] for name in wanted} == wanted
    assert "conflict-stories" in ticks
    assert "coding-practice" not in ticks


def tick_all(root: Path) -> Mapping[str, str]:
    """Tick every open item as a person would, and tell all ticks."""
    text = (root / PATH).read_text().replace("- [ ]", "- [x]")
    (root / PATH).write_text(text)
    return ticks_of(text)


def retype(root: Path, old: str, new: str) -> str:
    """Change the interview's type, coach twice, and give the note's text."""
    change(root, f"interview_type: {old}", f"interview_type: {new}")
    assert run(root).written.written == (PATH,)
    after = (root / PATH).read_text()
    assert run(root).written.written == ()
    assert (root / PATH).read_text() == after
    return after


def test_no_tick_is_lost_when_the_type_changes_and_changes_back(root: Path) -> None:
    run(root)
    change(root, "^pv-coding-practice", "✅ 2026-02-09 ^pv-coding-practice")
    ticked = tick_all(root)
    before = (root / PATH).read_text()
    between = retype(root, "technical", "phone_screen")
    main, _, kept = between.partition("\n### Ticked earlier\n\n")
    assert dict(ticked) == {name: tick for name, tick in ticks_of(between).items() if tick == "x"}
    assert " " in ticks_of(main).values(), "what is new for a phone screen is open"
    assert "^pv-coding-practice" not in main
    (line,) = [line for line in before.splitlines() if line.endswith("^pv-coding-practice")]
    assert f"{line}\n" in kept
    assert kept.index(line) < kept.index("<!-- prepvault:end id=checklist -->")
    assert codes(run(root)) == []
    assert retype(root, "phone_screen", "technical") == before


def test_what_was_ticked_stays_listed_only_while_it_is_ticked(root: Path) -> None:
    run(root)
    tick_all(root)
    text = retype(root, "technical", "phone_screen")
    kept = text.partition("\n### Ticked earlier\n\n")[2].partition("\n\n<!--")[0].splitlines()
    assert len(kept) > 2
    change(root, kept[0], kept[0].replace("[x]", "[ ]"))
    change(root, kept[1], kept[1].replace("[x]", "[-]"))
    run(root)
    after = (root / PATH).read_text()
    assert kept[0] not in after
    assert kept[1].replace("[x]", "[-]") in after
    for line in kept[1:]:
        (root / PATH).write_text((root / PATH).read_text().replace(line, line.replace("[x]", "[ ]")))
    change(root, kept[1].replace("[x]", "[-]"), kept[1].replace("[x]", "[ ]"))
    run(root)
    assert "Ticked earlier" not in (root / PATH).read_text()


@pytest.mark.parametrize(("level", "heading"), [(1, "## T"), (5, "###### T"), (6, "**T")])
def test_what_was_ticked_stands_one_level_below_the_section(root: Path, level: int, heading: str) -> None:
    (root / "prepvault.toml").write_text(f"{SETTINGS}[coaching]\nheading_level = {level}\n")
    run(root)
    tick_all(root)
    assert f"\n{heading}icked earlier" in retype(root, "technical", "phone_screen")


@pytest.mark.parametrize("habit", ["*   [{}]", "+ [{}]", "  - [{}]"])
def test_what_was_ticked_survives_a_formatter_and_windows(root: Path, habit: str) -> None:
    run(root)
    ticked = tick_all(root)
    text = (root / PATH).read_text().replace("- [x]", habit.format("x"))
    (root / PATH).write_bytes(text.replace("\n", "\r\n").encode())
    retype(root, "technical", "phone_screen")
    after = (root / PATH).read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n")
    assert ticked.items() <= ticks_of(after.decode()).items()


def test_progress_counts_only_what_the_coaching_asks_for(root: Path) -> None:
    run(root)
    tick_all(root)
    retype(root, "technical", "phone_screen")
    context, vault = opened(root)
    shown, _ = prepared(context, vault, vault.interviews[0])
    names = {state.item.id for state in shown.items}
    assert "coding-practice" not in names
    assert 0 < shown.done < shown.total <= len(names)


def test_an_edited_section_is_left_and_reported_with_its_line(root: Path) -> None:
    run(root)
    change(root, "## Tips", "## My tips")
    change(root, "role: Backend Engineer", "role: Data Engineer")
    edited = (root / PATH).read_text()
    report = run(root)
    after = (root / PATH).read_text()
    assert codes(report) == ["coaching/edited"]
    assert "## My tips" in after
    assert "Likely questions: Data engineer" in after
    line = report.findings[0].place.line
    assert edited.splitlines()[line - 1].startswith("<!-- prepvault:begin id=tips")


def test_restoring_an_edited_section_keeps_its_ticks(root: Path) -> None:
    run(root)
    change(root, "## Checklist", "## My list")
    change(root, "- [ ]", "- [x]")
    ticks = ticks_of((root / PATH).read_text())
    report = run(root, restore=True)
    after = (root / PATH).read_text()
    assert report.written.written == (PATH,)
    assert codes(report) == []
    assert "## Checklist" in after
    assert ticks_of(after) == ticks
    assert list(ticks.values()).count("x") == 1


def test_a_deleted_section_stays_deleted_until_it_is_restored(root: Path) -> None:
    run(root)
    whole = (root / PATH).read_bytes()
    cut(root, "stories")
    for _ in range(2):
        report = run(root)
        assert report.written.written == ()
        assert codes(report) == ["coaching/deleted"]
        assert "stories" in report.findings[0].message
    assert "stories" not in names(root)
    run(root, restore=True)
    assert names(root) == NAMES
    assert (root / PATH).read_bytes().replace(b"\n", b"") == whole.replace(b"\n", b"")


def test_all_sections_deleted_stay_deleted(root: Path) -> None:
    before = (root / PATH).read_bytes()
    run(root)
    (root / PATH).write_bytes(before)
    report = run(root)
    assert report.written.written == ()
    assert codes(report) == ["coaching/deleted"]
    assert (root / PATH).read_bytes() == before


def test_on_another_machine_the_sections_left_tell_which_were_deleted(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run(root)
    cut(root, "ask")
    monkeypatch.setenv("PREPVAULT_STATE_DIR", str(tmp_path / "elsewhere"))
    report = run(root)
    assert report.written.written == ()
    assert codes(report) == ["coaching/deleted"]


def test_a_section_switched_on_later_is_not_taken_for_deleted(root: Path) -> None:
    (root / "prepvault.toml").write_text(SETTINGS + '[coaching]\nsections = ["checklist", "ask"]\n')
    run(root)
    assert names(root) == ("checklist", "ask")
    (root / "prepvault.toml").write_text(SETTINGS)
    run(root)
    assert names(root) == NAMES
    (root / "prepvault.toml").write_text(SETTINGS + '[coaching]\nsections = ["tips"]\n')
    assert run(root).written.written == ()
    assert names(root) == NAMES


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_note_of_the_first_release_gets_what_is_new_and_loses_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, elsewhere: bool
) -> None:
    first = ("checklist", "tips", "star", "questions", "ask", "strengths")
    listed = ", ".join(f'"{name}"' for name in first)
    (root / "prepvault.toml").write_text(f"{SETTINGS}[coaching]\nsections = [{listed}]\n")
    run(root)
    (root / PATH).write_text((root / PATH).read_text().replace(" v=2 ", " v=1 "))
    cut(root, "ask")
    (root / "prepvault.toml").write_text(SETTINGS)
    if elsewhere:
        monkeypatch.setenv("PREPVAULT_STATE_DIR", str(tmp_path / "elsewhere"))
    assert codes(run(root)) == ["coaching/deleted"]
    assert set(names(root)) == {*first, "brief", "stories"} - {"ask"}
    assert names(root)[0] == "brief"
    assert run(root).written.written == ()


FACTS: Mapping[str, tuple[str, str]] = {
    "a posting": (
        "Jobs/acme_backend.md",
        "## Requirements\n- Nine years of Fortran\n" + "- And more than that\n" * 20,
    ),
    "a story": (
        "Stories/Plan.md",
        "---\ntype: story\nprimary: technical-depth\n---\n## Situation\nNine years of Fortran.\n"
        "## Task\nMine.\n## Action\nI read it.\n## Result\nIt runs in two hours.\n",
    ),
    "research": ("Companies/Acme.md", "## In one breath\n- **Say**: nine years of Fortran\n"),
    "about oneself": ("About me.md", "## Strengths\n- **Nine years of Fortran**\n"),
}


@pytest.mark.parametrize(("path", "text"), FACTS.values(), ids=FACTS)
def test_what_another_note_says_reaches_the_sections_once(root: Path, path: str, text: str) -> None:
    change(root, "company: Acme", "job_id: acme_backend\ncompany: Acme")
    run(root)
    assert "ine years of Fortran" not in (root / PATH).read_text()
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(text)
    assert run(root).written.written == (PATH,)
    assert "ine years of Fortran" in (root / PATH).read_text()
    assert run(root).written.written == ()


def test_ejecting_keeps_the_text_for_good(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run(root)
    context, vault = opened(root)
    report = eject(context, vault, vault.interviews)
    assert report.written.written == (PATH,)
    after = (root / PATH).read_text()
    assert "prepvault:" not in after
    assert "## Checklist" in after
    assert run(root).written.written == ()
    monkeypatch.setenv("PREPVAULT_STATE_DIR", str(tmp_path / "elsewhere"))
    assert run(root).written.written == ()
    context, vault = opened(root)
    assert eject(context, vault, vault.interviews).plan.left == {PATH: "the note has no coaching sections"}


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_a_closed_interview_gets_nothing_new_and_keeps_what_it_has(root: Path, status: str) -> None:
    run(root)
    change(root, "status: scheduled", f"status: {status}")
    change(root, "role: Backend Engineer", "role: Data Engineer")
    report = run(root)
    assert report.written.written == ()
    assert report.plan.left == {PATH: f"the interview is {status}"}
    assert names(root) == NAMES


def test_a_closed_interview_is_coached_when_asked_for_by_name_with_restore(root: Path) -> None:
    change(root, "status: scheduled", "status: completed")
    assert run(root).written.written == ()
    assert run(root, restore=True).written.written == ()
    assert run(root, restore=True, named=True).written.written == (PATH,)


LEFT: Mapping[str, tuple[str, str, str]] = {
    "coaching is off": ("status: scheduled", "coaching: false", "`coaching: false`"),
    "front matter is broken": ("role: Backend Engineer", "role: a: b", "errors"),
    "a value is wrong": ("technical", "tecnical_thing", "errors"),
    "a template": ("company: Acme", 'company: "{{title}}"', "template"),
    "another template": ("company: Acme", 'company: "<% tp.file.title %>"', "template"),
}


@pytest.mark.parametrize(("old", "new", "reason"), LEFT.values(), ids=LEFT)
def test_some_notes_are_never_written_to(root: Path, old: str, new: str, reason: str) -> None:
    change(root, old, new)
    before = (root / PATH).read_bytes()
    for restore in (False, True):
        report = run(root, restore=restore)
        assert report.written.written == ()
        assert report.plan.left.keys() == {PATH}
        assert reason in report.plan.left[PATH]
    assert (root / PATH).read_bytes() == before


def test_coaching_can_be_switched_off_for_the_vault(root: Path) -> None:
    (root / "prepvault.toml").write_text(SETTINGS + "[coaching]\nenabled = false\n")
    made = plan(root)
    assert made.changes == ()
    assert made.left == {PATH: "`[coaching] enabled` is false"}


AMBIGUOUS = {
    "coaching/unbalanced": "<!-- prepvault:end id=ask -->\n",
    "coaching/doubled": "<!-- prepvault:begin id=ask v=1 sum=1 -->\n\n" * 2,
    "coaching/conflict": "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n",
    "coaching/no-room": "```\nan open fence\n",
}


@pytest.mark.parametrize(("code", "text"), AMBIGUOUS.items())
def test_nothing_is_written_to_an_ambiguous_note(root: Path, code: str, text: str) -> None:
    (root / PATH).write_text(HEAD + text)
    for restore in (False, True):
        report = run(root, restore=restore)
        assert report.written.written == ()
        assert codes(report) == [code]
        assert report.plan.left.keys() == {PATH}
    assert (root / PATH).read_text() == HEAD + text


def test_a_section_of_a_newer_release_is_left(root: Path) -> None:
    run(root)
    change(root, "id=tips v=2", "id=tips v=9")
    change(root, "interview_type: technical", "interview_type: behavioral")
    report = run(root)
    assert codes(report) == ["coaching/newer"]
    assert "## Tips: Technical" in (root / PATH).read_text()


SHAPES = {
    "windows": lambda text: text.replace("\n", "\r\n").encode(),
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "no final line end": lambda text: text.rstrip("\n").encode(),
    "blank lines at the end": lambda text: text.encode() + b"\n\n\n",
    "latin-1 in the body": lambda text: text.encode() + b"caf\xe9\n",
    "mixed line ends": lambda text: text.encode() + b"one\r\ntwo\nthree\r\n",
    "only a head": lambda _: HEAD.encode(),
    "a head without a final line end": lambda _: HEAD.rstrip("\n").encode(),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_notes_keep_their_shape(root: Path, shape: Callable[[str], bytes]) -> None:
    before = shape((root / PATH).read_text())
    (root / PATH).write_bytes(before)
    assert run(root).written.written == (PATH,)
    after = (root / PATH).read_bytes()
    sections, findings = find_sections(after)
    assert (len(sections), findings) == (len(NAMES), ())
    assert without_sections(after, sections) == before
    assert run(root).written.written == ()


def test_sections_have_the_line_ends_of_the_note(root: Path) -> None:
    (root / PATH).write_bytes((root / PATH).read_bytes().replace(b"\n", b"\r\n"))
    run(root)
    after = (root / PATH).read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n") > 100


def test_a_formatter_that_changes_white_space_starts_no_quarrel(root: Path) -> None:
    run(root)
    text = (root / PATH).read_text()
    (root / PATH).write_text(text.replace("- [ ]", "*   [ ]").replace("\n\n", "\n\n\n"))
    report = run(root)
    assert report.written.written == ()
    assert codes(report) == []


def test_a_note_that_moved_keeps_its_memory(root: Path) -> None:
    before = (root / PATH).read_bytes()
    run(root)
    (root / "Interviews" / "moved.md").write_bytes(before)
    (root / PATH).unlink()
    assert run(root).written.written == ()


def test_a_new_note_in_an_old_notes_place_is_coached(root: Path) -> None:
    run(root)
    (root / PATH).write_text(HEAD.replace("int_acme_1", "int_acme_2"))
    assert run(root).written.written == (PATH,)


def test_one_bad_note_does_not_stop_the_others(make_vault: Maker) -> None:
    other = HEAD.replace("int_acme_1", "int_acme_2").replace("company: Acme", "company: Beta")
    root = make_vault(f"=== {PATH}\n{HEAD}```\nopen\n=== Interviews/beta.md\n{other}")
    report = run(root)
    assert report.written.written == ("Interviews/beta.md",)
    assert codes(report) == ["coaching/no-room"]


def test_a_vaults_own_card_takes_the_place_of_ours(root: Path) -> None:
    (root / "prepvault.toml").write_text(SETTINGS + '[coaching]\ncontent = "Cards"\n')
    (root / "Cards" / "texts").mkdir(parents=True)
    card = "---\nid: strengths\ntitle: My way\n---\nSay it **once**.\n"
    (root / "Cards" / "texts" / "strengths.md").write_text(card)
    run(root)
    assert "## My way\n\nSay it **once**.\n" in (root / PATH).read_text()


def test_a_vaults_broken_card_is_reported_and_ours_stands_in(root: Path) -> None:
    (root / "prepvault.toml").write_text(SETTINGS + '[coaching]\ncontent = "Cards"\n')
    (root / "Cards" / "checklist").mkdir(parents=True)
    (root / "Cards" / "checklist" / "spine.yaml").write_text("- id: [\n")
    report = run(root)
    assert codes(report) == ["card/unreadable"]
    assert report.findings[0].place.path == "Cards/checklist/spine.yaml"
    assert "^pv-research" in (root / PATH).read_text()


def test_a_content_folder_outside_the_vault_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (root / "Cards").symlink_to(tmp_path / "outside")
    (root / "prepvault.toml").write_text(SETTINGS + '[coaching]\ncontent = "Cards"\n')
    report = run(root)
    assert codes(report) == ["card/folder"]
    assert report.written.written == (PATH,)


def test_a_splice_that_touches_other_text_or_loses_a_section_is_not_proved() -> None:
    section = b"<!-- prepvault:begin id=tips v=1 sum=1 -->\n<!-- prepvault:end id=tips -->\n"
    had = find_sections(b"mine\n\n" + section)[0]
    assert is_proved(b"mine\n\n" + section, had, b"mine\n\n" + section, {"tips"})
    assert not is_proved(b"mine\n\n" + section, had, b"Mine\n\n" + section, {"tips"})
    assert not is_proved(b"mine\n\n" + section, had, b"mine\n", {"tips"})


def test_an_open_end_stops_only_its_own_note(make_vault: Maker) -> None:
    """A section of a name no longer wanted stands there, and below it something is never closed."""
    texts = {"fence": "```\nforgotten\n", "comment": "%%\nprivate, never closed\n", "sound": "fine\n"}
    toml = '=== prepvault.toml\n[vault]\ntimezone = "UTC"\n[coaching]\nsections = ["tips"]\n'
    notes = "".join(
        f"=== Interviews/{name}.md\n---\nid: int_{name}_1\ncompany: {name}\nrole: Engineer\n"
        "interview_type: technical\nscheduled_at: 2030-01-10T10:00:00\nstatus: scheduled\n---\n"
        for name in texts
    )
    root = make_vault(toml + notes)
    context = open_root(root, now=NOW.isoformat())
    assert len(coach(context, load(context)).written.written) == 3
    settings = root / "prepvault.toml"
    settings.write_text(settings.read_text().replace('"tips"', '"checklist"'))
    for name, text in texts.items():
        path = root / "Interviews" / f"{name}.md"
        path.write_bytes(path.read_bytes() + b"\n" + text.encode())
    context = open_root(root, now=NOW.isoformat())
    report = coach(context, load(context))
    assert report.written.written == ("Interviews/sound.md",)
    refused = {each.place.path for each in report.findings if each.code == "coaching/no-room"}
    assert refused == {"Interviews/fence.md", "Interviews/comment.md"}
