"""A vault full of unmistakable names: none of them is in what strangers may read, in no encoding."""

import base64
import json
import re
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from prepvault.jobs.build import build
from prepvault.jobs.context import open_context
from prepvault.jobs.export import export
from prepvault.jobs.listing import Filter
from prepvault.jobs.load import load
from prepvault.model.export import ExportChoices, Format
from tests.conftest import NOW, Maker
from tests.full_vault import HOST, Names, make_full, settings_file, write
from tests.leaks import find_leaks, read_output


def built(root: Path, *, incognito: bool = False) -> dict[str, bytes]:
    """Everything that is made for others: the site, and what an export gives away."""
    context = open_context(str(root), now=NOW.isoformat())
    build(context, output=root / "out", incognito=incognito)
    vault = load(context)
    choices = ExportChoices(is_incognito=incognito, has_text=True)
    others = [Format.HTML, *(() if incognito else (Format.VCARD,))]
    others += [Format.ICS] if vault.interviews and not incognito else []
    exported = {f"export.{kind}": export(context, vault, kind, Filter(), choices).data for kind in others}
    return {**read_output(root / "out"), **exported}


def test_the_seeker_finds_a_word_in_every_encoding() -> None:
    word = "Qzvöxname"
    ways = {
        "plain": f"a {word} b",
        "upper": word.upper(),
        "percent": quote(word),
        "entity": escape(word).replace("ö", "&#246;"),
        "json": json.dumps(word),
        "base64": base64.b64encode(f"ab {word}!".encode()).decode(),
        "folded": f"SUMMARY:{word[:4]}\r\n {word[4:]}",
        "quoted printable": "Qzv=C3=B6x=\r\nname",
        "slug": "interviews/qzvoxname.html",
    }
    found = find_leaks({key: text.encode() for key, text in ways.items()}, [word])
    assert {name for name, _ in found} == set(ways)
    assert find_leaks({"qzvoxname.ics": b""}, [word])
    assert find_leaks({"a": b"harmless"}, [word]) == []


def test_an_open_build_tells_names_so_that_the_next_test_means_something(tmp_path: Path) -> None:
    names = Names()
    make_full(tmp_path, names)
    told = {word for _, word in find_leaks(built(tmp_path), names.given)}
    for what in (
        "Onecompany",
        "Onebody",
        "title",
        "say",
        "card",
        "sitetitle",
        "profilename",
        "Twofeedback",
        "heldfirm",
    ):
        assert f"Qzvöx{what}" in told, what
    assert len(told) > 40


def test_incognito_leaves_no_name_anywhere(tmp_path: Path) -> None:
    names = Names()
    make_full(tmp_path, names)
    files = built(tmp_path, incognito=True)
    assert find_leaks(files, [*names.given, HOST, tmp_path.name]) == []
    assert json.loads(files["api/interviews.json"])["total"] == 2
    assert b"Company A" in files["index.html"]


LETTERS = st.text(st.characters(categories=("Lu", "Ll", "Lo"), max_codepoint=0x4FFF), min_size=6, max_size=12)


@pytest.fixture(scope="module")
def nameless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The pages for strangers of a vault full of names."""
    root = tmp_path_factory.mktemp("vault")
    make_full(root, Names("qzvöx"))
    return built(root, incognito=True)


@given(LETTERS)
@settings(
    max_examples=8, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_incognito_says_the_same_whatever_the_letters(nameless: dict[str, bytes], letters: str) -> None:
    """Files that are the same whatever the names are cannot tell them, in no encoding that anybody knows."""
    with TemporaryDirectory() as folder:
        names = Names(f"qz{letters}")
        make_full(Path(folder), names)
        files = built(Path(folder), incognito=True)
    others = {name: data for name, data in files.items() if nameless.get(name) != data}
    assert files.keys() == nameless.keys()
    assert others.keys() <= {".prepvault-manifest.json"}, "more differs than the digest of all notes"
    assert find_leaks(others, names.given) == []


@pytest.mark.parametrize("incognito", [False, True])
def test_what_is_not_to_be_published_is_nowhere(tmp_path: Path, incognito: bool) -> None:
    names = Names()
    make_full(tmp_path, names, hidden="publish: false\n")
    open_words = set(re.findall(r"@(\w+)", settings_file())) | {"cards", "card"}
    shown = f"Interviews/Shown.md\n---\nid: int_shown\n{names('@companyproperty')}: Plainfirm\nrole: R\n"
    shown += "interview_type: panel\nscheduled_at: 2026-02-12T10:30:00\n---\nSee [[other|one]].\n"
    write(tmp_path, *names(f"@{shown}").split("\n", 1))
    files = built(tmp_path, incognito=incognito)
    hidden = [word for word in names.given if word.removeprefix(names.base) not in open_words]
    assert len(hidden) > 60
    assert find_leaks(files, [*hidden, HOST]) == []
    assert json.loads(files["api/interviews.json"])["total"] == 1
    assert json.loads(files["api/interviews/stats.json"])["total"] == 1


def test_pages_with_names_in_ci_are_remarked_on_unless_they_are_meant(
    make_vault: Maker, run: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault("=== Interviews/a.md\n---\nid: int_a\n---\n")

    def said(*flags: str) -> str:
        return str(run("build", *flags, vault=root).err)  # type: ignore[operator]

    assert "real names" not in said()
    monkeypatch.setenv("CI", "true")
    assert said().count("these pages hold real names") == 1
    assert "real names" not in said("--incognito")
    (root / "prepvault.toml").write_text('[vault]\ntimezone = "UTC"\n[site]\npublic = true\n')
    assert "real names" not in said()
    assert b" data-public>" in (root / "site/index.html").read_bytes()


def test_an_old_page_that_somebody_changed_is_named_before_the_folder_is_published(
    make_vault: Maker, run: object
) -> None:
    head = "company: Plainfirm\nrole: R\ninterview_type: panel\nscheduled_at: 2026-02-12T10:00:00\n"
    root = make_vault(f"=== Interviews/a.md\n---\nid: int_a\n{head}---\n")
    run("build", vault=root)  # type: ignore[operator]
    page = root / "site/interviews/int_a.html"
    page.write_text(page.read_text() + "<!-- mine -->")
    ran = run("build", "--incognito", vault=root)  # type: ignore[operator]
    assert "`interviews/int_a.html` was left and may hold real names" in ran.err


def test_search_engines_are_asked_to_stay_away(make_vault: Maker) -> None:
    files = built(make_vault("=== Interviews/a.md\n---\nid: int_a\n---\n"))
    assert files["robots.txt"] == b"User-agent: *\nDisallow: /\n"
    bare = [
        name
        for name, data in files.items()
        if name.endswith(".html") and b'name="robots" content="noindex' not in data
    ]
    assert bare == []
