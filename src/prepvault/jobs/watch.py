"""The loop of `watch`: hear, wait for quiet, look, build, write coaching into notes that rest, remind."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from prepvault.jobs.build import output_folder
from prepvault.jobs.context import SETTINGS_FILE, Context
from prepvault.jobs.watch_coach import Rest
from prepvault.jobs.watch_parts import Parts
from prepvault.jobs.watch_settle import MANY_QUIET, Settling
from prepvault.jobs.watch_told import Built, Ended, Remarked, Started, Told, Wrote
from prepvault.jobs.watch_trouble import failure_of
from prepvault.model.finding import Finding
from prepvault.model.settings import Settings
from prepvault.model.watching import Event, FilesChanged, Mode, Pace, Reload, Rescan, Stop
from prepvault.model.zones import zone_of
from prepvault.outside.signals import StopNow

TICK = 30.0
"""The longest sleep in seconds: what is due by the wall clock is worked out anew after it."""

POLL = 2.0
"""Seconds between two looks at all files where nothing tells of changes, or the folder is away."""

RETRY = 60.0
"""Seconds after which coaching that could not be written is tried again."""

_JUMP = timedelta(seconds=5)
"""How far the two clocks may part between two wakes before it was sleep, or somebody set the time."""

_SCAN_SHARE = 20
"""Looking at all files may take one part in so many of the time."""

_GIVEN_UP = "somebody undid coaching in `{}` twice, so it is left alone until `watch` is started again"
_GIVEN_UP_HINT = "close the note in other editors, or set `coaching: false` in it"


def pace_of(settings: Settings) -> Pace:
    """Read from the settings how patient to be."""
    return Pace(
        debounce=settings.number("watch.debounce_ms") / 1000,
        quiet=settings.number("watch.quiet_seconds"),
        rescan=settings.number("watch.rescan_seconds"),
    )


@dataclass(slots=True)
class Watch:
    """One vault, watched; `run` returns when someone asks to end."""

    parts: Parts
    context: Context
    mode: Mode = field(default_factory=Mode)
    rounds: int = 0
    settling: Settling = field(init=False)
    rest: Rest = field(init=False)
    found: dict[tuple[str, str, str], Finding] = field(default_factory=dict)
    told: set[tuple[str, str, str]] = field(default_factory=set)
    home: tuple[int, int] | None = None
    is_away: bool = False
    is_owed: bool = False
    is_asked: bool = False
    must_scan: bool = False
    said: str = ""
    scan_at: float = 0.0
    next_at: datetime | None = None
    remind_at: datetime | None = None
    wall: datetime = field(init=False)
    mono: float = field(init=False)

    def __post_init__(self) -> None:
        pace = pace_of(self.context.settings)
        self.settling, self.rest = Settling(self.parts.eyes, pace), Rest(pace)
        self.wall, self.mono = self.parts.clock.now(), self.parts.clock.monotonic()

    def run(self) -> None:
        """Watch until someone asks to end."""
        try:
            self.begin()
            while self.step(self.parts.source.take(self.pause())):
                pass
        except StopNow:
            pass
        finally:
            self.parts.source.stop()
        self._tell(Ended(rounds=self.rounds))

    def begin(self) -> None:
        """Listen first and look then, so that nothing falls in between; make everything once."""
        self.parts.fit(self.context)
        self.mode = self.parts.source.start()
        self.home = self.parts.eyes.identity()
        self.settling.learn()
        self._plan_scan(self.mono)
        page = output_folder(self.context) / "index.html"
        count, coaches = len(self.settling.known), self._coaches
        self._tell(Started(root=self.context.root, page=page, files=count, mode=self.mode, coaches=coaches))
        self._build(None, "start")
        self.rest.wish(self.mono)

    def pause(self) -> float:
        """How long nothing is to be done, in seconds."""
        at, now = self.parts.clock.monotonic(), self.parts.clock.now()
        if self.is_away:
            return POLL
        dues = [TICK, self.scan_at - at]
        dues += [] if self.must_scan else [due - at for due in [self.settling.due()] if due is not None]
        if self._coaches and not self.settling.hopes:
            dues += [due - at for due in [self.rest.due()] if due is not None]
        dues += [(moment - now).total_seconds() for moment in (self.next_at, self.remind_at) if moment]
        return max(0.0, min(dues))

    def step(self, events: Sequence[Event]) -> bool:
        """Take events and do what is due; False when someone asked to end."""
        at = self.parts.clock.monotonic()
        for event in events:
            match event:
                case Stop():
                    return False
                case FilesChanged(paths):
                    self.settling.hear(paths, at)
                case Rescan():
                    self.must_scan, self.scan_at = True, min(self.scan_at, at + MANY_QUIET)
                case Reload():
                    self.is_asked = True
        self._mind_clocks(at)
        if self._is_home(at):
            self._look(at)
            self._mind_moments()
            self._coach(at)
        return True

    @property
    def _coaches(self) -> bool:
        return self.parts.coaches and self.context.settings.flag("coaching.enabled")

    def _mind_clocks(self, at: float) -> None:
        """After sleep, or when somebody set the time, what is due is another matter."""
        now = self.parts.clock.now()
        drift = (now - self.wall) - timedelta(seconds=at - self.mono)
        self.wall, self.mono = now, at
        if abs(drift) > _JUMP:
            self.scan_at, self.next_at = at, now

    def _is_home(self, at: float) -> bool:
        """Tell whether the vault's folder is there; one that was exchanged is listened to anew."""
        identity = self.parts.eyes.identity()
        if identity == self.home and not self.is_away:
            return True
        is_vault = SETTINGS_FILE not in self.settling.known or self.parts.eyes.has(SETTINGS_FILE)
        if identity is None or not is_vault:
            if not self.is_away:
                self.is_away = True
                self.parts.source.stop()
                self._remark("the vault's folder is gone, so everything rests until it is back")
            return False
        self.home, self.is_away = identity, False
        self.mode = self.parts.source.start()
        self.must_scan, self.scan_at = True, at
        self._remark("the vault's folder is there anew and is watched again")
        return True

    def _look(self, at: float) -> None:
        """Look at all files when that is due or asked for, and at those of which something was heard."""
        if self.is_asked:
            self.is_asked = False
            self._build(None, "asked")
        if at >= self.scan_at:
            self._scan(at)
        due = self.settling.due()
        if due is None or at < due or self.must_scan:
            return
        changed = self.settling.take(at)
        if changed:
            self.rest.hear(changed, at)
            self._build(changed, "changes")

    def _scan(self, at: float) -> None:
        begun = self.parts.clock.monotonic()
        found = self.settling.scan(at)
        took = self.parts.clock.monotonic() - begun
        if not self.mode.is_polling:
            self.mode = self.parts.source.check()
            if self.mode.is_polling:
                self._remark(f"looking again and again from now on: {self.mode.why}", self.mode.hint)
        self._plan_scan(at, took)
        if self.is_owed and not found:
            self._build(None, "again")

    def _plan_scan(self, at: float, took: float = 0.0) -> None:
        usual = POLL if self.mode.is_polling else self.settling.pace.rescan
        self.must_scan, self.scan_at = False, at + max(usual, took * _SCAN_SHARE)

    def _mind_moments(self) -> None:
        """Do what time alone brings about."""
        now = self.parts.clock.now()
        if self.next_at and now >= self.next_at:
            self._build(frozenset(), "time")
        if self.remind_at and now >= self.remind_at:
            self._remind()

    def _build(self, changed: frozenset[str] | None, cause: str) -> None:
        """Make the output; where that fails the last good one stays, and all is looked at next time."""
        begun = self.parts.clock.monotonic()
        is_about_settings = any(_is_settings(path) for path in changed or ())
        everything = self.is_owed or changed is None or is_about_settings
        try:
            self._open()
            report = self.parts.work.build(self.context, None if everything else changed)
        except Exception as error:  # noqa: BLE001 - one bad round must not end weeks of watching
            self.is_owed, self.next_at = True, None
            self._fail(error)
            self._remind()
            return
        cause = "again" if self.is_owed and cause == "changes" else cause
        self.is_owed, self.said, self.next_at = False, "", report.next_at
        self.rounds += 1
        if is_about_settings:
            self.scan_at = begun
        now = {_key(each): each for each in report.findings}
        fresh = tuple(each for key, each in now.items() if key not in self.found)
        gone = tuple(each for key, each in self.found.items() if key not in now)
        self.found = now
        took = self.parts.clock.monotonic() - begun
        built = Built(
            cause=cause, changed=changed or frozenset(), report=report, seconds=took, fresh=fresh, gone=gone
        )
        self._tell(built)
        self._remind()

    def _open(self) -> None:
        """Read the settings as they are now."""
        self.context = self.parts.open()
        self.settling.pace = self.rest.pace = pace_of(self.context.settings)
        self.parts.fit(self.context)

    def _coach(self, at: float) -> None:
        """Write into notes that rest; a note that somebody is saving is for later."""
        due = self.rest.due()
        if not self._coaches or due is None or at < due or self.settling.hopes or self.must_scan:
            return
        begun, now = self.parts.clock.monotonic(), self.parts.clock.now()
        self.rest.begin(at)
        try:
            self._open()
            done = self.parts.work.coach(self.context, lambda note: self.rest.is_resting(note, at, now))
        except Exception as error:  # noqa: BLE001 - as above
            self.rest.wish(at + RETRY)
            self._fail(error)
            return
        self.settling.take_for_known(done.written)
        if done.is_owed:
            self.rest.hear(frozenset(), at)
        for path in done.given_up:
            self._remark(_GIVEN_UP.format(path), _GIVEN_UP_HINT)
        fresh = tuple(each for each in done.findings if _key(each) not in self.told)
        self.told |= {_key(each) for each in fresh}
        if done.written or fresh:
            seconds = self.parts.clock.monotonic() - begun
            self._tell(Wrote(paths=tuple(done.written), seconds=seconds, findings=fresh))
        if done.written:
            self._build(frozenset(done.written), "coaching")

    def _remind(self) -> None:
        """Tell what is due now, whatever became of the output."""
        context = replace(self.context, now=self.parts.clock.now().replace(microsecond=0))
        try:
            self.remind_at = self.parts.remind(context) if self.parts.remind else None
        except Exception as error:  # noqa: BLE001 - as above
            self.remind_at = self.parts.clock.now() + timedelta(seconds=RETRY)
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        """Say in one line why a round failed; the same once only."""
        failed = failure_of(error)
        if failed.message != self.said:
            self.said = failed.message
            self._tell(failed)

    def _remark(self, message: str, hint: str = "") -> None:
        self._tell(Remarked(message=message, hint=hint))

    def _tell(self, told: Told) -> None:
        zone = zone_of(self.context.settings.zone)
        self.parts.tell(self.parts.clock.now().astimezone(zone), told)


def _key(finding: Finding) -> tuple[str, str, str]:
    """Name a finding without its line, which moves as people write above it."""
    return finding.code, finding.place.path, finding.message


def _is_settings(path: str) -> bool:
    return path == SETTINGS_FILE or path.startswith(".obsidian/")
