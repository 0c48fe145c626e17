"""What the system sees: nothing is written outside vault, output and state, nothing outside read by links."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.commands import READING, WRITING, Call
from tests.conftest import IN_CI
from tests.foreign_vaults import CANARY, make_foreign

STRACE = shutil.which("strace") or ""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not STRACE and not IN_CI, reason="strace sees it, and only Linux has that"),
]

CHANGING = "open,openat,openat2,creat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat"
FOLDERS = (
    "mkdir,mkdirat,rmdir,truncate,ftruncate,chmod,fchmodat,fchmod,chown,fchownat,utimensat,mknod,mknodat"
)
SET = {"build", "coach", "check", "show", "status", "notes", "schedule", "email", "remind", "export"}
"""Commands that stand for all: each way of writing and of reading is among them."""


class Traced:
    """A vault with links in and out, and commands whose every call to the system is looked at."""

    def __init__(self, folder: Path) -> None:
        self.root = make_foreign("links", folder / "vault")
        self.secret = folder / "vault-outside"
        self.log = folder / "log"
        self.out = folder / "out"
        self.own = {
            name: str(folder / "own" / name)
            for name in ("PREPVAULT_STATE_DIR", "PREPVAULT_CACHE_DIR", "HOME", "XDG_CONFIG_HOME", "TMPDIR")
        }
        for path in (self.out, *map(Path, self.own.values())):
            path.mkdir(parents=True)

    def run(self, call: Call) -> str:
        """Run a call under strace and give what it said."""
        values = {"note": "Interviews/Acme.md", "out": str(self.out), "import": "/nowhere.ics"}
        program = [sys.executable, "-B", "-m", "prepvault", "--vault", str(self.root)]
        traced = [
            STRACE,
            "-f",
            "-y",
            "-qq",
            "-s",
            "4096",
            "-o",
            str(self.log),
            "-e",
            f"{CHANGING},{FOLDERS}",
        ]
        ran = subprocess.run(
            [*traced, *program, "--now", "2026-02-09T09:00:00+00:00", *call.argv(values)],
            env={
                "PATH": "/nowhere",
                "PYTHONPATH": os.pathsep.join(sys.path),
                "LC_ALL": "C.UTF-8",
                **self.own,
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            cwd=self.out,
        )
        assert ran.returncode in {0, 1, 2, 3}, ran.stderr
        return (ran.stdout + ran.stderr).decode("utf-8", "replace")

    def calls(self) -> Iterator[tuple[str, list[str], bool]]:
        """Each call that went well: its name, the files that it names, and whether it changes something."""
        for line in self.log.read_text(encoding="utf-8", errors="replace").splitlines():
            found = re.match(r"\d+ +(\w+)\((.*)\) = (\d+)(?:<(.*)>)?", line)
            if found:
                name, inside, _, opened = found.groups()
                paths = [opened] if opened else re.findall(r'"((?:[^"\\]|\\.)*)"', inside)
                changes = not name.startswith("open") or re.search("O_(WRONLY|RDWR|CREAT|TRUNC)", inside)
                yield name, [self._whole(path, inside) for path in paths], bool(changes)

    def _whole(self, path: str, inside: str) -> str:
        """A path from the top; one within a folder that is open stands behind that folder."""
        within = re.search(r"(?:AT_FDCWD|\d+)<([^>]*)>", inside)
        return os.path.normpath(os.path.join(within[1] if within else self.out, path))  # noqa: PTH118 - as text

    def faults(self) -> Iterator[str]:
        """Tell of each change outside of our places, and of each look at what links lead to."""
        ours = tuple(map(str, (self.root, self.out, *self.own.values())))
        for name, paths, changes in self.calls():
            for path in paths:
                if changes and not path.startswith((*(f"{each}/" for each in ours), "/dev/null")):
                    yield f"{name} changes {path}"
                if path.startswith((f"{self.secret}/", "/etc/passwd")):
                    yield f"{name} looks at {path}"


def test_a_chosen_set_stays_in_its_places(tmp_path: Path) -> None:
    traced = Traced(tmp_path)
    chosen = {call.words[0]: call for call in (*READING, *WRITING) if call.words[0] in SET}
    for call in chosen.values():
        told = traced.run(call)
        assert list(traced.faults()) == [], call.words
        assert CANARY not in told
    assert not [path for path in traced.out.rglob("*") if path.is_file() and CANARY in path.read_text()]


def test_the_trace_would_have_told(tmp_path: Path) -> None:
    traced = Traced(tmp_path)
    elsewhere = tmp_path / "elsewhere.json"
    traced.run(Call(("export", "--format", "json", "-o", str(elsewhere))))
    assert any(str(tmp_path / "elsewhere") in fault or "changes" in fault for fault in traced.faults())
    traced.run(Call(("pitch", "--check", str(traced.secret / "secret.md"))))
    assert any("looks at" in fault for fault in traced.faults())
