"""The real thing: the process is killed before each system call that touches the vault or the journal."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from prepvault.jobs.write import apply_changes, recover_writes
from prepvault.model.change import Change, Edit
from prepvault.outside.disk import read_note
from prepvault.parse.edit import edit_head
from tests.conftest import IN_CI
from tests.writing_bench import NEW, OLD, journal_of, open_vault, strays, write_new

CALLS = (
    "openat,write,pwrite64,fsync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,ftruncate,fchmod,mkdir"
)
CODE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from prepvault.jobs.context import Context
from prepvault.jobs.write import apply_changes
from prepvault.model.change import Change
from prepvault.model.note import digest_of
from prepvault.model.settings import Settings
root, mode, kind = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
settings = Settings({**Settings().values, "writing.mode": mode})
new = (root.parent / "new").read_bytes()
change = Change("n.md", None, new, "t") if kind == "new" else None
change = change or Change("a.md", digest_of((root / "a.md").read_bytes()), new, "t")
apply_changes(Context(root, settings, datetime(2026, 2, 9, 9, tzinfo=UTC), ()), [change])
"""
ROOT = Path(__file__).parents[1]


def traced(arguments: list[str], root: Path, mode: str, kind: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [
            "strace",
            "-qq",
            "-e",
            f"trace={CALLS}",
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


def calls_of(log: Path, state: Path) -> list[tuple[str, int]]:
    """The calls from the first about the state folder on: each name, and which one of that name it is."""
    counts: Counter[str] = Counter()
    calls: list[tuple[str, int]] = []
    for line in log.read_text("utf-8", "replace").splitlines():
        name = line.partition("(")[0]
        counts[name] += 1
        if calls or str(state) in line:
            calls.append((name, counts[name]))
    return calls


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("mode", "kind"), [("exchange", "change"), ("in-place", "change"), ("exchange", "new")]
)
def test_a_kill_before_any_system_call(tmp_path: Path, own_state: Path, mode: str, kind: str) -> None:
    if not shutil.which("strace"):
        assert not IN_CI, "strace is not installed, and CI must run this"
        pytest.skip("strace is not installed")
    log = tmp_path / "log"
    (tmp_path / "new").write_bytes(NEW)
    (own_state / "vaults").mkdir()  # so that every run makes the same calls
    whole = open_vault(tmp_path / "whole", mode)
    (whole.root / "a.md").write_bytes(OLD)
    ran = traced(["-o", str(log)], whole.root, mode, kind)
    if ran.returncode:
        pytest.skip(f"strace cannot run here: {ran.stderr.decode()[-200:]}")
    calls = calls_of(log, own_state)
    assert len(calls) > 15
    for number, (name, count) in enumerate(calls):
        context = open_vault(tmp_path / f"v{number}", mode)
        note = context.root / ("n.md" if kind == "new" else "a.md")
        (context.root / "a.md").write_bytes(OLD)
        inject = ["-o", os.devnull, "-e", f"inject={name}:signal=KILL:when={count}"]
        assert traced(inject, context.root, mode, kind).returncode != 0, (name, count)
        if mode == "exchange":
            assert not note.exists() or note.read_bytes() in (OLD, NEW)
        recover_writes(context)
        assert strays(context.root) == []
        assert journal_of(context).unfinished(context.root) == ()
        if kind == "new":
            assert not note.exists() or note.read_bytes() == NEW
        else:
            assert note.read_bytes() in (OLD, NEW)
            assert note.read_bytes() == NEW or write_new(context).written == ("a.md",)


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
