"""What `publish: false` keeps out of the site and the feeds."""

import json
from pathlib import Path

import pytest

from prepvault.jobs.build import build
from prepvault.jobs.context import open_context, open_root
from prepvault.jobs.feed import feed
from prepvault.jobs.load import load
from prepvault.model.note import Head
from prepvault.model.settings import Settings
from prepvault.model.vault import Unread, Vault
from prepvault.parse import fields
from prepvault.rules.published import YES, published
from tests.conftest import NOW, Maker

GOOD = """company: {0}
role: Quiet Role
interview_type: panel
scheduled_at: 2026-02-12T10:00:00
"""
OPENLY = f"=== Interviews/Shown.md\n---\nid: int_shown\n{GOOD.format('Plainfirm')}---\ntext\n"
SPELLINGS = ["false", "False", "no", "off", "No", "n", "0", "nein", "maybe", "[]", "{}", '"false"']


def built(root: Path, *, incognito: bool = False) -> dict[str, str]:
    build(open_context(str(root), now=NOW.isoformat()), incognito=incognito)
    site = root / "site"
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in files}


def naming(files: dict[str, str], *words: str) -> list[str]:
    """The files whose name or text holds one of the words."""
    return [
        name
        for name, text in files.items()
        if any(word.casefold() in (name + text).casefold() for word in words)
    ]


@pytest.mark.parametrize("broken", ["", "note: [never closed\n", "note: a: b: c\n", "\t\n"])
@pytest.mark.parametrize("spelled", SPELLINGS)
def test_an_unpublished_interview_stays_private_in_broken_front_matter(
    make_vault: Maker, spelled: str, broken: str
) -> None:
    head = f"id: int_hush\n{GOOD.format('Secretum')}publish: {spelled}\n{broken}"
    vault = published(_load(make_vault(f"{OPENLY}=== Interviews/Hush.md\n---\n{head}---\n")))
    assert [each.id for each in vault.interviews] == ["int_shown"]
    assert "Interviews/Hush.md" not in {*vault.names, *vault.notes, *vault.heads}
    assert vault.unread == ()
    assert not [each for each in vault.findings if "Hush" in f"{each.place.path} {each.message}"]


@pytest.mark.parametrize("broken", ["", "note: [never closed\n"])
@pytest.mark.parametrize("spelled", ["", "true", "yes", "on", "1", "True"])
def test_what_is_published_stays_so(make_vault: Maker, spelled: str, broken: str) -> None:
    head = f"{GOOD.format('Openly')}publish: {spelled}\n{broken}"
    vault = published(_load(make_vault(f"=== Interviews/Open.md\n---\n{head}---\n")))
    assert [each.company for each in vault.interviews] == ["Openly"]


@pytest.mark.parametrize(
    "lines", ["publish: false\npublish: true\n", "publish: [false\n", "publish: 'false\n", '"publish": @no\n']
)
def test_a_line_that_is_doubtful_keeps_the_note_private(make_vault: Maker, lines: str) -> None:
    head = f"id: int_hush\n{GOOD.format('Secretum')}{lines}note: [never closed\n"
    vault = published(_load(make_vault(f"=== Interviews/Hush.md\n---\n{head}---\n")))
    assert (vault.interviews, vault.unread) == ((), ())


def test_a_note_without_a_time_is_left_out_by_what_was_rescued() -> None:
    said = {"publish": "no", "company": "Secretum"}
    vault = Vault(
        name="v",
        settings=Settings(),
        unread=(Unread("a.md", "a"), Unread("b.md", "b")),
        heads={"a.md": Head(present=True, valid=False, rescued=said), "b.md": Head(values={"publish": True})},
        names=("a.md", "b.md"),
    )
    assert published(vault).unread == (Unread("b.md", "b"),)


def test_the_words_are_those_of_the_reader() -> None:
    assert YES == fields._YES


@pytest.mark.parametrize("broken", ["", "note: [never closed\n"])
@pytest.mark.parametrize("incognito", [False, True])
def test_an_unpublished_company_has_no_page_row_or_choice(
    make_vault: Maker, broken: str, *, incognito: bool
) -> None:
    root = make_vault(
        f"{OPENLY}=== Companies/Secretum.md\n---\naliases: [Hushnick]\nwebsite: https://hush.example\n"
        f"publish: no\n{broken}---\nResearchword.\n"
        "=== Stories/Told.md\n---\ntype: story\ntitle: Told\n---\nAt [[Secretum]].\n"
    )
    files = built(root, incognito=incognito)
    assert naming(files, "hushnick", "hush.example", "researchword") == []
    assert naming(files, "secretum") == ([] if incognito else ["stories.html"])
    assert "Secretum.md" not in files["stories.html"]
    assert "file=Companies" not in files["stories.html"]
    assert [name for name in sorted(files) if name.startswith("companies/")] == [
        "companies/company-a.html" if incognito else "companies/index.html",
        "companies/index.html" if incognito else "companies/plainfirm.html",
    ]


def test_published_interviews_at_an_unpublished_company_link_to_no_page_of_it(make_vault: Maker) -> None:
    root = make_vault(
        f"{OPENLY}=== Interviews/Alias.md\n---\nid: int_alias\njob_id: j\n{GOOD.format('Plain')}---\n"
        "=== Companies/Plainfirm.md\n---\naliases: [Plain]\npublish: false\n---\nResearchword.\n"
        "=== Companies/Other.md\n---\ntitle: Plainfirm\n---\nSecondword.\n"
    )
    files = built(root)
    assert naming(files, "researchword", "secondword") == []
    assert [name for name in files if name.startswith("companies/")] == ["companies/index.html"]
    assert naming(files, "companies/plain") == []
    assert "Plainfirm" not in files["companies/index.html"]
    assert '<option value="Plain' not in files["schedule.html"]
    assert set(json.loads(files["api/interviews.json"])["upcoming"]) >= {"int_shown", "int_alias"}


def test_a_company_whose_interviews_are_all_unpublished_has_only_its_own_note(make_vault: Maker) -> None:
    hushed = f"---\nid: int_hush\n{GOOD}publish: false\n---\nHushword\n"
    root = make_vault(
        f"{OPENLY}=== Interviews/Zebra talk.md\n{hushed.format('Bare')}"
        f"=== Interviews/Yak talk.md\n{hushed.format('Noted').replace('hush', 'hush2')}"
        "=== Companies/Noted.md\n---\ntags: [x]\n---\nNotedword. [[Interviews/Yak talk|one]],"
        " [two](../Interviews/Yak%20talk.md), ![[Yak talk]]\n"
    )
    files = built(root)
    assert naming(files, "hushword", "int_hush", "bare.html", "zebra talk", "zebra%20talk") == []
    assert "Notedword" in files["companies/noted.html"]
    assert naming(files, "obsidian://open?vault=vault&amp;file=interviews%2fyak") == []
    assert naming(files, "interviews/int-hush", "interviews%2fyak") == []


def test_an_unpublished_story_is_not_told(make_vault: Maker) -> None:
    root = make_vault(
        f"{OPENLY}=== Stories/Hush.md\n---\ntype: story\ntitle: Hushtitle\npublish: false\n---\nHushword\n"
    )
    assert naming(built(root), "hushtitle", "hushword") == []


def _load(root: Path) -> Vault:
    from prepvault.jobs.load import load

    return load(open_context(str(root), now=NOW.isoformat()))


def test_the_feed_alone_keeps_the_same_notes_private(make_vault: Maker) -> None:
    head = "company: SECRETFIRM\nrole: R\ninterview_type: panel\nscheduled_at: 2026-03-01T10:00:00\n"
    root = make_vault(
        f"=== Interviews/a.md\n---\nid: int_a_1\npublish: false\npublish: true\n{head}bad: [\n---\n"
    )
    context = open_root(root, now=NOW.isoformat())
    vault = load(context)
    assert b"SECRETFIRM" not in feed(context, vault).main
