"""Which reminders are to come, which are due now, and which went by."""

from datetime import timedelta

from prepvault.jobs.context import Context
from prepvault.model.reminder import Reminder, ReminderState
from prepvault.model.vault import Vault
from prepvault.rules.reminders import plan_all

_RECENT = timedelta(days=7)


def pending(context: Context, vault: Vault, within: timedelta | None = None) -> tuple[Reminder, ...]:
    """Due reminders and those to come, in order of time; `within` looks only so far ahead."""
    planned = plan_all(vault.interviews, context.settings, context.now)
    return tuple(
        reminder
        for reminder in planned
        if reminder.state is ReminderState.DUE
        or (
            reminder.state is ReminderState.PENDING
            and (within is None or reminder.at <= context.now + within)
        )
    )


def missed(context: Context, vault: Vault) -> tuple[Reminder, ...]:
    """Reminders of the last seven days that nobody was told and that make no sense any more."""
    planned = plan_all(vault.interviews, context.settings, context.now)
    since = context.now - _RECENT
    return tuple(one for one in planned if one.state is ReminderState.MISSED and one.until >= since)
