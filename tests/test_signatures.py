"""Names of programs and folders: by what is in them, never by when or where they were put there."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from prepvault.outside import signatures
from prepvault.outside.signatures import LIBRARIES, name_content, name_program
from tests.conftest import Maker

LATER = 10**19
NEVER_DRAW = {"click", "platformdirs", "prepvault", "setuptools", "tzlocal", "watchdog"}
"""Distributions that a build imports and that make none of its bytes."""

SCRIPT = """
import sys
from prepvault.__main__ import main
try:
    main(sys.argv[1:])
finally:
    print(*sys.modules)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    there = tmp_path / "one"
    (there / "deep").mkdir(parents=True)
    (there / "a.py").write_text("a = 1\n", encoding="utf-8")
    (there / "deep/b.html").write_text("<p>", encoding="utf-8")
    return there


def test_a_copy_elsewhere_is_the_same_and_a_change_is_not(folder: Path, tmp_path: Path) -> None:
    name = name_content([folder], sure_before=LATER)
    copy = tmp_path / "another"
    shutil.copytree(folder, copy, copy_function=shutil.copyfile)
    assert name_content([copy], sure_before=LATER) == name
    (copy / "deep/b.html").rename(copy / "b.html")
    assert name_content([copy], sure_before=LATER) != name
    (folder / "a.py").write_text("a = 2\n", encoding="utf-8")
    assert name_content([folder], sure_before=LATER) != name


def test_what_lies_in_one_folder_is_not_what_lies_in_the_next(folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    first, second = (name_content(each, sure_before=LATER) for each in ([folder, empty], [empty, folder]))
    assert first != second


def test_files_are_read_once_and_again_only_when_in_doubt(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = name_content([folder], sure_before=0)
    second = name_content([folder], sure_before=LATER)
    with monkeypatch.context() as patched:
        patched.setattr(signatures, "_digest_of", None)
        assert name_content([folder], sure_before=LATER) == first == second
    os.utime(folder / "a.py", (1, 1))
    assert name_content([folder], sure_before=LATER) == first


def test_another_version_of_a_library_that_draws_is_another_program(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site-packages"
    (site / "Jinja2-3.1.6.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(site), str(tmp_path / "absent"), ""])
    monkeypatch.chdir(tmp_path)
    names = [name_program([folder], sure_before=LATER)]
    (site / "pytest-9.dist-info").mkdir()
    assert name_program([folder], sure_before=LATER) == names[0]
    (site / "Jinja2-3.1.6.dist-info").rename(site / "jinja2-3.1.7.dist-info")
    assert name_program([folder], sure_before=LATER) != names[0]


def test_every_library_that_a_build_imports_is_named(make_vault: Maker) -> None:
    root = make_vault("""
=== Interviews/a.md
---
id: a
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
---
A table and a footnote[^1].

[^1]: here
""")
    command = [sys.executable, "-c", SCRIPT, "--vault", str(root), "build"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    tops = {name.partition(".")[0] for name in ran.stdout.splitlines()[-1].split()}
    known = packages_distributions()
    used = {each for top in tops for each in known.get(top, ())}
    named = {each.lower().replace("-", "_").replace(".", "_") for each in used}
    assert named - NEVER_DRAW <= LIBRARIES
    assert {"icalendar", "jinja2", "markdown_it_py"} <= named
