"""`prepvault upcoming`: what is ahead."""

import click

from prepvault.cli import report, wording
from prepvault.cli.options import Options, json_option, pass_options, vault_command

_FARTHEST = 3660


@vault_command("upcoming", example="prepvault upcoming --days 14")
@click.option(
    "--days", default=7, show_default=True, type=click.IntRange(1, _FARTHEST), help="How far to look."
)
@json_option
@pass_options
def command(options: Options, *, days: int, as_json: bool) -> None:
    """List the interviews of the next days, one under way included."""
    from prepvault.jobs.listing import upcoming, upcoming_record

    context, vault = options.load()
    found = upcoming(context, vault, days)
    if as_json:
        report.say_json("upcoming", upcoming_record(context, vault, found, days))
        return
    home = context.settings.zone
    report.say_table(
        [(wording.countdown(each.starts, context.now), *wording.row(each, home)) for each in found]
    )
    if not found:
        options.tell(f"nothing in the next {wording.plural(days, 'day')}")
    later = len(upcoming(context, vault, _FARTHEST)) - len(found)
    if later:
        options.tell(f"{later} later than {wording.plural(days, 'day')} from now; `--days` looks further")
