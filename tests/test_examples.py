"""Every example of README and `docs/` is run, or read, or counted as mere text, by the language of its fence.

- `console`: a conversation as in `tests/transcripts/`; `make golden` writes the answers anew, in the page.
- `sh`: commands that must end well; where other programs are named, a shell runs them. `python`: the same.
- `toml`, `json`, `yaml`, `markdown`: read as PrepVault, or whoever it is meant for, would read it.
- `text`: not run. How many of these a page may have is written down below, so that none hides.

A block after a line like "`Cards/ask/peer.yaml`:" is that file, for the blocks that follow. All blocks of a
page share one folder: the vault of `tests/data/examples.txt`, at the moment of all tests.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from tests.conftest import IN_CI, NOW
from tests.examples import PAGES, ROOT, Block, find_blocks, inline_commands
from tests.serving import serving
from tests.test_transcripts import Step, answers, speak, take_apart

VAULT = ROOT / "tests" / "data" / "examples.txt"
_PROGRAM = re.compile(r"(?<![\w./-])(curl|git|jq)(?= )")
_PORT = ":8470/"
_OURS = re.compile(r"prepvault [^|<>&;$`]*")
"""A command that is ours alone, without a shell's work."""
RUN, READ = {"console", "sh", "python"}, {"toml", "json", "yaml", "markdown", "html", "css"}
MERE_TEXT = {
    "README.md": 3,
    "CONTRIBUTING.md": 2,
    "ARCHITECTURE.md": 1,
    "docs/assistants.md": 1,
    "docs/benchmarks.md": 5,
    "docs/ci.md": 1,
    "docs/editors.md": 2,
    "docs/importing.md": 1,
    "docs/install.md": 6,
    "docs/obsidian.md": 1,
    "docs/publishing.md": 1,
    "docs/recipes.md": 2,
    "docs/server.md": 1,
    "docs/service.md": 2,
    "docs/start.md": 1,
    "docs/templates.md": 1,
    "docs/upgrading.md": 1,
    "docs/watch.md": 3,
}
"""Blocks that nothing runs or reads, by page: network, other systems, programs that do not end."""

NAMES = {path: path.relative_to(ROOT).as_posix() for path in PAGES}
IDS = list(NAMES.values())


def blocks_of(path: Path) -> list[Block]:
    return list(find_blocks(path.read_text(encoding="utf-8")))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the examples of one page share, a vault."""
    folder = tmp_path / "here"
    for name, content in take_apart(f"{VAULT.read_text(encoding='utf-8')}===\n$ end\n").files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="")
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    return folder


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_examples_run(path: Path, here: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for block in reversed(list(_run_all(find_blocks(text), here))):
        lines[block.at : block.at + _length(text, block)] = block.lines
    told = "\n".join(lines) + "\n"
    if os.environ.get("PREPVAULT_UPDATE_GOLDEN"):
        path.write_text(told, encoding="utf-8", newline="")
    assert told == path.read_text(encoding="utf-8"), "run with PREPVAULT_UPDATE_GOLDEN=1 and read the diff"


def _length(text: str, told: Block) -> int:
    return len(next(block for block in find_blocks(text) if block.at == told.at).lines)


def _run_all(blocks: Iterator[Block], here: Path) -> Iterator[Block]:
    """Go through a page; what the console answered comes back as a block in its place."""
    for block in blocks:
        if block.path:
            file = here / block.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        if block.language == "console":
            steps = take_apart(block.text).steps
            heard = [(step, _ask(step, here)) for step in steps]
            told = [line for step, answer in heard for line in (*_typed(step), *answer)]
            yield Block(block.language, tuple(told), block.at)
        elif block.language == "sh":
            _run_script(block, here)
        elif block.language == "python":
            done = _shell(f"\"{sys.executable}\" - <<'END'\n{block.text}END\n", here)
            assert done.returncode == 0, done.stderr


def _typed(step: Step) -> Iterator[str]:
    yield f"$ {step.command}"
    yield from (f"< {line}" for line in step.typed)


def _ask(step: Step, here: Path) -> list[str]:
    """Answer one command; blank lines at its end are those of the page."""
    blank = [""] if step.answer[-1:] == [""] else []
    if _OURS.fullmatch(step.command) or step.command.startswith(("cat ", "ls ")):
        return [*answers(step, here), *blank]
    ours, pipe, rest = step.command.partition(" | ")
    if pipe and _OURS.fullmatch(ours):  # in this process: a new one costs more than all the rest
        page, _ = speak(shlex.split(ours)[1:], "")
        done = _shell(rest, here, page)
    else:
        done = _shell(step.command, here)
    code = [f"[exit {done.returncode}]"] if done.returncode else []
    return [*(line.rstrip() for line in done.stdout.splitlines()), *code, *blank]


def _run_script(block: Block, here: Path) -> None:
    commands = [line for line in _joined(block.lines) if line and not line.startswith("#")]
    if all(_OURS.fullmatch(line) for line in commands):
        for line in commands:
            words = [
                re.sub(r"^~(?=/|$)", os.environ["HOME"], word) for word in shlex.split(line, comments=True)
            ]
            page, code = speak(words[1:], "")
            assert code == 0, f"{line}\n{page}"
        return
    done = _shell(block.text, here)
    assert done.returncode == 0, f"{block.text}\n{done.stdout}{done.stderr}"


def _joined(lines: tuple[str, ...]) -> list[str]:
    return [line.strip() for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).split("\n")]


def _shell(script: str, here: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a script with this very `prepvault`, at the moment of the tests; what asks a server gets one."""
    missing = sorted(name for name in set(_PROGRAM.findall(script)) if shutil.which(name) is None)
    if missing and not IN_CI:
        pytest.skip(f"needs {', '.join(missing)}")
    if _PORT not in script:
        return _start(script, here, typed)
    (Path(os.environ["HOME"]) / ".curlrc").write_text("fail-with-body\nsilent\nshow-error\n")
    with serving(here, builds=True) as stand:
        return _start(script.replace(_PORT, f":{stand.served.port}/"), here)


def _start(script: str, here: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    programs = here.parent / "programs"
    programs.mkdir(exist_ok=True)
    shim = programs / "prepvault"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m prepvault --now {NOW.isoformat()} "$@"\n')
    shim.chmod(0o755)
    around = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = ["sh", "-e", "-c", script]
    return subprocess.run(
        command, env=around, input=typed, capture_output=True, encoding="utf-8", timeout=90, check=False
    )


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_examples_are_what_they_say(path: Path, here: Path) -> None:
    for block in blocks_of(path):
        assert block.language in RUN | READ | {"text"}, f"{path.name}:{block.at} has no language of ours"
        _READERS.get(block.language, _pass)(block, here)


def _pass(block: Block, here: Path) -> None:
    """Nothing to read."""


def _read_toml(block: Block, here: Path) -> None:
    from prepvault.parse.settings import parse_settings

    origin = "vault" if block.path == "prepvault.toml" else "user"
    _, findings = parse_settings(((origin, block.text.encode()),))
    assert not findings, [finding.message for finding in findings]


def _read_json(block: Block, here: Path) -> None:
    json.loads(block.text)


def _read_yaml(block: Block, here: Path) -> None:
    yaml.load(block.text, yaml.BaseLoader)  # noqa: S506 - all values stay text


def _read_note(block: Block, here: Path) -> None:
    """A note gives no error and no warning about itself; a part of one holds what importing keeps."""
    if block.path.startswith("Cards/"):
        return  # a card: whoever reads it says so in the page
    if not block.lines[0].startswith("---"):
        from prepvault.parse.kept import find_kept

        assert find_kept(block.text)
        return
    note = here / (block.path or "Interviews/example.md")
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(block.text, encoding="utf-8")
    page, _ = speak(["check", "--json", str(note)], "")
    found = [each for each in json.loads(page)["findings"] if each["severity"] == "error"]
    assert not found, found


_READERS = {"toml": _read_toml, "json": _read_json, "yaml": _read_yaml, "markdown": _read_note}


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_commands_that_are_not_run_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    mere = [line for block in find_blocks(text) if block.language == "text" for line in _joined(block.lines)]
    commands = [*inline_commands(text), *(line for line in mere if line.startswith("prepvault "))]
    for command in commands:
        fault = _fault_of(command)
        assert fault is None, f"{path.name}: {command}: {fault}"


def _fault_of(command: str) -> str | None:
    """What click would refuse of a command in which names stand for values; None where all of it exists."""
    from prepvault.cli.main import cli

    told = re.sub(r"(?<=\")(\.\.\.|…)(?=\")", "TEXT", command)
    words = shlex.split(re.split(r"[|<>&;]|…|\.\.\.", told)[0], comments=True)[1:]
    found: click.Command | None = cli
    name, above = "prepvault", None
    try:
        while found is not None:
            context = found.make_context(name, [*words], parent=above)
            words = [*context._protected_args, *context.args]
            if not isinstance(found, click.Group) or not words:
                return None
            name, above = words.pop(0), context
            found = found.get_command(context, name)
    except click.exceptions.Exit:
        return None
    except click.UsageError as error:
        return None if _is_about_values(error) else error.format_message()
    return f"no command {name}"


def _is_about_values(error: click.UsageError) -> bool:
    """Tell whether only a value is missing or stands for another: the command and its options exist."""
    return isinstance(error, click.BadParameter | click.MissingParameter)


def test_what_is_neither_run_nor_read_is_counted() -> None:
    found = {
        NAMES[path]: sum(block.language == "text" for block in blocks_of(path))
        for path in PAGES
        if path.name != "commands.md"
    }
    assert {name: count for name, count in found.items() if count} == MERE_TEXT


def test_most_pages_have_examples_that_run() -> None:
    blocks = [block.language for path in PAGES for block in blocks_of(path)]
    assert sum(language in RUN for language in blocks) >= 30
