"""Serve a vault on this machine: build, hand over to the door that answers, keep the pages true meanwhile."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_urlsafe
from threading import Event
from typing import Protocol

from prepvault.jobs.build import output_folder
from prepvault.jobs.context import Context, open_context
from prepvault.jobs.desk import Desk
from prepvault.jobs.serve_pulse import Pulse
from prepvault.jobs.watch import TICK, Watch
from prepvault.jobs.watch_keeper import Keeper
from prepvault.jobs.watch_start import make_keeper, make_parts
from prepvault.jobs.watch_told import Failed, Tell
from prepvault.jobs.watch_trouble import failure_of
from prepvault.jobs.write import recover_writes
from prepvault.model.watching import FilesChanged, Rescan, Stop
from prepvault.model.zones import zone_of
from prepvault.outside import clock, programs
from prepvault.outside.feed_address import read_secret
from prepvault.outside.given_out import read_given_out
from prepvault.outside.inbox import Inbox
from prepvault.outside.lock import LockedError, watch_lock
from prepvault.outside.loopback import LOOPBACK, Socket, listen
from prepvault.outside.signals import Signals, StopNow
from prepvault.outside.state import state_folder

HOSTS = {"localhost": tuple(LOOPBACK), **{host: (host,) for host in LOOPBACK}}
"""Where `serve` may listen, all of it this machine alone."""

_ASK_AGAIN = 2.0
"""Seconds after which it is asked again whether another process still keeps the pages true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How to serve; `watches` is None to rebuild on changes, True to do all that `watch` does, else False."""

    port: int = 0
    host: str = "localhost"
    watches: bool | None = None
    is_read_only: bool = False
    renews: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What the door answers from; `secret` is that of the calendar's address, `ended` is set at the end."""

    desk: Desk
    pulse: Pulse
    folder: Path
    secret: str
    port: int
    sockets: tuple[Socket, ...] = ()
    token: str = field(default_factory=lambda: token_urlsafe(24))
    is_read_only: bool = False
    ended: Event = field(default_factory=Event)

    @property
    def address(self) -> str:
        """Where the dashboard is."""
        host = self.sockets[0].getsockname()[0] if self.sockets else "127.0.0.1"
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    @property
    def feed(self) -> str:
        """Where a calendar app subscribes to the interviews."""
        return f"{self.address}feed/{self.secret}.ics"

    def read(self, name: str) -> bytes | None:
        """Read a file of the site by its name; None where there is no such file."""
        return read_given_out(self.folder, name)


class Server(Protocol):
    """The door: it answers from its start until it is stopped."""

    def start(self) -> None:
        """Begin to answer."""

    def stop(self) -> None:
        """Answer no more; nothing of it is left when this returns."""


def serve(
    vault: str | None,
    how: How,
    tell: Tell,
    *,
    door: Callable[[Served], Server],
    begun: Callable[[Served, str], None],
) -> None:
    """Build, serve and keep the pages true until someone asks to end.

    `begun` is told once it answers, and which process watches this vault already: until that one ends the
    pages are left to it, or with `watches` set LockedError is raised.
    """
    context = open_context(vault)
    inbox = Inbox()
    signals = Signals(inbox.post)
    state = state_folder(context.root, context.settings.text("vault.id"))
    served = _served(context, how, state, inbox)
    server = door(served)
    try:
        with signals.installed(), ExitStack() as held:
            other = _begin_rounds(held, state, must=bool(how.watches))
            recover_writes(context)
            keeper = make_keeper(context, tell)
            with signals.droppable():
                keeper.build(context, None)
            served.pulse.look()
            server.start()
            begun(served, other)
            if not other or _outlive(inbox, held, state):
                _keep_true(context, how, inbox, signals, keeper, tell)
    except StopNow:
        pass
    finally:
        served.ended.set()
        server.stop()
        _close(served.sockets)


def _close(sockets: Sequence[Socket]) -> None:
    for each in sockets:
        each.close()


def show(served: Served) -> bool:
    """Open the dashboard in the browser; False where none can be started."""
    return programs.open_link(served.address)


def _served(context: Context, how: How, state: Path, inbox: Inbox) -> Served:
    root = str(context.root)
    sockets = listen(how.port, HOSTS[how.host])
    folder = output_folder(context)
    return Served(
        desk=Desk(open=lambda: open_context(root), wrote=inbox.add),
        pulse=Pulse(folder),
        folder=folder,
        secret=read_secret(state, renew=how.renews),
        port=sockets[0].getsockname()[1],
        sockets=tuple(sockets),
        is_read_only=how.is_read_only,
    )


def _begin_rounds(held: ExitStack, state: Path, *, must: bool) -> str:
    """Be the one who keeps the pages true; else give the number of the process that does so already."""
    try:
        held.enter_context(watch_lock(state))
    except LockedError as error:
        if must:
            raise
        return error.holder
    return ""


def _outlive(inbox: Inbox, held: ExitStack, state: Path) -> bool:
    """Wait while another process keeps the pages true, and take over when it ends; False to end first."""
    while not _is_asked_to_end(inbox.take(_ASK_AGAIN)):
        if not _begin_rounds(held, state, must=False):
            return True
    return False


def _keep_true(
    context: Context, how: How, inbox: Inbox, signals: Signals, keeper: Keeper, tell: Tell
) -> None:
    """Do the rounds until someone asks to end."""
    if how.watches is False:
        _follow(inbox, context, keeper, tell)
    else:
        parts = make_parts(context, inbox, signals, keeper, tell, is_whole=bool(how.watches))
        Watch(parts, context).run()


def _follow(inbox: Inbox, context: Context, keeper: Keeper, tell: Tell) -> None:
    """Build now, and after what was written through the door, until someone asks to end."""
    events: Sequence[object] = (Rescan(),)
    while not _is_asked_to_end(events):
        if any(isinstance(event, FilesChanged | Rescan) for event in events):
            try:
                keeper.build(open_context(str(context.root)), None)
            except Exception as error:  # noqa: BLE001 - the pages stay as they are, and the next write tries again
                failed: Failed = failure_of(error)
                tell(clock.now().astimezone(zone_of(context.settings.zone)), failed)
        events = inbox.take(TICK)


def _is_asked_to_end(events: Sequence[object]) -> bool:
    return any(isinstance(event, Stop) for event in events)
