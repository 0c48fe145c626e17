"""`prepvault demo`: the two-minute tour."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from prepvault.cli import report, wording
from prepvault.cli.options import Options, complete_folder, json_option, pass_options, vault_command

if TYPE_CHECKING:
    from prepvault.jobs.demo import Demo

_TRY = (
    "upcoming",
    "show lumen",
    'reschedule lumen "in 2 days 15:00"',
    "build",
    "undo --list",
)


@vault_command("demo", example="prepvault demo ./demo --open")
@click.argument("folder", metavar="[DIR]", shell_complete=complete_folder, default="prepvault-demo")
@click.option("--open", "open_page", is_flag=True, help="Open the dashboard in the browser.")
@json_option
@pass_options
def command(options: Options, folder: str, *, open_page: bool, as_json: bool) -> None:
    """Make a filled example vault in DIR, coach it and build it; its times are around now."""
    from prepvault.jobs.demo import demo, open_dashboard

    made = demo(folder, now=options.now)
    if as_json:
        fields = {"root": str(made.root), "page": str(made.page), "interviews": made.interviews}
        report.say_json("demo", {**fields, "coached": made.coached, "files": made.files})
    else:
        _tour(made)
    if open_page and not open_dashboard(made):
        options.tell(f"no browser could be started; open {made.page}")


def _tour(made: Demo) -> None:
    counts = (
        wording.plural(made.interviews, "interview"),
        f"{wording.plural(made.coached, 'note')} coached",
        f"{wording.plural(made.files, 'file')} built",
    )
    report.say(f"a demo vault is in {made.root}: {', '.join(counts)}")
    report.say("")
    report.say(report.Styled("1. the dashboard", "strong"), f": open {made.page}")
    report.say(
        report.Styled("2. the notes", "strong"), ": open one under Interviews/, tick a box, write a line"
    )
    report.say(
        report.Styled("3. the calendar", "strong"),
        f": {made.page.parent / 'interviews.ics'} fits any calendar app",
    )
    report.say(report.Styled("4. the commands", "strong"), ":")
    report.say("")
    for line in (f"cd {quote(str(made.root))}", *(f"{_program()} {words}" for words in _TRY)):
        report.say(f"   {line}")


def _program() -> str:
    """How to call the program again: by its name where the shell finds it, else by its path."""
    called = Path(sys.argv[0]) if sys.argv else Path()
    if called.name.startswith("__main__"):
        return f"{quote(sys.executable)} -m prepvault"
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return (
        "prepvault"
        if str(called.parent) in folders or called.stem != "prepvault"
        else quote(str(called.absolute()))
    )
