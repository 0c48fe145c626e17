"""How coaching on sheets is shown: on a terminal, as Markdown, as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from prepvault.cli import report, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prepvault.model.sheet import Part, Sheet

Function = TypeVar("Function", bound=Callable[..., Any])


def format_option(function: Function) -> Function:
    """Add `--format text|markdown`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "markdown"]),
        default="text",
        show_default=True,
        help="How to write it.",
    )(function)


def say_sheets(sheets: Sequence[Sheet], form: str) -> None:
    """Print sheets in one of the two forms."""
    from prepvault.jobs.sheets import as_markdown

    if form == "markdown":
        report.say_rendered(as_markdown(sheets))
        return
    for number, sheet in enumerate(sheets):
        if number:
            report.say()
        report.say(report.Styled(sheet.title.upper(), "strong"))
        for part in sheet.parts:
            _say_part(part)


def _say_part(part: Part) -> None:
    report.say()
    if part.title:
        report.say(report.Styled(part.title, "strong"))
    if part.body:
        for line in part.body.strip().splitlines():
            report.say(line)
    mark = "[ ]" if part.is_checklist else "-"
    hanging = " " * (len(mark) + 1)
    for point in part.points:
        for line in wording.wrapped(point.text, indent=f"{mark} ", hanging=hanging):
            report.say(line)
        for line in wording.wrapped(point.hint, indent=f"{hanging}", hanging=hanging) if point.hint else ():
            report.say(report.Styled(line, "dim"))
