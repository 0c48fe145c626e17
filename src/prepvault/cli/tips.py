"""`prepvault tips`: what a type of interview is like."""

from __future__ import annotations

import click

from prepvault.cli import report
from prepvault.cli.options import Options, json_option, pass_options, vault_command
from prepvault.cli.sheets import format_option, say_sheets
from prepvault.cli.words import Word
from prepvault.model.interview import InterviewType


@vault_command("tips", example="prepvault tips panel")
@click.argument("kind", metavar="[TYPE]", required=False, type=Word(InterviewType, "type"))
@format_option
@json_option
@pass_options
def command(options: Options, /, kind: InterviewType | None, *, form: str, as_json: bool) -> None:
    """Print purpose, course, what is assessed, tips and mistakes of a TYPE; without one, of all eight."""
    from prepvault.jobs.anywhere import open_desk
    from prepvault.jobs.sheets import record_of, tips_on_sheets

    library = open_desk(options.vault, now=options.now).library
    sheets = tips_on_sheets(library, [kind] if kind else list(InterviewType))
    if as_json:
        report.say_json("tips", {"tips": [record_of(sheet) for sheet in sheets]})
        return
    say_sheets(sheets, form)
