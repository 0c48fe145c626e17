"""How reminders, and what became of them, are worded on a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from prepvault.cli import report, wording
from prepvault.cli.report import Piece, Styled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta

    from prepvault.cli.options import Options
    from prepvault.jobs.remind import Listing
    from prepvault.model.delivery import Delivery, Report, Standing, Telling

_WAITS = {"snoozed": "put off until", "quiet": "quiet until", "again": "tried again"}
_ENDINGS = {
    "told": "told by {}",
    "failed": "{} failed: {}",
    "stopped": "{} was refused: {}",
    "uncertain": "{} is in doubt: {}",
    "": "{} was cut short",
}
_BELL = "\a"


def moment(at: datetime, zone: str) -> str:
    """Write a moment by the clock of the vault."""
    from prepvault.model.zones import zone_of

    return wording.moment(at.astimezone(zone_of(zone)))


def say_listing(options: Options, found: Listing, now: datetime, zone: str, within: timedelta | None) -> None:
    """Show how reminders stand; what is missing for them to be told is said beside."""
    rows = [(*_row(each, now, zone), _later(each, zone)) for each in found.open]
    rows += [(*_row(each, now, zone, "told"), "") for each in found.trouble]
    rows += [(*_row(each, now, zone), "") for each in found.missed]
    report.say_table([row if row[-1] else row[:-1] for row in rows])
    attempts = {
        telling.number: (each, telling) for each in (*found.open, *found.trouble) for telling in each.last
    }
    for each, telling in attempts.values():
        if telling.ending is None or telling.ending.value != "told":
            title = f"{each.interview.title}, {_lead(each)}: "
            report.tell(Styled("warning: ", "warning"), title, _ending(telling))
    if not found.open:
        span = "is due" if within is None else "is due or comes in that time"
        options.tell(f"no reminder {span}")
    if found.is_damaged:
        report.tell(
            Styled("warning: ", "warning"), "the ledger of reminders cannot be relied on, so nothing is sent"
        )
        options.tell("hint: `prepvault doctor` names the file")
    if found.machine:
        options.tell(f"`{found.machine}` tells them, as `[reminders] machine` says")


def say_reminder(title: str, lines: tuple[str, ...]) -> None:
    """Show one reminder, with a bell where a person sits."""
    bell = _BELL if report.is_terminal(sys.stdout) else ""
    sys.stdout.write(bell)
    report.say(Styled(title, "strong"))
    for line in lines:
        report.say("  ", line)
    sys.stdout.flush()


def tell_delivery(options: Options, done: Delivery, zone: str) -> None:
    """Say what one delivery did; what went to the terminal was shown already."""
    for line in _told(done):
        report.say(line)
    _tell_troubles(options, done, zone)
    if not done.held and not done.reports and not done.missed:
        options.tell("nothing is due")


def tell_of_delivery(options: Options, done: Delivery, zone: str, stamp: Piece) -> None:
    """Say beside other talk what one delivery did, each line with its time, and which notes say so now."""
    for line in _told(done):
        options.tell(stamp, line)
    _tell_troubles(options, done, zone, stamp)
    for path in done.noted:
        options.tell(stamp, f"reminder noted in {report.safe(path)}")


def _told(done: Delivery) -> Iterator[str]:
    for each in done.told:
        if each.message.channel.value != "terminal":
            yield f"told by {each.message.channel}: {report.safe(each.title)}"


def _tell_troubles(options: Options, done: Delivery, zone: str, stamp: Piece = "") -> None:
    from prepvault.jobs.remind import lead_words

    for each in (*done.uncertain, *done.failed):
        _tell_trouble(each, zone, stamp)
    for reminder in done.missed:
        due = moment(reminder.at, zone)
        line = f"missed: {lead_words(reminder)}, {reminder.interview_id}, was due {due}"
        report.tell(stamp, line) if stamp else report.say(line)
    for path, why in done.unwritten.items():
        report.tell(stamp, Styled("warning: ", "warning"), f"`{path}` does not say so yet: {why}")
    if done.held:
        options.tell(stamp, f"nothing was told: {done.held}")


def _tell_trouble(each: Report, zone: str, stamp: Piece) -> None:
    word = _ENDINGS[each.ending.value].format(each.message.channel.value, each.why)
    again = f"; tried again {moment(each.again_at, zone)}" if each.again_at else ""
    report.tell(stamp, Styled("warning: ", "warning"), f"{each.title}: {word}{again}")
    if each.hint:
        report.tell("  hint: ", each.hint)


def _row(standing: Standing, now: datetime, zone: str, state: str = "") -> tuple[Piece, ...]:
    reminder = standing.reminder
    word = state or {"pending": "to come"}.get(standing.state.value, standing.state.value)
    style = {"due": "strong", "missed": "warning", "told": "ok"}.get(word, "dim")
    return (
        Styled(word, style),
        moment(reminder.at, zone),
        wording.countdown(reminder.at, now),
        _lead(standing),
        standing.interview.title,
        Styled(standing.interview.id, "dim"),
    )


def _lead(standing: Standing) -> str:
    from prepvault.jobs.remind import lead_words

    return "put off" if standing.reminder.suffix == "snooze" else lead_words(standing.reminder)


def _later(standing: Standing, zone: str) -> str:
    if not standing.waits or standing.next_at is None:
        return ""
    return f"{_WAITS[standing.waits]} {moment(standing.next_at, zone)}"


def _ending(telling: Telling) -> str:
    name = telling.ending.value if telling.ending else ""
    return _ENDINGS[name].format(telling.channel.value, telling.why)
