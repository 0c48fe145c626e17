"""`prepvault undo`: bring notes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prepvault.cli import report, wording
from prepvault.cli.findings import tell_findings
from prepvault.cli.options import Options, json_option, pass_options, vault_command

if TYPE_CHECKING:
    from prepvault.jobs.context import Context
    from prepvault.model.entry import Entry


@vault_command("undo", example='prepvault undo "Interviews/2026-02-10 Acme Technical.md"')
@click.argument("note", required=False)
@click.option(
    "--list", "listing", is_flag=True, help="List what PrepVault wrote, oldest first; undo nothing."
)
@json_option
@pass_options
def command(options: Options, note: str | None, *, listing: bool, as_json: bool) -> int:
    """Bring NOTE, else all notes of the last run, back to what they were before PrepVault wrote."""
    from prepvault.jobs.undo import undo
    from prepvault.jobs.write import exit_code_of

    context = options.context(tolerant=listing)
    if context.unreadable:
        tell_findings(options, [context.unreadable])
    path = _path(context, note)
    if listing:
        _list(options, context, path, as_json=as_json)
        return 0
    done = undo(context, path)
    if as_json:
        report.say_json("undone", {"restored": list(done.restored), "removed": list(done.removed)})
    else:
        for each in done.restored:
            report.say(report.Styled("restored ", "ok"), each)
        for each in done.removed:
            report.say(report.Styled("removed ", "ok"), each)
    tell_findings(options, done.refused)
    return exit_code_of(done.refused)


def _path(context: Context, note: str | None) -> str | None:
    from prepvault.jobs.undo_path import path_of_note

    return None if note is None else path_of_note(context, note)


def _list(options: Options, context: Context, path: str | None, *, as_json: bool) -> None:
    from prepvault.jobs.undo import list_writes

    entries = [entry for entry in list_writes(context) if path in (None, entry.path)]
    if as_json:
        report.say_json("writes", {"writes": [_record(entry) for entry in entries]})
        return
    rows = [(wording.moment(each.at, "UTC"), each.reason, each.path, _state(each)) for each in entries]
    report.say_table(rows)
    if not rows and not context.unreadable:
        options.tell("PrepVault has written nothing here")


def _state(entry: Entry) -> str:
    if entry.is_undone:
        return "undone"
    return "" if entry.state == "written" else entry.state


def _record(entry: Entry) -> dict[str, object]:
    return {
        "number": entry.number,
        "run": entry.run,
        "path": entry.path,
        "reason": entry.reason,
        "at": entry.at.isoformat(),
        "state": entry.state,
        "can_be_undone": entry.can_be_undone,
    }
