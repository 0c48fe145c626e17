"""Which reminders are to come, which are due, which went by, and what became of those that were told."""

from dataclasses import dataclass
from datetime import timedelta

from prepvault.errors import OutsideError
from prepvault.jobs.context import Context
from prepvault.jobs.deliver import configured_channels, other_machine
from prepvault.model.delivery import Channel, Ending, Past, Standing
from prepvault.model.interview import Interview
from prepvault.model.reminder import ReminderState
from prepvault.model.vault import Vault
from prepvault.outside.ledger import Ledger
from prepvault.outside.state import state_folder
from prepvault.rules.delivery import find_standings, outlook_of
from prepvault.rules.reminder_words import lead_words

__all__ = ["Listing", "lead_words", "list_reminders", "read_past"]

_RECENT = timedelta(days=7)
_TROUBLE = {None, Ending.FAILED, Ending.STOPPED, Ending.UNCERTAIN}


@dataclass(frozen=True, slots=True)
class Listing:
    """What is due or to come, what was told but not by every channel, and what was missed of late.

    `machine` is the one that sends in place of this; `is_damaged` tells that the ledger cannot be trusted,
    so that nothing is sent.
    """

    open: tuple[Standing, ...]
    trouble: tuple[Standing, ...]
    missed: tuple[Standing, ...]
    channels: tuple[Channel, ...]
    machine: str = ""
    is_damaged: bool = False


def list_reminders(
    context: Context,
    vault: Vault,
    *,
    within: timedelta | None = None,
    only_due: bool = False,
    interview: Interview | None = None,
) -> Listing:
    """List reminders in order of time; `within` looks only so far ahead, `interview` at one only."""
    past = read_past(context)
    channels = configured_channels(context.settings)
    outlook = outlook_of(past, context.settings, channels, context.now)
    standings = find_standings([interview] if interview else vault.interviews, outlook)
    ahead = None if within is None else context.now + within
    is_open = (
        each
        for each in standings
        if each.state is ReminderState.DUE
        or (
            each.state is ReminderState.PENDING
            and not only_due
            and (ahead is None or each.reminder.at <= ahead)
        )
    )
    since = context.now - _RECENT
    recent = [each for each in standings if each.reminder.until >= since]
    return Listing(
        tuple(is_open),
        tuple(each for each in recent if each.state is ReminderState.SENT and _has_trouble(each)),
        tuple(each for each in recent if each.state is ReminderState.MISSED and not only_due),
        channels,
        other_machine(context.settings),
        past.damaged > 0,
    )


def read_past(context: Context) -> Past:
    """Read what the ledger tells, for looking at only; a ledger that cannot be read counts as damaged."""
    try:
        return Ledger(state_folder(context.root, context.settings.text("vault.id"))).read_sound()
    except OutsideError:
        return Past(damaged=1)


def _has_trouble(standing: Standing) -> bool:
    return any(each.ending in _TROUBLE for each in standing.last)
