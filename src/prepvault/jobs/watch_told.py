"""What `watch` tells people as it goes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from prepvault.jobs.build import BuildReport
from prepvault.model.delivery import Delivery
from prepvault.model.finding import Finding
from prepvault.model.watching import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The vault is watched from now on; `files` is how many are."""

    root: Path
    page: Path
    files: int
    mode: Mode
    coaches: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A round made the output; `fresh` and `gone` are findings that were not there before, or were.

    `cause` is `start`, `changes`, `coaching`, `time`, `asked` (by a signal) or `again` (after a failure).
    """

    cause: str
    changed: frozenset[str]
    report: BuildReport
    seconds: float
    fresh: tuple[Finding, ...]
    gone: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """Coaching was written into these notes."""

    paths: tuple[str, ...]
    seconds: float
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """A reminder for whoever looks at the terminal."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What was due was told, or could not be."""

    at: datetime
    zone: str
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A round could not be done; the last good output stays."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked:
    """Something about how the vault is watched that a person should know."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The vault is watched no more."""

    rounds: int


Told: TypeAlias = Started | Built | Wrote | Reminded | Delivered | Failed | Remarked | Ended
Tell: TypeAlias = Callable[[datetime, Told], None]
"""Given the moment, in the vault's zone, and what there is to tell."""
