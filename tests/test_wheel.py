"""The wheel holds what the repository holds, and works where it is installed."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHIPPED = ("vault_template", "site_templates")


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
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_wheel_ships_what_git_tracks(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {name.removeprefix("src/") for name in tracked("src/prepvault")}
    expected |= {f"prepvault/_shipped/{name}" for name in tracked(*SHIPPED)}
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
