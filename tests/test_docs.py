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

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = ROOT / "src" / "prepvault" / "content" / "findings"


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
        "(`PREPVAULT_FEED_NAME`), or from `prepvault/prepvault.toml` in your own configuration folder.",
        "The order of strength: command line, environment, vault, your own file, default.",
        '`[properties]` maps our names to yours: `scheduled_at = "date"`.',
    ]
    for table in dict.fromkeys(entry.table for entry in SETTINGS):
        lines += ["", f"## `[{table}]`", "", "| key | default | meaning |", "|---|---|---|"]
        for entry in (entry for entry in SETTINGS if entry.table == table):
            choices = f" ({', '.join(f'`{word}`' for word in entry.choices)})" if entry.choices else ""
            lines.append(f"| `{entry.name}` | `{default_text(entry)}` | {cell(entry.doc)}{choices} |")
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


@pytest.mark.parametrize("path", sorted([ROOT / "README.md", *DOCS.glob("*.md")]), ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if "://" not in target and not target.startswith("mailto:"):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"
