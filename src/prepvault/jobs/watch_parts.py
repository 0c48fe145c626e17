"""What the loop of `watch` is made of; tests give it parts that stand still."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from prepvault.jobs.context import Context
from prepvault.jobs.watch_round import Work
from prepvault.jobs.watch_settle import Sees
from prepvault.jobs.watch_told import Tell
from prepvault.model.watching import Event, Mode

Remind = Callable[[Context], datetime | None]
"""Delivers what is due, and returns the moment of the next reminder if there is one."""


class Source(Protocol):
    """Where events come from."""

    def take(self, timeout: float) -> tuple[Event, ...]:
        """Wait for events, at most so many seconds."""

    def start(self) -> Mode:
        """Begin to listen, or begin anew."""

    def check(self) -> Mode:
        """Tell whether every folder is still listened to."""

    def stop(self) -> None:
        """Listen no more."""


class Clock(Protocol):
    """The two clocks."""

    def now(self) -> datetime:
        """Return what people call the time."""

    def monotonic(self) -> float:
        """Return seconds that only go forward."""


class Eyes(Sees, Protocol):
    """What looks at the vault's folder."""

    def identity(self) -> tuple[int, int] | None:
        """Name the folder itself, whatever its path; None while there is none."""

    def has(self, path: str) -> bool:
        """Tell whether there is a file of this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything the loop uses; `fit` lets the eyes see what the settings of a context leave in."""

    open: Callable[[], Context]
    eyes: Eyes
    fit: Callable[[Context], None]
    source: Source
    clock: Clock
    work: Work
    tell: Tell
    coaches: bool = True
    remind: Remind | None = None
