"""Wheel and sdist, built more than once under different skies: the bytes must be the same."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class PackageError(Exception):
    """A program that a package is made or looked at with ended with an error."""


@dataclass(frozen=True)
class Sky:
    """What a machine has set and a package must not show."""

    umask: int
    zone: str
    locale: str


SKIES = (Sky(0o022, "UTC", "C.UTF-8"), Sky(0o077, "Pacific/Kiritimati", "C"))


def build_twice(root: Path, folder: Path) -> tuple[list[Path], list[str]]:
    """Build from two copies of what git knows; the first's packages, and what is another in the second's."""
    moment = run(["git", "log", "-1", "--format=%ct"], root).strip()
    copies = (_copy(root, folder / f"copy-{number}", sky) for number, sky in enumerate(SKIES))
    built = [build(copy, sky, moment) for copy, sky in zip(copies, SKIES, strict=True)]
    return built[0], compare("built in another place", *built)


def rebuild(sdist: Path, folder: Path, moment: str) -> tuple[Path, list[Path]]:
    """Unpack an sdist and build from it: the folder, and what came out."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    unpacked = folder / sdist.name.removesuffix(".tar.gz")
    return unpacked, build(unpacked, SKIES[1], moment)


def build(source: Path, sky: Sky, moment: str) -> list[Path]:
    """Build the wheel and the sdist of a folder beside it, as `make dist` does."""
    out = source.with_name(f"{source.name}-dist")
    environment = {"TZ": sky.zone, "LC_ALL": sky.locale, "SOURCE_DATE_EPOCH": moment}
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(source)]
    run(command, source, environment, umask=sky.umask)
    return sorted(out.iterdir())


def compare(what: str, first: Sequence[Path], second: Sequence[Path]) -> list[str]:
    """Name the packages of which the second has other bytes."""
    sums = {path.name: digest(path) for path in second}
    return [
        f"`{path.name}`, {what}, has other bytes" for path in first if sums.get(path.name) != digest(path)
    ]


def digest(path: Path) -> str:
    """The checksum that a person would compare."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def look(packages: Sequence[Path]) -> list[str]:
    """What the index's own checks and a linter of wheels have against the packages."""
    paths = [str(path) for path in packages]
    wheels = [path for path in paths if path.endswith(".whl")]
    asked = (["twine", "check", "--strict", *paths], ["check_wheel_contents", *wheels])
    faults = []
    for words in asked:
        try:
            run([sys.executable, "-m", *words], packages[0].parent)
        except PackageError as error:
            faults.append(str(error))
    return faults


def run(
    command: Sequence[str], folder: Path, more: Mapping[str, str] | None = None, *, umask: int = -1
) -> str:
    """Run a program to its end and return what it said."""
    ran = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **(more or {})},
        capture_output=True,
        text=True,
        umask=umask,
        check=False,
    )
    if ran.returncode != 0:
        said = (ran.stdout + ran.stderr)[-2000:]
        raise PackageError(f"`{' '.join(command)}` ended with {ran.returncode}: {said}")
    return ran.stdout


def _copy(root: Path, folder: Path, sky: Sky) -> Path:
    """Copy what git knows of the work tree, with the modes that this umask would have given."""
    listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], root)
    for name in sorted(set(listed.split("\0")) - {""}, reverse=sky is SKIES[1]):
        if (root / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, target)
            target.chmod((root / name).stat().st_mode & 0o777 & ~sky.umask)
    return folder
