"""What runs PrepVault at login: one service of the system's own manager for each vault."""

from dataclasses import dataclass
from enum import StrEnum

MARK = "Written by `prepvault service install`"
"""Stands in every file that we make, so that no other is ever written over or removed."""

EVERY_MINUTES = 5
"""How often the timer looks for reminders that are due."""

WATCH = ("watch",)
REMIND = ("remind", "--due", "--send")

PASSED_ON = (
    "PREPVAULT_STATE_DIR",
    "PREPVAULT_CACHE_DIR",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
    "XDG_CACHE_HOME",
)
"""Variables that say where PrepVault keeps things; a manager knows nothing of a shell's, so units hold them.

Nothing else is passed on: a variable may be a secret, and a unit is a plain file.
"""


class ServiceKind(StrEnum):
    """Which manager runs it."""

    SYSTEMD = "systemd"
    LAUNCHD = "launchd"
    SCHTASKS = "schtasks"

    @property
    def label(self) -> str:
        """The manager in words."""
        return _LABELS[self]


_LABELS = {
    ServiceKind.SYSTEMD: "systemd's user manager",
    ServiceKind.LAUNCHD: "launchd",
    ServiceKind.SCHTASKS: "the Task Scheduler",
}


@dataclass(frozen=True, slots=True)
class Service:
    """One vault's service; paths are absolute and as the system writes them.

    `program` starts PrepVault, `account` is who it runs for (a number for launchd, `DOMAIN\\name` for the
    Task Scheduler), `folder` where its files lie, `log` the file that launchd writes its words to.
    """

    kind: ServiceKind
    name: str
    title: str
    program: tuple[str, ...]
    vault: str
    folder: str
    log: str
    account: str
    environment: tuple[tuple[str, str], ...] = ()
    is_timer: bool = False

    @property
    def task(self) -> tuple[str, ...]:
        """The command that it runs."""
        return REMIND if self.is_timer else WATCH

    @property
    def argv(self) -> tuple[str, ...]:
        """The whole command line."""
        return (*self.program, "--vault", self.vault, *self.task)

    @property
    def about(self) -> str:
        """What it does, in words."""
        does = "sends what is due for" if self.is_timer else "watches"
        return f"PrepVault {does} the vault “{self.title}”"


@dataclass(frozen=True, slots=True)
class ServiceState:
    """What the manager says of a service; `is_running` is None where it cannot be told."""

    is_reachable: bool
    is_enabled: bool = False
    is_running: bool | None = False
    words: str = ""
