"""What `watch` is made of, on a real disk: which files it sees, how it hears, what it leaves alone."""

import logging
import os
import signal
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prepvault.jobs.build import build
from prepvault.jobs.context import open_context
from prepvault.jobs.find_notes import find_ignored
from prepvault.jobs.load import load
from prepvault.jobs.watch_coach import Rest
from prepvault.jobs.watch_round import Round
from prepvault.model.note import Note
from prepvault.model.watching import FilesChanged, Pace, Reload, Rescan, Stop, is_hollow
from prepvault.outside.eyes import Eyes, Sight, is_passing
from prepvault.outside.ignored import Ignored
from prepvault.outside.inbox import MOST_PATHS, Inbox
from prepvault.outside.lock import watch_lock
from prepvault.outside.signals import Signals, StopNow
from prepvault.outside.watcher import Watcher
from tests.conftest import Maker

NOTE = """
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2099-02-12T14:00:00
status: scheduled
created_at: 2026-02-01T09:00:00Z
---
My own words.
=== Companies/acme.md
---
company: Acme
---
"""


@pytest.mark.parametrize(
    "name",
    [
        "note.md~",
        ".note.md.swp",
        ".note.md.swx",
        "4913",
        "tmpEaYeTj",
        "sedk3Xq0B",
        ".#note.md",
        "#note.md#",
        ".syncthing.note.md.tmp",
        "~syncthing~note.md.tmp",
        ".goutputstream-XJ2",
        "tmpab12.tmp",
        ".note.md.icloud",
        ".prepvault-12ab.tmp",
        "sedAbC.part",
    ],
)
def test_what_editors_leave_for_a_moment_is_not_looked_at(name: str) -> None:
    assert is_passing(name)


@pytest.mark.parametrize(
    "name", ["note.md", "4913.md", "Acme ~ final.md", "a.png", "C#.md", "temperature.md"]
)
def test_notes_with_odd_names_are(name: str) -> None:
    assert not is_passing(name)


def test_the_output_and_hidden_folders_are_not_looked_at() -> None:
    sight = Sight(Ignored(folders=("site", "Templates"), patterns=("_*",)), kept=("_cards",))
    for path in (
        "a.md",
        "Interviews/x/b.md",
        "img/a.png",
        "prepvault.toml",
        ".obsidian/app.json",
        "_cards/x.md",
    ):
        assert sight.wants(path), path
    for path in (
        "site/index.html",
        ".git/index",
        ".obsidian/workspace.json",
        "Templates/t.md",
        "_x/a.md",
        "a.md~",
    ):
        assert not sight.wants(path), path


def test_a_census_and_an_event_agree_about_what_matters(make_vault: Maker) -> None:
    root = make_vault(
        NOTE + "=== site/index.html\nx\n=== Templates/t.md\nx\n=== .git/HEAD\nx\n=== .obsidian/app.json\n{}\n"
    )
    sight = Sight(find_ignored(open_context(str(root))))
    seen = set(Eyes(root, sight).census())
    every = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert seen == {path for path in every if sight.wants(path)}
    assert seen == {"Interviews/acme.md", "Companies/acme.md", "prepvault.toml", ".obsidian/app.json"}


def test_a_look_tells_missing_empty_and_the_same_bytes_apart(tmp_path: Path) -> None:
    eyes = Eyes(tmp_path, Sight())
    note = tmp_path / "a.md"
    assert eyes.look("a.md").stamp is None
    note.write_bytes(b"")
    assert eyes.look("a.md").is_hollow
    note.write_bytes(b"text")
    first = eyes.look("a.md")
    os.utime(note, (1, 1))
    second = eyes.look("a.md")
    assert first.stamp != second.stamp
    assert first.digest == second.digest
    assert not first.is_doubtful


@pytest.mark.parametrize(
    ("data", "hollow"),
    [
        (b"", True),
        (b"\0" * 40, True),
        (b"---\ncompany: A\n---\n\0\0", True),
        (b"---\ncompany: A", True),
        (b"\xef\xbb\xbf---\r\ncompany: A\r\n", True),
        (b"---\ncompany: A\n---\n", False),
        (b"---\rcompany: A\r---\r", False),
        (b"text", False),
        (b"a\0b", False),
        (b"---- a rule", False),
    ],
)
def test_the_middle_of_a_save_is_recognised(data: bytes, hollow: bool) -> None:
    assert is_hollow(data) is hollow


def test_paths_are_gathered_and_told_once() -> None:
    inbox = Inbox()
    for name in ("a", "b", "a"):
        inbox.add(name)
    assert inbox.take(1) == (FilesChanged(frozenset({"a", "b"})),)
    assert inbox.take(0) == ()


def test_a_path_wakes_the_loop_at_once() -> None:
    inbox = Inbox()
    begun = time.monotonic()
    inbox.add("a")
    inbox.take(20)
    inbox.add_all()
    inbox.take(20)
    assert time.monotonic() - begun < 10


def test_too_many_paths_become_one_look_at_everything() -> None:
    inbox = Inbox()
    for number in range(MOST_PATHS * 3):
        inbox.add(str(number))
    assert inbox.take(1) == (Rescan(),)
    inbox.add("a")
    assert inbox.take(1) == (FilesChanged(frozenset({"a"})),)


def test_a_request_to_end_goes_before_a_storm() -> None:
    inbox = Inbox()
    inbox.add("a")
    inbox.post(Stop())
    assert inbox.take(1)[0] == Stop()


def test_only_one_watches_and_the_other_is_told_who(tmp_path: Path) -> None:
    from prepvault.errors import OutsideError

    with (
        watch_lock(tmp_path),
        pytest.raises(OutsideError, match=f"process {os.getpid()}"),
        watch_lock(tmp_path),
    ):
        pass
    with watch_lock(tmp_path):
        pass


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


def send(number: int) -> None:
    """Deliver a signal to this process and let its handler run."""
    os.kill(os.getpid(), number)
    for _ in range(1000):
        pass


def test_a_signal_leaves_an_event_and_ends_only_what_may_be_dropped(inbox: Inbox) -> None:
    signals = Signals(inbox.post)
    with signals.installed():
        with pytest.raises(StopNow), signals.droppable():
            send(signal.SIGTERM)
        assert inbox.take(0) == (Stop(),)
        with pytest.raises(StopNow), signals.droppable():
            pytest.fail("begun although someone asked to end")


def test_a_signal_lets_a_write_in_hand_finish(inbox: Inbox) -> None:
    signals = Signals(inbox.post)
    with signals.installed():
        send(signal.SIGTERM)
        written = True
    assert written
    assert inbox.take(0) == (Stop(),)


@pytest.mark.slow
def test_a_write_that_takes_too_long_is_left_to_the_journal(inbox: Inbox) -> None:
    with Signals(inbox.post).installed():
        send(signal.SIGTERM)
        with pytest.raises(StopNow):
            time.sleep(2)


def test_the_second_signal_ends_at_once(inbox: Inbox) -> None:
    signals = Signals(inbox.post)
    with signals.installed():
        send(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            send(signal.SIGINT)


def test_hanging_up_reloads_where_there_is_no_terminal(inbox: Inbox) -> None:
    with Signals(inbox.post).installed():
        send(signal.SIGHUP)
    assert inbox.take(0) == (Reload(),)


def test_closing_the_terminal_window_ends_it(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prepvault.outside.signals._is_terminal", lambda: True)
    signals = Signals(inbox.post)
    with signals.installed():
        send(signal.SIGHUP)
        assert inbox.take(0) == (Reload(),)
        monkeypatch.setattr("prepvault.outside.signals._is_terminal", lambda: False)
        send(signal.SIGHUP)
    assert inbox.take(0) == (Stop(),)


def test_handlers_are_given_back(inbox: Inbox) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    with Signals(inbox.post).installed():
        pass
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)] == before


@pytest.mark.parametrize(
    ("age", "rests"), [(29, False), (31, True), (-3600, True)], ids=["just saved", "at rest", "another clock"]
)
def test_what_was_saved_before_it_started_must_rest_too(age: int, rests: bool) -> None:
    now = datetime(2026, 2, 9, 9, 0, tzinfo=UTC)
    rest = Rest(Pace(quiet=30))
    saved = Note("acme.md", b"text", now - timedelta(seconds=age))
    assert rest.is_resting(saved, 1000.0, now) is rests
    assert rest.due() == (None if rests else pytest.approx(1001.0))


def work() -> Round:
    return Round(suppress, lambda context, _: build(context), load)


def is_resting(note: Note) -> bool:
    return True


def test_coaching_writes_only_into_notes_that_rest(make_vault: Maker) -> None:
    root = make_vault(NOTE)
    note = root / "Interviews/acme.md"
    before = note.read_bytes()
    assert work().coach(open_context(str(root)), lambda note: False).written == {}
    assert note.read_bytes() == before
    done = work().coach(open_context(str(root)), is_resting)
    assert list(done.written) == ["Interviews/acme.md"]
    assert note.read_bytes() != before
    assert (
        done.written["Interviews/acme.md"] == load(open_context(str(root))).notes["Interviews/acme.md"].digest
    )


def test_somebody_who_saves_in_the_same_moment_wins_and_it_is_tried_later(make_vault: Maker) -> None:
    root = make_vault(NOTE)
    path = root / "Interviews/acme.md"
    typed = path.read_bytes() + b"Typed just now.\n"

    def type_now(note: Note) -> bool:
        path.write_bytes(typed)
        return True

    done = work().coach(open_context(str(root)), type_now)
    assert done.is_owed
    assert done.written == {}
    assert done.findings == ()
    assert path.read_bytes() == typed


def test_coaching_again_writes_nothing(make_vault: Maker) -> None:
    root, one = make_vault(NOTE), work()
    one.coach(open_context(str(root)), is_resting)
    assert one.coach(open_context(str(root)), is_resting).written == {}


def test_a_note_that_somebody_sets_back_twice_is_left_alone(make_vault: Maker) -> None:
    """An editor that holds an old text and saves it over ours would else go on for ever."""
    root, one = make_vault(NOTE), work()
    note, company = root / "Interviews/acme.md", root / "Companies/acme.md"
    one.coach(open_context(str(root)), is_resting)
    old = note.read_bytes()
    company.write_text("---\ncompany: Acme\n---\n## Say\n\n- Say: their new compiler\n", encoding="utf-8")
    note.write_bytes(old.replace(b"role: Engineer", b"role: Data Engineer"))
    old = note.read_bytes()
    writes, given_up = 0, list[str]()
    for _ in range(6):
        done = one.coach(open_context(str(root)), is_resting)
        writes += len(done.written)
        given_up += done.given_up
        note.write_bytes(old)
    assert writes == 2
    assert given_up == ["Interviews/acme.md"]


def test_what_was_given_up_is_not_remembered_as_offered(make_vault: Maker) -> None:
    root, one = make_vault(NOTE), work()
    bare = (root / "Interviews/acme.md").read_bytes()
    one.undone["Interviews/acme.md"] = 2
    assert one.coach(open_context(str(root)), is_resting).written == {}
    assert (root / "Interviews/acme.md").read_bytes() == bare
    assert list(work().coach(open_context(str(root)), is_resting).written) == ["Interviews/acme.md"]


def test_building_names_the_moment_at_which_pages_change(make_vault: Maker) -> None:
    root = make_vault(NOTE.replace("2099-02-12", "2026-02-09"))
    context = open_context(str(root), now="2026-02-09T13:00:00Z")
    assert work().build(context, None).next_at == datetime(2026, 2, 9, 14, 0, tzinfo=UTC)
    late = open_context(str(root), now="2026-02-09T20:00:00Z")
    assert work().build(late, None).next_at == datetime(2026, 2, 10, 0, 0, tzinfo=UTC)


@pytest.mark.slow
def test_what_the_listener_complains_of_makes_it_look_at_everything(tmp_path: Path) -> None:
    inbox = Inbox()
    watcher = Watcher(tmp_path, inbox, lambda path: True)
    assert not watcher.start().is_polling
    try:
        logging.getLogger("watchdog.observers.anything").warning("events were lost")
        assert inbox.take(5) == (Rescan(),)
    finally:
        watcher.stop()
    logging.getLogger("watchdog.observers.anything").warning("nobody listens any more")
    assert inbox.take(0) == ()


@pytest.mark.slow
def test_both_ends_of_a_move_are_heard_and_reading_is_not(tmp_path: Path) -> None:
    inbox = Inbox()
    (tmp_path / "a.md").write_bytes(b"text")
    watcher = Watcher(tmp_path, inbox, lambda path: path.endswith(".md"))
    watcher.start()
    try:
        (tmp_path / "a.md").read_bytes()
        (tmp_path / "a.tmp").write_bytes(b"x")
        (tmp_path / "a.md").rename(tmp_path / "b.md")
        heard: set[str] = set()
        while len(heard) < 2:
            for event in inbox.take(5) or pytest.fail(f"only {heard} were heard"):
                heard |= event.paths if isinstance(event, FilesChanged) else {"everything"}
        assert heard == {"a.md", "b.md"}
    finally:
        watcher.stop()
