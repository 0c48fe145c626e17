"""`prepvault open`: the note in Obsidian or in an editor."""

import click

from prepvault.cli import report
from prepvault.cli.options import Options, interview_argument, json_option, pass_options, vault_command


@vault_command("open", example="prepvault open kestrel")
@interview_argument
@click.option("--editor", is_flag=True, help="Prefer $VISUAL or $EDITOR to Obsidian.")
@click.option("--print", "dry", is_flag=True, help="Only print the link and the path.")
@json_option
@pass_options
def command(options: Options, interview: str, *, editor: bool, dry: bool, as_json: bool) -> None:
    """Open an interview's note; prints its link and path when nothing can open it."""
    from prepvault.jobs.open import open_note

    context, _, picked = options.pick(interview)
    opened = open_note(context, picked.path, editor=editor, dry=dry or as_json)
    if as_json:
        report.say_json("open", {"link": opened.link, "path": opened.path})
    elif opened.how:
        options.tell(f"opened {opened.path} ({opened.how})")
    else:
        if not dry:
            options.tell("nothing here can open it: no Obsidian, and neither $VISUAL nor $EDITOR is set")
        report.say(opened.link)
        report.say(opened.path)
