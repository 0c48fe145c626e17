"""The command line: `python -m benchmarks.release [PART...]` tries a release and writes one table."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.release.packages import PackageError, build_twice, compare, digest, look, rebuild, run
from benchmarks.release.places import ADDING, InstallError, Place, find_pythons, install, plan
from benchmarks.release.tour import Guest, tour
from prepvault import __version__

ROOT = Path(__file__).parents[2]
PARTS = ("packages", "sdist", "matrix")


def main(arguments: Sequence[str] | None = None) -> None:
    """Build, compare, install everywhere, look around; exit 1 where anything is wrong."""
    asked = _parser().parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="prepvault-release-"))
    faults: list[str] = []
    try:
        packages, found = build_twice(ROOT, folder)
        faults += [*found, *look(packages)]
        for path in packages:
            print(f"{digest(path)}  {path.name}")
        sdist, wheel = sorted(packages, key=lambda path: path.suffix)
        if "sdist" in asked.parts:
            faults += _try_sdist([sdist, wheel], folder)
        if "matrix" in asked.parts:
            faults += _try_matrix(wheel, folder, asked)
    except PackageError as error:
        faults.append(str(error))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(*(f"error: {fault}" for fault in faults), sep="\n", file=sys.stderr)
    sys.exit(bool(faults))


def _try_sdist(packages: Sequence[Path], folder: Path) -> list[str]:
    """Build from the unpacked sdist, and run its fast tests there."""
    moment = run(["git", "log", "-1", "--format=%ct"], ROOT).strip()
    unpacked, again = rebuild(packages[0], folder / "sdist", moment)
    faults = compare("made from the sdist", packages, again)
    try:
        tests = [sys.executable, "-m", "pytest", "-m", "not slow", "-p", "no:cacheprovider"]
        said = run(tests, unpacked, {"PYTHONPATH": str(unpacked / "src")})
        print(f"the sdist's fast tests: {said.strip().splitlines()[-1]}")
    except PackageError as error:
        faults.append(str(error))
    return faults


def _try_matrix(wheel: Path, folder: Path, asked: argparse.Namespace) -> list[str]:
    """Install everywhere and look around; one line for each place."""
    pythons = find_pythons(asked.python)
    places = [place for place in plan(pythons) if asked.only in place.name]
    faults: list[str] = []
    print(f"\n{'place':<44}{'program':>10}", flush=True)
    for place in places:
        found = try_place(place, wheel, folder / place.name)
        print(f"{place.name:<44}{'well' if not found else f'{len(found)} wrong':>10}", flush=True)
        faults += [f"{place.name}: {fault}" for fault in found]
        shutil.rmtree(folder / place.name, ignore_errors=True)
    if not places:
        faults.append("no Python to install into was found")
    return faults


def try_place(place: Place, wheel: Path, folder: Path) -> list[str]:
    """Install into one place and take the tour there."""
    try:
        program = install(place, wheel, folder / "installed")
    except InstallError as error:
        return [str(error)]
    adding = ADDING.get(place.tool, "pip install")
    return tour(Guest(program, folder / "home", frozenset(place.extras), __version__, adding))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.release", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", choices=PARTS, default=list(PARTS), metavar="PART", help=str(PARTS)
    )
    parser.add_argument("--python", action="append", default=[], help="a version to try, like 3.13")
    parser.add_argument("--only", default="", help="only places with this in their name")
    return parser


if __name__ == "__main__":
    main()
