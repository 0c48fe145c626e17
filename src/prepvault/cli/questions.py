"""`prepvault questions`: what they are likely to ask, and what to ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prepvault.cli import report
from prepvault.cli.options import Options, json_option, pass_options, vault_command
from prepvault.cli.sheets import format_option, say_sheets
from prepvault.cli.words import Word
from prepvault.errors import UsageError
from prepvault.model.interview import InterviewType

if TYPE_CHECKING:
    from prepvault.model.sheet import Sheet


@vault_command("questions", example='prepvault questions --role "QA Engineer"')
@click.option("--role", default="", help="The job's title: likely questions for it.")
@click.option("--family", default="", help="The role family, where the title does not tell it.")
@click.option("--type", "kind", type=Word(InterviewType, "type"), help="What kind of interview.")
@click.option(
    "--ask", "audience", default=None, metavar="WHO", help="What to ask: recruiter, peer, … or all."
)
@format_option
@json_option
@pass_options
def command(
    options: Options,
    /,
    *,
    role: str,
    family: str,
    kind: InterviewType | None,
    audience: str | None,
    form: str,
    as_json: bool,
) -> None:
    """Print likely questions for a role, each with what a strong answer shows; or what to ask with --ask."""
    from prepvault.jobs.anywhere import open_desk
    from prepvault.jobs.sheets import ask_on_sheet, materials_on_sheets, record_of

    if audience is None and not (role or family):
        raise UsageError(
            "name a role, or whom you will ask",
            hint='prepvault questions --role "Data Engineer", or prepvault questions --ask peer',
        )
    library = open_desk(options.vault, now=options.now).library
    sheets: list[Sheet] = []
    if role or family:
        kind = kind or InterviewType.TECHNICAL
        sheets += materials_on_sheets(library, kind, role, family, ("questions",))
    if audience is not None:
        sheets.append(ask_on_sheet(library, "" if audience == "all" else audience))
    if as_json:
        report.say_json("questions", {"sheets": [record_of(sheet) for sheet in sheets]})
        return
    say_sheets(sheets, form)
