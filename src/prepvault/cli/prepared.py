"""`prepvault prepared`: preparation is complete."""

import click

from prepvault.cli import changed
from prepvault.cli.options import Options, interview_argument, json_option, pass_options, vault_command


@vault_command("prepared", example="prepvault prepared lumen")
@interview_argument
@click.option("--not-yet", is_flag=True, help="Take the tick away again.")
@json_option
@pass_options
def command(options: Options, interview: str, *, not_yet: bool, as_json: bool) -> None:
    """Tick that you are prepared for an interview."""
    from prepvault.jobs.lifecycle import mark_prepared

    context, _, picked = options.pick(interview)
    changed.tell(options, mark_prepared(context, picked, prepared=not not_yet), as_json=as_json)
