"""`prepvault import`: take over what other programs kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prepvault.cli import report
from prepvault.cli.import_words import Answer, Numbers, Pair, describe, describe_run, runs_of, summary
from prepvault.cli.options import Options, json_option, pass_options, vault_command
from prepvault.cli.words import Word
from prepvault.model.interview import InterviewType

if TYPE_CHECKING:
    from prepvault.jobs.import_ import ImportPlan
    from prepvault.jobs.write import WriteReport

_TYPE = Word(InterviewType, "type")


@vault_command("import", example="prepvault import interviews.json --timezone America/Toronto")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option("--write", "--yes", "writes", is_flag=True, help="Write the notes; else only show the plan.")
@click.option("--include", type=Numbers(), default="", help="Take these, although held back: 3 or 3,5-7.")
@click.option("--only", type=Numbers(), default="", help="Take these and no others, by their numbers.")
@click.option(
    "--timezone", default="", metavar="ZONE", help="IANA zone of times without one; else the vault's."
)
@click.option(
    "--dates",
    type=click.Choice(["", "mdy", "dmy"]),
    default="",
    metavar="ORDER",
    help="What 8/9/26 means in tables: `mdy` or `dmy`.",
)
@click.option(
    "--map", "mapping", type=Pair(), multiple=True, help="Read THEIRS as OURS, like org=company; may repeat."
)
@click.option("--type", type=_TYPE, help="The type of interviews that do not say.")
@click.option("--company", default="", help="The company that invites are about.")
@click.option("--role", default="", help="The role that invites are about.")
@click.option("--is", "answers", type=Answer(), multiple=True, help="What a question is: its N=ID, or N=new.")
@json_option
@pass_options
def command(options: Options, /, files: tuple[str, ...], *, writes: bool, as_json: bool, **wish: Any) -> int:
    """Show what would come of interviews.json, calendar invites, tables of trackers, notes of other vaults.

    FILE is a file, a folder or a zip. Nothing that is there is overwritten, and `undo` takes all of it back.
    """
    from prepvault.jobs.import_ import apply_import, plan_import
    from prepvault.jobs.import_readers import Wish

    context, vault = options.load()
    plan = plan_import(context, vault, files, Wish(**wish))
    written = apply_import(plan) if writes else None
    if as_json:
        _say_json(plan, written)
    else:
        _say(options, plan, written)
    return _end(options, plan, written, quiet=as_json)


def _say(options: Options, plan: ImportPlan, written: WriteReport | None) -> None:
    for reading in plan.readings:
        report.say(report.Styled(report.safe(reading.name), "strong"), f": {reading.taken_for}")
        for remark in reading.remarks:
            report.say(f"  {report.safe(remark)}")
    if plan.takes_wall_times:
        report.say(f"times without an offset are in {plan.zone}; `--timezone` names another zone")
    for alike in runs_of(plan.steps):
        for line in describe(alike[0]) if len(alike) == 1 else describe_run(alike):
            report.say(*line)
    options.tell(summary(plan, written))


def _end(options: Options, plan: ImportPlan, written: WriteReport | None, *, quiet: bool) -> int:
    from prepvault.cli.findings import tell_findings
    from prepvault.jobs.write import exit_code_of
    from prepvault.model.incoming import Verdict

    if written:
        tell_findings(options, written.refused)
        code = exit_code_of(written.refused)
        if code:
            return code
    elif not quiet and plan.count(Verdict.NEW, Verdict.CHANGE):
        options.tell("nothing was written; run it again with `--write`")
    return int(plan.is_unsettled)


def _say_json(plan: ImportPlan, written: WriteReport | None) -> None:
    from prepvault.cli.import_words import file_record, step_record

    report.say_json(
        "import",
        {
            "files": [file_record(reading) for reading in plan.readings],
            "timezone": plan.zone,
            "steps": [step_record(each) for each in plan.steps],
            "written": list(written.written) if written else [],
        },
    )
