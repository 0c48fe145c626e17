"""Scanning a vault: what is found, what is left out, and that nothing hostile stops it."""

import os
import stat
from pathlib import Path

import pytest

from prepvault.jobs.context import open_root
from prepvault.jobs.find_notes import find_notes
from prepvault.jobs.load import load
from prepvault.model.vault import Vault
from prepvault.outside.ignored import Ignored, is_conflict_copy
from prepvault.outside.scan import Scan
from tests.conftest import Maker

HEAD = "---\nid: {}\ncompany: Acme\nrole: Dev\ninterview_type: panel\nscheduled_at: 2026-02-10\n"
REST = "status: scheduled\ncreated_at: 2026-01-22T10:30:00\nrevision: 1 2026-02-01T10:00:00Z 3f2a9c1d\n---\n"


def note(identity: str) -> str:
    return HEAD.format(identity) + REST


def scan(root: Path) -> Scan:
    return find_notes(open_root(root.resolve()))


def read(root: Path) -> Vault:
    return load(open_root(root.resolve()))


def paths(root: Path) -> list[str]:
    return [found.path for found in scan(root).notes]


def codes(vault: Vault) -> list[str]:
    return [f"{finding.code} {finding.place.path}" for finding in vault.findings]


def test_notes_are_ours_by_folder_or_by_property(make_vault: Maker) -> None:
    root = make_vault(
        f"=== Interviews/2026/a.md\n{note('a')}\n=== Elsewhere/b.md\n{note('b')}\n"
        "=== Elsewhere/c.md\n# text\n"
        "=== Elsewhere/d.md\ninterview_type: no front matter\n=== Stories/s.md\nx\n=== Companies/k.md\ny\n"
        "=== Elsewhere/e.md\n---\ntitle: x\n---\ninterview_type: only in the text\n=== pic.png\nz\n"
    )
    vault = read(root)
    assert [interview.id for interview in vault.interviews] == ["a", "b"]
    assert [company.path for company in vault.companies] == ["Companies/k.md"]
    assert codes(vault) == []
    assert "pic.png" in vault.names
    assert "Elsewhere/c.md" in vault.names
    assert set(vault.notes) == {"Interviews/2026/a.md", "Elsewhere/b.md", "Stories/s.md", "Companies/k.md"}


def test_a_long_head_is_still_recognised(make_vault: Maker) -> None:
    text = note("a").replace("---\nid", f"---\nlong: {'x' * 9000}\nid", 1)
    assert paths(make_vault(f"=== Elsewhere/a.md\n{text}")) == ["Elsewhere/a.md"]


def test_a_renamed_property_marks_an_interview_too(make_vault: Maker) -> None:
    text = note("a").replace("interview_type", "kind")
    root = make_vault(
        f'=== prepvault.toml\n[properties]\ninterview_type = "kind"\n=== Elsewhere/a.md\n{text}'
        f"\n=== Elsewhere/b.md\n{note('b')}"
    )
    assert paths(root) == ["Elsewhere/a.md"]


@pytest.mark.parametrize(
    "path",
    [
        ".obsidian/a.md",
        ".trash/a.md",
        "Interviews/.hidden/a.md",
        "Templates/a.md",
        "Vorlagen/a.md",
        "Skripte/a.md",
        "site/a.md",
        "Interviews/Old/a.md",
        "Interviews/draft-7.md",
        "Excluded/a.md",
        "Deep/Secret/a.md",
        "Files/a.md",
        "Interviews/a.excalidraw.md",
        "Interviews/a.MD",
        "Interviews/a.md.conflict1",
        "Interviews/a.md~",
    ],
)
def test_what_is_left_out(make_vault: Maker, path: str) -> None:
    root = make_vault(
        '=== prepvault.toml\n[vault]\ntimezone = "UTC"\nignore = ["Interviews/Old", "draft-*.md"]\n'
        '=== .obsidian/templates.json\n{"folder": "Vorlagen"}\n'
        '=== .obsidian/plugins/templater-obsidian/data.json\n{"templates_folder": "Skripte/"}\n'
        '=== .obsidian/app.json\n{"attachmentFolderPath": "Files",'
        ' "userIgnoreFilters": ["Excluded/", "/S[e]cret/"]}\n'
        f"=== Interviews/kept.md\n{note('kept')}\n=== {path}\n{note('a')}"
    )
    assert paths(root) == ["Interviews/kept.md"]


@pytest.mark.parametrize("text", ["{", "[]", '{"folder": 7}', "", '{"folder": "/"}', "\x00"])
def test_settings_of_obsidian_that_make_no_sense_are_unset(make_vault: Maker, text: str) -> None:
    root = make_vault(
        f"=== .obsidian/templates.json\n{text}\n=== .obsidian/app.json\n{text}\n"
        f"=== Interviews/a.md\n{note('a')}"
    )
    assert paths(root) == ["Interviews/a.md"]


def test_an_exclusion_never_hides_the_interviews_folder_itself(make_vault: Maker) -> None:
    root = make_vault(
        '=== .obsidian/app.json\n{"userIgnoreFilters": ["Interviews/", "/Inter/", "/(/"]}\n'
        f"=== Interviews/a.md\n{note('a')}"
    )
    assert paths(root) == ["Interviews/a.md"]


@pytest.mark.parametrize("key", ["kanban-plugin: board", "excalidraw-plugin: parsed"])
def test_files_of_other_plugins_are_no_notes(make_vault: Maker, key: str) -> None:
    vault = read(make_vault(f"=== Interviews/a.md\n---\n{key}\n---\n## Lane\n"))
    assert (vault.interviews, vault.unread, vault.findings) == ((), (), ())


@pytest.mark.parametrize(
    "name",
    [
        "a.sync-conflict-20260201-101010-ABCDEFG.md",
        "a (Conflicted copy laptop 202602011010).md",
        "a (Conflicted copy).md",
        "a (Dana's conflicted copy 2026-02-01).md",
        "a (conflicted copy 2026-02-01 093612).md",
        "a (In Konflikt stehende Kopie von Dana 2026-02-01).md",
        "a-laptop-safeBackup-0001.md",
    ],
)
def test_a_conflict_copy_is_reported_once_and_not_counted(make_vault: Maker, name: str) -> None:
    root = make_vault(f"=== Interviews/a.md\n{note('a')}\n=== Interviews/{name}\n{note('a')}")
    vault = read(root)
    assert len(vault.interviews) == 1
    assert codes(vault) == [f"vault/conflict-copy Interviews/{name}"]


@pytest.mark.parametrize(
    "name", ["Things 3.md", "a (1).md", "exam-HOST.md", "conflict.md", "sync-conflict.md"]
)
def test_numbers_and_hosts_alone_make_no_conflict(name: str) -> None:
    assert not is_conflict_copy(name)


def test_placeholders_of_cloud_drives_are_told(make_vault: Maker) -> None:
    root = make_vault(f"=== Interviews/a.md\n{note('a')}\n=== Interviews/.b.md.icloud\nbplist")
    assert codes(read(root)) == ["vault/placeholder Interviews/.b.md.icloud"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_called_like_a_note_is_not_opened(make_vault: Maker) -> None:
    root = make_vault(f"=== Interviews/a.md\n{note('a')}")
    os.mkfifo(root / "Interviews" / "pipe.md")
    assert codes(read(root)) == ["vault/not-a-file Interviews/pipe.md"]


def test_a_linked_note_counts_under_its_own_name_only(make_vault: Maker, tmp_path: Path) -> None:
    root = make_vault(f"=== Interviews/a.md\n{note('a')}\n=== .store/hidden.md\n{note('hidden')}")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(note("secret"), encoding="utf-8")
    links = root / "Interviews"
    (links / "again.md").symlink_to(links / "a.md")
    (links / "loop").symlink_to(root)
    (links / "self.md").symlink_to(links / "self.md")
    (links / "gone.md").symlink_to(links / "nowhere.md")
    (links / "kept.md").symlink_to(root / ".store" / "hidden.md")
    (links / "secret.md").symlink_to(outside / "secret.md")
    (links / "secrets").symlink_to(outside)
    vault = read(root)
    assert [interview.id for interview in vault.interviews] == ["a"]
    assert codes(vault) == [
        "vault/link-outside Interviews/secret.md",
        "vault/link-outside Interviews/secrets",
    ]


@pytest.mark.parametrize(
    "target",
    [
        ".trash/x.md",
        ".obsidian/x.md",
        "Templates/x.md",
        "Templates/deep/x.md",
        "Interviews/Old/x.md",
        "draft-x.md",
        "Files/x.md",
        "Files/x.excalidraw.md",
    ],
)
def test_a_link_to_what_is_left_out_is_left_out_like_it(make_vault: Maker, target: str) -> None:
    root = make_vault(
        '=== prepvault.toml\n[vault]\ntimezone = "UTC"\nignore = ["Interviews/Old", "draft-*.md"]\n'
        '=== .obsidian/app.json\n{"attachmentFolderPath": "Files"}\n'
        f"=== Interviews/a.md\n{note('a')}\n=== {target}\n{note('x')}"
    )
    (root / "Interviews" / "link.md").symlink_to(Path("..") / target)
    (root / "Interviews" / "chain.md").symlink_to("link.md")
    (root / "elsewhere.md").symlink_to(target)
    vault = read(root)
    assert (paths(root), codes(vault)) == (["Interviews/a.md"], [])
    assert not {"Interviews/link.md", "Interviews/chain.md", "elsewhere.md"} & set(vault.names)


def test_a_name_that_is_not_utf_8_is_told_with_escapes(make_vault: Maker) -> None:
    root = make_vault(f"=== Interviews/a.md\n{note('a')}")
    try:
        (root / "Interviews" / os.fsdecode(b"caf\xe9.md")).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert codes(read(root)) == ["vault/name Interviews/caf\\xe9.md"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_what_may_not_be_read_stops_nothing(make_vault: Maker) -> None:
    root = make_vault(
        f"=== Interviews/a.md\n{note('a')}\n=== Interviews/b.md\n{note('b')}\n=== Private/x.md\nx"
    )
    (root / "Interviews" / "b.md").chmod(0)
    (root / "Private").chmod(0)
    try:
        vault = read(root)
    finally:
        (root / "Private").chmod(stat.S_IRWXU)
    assert [interview.id for interview in vault.interviews] == ["a"]
    assert codes(vault) == ["note/unreadable Interviews/b.md", "vault/unreadable Private"]


@pytest.mark.parametrize(
    ("pattern", "path", "hidden"),
    [
        ("Old", "Old/a.md", True),
        ("Old/", "Old/a.md", True),
        ("Old", "Older/a.md", False),
        ("*.tmp.md", "x/y.tmp.md", True),
        ("x/*.md", "x/y.md", True),
        ("x/*.md", "z/x/y.md", False),
        ("/draft/", "x/draft 1.md", True),
        ("/(/", "x/(.md", False),
        ("", "a.md", False),
    ],
)
def test_patterns(pattern: str, path: str, *, hidden: bool) -> None:
    assert Ignored(patterns=(pattern,)).leaves_out(path, is_folder=False) is hidden
