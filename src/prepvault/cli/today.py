"""`prepvault today`: what to do now for what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prepvault.cli import report, wording
from prepvault.cli.options import Options, complete_interview, json_option, pass_options, vault_command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from prepvault.model.day_card import CardLine, DayCard, Today

_WIDTH = 78
_INDENT = 10
_LAST_HOURS = 2


@vault_command("today", example="prepvault today --minutes 90")
@click.argument("interview", required=False, metavar="[INTERVIEW]", shell_complete=complete_interview)
@click.option("--minutes", type=click.IntRange(5, 960), metavar="N", help="How many minutes you have.")
@json_option
@pass_options
def command(options: Options, interview: str | None, *, minutes: int | None, as_json: bool) -> None:
    """Say what to do now for what is next, and what past interviews still ask for; with INTERVIEW for it."""
    from prepvault.jobs.pick import pick_interview
    from prepvault.jobs.today import today, today_record

    context, vault = options.load()
    picked = pick_interview(vault, interview) if interview else None
    planned = today(context, vault, picked, free=minutes or 0)
    if as_json:
        report.say_json("today", today_record(planned))
        return
    _say(options, planned, {each.id: each.title for each in vault.interviews})


def _say(options: Options, planned: Today, titles: Mapping[str, str]) -> None:
    for at, card in enumerate(planned.cards):
        if at:
            report.say("")
        _say_card(card, planned)
    if planned.owed:
        if planned.cards:
            report.say("")
        report.say(report.Styled("Owed after past interviews", "strong"))
        _say_lines(planned.owed)
    _say_reminders(planned, titles)
    if not planned.cards and not planned.owed:
        options.tell("nothing is ahead and nothing is owed; `prepvault schedule` writes the next interview")


def _say_reminders(planned: Today, titles: Mapping[str, str]) -> None:
    """What is due for interviews that have no card today."""
    shown = {card.interview.id for card in planned.cards}
    for reminder in planned.due:
        if reminder.interview_id not in shown and reminder.kind.value in {"before", "catch_up"}:
            title = titles.get(reminder.interview_id, reminder.interview_id)
            for line in _wrapped(f"reminder due: {reminder.suffix} before {title}", _WIDTH):
                report.say(line)


def _say_card(card: DayCard, planned: Today) -> None:
    away = wording.countdown(card.interview.starts, planned.now)
    for line in _wrapped(f"{card.headline} ({away})", _WIDTH):
        report.say(report.Styled(report.safe(line), "strong"))
    # In the last hours nothing new goes in, and a low number would only make one nervous.
    if card.readiness and card.hours_left > _LAST_HOURS:
        _say_slot("ready", card.readiness.summary)
    _say_lines(card.lines)
    if not card.lines:
        report.say(" " * _INDENT, "nothing is left to do for it now")


def _say_lines(lines: Sequence[CardLine]) -> None:
    for line in lines:
        length = f" ({line.minutes} min)" if line.minutes else ""
        _say_slot(line.slot, line.text + length)
        if line.why:
            _say_all(f"because {line.why}")
        if line.done_when:
            _say_all(f"done: {line.done_when}")
        if line.command:
            _say_below(line.command if "://" in line.command else f"$ {line.command}")


def _say_slot(slot: str, text: str) -> None:
    first, *rest = _wrapped(text, _WIDTH - _INDENT)
    report.say(report.Styled(report.safe(slot[: _INDENT - 2].ljust(_INDENT)), "note"), report.safe(first))
    for more in rest:
        _say_below(more)


def _say_all(text: str) -> None:
    for piece in _wrapped(text, _WIDTH - _INDENT):
        _say_below(piece)


def _say_below(text: str) -> None:
    report.say(" " * _INDENT, report.Styled(report.safe(text), "dim"))


def _wrapped(text: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(report.safe(text), width, break_long_words=False, break_on_hyphens=False) or [""]
