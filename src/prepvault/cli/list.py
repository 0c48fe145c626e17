"""`prepvault list`: interviews that pass the filters."""

from typing import Any

import click

from prepvault.cli import report, wording
from prepvault.cli.options import Options, json_option, pass_options, vault_command
from prepvault.cli.words import Day, Word
from prepvault.model.interview import InterviewType, Outcome, Status


@vault_command("list", example="prepvault list --status completed --outcome advanced")
@click.option("--status", "statuses", multiple=True, type=Word(Status, "status"), help="Only this status.")
@click.option("--type", "types", multiple=True, type=Word(InterviewType, "type"), help="Only this type.")
@click.option(
    "--outcome", "outcomes", multiple=True, type=Word(Outcome, "outcome"), help="Only this outcome."
)
@click.option(
    "--company", "companies", multiple=True, metavar="TEXT", help="Only companies with these words."
)
@click.option("--job-id", "job", default="", metavar="ID", help="Only the rounds of one application.")
@click.option("--since", type=Day(), help="Only from this day on, like 2026-03-17.")
@click.option("--until", type=Day(), help="Only up to this day.")
@json_option
@pass_options
def command(options: Options, /, *, as_json: bool, **typed: Any) -> None:
    """List interviews in order of time; options of one name may repeat."""
    from prepvault.jobs.listing import Filter, list_interviews, list_record

    context, vault = options.load()
    found = list_interviews(vault, Filter(**typed))
    if as_json:
        report.say_json("interviews", list_record(found))
        return
    rows = [wording.row(each, context.settings.zone) for each in found]
    report.say_table([wording.HEADINGS, *rows] if rows else [])
    options.tell(wording.plural(len(found), "interview"))
