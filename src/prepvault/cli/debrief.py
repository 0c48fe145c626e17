"""`prepvault debrief`: write down what happened, while it is fresh."""

from __future__ import annotations

import sys
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from prepvault.cli import report, wording
from prepvault.cli.asking import before_writing
from prepvault.cli.options import Options, interview_argument, json_option, pass_options, vault_command
from prepvault.cli.words import Word
from prepvault.errors import UsageError
from prepvault.model.interview import Outcome, Status

if TYPE_CHECKING:
    from prepvault.jobs.context import Context
    from prepvault.jobs.debrief import Written
    from prepvault.model.interview import Interview

_LISTS: tuple[tuple[str, str], ...] = (
    ("asked", "A question as asked · strong, ok or gap · [[the story]]"),
    ("me", "Something you promised, with its day"),
    ("them", "Something they promised, with its day"),
    ("doubts", "A doubt they seemed to have"),
    ("learned", "Something you learned about them"),
    ("pay", "A pay figure, as said and by whom"),
)


@vault_command(
    "debrief",
    example='prepvault debrief kestrel --asked "How would you scale it? · gap" --them "answer by fri"',
)
@interview_argument
@click.option(
    "--asked", multiple=True, metavar="TEXT", help="A question · strong, ok or gap · [[story]]; may repeat."
)
@click.option(
    "--score", "scores", multiple=True, metavar="TEXT", help="structure=3, or all five as 3,2,4,3,2."
)
@click.option(
    "--me", multiple=True, metavar="TEXT", help="What you promised, `by fri` behind it; may repeat."
)
@click.option("--them", multiple=True, metavar="TEXT", help="What they promised; may repeat.")
@click.option(
    "--doubt", "doubts", multiple=True, metavar="TEXT", help="A doubt they seemed to have; may repeat."
)
@click.option("--learned", multiple=True, metavar="TEXT", help="What you learned about them; may repeat.")
@click.option("--pay", multiple=True, metavar="TEXT", help="A figure as said, and by whom; may repeat.")
@click.option("--change", default="", metavar="TEXT", help="The one thing to do differently.")
@click.option("--reply-by", default="", metavar="DAY", help="The day they promised an answer.")
@click.option("--outcome", type=Word(Outcome, "outcome"), help="How it ended, if they said.")
@click.option(
    "--status", type=Word(Status, "status"), help="Where it stands; else completed once it is over."
)
@json_option
@pass_options
def command(options: Options, /, *, interview: str, as_json: bool, **typed: Any) -> None:
    """Add the debrief block to the note, filled with what you say; on a terminal it asks."""
    from prepvault.jobs.debrief import Said, write_debrief

    context, _, picked = options.pick(interview)
    if not any(typed.values()) and report.is_terminal(sys.stdin) and report.is_terminal(sys.stderr):
        with before_writing():
            typed |= _ask(context, picked)
    _say(options, write_debrief(context, picked, Said(**typed)), as_json=as_json)


def _ask(context: Context, interview: Interview) -> dict[str, Any]:
    """Ask for each part in turn; an empty answer goes on to the next."""
    report.tell(f"{report.safe(interview.title)}: an empty line goes on to the next part")
    said: dict[str, Any] = {
        name: tuple(_lines(context, interview, name, words)) for name, words in _LISTS if name != "pay"
    }
    scores = _checked(
        context, interview, "scores", "Five scores, 1-4: answer structure evidence part learning"
    )
    said["scores"] = (scores,) if scores else ()
    said["pay"] = tuple(_lines(context, interview, "pay", dict(_LISTS)["pay"]))
    said["change"] = _prompt("The one thing to do differently")
    said["reply_by"] = _checked(context, interview, "reply_by", "The day they answer by (fri, 2026-02-17)")
    return said


def _lines(context: Context, interview: Interview, name: str, words: str) -> list[str]:
    said: list[str] = []
    while text := _checked(context, interview, name, words):
        said.append(text)
    return said


def _checked(context: Context, interview: Interview, name: str, words: str) -> str:
    """Ask until what was typed can be read, or nothing was."""
    from prepvault.jobs.debrief import Said, check_said

    while text := _prompt(words):
        value: Any = text if name == "reply_by" else (text,)
        try:
            check_said(context, interview, Said(**{name: value}))
        except UsageError as error:
            report.tell(f"  {error.message}; {error.hint}")
            continue
        return text
    return ""


def _prompt(words: str) -> str:
    return str(click.prompt(words, default="", show_default=False, err=True)).strip()


def _say(options: Options, written: Written, *, as_json: bool) -> None:
    from prepvault.jobs.debrief import debrief_record
    from prepvault.jobs.listing import interview_record

    changed, debrief = written.changed, written.debrief
    if as_json:
        fields = {
            "written": changed.written,
            "new": written.is_new,
            "changes": dict(changed.changes),
            "debrief": debrief_record(debrief),
            "interview": interview_record(changed.interview),
        }
        report.say_json("debrief", fields)
        _tell_hints(options, written)
        return
    report.say(
        report.Styled(changed.interview.title, "strong"), f": {changed.interview.status.label.lower()}"
    )
    counted = [wording.plural(len(debrief.asked), "question")] if debrief.asked else []
    counted += [wording.plural(len(debrief.gaps), "gap")] if debrief.gaps else []
    counted += [wording.plural(len(debrief.promises), "promise")] if debrief.promises else []
    if counted:
        report.say(f"  {', '.join(counted)}")
    for name, value in changed.changes:
        options.tell(f"  {name}: {value}")
    words = f"wrote {changed.interview.path}" if changed.written else "nothing to change, the block is there"
    options.tell(report.Styled(words, "dim"))
    if written.is_new and debrief.is_empty:
        options.tell(f"fill it in: prepvault open {quote(changed.interview.id)}")
    _tell_hints(options, written)


def _tell_hints(options: Options, written: Written) -> None:
    for hint in written.hints:
        options.tell(report.Styled("note: ", "note"), report.safe(hint))
