"""Where threads and signals leave events for the loop; bounded, so that no storm fills the memory."""

from queue import Empty, SimpleQueue
from threading import Lock

from prepvault.model.watching import Event, FilesChanged, Rescan

MOST_PATHS = 500
"""More waiting paths than this are dropped: looking at everything is cheaper then, and misses nothing."""


class Inbox:
    """Paths are gathered under a lock; other events go through a queue that a signal handler may use."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Event | None] = SimpleQueue()
        self._lock = Lock()
        self._paths: set[str] = set()
        self._is_full = False

    def post(self, event: Event) -> None:
        """Leave an event; safe in a signal handler, which may interrupt anything."""
        self._queue.put(event)

    def add(self, path: str) -> None:
        """Leave a path; for threads only."""
        with self._lock:
            is_first = not self._paths and not self._is_full
            if not self._is_full:
                self._paths.add(path)
            if len(self._paths) > MOST_PATHS:
                self._paths.clear()
                self._is_full = True
        if is_first:
            self._queue.put(None)

    def add_all(self) -> None:
        """Say that any file may have changed; for threads only."""
        with self._lock:
            is_first = not self._paths and not self._is_full
            self._paths.clear()
            self._is_full = True
        if is_first:
            self._queue.put(None)

    def take(self, timeout: float) -> tuple[Event, ...]:
        """Wait for something to happen, at most so many seconds; return all there is."""
        events: list[Event] = []
        try:
            event = self._queue.get(timeout=max(0.0, timeout))
            while True:
                events += [event] if event is not None else []
                event = self._queue.get_nowait()
        except Empty:
            pass
        with self._lock:
            if self._is_full:
                events.append(Rescan())
            if self._paths:
                events.append(FilesChanged(frozenset(self._paths)))
            self._paths.clear()
            self._is_full = False
        return tuple(events)
