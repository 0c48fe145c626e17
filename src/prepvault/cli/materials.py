"""`prepvault materials`: the coaching of a type and a role, without a note."""

from __future__ import annotations

import click

from prepvault.cli import report
from prepvault.cli.options import Options, json_option, pass_options, vault_command
from prepvault.cli.sheets import format_option, say_sheets
from prepvault.cli.words import Word
from prepvault.model.interview import InterviewType


@vault_command("materials", example='prepvault materials --type technical --role "Data Engineer"')
@click.option(
    "--type", "kind", type=Word(InterviewType, "type"), required=True, help="What kind of interview."
)
@click.option("--role", default="", help="The job's title; it decides the likely questions.")
@click.option("--family", default="", help="The role family, where the title does not tell it.")
@click.option("--section", "names", multiple=True, metavar="NAME", help="Only this section; may be repeated.")
@format_option
@json_option
@pass_options
def command(
    options: Options,
    /,
    kind: InterviewType,
    *,
    role: str,
    family: str,
    names: tuple[str, ...],
    form: str,
    as_json: bool,
) -> None:
    """Print tips, checklist, likely questions, what to ask, STAR, strengths, pitch and research.

    With --json the fields are those of `interviews/<id>/prep-materials`, and the sheets beside them.
    """
    from prepvault.jobs.anywhere import open_desk
    from prepvault.jobs.materials import materials
    from prepvault.jobs.sheets import materials_on_sheets, record_of

    library = open_desk(options.vault, now=options.now).library
    sheets = materials_on_sheets(library, kind, role, family, names)
    if as_json:
        fields = materials(library, kind, role, family)
        report.say_json("materials", {**fields, "sheets": [record_of(sheet) for sheet in sheets]})
        return
    say_sheets(sheets, form)
