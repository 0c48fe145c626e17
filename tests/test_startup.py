"""What a command imports before it answers: heavy libraries stay out until their command needs them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Maker

NEVER_EARLY = {
    "icalendar",
    "jinja2",
    "markdown_it",
    "mdit_py_plugins",
    "dateutil",
    "pydantic",
    "rich",
    "hypothesis",
    "watchdog",
    "mcp",
    "anyio",
}
"""Libraries that no listing needs."""

NOT_FOR_HELP = NEVER_EARLY | {
    "yaml",
    "frontmatter",
    "platformdirs",
    "tzlocal",
    "tzdata",
    "tomllib",
    "zoneinfo",
}
"""What the help needs less still."""

SCRIPT = """
import sys
from prepvault.__main__ import main
try:
    main(sys.argv[1:])
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""

NOTE = """
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
---
"""


def imported(*arguments: str, cwd: Path) -> set[str]:
    """Run one command line in a fresh interpreter and name every module it has at its end."""
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stderr.splitlines()[-1].split())


def packages(modules: set[str]) -> set[str]:
    """The top names of modules."""
    return {name.partition(".")[0] for name in modules}


def ours(modules: set[str]) -> set[str]:
    """Our own modules."""
    return {name for name in modules if name.partition(".")[0] == "prepvault"}


def test_version_imports_nothing(tmp_path: Path) -> None:
    modules = imported("--version", cwd=tmp_path)
    assert ours(modules) == {"prepvault", "prepvault.__main__"}
    assert not packages(modules) & (NOT_FOR_HELP | {"click", "json", "re"})


def test_help_imports_nothing(tmp_path: Path) -> None:
    modules = imported("--help", cwd=tmp_path)
    assert ours(modules) == {"prepvault", "prepvault.__main__"}
    assert not packages(modules) & (NOT_FOR_HELP | {"click", "json", "re"})


def test_the_group_imports_click_and_no_command(tmp_path: Path) -> None:
    modules = imported("--quiet", "--help", cwd=tmp_path)
    assert "click" in modules
    assert not packages(modules) & NOT_FOR_HELP
    assert ours(modules) <= {
        "prepvault",
        "prepvault.__main__",
        "prepvault.errors",
        "prepvault.cli",
        "prepvault.cli.main",
        "prepvault.cli.options",
        "prepvault.cli.report",
    }


BUDGETS = {
    "list": 105,
    "upcoming": 105,
    "show acme": 155,  # readiness rests on the checklist, research, stories: on all that the vault knows
    "stats": 110,  # role families and the titles that belong to them are cards
    "check": 128,
    "status acme confirmed": 139,
    "undo --list": 60,
    "mcp install --client cursor --dry-run": 40,
}
"""How many of our own modules a command may import; to raise a figure is a decision."""


READS_BODIES = {"show acme": {"markdown_it"}}
"""Commands that look for coaching sections, and so need the block parser."""


@pytest.mark.parametrize(("command", "budget"), BUDGETS.items())
def test_a_light_command_imports_nothing_heavy(command: str, budget: int, make_vault: Maker) -> None:
    root = make_vault(NOTE)
    modules = imported("--vault", str(root), *command.split(), cwd=root)
    assert not packages(modules) & (NEVER_EARLY - READS_BODIES.get(command, set()))
    assert len(ours(modules)) <= budget, sorted(ours(modules))


def test_list_imports_only_its_own_command(make_vault: Maker) -> None:
    root = make_vault(NOTE)
    modules = imported("--vault", str(root), "list", cwd=root)
    doors = {name for name in ours(modules) if name.startswith("prepvault.cli.")}
    assert doors == {
        f"prepvault.cli.{name}" for name in ("main", "options", "report", "list", "wording", "words")
    }
