"""`prepvault export`: take the vault elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prepvault.cli import report, wording
from prepvault.cli.options import (
    Options,
    complete_file,
    complete_interview,
    json_option,
    pass_options,
    vault_command,
)
from prepvault.cli.words import Word, filter_options
from prepvault.errors import UsageError
from prepvault.model.export import ExportChoices, Format, Table

if TYPE_CHECKING:
    from prepvault.jobs.listing import Filter
    from prepvault.model.vault import Vault

_CHOICES = {
    "table": ("--what", Format.CSV),
    "has_bom": ("--bom", Format.CSV),
    "has_text": ("--with-notes", Format.VCARD),
    "has_figures": ("--with-stats", Format.JSON),
    "is_incognito": ("--incognito", Format.HTML),
}
"""The options that belong to one format."""


@vault_command("export", example="prepvault export --format csv -o interviews.csv")
@click.argument("interview", required=False, shell_complete=complete_interview)
@click.option("--format", "kind", required=True, type=Word(Format, "format"), help="In which form.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=complete_file,
    help="Write this file, for interviews.json a folder.",
)
@click.option("--force", "is_forced", is_flag=True, help="Replace the file if it is there; never a note.")
@click.option("--what", "table", type=Word(Table, "table"), help="csv: what the rows are.")
@click.option("--bom", "has_bom", is_flag=True, help="csv: begin so that Excel reads UTF-8.")
@click.option("--with-notes", "has_text", is_flag=True, help="vcard: also what your notes say of people.")
@click.option("--with-stats", "has_figures", is_flag=True, help="json: also the statistics.")
@click.option("--incognito", "is_incognito", is_flag=True, help="html: name nobody.")
@filter_options
@json_option
@pass_options
def command(
    options: Options,
    /,
    *,
    interview: str | None,
    kind: Format,
    output: str | None,
    as_json: bool,
    is_forced: bool,
    **typed: Any,
) -> None:
    """Write all interviews, or those that pass the filters, or one, for elsewhere.

    FORMAT is json, csv, ics, vcard, html (one page for a coach) or interviews.json.
    """
    from prepvault.jobs.export import export, export_record, write_file

    choices = _choices(kind, typed)
    context, vault = options.load()
    exported = export(context, vault, kind, _filter(vault, interview, typed), choices)
    written = False
    if output is not None:
        written = write_file(output, exported, kind, root=context.root, is_forced=is_forced)
    for text in exported.left:
        options.tell(report.Styled("note: ", "note"), f"left out: {text}")
    if as_json:
        report.say_json("exported", export_record(exported, kind, output, written=written))
    elif output is None:
        report.say_bytes(exported.data)
        if exported.others:
            options.tell(f"{wording.plural(len(exported.others), 'more file')} with `-o FOLDER`")
    else:
        size = f"{wording.plural(exported.count, exported.noun)}, {len(exported.data)} bytes"
        options.tell(f"{'wrote' if written else 'unchanged:'} {output} ({size})")


def _filter(vault: Vault, interview: str | None, typed: dict[str, Any]) -> Filter:
    from prepvault.jobs.listing import Filter
    from prepvault.jobs.pick import pick_interview

    paths = (pick_interview(vault, interview).path,) if interview else ()
    return Filter(**typed, paths=paths)


def _choices(kind: Format, typed: dict[str, Any]) -> ExportChoices:
    """Take the options of one format out of what was typed; one that says nothing here is a mistake."""
    given = {name: value for name in _CHOICES if (value := typed.pop(name))}
    for name in given:
        option, owner = _CHOICES[name]
        if kind is not owner:
            raise UsageError(
                f"`{option}` means nothing for the format {kind}",
                hint=f"leave it out, or write --format {owner}",
            )
    return ExportChoices(**given)
