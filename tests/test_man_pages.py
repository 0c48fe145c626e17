"""Manual pages: one for each command, current, and without a fault that formatters name."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from prepvault.cli.main import COMMANDS
from tests import man_pages
from tests.conftest import IN_CI


def test_every_command_has_its_page_and_each_is_current() -> None:
    made = man_pages.pages()
    if os.environ.get("PREPVAULT_UPDATE_GOLDEN"):
        man_pages.FOLDER.mkdir(exist_ok=True)
        for name, text in made.items():
            (man_pages.FOLDER / name).write_text(text, encoding="utf-8")
    kept = {path.name: path.read_text(encoding="utf-8") for path in man_pages.FOLDER.iterdir()}
    commands = {name for lines in COMMANDS.values() for name in lines}
    assert set(kept) == {"prepvault.1", *(f"prepvault-{name}.1" for name in commands)}
    assert kept == made, "run `make golden` and read the diff"


@pytest.mark.parametrize(
    ("text", "shown"),
    [(".TH x", r"\&.TH x"), ("a\\b", r"a\eb"), ("it's `--x`", r"it\(aqs \(ga\-\-x\(ga"), ("'x", r"\(aqx")],
)
def test_no_text_of_ours_is_a_request_to_the_formatter(text: str, shown: str) -> None:
    assert man_pages._plain(text) == shown


@pytest.mark.skipif(shutil.which("mandoc") is None and not IN_CI, reason="needs mandoc")
def test_the_formatter_has_nothing_against_them() -> None:
    pages = sorted(map(str, Path(man_pages.FOLDER).glob("*.1")))
    ran = subprocess.run(
        ["mandoc", "-T", "lint", "-W", "style", *pages], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, "")
