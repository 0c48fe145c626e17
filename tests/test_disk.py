"""Writing notes while everything goes wrong: kills, errors, other writers, links, modes, full disks."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from prepvault.errors import OutsideError, RefusedError
from prepvault.jobs.context import Context
from prepvault.jobs.undo import list_writes, undo
from prepvault.jobs.write import apply_changes, recover_writes
from prepvault.outside import replacing, swap, writing
from prepvault.outside.disk import NoteRefusedError, read_note
from prepvault.outside.lock import vault_lock
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
    save_by_rename,
    save_in_place,
    strays,
    write_new,
)

Make = Callable[[], Context]
HELD_BY_USER = b"what the user typed meanwhile\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    make_fast(monkeypatch)


@pytest.fixture(params=["exchange", "backup", "bare", "in-place", "linked"])
def make(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Make fresh vaults with one note; each way of writing is tried in turn."""
    count = 0

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSYS, "no such call")

    def made() -> Context:
        nonlocal count
        count += 1
        context = open_vault(
            tmp_path / f"v{count}", "in-place" if request.param == "in-place" else "exchange"
        )
        (context.root / "a.md").write_bytes(OLD)
        if request.param == "linked":
            (context.root / "b.txt").hardlink_to(context.root / "a.md")
        return context

    if request.param in {"backup", "bare"}:
        monkeypatch.setattr(swap, "exchange", refuse)
    if request.param == "bare":
        monkeypatch.setattr(os, "link", refuse)
    return made


def steps_of(make: Make) -> list[str]:
    steps = Steps()
    context = make()
    assert write_new(context, steps).written == ("a.md",)
    assert (context.root / "a.md").read_bytes() == NEW
    assert strays(context.root) == []
    return steps.names


def test_a_kill_at_any_step_leaves_the_old_or_the_new_note(make: Make) -> None:
    for at in range(len(steps_of(make))):
        context = make()
        note = context.root / "a.md"
        with pytest.raises(Killed):
            write_new(context, Steps(at, kill))
        after_kill = note.read_bytes()
        assert after_kill in (OLD, NEW)
        recover_writes(context)
        assert strays(context.root) == []
        assert note.read_bytes() == after_kill
        assert journal_of(context).unfinished(context.root) == ()
        assert write_new(context).written == (("a.md",) if after_kill == OLD else ())
        entries = [entry for entry in journal_of(context).entries() if entry.can_be_undone]
        if entries:
            undo(context, "a.md")
            assert note.read_bytes() == OLD


def test_a_kill_amid_a_write_in_place_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = writing.write_bytes
    for size in (0, 1, 30, len(OLD), len(NEW) - 1, len(NEW)):
        context = open_vault(tmp_path / f"v{size}", "in-place")
        note = context.root / "a.md"
        note.write_bytes(OLD)

        def half(handle: int, data: bytes, size: int = size) -> None:
            whole(handle, data[:size])
            raise Killed

        monkeypatch.setattr(replacing, "write_bytes", half)
        with pytest.raises(Killed):
            write_new(context)
        monkeypatch.setattr(replacing, "write_bytes", whole)
        recover_writes(context)
        assert note.read_bytes() in (OLD, NEW)
        assert journal_of(context).unfinished(context.root) == ()


def test_a_note_that_a_person_changed_after_the_kill_is_not_mended(tmp_path: Path) -> None:
    context = open_vault(tmp_path / "v", "in-place")
    (context.root / "a.md").write_bytes(OLD)
    at = 0
    with pytest.raises(Killed):
        write_new(context, Steps(at + 6, kill))
    (context.root / "a.md").write_bytes(HELD_BY_USER)
    recover_writes(context)
    assert (context.root / "a.md").read_bytes() == HELD_BY_USER


ERRORS = [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EMFILE, errno.EPERM]


@pytest.mark.parametrize("number", ERRORS, ids=[errno.errorcode[number] for number in ERRORS])
def test_an_error_at_any_step_is_told_and_the_note_is_whole(make: Make, number: int) -> None:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    for at in range(len(steps_of(make))):
        context = make()
        note = context.root / "a.md"
        written: tuple[str, ...] = ()
        try:
            report = write_new(context, Steps(at, fail))
        except OutsideError:
            assert note.read_bytes() == OLD
        else:
            written = report.written
            assert written or report.refused
            assert note.read_bytes() == (NEW if written else OLD)
            assert all(os.strerror(number) in finding.message for finding in report.refused)
        recover_writes(context)
        assert strays(context.root) == []
        assert note.read_bytes() == (NEW if written else OLD)


@pytest.mark.parametrize(
    ("step", "code", "written"),
    [
        ("write-temp", "write/failed", False),
        ("exchange", "write/failed", False),
        ("sync-folder", "write/unsure", True),
    ],
)
def test_an_error_before_and_after_the_exchange_are_told_apart(
    tmp_path: Path, step: str, code: str, written: bool
) -> None:
    context = open_vault(tmp_path / "v")
    (context.root / "a.md").write_bytes(OLD)

    def probe(name: str) -> None:
        if name == step:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    report = apply_changes(context, [change_of("a.md", OLD, NEW)], probe=probe)
    assert [finding.code for finding in report.refused] == [code]
    assert "No space left on device" in report.refused[0].message
    assert report.written == (("a.md",) if written else ())
    assert list_writes(context)[0].state == ("unsure" if written else "failed")
    assert list_writes(context)[0].can_be_undone is written


ELSEWHERE = """
import os, pathlib, subprocess, sys, types
locks = types.ModuleType("msvcrt")
locks.LK_NBLCK, locks.locking = 1, lambda *_: None
sys.modules["msvcrt"] = locks
import contextlib, ctypes, fcntl, hashlib, json, secrets, tempfile, shutil, zoneinfo
fcntl.F_FULLFSYNC = 51
sys.platform = sys.argv[1]
for name in "O_NOFOLLOW O_CLOEXEC O_NONBLOCK listxattr getxattr setxattr fchown pwrite".split():
    if hasattr(os, name) and sys.platform == "win32":
        delattr(os, name)
from datetime import UTC, datetime
from prepvault.jobs.context import Context
from prepvault.jobs.undo import list_writes, undo
from prepvault.jobs.write import apply_changes
from prepvault.model.change import Change
from prepvault.model.note import digest_of
from prepvault.model.settings import Settings
root = pathlib.Path(sys.argv[2])
context = Context(root, Settings(), datetime(2026, 2, 9, 9, tzinfo=UTC), ())
changes = [Change("a.md", digest_of(b"old"), b"new", "t"), Change("n.md", None, b"new", "t")]
print(apply_changes(context, changes).written, undo(context, None).restored)
"""


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_systems_without_linuxs_calls_fall_back(tmp_path: Path, platform: str) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    ran = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, platform, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.split("\n")[0] == "('a.md', 'n.md') ('a.md',)", ran.stderr
    assert strays(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


SAVES = [save_by_rename, save_in_place]


@pytest.mark.parametrize("save", SAVES)
def test_a_save_at_any_step_is_never_lost(make: Make, save: Callable[[Path, bytes], None]) -> None:
    for at in range(len(steps_of(make))):
        context = make()
        note = context.root / "a.md"
        steps = Steps(at, lambda note=note: save(note, HELD_BY_USER))  # type: ignore[misc]
        report = write_new(context, steps)
        recover_writes(context)
        assert strays(context.root) == []
        if (
            "in-place" in steps.names[at]
            and save is save_in_place
            and at > steps.names.index("reread-in-place")
        ):
            continue  # the one moment that writing in place cannot guard: the note's own file has two writers
        assert note.read_bytes() == HELD_BY_USER, (steps.names[at], report)


@pytest.mark.parametrize("save", SAVES)
@pytest.mark.parametrize("second", SAVES)
def test_two_saves_at_any_two_steps_leave_the_last(
    tmp_path: Path, save: Callable[[Path, bytes], None], second: Callable[[Path, bytes], None]
) -> None:
    count = 0

    def made() -> Context:
        nonlocal count
        count += 1
        context = open_vault(tmp_path / f"v{count}")
        (context.root / "a.md").write_bytes(OLD)
        return context

    steps = len(steps_of(made)) + 2
    for first in range(steps):
        for last in range(first + 1, steps, 2):
            context = made()
            note = context.root / "a.md"
            names: list[str] = []

            def probe(
                step: str, note: Path = note, names: list[str] = names, first: int = first, last: int = last
            ) -> None:
                names.append(step)
                if len(names) - 1 == first:
                    save(note, b"first save\n")
                elif len(names) - 1 == last:
                    second(note, b"second save\n")

            write = change_of("a.md", OLD, NEW)
            apply_changes(context, [write], probe=probe)
            recover_writes(context)
            if len(names) > first:
                assert note.read_bytes() == (b"second save\n" if len(names) > last else b"first save\n")
            assert strays(context.root) == []


def test_a_save_through_a_file_held_open_is_given_back(tmp_path: Path) -> None:
    context = open_vault(tmp_path / "v0")
    (context.root / "a.md").write_bytes(OLD)
    steps = Steps()
    write_new(context, steps)
    for at in range(steps.names.index("remove-temp") + 1):  # after that the file has no name any more
        context = open_vault(tmp_path / f"v{at + 1}")
        note = context.root / "a.md"
        note.write_bytes(OLD)
        with note.open("r+b", buffering=0) as held:

            def save(held: object = held) -> None:
                os.ftruncate(held.fileno(), 0)  # type: ignore[attr-defined]
                held.write(HELD_BY_USER)  # type: ignore[attr-defined]

            trace = Steps(at, save)
            write_new(context, trace)
        recover_writes(context)
        assert note.read_bytes() == HELD_BY_USER, trace.names[at]
        assert strays(context.root) == []


def test_done_means_on_the_disk(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    monkeypatch.setattr(
        os, "fsync", lambda handle: synced.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
    )
    context = make()
    steps = Steps()

    def probe(step: str) -> None:
        synced.append(step)
        steps(step)

    assert write_new(context, Steps(act=lambda: None)).written
    synced.clear()
    (context.root / "a.md").write_bytes(OLD)
    apply_changes(context, [change_of("a.md", OLD, NEW)], probe=probe)
    journal = next(at for at, name in enumerate(synced) if name.endswith("/journal"))
    pack = next(at for at, name in enumerate(synced) if "/packs/" in name)
    text = next(at for at, name in enumerate(synced) if name.startswith(str(context.root)))
    into = next(at for at, name in enumerate(synced) if name in {"exchange", "sync-in-place"})
    end = len(synced) - 1 - synced[::-1].index("write-journal")
    assert pack < journal < text
    assert journal < into
    assert text < into or "sync-in-place" in synced
    assert str(context.root) in synced[into:end]


def test_bytes_that_are_there_already_are_not_written(make: Make) -> None:
    context = make()
    before = (context.root / "a.md").stat()
    report = apply_changes(context, [change_of("a.md", OLD, OLD)])
    assert (report.written, report.unchanged, report.refused) == ((), 1, ())
    after = (context.root / "a.md").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert journal_of(context).entries() == ()


def test_a_note_that_moved_on_is_left_alone(make: Make) -> None:
    context = make()
    (context.root / "a.md").write_bytes(HELD_BY_USER)
    report = write_new(context)
    assert [finding.code for finding in report.refused] == ["write/moved-on"]
    assert (context.root / "a.md").read_bytes() == HELD_BY_USER
    (context.root / "a.md").unlink()
    assert [finding.code for finding in write_new(context).refused] == ["write/moved-on"]
    assert not (context.root / "a.md").exists()


@pytest.mark.parametrize("mode", [0o444, 0o555, 0o400])
def test_a_read_only_note_is_left_alone(make: Make, mode: int) -> None:
    context = make()
    note = context.root / "a.md"
    note.chmod(mode)
    inode = note.stat().st_ino
    report = write_new(context)
    assert [finding.code for finding in report.refused] == ["write/read-only"]
    assert (note.read_bytes(), note.stat().st_ino, note.stat().st_mode & 0o777) == (OLD, inode, mode)


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o664, 0o666, 0o755])
def test_the_mode_stays(make: Make, mode: int) -> None:
    context = make()
    (context.root / "a.md").chmod(mode)
    write_new(context)
    assert (context.root / "a.md").stat().st_mode & 0o7777 == mode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_the_owner_stays(make: Make) -> None:
    context = make()
    os.chown(context.root / "a.md", 1234, 4321)
    assert write_new(context).written
    status = (context.root / "a.md").stat()
    assert (status.st_uid, status.st_gid) == (1234, 4321)


def test_attributes_stay(make: Make) -> None:
    context = make()
    note = context.root / "a.md"
    try:
        os.setxattr(note, "user.colour", b"green")
    except (OSError, AttributeError):
        pytest.skip("this file system has no attributes")
    assert write_new(context).written
    assert os.getxattr(note, "user.colour") == b"green"


def test_where_attributes_cannot_be_copied_the_note_is_written_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = open_vault(tmp_path / "v")
    (context.root / "a.md").write_bytes(OLD)
    inode = (context.root / "a.md").stat().st_ino
    monkeypatch.setattr(swap, "_copy_attributes", lambda *_: False)
    assert write_new(context).written
    assert (context.root / "a.md").read_bytes() == NEW
    assert (context.root / "a.md").stat().st_ino == inode
    assert strays(context.root) == []


def test_hard_links_stay_together(tmp_path: Path) -> None:
    context = open_vault(tmp_path / "v")
    (context.root / "a.md").write_bytes(OLD)
    (context.root / "b.md").hardlink_to(context.root / "a.md")
    assert write_new(context).written
    assert (context.root / "b.md").read_bytes() == NEW
    assert (context.root / "b.md").samefile(context.root / "a.md")


def test_a_link_inside_the_vault_stays_a_link(make: Make) -> None:
    context = make()
    (context.root / "link.md").symlink_to("a.md")
    assert apply_changes(context, [change_of("link.md", OLD, NEW)]).written == ("link.md",)
    assert (context.root / "link.md").is_symlink()
    assert (context.root / "a.md").read_bytes() == NEW
    assert not (context.root / "a.md").is_symlink()


def test_links_out_of_the_vault_are_neither_read_nor_written(make: Make, tmp_path: Path) -> None:
    context = make()
    outside = tmp_path / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "secret.md").write_bytes(OLD)
    (context.root / "link.md").symlink_to(outside / "secret.md")
    (context.root / "folder").symlink_to(outside)
    for path in ("link.md", "folder/secret.md", "../outside/secret.md", str(outside / "secret.md"), "", "."):
        report = apply_changes(context, [change_of(path, OLD, NEW)])
        assert [finding.code for finding in report.refused] == ["note/outside"], path
        with pytest.raises(RefusedError):
            read_note(context.root, path)
    for path in ("folder/new.md", "../new.md"):
        report = apply_changes(context, [change_of(path, None, NEW)])
        assert [finding.code for finding in report.refused] == ["note/outside"], path
    assert sorted(path.name for path in outside.iterdir()) == ["secret.md"]
    assert (outside / "secret.md").read_bytes() == OLD


def test_a_vault_reached_through_a_link_is_fine(tmp_path: Path) -> None:
    context = open_vault(tmp_path / "real")
    (context.root / "a.md").write_bytes(OLD)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert write_new(open_vault(tmp_path / "link")).written
    assert (context.root / "a.md").read_bytes() == NEW


def test_a_new_note_is_made_with_its_folders(tmp_path: Path) -> None:
    context = open_vault(tmp_path / "v")
    mask = os.umask(0o027)
    try:
        report = apply_changes(context, [change_of("Interviews/2026/ä b.md", None, NEW)])
    finally:
        os.umask(mask)
    assert report.written == ("Interviews/2026/ä b.md",)
    made = context.root / "Interviews/2026/ä b.md"
    assert made.read_bytes() == NEW
    assert made.stat().st_mode & 0o777 == 0o640
    assert made.stat().st_nlink == 1


def test_a_new_note_overwrites_nothing_at_any_step(tmp_path: Path) -> None:
    steps = Steps()
    apply_changes(open_vault(tmp_path / "v"), [change_of("n.md", None, NEW)], probe=steps)
    last = steps.names.index("place-new")
    for at in range(last + 1):
        context = open_vault(tmp_path / f"v{at}")
        note = context.root / "n.md"
        report = apply_changes(
            context,
            [change_of("n.md", None, NEW)],
            probe=Steps(at, lambda note=note: note.write_bytes(OLD) and None),  # type: ignore[misc]
        )
        assert [finding.code for finding in report.refused] == ["write/exists"]
        assert note.read_bytes() == OLD
        assert strays(context.root) == []


def test_a_new_note_where_renaming_cannot_refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_system_rename", lambda: None)
    context = open_vault(tmp_path / "v")
    assert apply_changes(context, [change_of("n.md", None, NEW)]).written == ("n.md",)
    assert apply_changes(context, [change_of("n.md", None, OLD)]).refused[0].code == "write/exists"
    assert (context.root / "n.md").read_bytes() == NEW
    assert (context.root / "n.md").stat().st_nlink == 1


def test_the_same_new_note_again_is_unchanged_and_another_is_refused(tmp_path: Path) -> None:
    context = open_vault(tmp_path / "v")
    (context.root / "n.md").write_bytes(NEW)
    (context.root / "dangling.md").symlink_to("nowhere.md")
    assert apply_changes(context, [change_of("n.md", None, NEW)]).unchanged == 1
    for path in ("n.md", "dangling.md"):
        report = apply_changes(context, [change_of(path, None, OLD)])
        assert [finding.code for finding in report.refused] == ["write/exists"]
    assert not (context.root / "nowhere.md").exists()


def test_a_kill_while_a_new_note_is_made_leaves_it_whole_or_absent(tmp_path: Path) -> None:
    steps = Steps()
    apply_changes(open_vault(tmp_path / "v"), [change_of("f/n.md", None, NEW)], probe=steps)
    for at in range(len(steps.names)):
        context = open_vault(tmp_path / f"v{at}")
        with pytest.raises(Killed):
            apply_changes(context, [change_of("f/n.md", None, NEW)], probe=Steps(at, kill))
        recover_writes(context)
        assert strays(context.root) == []
        note = context.root / "f/n.md"
        assert not note.exists() or note.read_bytes() == NEW
        assert journal_of(context).unfinished(context.root) == ()


@pytest.mark.parametrize("kind", ["fifo", "folder"])
def test_what_is_no_file_is_not_read(tmp_path: Path, kind: str) -> None:
    context = open_vault(tmp_path / "v")
    if kind == "fifo":
        os.mkfifo(context.root / "a.md")
    else:
        (context.root / "a.md").mkdir()
    with pytest.raises((NoteRefusedError, OutsideError)):
        read_note(context.root, "a.md")
    assert write_new(context).refused


def test_a_note_beyond_the_size_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * (2 * 1024 * 1024 + 1))
    with pytest.raises(NoteRefusedError) as caught:
        read_note(tmp_path, "a.md")
    assert caught.value.code == "note/too-large"
    (tmp_path / "a.md").write_bytes(b"x" * (2 * 1024 * 1024))
    assert len(read_note(tmp_path, "a.md").data) == 2 * 1024 * 1024


def test_one_note_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    context = open_vault(tmp_path / "v")
    for name in ("a", "b", "c"):
        (context.root / f"{name}.md").write_bytes(OLD)
    (context.root / "b.md").chmod(0o444)
    report = apply_changes(context, [change_of(f"{name}.md", OLD, NEW) for name in ("a", "b", "c", "d")])
    assert report.written == ("a.md", "c.md")
    assert [finding.place.path for finding in report.refused] == ["b.md", "d.md"]


def test_only_one_writer_at_a_time(tmp_path: Path) -> None:
    with vault_lock(tmp_path), pytest.raises(OutsideError) as caught, vault_lock(tmp_path, wait=0):
        raise AssertionError
    assert str(os.getpid()) in caught.value.message
    with vault_lock(tmp_path, wait=0):
        pass


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from prepvault.outside.lock import vault_lock\n"
        "with vault_lock(Path(sys.argv[1])):\n print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(OutsideError), vault_lock(tmp_path, wait=0):
            raise AssertionError
        other.send_signal(signal.SIGKILL)
        other.wait()
        with vault_lock(tmp_path, wait=0):
            pass


@pytest.mark.slow
def test_two_processes_lose_no_edit_of_each_other(tmp_path: Path, own_state: Path) -> None:
    root = tmp_path / "v"
    root.mkdir()
    (root / "a.md").write_bytes(b"---\nl:\n  - start\n---\n")
    code = """
import sys
from pathlib import Path
from prepvault.jobs.write import apply_changes
from prepvault.model.change import Change, Edit
from prepvault.outside.disk import read_note
from prepvault.parse.edit import edit_head
from tests.writing_bench import open_vault
context = open_vault(Path(sys.argv[1]))
done = 0
while done < 15:
    note = read_note(context.root, "a.md")
    data, _ = edit_head(note.data, [Edit("l", "append", f"{sys.argv[2]}-{done}")], "a.md")
    done += len(apply_changes(context, [Change("a.md", note.digest, data, "race")]).written)
"""
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(root), name], cwd=Path(__file__).parents[1])
        for name in ("x", "y")
    ]
    assert [process.wait() for process in started] == [0, 0]
    lines = (root / "a.md").read_text().splitlines()
    assert sorted(lines[3:-1]) == sorted(f"  - {name}-{n}" for name in "xy" for n in range(15))


@pytest.mark.slow
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"cannot mount: {mounted.stderr.decode().strip()}")
    try:
        for room in range(0, 48 * 1024, 4096):
            context = open_vault(disk / "v")
            note = context.root / "a.md"
            note.write_bytes(OLD)
            filler = disk / "filler"
            with filler.open("wb") as stream:
                free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
                stream.write(b"x" * max(0, free - room))
            large = NEW * 30
            report = apply_changes(context, [change_of("a.md", OLD, large)])
            assert note.read_bytes() == (large if report.written else OLD)
            assert bool(report.written) != bool(report.refused)
            assert strays(disk) == []
            filler.unlink()
    finally:
        subprocess.run(["umount", disk], check=True)
