"""The real daemon beside real editors: the page follows, the note is what they wrote, nothing goes round."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from prepvault.jobs.coach import plan_coaching
from prepvault.jobs.context import open_context
from prepvault.jobs.load import load
from prepvault.jobs.write import apply_changes
from tests.editors import WRITERS, need, run
from tests.watch_daemon import Daemon, wait_until

pytestmark = pytest.mark.slow

HEAD = """---
id: int_{name}_1
company: {title}
role: Engineer
interview_type: technical
scheduled_at: {day}T14:00:00
timezone: UTC
status: scheduled
created_at: 2026-02-01T09:00:00Z
---
"""
QUICK = {"watch_quiet_seconds": "1"}
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and editors of Unix")


def note(name: str, body: str = "First words.\n") -> str:
    number = int("".join(letter for letter in name if letter.isdigit()))
    day = date(2099, 1, 1) + timedelta(days=number)  # each its own: overlaps would be another matter
    return HEAD.format(name=name, title=name.capitalize(), day=day) + body


def make_vault(root: Path, count: int = 2) -> Path:
    """Make a vault with so many interviews; each has its note in the folder of interviews."""
    (root / "Interviews").mkdir(parents=True)
    (root / "prepvault.toml").write_text('[vault]\ntimezone = "UTC"\n', encoding="utf-8")
    for number in range(count):
        path = root / "Interviews" / f"firm{number}.md"
        path.write_text(note(f"firm{number}"), encoding="utf-8")
    return root


def limited(name: str, value: int) -> list[str]:
    """Begin a command line that runs what follows under another limit of the kernel, without being root."""
    command = ["unshare", "--user", "--map-root-user", "sh", "-c"]
    command += [f'echo {value} > /proc/sys/user/{name} && exec "$@"', "sh"]
    probe = subprocess.run([*command, "true"], check=False, capture_output=True)
    if probe.returncode:
        pytest.skip(f"no user namespace here: {probe.stderr.decode()[:100]}")
    return command


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """One daemon that writes no notes, for all editors: what stands in a note is theirs alone."""
    root = make_vault(tmp_path_factory.mktemp("watched") / "vault")
    with Daemon(root, tmp_path_factory.mktemp("state"), "--no-coach") as running:
        running.wait_for("built")
        yield running


@POSIX
@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_the_page_follows_and_the_note_is_what_was_written(
    daemon: Daemon, write: Callable[[Path, str], None]
) -> None:
    path = daemon.root / "Interviews" / "firm0.md"
    text = note("firm0", f"Written {write.__name__}.\n")
    daemon.wait_for_rest(0.5)
    before, empty = len(daemon.events), path.read_bytes()
    assert empty
    write(path, text)
    daemon.wait_for_page(f"Written {write.__name__}.")
    daemon.wait_for_rest()
    assert path.read_bytes() == text.encode()
    told = daemon.events[before:]
    assert [event["event"] for event in told] == ["built"], "one save, one round"
    assert told[0]["changed"] == ["Interviews/firm0.md"]
    assert not told[0]["removed"], "the interview was never gone"


def test_a_touch_writes_nothing(daemon: Daemon) -> None:
    path = daemon.root / "Interviews" / "firm1.md"
    daemon.wait_for_rest(0.5)
    before = len(daemon.events)
    for _ in range(3):
        path.touch()
        daemon.wait_for_rest(0.5)
    assert [name for event in daemon.events[before:] for name in event.get("written", [])] == []


def test_a_folder_that_moves_in_about_and_out_is_followed(daemon: Daemon, tmp_path: Path) -> None:
    outside = tmp_path / "round2"
    outside.mkdir()
    for number in range(5):
        (outside / f"moved{number}.md").write_text(note(f"moved{number}", f"Moved {number}.\n"), "utf-8")
    inside = daemon.root / "Interviews" / "round2"
    shutil.move(outside, inside)
    daemon.wait_for_page("Moved 4.")
    inside.rename(daemon.root / "Interviews" / "round3")
    daemon.wait_for_rest()
    assert daemon.shows("Moved 4.")
    (daemon.root / "Interviews" / "round3" / "moved0.md").write_text(
        note("moved0", "After the move.\n"), "utf-8"
    )
    daemon.wait_for_page("After the move.")
    shutil.move(daemon.root / "Interviews" / "round3", tmp_path / "out")
    wait_until(lambda: not daemon.shows("Moved 4."), "pages of what moved out are gone")


@POSIX
def test_a_checkout_of_300_notes_is_one_round(tmp_path: Path, own_state: Path) -> None:
    need("git")
    root = make_vault(tmp_path / "vault", count=300)
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-C", str(root))
    (root / ".gitignore").write_text("site/\n", encoding="utf-8")
    run(*git, "init", "-q")
    run(*git, "add", ".")
    run(*git, "commit", "-qm", "one")
    for path in (root / "Interviews").glob("*.md"):
        path.write_text(note(path.stem, "On the other branch.\n"), encoding="utf-8")
    run(*git, "checkout", "-qb", "other")
    run(*git, "commit", "-qam", "two")
    with Daemon(root, own_state, "--no-coach") as daemon:
        daemon.wait_for("built", seconds=110)
        daemon.wait_for_rest(0.5)
        run(*git, "checkout", "-q", "-")
        told = daemon.wait_for("built", 2, seconds=110)
        daemon.wait_for_rest(1.5)
        assert len(told["changed"]) == 300
        assert len(daemon.of("built")) == 2


@POSIX
def test_coaching_comes_at_rest_and_keeps_every_word(tmp_path: Path, own_state: Path) -> None:
    root = make_vault(tmp_path / "vault", count=1)
    path = root / "Interviews" / "firm0.md"
    with Daemon(root, own_state, settings=QUICK) as daemon:
        daemon.wait_for("coached")
        daemon.wait_for_rest()
        coached = path.read_bytes()
        assert coached.startswith(note("firm0").encode())
        assert b"<!-- prepvault:begin" in coached
        saved = coached.replace(b"role: Engineer", b"role: Data Engineer").replace(
            b"First words.", b"First words, and more."
        )
        path.write_bytes(saved)
        daemon.wait_for("coached", 2)
        daemon.wait_for_rest(2.5)
        after = path.read_bytes()
        head = saved.partition(b"<!-- prepvault:begin")[0]
        assert after.startswith(head)
        assert after != saved, "another role, another coaching"
        assert len(daemon.of("coached")) == 2
        assert [event["cause"] for event in daemon.of("built")] == [
            "start",
            "coaching",
            "changes",
            "coaching",
        ]
        plain = after.replace(b"First words, and more.", b"Only my own words changed.")
        path.write_bytes(plain)
        daemon.wait_for_page("Only my own words changed.")
        daemon.wait_for_rest(2.5)
        assert path.read_bytes() == plain, "inputs did not change, so the save is not answered by a write"


@POSIX
def test_one_vault_has_one_daemon_and_a_killed_one_leaves_no_lock(tmp_path: Path, own_state: Path) -> None:
    root = make_vault(tmp_path / "vault")
    with Daemon(root, own_state, "--no-coach") as first:
        first.wait_for("built")
        with Daemon(root, own_state) as second:
            assert second.process.wait(20) == 3
            second.end()
            assert f"by process {first.process.pid}" in "".join(second.errors)
        first.end(signal.SIGKILL)
        with Daemon(root, own_state, "--no-coach") as third:
            third.wait_for("built")
            (root / "Interviews" / "firm0.md").write_text(note("firm0", "After the kill.\n"), "utf-8")
            third.wait_for_page("After the kill.")


@POSIX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_it_ends_in_order_when_asked(tmp_path: Path, own_state: Path, number: signal.Signals) -> None:
    root = make_vault(tmp_path / "vault")
    with Daemon(root, own_state, "--no-coach") as daemon:
        daemon.wait_for("built")
        assert daemon.end(number) < 2
        assert daemon.process.returncode == 0
        assert daemon.events[-1]["event"] == "ended"
        assert daemon.errors == []


@POSIX
def test_it_ends_within_two_seconds_in_the_middle_of_a_build(tmp_path: Path, own_state: Path) -> None:
    root = make_vault(tmp_path / "vault", count=300)
    with Daemon(root, own_state, "--no-coach") as daemon:
        daemon.wait_for("started")
        assert daemon.end() < 2
        assert daemon.process.returncode == 0
        assert daemon.of("built") == []


@POSIX
def test_it_ends_within_two_seconds_in_the_middle_of_writing(tmp_path: Path, own_state: Path) -> None:
    root = make_vault(tmp_path / "vault", count=150)
    before = {path: path.read_bytes() for path in (root / "Interviews").glob("*.md")}
    for path in before:
        os.utime(path, (1_700_000_000, 1_700_000_000))

    def coached() -> int:
        return sum(b"prepvault:begin" in path.read_bytes() for path in before)

    with Daemon(root, own_state) as daemon:
        wait_until(lambda: coached() > 0, "a first note is coached", 110)
        assert daemon.end() < 2
        assert daemon.process.returncode == 0
    assert 0 < coached() < 150, "it was in the middle"
    for path, data in before.items():
        now = path.read_bytes()
        assert now.startswith(data)
        assert now.count(b"prepvault:begin") == now.count(b"prepvault:end")
    with Daemon(root, own_state) as daemon:
        wait_until(lambda: coached() == 150, "the rest is coached", 110)


def test_a_start_brings_to_an_end_what_a_killed_one_left(tmp_path: Path, own_state: Path) -> None:
    """Killed after its last exchange, it wrote all that was to be written; only the file beside is left."""

    class Killed(BaseException):
        """The end of a process."""

    def die_late(step: str) -> None:
        if step == "look":
            raise Killed

    root = make_vault(tmp_path / "vault", count=1)
    context = open_context(str(root))
    changes = plan_coaching(context, load(context)).changes
    with pytest.raises(Killed):
        apply_changes(context, changes, probe=die_late)
    assert list(root.rglob(".prepvault-*"))
    with Daemon(root, own_state) as daemon:
        daemon.wait_for("built")
        assert [path.name for path in (root / "Interviews").iterdir()] == ["firm0.md"]


@POSIX
def test_hanging_up_makes_everything_anew(tmp_path: Path, own_state: Path) -> None:
    root = make_vault(tmp_path / "vault")
    with Daemon(root, own_state, "--no-coach") as daemon:
        daemon.wait_for("built")
        daemon.process.send_signal(signal.SIGHUP)
        assert daemon.wait_for("built", 2)["cause"] == "asked"


def test_polling_follows_too(tmp_path: Path, own_state: Path) -> None:
    root = make_vault(tmp_path / "vault")
    with Daemon(root, own_state, "--no-coach", "--poll") as daemon:
        assert daemon.wait_for("started")["polling"] is True
        daemon.wait_for("built")
        (root / "Interviews" / "firm0.md").write_text(note("firm0", "Seen by looking.\n"), "utf-8")
        daemon.wait_for_page("Seen by looking.")


@pytest.mark.skipif(sys.platform != "linux", reason="a queue of Linux")
def test_events_that_the_system_dropped_are_made_up_for(tmp_path: Path, own_state: Path) -> None:
    """While it is stopped, more happens than the kernel keeps; the change of the note comes last."""
    limit = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text(encoding="ascii"))
    if limit > 20_000:
        pytest.skip(f"the kernel would keep {limit} events here")
    root = make_vault(tmp_path / "vault")
    with Daemon(root, own_state, "--no-coach") as daemon:
        daemon.wait_for("built")
        daemon.process.send_signal(signal.SIGSTOP)
        (root / "Attachments").mkdir()
        for number in range(limit // 2):
            (root / "Attachments" / f"{number}.txt").write_bytes(b"x")
        (root / "Interviews" / "firm0.md").write_text(note("firm0", "After the storm.\n"), "utf-8")
        daemon.process.send_signal(signal.SIGCONT)
        daemon.wait_for_page("After the storm.", 20)


@pytest.mark.skipif(sys.platform != "linux", reason="a limit of Linux")
def test_where_nothing_can_be_watched_it_polls(tmp_path: Path, own_state: Path) -> None:
    root = make_vault(tmp_path / "vault")
    with Daemon(root, own_state, "--no-coach", before=limited("max_inotify_instances", 0)) as daemon:
        started = daemon.wait_for("started")
        assert started["polling"] is True
        assert started["why"].startswith("the system gives no events")
        daemon.wait_for("built")
        (root / "Interviews" / "firm0.md").write_text(note("firm0", "Seen by looking.\n"), "utf-8")
        daemon.wait_for_page("Seen by looking.")


@pytest.mark.skipif(sys.platform != "linux", reason="a limit of Linux")
def test_where_not_every_folder_can_be_watched_it_says_so_and_polls(tmp_path: Path, own_state: Path) -> None:
    root = make_vault(tmp_path / "vault")
    for number in range(60):
        (root / "Interviews" / f"folder{number}").mkdir()
    with Daemon(root, own_state, "--no-coach", before=limited("max_inotify_watches", 40)) as daemon:
        started = daemon.wait_for("started")
        assert started["polling"] is True
        assert "of 6" in started["why"]
        assert "max_user_watches" in started["hint"]
        daemon.wait_for("built")
        for number in range(60):
            text = note(f"deep{number}", f"Deep {number}.\n")
            (root / "Interviews" / f"folder{number}" / f"deep{number}.md").write_text(text, "utf-8")
        for number in range(60):
            daemon.wait_for_page(f"Deep {number}.", 60)


@pytest.mark.skipif(sys.platform != "linux", reason="the folder is exchanged under its name")
def test_a_vault_that_is_taken_away_and_brought_back_is_followed(tmp_path: Path, own_state: Path) -> None:
    root = make_vault(tmp_path / "vault")
    with Daemon(root, own_state, "--no-coach") as daemon:
        daemon.wait_for("built")
        daemon.wait_for_rest(0.5)
        shutil.copytree(root, tmp_path / "copy")
        root.rename(tmp_path / "away")
        daemon.process.send_signal(signal.SIGHUP)  # it looks each half minute; this wakes it
        gone = daemon.wait_for("remark", seconds=40)
        assert "gone" in gone["message"]
        assert len(daemon.of("built")) == 1, "nothing is made of a folder that is not there"
        (tmp_path / "copy" / "Interviews" / "firm0.md").write_text(note("firm0", "In the copy.\n"), "utf-8")
        (tmp_path / "copy").rename(root)
        daemon.wait_for_page("In the copy.", 40)
        (root / "Interviews" / "firm0.md").write_text(note("firm0", "Heard again.\n"), "utf-8")
        daemon.wait_for_page("Heard again.", 10)
