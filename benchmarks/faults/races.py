"""Races: an editor saves the note all the while, or a second PrepVault is at work; nothing may be gone."""

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from benchmarks.faults.calls import named_folder
from benchmarks.faults.looking import Tally, judge_run, judge_site, judge_state, judge_strays, look
from benchmarks.faults.stage import BY_NAME, NOW, Act, Stage
from benchmarks.faults.warm import Entry, Runner
from prepvault.__main__ import main as prepvault
from prepvault.errors import PrepVaultError
from prepvault.jobs.context import open_root
from prepvault.jobs.write import apply_changes
from prepvault.model.change import Change, Edit
from prepvault.outside.disk import read_note
from prepvault.outside.journal import Journal
from prepvault.parse.edit import edit_head

STATES = ("confirmed", "scheduled")
WATCH = Act("watch", ("build",))
NOTE = "Interviews/acme.md"
_MOST_PAUSE = 0.006
_HURRIED = 25
_CODES = (0, 1, 2)
"""2: the editor has just cut the note to nothing, so no interview is found."""


def save_by_rename(path: Path, line: bytes) -> None:
    """As vim, gedit and sync tools do."""
    text = path.read_bytes() + line
    beside = path.with_name(f"{path.name}.editor")
    beside.write_bytes(text)
    beside.replace(path)


def save_in_place(path: Path, line: bytes) -> None:
    """As Obsidian and VS Code do."""
    text = path.read_bytes() + line
    with path.open("r+b") as stream:
        stream.truncate(0)
        stream.write(text)


def save_by_append(path: Path, line: bytes) -> None:
    """As `>>` does."""
    with path.open("ab") as stream:
        stream.write(line)


STYLES: dict[str, Callable[[Path, bytes], None]] = {
    "rename": save_by_rename,
    "in place": save_in_place,
    "append": save_by_append,
}


def sweep_races(folder: Path, *, saves: int, seed: int, entry: Entry = prepvault) -> Iterator[Tally]:
    """Let an editor save so many times in each style while commands edit the same note."""
    for name, save in STYLES.items():
        stage = Stage(BY_NAME["status"], named_folder(folder, name), entry=entry)
        note = stage.vault / NOTE
        tally = Tally(f"race {name}")
        hurried = Runner(stage.runner.folder, stage.environment, entry=hurry)
        editor = _fork(partial(_edit_all_day, note, save, saves, seed))
        runs = 0
        while not os.waitpid(editor, os.WNOHANG)[0]:
            if entry is prepvault and runs % 4:
                hurried.run(["--vault", str(stage.vault), "--seed", str(runs)])
            else:
                ran = stage.run(("status", "acme", STATES[runs % 2]))
                judge_run(tally, f"run {runs}", ran, _CODES)
            runs += 1
        tally.counts["attempts"] += saves
        tally.note = f"{runs} commands, {_writes(stage)} edits of ours begun beside them"
        stage.run(("notes", "acme", "the last word"))
        seen = lines_anywhere(stage, note)
        for number in range(saves):
            if b"line %d" % number not in seen:
                tally.fault("lost", f"save {number}", "gone for good")
        judge_state(tally, "at the end", stage)
        judge_strays(tally, "at the end", stage)
        yield tally


def hurry(words: Sequence[str]) -> None:
    """Edit a note again and again as commands do, without the time that they take to read a vault."""
    context = open_root(Path(words[1]), now=NOW)
    for number in range(_HURRIED):
        with suppress(PrepVaultError):
            note = read_note(context.root, NOTE)
            data, refused = edit_head(note.data, [Edit("feedback", "set", f"{words[3]}.{number}")], NOTE)
            if note.data.startswith(b"---\n") and not refused:
                apply_changes(context, [Change(NOTE, note.digest, data, "race")])


def _writes(stage: Stage) -> int:
    return sum(len(Journal(folder).entries()) for folder in (stage.state / "vaults").glob("*"))


def lines_anywhere(stage: Stage, note: Path) -> set[bytes]:
    """Every line that the note or the journal still holds."""
    texts = [note.read_bytes()]
    for folder in (stage.state / "vaults").glob("*"):
        journal = Journal(folder)
        texts += [text or b"" for _, _, text in journal.rescued()]
        for record in journal.read().records:
            if record["kind"] == "begin":
                texts.append(journal.read_text(record["before"]) or b"")
    return {line for text in texts for line in text.splitlines()}


def _edit_all_day(note: Path, save: Callable[[Path, bytes], None], saves: int, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(saves):
        save(note, b"line %d\n" % number)
        time.sleep(chance.random() * _MOST_PAUSE)


def _fork(live: Callable[[], None]) -> int:
    """Do something in a process of its own."""
    number = os.fork()
    if not number:
        code = 1
        try:
            live()
            code = 0
        finally:
            os._exit(code)
    return number


def sweep_pairs(folder: Path, *, edits: int) -> Iterator[Tally]:
    """Two PrepVaults at once: both edit, both build, one watches."""
    yield _both_edit(Stage(BY_NAME["notes"], named_folder(folder, "edit")), edits)
    yield _both_build(Stage(BY_NAME["build"], named_folder(folder, "build")), max(2, edits // 10))
    yield _one_watches(Stage(WATCH, named_folder(folder, "watch")), max(2, edits // 4))


def _both_edit(stage: Stage, edits: int) -> Tally:
    tally = Tally("two edit", note="each edit again until it is done")
    own = [Stage.beside(stage, name) for name in "xy"]
    writers = [_fork(partial(_add, each, name, edits)) for each, name in zip(own, "xy", strict=True)]
    for number in writers:
        if os.waitpid(number, 0)[1]:
            tally.fault("wrong exits", "two edit", "one of them ended badly")
    tally.counts["attempts"] = 2 * edits
    text = (stage.vault / NOTE).read_text(encoding="utf-8")
    for name in "xy":
        for number in range(edits):
            if text.count(f"word {name}{number}.") != 1:
                tally.fault(
                    "lost", f"{name}{number}", f"{text.count(f'word {name}{number}.')} times in the note"
                )
    judge_state(tally, "at the end", stage)
    judge_strays(tally, "at the end", stage)
    return tally


def _add(stage: Stage, name: str, edits: int) -> None:
    for number in range(edits):
        for _ in range(200):
            ran = stage.run(("notes", "acme", f"word {name}{number}."))
            if ran.code == 0:
                break
            if ran.has_trace or ran.code not in (1, 3):
                raise RuntimeError(ran.said)
        else:
            raise RuntimeError(f"never done: {ran.said}")


def _both_build(stage: Stage, times: int) -> Tally:
    tally = Tally("two build")
    own = [Stage.beside(stage, name) for name in "xy"]
    note = stage.vault / NOTE
    for number in range(times):
        note.write_bytes(note.read_bytes() + b"Line %d.\n" % number)
        runs = [_fork(partial(_build, each)) for each in own]
        codes = [os.waitstatus_to_exitcode(os.waitpid(run, 0)[1]) for run in runs]
        tally.counts["attempts"] += 2
        if set(codes) - {0, 1}:
            tally.fault("wrong exits", f"round {number}", f"{codes}")
        after = stage.run(("build",))
        judge_run(tally, f"round {number}, then again", after, (0, 1))
        found = look(stage).site
        clean = stage.live / "clean"
        stage.run(("build", "--no-cache", "-o", str(clean)))
        judge_site(tally, f"round {number}", found, _pages(clean))
    judge_strays(tally, "at the end", stage)
    return tally


def _build(stage: Stage) -> None:
    """Build, and end as that ended."""
    ran = stage.run(("build",))
    if ran.code:
        print(ran.said, file=sys.stderr)
    os._exit(ran.code)


def _pages(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _one_watches(stage: Stage, edits: int) -> Tally:
    """Commands beside a daemon: each does what it says, and the daemon's pages have the last word."""
    tally = Tally("watch beside")
    beside = Stage.beside(stage, "x")
    with stage.runner.begun(["--vault", str(stage.vault), "watch"]) as daemon:
        for number in range(edits):
            for _ in range(50):
                ran = beside.run(("notes", "acme", f"word {number}."))
                if ran.code != 1:
                    break
            judge_run(tally, f"edit {number}", ran, (0,))
            tally.counts["attempts"] += 1
        if not _comes(stage.vault / "site", f"word {edits - 1}."):
            tally.fault("other", "watch", "no page shows the last edit")
        os.kill(daemon.number, signal.SIGTERM)
        judge_run(tally, "watch", daemon.wait(), (0,))
    text = (stage.vault / NOTE).read_text(encoding="utf-8")
    for number in range(edits):
        if text.count(f"word {number}.") != 1:
            tally.fault("lost", f"edit {number}", "not in the note once")
    judge_state(tally, "at the end", stage)
    judge_strays(tally, "at the end", stage)
    return tally


def _comes(site: Path, words: str, seconds: int = 60) -> bool:
    """Wait until a page of the interview holds these words."""
    for _ in range(seconds * 10):
        with suppress(OSError):
            if any(words in page.read_text(encoding="utf-8") for page in site.glob("interviews/*.html")):
                return True
        time.sleep(0.1)
    return False
