"""Clean places to install a wheel into: each way that people use, each Python that is here."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ALL = ("serve", "mcp")
ROOT = Path(__file__).parents[2]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
ADDING = {"pipx": "pipx runpip prepvault install", "uv tool": r"uv pip install --python \S+"}
"""How the program should begin the line that adds an extra to what a tool installed; elsewhere, as pip."""


class InstallError(Exception):
    """An installation ended with an error."""


@dataclass(frozen=True)
class Place:
    """One installation to try: by which tool, on which Python, with which extras and dependencies."""

    tool: str
    python: Path
    label: str
    extras: tuple[str, ...] = ()
    resolution: str = "newest"

    @property
    def name(self) -> str:
        """What a folder may be called for it."""
        return "-".join(
            (self.tool.replace(" ", "-"), self.label, *(self.extras or ("bare",)), self.resolution)
        )


def find_pythons(asked: Sequence[str]) -> dict[str, Path]:
    """Interpreters by their version: those in PATH, those of pyenv, those that were named."""
    homes = sorted(Path.home().glob(".pyenv/versions/*/bin"))
    found: dict[str, Path] = {}
    for version in asked or VERSIONS:
        named = (shutil.which(f"python{version}", path=str(home)) for home in homes)
        for candidate in (*named, shutil.which(f"python{version}")):
            if candidate and _version_of(candidate) == version:
                found[version] = Path(candidate)
                break
    return found


def _version_of(python: str) -> str:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=False).stdout.strip()


def plan(pythons: Mapping[str, Path]) -> Iterator[Place]:
    """Every installation that is to be tried."""
    for label, python in pythons.items():
        for extras in ((), ("serve",), ("mcp",), ALL):
            yield Place("pip", python, label, extras)
        for extras in ((), ALL):
            yield Place("pip", python, label, extras, "oldest")
            for tool in ("pipx", "uv tool", "uvx"):
                yield Place(tool, python, label, extras)


def install(place: Place, wheel: Path, folder: Path) -> Sequence[str]:
    """Install the wheel into a folder of its own; the words that start the program there."""
    extras = f"[{','.join(place.extras)}]" if place.extras else ""
    wanted = f"prepvault{extras} @ {wheel.as_uri()}"
    ways: dict[str, Callable[[Place, str, Path], Sequence[str]]] = {
        "pip": _by_pip,
        "pipx": _by_pipx,
        "uv tool": _by_uv_tool,
        "uvx": _by_uvx,
    }
    return ways[place.tool](place, wanted, folder)


def _by_pip(place: Place, wanted: str, folder: Path) -> Sequence[str]:
    _run([str(place.python), "-m", "venv", str(folder)])
    python = folder / "bin" / "python"
    if place.resolution == "newest":
        _run([str(python), "-m", "pip", "install", "--quiet", wanted])
    else:
        _oldest(place, python, wanted)
    if not (folder / "share" / "man" / "man1" / "prepvault.1").is_file():
        raise InstallError("there is no manual page under share/man")
    return [str(folder / "bin" / "prepvault")]


def _oldest(place: Place, python: Path, wanted: str) -> None:
    """Install the oldest dependencies that pyproject.toml permits, then the wheel beside them."""
    extras = [word for name in place.extras for word in ("--extra", name)]
    uv = [_here("uv"), "pip"]
    chosen = python.with_name("oldest.txt")
    _run(
        [
            *uv,
            "compile",
            "--quiet",
            "--resolution=lowest-direct",
            f"--python={python}",
            *extras,
            f"--output-file={chosen}",
            str(ROOT / "pyproject.toml"),
        ]
    )
    _run([*uv, "install", "--quiet", f"--python={python}", f"--requirement={chosen}"])
    _run([*uv, "install", "--quiet", "--no-deps", f"--python={python}", wanted])


def _by_pipx(place: Place, wanted: str, folder: Path) -> Sequence[str]:
    homes = {
        "PIPX_HOME": str(folder),
        "PIPX_BIN_DIR": str(folder / "bin"),
        "PIPX_MAN_DIR": str(folder / "man"),
    }
    _run([_here("pipx"), "install", "--python", str(place.python), wanted], homes)
    if not (folder / "man" / "man1" / "prepvault.1").exists():
        raise InstallError("pipx linked no manual page")
    return [str(folder / "bin" / "prepvault")]


def _by_uv_tool(place: Place, wanted: str, folder: Path) -> Sequence[str]:
    homes = {"UV_TOOL_DIR": str(folder / "tools"), "UV_TOOL_BIN_DIR": str(folder / "bin")}
    _run([_here("uv"), "tool", "install", "--quiet", "--python", str(place.python), wanted], homes)
    return [str(folder / "bin" / "prepvault")]


def _by_uvx(place: Place, wanted: str, folder: Path) -> Sequence[str]:
    return [_here("uvx"), "--quiet", "--python", str(place.python), "--from", wanted, "prepvault"]


def _here(tool: str) -> str:
    """A tool of the environment that runs this."""
    beside = Path(sys.executable).with_name(tool)
    found = str(beside) if beside.exists() else shutil.which(tool)
    if not found:
        raise InstallError(f"`{tool}` is not installed")
    return found


def _run(command: Sequence[str], more: Mapping[str, str] | None = None) -> None:
    ran = subprocess.run(
        command, env={**os.environ, **(more or {})}, capture_output=True, text=True, check=False
    )
    if ran.returncode != 0:
        raise InstallError(f"`{' '.join(command)}` ended with {ran.returncode}: {ran.stderr[-600:]}")
