"""The signals that end a daemon or make it read its settings again."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from prepvault.model.watching import Event, Reload, Stop

_IN_HAND = 1.5
"""Seconds for the write in hand; what takes longer is left to the journal, as after a power cut."""


class StopNow(BaseException):
    """Someone asked to end in the middle of work that may be dropped."""


class Signals:
    """Turns signals into events; work that may be dropped is dropped at once."""

    def __init__(self, post: Callable[[Event], None]) -> None:
        self._post = post
        self._may_drop = False
        self._is_asked = False
        self._has_terminal = _is_terminal()

    @contextmanager
    def droppable(self) -> Iterator[None]:
        """Mark work that writes no note: a request to end raises StopNow in it."""
        self._may_drop = True
        try:
            if self._is_asked:
                raise StopNow
            yield
        finally:
            self._may_drop = False

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Listen to the signals while this lasts."""
        wanted = {signal.SIGINT: self._end, signal.SIGTERM: self._end}
        if sys.platform != "win32":
            wanted |= {signal.SIGHUP: self._reload, signal.SIGALRM: self._hurry}
        before = {number: signal.signal(number, answer) for number, answer in wanted.items()}
        try:
            yield
        finally:
            if sys.platform != "win32":
                signal.setitimer(signal.ITIMER_REAL, 0)
            for number, answer in before.items():
                signal.signal(number, answer)

    def _end(self, number: int, frame: FrameType | None) -> None:
        if self._is_asked:
            raise KeyboardInterrupt
        self._is_asked = True
        self._post(Stop())
        if self._may_drop:
            raise StopNow
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, _IN_HAND)

    def _reload(self, number: int, frame: FrameType | None) -> None:
        if self._has_terminal and not _is_terminal():  # its window was closed
            self._end(number, frame)
        else:
            self._post(Reload())

    def _hurry(self, number: int, frame: FrameType | None) -> None:
        raise StopNow


def _is_terminal() -> bool:
    try:
        return os.isatty(2)
    except OSError:
        return False
