"""The output folder: only differences are written, only ours is deleted, nothing outside is touched."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from prepvault.errors import RefusedError
from prepvault.outside.output import MANIFEST, OutputReport, open_output, read_manifest

FILES = {"index.html": b"<p>", "deep/er/page.html": b"<b>", "deep/other.html": b"<i>"}


def write_output(
    folder: Path, files: Mapping[str, bytes], *, root: Path, interviews: int = 0
) -> OutputReport:
    """Make the folder hold just these files."""
    with open_output(folder, root) as output:
        for name, data in sorted(files.items()):
            output.put(name, data)
        return output.finish(interviews=interviews, moment="", inputs="")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "note.md").write_text("mine")
    return vault


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_everything_is_written_once_and_a_second_run_touches_nothing(root: Path) -> None:
    site = root / "site"
    first = write_output(site, FILES, root=root, interviews=3)
    assert set(first.written) == set(FILES)
    times = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    second = write_output(site, FILES, root=root, interviews=3)
    assert (second.written, second.unchanged, second.removed) == ((), 3, ())
    assert times == {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    manifest = read_manifest(site)
    assert manifest
    assert manifest.interviews == 3
    assert set(manifest.files) == set(FILES)


def test_only_what_differs_is_replaced(root: Path) -> None:
    site = root / "site"
    write_output(site, FILES, root=root)
    before = (site / "index.html").stat().st_ino
    report = write_output(site, FILES | {"deep/other.html": b"new"}, root=root)
    assert report.written == ("deep/other.html",)
    assert (site / "index.html").stat().st_ino == before


def test_what_is_no_longer_wanted_goes_with_its_empty_folders_and_nothing_else(root: Path) -> None:
    site = root / "site"
    write_output(site, FILES, root=root)
    (site / "deep" / "mine.txt").write_text("keep me")
    report = write_output(site, {"index.html": b"<p>"}, root=root)
    assert set(report.removed) == {"deep/er/page.html", "deep/other.html"}
    assert not (site / "deep" / "er").exists()
    assert (site / "deep" / "mine.txt").read_text() == "keep me"


def test_a_file_of_ours_that_somebody_changed_is_not_deleted(root: Path) -> None:
    site = root / "site"
    write_output(site, FILES, root=root)
    (site / "deep" / "other.html").write_text("edited")
    report = write_output(site, {"index.html": b"<p>"}, root=root)
    assert report.kept == ("deep/other.html",)
    assert (site / "deep" / "other.html").read_text() == "edited"


def test_a_foreign_file_in_the_way_stops_everything(root: Path) -> None:
    site = root / "site"
    write_output(site, {"index.html": b"<p>"}, root=root)
    (site / "deep").mkdir()
    (site / "deep" / "other.html").write_text("not yours")
    with pytest.raises(RefusedError, match=r"other\.html"):
        write_output(site, FILES | {"index.html": b"new"}, root=root)
    assert (site / "index.html").read_bytes() == b"<p>"
    assert (site / "deep" / "other.html").read_text() == "not yours"


def test_a_folder_with_somebody_elses_files_is_refused(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "photos"
    other.mkdir()
    (other / "cat.jpg").write_bytes(b"meow")
    with pytest.raises(RefusedError, match=r"cat\.jpg"):
        write_output(other, FILES, root=root)
    assert tree(other) == {"cat.jpg": b"meow"}


@pytest.mark.parametrize("where", [".", "..", "../.."])
def test_the_vault_and_what_holds_it_are_refused(root: Path, where: str) -> None:
    with pytest.raises(RefusedError, match="holds it"):
        write_output(root / where, FILES, root=root)
    assert tree(root) == {"note.md": b"mine"}


def test_links_are_never_followed(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "other.html").write_text("theirs")
    site = root / "site"
    write_output(site, {"index.html": b"<p>"}, root=root)
    (site / "deep").symlink_to(outside)
    with pytest.raises(RefusedError, match="link"):
        write_output(site, FILES, root=root)
    assert tree(outside) == {"other.html": b"theirs"}


def test_a_link_in_place_of_a_file_of_ours_is_not_written_through(root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("theirs")
    site = root / "site"
    write_output(site, {"index.html": b"<p>"}, root=root)
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(secret)
    with pytest.raises(RefusedError, match="link"):
        write_output(site, {"index.html": b"new"}, root=root)
    with pytest.raises(RefusedError, match="link"):
        write_output(site, {}, root=root)
    assert secret.read_text() == "theirs"


def test_an_output_folder_that_leads_out_of_the_vault_is_refused(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "empty"
    outside.mkdir()
    (root / "site").symlink_to(outside)
    with pytest.raises(RefusedError, match="symbolic link"):
        write_output(root / "site", FILES, root=root)
    assert not any(outside.iterdir())


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "a\\evil", "C:evil", ""])
def test_a_manifest_that_names_other_files_deletes_nothing(root: Path, name: str) -> None:
    site = root / "site"
    write_output(site, {"index.html": b"<p>"}, root=root)
    content = json.loads((site / MANIFEST).read_text())
    content["files"][name] = "0" * 64
    (site / MANIFEST).write_text(json.dumps(content))
    with pytest.raises(RefusedError):
        write_output(site, FILES, root=root)
    assert (root / "note.md").read_text() == "mine"


def test_a_broken_manifest_is_refused_with_a_hint(root: Path) -> None:
    site = root / "site"
    write_output(site, FILES, root=root)
    (site / MANIFEST).write_text("{")
    with pytest.raises(RefusedError, match="cannot be understood") as refused:
        write_output(site, FILES, root=root)
    assert refused.value.hint


def test_after_a_crash_between_two_files_the_next_run_finishes(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = root / "site"
    write_output(site, {"index.html": b"<p>"}, root=root)
    real, calls = Path.replace, []

    def die_late(self: Path, target: str | os.PathLike[str]) -> Path:
        calls.append(target)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", die_late)
    with pytest.raises(KeyboardInterrupt):
        write_output(site, FILES | {"index.html": b"new"}, root=root)
    monkeypatch.undo()
    assert not list(site.rglob("*.tmp"))
    write_output(site, FILES | {"index.html": b"new"}, root=root)
    assert {name: data for name, data in tree(site).items() if name != MANIFEST} == FILES | {
        "index.html": b"new"
    }


def test_a_first_build_that_was_killed_does_not_shut_out_the_next(tmp_path: Path) -> None:
    """No manifest came to say whose folder it is; only what was put aside lies in it."""
    folder = tmp_path / "site"
    (folder / ".prepvault-new-0123456789ab").mkdir(parents=True)
    write_output(folder, {"index.html": b"x"}, root=tmp_path / "vault")
    assert (folder / "index.html").read_bytes() == b"x"
