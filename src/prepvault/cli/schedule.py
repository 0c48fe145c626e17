"""`prepvault schedule`: a new interview note."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from prepvault.cli import report, wording
from prepvault.cli.asking import before_writing
from prepvault.cli.options import Options, json_option, pass_options, vault_command
from prepvault.cli.words import Word
from prepvault.errors import UsageError
from prepvault.model.interview import InterviewType

if TYPE_CHECKING:
    from prepvault.jobs.context import Context
    from prepvault.jobs.schedule import Scheduled

_TYPE = Word(InterviewType, "type")
_NEEDED = {"company": "Company", "role": "Role", "type": "Type", "at": "When"}


@vault_command(
    "schedule",
    example='prepvault schedule --company Acme --role "Data Engineer" --type technical --at "fri 10:30"',
)
@click.option("--company", metavar="TEXT", help="The company's name.")
@click.option("--role", metavar="TEXT", help="The title you applied for.")
@click.option("--type", type=_TYPE, help=f"One of {', '.join(InterviewType)}.")
@click.option(
    "--at", metavar="WHEN", help="2026-03-17T14:00, `tomorrow 2pm`, `fri 10:30`, `tue 2pm Europe/Berlin`."
)
@click.option(
    "--duration", type=click.IntRange(1, 1440), metavar="MINUTES", help="Length; else the type's usual one."
)
@click.option("--timezone", default="", metavar="ZONE", help="IANA zone of the time; else the vault's.")
@click.option(
    "--interviewer", "interviewers", multiple=True, metavar="NAME", help="Who you meet; may repeat."
)
@click.option("--location", default="", metavar="TEXT", help="Address, phone number or meeting link.")
@click.option("--job-id", default="", metavar="ID", help="Names the application; its rounds share it.")
@click.option("--round", type=click.IntRange(1, 99), metavar="N", help="Its place in the loop.")
@click.option("--notes", default="", metavar="TEXT", help="A short remark.")
@json_option
@pass_options
def command(options: Options, /, *, as_json: bool, **typed: Any) -> None:
    """Write a new interview note; asks for what is missing on a terminal."""
    from prepvault.jobs.schedule import Request, schedule

    context, vault = options.load()
    typed |= _ask(context, typed)
    _say(options, schedule(context, vault, Request(**typed)), as_json=as_json)


def _ask(context: Context, typed: dict[str, Any]) -> dict[str, Any]:
    missing = [name for name in _NEEDED if not typed[name]]
    if missing and not (report.is_terminal(sys.stdin) and report.is_terminal(sys.stderr)):
        raise UsageError(
            f"missing: {', '.join(f'--{name}' for name in missing)}",
            hint="`prepvault schedule --help` has an example",
        )
    with before_writing():
        return {name: _prompt(context, name, typed["timezone"]) for name in missing}


def _prompt(context: Context, name: str, timezone: str) -> Any:
    if name == "type":
        report.tell(f"  one of {', '.join(InterviewType)}")
        return click.prompt("Type", type=_TYPE, err=True)
    if name != "at":
        return click.prompt(_NEEDED[name], err=True)
    from prepvault.jobs.schedule import understood

    while True:
        text = str(click.prompt("When (2026-03-17 14:00, `fri 10:30`, `tue 2pm Europe/Berlin`)", err=True))
        try:
            when = understood(context, text, timezone)
        except UsageError as error:
            report.tell(f"  {error.message}; {error.hint}")
            continue
        if click.confirm(f"  {report.safe(when.words)}?", default=True, err=True):
            return when.note_text if timezone else text


def _say(options: Options, scheduled: Scheduled, *, as_json: bool) -> None:
    from prepvault.jobs.listing import interview_record

    interview = scheduled.interview
    if as_json:
        record = interview_record(interview)
        report.say_json("scheduled", {"understood": scheduled.when, "interview": record})
        return
    options.tell(f"{interview.title}, {interview.type_label.lower()}")
    options.tell(f"{scheduled.when} ({wording.countdown(interview.starts, scheduled.now)})")
    if interview.all_day:
        hour = "no hour was given, so it takes the whole day; `prepvault reschedule` gives it one"
        options.tell(report.Styled("note: ", "note"), hour)
    for other in scheduled.clashes:
        options.tell(report.Styled("note: ", "note"), f"it overlaps {other}")
    report.say(interview.id)
    report.say(interview.path)
