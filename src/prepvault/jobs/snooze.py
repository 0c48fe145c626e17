"""Put a reminder off: nothing is told about that interview before then, and then it is told again."""

from datetime import datetime

from prepvault.errors import UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.deliver import other_machine
from prepvault.jobs.understand import understand_when
from prepvault.model.delivery import Snooze
from prepvault.model.interview import Interview
from prepvault.model.lead import find_lead
from prepvault.model.reminder import Reminder
from prepvault.model.zones import zone_of
from prepvault.outside.ledger import Ledger
from prepvault.outside.lock import vault_lock
from prepvault.outside.state import state_folder
from prepvault.rules.reminders import plan_reminders


def snooze(context: Context, interview: Interview, text: str) -> Snooze:
    """Put off what is due for an interview, or comes next, for a time (`30m`) or until one (`18:30`)."""
    other = other_machine(context.settings)
    if other:
        raise UsageError(
            f"`{other}` tells reminders, so they are put off there", hint="run this on that machine"
        )
    until = _until(context, text)
    base = _base(context, interview, until)
    folder = state_folder(context.root, context.settings.text("vault.id"))
    with vault_lock(folder):
        return Ledger(folder).snooze(interview.id, base.key, until, at=context.now)


def _until(context: Context, text: str) -> datetime:
    zone = zone_of(context.settings.zone)
    lead = find_lead(text)
    if lead is not None:
        until = context.now + lead
    else:
        when = understand_when(context, text, context.settings.zone)
        if when.is_date:
            raise UsageError(f"`{text}` names a day and no hour", hint='write it like --snooze "fri 9:00"')
        until = when.at
    if until <= context.now:
        raise UsageError(f"`{text}` is not ahead", hint="write it like --snooze 30m")
    return until.astimezone(zone)


def _base(context: Context, interview: Interview, until: datetime) -> Reminder:
    """The reminder that is told again: the latest whose hour has come, else the next."""
    live = [
        each for each in plan_reminders(interview, context.settings, context.now) if context.now < each.until
    ]
    if not live:
        raise UsageError(f"{interview.title} has no reminder that could be put off")
    come = [each for each in live if each.at <= context.now]
    base = come[-1] if come else live[0]
    if until >= base.until:
        end = base.until.astimezone(zone_of(context.settings.zone))
        raise UsageError(
            f"that is too late: the reminder makes no sense after {end:%Y-%m-%d %H:%M}",
            hint="name an earlier time, like --snooze 30m",
        )
    return base
