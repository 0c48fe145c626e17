"""`prepvault config`: which settings count here, and where each comes from."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from prepvault.cli import report
from prepvault.cli.findings import tell_findings
from prepvault.cli.options import Options, json_option, pass_options, vault_command

if TYPE_CHECKING:
    from prepvault.jobs.config import InForce


@click.group(
    "config",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: prepvault config show --origin",
)
def command() -> None:
    """Show which settings count here, and where each comes from."""


@vault_command("show", example="prepvault config show feed reminders.channels --origin")
@click.argument("names", nargs=-1, metavar="[TABLE|KEY]...")
@click.option("--origin", "with_origin", is_flag=True, help="Say behind each where it comes from.")
@click.option("--changed", is_flag=True, help="Only what is not a default.")
@json_option
@pass_options
def show(
    options: Options, names: tuple[str, ...], *, with_origin: bool, changed: bool, as_json: bool
) -> None:
    """Print the settings as they count, in the form of prepvault.toml.

    The strongest wins: command line, PREPVAULT_* variables, the vault's prepvault.toml, your own, default.
    """
    from prepvault.jobs.config import settings_in_force

    context = options.context(tolerant=True)
    shown = settings_in_force(context, names, changed=changed)
    tell_findings(options, context.findings)
    if as_json:
        report.say_json("config", {"settings": [_record(each) for each in shown]})
        return
    for at, (table, entries) in enumerate(groupby(shown, key=lambda each: each.table)):
        report.say(("\n" if at else "") + f"[{table}]")
        _say_lines(list(entries), with_origin=with_origin)
    if not shown:
        options.tell("every setting has its default")


command.add_command(show)


def _say_lines(entries: list[InForce], *, with_origin: bool) -> None:
    if not with_origin:
        for each in entries:
            report.say(each.line)
        return
    width = min(40, max(len(each.line) for each in entries))
    for each in entries:
        origin = f"{each.origin}: {each.where}" if each.where else each.origin
        report.say(each.line.ljust(width), f"  # {origin}")


def _record(each: InForce) -> dict[str, object]:
    return {"key": each.key, "value": each.value, "origin": each.origin, "where": each.where or None}
