"""The reference pages are made from the code's own tables, so they cannot fall behind."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
import yaml

from prepvault.model.properties import PROPERTIES
from prepvault.model.settings import SETTINGS, Setting
from tests.doc_parts import PARTS, VARIABLES

ROOT = Path(__file__).parents[1]
MADE = re.compile(r"<!-- made: (?P<name>[a-z-]+) -->\n.*?<!-- /made -->", re.DOTALL)
OF_THE_SYSTEM = {
    "PATH",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "WSL_DISTRO_NAME",
    "APPDATA",
    "LOCALAPPDATA",
    "USERDOMAIN",
    "USERNAME",
}
DOCS = ROOT / "docs"
PAGES = ROOT / "src" / "prepvault" / "content" / "findings"
LINKING = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "ARCHITECTURE.md", *sorted(DOCS.glob("*.md"))]


def cell(text: str) -> str:
    """Keep a text inside one cell of a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")


def properties_page() -> str:
    """The table of an interview note's properties."""
    rows = [
        f"| `{entry.name}` | {' or '.join(kind.name.lower() for kind in entry.kinds)} "
        f"| {'yes' if entry.required else ''} | {cell(entry.rule)}"
        f"{'' if not entry.choices else ': ' + ', '.join(f'`{choice}`' for choice in entry.choices)} "
        f"| `{cell(entry.example)}` |"
        for entry in PROPERTIES
    ]
    return "\n".join(
        [
            "# Properties of an interview note",
            "",
            "The front matter of a note in your interviews folder, or of any note with `interview_type`.",
            "Properties that are not listed here are yours and are left alone.",
            "",
            "| property | holds | required | rule | example |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def default_text(entry: Setting) -> str:
    """Write a default as it stands in TOML."""
    value = entry.default
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{word}"' for word in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def settings_page() -> str:
    """The table of settings."""
    lines = [
        "# Settings",
        "",
        "`prepvault.toml` in the vault. A setting may also come from the environment, `PREPVAULT_TABLE_KEY`",
        "(`PREPVAULT_FEED_NAME`; a list is parted by commas), or from the `prepvault.toml` in your own",
        "configuration folder ([where it lies](reference.md#where-things-lie)).",
        "The order of strength: command line, environment, vault, your own file, default.",
        "",
        "A key marked *your own* does nothing in a vault's file: a vault that somebody gave you must not",
        "name a server or a command.",
        "",
        '`[properties]` maps our names to yours: `scheduled_at = "date"`.',
    ]
    for table in dict.fromkeys(entry.table for entry in SETTINGS):
        lines += ["", f"## `[{table}]`", "", "| key | default | meaning |", "|---|---|---|"]
        for entry in (entry for entry in SETTINGS if entry.table == table):
            choices = f" ({', '.join(f'`{word}`' for word in entry.choices)})" if entry.choices else ""
            own = "; *your own*" if entry.private else ""
            lines.append(f"| `{entry.name}` | `{default_text(entry)}` | {cell(entry.doc)}{choices}{own} |")
    return "\n".join([*lines, ""])


def findings_page() -> str:
    """Every finding code with its page's text."""
    lines = [
        "# Findings",
        "",
        "What `prepvault check` can say. `prepvault explain CODE` shows the same text in a terminal.",
    ]
    for path in sorted(PAGES.rglob("*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        fields = yaml.safe_load(head)
        lines += [
            "",
            f"## `{fields['code']}`",
            "",
            f"*{fields['severity']}*: {fields['title']}",
            "",
            body.strip(),
        ]
    return "\n".join([*lines, ""])


def command_parts(command: click.Command, context: click.Context) -> Iterator[str]:
    """One command: usage, help, options."""
    name = context.command_path.removeprefix("prepvault ")
    yield f"\n## `{name}`\n\n```text\n"
    yield re.sub(r"^Usage: .*?prepvault", "Usage: prepvault", command.get_help(context)).rstrip()
    yield "\n```\n"


def commands_page() -> str:
    """Every command's own help."""
    from prepvault.cli.main import cli

    os.environ["COLUMNS"] = "90"
    top = cli.make_context("prepvault", [], resilient_parsing=True, terminal_width=90, max_content_width=90)
    parts = [
        "# Commands\n\nEvery command's own `--help`. `INTERVIEW` is an id, part of one, a path, "
        "or words that match one interview.\n"
    ]
    for name in sorted(cli.list_commands(top)):
        command = cli.get_command(top, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=top, terminal_width=90, max_content_width=90)
        parts.extend(command_parts(command, context))
    return "".join(parts)


def test_the_stored_help_is_what_click_writes() -> None:
    from prepvault.cli.main import cli

    with cli.make_context("prepvault", [], resilient_parsing=True, terminal_width=78) as top:
        expected = cli.get_help(top) + "\n"
    path = ROOT / "src" / "prepvault" / "cli" / "help.txt"
    if os.environ.get("PREPVAULT_UPDATE_GOLDEN"):
        path.write_text(expected, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == expected, "run `make golden` and read the diff"


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("properties.md", properties_page),
        ("settings.md", settings_page),
        ("findings.md", findings_page),
        ("commands.md", commands_page),
    ],
)
def test_reference_page_is_current(name: str, page: Callable[[], str]) -> None:
    expected = page()
    path = DOCS / name
    if os.environ.get("PREPVAULT_UPDATE_GOLDEN"):
        path.write_text(expected, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == expected, "run `make golden` and read the diff"


@pytest.mark.parametrize("path", sorted({ROOT / "README.md", *DOCS.glob("*.md")}), ids=lambda path: path.name)
def test_parts_made_from_the_code_are_current(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = MADE.sub(_make, text)
    if os.environ.get("PREPVAULT_UPDATE_GOLDEN"):
        path.write_text(expected, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == expected, "run `make golden` and read the diff"


def _make(found: re.Match[str]) -> str:
    lines = "\n".join(PARTS[found["name"]]())
    return f"<!-- made: {found['name']} -->\n{lines}\n<!-- /made -->"


def test_every_part_stands_in_a_page() -> None:
    texts = [path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")]
    assert {found["name"] for text in texts for found in MADE.finditer(text)} == set(PARTS)


def test_every_variable_that_the_code_reads_is_told() -> None:
    asked = re.compile(r'environ(?:\.get)?[\[(]"([A-Z_]+)"|"(PREPVAULT_[A-Z_]+)"')
    code = (path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    found = {name for text in code for pair in asked.findall(text) for name in pair if name}
    assert found - OF_THE_SYSTEM <= set(VARIABLES), (
        "name it in tests/doc_parts.py, or say that it is the system's"
    )
    assert set(VARIABLES) - found <= {"PREPVAULT_VAULT", "PREPVAULT_TABLE_KEY", "NO_COLOR", "XDG_CONFIG_HOME"}


def test_every_picture_is_shown_and_taken() -> None:
    from tests.browser.screens import SHOTS

    shown = {
        target for page in DOCS.glob("*.md") for target, _ in links_of(page) if target.startswith("screens/")
    }
    there = {f"screens/{path.name}" for path in (DOCS / "screens").iterdir()}
    assert there == shown == {f"screens/{name}.png" for name, *_ in SHOTS}


def test_every_kind_of_json_is_told() -> None:
    code = (path.read_text(encoding="utf-8") for path in (ROOT / "src" / "prepvault" / "cli").glob("*.py"))
    kinds = {kind for text in code for kind in re.findall(r'say_json(?:_line)?\(\s*"([a-z_-]+)"', text)}
    told = (DOCS / "json.md").read_text(encoding="utf-8")
    assert len(kinds) > 30
    assert {kind for kind in kinds if f"`{kind}`" not in told} == set()


def test_the_calendar_apps_are_told_as_the_program_tells_them() -> None:
    text = (DOCS / "subscribing.md").read_text(encoding="utf-8")
    facts = yaml.safe_load((PAGES.parent / "texts" / "clients.yaml").read_text(encoding="utf-8"))
    for each in facts:
        rings = "yes" if each["alarms"] == "all" else "no"
        assert f"\n| {each['name']} | {rings} | {each['refreshes']} | " in text, each["name"]


@pytest.mark.parametrize("path", LINKING, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target, place in links_of(path):
        there = (path.parent / target) if target else path
        assert there.exists(), f"{path.name} links to {target}"
        if place and there.suffix == ".md":
            assert place in anchors_of(there), f"{path.name} links to {target}#{place}"


def links_of(path: Path) -> list[tuple[str, str]]:
    """Every link within the repository: the file, empty for the page itself, and the place in it."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.findall(r"\]\(([^)#\s]*)(?:#([^)]*))?\)", text)
    return [
        (target, place) for target, place in found if "://" not in target and not target.startswith("mailto:")
    ]


def anchors_of(path: Path) -> set[str]:
    """The places of a page as code hosts name them: its headings, without punctuation."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def test_every_page_can_be_reached_from_the_index() -> None:
    index = DOCS / "README.md"
    linked = {(index.parent / target).resolve() for target, _ in links_of(index) if target}
    assert {path.resolve() for path in DOCS.glob("*.md")} - linked == {index.resolve()}
    told = [line for line in index.read_text(encoding="utf-8").splitlines() if re.match(r"[-|] ?\[", line)]
    assert all(len(re.sub(r"\[.*?\]\(.*?\)", "", line).strip(" -|:,")) > 10 for line in told)
    assert (DOCS / "README.md").resolve() in {
        (ROOT / target).resolve() for target, _ in links_of(ROOT / "README.md")
    }
