"""Whole conversations with the command line, word for word: `tests/transcripts/*.txt`.

A transcript begins with remarks (`# …`) and files (`=== path`, its content, up to the next `===`; a lone
`===` ends the last). Then come commands (`$ prepvault …`, `$ cat FILE`, `$ ls FOLDER`), each followed by
what it reads (`< line`), by everything it writes to both streams, and by `[exit N]` unless it ended well.
All run in one fresh folder, called `<here>`, at one moment. `make golden` writes the answers anew.
"""

import io
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import NOW

FOLDER = Path(__file__).parent / "transcripts"


@dataclass
class Step:
    """One command with what it reads and what it answered."""

    command: str
    typed: list[str] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)


@dataclass
class Transcript:
    """A transcript taken apart; `head` is everything before the first command, as it stands."""

    head: list[str]
    files: dict[str, str]
    steps: list[Step]


def take_apart(text: str) -> Transcript:
    """Read a transcript."""
    lines = text.splitlines()
    begin = next(at for at, line in enumerate(lines) if line.startswith("$ "))
    files: dict[str, list[str]] = {}
    into: list[str] | None = None
    for line in lines[:begin]:
        if line.startswith("==="):
            name = line.removeprefix("===").strip()
            into = files.setdefault(name, []) if name else None
        elif into is not None:
            into.append(line)
    steps: list[Step] = []
    for line in lines[begin:]:
        if line.startswith("$ "):
            steps.append(Step(line.removeprefix("$ ")))
        elif line.startswith("< "):
            steps[-1].typed.append(line.removeprefix("< "))
        else:
            steps[-1].answer.append(line)
    texts = {name: "\n".join(content) + "\n" for name, content in files.items()}
    return Transcript(lines[:begin], texts, steps)


def answers(step: Step, here: Path) -> list[str]:
    """Run one command and return what it says."""
    words = shlex.split(step.command)
    if words[0] == "cat":
        said, code = (here / words[1]).read_text(encoding="utf-8"), 0
    elif words[0] == "ls":
        said, code = "\n".join(sorted(path.name for path in (here / words[1]).iterdir())), 0
    else:
        said, code = speak(words[1:], "\n".join(step.typed))
    shown = said.replace(str(here), "<here>").rstrip("\n").split("\n") if said.strip() else []
    return [*(line.rstrip() for line in shown), *([f"[exit {code}]"] if code else [])]


def speak(arguments: list[str], typed: str) -> tuple[str, int]:
    """Run the command line in this process; both streams go to one page."""
    from prepvault.__main__ import main

    page = io.StringIO()
    clock = [] if "--now" in arguments else ["--now", NOW.isoformat()]
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8")
    try:
        with redirect_stdout(page), redirect_stderr(page), pytest.raises(SystemExit) as stop:
            main([*clock, *arguments])
    finally:
        sys.stdin = before
    code = stop.value.code
    return page.getvalue(), code if isinstance(code, int) else 0


def written(transcript: Transcript, heard: list[list[str]]) -> Iterator[str]:
    """Write a transcript with these answers."""
    yield from transcript.head
    for at, (step, answer) in enumerate(zip(transcript.steps, heard, strict=True)):
        yield f"$ {step.command}"
        yield from (f"< {line}" for line in step.typed)
        yield from answer
        if at + 1 < len(heard):
            yield ""


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_transcript(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    transcript = take_apart(path.read_text(encoding="utf-8"))
    here = tmp_path / "here"
    for name, content in transcript.files.items():
        file = here / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="")
    here.mkdir(exist_ok=True)
    monkeypatch.chdir(here)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PATH", "")
    heard = [answers(step, here) for step in transcript.steps]
    text = "\n".join(written(transcript, heard)) + "\n"
    if os.environ.get("PREPVAULT_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8", newline="")
    assert path.read_text(encoding="utf-8") == text, "run with PREPVAULT_UPDATE_GOLDEN=1 and read the diff"


def test_there_are_transcripts() -> None:
    assert len(list(FOLDER.glob("*.txt"))) >= 5
