"""Begin to watch a vault: the parts, the lock that lets only one do so, the signals that end it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from prepvault.jobs.context import Context, open_context
from prepvault.jobs.find_notes import find_ignored
from prepvault.jobs.watch import Watch
from prepvault.jobs.watch_keeper import Keeper
from prepvault.jobs.watch_parts import Parts
from prepvault.jobs.watch_round import Round
from prepvault.jobs.watch_told import Delivered, Reminded, Tell
from prepvault.jobs.write import recover_writes
from prepvault.model.delivery import Channel
from prepvault.model.zones import zone_of
from prepvault.outside import clock
from prepvault.outside.eyes import Eyes, Sight
from prepvault.outside.inbox import Inbox
from prepvault.outside.lock import watch_lock
from prepvault.outside.signals import Signals
from prepvault.outside.state import state_folder
from prepvault.outside.watcher import Watcher


def watch(
    vault: str | None,
    tell: Tell,
    *,
    flags: Mapping[str, str] | None = None,
    coaches: bool = True,
    polls: bool = False,
    notifies: bool = False,
) -> None:
    """Watch a vault until someone asks to end; OutsideError where another process does already.

    With `notifies` reminders come to the desktop, whatever the settings say.
    KeyboardInterrupt comes out only when someone asks a second time.
    """
    context = open_context(vault, flags=flags)
    inbox = Inbox()
    signals = Signals(inbox.post)
    keeper = make_keeper(context, tell, notifies=notifies)
    parts = make_parts(context, inbox, signals, keeper, tell, flags=flags, coaches=coaches, polls=polls)
    folder = state_folder(context.root, context.settings.text("vault.id"))
    with watch_lock(folder), signals.installed():
        recover_writes(context)
        Watch(parts, context).run()


def make_parts(
    context: Context,
    inbox: Inbox,
    signals: Signals,
    keeper: Keeper,
    tell: Tell,
    *,
    flags: Mapping[str, str] | None = None,
    coaches: bool = True,
    polls: bool = False,
    is_whole: bool = True,
) -> Parts:
    """Put together what the loop uses; unless it `is_whole` it builds only: no coaching, no reminders."""
    eyes = Eyes(context.root, _sight(context))
    return Parts(
        open=_opener(context, flags),
        eyes=eyes,
        fit=lambda fresh: setattr(eyes, "sight", _sight(fresh)),
        source=Watcher(context.root, inbox, eyes.wants, poll=polls),
        clock=clock,
        work=Round(signals.droppable, keeper.build, keeper.load),
        tell=tell,
        coaches=coaches and is_whole,
        remind=keeper.remind if is_whole else None,
    )


def make_keeper(context: Context, tell: Tell, *, notifies: bool = False) -> Keeper:
    """Make who does the rounds' work and tells reminders."""
    name = context.settings.zone

    def at() -> datetime:
        return clock.now().astimezone(zone_of(name))

    return Keeper(
        tell=lambda done: tell(at(), Delivered(at=at(), zone=name, delivery=done)),
        say=lambda title, lines: tell(at(), Reminded(title=title, lines=lines)),
        more=(Channel.DESKTOP,) if notifies else (),
    )


def _opener(context: Context, flags: Mapping[str, str] | None) -> Callable[[], Context]:
    """Read the settings of the same vault anew, whatever folder one stands in."""
    return lambda: open_context(str(context.root), flags=flags)


def _sight(context: Context) -> Sight:
    """See everything that a build reads: also folders of our settings that hold no notes."""
    names = ("site.templates", "coaching.content")
    kept = tuple(folder for name in names if (folder := context.settings.text(name).strip("/")))
    return Sight(find_ignored(context), kept)
