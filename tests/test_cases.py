"""Cases in Markdown files: a title, a dot, the input, a dot, what is expected, a dot.

A file's name says what runs it: `markdown_*.md` goes through `render_markdown`, `embedded_*.md` through the
same with notes and pictures to embed. What stands outside a case
is prose. `PREPVAULT_UPDATE_GOLDEN=1 pytest tests/test_cases.py` writes what comes out into the files; read
the difference before it is kept.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from prepvault.render.markdown_html import render_markdown
from prepvault.render.obsidian.embeds import Embeds, Passage
from tests.inert_html import faults_of

FOLDER = Path(__file__).parent / "cases"
UPDATE = "PREPVAULT_UPDATE_GOLDEN" in os.environ
MARK = ".\n"
KNOWN = {
    "Acme": "companies/acme.html",
    "Companies/Acme.md": "companies/acme.html",
    "Acme#People": "companies/acme.html#note-people",
    "map.png": "files/map.png",
    "Trap": "javascript:alert(1)",
}


class Case(NamedTuple):
    """One case and the lines of its file in which its expectation stands."""

    path: Path
    title: str
    given: str
    expected: str
    lines: slice


def render(text: str) -> str:
    """Render for a page that knows a handful of notes."""
    return render_markdown(text, KNOWN.get)


NOTES = {
    "Acme": "# Culture\n\nThey ship.[^1]\n\n# People\n\n- Dana builds robots ^robots\n- Sam\n\n[^1]: Often.",
    "Loop": "Round\n\n![[Loop]]",
}


def embeds_of(here: str) -> Embeds:
    """Know two pictures and two notes."""

    def passage(target: str) -> Passage | None:
        name, _, part = target.partition("#")
        name = name.removesuffix(".md")
        return Passage(NOTES[name], part, KNOWN.get, embeds_of(target)) if name in NOTES else None

    return Embeds(here, {"board.png": "files/board-1.png", "plan.webp": "files/plan-2.webp"}.get, passage)


def render_embedded(text: str) -> str:
    """Render for a page that may show what those notes and pictures are."""
    return render_markdown(text, KNOWN.get, embeds=embeds_of("here"))


RUNNERS: dict[str, Callable[[str], str]] = {"markdown": render, "embedded": render_embedded}


def cases_of(path: Path) -> Iterator[Case]:
    """Read the cases of one file."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    marks = [number for number, line in enumerate(lines) if line == MARK]
    assert len(marks) % 3 == 0, f"{path.name}: a case has three dots"
    for first, second, third in zip(marks[::3], marks[1::3], marks[2::3], strict=True):
        given, expected = "".join(lines[first + 1 : second]), "".join(lines[second + 1 : third])
        yield Case(path, lines[first - 1].strip(), given, expected, slice(second + 1, third))


CASES = [case for path in sorted(FOLDER.glob("*_*.md")) for case in cases_of(path)]


def name_of(case: Case) -> str:
    """Name a case in the test's report."""
    return f"{case.path.stem}: {case.title}"


@pytest.mark.skipif(UPDATE, reason="the files are being written")
@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_case(case: Case) -> None:
    shown = RUNNERS[case.path.stem.partition("_")[0]](case.given)
    assert shown == case.expected
    assert not faults_of(shown)


@pytest.mark.skipif(not UPDATE, reason="set PREPVAULT_UPDATE_GOLDEN=1 to write the files")
@pytest.mark.parametrize("path", sorted({case.path for case in CASES}), ids=lambda path: path.stem)
def test_write_expectations(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    run = RUNNERS[path.stem.partition("_")[0]]
    for case in reversed(list(cases_of(path))):
        lines[case.lines] = run(case.given).splitlines(keepends=True)
    path.write_text("".join(lines), encoding="utf-8")


def test_every_file_has_cases_and_titles_of_its_own() -> None:
    files = set(FOLDER.glob("*_*.md"))
    assert files == {case.path for case in CASES}
    names = [name_of(case) for case in CASES]
    assert len(names) == len(set(names))
