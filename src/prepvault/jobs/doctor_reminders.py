"""What `doctor` says about reminders: by which channels they go out, from which machine, what is in doubt."""

from collections.abc import Iterator

from prepvault.errors import PrepVaultError
from prepvault.jobs.context import Context
from prepvault.jobs.deliver import configured_channels, other_machine
from prepvault.jobs.doctor_check import Check, Standing
from prepvault.jobs.send_mail import sender_of, server_of
from prepvault.model.delivery import Channel, Ending, Past
from prepvault.outside import environment, notifier
from prepvault.outside.ledger import Ledger
from prepvault.outside.state import state_folder

_NONE = "no channel is set: reminders are in the calendar, on the dashboard and in `remind`"


def check_reminders(context: Context) -> Iterator[Check]:
    """Look at channels, ledger and machine; nothing is told and no server is spoken to."""
    channels = configured_channels(context.settings)
    if not channels:
        yield Check("reminders", Standing.UNSET, _NONE, 'set channels = ["desktop"] under [reminders]')
        return
    faults = [fault for channel in channels if (fault := _fault(context, channel))]
    yield from faults
    yield _ledger(context, channels, is_broken=bool(faults))
    yield _machine(context)


def _fault(context: Context, channel: Channel) -> Check | None:
    """What a channel lacks, as far as that is known without using it."""
    if channel is Channel.DESKTOP and not notifier.has_notifier():
        text = f"the channel `desktop` needs `{notifier.notifier_name()}`, which is not installed"
        return Check("reminders", Standing.BROKEN, text, 'install it, or set channels = ["email"]')
    if channel is Channel.EMAIL:
        try:
            server_of(context.settings)
            sender_of(context.settings)
        except PrepVaultError as error:
            text = f"the channel `email` cannot send: {error.message}"
            return Check("reminders", Standing.BROKEN, text, error.hint)
    return None


def _ledger(context: Context, channels: tuple[Channel, ...], *, is_broken: bool) -> Check:
    try:
        past = Ledger(state_folder(context.root, context.settings.text("vault.id"))).read()
    except PrepVaultError as error:
        return Check("reminders", Standing.BROKEN, error.message, error.hint)
    text = f"by {', '.join(channels)}; {_last(past)}"
    doubtful = [each for each in past.tellings if each.is_in_doubt]
    if doubtful:
        at = doubtful[-1].at
        said = f"{text}; by mail in doubt: {len(doubtful)}, the last of {at:%Y-%m-%d %H:%M} UTC"
        hint = "look into your sent mail; `email reminder INTERVIEW --send --again` sends one once more"
        return Check("reminders", Standing.UNSET, said, hint)
    return Check("reminders", Standing.UNSET if is_broken else Standing.OK, text)


def _last(past: Past) -> str:
    told = [each for each in past.tellings if each.ending is Ending.TOLD]
    if not told:
        return "nothing was told yet"
    return f"last told by {told[-1].channel} on {told[-1].at:%Y-%m-%d %H:%M} UTC"


def _machine(context: Context) -> Check:
    """Several machines that watch one vault would each tell."""
    here = environment.machine_name()
    other = other_machine(context.settings)
    if other:
        return Check("machine", Standing.OK, f"`{other}` tells reminders, this one (`{here}`) does not")
    if context.settings.text("reminders.machine").strip():
        return Check("machine", Standing.OK, f"this one (`{here}`) tells reminders")
    text = "unset: every machine that watches this vault would tell reminders"
    return Check("machine", Standing.UNSET, text, f'with several, set machine = "{here}" under [reminders]')
