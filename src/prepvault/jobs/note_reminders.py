"""Repeat in notes what the ledger knows was told; a note that somebody is writing in waits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta

from prepvault.errors import PrepVaultError
from prepvault.jobs.context import Context
from prepvault.jobs.one_note import change_note, reread, usual_minutes
from prepvault.model.change import Edit
from prepvault.model.delivery import Channel, Ending, Past, Telling
from prepvault.model.interview import Interview, Status
from prepvault.model.reminder import Reminder, ReminderKind
from prepvault.model.settings import Settings
from prepvault.model.zones import zone_of
from prepvault.outside import clock
from prepvault.outside.disk import read_note
from prepvault.outside.writing import Probe
from prepvault.rules.reminders import channels_told, note_word, plan_reminders

_CAUGHT_UP = timedelta(days=7)
_QUIET = timedelta(seconds=30)
_BEFORE = {ReminderKind.BEFORE, ReminderKind.CATCH_UP}


@dataclass(slots=True)
class Noted:
    """Notes that were written, those that were not with the reason, and whether one waits for its editor."""

    written: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    waits: bool = False


def note_tellings(context: Context, interviews: Iterable[Interview], past: Past, probe: Probe) -> Noted:
    """Write into every note what it lacks of the last days; the ledger stays the truth if that fails."""
    told = _told_lately(context, past)
    written: list[str] = []
    refused: dict[str, str] = {}
    waits = False
    named = {key.rsplit("/", 2)[0] for key in told}
    for interview in (each for each in interviews if each.id in named):
        if not _lacking(interview, told, context):
            continue
        try:
            is_written = _note(context, interview, told, probe)
        except PrepVaultError as error:
            refused[interview.path] = error.message
            continue
        waits = waits or is_written is None
        written += [interview.path] if is_written else []
    return Noted(tuple(written), refused, waits)


def _told_lately(context: Context, past: Past) -> Mapping[str, Sequence[Telling]]:
    told: dict[str, list[Telling]] = {}
    for telling in past.tellings:
        if telling.ending is Ending.TOLD and abs(context.now - telling.at) < _CAUGHT_UP:
            for key in telling.keys:
                told.setdefault(key, []).append(telling)
    return told


def _note(
    context: Context, interview: Interview, told: Mapping[str, Sequence[Telling]], probe: Probe
) -> bool | None:
    """Write what the note lacks as it is now; None when somebody saved it just before."""
    note = read_note(context.root, interview.path)
    if abs(clock.now() - note.modified) < _QUIET:
        return None
    present = reread(context, interview.path, note.data, usual_minutes(context))
    present = replace(present, id=interview.id)  # two notes may name one id
    edits = list(_edits(present, told, context))
    if not edits:
        return False
    probe("note")
    return change_note(context, replace(present, digest=note.digest), edits, "remind", shown=True).written


def _edits(interview: Interview, told: Mapping[str, Sequence[Telling]], context: Context) -> Iterator[Edit]:
    lacking = _lacking(interview, told, context)
    for reminder, channel, telling in lacking:
        yield Edit("reminders_sent", "append", _entry(reminder, channel, telling, interview))
    is_first = not any(_is_noted(each, interview) for each in _before(interview, context.settings, context))
    is_before = any(reminder.kind in _BEFORE for reminder, _, _ in lacking)
    is_open = interview.status in {Status.SCHEDULED, Status.CONFIRMED}
    if is_first and is_before and is_open and context.settings.flag("reminders.set_status"):
        yield Edit("status", "set", Status.REMINDER_SENT.value)


def _lacking(
    interview: Interview, told: Mapping[str, Sequence[Telling]], context: Context
) -> tuple[tuple[Reminder, Channel, Telling], ...]:
    """What was told and the note does not say, each channel once."""
    found: dict[tuple[str, Channel], tuple[Reminder, Channel, Telling]] = {}
    for reminder in plan_reminders(interview, context.settings, context.now):
        noted = channels_told(reminder, interview)
        for telling in told.get(reminder.key, ()):
            entry = _entry(reminder, telling.channel, telling, interview)
            if str(telling.channel) not in noted and entry not in interview.reminders_sent:
                found.setdefault((reminder.key, telling.channel), (reminder, telling.channel, telling))
    return tuple(found.values())


def _before(interview: Interview, settings: Settings, context: Context) -> Iterator[Reminder]:
    reminders = plan_reminders(interview, settings, context.now)
    return (each for each in reminders if each.kind in _BEFORE)


def _is_noted(reminder: Reminder, interview: Interview) -> bool:
    return bool(channels_told(reminder, interview))


def _entry(reminder: Reminder, channel: Channel, telling: Telling, interview: Interview) -> str:
    at = telling.at.astimezone(UTC).astimezone(zone_of(interview.zone)).isoformat(timespec="seconds")
    return f"{note_word(reminder)} {channel} {at}"
