"""Files and folders that vanish, cannot be read, or become something else while a command runs."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.faults.calls import (
    Call,
    Course,
    calls_of,
    course_of,
    judge_next,
    named_folder,
    traced,
)
from benchmarks.faults.looking import (
    Look,
    Tally,
    judge_files,
    judge_run,
    judge_site,
    judge_state,
    judge_strays,
    look,
)
from benchmarks.faults.races import STYLES, lines_anywhere
from benchmarks.faults.stage import BY_NAME, Act, Stage
from benchmarks.faults.warm import NOBODY, Entry
from prepvault.__main__ import main as prepvault

VICTIM = "Interviews/acme.md"
LINE = b"what somebody typed meanwhile\n"
ACTS = ("coach", "status", "check-fix", "build-again")


def _drop(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _folder(path: Path) -> None:
    _drop(path)
    path.mkdir()


def _pipe(path: Path) -> None:
    _drop(path)
    os.mkfifo(path)


def _loop(path: Path) -> None:
    _drop(path)
    path.symlink_to(path.name)


def _device(path: Path) -> None:
    _drop(path)
    os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))


def _shut(path: Path) -> None:
    path.chmod(0)


def _large(path: Path) -> None:
    path.write_bytes(b"x" * (3 << 20))


KINDS: dict[str, tuple[Callable[[Path], None], str]] = {
    "gone": (_drop, VICTIM),
    "folder gone": (_drop, "Interviews"),
    "a folder": (_folder, VICTIM),
    "a pipe": (_pipe, VICTIM),
    "a loop of links": (_loop, VICTIM),
    "a device without an end": (_device, VICTIM),
    "too large": (_large, VICTIM),
    "unreadable": (_shut, VICTIM),
    "folder unreadable": (_shut, "Interviews"),
    "stories unreadable": (_shut, "Stories"),
}
"""What becomes of which path."""


def sweep_vanishing(folder: Path, acts: tuple[Act, ...], *, stride: int, offset: int) -> Iterator[Tally]:
    """Stop at a call, change something, go on; the others are whole, and the next run without it finishes."""
    for act in acts or tuple(BY_NAME[name] for name in ACTS):
        for kind, (change, where) in KINDS.items():
            if kind.endswith("device without an end") and os.geteuid():
                continue
            user = NOBODY if "unreadable" in kind and not os.geteuid() else None
            stage = Stage(act, named_folder(folder, f"{act.name} {kind}"), user=user)
            yield _sweep_one(stage, f"{kind}: {act.name}", change, where, stride, offset)
            shutil.rmtree(stage.runner.folder)


def sweep_saves(folder: Path, *, stride: int, offset: int, entry: Entry = prepvault) -> Iterator[Tally]:
    """Stop at a call, let an editor save the note, go on: the save is in the note or can be brought back."""
    for name, save in STYLES.items():
        stage = Stage(BY_NAME["status"], named_folder(folder, f"save {name}"), entry=entry)
        note, tally = stage.vault / VICTIM, Tally(f"save {name}")
        for call in calls_of(stage)[offset % stride :: stride]:
            stage.reset()
            with stage.runner.begun(stage.words(stage.act.words), traced(call, "signal=STOP")) as child:
                if child.wait_until_stopped():
                    save(note, LINE)
                    child.go_on()
                judge_run(tally, str(call), child.wait(), (0, 1))
            tally.counts["attempts"] += 1
            stage.run(("notes", "acme", "the last word"))
            if LINE.strip() not in lines_anywhere(stage, note):
                tally.fault("lost", str(call), "the save is gone for good")
            judge_state(tally, str(call), stage)
            judge_strays(tally, str(call), stage)
        yield tally


def _sweep_one(
    stage: Stage, name: str, change: Callable[[Path], None], path: str, stride: int, offset: int
) -> Tally:
    course, calls = course_of(stage), [call for call in calls_of(stage) if str(stage.vault) in call.line]
    tally = Tally(name)
    for call in calls[offset % stride :: stride]:
        stage.reset()
        with stage.runner.begun(stage.words(stage.act.words), traced(call, "signal=STOP")) as child:
            if not child.wait_until_stopped():
                tally.fault("other", str(call), "did not stop")
                continue
            victim = stage.vault / path
            if victim.exists():
                change(victim)
            child.go_on()
            ran = child.wait()
        tally.counts["attempts"] += 1
        _judge(tally, call, stage, course, path)
        judge_run(tally, str(call), ran, (0, 1, 2, 3))  # 2: what was named is not there
        _put_back(stage, path)
        judge_next(tally, str(call), stage, replace(course, twice=_with_first(course, stage)))
    return tally


def _with_first(course: Course, stage: Stage) -> Look:
    """What may be at the end, too: what was once offered to a note that then went is not offered again."""
    return replace(course.twice, notes=course.before.notes) if stage.act.name == "coach" else course.twice


def _judge(tally: Tally, call: Call, stage: Stage, course: Course, path: str) -> None:
    """All notes but those that were changed are old or new; the manifest knows every page."""
    victim = stage.vault / path
    if victim.is_dir() and not victim.is_symlink():
        victim.chmod(0o755)
    found = look(stage)
    kept = [
        {name: data for name, data in files.items() if not name.startswith(path)}
        for files in (found.notes, course.before.notes, course.once.notes)
    ]
    judge_files(tally, str(call), *kept)
    judge_site(tally, str(call), found.site, *([found.site] if found.site else []))
    judge_state(tally, str(call), stage)


def _put_back(stage: Stage, path: str) -> None:
    """Let there be again what was there at first; the rest is as the run left it."""
    victim, first = stage.vault / path, stage.base / "vault" / path
    if first.is_dir():
        victim.mkdir(exist_ok=True)
        victim.chmod(0o755)
        for each in first.iterdir():
            if not (victim / each.name).exists():
                shutil.copy2(each, victim / each.name)
    else:
        if os.path.lexists(victim):
            _drop(victim)
        shutil.copy2(first, victim)
    stage.own()
