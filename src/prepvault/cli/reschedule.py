"""`prepvault reschedule`: move an interview."""

import click

from prepvault.cli import changed
from prepvault.cli.options import Options, interview_argument, json_option, pass_options, vault_command


@vault_command("reschedule", example='prepvault reschedule fernhill "fri 10:30"')
@interview_argument
@click.argument("when", nargs=-1, required=True)
@json_option
@pass_options
def command(options: Options, interview: str, when: tuple[str, ...], *, as_json: bool) -> None:
    """Move an interview to WHEN, in its own zone unless WHEN names one; the old time stays on record."""
    from prepvault.jobs.lifecycle import reschedule

    context, _, picked = options.pick(interview)
    changed.tell(options, reschedule(context, picked, " ".join(when)), as_json=as_json)
