"""What a killed run leaves beside files is gone after the next one, and nobody else's is ever touched."""

import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from prepvault.errors import OutsideError
from prepvault.jobs.context import Context
from prepvault.jobs.undo import list_writes
from prepvault.jobs.write import apply_changes, recover_writes
from prepvault.model.change import Change
from prepvault.model.note import digest_of
from prepvault.model.settings import Settings
from prepvault.outside import beside, lock, output, swap
from prepvault.outside.beside import file_beside, put_in_place
from prepvault.outside.lock import output_lock
from prepvault.outside.output import open_output
from tests.conftest import Maker, Ran
from tests.writing_bench import (
    NEW,
    OLD,
    Killed,
    Steps,
    journal_of,
    kill,
    make_fast,
    open_vault,
    strays,
    write_new,
)

Run = Callable[..., Ran]

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot tell whose a file is")

KILLED = """
import os, signal, sys
from pathlib import Path
from prepvault.outside.beside import file_beside
from prepvault.outside.output import open_output
place = Path(sys.argv[1])
if sys.argv[2] == "file":
    with file_beside(place / "a.ics", b"half"):
        os.kill(os.getpid(), signal.SIGKILL)
with open_output(place, place.parent / "vault") as output:
    output.put("half.html", b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(place: Path, what: str) -> None:
    """Let a process die with something on its way."""
    assert subprocess.run([sys.executable, "-c", KILLED, str(place), what], check=False).returncode == -9
    assert len(left(place)) == 1


def left(place: Path) -> list[str]:
    return [
        path.name
        for path in place.iterdir()
        if path.name.startswith(".prepvault-") and "manifest" not in path.name
    ]


@posix
def test_the_next_file_takes_away_what_a_kill_left(tmp_path: Path) -> None:
    killed(tmp_path, "file")
    put_in_place(tmp_path / "b.ics", b"whole")
    assert left(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == ["b.ics"]


def test_a_file_that_is_still_written_stays(tmp_path: Path) -> None:
    with file_beside(tmp_path / "a", b"one") as one:
        put_in_place(tmp_path / "b", b"two")
        one.replace(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"one"
    assert left(tmp_path) == []


def test_a_file_that_fails_half_way_leaves_the_old_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def half(handle: int, data: bytes) -> None:
        os.write(handle, data[: len(data) // 2])
        raise OSError(28, "no room")

    monkeypatch.setattr(beside, "write_bytes", half)
    with pytest.raises(OSError, match="no room"):
        put_in_place(tmp_path / "a", b"new and longer")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert left(tmp_path) == []


def test_what_lies_beside_a_note_is_no_others_to_take(tmp_path: Path) -> None:
    note = tmp_path / ".prepvault-0123456789ab.tmp"
    note.write_bytes(b"perhaps the only copy of a save")
    put_in_place(tmp_path / "b.ics", b"whole")
    assert note.exists()


@posix
def test_a_file_that_was_swept_before_it_was_held_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[Path] = []

    def late(handle: int) -> bool | None:
        if not met:
            met.extend(tmp_path.iterdir())
            met[0].unlink()
        return lock.lock_at_once(handle)

    monkeypatch.setattr(beside, "lock_at_once", late)
    with file_beside(tmp_path / "a", b"one") as path:
        assert path != met[0]
        assert path.read_bytes() == b"one"


@posix
@pytest.mark.parametrize("what", ["stage", "file"])
def test_the_next_build_takes_away_what_a_killed_one_put_aside(tmp_path: Path, what: str) -> None:
    site = tmp_path / "site"
    site.mkdir()  # as a first build does, which may be killed before it says what is its own
    for _ in range(2):  # the second time there is nothing new to put aside
        killed(site, what)
        with open_output(site, tmp_path / "vault") as place:
            place.put("a.html", b"whole")
            place.finish(interviews=0, moment="", inputs="")
        assert left(site) == []
    assert (site / "a.html").read_bytes() == b"whole"


def test_what_another_build_is_putting_aside_stays(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with open_output(site, tmp_path / "vault") as one:
        one.put("a.html", b"one")
        with open_output(site, tmp_path / "vault") as other:
            other.put("b.html", b"other")
            other.finish(interviews=0, moment="", inputs="")
        done = one.finish(interviews=0, moment="", inputs="")
    assert (done.written, done.removed) == (("a.html",), ("b.html",)), (
        "who ends last knows what belongs there"
    )
    assert {path.name for path in site.iterdir()} == {"a.html", output.MANIFEST}


@posix
def test_one_build_at_a_time_fills_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    waits = threading.Semaphore(0)
    monkeypatch.setattr(time, "sleep", lambda seconds: waits.release())
    with open_output(site, tmp_path / "vault") as place:
        place.put("a.html", b"one")
        with output_lock(site), pytest.raises(OutsideError) as caught:
            place.finish(interviews=0, moment="", inputs="")
    assert caught.value.message == f"another PrepVault is putting files into `{site}`"
    assert waits.acquire(blocking=False), "it waited before it said so"
    assert not (site / "a.html").exists()


@posix
def test_a_folder_that_cannot_be_locked_is_filled_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "lock_at_once", lambda held: None)
    with output_lock(tmp_path):
        pass


@pytest.mark.parametrize("step", ["look", "look-again", "sync-folder", "remove-temp"])
def test_a_command_with_nothing_left_to_write_still_clears_up(tmp_path: Path, step: str) -> None:
    context = open_vault(tmp_path / "v")
    (context.root / "a.md").write_bytes(OLD)
    names = Steps()
    write_new(open_twin(tmp_path), names)
    with pytest.raises(Killed):
        write_new(context, Steps(names.names.index(step), kill))
    assert len(strays(context.root)) == 1
    again = apply_changes(context, [Change("a.md", digest_of(NEW), NEW, "again")])
    assert (again.written, again.unchanged) == ((), 1)
    assert strays(context.root) == []
    assert journal_of(context).unfinished(context.root) == ()
    assert not journal_of(context).is_marked


def open_vault_with_id(root: Path, mode: str) -> Context:
    made = open_vault(root, mode)
    (root / "a.md").write_bytes(OLD)
    return replace(made, settings=Settings({**made.settings.values, "vault.id": root.name}))


def open_twin(tmp_path: Path) -> Context:
    context = open_vault(tmp_path / "twin")
    (context.root / "a.md").write_bytes(OLD)
    return context


def test_a_preview_clears_up_nothing(tmp_path: Path) -> None:
    context = open_vault(tmp_path / "v")
    (context.root / "a.md").write_bytes(OLD)
    names = Steps()
    write_new(open_twin(tmp_path), names)
    with pytest.raises(Killed):
        write_new(context, Steps(names.names.index("remove-temp"), kill))
    apply_changes(replace(context, is_preview=True), [Change("a.md", digest_of(NEW), NEW, "again")])
    assert len(strays(context.root)) == 1
    recover_writes(context)
    assert strays(context.root) == []


def test_a_write_that_ended_leaves_no_mark(tmp_path: Path) -> None:
    context = open_twin(tmp_path)
    write_new(context)
    assert not journal_of(context).is_marked


def test_saying_again_what_a_note_says_clears_up_too(run: Run, make_vault: Maker, own_state: Path) -> None:
    root = make_vault(
        "=== Interviews/acme.md\n---\nid: int_acme_1\ncompany: Acme\nrole: Engineer\n"
        "interview_type: technical\nscheduled_at: 2026-02-12T14:00:00\ntimezone: UTC\n---\n"
    )
    assert run("status", "acme", "confirmed", vault=root).code == 0
    state = next((own_state / "vaults").iterdir())
    lines = (state / "journal").read_bytes().splitlines(keepends=True)
    (state / "journal").write_bytes(lines[0])  # as if it had been killed before the end was put down
    (state / "unfinished").touch()
    assert run("status", "acme", "confirmed", vault=root).code == 0
    assert len((state / "journal").read_bytes().splitlines()) == 2
    assert not os.path.lexists(state / "unfinished")


@posix
@pytest.mark.parametrize("mode", ["exchange", "in-place"])
def test_a_pipe_in_place_of_a_note_at_any_step_is_not_waited_for(tmp_path: Path, mode: str) -> None:
    names = Steps()
    write_new(open_twin(tmp_path), names)
    for at in range(len(names.names)):
        context = open_vault(tmp_path / f"v{at}", mode)
        note = context.root / "a.md"
        note.write_bytes(OLD)

        def change(note: Path = note) -> None:
            note.unlink()
            os.mkfifo(note)

        write_new(context, Steps(at, change))
        assert note.is_fifo() or note.read_bytes() == NEW
        if names.names[at] == "exchange":
            assert note.is_fifo(), "it has its place again"
        note.unlink()
        note.write_bytes(OLD)
        recover_writes(context)
        assert strays(context.root) == [], names.names[at]


@posix
@pytest.mark.parametrize("link_only", [False, True])
def test_a_note_that_is_shut_at_any_step_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, link_only: bool
) -> None:
    """Mode 000, which binds the superuser here: the text is whole, and all is clean once it may be read."""
    make_fast(monkeypatch)
    if link_only:
        monkeypatch.setattr(swap, "exchange", refuse_exchange)
    plain = os.open
    names = Steps()
    write_new(open_twin(tmp_path), names)
    monkeypatch.setattr(os, "open", lambda path, flags, *rest: plain(heed_mode(path), flags, *rest))
    for at in range(len(names.names)):
        context = open_vault(tmp_path / f"v{at}")
        note = context.root / "a.md"
        note.write_bytes(OLD)
        with suppress(OutsideError):
            write_new(context, Steps(at, partial(note.chmod, 0)))
        note.chmod(0o600)
        recover_writes(context)
        assert note.read_bytes() in (OLD, NEW), names.names[at]
        assert strays(context.root) == [], names.names[at]
        assert not journal_of(context).is_marked, names.names[at]


def refuse_exchange(one: Path, other: Path) -> None:
    raise OSError(errno.ENOSYS, "no such call")


def heed_mode(path: Path) -> Path:
    with suppress(FileNotFoundError):
        if not Path(path).lstat().st_mode & 0o400:
            raise PermissionError(errno.EACCES, "Permission denied")
    return path


def test_the_mark_stays_while_an_older_write_is_unfinished(tmp_path: Path) -> None:
    context = open_twin(tmp_path)
    (context.root / "b.md").write_bytes(OLD)
    with pytest.raises(Killed):
        write_new(context, Steps(11, kill))
    (name,) = strays(context.root)
    stray = context.root / name
    held = stray.read_bytes()
    stray.unlink()
    stray.mkdir()  # which nobody can bring to an end
    assert write_new(context, path="b.md").written == ("b.md",)
    assert journal_of(context).is_marked
    stray.rmdir()
    stray.write_bytes(held)
    again = apply_changes(context, [Change("b.md", digest_of(NEW), NEW, "again")])
    assert (again.unchanged, strays(context.root), journal_of(context).is_marked) == (1, [], False)


@pytest.mark.parametrize("mode", ["exchange", "in-place"])
def test_a_vault_that_moved_after_a_kill_is_cleared_up_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    make_fast(monkeypatch)
    names = Steps()
    write_new(open_vault_with_id(tmp_path / "twin", mode), names)
    for at in range(names.names.index("sync-journal"), len(names.names) - 1):
        context = open_vault_with_id(tmp_path / f"here{at}", mode)
        with pytest.raises(Killed):
            write_new(context, Steps(at, kill))
        there = context.root.rename(tmp_path / f"there{at}")
        assert recover_writes(replace(context, root=there)) == ("a.md",), names.names[at]
        assert strays(there) == []
        assert (there / "a.md").read_bytes() in (OLD, NEW)
        assert recover_writes(replace(context, root=there)) == ()


def test_a_state_folder_that_nobody_can_look_into_stops_nothing_that_need_not_write(
    run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = make_vault(
        '=== prepvault.toml\n[vault]\nid = "v1"\n'
        "=== Interviews/acme.md\n---\nid: int_acme_1\ncompany: Acme\nrole: Engineer\nstatus: confirmed\n"
        "interview_type: technical\nscheduled_at: 2026-02-12T14:00:00\ntimezone: UTC\n---\n"
    )
    monkeypatch.setenv("PREPVAULT_STATE_DIR", str(tmp_path / ("x" * 300)))  # which no disk takes
    assert run("status", "acme", "confirmed", vault=root).code == 0


@posix
def test_a_state_folder_that_may_only_be_read_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = open_twin(tmp_path)
    write_new(context)

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "chmod", refuse)
    assert len(list_writes(context)) == 1
