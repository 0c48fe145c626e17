"""What is said about a release is true, and the script that tries one can find a fault."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

from benchmarks.release import packages, places, tour
from prepvault import __version__
from prepvault.jobs.extras import how_to_add

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_changelog_begins_with_what_is_not_released_and_then_this_version() -> None:
    heads = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heads[0] == "Unreleased"
    assert re.fullmatch(rf"{re.escape(__version__)} - 20\d\d-\d\d-\d\d", heads[1])
    assert (ROOT / "tests" / "data" / "upgrade" / __version__).is_dir(), "each release leaves what it writes"


def test_every_python_that_is_promised_is_one_that_is_tried() -> None:
    said = {line.rpartition(" ")[2] for line in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", line)}
    assert said <= set(places.VERSIONS)
    assert PROJECT["requires-python"] == f">={min(said, key=lambda each: int(each[2:]))}"
    wheels = {place.name for place in places.plan({"3.13": Path(sys.executable)})}
    assert {"pip-3.13-serve-mcp-oldest", "pipx-3.13-bare-newest", "uvx-3.13-serve-mcp-newest"} <= wheels


def test_packages_of_other_bytes_are_named(tmp_path: Path) -> None:
    for folder, text in (("one", b"a"), ("two", b"a"), ("three", b"b")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "p.whl").write_bytes(text)
    one, two, three = ([tmp_path / folder / "p.whl"] for folder in ("one", "two", "three"))
    assert packages.compare("built again", one, two) == []
    assert packages.compare("built again", one, three) == ["`p.whl`, built again, has other bytes"]
    assert packages.compare("built again", one, []) == ["`p.whl`, built again, has other bytes"]


@pytest.mark.parametrize(
    ("step", "faults"),
    [
        (tour.Step(("--version",), rf"^prepvault {re.escape(__version__)}$"), []),
        (tour.Step(("--version",), "^prepvault 99"), ["`--version` said nothing like `^prepvault 99`"]),
        (tour.Step(("nothing",), ""), ["`nothing` ended with 2"]),
    ],
)
def test_the_tour_notices_what_goes_wrong(step: tour.Step, faults: list[str], tmp_path: Path) -> None:
    program = tmp_path / "program"
    text = f'#!/bin/sh\nPYTHONPATH={ROOT / "src"} exec {sys.executable} -m prepvault "$@"\n'
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    guest = tour.Guest([str(program)], tmp_path, frozenset(), __version__)
    assert [fault.partition(":")[0] for fault in tour._faults(guest, step)] == faults


@pytest.mark.parametrize(
    ("tool", "mark"), [("pip", "pyvenv.cfg"), ("pipx", "pipx_metadata.json"), ("uv tool", "uv-receipt.toml")]
)
def test_the_tour_looks_for_the_line_that_the_program_says(
    tool: str, mark: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "prepvault"
    folder.mkdir()
    (folder / mark).touch()
    monkeypatch.setattr("sys.prefix", str(folder))
    adding = places.ADDING.get(tool, "pip install")
    guest = tour.Guest([], tmp_path, frozenset(), __version__, adding)
    for extra in places.ALL:
        assert re.fullmatch(guest.line_for(extra), f"hint: {how_to_add(extra)}")


def test_the_container_installs_what_the_package_is_made_of() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    copied = {
        word for line in re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE) for word in line.split()
    }
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    built = wheel["targets"]["wheel"]
    needed = {"src", "pyproject.toml", "README.md", "LICENSE", *built["force-include"], *built["shared-data"]}
    assert copied == needed
    assert re.search(r"^USER 1000", text, re.MULTILINE)
    assert text.rstrip().endswith('CMD ["build", "--strict"]')
