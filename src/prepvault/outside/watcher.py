"""Hearing of changes by watchdog: its events are hints and only leave paths; what it cannot do is polled."""

import logging
import os
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from prepvault.model.system_fault import why
from prepvault.model.watching import Event, Mode
from prepvault.outside.inbox import Inbox

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

_LIMIT_HINT = (
    "raise `fs.inotify.max_user_watches`, then start `watch` again; until then it works, less promptly"
)
_PATIENCE = 1.0
_TRIES, _PAUSE = 4, 0.1
_SILENT = logging.NullHandler()


class Watcher:
    """A source of events about one folder; `wants` tells which paths matter."""

    def __init__(self, root: Path, inbox: Inbox, wants: Callable[[str], bool], *, poll: bool = False) -> None:
        self._root = root
        self._inbox = inbox
        self._wants = wants
        self._poll = poll
        self._observer: BaseObserver | None = None
        self._alarm = _Alarm(inbox)

    def take(self, timeout: float) -> tuple[Event, ...]:
        """Wait for events, at most so many seconds."""
        return self._inbox.take(timeout)

    def start(self) -> Mode:
        """Begin to listen; where that cannot be for every folder, say why it polls instead."""
        self.stop()
        if self._poll:
            return Mode(is_polling=True, why="as asked for with `--poll`")
        try:
            self._observer = self._listen()
        except (OSError, ImportError) as error:
            return Mode(is_polling=True, why=f"the system gives no events: {why(error)}", hint=_LIMIT_HINT)
        return self.check()

    def check(self) -> Mode:
        """Tell whether every folder is still listened to; where not, stop listening and poll."""
        if self._observer is None:
            return Mode(is_polling=True)
        if not all(each.is_alive() for each in (self._observer, *self._observer.emitters)):
            self.stop()
            return Mode(is_polling=True, why="the system stopped giving events")
        for _ in range(_TRIES):
            heard, folders = _count_watches(), _count_folders(self._root)
            if heard is None or heard >= folders:
                return Mode()
            time.sleep(_PAUSE)  # a folder made just now is listened to in a moment
        self.stop()
        told = f"the system lets only {heard} of {folders} folders be watched"
        return Mode(is_polling=True, why=told, hint=_LIMIT_HINT)

    def stop(self) -> None:
        """Listen no more; a thread that does not end at once is left behind, it holds nothing up."""
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.stop()
            observer.join(_PATIENCE)
        logging.getLogger("watchdog").removeHandler(self._alarm)

    def _listen(self) -> "BaseObserver":
        from watchdog import events
        from watchdog.observers import Observer

        warnings.filterwarnings("ignore", module=r"watchdog\.")  # about its own books, to nobody's use
        log = logging.getLogger("watchdog")
        log.propagate = False
        log.addHandler(_SILENT)  # what it says of its own end would else stand on the terminal
        log.addHandler(self._alarm)
        observer = Observer()
        if type(observer).__name__ == "PollingObserver":
            raise OSError("no way to hear of changes is known here")
        handler = events.FileSystemEventHandler()
        handler.on_any_event = self._hear  # type: ignore[method-assign]
        heard = [
            events.FileCreatedEvent,
            events.FileModifiedEvent,
            events.FileClosedEvent,
            events.FileMovedEvent,
            events.FileDeletedEvent,
            events.DirCreatedEvent,
            events.DirMovedEvent,
            events.DirDeletedEvent,
        ]
        observer.schedule(handler, str(self._root), recursive=True, event_filter=heard)
        observer.start()
        return observer

    def _hear(self, event: "FileSystemEvent") -> None:
        """Leave both ends of what happened; folders are looked at as a whole."""
        ends = [_text(path) for path in (event.src_path, event.dest_path) if path]
        inside = [path for each in ends if (path := self._inner(each)) is not None]
        if event.is_directory:
            if not inside or any(self._wants(f"{path}/x.md" if path else "x.md") for path in inside):
                self._inbox.add_all()
            return
        for path in inside:
            if self._wants(path):
                self._inbox.add(path)

    def _inner(self, path: str) -> str | None:
        if path == str(self._root):
            return ""
        start = f"{self._root}{os.sep}"
        return path.removeprefix(start).replace(os.sep, "/") if path.startswith(start) else None


class _Alarm(logging.Handler):
    """What watchdog complains of means that events were lost."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(logging.WARNING)
        self._inbox = inbox

    def emit(self, record: logging.LogRecord) -> None:
        """Ask for a look at everything."""
        self._inbox.add_all()


def _text(path: bytes | str) -> str:
    return os.fsdecode(path)


def _count_watches() -> int | None:
    """How many folders this process listens to, as the kernel counts; None where it does not tell."""
    count, is_told = 0, False
    try:
        for entry in os.scandir("/proc/self/fdinfo"):
            try:
                lines = Path(entry.path).read_text("ascii", "replace").splitlines()
            except OSError:
                continue
            found = sum(line.startswith("inotify ") for line in lines)
            count, is_told = count + found, is_told or found > 0
    except OSError:
        return None
    return count if is_told else None


def _count_folders(root: Path) -> int:
    return sum(1 for _ in os.walk(root))
