"""The system calls of one run, as strace tells them, and the two sweeps over them: kills and errors."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.looking import (
    Look,
    Tally,
    judge_files,
    judge_run,
    judge_site,
    judge_state,
    judge_strays,
    look,
    same_but_reminders,
)
from benchmarks.faults.stage import LATER, Stage
from benchmarks.faults.warm import Ran
from prepvault.outside.ledger import Ledger

KILLED = -9
ROOM = ("ENOSPC", "EDQUOT")
ERRORS = {
    "openat": ("EACCES", "EMFILE", "EIO"),
    "write": (*ROOM, "EIO"),
    "pwrite64": (*ROOM, "EIO"),
    "read": ("EIO",),
    "pread64": ("EIO",),
    "lseek": ("EIO",),
    "fsync": ("EIO", "ENOSPC"),
    "fdatasync": ("EIO",),
    "rename": ("EIO", "ENOSPC", "EACCES", "EROFS"),
    "renameat": ("EIO", "ENOSPC", "EACCES", "EROFS"),
    "renameat2": ("EIO", "ENOSPC", "EACCES", "EROFS", "EINVAL"),
    "link": ("EIO", "EPERM"),
    "linkat": ("EIO", "EPERM"),
    "unlink": ("EIO", "EACCES", "EROFS"),
    "unlinkat": ("EIO", "EACCES", "EROFS"),
    "rmdir": ("EIO", "EACCES"),
    "mkdir": (*ROOM, "EACCES", "EROFS", "EIO"),
    "ftruncate": ("EIO", "ENOSPC"),
    "fchmod": ("EPERM", "EIO"),
    "chmod": ("EPERM", "EIO"),
    "fchown": ("EPERM",),
    "fsetxattr": ("EOPNOTSUPP", "ENOSPC"),
    "flistxattr": ("EIO",),
    "utimensat": ("EACCES",),
    "flock": ("ENOLCK",),
    "newfstatat": ("EACCES", "EIO"),
    "fstat": ("EIO",),
    "statx": ("EIO",),
    "getdents64": ("EIO",),
    "readlink": ("EIO",),
    "close": ("EIO",),
    "connect": ("ECONNREFUSED", "ETIMEDOUT"),
    "sendto": ("EPIPE", "ECONNRESET"),
    "recvfrom": ("ECONNRESET",),
}
"""What a call may answer that is no bug of the system; those that make a file may find no room, too."""
READS = frozenset(
    {
        "read",
        "pread64",
        "newfstatat",
        "fstat",
        "statx",
        "getdents64",
        "readlink",
        "lseek",
        "close",
        "flock",
        "flistxattr",
    }
)
_TRACED = "trace=%file,%desc"


@dataclass(frozen=True, slots=True)
class Call:
    """One call about our folders: its name, which one of that name it is, and the line that tells of it."""

    name: str
    count: int
    line: str

    def __str__(self) -> str:
        return f"{self.name}#{self.count} {self.line[:110]}"

    @property
    def writes(self) -> bool:
        """Tell whether the disk may be another after it than before."""
        return self.name not in READS and (self.name != "openat" or "O_CREAT" in self.line)

    @property
    def errors(self) -> Sequence[str]:
        """What it may answer."""
        errors = ERRORS.get(self.name, ())
        return (*errors, *ROOM, "EROFS") if self.name == "openat" and "O_CREAT" in self.line else errors


def calls_of(stage: Stage) -> list[Call]:
    """Every call of the act that is about our folders, in order."""
    log = stage.runner.folder / "log"
    stage.reset()
    stage.run(trace=["-y", "-e", _TRACED, "-o", str(log)])
    counts: Counter[str] = Counter()
    calls = []
    places = [str(folder) for folder in (stage.vault, stage.state, stage.cache, stage.out)]
    places.append("<socket:[")
    for line in log.read_text("utf-8", "replace").splitlines():
        name = line.partition("(")[0]
        counts[name] += 1
        if any(place in line for place in places) and name in ERRORS:
            calls.append(Call(name, counts[name], line))
    return calls


@dataclass(frozen=True)
class Course:
    """How an act goes where nothing fails: before it, after it, after a second time, and with which codes."""

    before: Look
    once: Look
    twice: Look
    first: Ran
    second: Ran

    @property
    def codes(self) -> tuple[int, int]:
        """The exit codes of the first and of the second time."""
        return self.first.code, self.second.code


def course_of(stage: Stage) -> Course:
    """Play an act twice; the same again from the beginning must give the same."""
    stage.reset()
    before = look(stage)
    first = stage.run()
    once = look(stage)
    second = stage.run()
    twice = look(stage)
    stage.reset()
    stage.run()
    if look(stage) != once:
        raise RuntimeError(f"`{stage.act.name}` gives something else each time")
    if first.code not in (0, 1):
        raise RuntimeError(f"`{stage.act.name}` fails by itself: {first.said}")
    return Course(before, once, twice, first, second)


def sweep_kills(stage: Stage, *, stride: int = 1, offset: int = 0, every: bool = False) -> Iterator[Tally]:
    """Kill before each call; the same command after it must finish what was begun.

    A kill before a call that only reads leaves what one before the next that writes does, so without `every`
    it is left out.
    """
    course, calls = course_of(stage), [call for call in calls_of(stage) if every or call.writes]
    tally = Tally(f"kill {stage.act.name}", note=f"{len(calls)} calls")
    for call in calls[offset::stride]:
        where = str(call)
        if not _is_killed(stage, call):
            tally.fault("other", where, "was never killed there")
        tally.counts["attempts"] += 1
        judge_halfway(tally, where, stage, course)
        judge_next(tally, where, stage, course)
        judge_undo(tally, where, stage, course)
    yield tally


def _is_killed(stage: Stage, call: Call) -> bool:
    """Kill at a call; once more where Python's own housekeeping made one call less."""
    for _ in range(3):
        stage.reset()
        if stage.run(trace=traced(call, "signal=KILL")).code == KILLED:
            return True
    return False


def sweep_errors(stage: Stage, *, stride: int = 1, offset: int = 0, every: bool = False) -> Iterator[Tally]:
    """Let each call answer with each error that it may; what was said is so, the next run finishes."""
    course, calls = course_of(stage), [call for call in calls_of(stage) if every or call.writes]
    points = [(call, error) for call in calls for error in call.errors]
    tally = Tally(f"error {stage.act.name}", note=f"{len(points)} points")
    for call, error in points[offset::stride]:
        stage.reset()
        where = f"{error} at {call}"
        ran = stage.run(trace=traced(call, f"error={error}"))
        tally.counts["attempts"] += 1
        judge_run(tally, where, ran, (0, 1, 3))
        after = judge_halfway(tally, where, stage, course)
        if ran.code == 0 and call.writes and not stage.act.tells:
            judge_said(tally, where, after, course)
        judge_next(tally, where, stage, course)
    yield tally


def traced(call: Call, what: str) -> list[str]:
    """What strace is told so that something happens at one call."""
    return ["-e", _TRACED, "-e", f"inject={call.name}:{what}:when={call.count}", "-o", "/dev/null"]


def judge_halfway(tally: Tally, where: str, stage: Stage, course: Course) -> Look:
    """After a fault: notes and pages are old or new, journal and ledger can be read."""
    found = look(stage)
    if stage.act.mode != "in-place":
        _judge_notes(tally, where, stage, found, course.before, course.once)
    judge_site(tally, where, found.site, course.before.site, course.once.site)
    judge_files(tally, where, found.out, course.before.out, course.once.out)
    judge_state(tally, where, stage)
    return found


def _judge_notes(tally: Tally, where: str, stage: Stage, found: Look, *allowed: Look) -> None:
    same = same_but_reminders if stage.act.tells else dict
    judge_files(tally, where, same(found.notes), *(same(each.notes) for each in allowed))


def judge_said(tally: Tally, where: str, after: Look, course: Course) -> None:
    """Who said that all was done must have done it."""
    for kind in ("notes", "site", "out"):
        wanted, found = getattr(course.once, kind), getattr(after, kind)
        missing = [name for name in {*wanted, *found} if wanted.get(name) != found.get(name)]
        if missing:
            tally.fault("other", where, f"said to be done and is not: {sorted(missing)[:3]}")


def judge_next(tally: Tally, where: str, stage: Stage, course: Course) -> None:
    """The same command again finishes, leaves nothing lying about, and makes what it would have made."""
    where = f"{where}, then again"
    ran = stage.run()
    judge_run(tally, where, ran, course.codes)
    if "email" in stage.act.channels:  # a mail that failed is tried again after a while
        judge_run(tally, where, stage.run(now=LATER), (0,))
    found = look(stage)
    _judge_notes(tally, where, stage, found, course.once, course.twice)
    judge_site(tally, where, found.site, course.once.site, course.twice.site)
    judge_files(tally, where, found.out, course.once.out, course.twice.out)
    judge_state(tally, where, stage)
    judge_strays(tally, where, stage)
    _judge_titles(tally, where, found, course, _in_doubt(stage))


def _in_doubt(stage: Stage) -> int:
    """How many mails are shown as in doubt: they may have gone out or not."""
    pasts = [Ledger(folder).read() for folder in (stage.state / "vaults").glob("*")]
    return sum(each.is_in_doubt for past in pasts for each in past.tellings if each.channel == "email")


def _judge_titles(tally: Tally, where: str, found: Look, course: Course, in_doubt: int) -> None:
    """Every reminder was told, or is in doubt; a crash may repeat the notification in hand, and no mail."""
    wanted, shown = Counter(course.once.titles), Counter(found.titles)
    lost, more = wanted - shown, shown - wanted
    is_mail = any(title.startswith("Subject:") for title in course.once.titles)
    if lost.total() > in_doubt or more.total() > (0 if is_mail else 1):
        tally.fault("other", where, f"reminders lost {dict(lost)}, repeated {dict(more)}")


def judge_undo(tally: Tally, where: str, stage: Stage, course: Course) -> None:
    """What was written can be taken back to exact bytes."""
    if course.before.notes == course.once.notes or stage.act.tells or stage.act.name in ("undo", "init"):
        return
    where = f"{where}, then undo"
    judge_run(tally, where, stage.run(("undo",)), (0,))
    judge_files(tally, where, look(stage).notes, course.before.notes, course.once.notes)


def named_folder(folder: Path, name: str) -> Path:
    """Make a folder of its own for one act."""
    path = folder / name
    path.mkdir()
    path.chmod(0o755)
    return path
