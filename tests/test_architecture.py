"""The floors, the budgets and what must never be, held by reading the source."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "prepvault"
MODULES = sorted(SOURCE.rglob("*.py"))
PURE = ("model", "parse", "rules", "render")
ONLY_HERE = {
    "click": ("cli/", "__main__.py"),
    "icalendar": ("render/", "parse/"),
    "jinja2": ("render/",),
    "markdown_it": ("render/", "parse/"),
    "mdit_py_plugins": ("render/",),
    "frontmatter": ("parse/",),
    "yaml": ("parse/",),
    "platformdirs": ("outside/",),
    "tzlocal": ("outside/",),
    "subprocess": ("outside/",),
    "watchdog": ("outside/watcher.py",),
    "starlette": ("web/",),
    "uvicorn": ("web/",),
    "pydantic": ("web/", "mcp_server/"),
    "mcp": ("mcp_server/",),
    "mcp_types": ("mcp_server/",),
    "anyio": ("mcp_server/",),
    "recurring_ical_events": ("parse/",),
    "socket": ("outside/",),
    "ctypes": ("outside/",),
    "tempfile": ("outside/",),
    "shutil": ("outside/",),
}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
WRITING_FLOORS = {"jobs", "cli", "web", "mcp_server"}
WRITERS = {
    "write_text",
    "write_bytes",
    "unlink",
    "rmdir",
    "rename",
    "replace",
    "mkdir",
    "touch",
    "symlink_to",
}
DISK_MODULES = {"os", "pathlib", "io", "glob"}


def place(path: Path) -> str:
    """Name a module as the tables above do."""
    return path.relative_to(SOURCE).as_posix()


def parsed(path: Path) -> ast.Module:
    """Read one module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Name every module that a tree imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def docstrings(tree: ast.AST) -> set[int]:
    """Find the constants that are docstrings, by identity."""
    found = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            for statement in body:
                if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                    found.add(id(statement.value))
    return found


def test_contracts_hold() -> None:
    ran = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_module_is_small_and_says_what_it_is_for(path: Path) -> None:
    tree = parsed(path)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    first = (ast.get_docstring(tree) or "").split("\n\n")[0]
    assert first.endswith("."), "the module's docstring begins with one sentence"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= 40, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_prose_lives_in_files(path: Path) -> None:
    tree = parsed(path)
    told = docstrings(tree)
    long = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and len(node.value) > 200
        and id(node) not in told
    ]
    assert not long, f"strings over 200 characters on lines {long}"


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_a_library_is_used_in_its_own_place(path: Path) -> None:
    here = place(path)
    for name in imported(parsed(path)):
        allowed = ONLY_HERE.get(name.split(".")[0])
        assert not allowed or here.startswith(allowed), f"{here} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_the_clock_is_read_in_one_place(path: Path) -> None:
    if place(path) == "outside/clock.py":
        return
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            names = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            assert (names, node.func.attr) not in CLOCKS, f"line {node.lineno} reads the clock"


@pytest.mark.parametrize("path", [p for p in MODULES if place(p).split("/")[0] in PURE], ids=place)
def test_pure_floors_touch_no_disk(path: Path) -> None:
    tree = parsed(path)
    touched = {name.split(".")[0] for name in imported(tree)} & DISK_MODULES
    assert not touched, f"imports {touched}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"open", "print", "input"}, f"line {node.lineno}"


@pytest.mark.parametrize("path", [p for p in MODULES if place(p).split("/")[0] in WRITING_FLOORS], ids=place)
def test_only_the_outside_writes(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            writes = node.func.attr in WRITERS and not _is_text_method(node)
            assert not writes, f"line {node.lineno} calls {node.func.attr}"


def _is_text_method(call: ast.Call) -> bool:
    """Tell `"a".replace("b", "c")` and `value.replace(field=…)` from `Path.replace(target)`."""
    assert isinstance(call.func, ast.Attribute)
    return call.func.attr == "replace" and (len(call.args) > 1 or bool(call.keywords))


def test_every_finding_code_has_a_page_and_every_page_a_code() -> None:
    told = re.compile(r"""["']([a-z]+(?:-[a-z]+)*/[a-z0-9]+(?:-[a-z0-9]+)*)["']""")
    pages = {
        path.relative_to(SOURCE / "content" / "findings").with_suffix("").as_posix()
        for path in (SOURCE / "content" / "findings").rglob("*.md")
    }
    families = {page.split("/")[0] for page in pages}
    emitted = {
        code
        for path in MODULES
        for code in told.findall(path.read_text(encoding="utf-8"))
        if code.split("/")[0] in families
    }
    assert emitted - pages == set(), "codes without a page"
    assert pages - emitted == set(), "pages whose code nothing emits"


def test_the_project_speaks_of_itself_alone() -> None:
    strange = re.compile(r"/work/|/root/|/tmp/pv|/\.library|subagent|shared/design|issue #?\d", re.IGNORECASE)
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for name in files:
        path = ROOT / name
        assert not path.is_symlink(), f"{name} is a link: it would lead out of a clone"
        if path == Path(__file__) or not path.is_file():
            continue
        found = strange.search(path.read_text(encoding="utf-8", errors="replace"))
        assert not found, f"{name}: {found and found[0]}"
