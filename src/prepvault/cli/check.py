"""`prepvault check`: what is wrong in the notes."""

import sys

import click

from prepvault.cli import report
from prepvault.cli.findings import tell_findings
from prepvault.cli.options import Options, complete_file, json_option, pass_options, vault_command

_FORMATS = click.Choice(["text", "json", "github", "sarif", "gitlab", "rdjson", "markdown"])
_JSON = {"json", "sarif", "gitlab", "rdjson"}


@vault_command("check", example="prepvault check --strict Interviews")
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=complete_file)
@click.option("--strict", is_flag=True, help="Warnings fail the run too.")
@click.option("--fix", is_flag=True, help="First fill in id, status and created_at, and record revisions.")
@click.option(
    "--format", "shape", type=_FORMATS, default="text", show_default=True, help="How to write them."
)
@click.option(
    "--save",
    type=(_FORMATS, str),
    multiple=True,
    metavar="FORMAT FILE",
    help="Write them into a file, too; may be repeated.",
)
@json_option
@pass_options
def command(
    options: Options,
    paths: tuple[str, ...],
    *,
    strict: bool,
    fix: bool,
    shape: str,
    save: tuple[tuple[str, str], ...],
    as_json: bool,
) -> int:
    """Check all notes, or those at PATH: every finding with its line, its code and a hint."""
    from prepvault.jobs.check import check, report_text, save_report

    context = options.context(tolerant=not fix)
    fixed = _fix(options, paths) if fix else 0
    found = check(context, paths)
    for each, file in save:
        save_report(context, found, each, file)
    shape = "json" if as_json else shape
    text = report_text(context, found, format=shape, color=report.wants_color(sys.stdout))
    if shape in _JSON:
        report.say_json_text(text)
    else:
        report.say_rendered(text)
    return max(fixed, int(found.fails(strict=strict)))


def _fix(options: Options, paths: tuple[str, ...]) -> int:
    """Fill in, tell what became of it, and give the exit code that it alone would have."""
    from prepvault.jobs.fix import fix
    from prepvault.jobs.paths import paths_in_vault
    from prepvault.jobs.write import exit_code_of

    context = options.context()
    done = fix(context, paths_in_vault(context, paths))
    for each in done.fixed:
        options.tell(report.Styled("fixed ", "ok"), f"{each.path}: {each.name}: {each.value}")
    tell_findings(options, done.refused)
    return exit_code_of(done.refused)
