"""A reminder as a mail to oneself: composed, sent at most once, and settled after a crash."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shlex import quote

from prepvault.errors import OutsideError, PrepVaultError, UsageError
from prepvault.jobs.compose import MailRequest, compose
from prepvault.jobs.context import Context
from prepvault.jobs.send_mail import own_addresses, post_once, sender_of
from prepvault.model.delivery import Ending, Message, Past, Telling
from prepvault.model.mail import Mail, Posted, Sending, is_address
from prepvault.model.reminder import ReminderKind
from prepvault.model.settings import Settings
from prepvault.model.vault import Vault
from prepvault.outside.mail_ledger import MailLedger
from prepvault.rules.mail_identity import mail_key

CUT_SHORT = "it was cut short while the mail was on its way"
"""Why a mail is in doubt from the moment before it goes out until its end is put down."""

_KIND = "reminder"
_BEFORE = {ReminderKind.BEFORE, ReminderKind.CATCH_UP}


class _GoneError(Exception):
    """This mail went out before, or may have."""

    def __init__(self, last: Sending) -> None:
        super().__init__(last.key)
        self.last = last


def own_address(settings: Settings) -> str:
    """Where mail to oneself goes: the user's own address, else the one that mail comes from."""
    own = [each for each in reversed(own_addresses(settings)) if is_address(each)]
    return own[0] if own else sender_of(settings)


def mail_key_of(context: Context, message: Message) -> str:
    """The key of the mail that carries a message: that of its last reminder; empty where nobody can send."""
    try:
        to = own_address(context.settings)
    except UsageError:
        return ""
    return mail_key(message.interview, _KIND, to, reminder=message.reminders[-1])


def mail_message(
    context: Context,
    vault: Vault,
    message: Message,
    title: str,
    lines: Sequence[str],
    begun: Callable[[int], None],
) -> tuple[Ending, str, str]:
    """Send it once; say how that ended, why, and what to do.

    `begun` is told the number of the attempt before anything goes out.
    """
    try:
        _refuse_secrets(context)
        mail = _letter(context, vault, message, title, lines)
        key = mail_key_of(context, message)
        _, handed = post_once(context, mail, key, lambda past: _refuse_repeat(past, key), begun)
    except _GoneError as gone:
        return _ending_of(gone.last, _hint(message))
    except PrepVaultError as error:
        return Ending.FAILED, error.message, error.hint
    if handed.state is Posted.ACCEPTED:
        return Ending.TOLD, "", ""
    if handed.state is Posted.UNCERTAIN:
        return Ending.UNCERTAIN, handed.message, _hint(message)
    return (Ending.STOPPED if handed.is_final else Ending.FAILED), handed.message, handed.hint


def settle_mails(folder: Path, past: Past) -> Iterator[tuple[Telling, Ending, str]]:
    """Find out how mails ended whose end the ledger of reminders does not know for certain.

    One that had begun to go out is in doubt there already: should the ledger of mails have lost its end, that
    it knows nothing of it means nothing.
    """
    open_ones = [telling for telling in past.tellings if telling.is_in_doubt]
    try:
        sent = MailLedger(folder).read() if open_ones else ()
    except OutsideError:
        return  # they stay in doubt
    for telling in open_ones:
        attempts = [each for each in sent if each.key == telling.mail]
        states = {(each.number, each.state) for each in attempts}
        if any(each.state is Posted.ACCEPTED for each in attempts):
            yield telling, Ending.TOLD, ""
        elif telling.ending is None and any(each.is_in_doubt for each in attempts):
            yield telling, Ending.UNCERTAIN, CUT_SHORT
        elif telling.ending is None or (telling.attempt, Posted.REFUSED) in states:
            yield telling, Ending.FAILED, "it was cut short before the mail went out"


def _refuse_secrets(context: Context) -> None:
    for finding in context.findings:
        if finding.code == "settings/secret":
            raise UsageError(finding.message, hint=finding.hint)


def _letter(context: Context, vault: Vault, message: Message, title: str, lines: Sequence[str]) -> Mail:
    """The reminder mail with its checklist; the plain words where that one cannot be sent as it is."""
    to = own_address(context.settings)
    plain = Mail(_KIND, "Reminder", "self", f"Reminder: {title}", "\n\n".join(lines) + "\n", to)
    if message.reminders[-1].kind not in _BEFORE:
        return plain
    try:
        composed = compose(context, vault, message.interview, MailRequest(kind=_KIND, to=to))
    except Exception:  # noqa: BLE001 - a reminder goes out in plain words, whatever is wrong with the coaching
        return plain
    return composed.mail if composed.is_sendable else plain


def _refuse_repeat(past: Sequence[Sending], key: str) -> None:
    """Stop where the ledger of mails knows this one, or may."""
    attempts = [each for each in past if each.key == key and each.state is not Posted.REFUSED]
    if attempts:
        raise _GoneError(next((each for each in attempts if not each.is_in_doubt), attempts[-1]))


def _hint(message: Message) -> str:
    """What to do about a doubt: some reminders are mails that `email` can send once more."""
    hint = "look into your sent mail"
    if message.reminders[-1].kind in _BEFORE:
        hint += (
            f"; `prepvault email reminder {quote(message.interview.id)} --send --again` sends it once more"
        )
    return hint


def _ending_of(last: Sending, hint: str) -> tuple[Ending, str, str]:
    if last.is_in_doubt:
        begun = f"it was begun on {last.at:%Y-%m-%d %H:%M} UTC, and nobody knows how it ended"
        return Ending.UNCERTAIN, begun, hint
    return Ending.TOLD, "", ""
