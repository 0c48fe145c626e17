"""The page about security says what the code does: its places, its tests and its libraries are there."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.test_architecture import MODULES, ROOT, imported, parsed, place

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")

REACHING = {
    *(
        "socket",
        "ssl",
        "smtplib",
        "ftplib",
        "imaplib",
        "poplib",
        "http",
        "socketserver",
        "xmlrpc",
        "webbrowser",
    ),
    *(
        "subprocess",
        "multiprocessing",
        "pty",
        "keyring",
        "uvicorn",
        "requests",
        "httpx",
        "aiohttp",
        "urllib3",
    ),
    *("concurrent", "platform"),
}
"""Modules with which a connection is opened or a program started."""

HARMLESS = {"platform"}
CALLS = re.compile(
    r"system|popen|fork|forkpty|startfile|exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?|create_subprocess_\w+"
    r"|open_connection|open_unix_connection|create_connection|create_server|start_server|urlopen"
)


def part(name: str) -> str:
    """What stands between two comments of the page."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", PAGE, re.DOTALL)
    assert found, f"the page has no part `{name}`"
    return found[1]


def reaches(tree: ast.Module) -> bool:
    """Tell whether a module can open a connection or start a program."""
    names = {name.split(".")[0] for name in imported(tree)} - HARMLESS
    full = set(imported(tree))
    calls = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"os", "asyncio", "loop", "request", "anyio"}
        and CALLS.fullmatch(node.func.attr)
    }
    return bool(names & REACHING or "urllib.request" in full or calls)


def test_every_place_that_reaches_out_is_on_the_page() -> None:
    told = set(re.findall(r"^\| `([\w/]+\.py)`", part("places"), re.MULTILINE))
    word = re.compile(rf"\b(?:{'|'.join(REACHING)}|os|asyncio|loop|request|anyio)\b")
    maybe = (path for path in MODULES if word.search(path.read_text(encoding="utf-8")))
    assert {place(path) for path in maybe if reaches(parsed(path))} == told


@pytest.mark.parametrize(
    "text",
    [
        "import subprocess",
        "from http.client import HTTPConnection",
        "import urllib.request",
        "import os\nos.system('x')",
        "import os\nos.execvp('x', [])",
        "import asyncio\nasyncio.open_connection('x', 1)",
        "import webbrowser",
    ],
)
def test_a_new_place_would_be_seen(text: str) -> None:
    assert reaches(ast.parse(text))
    assert not reaches(ast.parse("import os\nfrom urllib.parse import quote\nos.path.join('a', 'b')"))


def names_in(file: Path) -> set[str]:
    """The names of the tests in a file."""
    return set(re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_test_that_the_page_names_is_there() -> None:
    named = re.findall(r"`(?:([\w/]+\.py)::)?(test_\w+)`", PAGE)
    there = {
        file.relative_to(ROOT / "tests").as_posix(): names_in(file)
        for file in (ROOT / "tests").rglob("test_*.py")
    }
    assert len(named) > 50
    known = set().union(*there.values())
    missing = {f"{file}::{name}" for file, name in named if name not in (there[file] if file else known)}
    assert missing == set()


def test_every_library_is_on_the_page_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = (each for group in project["optional-dependencies"].values() for each in group)
    wanted = {re.split(r"[<>=~! \[]", each)[0].lower() for each in (*project["dependencies"], *extras)}
    told = {name.lower() for name in re.findall(r"^\| \*\*([\w-]+)\*\*", part("libraries"), re.MULTILINE)}
    assert told == wanted
