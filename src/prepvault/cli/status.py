"""`prepvault status`: where an interview stands, how it ended."""

import click

from prepvault.cli import changed, wording
from prepvault.cli.options import Options, interview_argument, json_option, pass_options, vault_command
from prepvault.cli.words import Word
from prepvault.model.interview import Outcome, Status


@vault_command(
    "status", example='prepvault status kestrel completed --outcome advanced --feedback "good talk"'
)
@interview_argument
@click.argument("status", type=Word(Status, "status"))
@click.option("--outcome", type=Word(Outcome, "outcome"), help="How it ended.")
@click.option(
    "--feedback", default="", metavar="TEXT", help="What you heard or felt; added to what is there."
)
@click.option("--notes", default="", metavar="TEXT", help="A short remark; added to what is there.")
@json_option
@pass_options
def command(
    options: Options,
    interview: str,
    status: Status,
    *,
    outcome: Outcome | None,
    feedback: str,
    notes: str,
    as_json: bool,
) -> None:
    """Set where an interview stands: scheduled, confirmed, in_progress, completed, cancelled and so on."""
    from prepvault.jobs.lifecycle import change_status

    context, _, picked = options.pick(interview)
    report = change_status(context, picked, status, outcome=outcome, feedback=feedback, notes=notes)
    changed.tell(options, report, as_json=as_json)
    if status is Status.COMPLETED and picked.starts > context.now:
        when = wording.countdown(picked.starts, context.now)
        options.tell(f"it begins only {when}; `prepvault undo` takes this back")
