"""`prepvault slots`: free times as text, in the zone of who is to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prepvault.cli import report
from prepvault.cli.findings import tell_findings
from prepvault.cli.options import Options, complete_file, json_option, pass_options, vault_command
from prepvault.errors import UsageError

if TYPE_CHECKING:
    from prepvault.jobs.holds import Held


@vault_command("slots", example='prepvault slots --zone America/New_York --hold "Acme Robotics"')
@click.option("--days", type=click.IntRange(1, 90), default=10, show_default=True, help="How far ahead.")
@click.option(
    "--zone", default="", metavar="ZONE", help="Their time zone; else that of the company, or yours."
)
@click.option("--length", default="60m", show_default=True, metavar="TIME", help="The shortest time of use.")
@click.option("--hours", default="", metavar="9-17", help="Your hours, by your clock.")
@click.option("--their-hours", default="", metavar="8-18", help="Their hours, by theirs.")
@click.option("--weekdays", default="", metavar="mon-fri", help="On which days.")
@click.option("--buffer", default="", metavar="TIME", help="What stays free around everything.")
@click.option("--count", type=click.IntRange(1, 40), default=6, show_default=True, help="How many times.")
@click.option(
    "--busy",
    multiple=True,
    metavar="FILE",
    shell_complete=complete_file,
    help="Another calendar (.ics); give it again for more.",
)
@click.option("--hold", "held", metavar="COMPANY", help="Keep these times for a company, or an interview's.")
@click.option("--release", "released", metavar="COMPANY", help="Let go of what is held for a company.")
@json_option
@pass_options
def command(
    options: Options, /, held: str | None, released: str | None, *, as_json: bool, **typed: Any
) -> None:
    """List free times to offer, ready to paste into a mail; nothing is sent or written without --hold."""
    if released is not None:
        if held is not None:
            raise UsageError("`--hold` and `--release` contradict each other", hint="give one of them")
        _release(options, released, as_json=as_json)
        return
    from prepvault.jobs.holds import company_meant, held_record, hold
    from prepvault.jobs.slots import SlotRequest, find_slots, slots_record

    context, vault = options.load()
    company = company_meant(vault, held) if held is not None else ""
    found = find_slots(context, vault, SlotRequest(company=company, **typed))
    tell_findings(options, found.findings)
    kept = hold(context, vault, company, found) if company and found.offers else None
    if as_json:
        report.say_json("slots", {**slots_record(found), "held": held_record(kept) if kept else None})
        return
    for line in found.lines:
        report.say(line)
    if not found.offers:
        options.tell(f"no time is free for {typed['length']} in the next {typed['days']} days")
        if found.held_for:
            options.tell(f"held for others: {', '.join(found.held_for)}; `--release COMPANY` lets go of them")
    if kept:
        _tell_held(options, kept)


def _release(options: Options, company: str, *, as_json: bool) -> None:
    from prepvault.jobs.holds import held_record, release

    context, vault = options.load()
    done = release(context, vault, company)
    if as_json:
        report.say_json("released", held_record(done))
    else:
        options.tell(f"nothing is held for {done.company} any more ({done.path})")


def _tell_held(options: Options, kept: Held) -> None:
    options.tell(f"held for {kept.company} until {kept.until}, in {kept.path}")
    options.tell("your next build shows them in the calendar; `prepvault undo` takes the note back")
