"""`prepvault build`: the calendar and the dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prepvault.cli import report, wording
from prepvault.cli.findings import tell_findings
from prepvault.cli.options import Options, complete_folder, json_option, pass_options, vault_command

if TYPE_CHECKING:
    from prepvault.jobs.build import BuildReport


@vault_command("build", example="prepvault build -o public --incognito")
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    shell_complete=complete_folder,
    help="The folder to write; else `[vault] output`, usually site.",
)
@click.option("--strict", is_flag=True, help="Warnings in the notes fail the run too.")
@click.option("--incognito", is_flag=True, help="Code names for companies and people, for a public page.")
@click.option("--allow-empty", is_flag=True, help="Build even though all interviews are gone.")
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing for the next time.")
@json_option
@pass_options
def command(
    options: Options,
    output: str | None,
    *,
    strict: bool,
    incognito: bool,
    allow_empty: bool,
    no_cache: bool,
    as_json: bool,
) -> int:
    """Write the calendar, the dashboard and their data; no note is touched."""
    from prepvault.jobs.build import build

    context = options.context()
    done = build(
        context,
        output=output,
        incognito=incognito,
        allow_empty=allow_empty,
        strict=strict,
        use_cache=not no_cache,
    )
    if as_json:
        report.say_json("build", _record(done))
    else:
        report.say(str(done.folder / "index.html"))
    tell_findings(options, done.findings)
    options.tell(_summary(done))
    _warn(options, done, incognito=incognito)
    return int(done.is_failed)


def _warn(options: Options, done: BuildReport, *, incognito: bool) -> None:
    """Say what strangers could read that are not meant to."""
    if done.is_exposed:
        options.tell(
            report.Styled("note: ", "note"),
            "these pages hold real names; before they are published, build them with `--incognito`,",
            " or write `public = true` under [site] in prepvault.toml if that is meant",
        )
    for name in done.output.kept if incognito else ():
        options.tell(report.Styled("warning: ", "warning"), f"`{name}` was left and may hold real names")


def _summary(done: BuildReport) -> str:
    output = done.output
    parts = [f"{wording.plural(len(output.written), 'file')} written", f"{output.unchanged} unchanged"]
    parts += [f"{len(output.removed)} removed"] if output.removed else []
    parts += [f"{len(output.kept)} left because someone changed them"] if output.kept else []
    return ", ".join(parts)


def _record(done: BuildReport) -> dict[str, object]:
    return {
        "folder": str(done.folder),
        "interviews": done.interviews,
        "written": list(done.output.written),
        "unchanged": done.output.unchanged,
        "removed": list(done.output.removed),
        "kept": list(done.output.kept),
        "failed": done.is_failed,
    }
