"""Completion, in the shells themselves: what one TAB offers, and that nothing in a note can reach a shell."""

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from prepvault.cli.main import cli
from tests.conftest import IN_CI, Maker

HOSTILE = (
    "int_$(touch pwned)_1",
    "int_`touch pwned`_2",
    "int_x;touch pwned_3",
    "int_a b_4",
    "int_[a]*_5",
    "-int_6",
    "int_a:b_7",
    "int_a,b_8",
    "int_${HOME}_9",
    "int_it's_10",
)
NOTE = """
=== Interviews/{number}.md
---
id: "{id}"
company: "Co $(touch pwned) `touch pwned` {number}"
role: "Role, with: 'signs' %F{{red}}"
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
---
"""
VAULT = "".join(
    NOTE.format(number=number, id=each) for number, each in enumerate(("int_acme_1", "int_ünï-2.b", *HOSTILE))
)
OFFERED = [
    (("re",), {"reschedule", "remind", "research"}),
    (("--verb",), {"--verbose"}),
    (("check", "--for"), {"--format"}),
    (("check", "--format", "git"), {"github", "gitlab"}),
    (("status", "int_acme_1", "re"), {"reminder_sent", "rescheduled"}),
    (("show", "int"), {"int_acme_1", "int_ünï-2.b"}),
    (("show", "ACME"), {"int_acme_1"}),
    (("story", "ma"), {"match"}),
]


@pytest.fixture
def surroundings(make_vault: Maker, tmp_path: Path) -> Mapping[str, str]:
    """A vault with hostile notes, and the program by its name in PATH."""
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "prepvault"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m prepvault "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    paths = f"{programs}:/usr/local/bin:/usr/bin:/bin"
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PYTHON", "PREPVAULT"))}
    root = str(make_vault(VAULT))
    return {**kept, "PATH": paths, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "PREPVAULT_VAULT": root}


@pytest.mark.parametrize(("words", "offered"), OFFERED, ids=lambda value: "-".join(sorted(value)))
def test_what_is_offered(
    words: tuple[str, ...], offered: set[str], make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREPVAULT_VAULT", str(make_vault(VAULT)))
    shell = BashComplete(cli, {}, "prepvault", "_PREPVAULT_COMPLETE")
    assert {item.value for item in shell.get_completions(list(words[:-1]), words[-1])} == offered


@pytest.mark.parametrize(
    ("words", "kind"),
    [(("--vault",), "dir"), (("check",), "file"), (("build", "-o"), "dir"), (("init",), "dir")],
)
def test_paths_are_left_to_the_shell(words: tuple[str, ...], kind: str) -> None:
    shell = BashComplete(cli, {}, "prepvault", "_PREPVAULT_COMPLETE")
    assert [(item.type, item.value) for item in shell.get_completions(list(words), "no")] == [(kind, "no")]


def test_bash_puts_no_command_of_a_note_into_the_line(
    surroundings: Mapping[str, str], tmp_path: Path
) -> None:
    script = """
eval "$(prepvault completion bash)"
COMP_WORDS=(prepvault show int) COMP_CWORD=2
_prepvault_completion prepvault
printf '%s\\n' "${COMPREPLY[@]}"
"""
    ran = subprocess.run(
        ["bash", "--norc", "-c", script],
        env=surroundings,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (set(ran.stdout.split("\n")), ran.stderr) == ({"int_acme_1", "int_ünï-2.b", ""}, "")
    assert not (tmp_path / "pwned").exists()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("fish") is None and not IN_CI, reason="needs fish")
def test_fish_offers_the_same_with_a_word_about_each(surroundings: Mapping[str, str], tmp_path: Path) -> None:
    script = 'prepvault completion fish | source; complete -C "prepvault show int"'
    ran = subprocess.run(
        ["fish", "--no-config", "-c", script],
        env=surroundings,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = dict(line.split("\t") for line in ran.stdout.splitlines())
    assert set(lines) == {"int_acme_1", "int_ünï-2.b"}
    assert lines["int_acme_1"] == "Co $(touch pwned) `touch pwned` 0"
    assert not (tmp_path / "pwned").exists()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("zsh") is None and not IN_CI, reason="needs zsh")
def test_zsh_lists_them_at_one_tab(surroundings: Mapping[str, str], tmp_path: Path) -> None:
    said = at_a_terminal(
        ["zsh", "-f", "-i"],
        'autoload -Uz compinit; compinit -u -D; eval "$(prepvault completion zsh)"; echo SET""UP\n',
        "prepvault show int_\t",
        "-- Co $(touch pwned) `touch pwned` 0",
        {**surroundings, "TERM": "dumb"},
        tmp_path,
    )
    assert "int_acme_1" in said
    assert "int_x" not in said
    assert not (tmp_path / "pwned").exists()


def at_a_terminal(
    command: list[str], first: str, typed: str, awaited: str, variables: Mapping[str, str], folder: Path
) -> str:
    """Type into a shell on a terminal of its own and read until what is awaited was shown with its line."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=variables, cwd=folder, start_new_session=True
    ) as shell:
        os.close(theirs)
        try:
            os.write(ours, first.encode())
            read_until(ours, "SETUP")
            os.write(ours, typed.encode())
            said = read_until(ours, awaited)
        finally:
            shell.kill()
            os.close(ours)
    return said


def read_until(terminal: int, awaited: str) -> str:
    """Read what a terminal shows; the test's own time limit ends a wait in vain."""
    said = ""
    while awaited not in said:
        said += os.read(terminal, 4096).decode("utf-8", "replace")
    return said
