"""The real thing: an editor saves without pause while PrepVault writes (kills: `test_faults`)."""

import subprocess
import sys
from pathlib import Path

import pytest

from prepvault.jobs.write import apply_changes, recover_writes
from prepvault.model.change import Change, Edit
from prepvault.outside.disk import read_note
from prepvault.parse.edit import edit_head
from tests.writing_bench import journal_of, open_vault, strays

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
