"""Tell what is due: once, by every channel that was chosen; what failed is tried again, nothing is lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from prepvault.errors import PrepVaultError
from prepvault.jobs.compose import next_steps
from prepvault.jobs.context import Context
from prepvault.jobs.note_reminders import note_tellings
from prepvault.jobs.tell_mail import CUT_SHORT, mail_key_of, mail_message, settle_mails
from prepvault.jobs.write import heal_writes
from prepvault.model.delivery import Channel, Delivery, Ending, Message, Past, Report, Telling
from prepvault.model.interview import Interview
from prepvault.model.reminder import Reminder
from prepvault.model.settings import Settings
from prepvault.model.vault import Vault
from prepvault.outside import environment, notifier
from prepvault.outside.ledger import Ledger
from prepvault.outside.lock import LockedError, delivery_lock, vault_lock
from prepvault.outside.state import state_folder
from prepvault.outside.writing import Probe, pass_by
from prepvault.rules.delivery import Outlook, outlook_of, plan_delivery
from prepvault.rules.reminder_words import reminder_lines, reminder_title

Say = Callable[[str, tuple[str, ...]], None]
"""Shows a title and lines where a person looks; OSError when that cannot be done."""

_SOON = timedelta(minutes=1)
_QUIET_NOTE = timedelta(seconds=31)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How handing over ended, and why."""

    ending: Ending
    why: str = ""
    hint: str = ""


def configured_channels(settings: Settings) -> tuple[Channel, ...]:
    """The channels that the settings name."""
    return tuple(map(Channel, settings.words("reminders.channels")))


def other_machine(settings: Settings) -> str:
    """The machine that sends in place of this one; empty when this one does."""
    named = settings.text("reminders.machine").partition(".")[0].strip()
    return named if named.casefold() not in {"", environment.machine_name().casefold()} else ""


def deliver_due(
    context: Context,
    vault: Vault,
    *,
    channels: Sequence[Channel] | None = None,
    say: Say | None = None,
    probe: Probe = pass_by,
) -> Delivery:
    """Tell what is due at `context.now` by `channels`, else by those of the settings; say what became of it.

    `say` shows what goes to the terminal; without it, whoever called shows the reports of that channel.
    Raises OutsideError when the ledger cannot be read whole: then nothing is told.
    """
    wanted = configured_channels(context.settings) if channels is None else tuple(channels)
    if not wanted:
        return Delivery(held="no channel is set for reminders")
    other = other_machine(context.settings)
    if other:
        return Delivery(held=f"`[reminders] machine` names `{other}`, so this machine tells nothing")
    folder = state_folder(context.root, context.settings.text("vault.id"))
    try:
        with delivery_lock(folder):
            return _Desk(context, vault, folder, wanted, say, probe).deliver()
    except LockedError as error:
        return Delivery(held=error.message, next_at=context.now + _SOON)


@dataclass
class _Desk:
    """One delivery, while no other process makes one; `broken` are channels that failed in it."""

    context: Context
    vault: Vault
    folder: Path
    channels: tuple[Channel, ...]
    say: Say | None
    probe: Probe
    broken: dict[Channel, Outcome] = field(default_factory=dict)

    def deliver(self) -> Delivery:
        """Settle what is open, tell what is due, put down what was missed, catch up the notes."""
        self._start()
        self._settle()
        plan = plan_delivery(self.vault.interviews, self._outlook(self._ledger.read()))
        reports = [self._tell(message) for message in plan.messages]
        missed = self._miss(plan.missed)
        past = self._ledger.read()
        heal_writes(self.context)
        noted = note_tellings(self.context, self.vault.interviews, past, self.probe)
        outlook = self._outlook(past)
        after = plan_delivery(self.vault.interviews, outlook) if reports else plan
        moments = [after.next_at] if after.next_at else []
        moments += [self.context.now + _SOON] if after.messages else []
        moments += [self.context.now + _QUIET_NOTE] if noted.waits else []
        return Delivery(
            reports=tuple(_with_retry(each, outlook) for each in reports),
            missed=missed,
            in_doubt=tuple(each for each in past.tellings if each.is_in_doubt),
            noted=noted.written,
            unwritten=noted.refused,
            next_at=min(moments, default=None),
        )

    @property
    def _ledger(self) -> Ledger:
        return Ledger(self.folder)

    def _outlook(self, past: Past) -> Outlook:
        return outlook_of(past, self.context.settings, self.channels, self.context.now)

    def _start(self) -> None:
        """Put down once from when on a reminder that nobody was told was missed."""
        if self._ledger.read().began is None:
            with vault_lock(self.folder):
                self._ledger.start(at=self.context.now)

    def _settle(self) -> None:
        """Find out from the ledger of mails how those ended that were cut short."""
        for telling, ending, why in settle_mails(self.folder, self._ledger.read()):
            self._end(telling, Outcome(ending, why))

    def _tell(self, message: Message) -> Report:
        """Put it down, hand it over, put down how that ended; what cannot be put down is not begun."""
        title, lines = self._words(message)
        self.probe("intent")
        try:
            mail = mail_key_of(self.context, message) if message.channel is Channel.EMAIL else ""
            with vault_lock(self.folder):
                telling = self._ledger.begin(message, at=self.context.now, mail=mail)
        except PrepVaultError as error:
            return Report(message, title, lines, Ending.FAILED, error.message, error.hint)
        self.probe("deliver")
        outcome = self.broken.get(message.channel) or self._hand_over(telling, message, title, lines)
        if outcome.ending is Ending.FAILED:
            self.broken[message.channel] = outcome
        self.probe("outcome")
        self._end(telling, outcome)
        return Report(message, title, lines, outcome.ending, outcome.why, outcome.hint)

    def _words(self, message: Message) -> tuple[str, tuple[str, ...]]:
        interview, now = message.interview, self.context.now
        title = reminder_title(interview, message.reminders[-1], now)
        steps = self._steps(interview) if interview.is_open else ()
        return title, reminder_lines(interview, message.reminders, self.context.settings, now, steps)

    def _steps(self, interview: Interview) -> tuple[str, ...]:
        """What to do next, where that can be worked out."""
        try:
            return next_steps(self.context, self.vault, interview)
        except Exception:  # noqa: BLE001 - a reminder goes out without it, whatever is wrong with the coaching
            return ()

    def _hand_over(self, telling: Telling, message: Message, title: str, lines: tuple[str, ...]) -> Outcome:
        if message.channel is Channel.EMAIL:
            doubt = partial(self._ledger.end, telling, Ending.UNCERTAIN, at=self.context.now, why=CUT_SHORT)
            handed = mail_message(
                self.context, self.vault, message, title, lines, lambda number: doubt(attempt=number)
            )
            return Outcome(*handed)
        if message.channel is Channel.DESKTOP:
            problem = notifier.notify(title, "\n".join(lines))
            return Outcome(Ending.FAILED, problem) if problem else Outcome(Ending.TOLD)
        try:
            if self.say:
                self.say(title, lines)
        except OSError as error:
            return Outcome(Ending.FAILED, f"the terminal cannot be written to ({type(error).__name__})")
        return Outcome(Ending.TOLD)

    def _end(self, telling: Telling, outcome: Outcome) -> None:
        """Put down how it ended, also when another run holds the lock for long."""
        try:
            with vault_lock(self.folder):
                self._ledger.end(telling, outcome.ending, at=self.context.now, why=outcome.why)
                return
        except LockedError:
            pass
        self._ledger.end(telling, outcome.ending, at=self.context.now, why=outcome.why)

    def _miss(self, reminders: tuple[Reminder, ...]) -> tuple[Reminder, ...]:
        """Put down what was missed and give it back; nothing where another run holds the lock for long."""
        if reminders:
            self.probe("missed")
            try:
                with vault_lock(self.folder):
                    self._ledger.miss(tuple(each.key for each in reminders), at=self.context.now)
            except LockedError:
                return ()
        return reminders


def _with_retry(report: Report, outlook: Outlook) -> Report:
    """Say when it is tried again, where it is."""
    if report.ending is not Ending.FAILED:
        return report
    agenda = outlook.agenda_of(report.message.interview)
    last = report.message.reminders[-1]
    return replace(report, again_at=outlook.ready_at(last, agenda, report.message.channel)[0])
