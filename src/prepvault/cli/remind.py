"""`prepvault remind`: what is due, what comes next; tell it, or put it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prepvault.cli import remind_words, report
from prepvault.cli.options import Options, complete_interview, json_option, pass_options, vault_command
from prepvault.errors import UsageError

if TYPE_CHECKING:
    from datetime import timedelta

_OUTSIDE = 3


@vault_command("remind", example="prepvault remind --due --send")
@click.argument("interview", required=False, metavar="[INTERVIEW]", shell_complete=complete_interview)
@click.option("--due", is_flag=True, help="Only what is due now.")
@click.option("--within", default="7d", show_default=True, metavar="SPAN", help="How far to look ahead.")
@click.option("--send", is_flag=True, help="Tell what is due by the channels of the settings.")
@click.option(
    "--snooze",
    default="",
    metavar="WHEN",
    help="Put INTERVIEW off for `30m`, or until `18:30`; then tell it.",
)
@json_option
@pass_options
def command(
    options: Options, *, interview: str | None, due: bool, within: str, send: bool, snooze: str, as_json: bool
) -> int:
    """List the reminders that are due or to come, of INTERVIEW only where it is named."""
    if snooze and (due or send):
        raise UsageError("`--snooze` goes with no other wish", hint="prepvault remind --snooze 30m INTERVIEW")
    if snooze:
        _snooze(options, interview, snooze, as_json=as_json)
        return 0
    if send:
        if interview:
            raise UsageError("`--send` tells all that is due, not one interview", hint="leave INTERVIEW away")
        return _send(options, as_json=as_json)
    _list(options, interview, None if due else _span(within), as_json=as_json)
    return 0


def _list(options: Options, interview: str | None, within: timedelta | None, *, as_json: bool) -> None:
    from prepvault.jobs.pick import pick_interview
    from prepvault.jobs.remind import list_reminders
    from prepvault.jobs.remind_records import listing_record

    context, vault = options.load()
    picked = pick_interview(vault, interview) if interview else None
    found = list_reminders(context, vault, within=within, only_due=within is None, interview=picked)
    if as_json:
        report.say_json("reminders", listing_record(context, found))
        return
    remind_words.say_listing(options, found, context.now, context.settings.zone, within)


def _send(options: Options, *, as_json: bool) -> int:
    from prepvault.jobs.deliver import configured_channels, deliver_due
    from prepvault.jobs.remind_records import delivery_record

    context, vault = options.load()
    if not configured_channels(context.settings):
        raise UsageError(
            "no channel is set, so nothing can be told",
            hint='set channels = ["desktop"] under [reminders] in prepvault.toml',
        )
    done = deliver_due(context, vault, say=None if as_json else remind_words.say_reminder)
    if as_json:
        report.say_json("delivery", delivery_record(context.now, done))
    else:
        remind_words.tell_delivery(options, done, context.settings.zone)
    return _OUTSIDE if done.failed or done.uncertain else 0


def _snooze(options: Options, interview: str | None, when: str, *, as_json: bool) -> None:
    from prepvault.jobs.remind_records import snooze_record
    from prepvault.jobs.snooze import snooze

    if interview is None:
        raise UsageError("which interview should wait?", hint="prepvault remind --snooze 30m INTERVIEW")
    context, _, picked = options.pick(interview)
    put_off = snooze(context, picked, when)
    if as_json:
        report.say_json("snoozed", snooze_record(put_off))
        return
    report.say(f"{picked.title}: put off until {remind_words.moment(put_off.until, context.settings.zone)}")


def _span(text: str) -> timedelta:
    from prepvault.model.lead import find_lead

    span = find_lead(text)
    if span is None:
        raise UsageError(
            f"`--within` should be a length of time, found `{text}`", hint="write it like 7d or 12h"
        )
    return span
