"""`prepvault feed`: only the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prepvault.cli import report, wording
from prepvault.cli.findings import tell_findings
from prepvault.cli.options import Options, complete_file, json_option, pass_options, vault_command

if TYPE_CHECKING:
    from prepvault.model.feed import FeedDiagnosis


@vault_command("feed", example="prepvault feed -o ~/Calendars/interviews.ics")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=complete_file,
    help="Write this file; else the calendar goes to stdout.",
)
@click.option("--reminders", is_flag=True, help="The second calendar, for apps that drop alarms.")
@click.option("--doctor", is_flag=True, help="Check the calendar and say what each app will show and ring.")
@json_option
@pass_options
def command(options: Options, output: str | None, *, reminders: bool, doctor: bool, as_json: bool) -> int:
    """Write the calendar of all interviews, or examine it."""
    from prepvault.jobs.feed import feed, feed_doctor
    from prepvault.jobs.feed_file import feed_record, write_feed

    context, vault = options.load()
    if doctor:
        return _diagnose(options, feed_doctor(context, vault), as_json=as_json)
    made = feed(context, vault)
    data = made.reminders if reminders else made.main
    tell_findings(options, made.findings)
    if output is None and not as_json:
        report.say_bytes(data)
        return 0
    written, replaced = write_feed(output, data, root=context.root) if output else (False, ())
    tell_findings(options, replaced)
    if as_json:
        report.say_json("feed", feed_record(output, data, written=written))
    else:
        options.tell(f"{'wrote' if written else 'unchanged:'} {output} ({len(data)} bytes)")
    return 0


def _diagnose(options: Options, found: FeedDiagnosis, *, as_json: bool) -> int:
    from prepvault.jobs.feed_file import diagnosis_record
    from prepvault.model.finding import has_errors

    if as_json:
        report.say_json("feed-doctor", diagnosis_record(found))
        return int(has_errors(found.findings))
    counts = (wording.plural(found.events, "event"), wording.plural(found.alarms, "alarm"))
    report.say(f"{', '.join(counts)}, {found.size} bytes")
    report.say(f"zones: {', '.join(found.zones) or 'UTC only'} (tzdata {found.tzdata})")
    if found.utc_zones:
        report.say(f"in UTC, because apps get their clock changes wrong: {', '.join(found.utc_zones)}")
    for client in found.clients:
        facts = client.facts
        report.say("")
        report.say(report.Styled(facts.name, "strong"), f": {client.ringing} of {found.alarms} alarms ring")
        for line in (facts.shows, facts.rings, facts.refreshes, facts.advice):
            if line:
                report.say(f"  {line}")
    tell_findings(options, found.findings)
    return int(has_errors(found.findings))
