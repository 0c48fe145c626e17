"""`prepvault coach`: the coaching sections in notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prepvault.cli import report, wording
from prepvault.cli.findings import tell_findings
from prepvault.cli.options import Options, complete_interview, json_option, pass_options, vault_command
from prepvault.errors import UsageError

if TYPE_CHECKING:
    from prepvault.jobs.coach import CoachPlan, CoachReport
    from prepvault.model.interview import Interview
    from prepvault.model.vault import Vault


@vault_command("coach", example="prepvault coach --diff")
@click.argument("interviews", nargs=-1, metavar="[INTERVIEW]...", shell_complete=complete_interview)
@click.option("--check", "dry", is_flag=True, help="Write nothing; exit 1 if something would be written.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.option("--restore", is_flag=True, help="Bring back sections that were edited or deleted.")
@click.option("--eject", is_flag=True, help="Drop the markers and keep the text: it is yours from then on.")
@json_option
@pass_options
def command(options: Options, /, interviews: tuple[str, ...], *, as_json: bool, **flags: bool) -> int:
    """Write or refresh coaching sections in all interview notes, or in those named."""
    from prepvault.jobs import coach as job

    if flags["eject"] and (flags["restore"] or not interviews):
        raise UsageError(
            "`--eject` goes with named interviews, and without `--restore`", hint="prepvault coach ID --eject"
        )
    context, vault = options.load()
    picked = _pick(vault, interviews)
    if flags["dry"] or flags["diff"]:
        plan = (
            job.plan_ejecting(vault, picked or ())
            if flags["eject"]
            else job.plan_coaching(context, vault, picked, restore=flags["restore"])
        )
        _preview(options, plan, job.diff_of(vault, plan) if flags["diff"] else "", as_json=as_json)
        return int(flags["dry"] and bool(plan.changes))
    if flags["eject"]:
        done = job.eject(context, vault, picked or ())
    else:
        done = job.coach(context, vault, picked, restore=flags["restore"])
    return _say(options, done, as_json=as_json)


def _pick(vault: Vault, interviews: tuple[str, ...]) -> list[Interview] | None:
    from prepvault.jobs.pick import pick_interview

    return [pick_interview(vault, text) for text in interviews] or None


def _preview(options: Options, plan: CoachPlan, diff: str, *, as_json: bool) -> None:
    paths = [change.path for change in plan.changes]
    if as_json:
        report.say_json("coaching", {"would_write": paths, "left": dict(plan.left), "diff": diff})
        return
    if diff:
        for line in diff.splitlines():
            report.say(report.Styled(line, {"+": "ok", "-": "error", "@": "info"}.get(line[:1], "")))
    else:
        for path in paths:
            report.say(path)
    tell_findings(options, plan.findings)
    options.tell(f"{wording.plural(len(paths), 'note')} would be written, {len(plan.untouched)} unchanged")


def _say(options: Options, done: CoachReport, *, as_json: bool) -> int:
    from prepvault.jobs.write import exit_code_of

    written = done.written.written
    if as_json:
        fields = {
            "written": list(written),
            "unchanged": list(done.plan.untouched),
            "left": dict(done.plan.left),
        }
        report.say_json("coaching", fields)
    else:
        for path in written:
            report.say(path)
    tell_findings(options, done.findings)
    for path, reason in done.plan.left.items():
        options.detail(f"left {path}: {reason}")
    left = f", {len(done.plan.left)} left alone" if done.plan.left else ""
    options.tell(
        f"{wording.plural(len(written), 'note')} written, {len(done.plan.untouched)} unchanged{left}"
    )
    return exit_code_of(done.findings)
