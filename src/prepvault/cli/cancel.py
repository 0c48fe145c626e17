"""`prepvault cancel`: an interview will not take place."""

import click

from prepvault.cli import changed
from prepvault.cli.options import Options, interview_argument, json_option, pass_options, vault_command
from prepvault.cli.words import Word
from prepvault.model.interview import Outcome, Status


@vault_command("cancel", example="prepvault cancel lumen --outcome withdrawn")
@interview_argument
@click.option("--outcome", type=Word(Outcome, "outcome"), help="How it ended, like `withdrawn`.")
@click.option("--notes", default="", metavar="TEXT", help="A short remark; added to what is there.")
@json_option
@pass_options
def command(options: Options, interview: str, *, outcome: Outcome | None, notes: str, as_json: bool) -> None:
    """Cancel an interview: it reminds of nothing more, and calendars strike it out."""
    from prepvault.jobs.lifecycle import change_status

    context, _, picked = options.pick(interview)
    report = change_status(context, picked, Status.CANCELLED, outcome=outcome, notes=notes)
    changed.tell(options, report, as_json=as_json)
