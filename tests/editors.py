"""Saving a note as people's editors and sync services really do; each takes a path and the whole new text."""

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import IN_CI


def run(*command: str, cwd: Path | None = None) -> None:
    done = subprocess.run(
        command, cwd=cwd, check=False, capture_output=True, timeout=60, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stderr.decode()


def need(program: str) -> str:
    if not shutil.which(program):
        assert not IN_CI, f"{program} is not installed, and CI must run this"
        pytest.skip(f"{program} is not installed")
    return program


def by_node(path: Path, text: str) -> None:
    """As Obsidian and VS Code save: emptied first, then written."""
    script = "require('fs').writeFile(process.argv[1], process.argv[2], e => { if (e) throw e })"
    run(need("node"), "-e", script, str(path), text)


def by_vim(path: Path, text: str, more: str = "set backupskip= writebackup nobackup backupcopy=no") -> None:
    """As vim saves by default: the old file becomes a backup, a new one takes its name."""
    new = path.parents[2] / "typed"
    new.write_text(text, encoding="utf-8")
    typed = ("%delete _", f"silent read {new}", "wq")
    keys = [word for each in (more, *typed) for word in ("-c", each)]
    run(need("vim"), "-u", "NONE", "-i", "NONE", "-N", "-es", *keys, str(path))


def by_vim_in_place(path: Path, text: str) -> None:
    """As vim saves where it may not rename."""
    by_vim(path, text, "set backupcopy=yes")


def by_emacs(path: Path, text: str, more: str = "") -> None:
    """As Emacs saves for the first time: the old file becomes a backup."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    script = (
        "(progn (setq backup-enable-predicate (lambda (_) t) require-final-newline nil) "
        f'{more} (find-file "{path}") (erase-buffer) (insert "{quoted}") (save-buffer))'
    )
    run(need("emacs"), "-Q", "--batch", "--eval", script)
    Path(f"{path}~").unlink(missing_ok=True)


def by_emacs_precious(path: Path, text: str) -> None:
    """As Emacs saves precious files: another file takes the name."""
    by_emacs(path, text, "(setq file-precious-flag t)")


def by_sed(path: Path, text: str) -> None:
    """As `sed -i` edits."""
    last = text.rstrip("\n").rpartition("\n")[2]
    run("sed", "-i", f"$ s/.*/{last}/", str(path))


def by_sync(path: Path, text: str) -> None:
    """As Syncthing brings a file."""
    beside = path.with_name(f".syncthing.{path.name}.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def by_a_slow_hand(path: Path, text: str) -> None:
    """A writer that empties the file and takes its time."""
    half = len(text) // 4
    with path.open("w", encoding="utf-8") as stream:
        stream.flush()
        time.sleep(0.3)
        stream.write(text[:half])
        stream.flush()
        time.sleep(0.3)
        stream.write(text[half:])


def by_deleting_first(path: Path, text: str) -> None:
    """A writer for whom the note is gone for a while."""
    path.unlink()
    time.sleep(0.5)
    path.write_text(text, encoding="utf-8")


WRITERS: tuple[Callable[[Path, str], None], ...] = (
    by_node,
    by_vim,
    by_vim_in_place,
    by_emacs,
    by_emacs_precious,
    by_sed,
    by_sync,
    by_a_slow_hand,
    by_deleting_first,
)
