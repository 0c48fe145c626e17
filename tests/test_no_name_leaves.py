"""A vault full of unmistakable names: none of them is in what strangers may read, in no encoding."""

import base64
import json
import re
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prepvault.jobs.build import build
from prepvault.jobs.context import open_context
from prepvault.jobs.export import export
from prepvault.jobs.listing import Filter
from prepvault.jobs.load import load
from prepvault.model.export import ExportChoices, Format
from prepvault.model.properties import PROPERTIES, Kind
from prepvault.model.settings import SETTINGS
from tests.conftest import NOW, Maker
from tests.leaks import find_leaks, read_output

CARDS = Path(__file__).parents[1] / "src" / "prepvault" / "content" / "types"
HOST = "qzlinkhost.example"
NO_WORDS = {"revision", "timezone", "reminders", "sessions"}
"""Properties in which a name would only be a fault."""

PLACES = {
    "vault.interviews": "@Interviews",
    "vault.companies": "@Companies",
    "vault.stories": "@Stories",
    "vault.jobs": "@Jobs",
    "vault.people": "@People",
    "vault.holds": "@Holds",
    "vault.about": "@about.md",
    "vault.drafts": "@Drafts",
    "vault.timezone": "UTC",
    "coaching.content": "@cards",
}
LEFT_UNSET = {"vault.output", "vault.templates", "vault.ignore", "site.templates", "feed.color"}

NOTES = """
=== @Interviews/@Onefolder/@Onefile.md
---
{hidden}{One}
interview_type: technical
status: confirmed
role: Engineer
scheduled_at: 2026-02-12T10:00:00
---
# @heading
@Onebody met [[@Oneperson]], see [x](https://one.qzlinkhost.example/a) and ![[@picture.png]] #@tag

## Posting
We at @posting need @need skills: Python, must have.

=== @Interviews/@Twofolder/@Twofile.md
---
{hidden}{Two}
interview_type: panel
status: completed
outcome: advanced
role: "@Tworole"
scheduled_at: 2026-02-02T10:00:00
sessions: ["10:00-11:00 @part (@Twoperson)"]
---
@Twobody

## Debrief
### Questions as asked
- Why @question? · gap · [[@storyfile]]
### Promises
- me: send @promise by 2026-02-05
### Doubts
- @doubt
### Learned
@learned
### Pay
- @pay 90k
### Scores, 1 to 4
3 2 4 3 2
=== @Interviews/@broken.md
---
{hidden}@companyproperty: "@brokenfirm"
scheduled_at: "@brokentime"
---
=== @Companies/@firmfile.md
---
{hidden}name: "@Onecompany"
aliases: ["@alias"]
website: https://firm.qzlinkhost.example
values: ["@value"]
---
## In one breath
- **Say**: @say
- **Watch**: @watch
=== @Stories/@storyfile.md
---
{hidden}type: story
title: "@title"
primary: ownership
secondary: ["@storytag"]
scope: "@scope"
domain: "@domain"
role_at_time: "@then"
numbers: ["@number 40 to 5"]
used: ["@Oneid"]
---
## Situation
@situation
## Result
@result
=== @Jobs/@Onejob_id.md
---
{hidden}x: y
---
# @jobtitle
We need @skill and Python.
=== @People/@Oneperson.md
---
{hidden}x: y
---
@bio
=== @Holds/@holdfile.md
---
{hidden}company: "@heldfirm"
timezone: Europe/Berlin
held: ["2026-02-12 10:00-12:00"]
---
@heldtext
=== @Drafts/@draft.md
---
{hidden}x: y
---
@drafted
=== @about.md
---
{hidden}x: y
---
## Strengths
- **@strength**: @proof · 9 min
"""


class Names:
    """Turns each `@word` into a name that stands nowhere else, and remembers what it gave."""

    def __init__(self, base: str = "Qzvöx") -> None:
        self.base = base
        self.given: set[str] = set()

    def __call__(self, text: str) -> str:
        return re.sub(r"@(\w+)", self._name, text)

    def _name(self, found: re.Match[str]) -> str:
        self.given.add(self.base + found[1])
        return self.base + found[1]


def properties(key: str) -> str:
    """A name in every property that can hold one, `role` apart, and in one of the user's own."""
    lines = [f'own_{key}: "@{key}own"']
    for entry in PROPERTIES:
        if entry.choices or entry.name in NO_WORDS or entry.name == "role":
            continue
        if entry.kind in {Kind.TEXT, Kind.LIST}:
            name = "@companyproperty" if entry.name == "company" else entry.name
            value = f'"@{key}{entry.name}"'
            lines.append(f"{name}: {value if entry.kind is Kind.TEXT else f'[{value}]'}")
    return "\n".join(lines)


def settings_file() -> str:
    """A name in every setting that is a text of the user's."""
    tables: dict[str, list[str]] = {"properties": ['company = "@companyproperty"']}
    for entry in SETTINGS:
        is_text = isinstance(entry.default, str | tuple) and not (entry.choices or entry.private)
        if is_text and entry.form not in {"lead", "leads"} and entry.key not in LEFT_UNSET:
            text = f'"{PLACES.get(entry.key) or "@" + entry.key.replace(".", "")}"'
            value = text if isinstance(entry.default, str) else f"[{text}]"
            tables.setdefault(entry.table, []).append(f"{entry.name} = {value}")
    return "\n".join("\n".join((f"[{table}]", *lines)) for table, lines in tables.items())


def make_full(root: Path, names: Names, *, hidden: str = "") -> None:
    """Fill a vault with every kind of note, with names in all of them, in files, folders and settings."""
    notes = NOTES.format(hidden=hidden, One=properties("One"), Two=properties("Two"))
    card = (CARDS / "technical.md").read_text(encoding="utf-8").replace("title: ", "title: @card ", 1)
    everything = f"\n=== prepvault.toml\n{settings_file()}\n{notes}=== @cards/types/technical.md\n{card}"
    for part in names(everything).split("\n=== ")[1:]:
        write(root, *part.split("\n", 1))


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{text}\n", encoding="utf-8")


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


@given(LETTERS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_incognito_leaves_no_name_whatever_the_letters(letters: str) -> None:
    with TemporaryDirectory() as folder:
        names = Names(f"qz{letters}")
        make_full(Path(folder), names)
        assert find_leaks(built(Path(folder), incognito=True), names.given) == []


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
