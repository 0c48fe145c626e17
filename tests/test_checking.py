"""`check`, `check --fix`, `explain`, picking an interview and finding a vault."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prepvault.errors import UsageError
from prepvault.jobs.check import check, fix, report_text, summary
from prepvault.jobs.context import Context, find_root, open_context, open_root
from prepvault.jobs.explain import explain, explanations
from prepvault.jobs.load import load
from prepvault.jobs.paths import paths_in_vault
from prepvault.jobs.pick import pick_interview
from prepvault.jobs.schema import schema_of
from tests.conftest import NOW, Maker

BARE = """---
company: Acme Robotics
role: Dev
interview_type: panel
scheduled_at: 2026-03-17T14:00:00
---
# Mine
"""


def opened(root: Path, now: datetime = NOW) -> Context:
    return open_root(root.resolve(), now=now.isoformat())


def prints(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }


def codes(context: Context, *paths: str) -> list[str]:
    return [f"{each.code} {each.place.path}" for each in check(context, paths).findings]


def test_fix_fills_in_what_is_missing_and_touches_nothing_else(make_vault: Maker) -> None:
    root = make_vault(f"=== Interviews/a.md\n{BARE.replace('role: Dev', 'role:   Dev  # mine')}")
    context = opened(root)
    assert codes(context) == ["id/missing Interviews/a.md", "property/unset Interviews/a.md"]
    report = fix(context)
    seconds = int(datetime(2026, 3, 17, 14, tzinfo=UTC).timestamp())
    assert [(each.name, each.value) for each in report.fixed][:3] == [
        ("id", f"int_acme-robotics_{seconds}"),
        ("status", "scheduled"),
        ("created_at", "2026-02-09T09:00:00"),
    ]
    assert report.fixed[3].name == "revision"
    assert report.fixed[3].value.startswith("1 2026-02-09T09:00:00Z ")
    assert report.written == ("Interviews/a.md",)
    text = (root / "Interviews" / "a.md").read_text(encoding="utf-8")
    assert "role:   Dev  # mine\n" in text
    assert text.endswith("---\n# Mine\n")
    assert codes(context) == []


def test_fixing_twice_writes_once(make_vault: Maker) -> None:
    root = make_vault(f"=== Interviews/a.md\n{BARE}\n=== Interviews/b.md\n{BARE.replace('14:00', '16:00')}")
    fix(opened(root))
    before = prints(root)
    report = fix(opened(root, datetime(2026, 2, 20, tzinfo=UTC)))
    assert (report.fixed, report.written) == ((), ())
    assert prints(root) == before


def test_ids_that_would_be_the_same_are_told_apart(make_vault: Maker) -> None:
    root = make_vault(f"=== Interviews/a.md\n{BARE}\n=== Interviews/b.md\n{BARE}")
    fix(opened(root))
    ids = [interview.id for interview in load(opened(root)).interviews]
    assert len(set(ids)) == 2
    assert all(each.startswith("int_acme-robotics_") for each in ids)


def test_the_vaults_own_names_and_zone_are_used(make_vault: Maker) -> None:
    root = make_vault(
        '=== prepvault.toml\n[vault]\ntimezone = "Asia/Tokyo"\n'
        '[properties]\nid = "uid"\ncreated_at = "booked"\n'
        f"=== Interviews/a.md\n{BARE}"
    )
    names = {each.name: each.value for each in fix(opened(root)).fixed}
    assert names["booked"] == "2026-02-09T18:00:00"
    assert "uid" in names


def test_a_hand_edit_is_remarked_upon_until_its_revision_is_recorded(make_vault: Maker) -> None:
    root = make_vault(f"=== Interviews/a.md\n{BARE}")
    fix(opened(root))
    note = root / "Interviews" / "a.md"
    note.write_text(note.read_text(encoding="utf-8").replace("T14:00", "T15:00"), encoding="utf-8")
    later = opened(root, datetime(2026, 2, 10, tzinfo=UTC))
    assert codes(later) == ["revision/stale Interviews/a.md"]
    assert [each.value.split()[0] for each in fix(later).fixed] == ["2"]
    assert codes(later) == []


@pytest.mark.parametrize(
    "text",
    [
        BARE.replace("role: Dev", "role: Dev\nrole: Ops"),
        BARE.replace("role: Dev", "role: a: b"),
        BARE.replace("2026-03-17T14:00:00", "soon"),
        "# no front matter\n",
        "---\ntags: [moc]\n---\n",
    ],
)
def test_fix_leaves_a_note_with_errors_alone(make_vault: Maker, text: str) -> None:
    root = make_vault(f"=== Interviews/a.md\n{text}\n=== Templates/t.md\n{BARE}")
    before = prints(root)
    assert fix(opened(root)).written == ()
    assert prints(root) == before


def test_fix_leaves_conflict_copies_alone(make_vault: Maker) -> None:
    root = make_vault(f"=== Interviews/a.sync-conflict-20260201-101010-ABCDEFG.md\n{BARE}")
    before = prints(root)
    assert fix(opened(root)).written == ()
    assert prints(root) == before


def test_fix_may_be_limited_to_some_notes(make_vault: Maker) -> None:
    root = make_vault(f"=== Interviews/a.md\n{BARE}\n=== Interviews/b.md\n{BARE.replace('14:00', '16:00')}")
    context = opened(root)
    assert fix(context, paths_in_vault(context, ["Interviews/b.md"])).written == ("Interviews/b.md",)


def test_check_may_be_limited_to_some_notes(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault(
        "=== Interviews/2026/a.md\nx\n=== Interviews/b.md\ny\n"
        "=== prepvault.toml\n[vault]\ntimezone = 'UTC'\nx = 1\n"
    )
    context = opened(root)
    missing = "frontmatter/missing Interviews"
    assert codes(context) == [f"{missing}/2026/a.md", f"{missing}/b.md", "settings/unknown prepvault.toml"]
    assert codes(context, "Interviews/2026") == [f"{missing}/2026/a.md"]
    assert codes(context, str(root / "Interviews" / "b.md")) == [f"{missing}/b.md"]
    assert codes(context, "prepvault.toml") == ["settings/unknown prepvault.toml"]
    monkeypatch.chdir(root / "Interviews")
    assert codes(context, "b.md") == [f"{missing}/b.md"]
    assert check(context, ["2026"]).total_notes == 1
    for wrong in ("nowhere.md", "../..", "/etc"):
        with pytest.raises(UsageError):
            check(context, [wrong])


def test_warnings_fail_only_when_strict(make_vault: Maker) -> None:
    report = check(opened(make_vault("=== Interviews/a.md\nx\n")))
    assert not report.fails()
    assert report.fails(strict=True)
    assert summary(report) == "1 warning in 1 note"


def test_a_report_in_a_repository_names_the_repositorys_paths(make_vault: Maker, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    context = opened(make_vault("=== Interviews/a.md\nx\n"))
    text = report_text(context, check(context), format="github", color=False)
    assert "file=vault/Interviews/a.md,line=1," in text
    assert "A note among the interviews" in report_text(context, check(context), format="sarif", color=False)


def test_checking_writes_nothing(make_vault: Maker) -> None:
    root = make_vault(f"=== Interviews/a.md\n{BARE}\n=== Interviews/b.md\n---\nx: [\n---\n")
    before = prints(root)
    check(opened(root))
    assert prints(root) == before


def test_every_code_can_be_explained() -> None:
    pages = explanations()
    assert len(pages) > 40
    for page in pages:
        assert page.severity in {"error", "warning", "info"}, page.code
        assert page.title, page.code
        assert len(page.text.split()) > 15, page.code


def test_a_code_is_explained_as_it_stands_in_a_report() -> None:
    assert explain("error[date/gap]").code == "date/gap"
    with pytest.raises(UsageError) as stop:
        explain("date/gpa")
    assert stop.value.hint == "did you mean `date/gap`?"
    for wrong in ("", "../../errors", "date", "date/gap.md"):
        with pytest.raises(UsageError):
            explain(wrong)


def test_schemas_by_name(make_vault: Maker) -> None:
    context = opened(make_vault('=== prepvault.toml\n[properties]\ncompany = "org"\n'))
    assert "org" in schema_of("note", context)["properties"]
    assert "company" in schema_of("note")["properties"]
    assert "vault" in schema_of("settings")["properties"]
    with pytest.raises(UsageError):
        schema_of("other")


STRIPE = """=== Interviews/stripe-1.md
---
id: int_stripe_1
company: Stripe
role: Backend Engineer
interview_type: phone_screen
scheduled_at: 2026-03-17T14:00:00
interviewer: Dana Roe
---
=== Interviews/stripe-2.md
---
id: int_stripe_22
company: Stripe
role: Backend Engineer
interview_type: technical
scheduled_at: 2026-03-18T14:00:00
---
=== Interviews/acme.md
---
company: Acme
role: Data Engineer
interview_type: technical
scheduled_at: 2026-03-19T14:00:00
---
=== Interviews/broken.md
---
company: Broken Ltd
role: Dev
interview_type: panel
scheduled_at: soon
---
"""


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("int_stripe_1", "stripe-1"),
        ("stripe_22", "stripe-2"),
        ("Interviews/acme.md", "acme"),
        ("./Interviews/acme", "acme"),
        ("acme.md", "acme"),
        ("ACME", "acme"),
        ("stripe technical", "stripe-2"),
        ("phone-screen", "stripe-1"),
        ("dana", "stripe-1"),
        ("data engineer", "acme"),
        ("2026-03-18", "stripe-2"),
    ],
)
def test_picking_by_id_path_or_words(make_vault: Maker, text: str, path: str) -> None:
    vault = load(opened(make_vault(STRIPE)))
    assert pick_interview(vault, text).path == f"Interviews/{path}.md"


def test_several_matches_are_listed_and_nothing_is_picked(make_vault: Maker) -> None:
    vault = load(opened(make_vault(STRIPE)))
    with pytest.raises(UsageError) as stop:
        pick_interview(vault, "stripe")
    assert stop.value.message == "`stripe` matches 2 interviews"
    assert "int_stripe_1  2026-03-17 14:00  Stripe, Backend Engineer, Phone screen" in stop.value.hint


@pytest.mark.parametrize("text", ["globex", "", "  ", "!!"])
def test_no_match_is_told(make_vault: Maker, text: str) -> None:
    vault = load(opened(make_vault(STRIPE)))
    with pytest.raises(UsageError, match="no interview matches"):
        pick_interview(vault, text)


def test_a_note_that_cannot_be_read_yet_is_named(make_vault: Maker) -> None:
    vault = load(opened(make_vault(STRIPE)))
    with pytest.raises(UsageError) as stop:
        pick_interview(vault, "broken")
    assert stop.value.hint == "run `prepvault check Interviews/broken.md`"


def test_the_vault_is_named_else_in_the_environment_else_upward(
    make_vault: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault("=== Interviews/2026/a.md\nx\n").resolve()
    other = tmp_path / "other"
    (other / ".obsidian").mkdir(parents=True)
    monkeypatch.chdir(root / "Interviews" / "2026")
    assert find_root(None) == root
    monkeypatch.setenv("PREPVAULT_VAULT", str(other))
    assert find_root(None) == other.resolve()
    assert find_root("..") == root / "Interviews"
    for named in ("nowhere", "a.md", "\0"):
        with pytest.raises(UsageError) as stop:
            find_root(named)
        assert "prepvault init" in stop.value.hint


def test_settings_count_before_obsidian_when_looking_upward(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault("=== Inner/.obsidian/app.json\n{}\n").resolve()
    monkeypatch.chdir(root / "Inner")
    assert find_root(None) == root


def test_no_vault_at_all_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="no vault here"):
        find_root(None)


def test_the_time_is_taken_once_in_utc_and_without_fractions(make_vault: Maker) -> None:
    root = make_vault('=== prepvault.toml\n[vault]\ntimezone = "Asia/Tokyo"\n')
    for text, expected in (
        ("2026-02-09T18:00:00", NOW),
        ("2026-02-09T09:00:00.5Z", NOW),
        ("2026-02-09 04:00-05:00", NOW),
    ):
        assert open_context(str(root), now=text).now == expected
    assert open_context(str(root)).now.microsecond == 0
    for wrong in ("tomorrow", "", "0001-01-01T00:00:00"):
        with pytest.raises(UsageError):
            open_context(str(root), now=wrong)


def test_the_machines_zone_counts_last(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault("=== prepvault.toml\n[vault]\n")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert open_context(str(root)).settings.zone == "Asia/Tokyo"
    monkeypatch.setenv("TZ", "Nowhere/Town")
    assert open_context(str(root)).settings.zone == "UTC"
    monkeypatch.setenv("PREPVAULT_VAULT_TIMEZONE", "Europe/Berlin")
    assert open_context(str(root)).settings.zone == "Europe/Berlin"
    flags = {"vault.timezone": "Asia/Kolkata"}
    assert open_context(str(root), flags=flags).settings.zone == "Asia/Kolkata"


def test_the_users_own_settings_are_read(make_vault: Maker, own_state: Path) -> None:
    folder = own_state / "config" / "prepvault"
    folder.mkdir(parents=True)
    (folder / "prepvault.toml").write_text('[profile]\nname = "Dana"\nnme = 1\n', encoding="utf-8")
    context = opened(make_vault(""))
    assert (context.settings.text("profile.name"), context.settings.origin["profile.name"]) == (
        "Dana",
        "user",
    )
    assert [finding.place.path for finding in context.findings] == ["<your own prepvault.toml>"]


def test_check_names_damaged_markers_and_lets_edited_sections_be(make_vault: Maker) -> None:
    begin, end = "<!-- prepvault:begin id=tips v=1 sum=0000000000 -->", "<!-- prepvault:end id=tips -->"
    root = make_vault(
        f"=== Interviews/half.md\n{BARE}{begin}\n"
        f"=== Interviews/mine.md\n{BARE.replace('03-17', '04-17')}{begin}\n\nmy own words\n\n{end}\n"
    )
    found = [each for each in codes(opened(root)) if each.startswith("coaching/")]
    assert found == ["coaching/unbalanced Interviews/half.md"]
