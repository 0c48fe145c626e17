"""Disks that are full or may only be read: vault, state, output, cache lie on a small one, each in turn."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults.calls import (
    Course,
    course_of,
    judge_halfway,
    judge_next,
    judge_said,
    named_folder,
)
from benchmarks.faults.looking import Tally, judge_run
from benchmarks.faults.stage import BY_NAME, Act, Stage

PLACES = {
    "vault": ("status", "coach", "coach-in-place", "schedule", "import", "undo", "check-fix", "init"),
    "state": ("status", "coach", "remind", "undo"),
    "vault/site": ("build", "build-again"),
    "cache": ("build-again",),
    "out": ("feed",),
}
"""Which folder is on the small disk, and what is done then."""

SIZE = "4m"
MOST = 64 * 1024
PAGE = 4096


class Disk:
    """A disk in memory under one folder of the stage, with a filler where the stage does not see it."""

    def __init__(self, folder: Path, place: Path) -> None:
        self.folder, self.place = folder, place
        self.filler = folder / "filler"

    def leave(self, room: int) -> None:
        """Fill the disk but for so many bytes."""
        free = os.statvfs(self.folder)
        with self.filler.open("wb") as stream:
            stream.write(b"x" * max(0, free.f_bavail * free.f_frsize - room))

    def clear(self) -> None:
        """Make room again."""
        self.filler.unlink(missing_ok=True)

    def lock(self, *, reading: bool) -> None:
        """Let the stage only read it, or write again."""
        mount("-o", f"remount,bind,{'ro' if reading else 'rw'}", str(self.place))


def mount(*words: str) -> None:
    """Call mount; raises OSError where that is not allowed."""
    ran = subprocess.run(["mount", *words], capture_output=True, check=False)  # noqa: S607
    if ran.returncode:
        raise OSError(ran.stderr.decode().strip())


@contextmanager
def small_disk(folder: Path, place: Path) -> Iterator[Disk]:
    """Mount one; raises OSError where that is not allowed."""
    disk = folder / "disk"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk))
    try:
        (disk / "data").mkdir()
        place.mkdir(exist_ok=True)
        mount("--bind", str(disk / "data"), str(place))
        try:
            yield Disk(disk, place)
        finally:
            subprocess.run(["umount", str(place)], check=True)  # noqa: S607
    finally:
        subprocess.run(["umount", str(disk)], check=True)  # noqa: S607


def sweep_rooms(folder: Path, acts: tuple[Act, ...], *, step: int = PAGE) -> Iterator[Tally]:
    """Leave from nothing to 64 KiB in steps; then let the disk only be read."""
    for place, names in PLACES.items():
        for act in (BY_NAME[name] for name in names if not acts or BY_NAME[name] in acts):
            own = named_folder(folder, f"{place.replace('/', '-')} {act.name}")
            stage = Stage(act, own)
            with small_disk(own, stage.live / place) as disk:
                course = course_of(stage)
                yield _fill(stage, disk, course, place, step)
                yield _only_read(stage, disk, course, place)


def _fill(stage: Stage, disk: Disk, course: Course, place: str, step: int) -> Tally:
    tally = Tally(f"full {place} {stage.act.name}")
    for room in range(0, MOST + 1, step):
        stage.reset()
        disk.leave(room)
        where = f"{room // 1024} KiB left"
        _judge(tally, where, stage, course)
        disk.clear()
        judge_next(tally, where, stage, course)
    return tally


def _only_read(stage: Stage, disk: Disk, course: Course, place: str) -> Tally:
    tally = Tally(f"read-only {place} {stage.act.name}")
    stage.reset()
    disk.lock(reading=True)
    try:
        _judge(tally, "read-only", stage, course)
    finally:
        disk.lock(reading=False)
    judge_next(tally, "read-only", stage, course)
    return tally


def _judge(tally: Tally, where: str, stage: Stage, course: Course) -> None:
    ran = stage.run()
    tally.counts["attempts"] += 1
    judge_run(tally, where, ran, (0, 1, 3))
    after = judge_halfway(tally, where, stage, course)
    if ran.code == 0 and not stage.act.tells:
        judge_said(tally, where, after, course)
    if ran.code and "hint:" not in ran.said:
        tally.fault("other", where, f"says not what to do: {ran.said.strip()[-200:]}")
