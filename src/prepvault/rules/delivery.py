"""Which reminders to tell now and by which channel, which were missed, and when to look again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from prepvault.model.delivery import Channel, Ending, Message, Past, Standing, Telling
from prepvault.model.interview import Interview
from prepvault.model.quiet import Quiet, find_quiet
from prepvault.model.reminder import Reminder, ReminderState
from prepvault.model.settings import Settings
from prepvault.rules.reminders import channels_told, plan_reminders, state_by_clock

SNOOZED = "snooze"
"""The suffix of a reminder that stands for one that was put off; it is never put down in a note."""

_WAITS = {
    Channel.EMAIL: tuple(timedelta(minutes=each) for each in (5, 10, 20, 40, 80, 160, 320, 360)),
    Channel.DESKTOP: tuple(timedelta(minutes=each) for each in (1, 5, 15, 60)),
    Channel.TERMINAL: tuple(timedelta(minutes=each) for each in (1, 5, 15, 60)),
}
"""How long to wait after each failure in a row; the last one counts for all that follow."""

_CLOCKS_DIFFER = timedelta(minutes=15)
_TOO_SHORT = timedelta(hours=1)
"""What quiet hours must leave before a start, else they do not count."""


@dataclass(frozen=True, slots=True)
class DeliveryPlan:
    """What to tell now, what to put down as missed, and the next moment at which either changes."""

    messages: tuple[Message, ...]
    missed: tuple[Reminder, ...]
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """An interview's reminders; nothing is told before `put_off`, None when nothing is put off."""

    interview: Interview
    reminders: tuple[Reminder, ...]
    put_off: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What decides about reminders at a moment: the ledger, the settings, the channels there are."""

    past: Past
    settings: Settings
    channels: tuple[Channel, ...]
    now: datetime
    quiet: Quiet | None
    tellings: Mapping[str, tuple[Telling, ...]]

    def agenda_of(self, interview: Interview) -> Agenda:
        """An interview's reminders, the one that a snooze asked for among them."""
        reminders = plan_reminders(interview, self.settings, self.now)
        bases = {each.key: each for each in reminders}
        snoozes = [each for each in self.past.snoozes if each.interview_id == interview.id]
        snooze = next((each for each in reversed(snoozes) if each.key in bases), None)
        if snooze is None:
            return Agenda(interview, reminders)
        base = bases[snooze.key]
        key = f"{interview.id}/{SNOOZED}-{snooze.number}/{base.key.rpartition('/')[2]}"
        at = snooze.until.astimezone(base.at.tzinfo)
        again = replace(base, at=at, key=key, suffix=SNOOZED)
        is_on = snooze.at - _CLOCKS_DIFFER <= self.now < snooze.until
        return Agenda(interview, (*reminders, again), snooze.until.astimezone(UTC) if is_on else None)

    def attempts(self, reminder: Reminder, channel: Channel) -> list[Telling]:
        """Every attempt to tell a reminder by a channel, oldest first."""
        return [each for each in self.tellings.get(reminder.key, ()) if each.channel is channel]

    def told_by(self, reminder: Reminder) -> set[Channel]:
        """The channels by which this machine told it."""
        tellings = self.tellings.get(reminder.key, ())
        return {each.channel for each in tellings if each.ending is Ending.TOLD}

    def is_told_elsewhere(self, reminder: Reminder, interview: Interview) -> bool:
        """Tell whether the note knows of a telling that this machine's ledger does not."""
        if reminder.suffix == SNOOZED:
            return False
        return bool(channels_told(reminder, interview) - {str(each) for each in self.told_by(reminder)})

    def is_told(self, reminder: Reminder, interview: Interview) -> bool:
        """Tell whether anybody was told, or may have been."""
        doubtful = any(each.is_in_doubt for each in self.tellings.get(reminder.key, ()))
        return doubtful or bool(self.told_by(reminder)) or self.is_told_elsewhere(reminder, interview)

    def ready_at(self, reminder: Reminder, agenda: Agenda, channel: Channel) -> tuple[datetime | None, str]:
        """When a reminder may be told by a channel and why not sooner; None where that will not be."""
        if self.now >= reminder.until or self.is_told_elsewhere(reminder, agenda.interview):
            return None, ""
        retry = self._retry_at(self.attempts(reminder, channel))
        if retry is None:
            return None, ""
        moments = [(reminder.at.astimezone(UTC), ""), (retry, "again")]
        moments += [(agenda.put_off, "snoozed")] if agenda.put_off else []
        ready, waits = max(moments, key=lambda each: each[0])
        moment = max(ready, self.now)
        later = self._after_quiet(reminder, moment)
        if later > moment:
            ready, waits = later, "quiet"
        return (ready, waits) if ready < reminder.until else (None, "")

    def _retry_at(self, attempts: Sequence[Telling]) -> datetime | None:
        """When the next attempt may be: at any time before the first; None when there is no next."""
        if not attempts:
            return _EVER
        last = attempts[-1]
        if last.ending in {Ending.TOLD, Ending.STOPPED} or last.is_in_doubt:
            return None
        if last.ending is None or last.at > self.now + _CLOCKS_DIFFER:
            return _EVER  # cut short, or put down by a clock that was ahead
        waits = _WAITS[last.channel]
        return last.at.astimezone(UTC) + waits[min(failures(attempts), len(waits)) - 1]

    def _after_quiet(self, reminder: Reminder, moment: datetime) -> datetime:
        """The end of the quiet hours around a moment, unless the interview would not wait for it."""
        zone = self.settings.zone
        if self.quiet is None or not self.quiet.covers(moment, zone):
            return moment
        end = self.quiet.end_after(moment, zone)
        return moment if reminder.until < end + _TOO_SHORT else end


_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def failures(attempts: Sequence[Telling]) -> int:
    """How many attempts failed in a row, up to the last."""
    count = 0
    for each in reversed(attempts):
        if each.ending is not Ending.FAILED:
            break
        count += 1
    return count


def outlook_of(past: Past, settings: Settings, channels: Iterable[Channel], now: datetime) -> Outlook:
    """Put together what decides."""
    tellings: dict[str, list[Telling]] = {}
    for telling in past.tellings:
        for key in telling.keys:
            tellings.setdefault(key, []).append(telling)
    known = {key: tuple(each) for key, each in tellings.items()}
    quiet = find_quiet(settings.text("reminders.quiet_hours"))
    return Outlook(past, settings, tuple(dict.fromkeys(channels)), now, quiet, known)


def plan_delivery(interviews: Iterable[Interview], outlook: Outlook) -> DeliveryPlan:
    """Decide what to tell now; the overdue reminders of one interview become one message per channel."""
    messages: list[Message] = []
    missed: list[Reminder] = []
    moments: list[datetime] = []
    for agenda in map(outlook.agenda_of, interviews):
        interview = agenda.interview
        missed += (each for each in agenda.reminders if _is_missed(each, interview, outlook))
        open_ones = [each for each in agenda.reminders if outlook.now < each.until]
        moments += (each.until for each in open_ones if not outlook.is_told(each, interview))
        for channel in outlook.channels:
            ready = [(outlook.ready_at(each, agenda, channel)[0], each) for each in open_ones]
            moments += (at for at, _ in ready if at and at > outlook.now)
            if any(at and at <= outlook.now for at, _ in ready):
                come = (each for at, each in ready if at and each.at <= outlook.now)
                messages.append(Message(interview, channel, tuple(sorted(come, key=_order))))
    messages.sort(key=lambda each: (_order(each.reminders[-1]), each.channel))
    next_at = min((moment.astimezone(UTC) for moment in moments), default=None)
    return DeliveryPlan(tuple(messages), tuple(sorted(missed, key=_order)), next_at)


def find_standings(interviews: Iterable[Interview], outlook: Outlook) -> tuple[Standing, ...]:
    """Say how every reminder stands, in order of time."""
    found = [
        _standing(each, agenda, outlook)
        for agenda in map(outlook.agenda_of, interviews)
        for each in agenda.reminders
    ]
    return tuple(sorted(found, key=lambda each: _order(each.reminder)))


def _standing(reminder: Reminder, agenda: Agenda, outlook: Outlook) -> Standing:
    interview = agenda.interview
    attempts = (outlook.attempts(reminder, channel) for channel in Channel)
    ready = (outlook.ready_at(reminder, agenda, channel) for channel in outlook.channels)
    nearest = min(((at, waits) for at, waits in ready if at), default=(None, ""))
    is_told = outlook.is_told(reminder, interview)
    state = ReminderState.SENT if is_told else state_by_clock(reminder, outlook.now)
    return Standing(interview, reminder, state, tuple(each[-1] for each in attempts if each), *nearest)


def _is_missed(reminder: Reminder, interview: Interview, outlook: Outlook) -> bool:
    """Tell whether it went by untold since reminders are told here, and that is not on record yet."""
    began = outlook.past.began
    if began is None or not began < reminder.until <= outlook.now:
        return False
    return reminder.key not in outlook.past.missed and not outlook.is_told(reminder, interview)


def _order(reminder: Reminder) -> tuple[datetime, str]:
    return reminder.at.astimezone(UTC), reminder.key
