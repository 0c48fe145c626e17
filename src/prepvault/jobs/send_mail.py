"""Send one mail: checked, protected, put down in the ledger before and after, and at most once unasked."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from prepvault.errors import OutsideError, PrepVaultError, RefusedError, UsageError
from prepvault.jobs.compose import Composed
from prepvault.jobs.context import Context
from prepvault.jobs.mail_record import record_sent
from prepvault.model.finding import Severity
from prepvault.model.interview import Interview
from prepvault.model.mail import Handover, Mail, MailServer, Posted, Sending, is_address
from prepvault.model.settings import Settings
from prepvault.outside import clock
from prepvault.outside.lock import vault_lock
from prepvault.outside.mail_ledger import MailLedger
from prepvault.outside.passwords import find_password
from prepvault.outside.postman import post
from prepvault.outside.state import state_folder
from prepvault.render.eml import render_letter
from prepvault.rules.mail_fields import status_words
from prepvault.rules.mail_fit import REPEATED, sent_to
from prepvault.rules.mail_identity import due_reminder, mail_key, message_id
from prepvault.rules.reminders import plan_reminders

_MOST = ((timedelta(hours=1), 10, "an hour"), (timedelta(days=1), 30, "a day"))
"""How many mails may go out: more is a mistake, or a program that runs wild."""


_HOW_TO_NAME_ONE = 'set email = "you@example.com" under [profile] in your own prepvault.toml'


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail that a server took; `problem` says why the note does not tell of it yet, empty when it does."""

    mail: Mail
    sender: str
    message_id: str
    at: datetime
    problem: str = ""


_OF_THE_USER = frozenset({"user", "environment", "flag"})
_ADDRESSES = ("mail.from", "profile.email")


def own_addresses(settings: Settings) -> tuple[str, ...]:
    """The user's own addresses, as their own settings name them; a vault's file may name anybody's."""
    said = {key: settings.text(key) for key in _ADDRESSES if settings.origin.get(key) in _OF_THE_USER}
    return tuple(dict.fromkeys(address for address in said.values() if address))


def sender_of(settings: Settings) -> str:
    """The address that mail comes from; UsageError where the user's own settings name none."""
    sender = next(iter(own_addresses(settings)), "")
    if is_address(sender):
        return sender
    if sender:
        raise UsageError(f"`{sender}` is not a mail address", hint=_HOW_TO_NAME_ONE)
    said = "there is no address to send from"
    if settings.text("profile.email"):
        said += ": the one in the vault's file does not count, it may be anybody's"
    raise UsageError(said, hint=_HOW_TO_NAME_ONE)


def server_of(settings: Settings) -> MailServer:
    """The server that mail is handed to; UsageError where none is named."""
    host = settings.text("mail.host").strip()
    if not host:
        hint = "set [mail] host, port and user in your own prepvault.toml, or use `--eml` or `--mailto`"
        raise UsageError("no mail server is named, so nothing can be sent", hint=hint)
    return MailServer(
        host,
        settings.number("mail.port"),
        settings.text("mail.security"),
        settings.text("mail.user").strip(),
        settings.number("mail.timeout"),
    )


def needs_consent(settings: Settings, composed: Composed) -> bool:
    """Tell whether a person has to agree first: a note alone never decides where mail goes."""
    is_own = composed.mail.to.casefold() in {each.casefold() for each in own_addresses(settings)}
    return not (is_own or composed.was_typed)


def check_sendable(context: Context, composed: Composed, *, anyway: bool = False) -> None:
    """Refuse a mail with gaps, another company's name or no address; and settings that cannot send.

    `anyway` lets through what the note does not call for yet.
    """
    for finding in composed.findings:
        if finding.severity is Severity.ERROR:
            raise RefusedError(f"nothing was sent: {finding.message}", hint=finding.hint)
        if finding.code == "mail/too-early" and not anyway:
            hint = f"{finding.hint}, or send it all the same with `--anyway`"
            raise RefusedError(f"nothing was sent: {finding.message}", hint=hint)
    for finding in context.findings:
        if finding.code == "settings/secret":
            raise UsageError(finding.message, hint=finding.hint)
    if not is_address(composed.mail.to):
        who = composed.person.name if composed.person else f"the {composed.mail.recipient}"
        raise UsageError(f"no mail address is known for {who}", hint="name it: --to name@example.com")
    server_of(context.settings)
    sender_of(context.settings)


def send_mail(
    context: Context, composed: Composed, interview: Interview, *, again: bool = False, anyway: bool = False
) -> Sent:
    """Send it once. RefusedError for a mail that went out before or may have; `again` sends it all the same.

    `anyway` sends what the note does not call for yet.

    OutsideError says what the server or the network did; then either nothing was sent, or nobody knows, and
    the ledger says which.
    """
    check_sendable(context, composed, anyway=anyway)
    mail, key = composed.mail, _key(context, interview, composed.mail)

    def refuse(past: Sequence[Sending]) -> None:
        _refuse_repeat(context, interview, mail, past, key, again=again)

    sent, handed = post_once(context, mail, key, refuse)
    return _told(context, interview, sent, handed)


def post_once(
    context: Context,
    mail: Mail,
    key: str,
    refuse: Callable[[Sequence[Sending]], None],
    begun: Callable[[int], None] = lambda number: None,
) -> tuple[Sent, Handover]:
    """Put a mail down, hand it over, and put down how that ended; no note is told of it.

    `refuse` is shown what the ledger knows, and raises where this mail must not go; it is asked once more
    when nobody else can begin a mail. `begun` is told the number of the attempt once it is put down;
    where it raises, nothing is sent.
    """
    settings = context.settings
    server, sender = server_of(settings), sender_of(settings)
    folder = state_folder(context.root, settings.text("vault.id"))
    ledger = MailLedger(folder)
    refuse(ledger.read())
    password = find_password(server.user, settings.text("mail.password_command")) if server.user else ""
    with vault_lock(folder):
        past = ledger.read()
        refuse(past)
        moment = clock.now()
        _refuse_flood(past, moment)
        number = 1 + sum(each.key == key and each.state is Posted.ACCEPTED for each in past)
        identity = message_id(settings.text("vault.id") or str(folder.name), key, number, sender)
        # Written before it is put down: what cannot be written was never begun.
        letter = render_letter(
            mail, sender=sender, name=settings.text("profile.name"), identity=identity, date=moment
        )
        try:
            sending = ledger.begin(key, mail.kind, mail.to, identity, at=context.now, clock=moment)
            begun(sending.number)
        except PrepVaultError:
            _take_back(ledger, len(past))
            raise
    handed = post(server, password, sender=sender, to=mail.to, letter=letter)
    _put_down(folder, ledger, sending, handed.state)
    return Sent(mail, sender, identity, context.now), handed


def _take_back(ledger: MailLedger, known: int) -> None:
    """Say of what was begun since, if that is on the disk, that it did not go out."""
    with suppress(PrepVaultError):
        for sending in ledger.read()[known:]:
            ledger.end(sending, Posted.REFUSED)


def _told(context: Context, interview: Interview, sent: Sent, handed: Handover) -> Sent:
    """Put it down in the note, and say what happened."""
    if handed.state is Posted.REFUSED:
        raise OutsideError(f"nothing was sent: {handed.message}", hint=handed.hint)
    problem = record_sent(context, interview, sent.mail, sent.at, handed.state)
    if handed.state is Posted.UNCERTAIN:
        raise OutsideError(f"it is not certain that the mail was sent: {handed.message}", hint=handed.hint)
    return replace(sent, problem=problem)


def _put_down(folder: Path, ledger: MailLedger, sending: Sending, state: Posted) -> None:
    """Say in the ledger how it ended, also when another run holds the lock for long."""
    try:
        with vault_lock(folder):
            ledger.end(sending, state)
            return
    except PrepVaultError:
        pass
    ledger.end(sending, state)


def _key(context: Context, interview: Interview, mail: Mail) -> str:
    reminder = due_reminder(plan_reminders(interview, context.settings, context.now))
    return mail_key(interview, mail.kind, mail.to, reminder=reminder, status=status_words(interview)[0])


def _refuse_repeat(
    context: Context, interview: Interview, mail: Mail, past: Sequence[Sending], key: str, *, again: bool
) -> None:
    """Refuse what the ledger, or the note from another machine, tells of; mend a note that lacks it."""
    attempts = [each for each in past if each.key == key and each.state is not Posted.REFUSED]
    in_note = mail.kind not in REPEATED and mail.to.casefold() in sent_to(interview, mail.kind)
    if again or not (attempts or in_note):
        return
    last = attempts[-1] if attempts else None
    if last is None:
        said = f"the note says that this mail went to {mail.to} before"
    elif last.is_in_doubt:
        said = (
            f"this mail to {mail.to} was begun on {last.at:%Y-%m-%d %H:%M} UTC, and nobody knows how it ended"
        )
    else:
        said = f"this mail went to {mail.to} on {last.at:%Y-%m-%d %H:%M} UTC"
        record_sent(context, interview, mail, last.at, Posted.ACCEPTED, once=True)
    hint = "`--again` sends it once more"
    if last and last.is_in_doubt:
        hint = f"look into your sent mail first; {hint}"
    raise RefusedError(f"nothing was sent: {said}", hint=hint)


def _refuse_flood(past: Sequence[Sending], now: datetime) -> None:
    """Refuse what is too much by the machine's clock, whatever moment the run was told."""
    gone = [each.clock or each.at for each in past if each.state is not Posted.REFUSED]
    for span, most, words in _MOST:
        count = sum(abs(now - at) < span for at in gone)
        if count >= most:
            raise RefusedError(f"nothing was sent: {count} mails in {words} are enough", hint="send it later")
