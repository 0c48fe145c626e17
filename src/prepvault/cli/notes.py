"""`prepvault notes`: add to an interview's own notes."""

import sys

import click

from prepvault.cli import changed
from prepvault.cli.options import Options, interview_argument, json_option, pass_options, vault_command
from prepvault.cli.reading import read_words
from prepvault.cli.report import is_terminal
from prepvault.errors import UsageError

_NOT_FOR_EDITORS = {"PREPVAULT_MAIL_PASSWORD": ""}
"""What no other program needs to know."""


@vault_command("notes", example='prepvault notes lumen "Chris asked about late data"')
@interview_argument
@click.argument("text", nargs=-1)
@click.option("--heading", default="Notes", show_default=True, metavar="TEXT", help="Under which heading.")
@json_option
@pass_options
def command(options: Options, interview: str, text: tuple[str, ...], *, heading: str, as_json: bool) -> None:
    """Add TEXT to the note's own part; `-` reads standard input, nothing opens your editor."""
    from prepvault.jobs.notes import add_notes

    context, _, picked = options.pick(interview)
    changed.tell(options, add_notes(context, picked, _typed(text), heading=heading), as_json=as_json)


def _typed(text: tuple[str, ...]) -> str:
    words = " ".join(text)
    if words == "-" or (not words and not is_terminal(sys.stdin)):
        words = read_words(sys.stdin.buffer, "standard input")
    elif not words:
        words = click.edit("", env=_NOT_FOR_EDITORS, extension=".md", require_save=True) or ""
    if not words.strip():
        raise UsageError("there is nothing to add", hint='write it behind: prepvault notes INTERVIEW "text"')
    return words
