"""The journal and `undo`: whatever happens to the journal's file, no wrong byte comes back."""

import os
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepvault.errors import OutsideError, RefusedError
from prepvault.jobs.context import Context
from prepvault.jobs.undo import list_writes, undo
from prepvault.jobs.write import apply_changes, recover_writes
from prepvault.outside import clock
from prepvault.outside.state import state_folder
from tests.conftest import NOW
from tests.writing_bench import (
    NEW,
    OLD,
    Killed,
    Steps,
    change_of,
    journal_of,
    kill,
    make_fast,
    open_vault,
    strays,
    write_new,
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    make_fast(monkeypatch)


@pytest.fixture
def context(tmp_path: Path) -> Context:
    made = open_vault(tmp_path / "vault")
    (made.root / "a.md").write_bytes(OLD)
    return made


def test_an_entry_tells_what_was_written(context: Context) -> None:
    write_new(context)
    (entry,) = list_writes(context)
    change = change_of("a.md", OLD, NEW)
    assert (entry.path, entry.reason, entry.at, entry.state) == ("a.md", "test", NOW, "written")
    assert (entry.before, entry.after) == (change.expected, change_of("a.md", NEW, OLD).expected)
    assert (entry.number, entry.run, entry.undoes, entry.is_undone) == (1, 1, None, False)
    assert entry.can_be_undone


def test_a_torn_last_line_is_no_damage_after_the_next_write_either(context: Context) -> None:
    write_new(context)
    file = state_folder(context.root, "") / "journal"
    whole = file.read_bytes()
    begins = whole.index(b"\n") + 1
    for cut in range(begins, len(whole)):
        file.write_bytes(whole[:cut])
        (context.root / "a.md").write_bytes(OLD)
        assert write_new(context).written == ("a.md",)
        assert journal_of(context).read().damaged == 0
        assert file.read_bytes().startswith(whole if cut == len(whole) - 1 else whole[:begins])


def test_the_journal_is_for_its_owner_alone(context: Context) -> None:
    write_new(context)
    folder = state_folder(context.root, "")
    assert folder.stat().st_mode & 0o777 == 0o700
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.name for path in files} == {"journal", "lock", "000000001"}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert not folder.is_relative_to(context.root)


def test_undo_brings_back_every_byte(context: Context) -> None:
    write_new(context)
    report = undo(context, "a.md")
    assert (report.restored, report.removed, report.refused) == (("a.md",), (), ())
    assert (context.root / "a.md").read_bytes() == OLD
    assert [entry.is_undone for entry in list_writes(context)] == [True, False]
    with pytest.raises(RefusedError, match="nothing to undo"):
        undo(context, "a.md")


def test_undo_goes_back_step_by_step(context: Context) -> None:
    texts = [OLD, b"one", b"two", b"three"]
    for before, after in pairwise(texts):
        apply_changes(context, [change_of("a.md", before, after)])
    for text in reversed(texts[:-1]):
        undo(context, "a.md")
        assert (context.root / "a.md").read_bytes() == text
    with pytest.raises(RefusedError):
        undo(context, "a.md")


def test_undo_without_a_name_takes_back_the_last_command(context: Context) -> None:
    (context.root / "b.md").write_bytes(OLD)
    apply_changes(context, [change_of("a.md", OLD, b"first")])
    apply_changes(
        context, [change_of("a.md", b"first", NEW), change_of("b.md", OLD, NEW), change_of("n.md", None, NEW)]
    )
    report = undo(context, None)
    assert set(report.restored) == {"a.md", "b.md"}
    assert report.removed == ("n.md",)
    assert (context.root / "a.md").read_bytes() == b"first"
    assert (context.root / "b.md").read_bytes() == OLD
    assert not (context.root / "n.md").exists()
    assert undo(context, None).restored == ("a.md",)
    assert (context.root / "a.md").read_bytes() == OLD


def test_undo_is_refused_when_the_note_moved_on(context: Context) -> None:
    write_new(context)
    (context.root / "a.md").write_bytes(NEW + b"mine\n")
    with pytest.raises(RefusedError) as caught:
        undo(context, "a.md")
    assert (context.root / "a.md").read_bytes() == NEW + b"mine\n"
    aside = Path(caught.value.hint.rpartition("in `")[2].rstrip("`"))
    assert aside.read_bytes() == OLD


def test_undo_of_a_note_that_is_gone_names_a_file_with_its_last_text(context: Context) -> None:
    write_new(context)
    (context.root / "a.md").unlink()
    with pytest.raises(RefusedError) as caught:
        undo(context, "a.md")
    assert not (context.root / "a.md").exists()
    aside = Path(caught.value.hint.rpartition("in `")[2].rstrip("`"))
    assert aside.read_bytes() == NEW


def test_of_a_command_only_the_notes_that_moved_on_are_refused(context: Context) -> None:
    (context.root / "b.md").write_bytes(OLD)
    apply_changes(context, [change_of("a.md", OLD, NEW), change_of("b.md", OLD, NEW)])
    (context.root / "a.md").write_bytes(b"mine")
    report = undo(context, None)
    assert report.restored == ("b.md",)
    assert [(finding.code, finding.place.path) for finding in report.refused] == [("undo/moved-on", "a.md")]


def test_a_new_note_that_a_person_wrote_into_is_not_removed(context: Context) -> None:
    apply_changes(context, [change_of("n.md", None, NEW)])
    (context.root / "n.md").write_bytes(NEW + b"mine")
    with pytest.raises(RefusedError):
        undo(context, "n.md")
    assert (context.root / "n.md").read_bytes() == NEW + b"mine"


def test_a_save_while_a_new_note_is_taken_away_is_put_back(context: Context) -> None:
    steps = Steps()
    apply_changes(context, [change_of("n.md", None, NEW)])
    undo(context, "n.md", probe=steps)
    for at in range(steps.names.index("take-away") + 1):
        apply_changes(context, [change_of("n.md", None, NEW)])
        note = context.root / "n.md"
        trace = Steps(at, lambda note=note: note.write_bytes(b"mine") and None)  # type: ignore[misc]
        with pytest.raises(RefusedError):
            undo(context, "n.md", probe=trace)
        assert note.read_bytes() == b"mine"
        note.unlink()
        assert strays(context.root) == []


def test_a_kill_while_undoing_leaves_one_of_the_two(context: Context) -> None:
    note = context.root / "a.md"
    apply_changes(context, [change_of("a.md", OLD, NEW), change_of("n.md", None, NEW)])
    steps = Steps()
    undo(context, None, probe=steps)
    for at in range(len(steps.names)):
        note.write_bytes(OLD)
        (context.root / "n.md").unlink(missing_ok=True)
        apply_changes(context, [change_of("a.md", OLD, NEW), change_of("n.md", None, NEW)])
        with pytest.raises(Killed):
            undo(context, None, probe=Steps(at, kill))
        recover_writes(context)
        assert strays(context.root) == []
        assert note.read_bytes() in (OLD, NEW)
        assert not (context.root / "n.md").exists() or (context.root / "n.md").read_bytes() == NEW
        assert journal_of(context).unfinished(context.root) == ()


def test_a_torn_last_line_is_passed_over(context: Context) -> None:
    write_new(context)
    apply_changes(context, [change_of("a.md", NEW, b"third")])
    file = state_folder(context.root, "") / "journal"
    whole = file.read_bytes()
    for size in range(0, len(whole), 7):
        file.write_bytes(whole[:size])
        read = journal_of(context).read()
        assert read.damaged == 0
        assert len(read.records) <= 4
    file.write_bytes(whole[:-10])
    assert recover_writes(context) == ("a.md",)
    assert [entry.state for entry in list_writes(context)] == ["written", "written"]
    undo(context, "a.md")
    assert (context.root / "a.md").read_bytes() == NEW


def test_a_flipped_byte_never_brings_back_a_wrong_text(context: Context) -> None:
    write_new(context)
    folder = state_folder(context.root, "")
    for file in (folder / "journal", folder / "packs" / "000000001"):
        whole = file.read_bytes()
        for at in range(0, len(whole), 3):
            file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x04]) + whole[at + 1 :])
            for entry in list_writes(context):
                text = journal_of(context).text_before(entry)
                assert text in (OLD, None)
        file.write_bytes(whole)
    assert journal_of(context).text_before(list_writes(context)[0]) == OLD


def test_damage_is_counted_and_undo_says_so(context: Context) -> None:
    write_new(context)
    folder = state_folder(context.root, "")
    pack = folder / "packs" / "000000001"
    pack.write_bytes(b"X" + pack.read_bytes()[1:])
    with pytest.raises(RefusedError, match="damaged"):
        undo(context, "a.md")
    assert (context.root / "a.md").read_bytes() == NEW
    lines = (folder / "journal").read_bytes()
    (folder / "journal").write_bytes(b"X" + lines[1:])
    assert journal_of(context).read().damaged == 1
    assert list_writes(context) == ()
    assert apply_changes(context, [change_of("a.md", NEW, OLD)]).written == ("a.md",)


def test_a_journal_that_cannot_be_kept_stops_the_write(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = state_folder(context.root, "")
    (folder / "packs").write_bytes(b"a file where a folder should be")
    with pytest.raises(OutsideError, match="journal"):
        write_new(context)
    assert (context.root / "a.md").read_bytes() == OLD
    monkeypatch.setenv("PREPVAULT_STATE_DIR", str(folder / "lock"))
    with pytest.raises(OutsideError, match="cannot be made"):
        write_new(context)


def test_the_state_folder_follows_the_vaults_id(tmp_path: Path, own_state: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    assert state_folder(one, "abc") == state_folder(other, "abc")
    assert state_folder(one, "") != state_folder(other, "")
    for hostile in ("../../etc", "a/b", ".", "x" * 300, "\ud800", "é"):
        assert state_folder(one, hostile).parent == own_state / "vaults"


def test_a_copy_of_the_vault_with_the_same_id_is_not_recovered_into(tmp_path: Path) -> None:
    one, other = open_vault(tmp_path / "one"), open_vault(tmp_path / "other")
    for made in (one, other):
        (made.root / "a.md").write_bytes(OLD)
    begin = Steps(12, kill)
    with pytest.raises(Killed):
        write_new(one, begin)
    journal = journal_of(one)
    assert journal.unfinished(one.root)
    assert journal.unfinished(other.root) == ()


def test_old_packs_are_forgotten_and_unfinished_writes_are_not(context: Context) -> None:
    texts = [OLD, b"one", b"two", b"three"]
    for before, after in pairwise(texts):
        apply_changes(context, [change_of("a.md", before, after)])
    with pytest.raises(Killed):
        apply_changes(context, [change_of("a.md", b"three", NEW)], probe=Steps(8, kill))
    journal = journal_of(context)
    journal.trim(now=clock.now())
    assert [entry.number for entry in journal.entries()] == [1, 2, 3, 4]
    journal.trim(now=clock.now(), size=len(b"two" + b"three" + b"three" + NEW))
    assert [entry.number for entry in journal.entries()] == [3, 4]
    journal.trim(now=clock.now() + timedelta(days=31))
    assert [entry.number for entry in journal.entries()] == [4]
    assert journal.read().damaged == 0
    assert recover_writes(context) == ("a.md",)
    apply_changes(context, [change_of("b.md", None, NEW)])
    assert [entry.number for entry in journal.entries()] == [4, 5]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.binary(max_size=60), min_size=1, max_size=6), st.integers(1, 6))
def test_any_writes_and_undos_are_a_walk_back(
    tmp_path_factory: pytest.TempPathFactory, texts: list[bytes], back: int
) -> None:
    made = open_vault(tmp_path_factory.mktemp("vault"))
    note = made.root / "a.md"
    note.write_bytes(OLD)
    history = [OLD]
    for text in texts:
        report = apply_changes(made, [change_of("a.md", history[-1], text)])
        if report.written:
            history.append(text)
    for _ in range(min(back, len(history) - 1)):
        undo(made, "a.md")
        history.pop()
        assert note.read_bytes() == history[-1]


def test_a_disk_that_gives_few_bytes_at_a_time_costs_no_line(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_new(context)
    file = state_folder(context.root, "") / "journal"
    whole = file.read_bytes()
    file.write_bytes(whole + b"torn")
    plain = os.read
    monkeypatch.setattr(os, "read", lambda handle, size: plain(handle, min(size, 100)))
    (context.root / "a.md").write_bytes(OLD)
    assert write_new(context).written == ("a.md",)
    assert file.read_bytes().startswith(whole)
    assert journal_of(context).read().damaged == 0


def test_a_text_is_put_aside_however_long_the_notes_name_is(context: Context) -> None:
    path = "é" * 126 + ".md"
    (context.root / path).write_bytes(OLD)
    write_new(context, path=path)
    (context.root / path).write_bytes(b"mine\n")
    with pytest.raises(RefusedError, match="was changed since PrepVault wrote it"):
        undo(context, path)
    (aside,) = (state_folder(context.root, "") / "aside").iterdir()
    assert aside.read_bytes() == OLD
    assert aside.name.endswith("é.md")
