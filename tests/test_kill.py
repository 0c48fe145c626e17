"""The real thing: the process is killed before system calls from the first that touches the vault on.

Every fifth call, or every one with `PREPVAULT_THOROUGH=1`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from prepvault.jobs.write import apply_changes, recover_writes
from prepvault.model.change import Change, Edit
from prepvault.outside.disk import read_note
from prepvault.parse.edit import edit_head
from tests.writing_bench import NEW, OLD, journal_of, open_vault, strays, write_new

CALLS = (
    "openat,write,pwrite64,fsync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,ftruncate,fchmod,mkdir"
)
CODE = """
import sys
from pathlib import Path
from prepvault.jobs.write import apply_changes
from tests.writing_bench import NEW, OLD, change_of, open_vault
context = open_vault(Path(sys.argv[1]), sys.argv[2])
new = sys.argv[3] == "new"
apply_changes(context, [change_of("n.md" if new else "a.md", None if new else OLD, NEW)])
"""
ROOT = Path(__file__).parents[1]
STRIDE = 1 if os.environ.get("PREPVAULT_THOROUGH") else 5


def traced(arguments: list[str], root: Path, mode: str, kind: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [
            "strace",
            "-f",
            "--seccomp-bpf",
            "-qq",
            *arguments,
            sys.executable,
            "-c",
            CODE,
            str(root),
            mode,
            kind,
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )


def first_call(log: Path, root: Path) -> tuple[int, int]:
    """The number of the first call about the vault or its journal, and of the last call."""
    lines = [line for line in log.read_text("utf-8", "replace").splitlines() if "(" in line]
    names = (f'"{root}', "/packs/", "/journal", "/lock")
    return next(at for at, line in enumerate(lines, 1) if any(name in line for name in names)), len(lines)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("mode", "kind"), [("exchange", "change"), ("in-place", "change"), ("exchange", "new")]
)
def test_a_kill_before_any_system_call(tmp_path: Path, mode: str, kind: str) -> None:
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    log = tmp_path / "log"
    whole = open_vault(tmp_path / "whole", mode)
    (whole.root / "a.md").write_bytes(OLD)
    ran = traced(["-o", str(log), "-e", f"trace={CALLS}"], whole.root, mode, kind)
    if ran.returncode:
        pytest.skip(f"strace cannot run here: {ran.stderr.decode()[-200:]}")
    first, last = first_call(log, whole.root)
    assert last - first > 10
    killed = 0
    for when in range(first, last + 1, STRIDE):
        context = open_vault(tmp_path / f"v{when}", mode)
        note = context.root / ("n.md" if kind == "new" else "a.md")
        (context.root / "a.md").write_bytes(OLD)
        inject = ["-o", os.devnull, "-e", f"trace={CALLS}", "-e", f"inject={CALLS}:signal=KILL:when={when}"]
        killed += traced(inject, context.root, mode, kind).returncode != 0
        recover_writes(context)
        assert strays(context.root) == []
        assert journal_of(context).unfinished(context.root) == ()
        if kind == "new":
            assert not note.exists() or note.read_bytes() == NEW
        else:
            assert note.read_bytes() in (OLD, NEW)
            assert note.read_bytes() == NEW or write_new(context).written == ("a.md",)
    assert killed > 5


EDITOR = """
import os, random, sys, time
path, style, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
random.seed(7)
for number in range(count):
    with open(path, "rb") as stream:
        text = stream.read()
    text += b"line %d\\n" % number
    if style == "rename":
        with open(path + ".editor", "wb") as stream:
            stream.write(text)
        os.replace(path + ".editor", path)
    else:
        with open(path, "wb") as stream:
            stream.write(text)
    time.sleep(random.random() * 0.006)
"""


@pytest.mark.slow
@pytest.mark.parametrize("style", ["rename", "in-place"])
def test_no_save_of_a_busy_editor_is_gone_for_good(tmp_path: Path, style: str) -> None:
    context = open_vault(tmp_path / "v")
    note = context.root / "a.md"
    note.write_bytes(b"---\nstatus: x\n---\n")
    saves = 300
    written = 0
    with subprocess.Popen([sys.executable, "-c", EDITOR, str(note), style, str(saves)]) as editor:
        while editor.poll() is None:
            read = read_note(context.root, "a.md")
            edit = Edit("status", "set", f"round {written}")
            data, refused = edit_head(read.data, [edit], "a.md")
            if not refused and read.data.startswith(b"---\n"):
                written += len(apply_changes(context, [Change("a.md", read.digest, data, "race")]).written)
    recover_writes(context)
    journal = journal_of(context)
    texts = [note.read_bytes(), *(text or b"" for _, _, text in journal.rescued())]
    texts += [journal.text_before(entry) or b"" for entry in journal.entries()]
    seen = {line for text in texts for line in text.splitlines()}
    assert {b"line %d" % number for number in range(saves)} - seen == set()
    assert strays(context.root) == []
