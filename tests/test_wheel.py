"""Wheel and sdist hold what the repository holds, and the wheel works where it is installed."""

import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHIPPED = ("vault_template", "site_templates")
NOT_SHIPPED = (".ci/",)


def tracked(*folders: str) -> set[str]:
    """Every file that git knows under these folders, and new ones not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *folders],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return {name for name in listed if (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist of this work tree and the wheel that is made from it."""
    folder = tmp_path_factory.mktemp("built")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return next(built.glob("*.whl"))


@pytest.mark.slow
def test_sdist_holds_what_git_tracks(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    assert inside == {name for name in tracked(".") if not name.startswith(NOT_SHIPPED)} | {"PKG-INFO"}


@pytest.mark.slow
def test_wheel_ships_what_git_tracks(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {re.sub(r"^[^/]+\.data/data/", "", name) for name in archive.namelist()}
    inside = {name for name in inside if ".dist-info/" not in name}
    expected = {name.removeprefix("src/") for name in tracked("src/prepvault")}
    expected |= {f"prepvault/_shipped/{name}" for name in tracked(*SHIPPED)}
    expected |= {f"share/man/man1/{name.removeprefix('man/')}" for name in tracked("man")}
    assert inside == expected


@pytest.mark.slow
def test_installed_wheel_makes_a_vault_and_builds_it(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(target), str(wheel)],
        check=True,
        capture_output=True,
    )
    vault = tmp_path / "vault"
    for arguments in (["init", str(vault)], ["--vault", str(vault), "build"]):
        ran = subprocess.run(
            [sys.executable, "-m", "prepvault", *arguments],
            cwd=tmp_path,
            env={
                "PYTHONPATH": str(target),
                "PATH": "/usr/bin:/bin",
                "HOME": str(tmp_path),
                "LANG": "C.UTF-8",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (vault / "prepvault.toml").is_file()
    assert (vault / "site" / "index.html").is_file()
