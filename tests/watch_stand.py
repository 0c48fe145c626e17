"""A vault in memory and a clock that only moves when told, to run the loop of `watch` without sleeping."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from prepvault.jobs.build import BuildReport
from prepvault.jobs.context import Context
from prepvault.jobs.watch import Watch
from prepvault.jobs.watch_parts import Parts
from prepvault.jobs.watch_round import Coached
from prepvault.jobs.watch_told import Told
from prepvault.model.finding import Finding
from prepvault.model.note import Note, digest_of
from prepvault.model.settings import Settings
from prepvault.model.watching import Event, FilesChanged, Look, Mode, Stamp, is_hollow
from prepvault.outside.output import OutputReport

START = datetime(2026, 2, 9, 9, 0, tzinfo=UTC)
ROOT = Path("/vault")


@dataclass
class StandingClock:
    """Both clocks; `sleep` moves only the one that people read."""

    ticks: float = 1000.0
    wall: datetime = START

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.ticks

    def pass_by(self, seconds: float) -> None:
        self.ticks += seconds
        self.wall += timedelta(seconds=seconds)


@dataclass
class Memory:
    """Files by path; every save gives a new stamp, as a disk does."""

    clock: StandingClock
    files: dict[str, tuple[bytes, Stamp]] = field(default_factory=dict)
    home: tuple[int, int] | None = (1, 1)
    saves: int = 0
    looks: int = 0
    scans: int = 0

    def save(self, path: str, text: str) -> None:
        self.saves += 1
        data = text.encode()
        self.files[path] = data, Stamp(len(data), self.saves, self.saves)

    def remove(self, path: str) -> None:
        self.files.pop(path, None)

    def wants(self, path: str) -> bool:
        return not path.startswith("site/")

    def census(self) -> dict[str, Stamp]:
        self.scans += 1
        return {path: stamp for path, (_, stamp) in self.files.items()}

    def look(self, path: str) -> Look:
        self.looks += 1
        if path not in self.files:
            return Look()
        data, stamp = self.files[path]
        return Look(stamp, digest_of(data), is_hollow(data))

    def identity(self) -> tuple[int, int] | None:
        return self.home

    def has(self, path: str) -> bool:
        return path in self.files


@dataclass
class Script:
    """A source of events: what happens at which second of the clock."""

    clock: StandingClock
    coming: list[tuple[float, Callable[[], Event | None]]] = field(default_factory=list)
    mode: Mode = field(default_factory=Mode)
    starts: int = 0
    wakes: int = 0

    def take(self, timeout: float) -> tuple[Event, ...]:
        """Let time pass up to the next event or the end of the wait; what nobody tells wakes nobody."""
        self.wakes += 1
        until = self.clock.ticks + timeout
        events: list[Event] = []
        while not events:
            self.coming.sort(key=lambda each: each[0])
            if not self.coming or self.coming[0][0] > until:
                self.clock.pass_by(max(0.0, until - self.clock.ticks))
                break
            self.clock.pass_by(max(0.0, self.coming[0][0] - self.clock.ticks))
            while self.coming and self.coming[0][0] <= self.clock.ticks:
                event = self.coming.pop(0)[1]()
                events += [event] if event else []
        return tuple(events)

    def start(self) -> Mode:
        self.starts += 1
        return self.mode

    def check(self) -> Mode:
        return self.mode

    def stop(self) -> None:
        """Nothing runs here."""


@dataclass
class Busy:
    """Work that only puts down when it was asked for; `plan` says what coaching would write."""

    clock: StandingClock
    memory: Memory
    builds: list[tuple[float, frozenset[str] | None]] = field(default_factory=list)
    coachings: list[float] = field(default_factory=list)
    rested: list[str] = field(default_factory=list)
    plan: dict[str, str] = field(default_factory=dict)
    trouble: Exception | None = None
    coach_trouble: Exception | None = None
    findings: tuple[Finding, ...] = ()
    next_at: datetime | None = None
    gives_way: bool = False
    shown: dict[str, bytes] = field(default_factory=dict)
    contexts: list[Context] = field(default_factory=list)

    def build(self, context: Context, changed: frozenset[str] | None) -> BuildReport:
        self.builds.append((self.clock.ticks, changed))
        self.contexts.append(context)
        if self.trouble:
            raise self.trouble
        self.shown = {path: data for path, (data, _) in self.memory.files.items()}
        output = OutputReport(written=("index.html",))
        return BuildReport(ROOT / "site", output, len(self.shown), self.findings, False, next_at=self.next_at)

    def coach(self, context: Context, rests: Callable[[Note], bool]) -> Coached:
        self.coachings.append(self.clock.ticks)
        if self.coach_trouble:
            raise self.coach_trouble
        if self.gives_way:
            self.gives_way = False
            return Coached(is_owed=True)
        resting = [path for path, (data, _) in self.memory.files.items() if rests(self._note(path, data))]
        self.rested = resting
        written = {}
        for path in [path for path in self.plan if path in resting]:
            text = self.plan.pop(path)
            self.memory.save(path, text)
            written[path] = digest_of(text.encode())
        return Coached(written=written)

    def _note(self, path: str, data: bytes) -> Note:
        return Note(path, data, START - timedelta(days=1))


@dataclass
class Stand:
    """The loop with everything it is made of, and what it told."""

    clock: StandingClock = field(default_factory=StandingClock)
    settings: Settings = field(default_factory=Settings)
    told: list[Told] = field(default_factory=list)
    coaches: bool = True
    reminded: list[float] = field(default_factory=list)
    reminded_for: list[datetime] = field(default_factory=list)
    remind_next: Iterator[datetime | None] | None = None

    def __post_init__(self) -> None:
        self.memory = Memory(self.clock)
        self.script = Script(self.clock)
        self.work = Busy(self.clock, self.memory)

    def begin(self, **files: str) -> "Stand":
        """Start the loop over these notes, `acme="text"`; coaching of the start is let pass."""
        for name, text in files.items():
            self.memory.save(f"{name}.md", text)
        parts = Parts(
            open=self.context,
            eyes=self.memory,
            fit=lambda context: None,
            source=self.script,
            clock=self.clock,
            work=self.work,
            tell=lambda at, told: self.told.append(told),
            coaches=self.coaches,
            remind=self._remind if self.remind_next else None,
        )
        self.loop = Watch(parts, self.context())
        self.loop.begin()
        self.run(0)
        return self

    def context(self) -> Context:
        return Context(ROOT, self.settings, self.clock.now(), is_live=True)

    def set(self, key: str, value: int) -> None:
        """Change a setting, as an edit of `prepvault.toml` would."""
        self.settings = replace(self.settings, values={**self.settings.values, key: value})

    def after(self, seconds: float, act: Callable[[], None], *paths: str) -> None:
        """Let something happen, and an event tell of these paths."""

        def happen() -> Event | None:
            act()
            return FilesChanged(frozenset(paths)) if paths else None

        self.script.coming.append((self.clock.ticks + seconds, happen))

    def tell_after(self, seconds: float, event: Event) -> None:
        """Let an event come that names no file."""
        self.script.coming.append((self.clock.ticks + seconds, lambda: event))

    def save_after(self, seconds: float, path: str, text: str) -> None:
        """Let somebody save a note, and the system tell of it."""
        self.after(seconds, lambda: self.memory.save(path, text), path)

    def run(self, seconds: float) -> bool:
        """Let the loop run for so long; False once it has ended."""
        end = self.clock.ticks + seconds
        while True:
            self.clock.pass_by(0)
            wait = min(self.loop.pause(), end - self.clock.ticks)
            if wait <= 0 and self.clock.ticks >= end and not self._is_due():
                return True
            if not self.loop.step(self.script.take(max(0.0, wait))):
                return False

    def _is_due(self) -> bool:
        return self.loop.pause() <= 0

    def _remind(self, context: Context) -> datetime | None:
        self.reminded.append(self.clock.ticks)
        self.reminded_for.append(context.now)
        return next(self.remind_next) if self.remind_next else None

    @property
    def changes(self) -> list[frozenset[str] | None]:
        """What each build was told, that of the start left out."""
        return [changed for _, changed in self.work.builds[1:]]
