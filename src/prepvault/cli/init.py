"""`prepvault init`: make or adopt a vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prepvault.cli import report, wording
from prepvault.cli.findings import tell_findings
from prepvault.cli.options import Options, complete_folder, json_option, pass_options, vault_command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prepvault.jobs.init import Made

_NAMED = 3
"""So many files that were there already are named; of more only the number."""

_ZONE_FROM = {
    "default": "this machine's",
    "user": "by your own settings",
    "environment": "by PREPVAULT_VAULT_TIMEZONE",
}

_TOLD = {
    (False, False): "made a vault",
    (False, True): "adopted the notes",
    (True, False): "there is a vault already",
    (True, True): "there is a vault already",
}


@vault_command("init", example="prepvault init ~/Documents/job-search")
@click.argument("folder", metavar="[DIR]", shell_complete=complete_folder, required=False)
@click.option("--ci", type=click.Choice(["github", "gitlab"]), help="Add a workflow that checks and builds.")
@json_option
@pass_options
def command(options: Options, folder: str | None, *, ci: str | None, as_json: bool) -> None:
    """Make a vault in DIR (else here), or adopt the notes that are there; no file is ever overwritten."""
    from prepvault.jobs.init import init

    made = init(folder or options.vault or ".", ci=ci)
    tell_findings(options, made.findings)
    if as_json:
        fields = {"root": str(made.root), "adopted": made.adopted}
        report.say_json("init", {**fields, "created": list(made.created), "kept": list(made.kept)})
        return
    options.tell(f"{_TOLD[made.was_vault, made.adopted]} in {made.root}")
    for path in made.created:
        report.say(report.Styled("+ ", "ok"), path)
    if made.kept:
        _tell_kept(options, made.kept)
    if not made.created:
        options.tell("nothing to add")
    options.tell(f"time zone of notes that name none: {made.zone}{_whose(made)}")
    for line in _next(made, ci):
        options.tell(line)


def _tell_kept(options: Options, kept: Sequence[str]) -> None:
    """Name the files that were there already; many of them only to whoever wants to know."""
    is_few = len(kept) <= _NAMED
    options.tell(f"left as it was: {', '.join(kept) if is_few else wording.plural(len(kept), 'file')}")
    for path in () if is_few else kept:
        options.detail(f"  {path}")


def _whose(made: Made) -> str:
    """Say that other machines, those that build too, may have another zone."""
    whose = _ZONE_FROM.get(made.zone_from)
    if whose is None or made.findings:
        return ""
    return f', {whose}; write `timezone = "{made.zone}"` under [vault] in prepvault.toml if you mean it'


def _next(made: Made, ci: str | None) -> list[str]:
    """Say what a person does next: for a workflow that is to have it run."""
    if not ci:
        return ["next: `prepvault schedule`, or `prepvault check` for notes that are there"]
    path = made.workflow
    if path in made.kept:
        fresh = f"`prepvault init NEW-FOLDER --ci {ci}`"
        return [f"`{path}` was there and stays as it is; {fresh} writes a fresh one to take parts from"]
    lines = [
        f"next: look at PACKAGE in `{path}`, which pip installs; then commit it with the notes, and push"
    ]
    if not made.is_in_repository:
        lines.insert(0, "no git repository holds this folder yet; `git init` makes one here")
    if ci == "gitlab":
        lines.append("then make a schedule for each morning: Build, Pipeline schedules")
    return lines
