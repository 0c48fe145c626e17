"""`prepvault research`: make or refresh a company's research note, and tell how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prepvault.cli import report, wording
from prepvault.cli.options import Options, json_option, pass_options, vault_command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from prepvault.jobs.research import Researched
    from prepvault.model.research import DatedFact

_DEPTHS = ("quick", "standard", "deep")
_MOST_NEXT = 3
_MOST_FACTS = 5


@vault_command("research", example="prepvault research kestrel --depth quick")
@click.argument("company", nargs=-1, required=True)
@click.option(
    "--depth",
    type=click.Choice(_DEPTHS),
    default="standard",
    show_default=True,
    help="Three parts in 10 minutes, all ten, or all ten with a second source.",
)
@click.option("--check", is_flag=True, help="Only look; exit 1 where a note or parts of it are missing.")
@click.option("--new", is_flag=True, help="Another company, though one has almost this name.")
@json_option
@pass_options
@click.pass_context
def command(
    click_context: click.Context,
    options: Options,
    company: tuple[str, ...],
    *,
    depth: str,
    check: bool,
    new: bool,
    as_json: bool,
) -> None:
    """Make COMPANY's research note or add the parts it lacks, and tell what is old or unknown.

    What you wrote is never changed, and nothing is fetched: the note says where to look.
    """
    from prepvault.jobs.research import research, research_record

    context, vault = options.load()
    done = research(context, vault, " ".join(company), depth=depth, check=check, new=new)
    if as_json:
        report.say_json("research", research_record(done))
    else:
        _tell(options, done, context.now)
    if check and done.parts:
        click_context.exit(1)


def _tell(options: Options, done: Researched, now: datetime) -> None:
    state = done.state
    old = f", {len(state.aged)} to look at again" if state.aged else ""
    report.say(report.Styled(state.company.name, "strong"), f": {state.filled} of {state.fields} fields{old}")
    if done.next:
        kind = done.next.type_label.lower()
        report.say(f"next: {kind}, {wording.starts(done.next)} ({wording.countdown(done.next.starts, now)})")
    for title, lines in _lists(done):
        if lines:
            report.say(report.Styled(title, "strong"))
        for line in lines:
            for piece in wording.wrapped(report.safe(line), indent="  - ", hanging="    "):
                report.say(piece)
    options.tell(report.Styled(_written(done), "dim"))


def _lists(done: Researched) -> Iterator[tuple[str, list[str]]]:
    state = done.state
    company = state.company
    yield "say", [*company.say]
    yield "ask", [*company.ask]
    yield "watch", [*company.watch]
    yield "unknown, so ask", [*state.unknown]
    aged = [_aged(each) for each in state.aged[:_MOST_FACTS]]
    yield "look again", [*aged, *_more(len(state.aged) - _MOST_FACTS)]
    undated = len(state.undated)
    if undated:
        yield "no date", [f"{wording.plural(undated, 'line')}: add the day you read it, like 2026-02-05"]
    bare = [each for each in state.parts if each.facts and not each.so_what]
    yield (
        "so what?",
        [f"{each.part.number}. {each.part.title}: {each.part.so_what}" for each in bare[:_MOST_NEXT]],
    )
    yield (
        "look next",
        [
            f"{each.part.number}. {each.part.title}: {each.part.where}"
            for each in state.next_parts[:_MOST_NEXT]
        ],
    )


def _aged(each: DatedFact) -> str:
    fact = each.fact
    said = f"{fact.name}: {fact.value}" if fact.name else fact.value
    source = f", {fact.source}" if fact.source else ""
    return f"{wording.shortened(said, 100)} ({each.weeks} weeks old{source})"


def _more(count: int) -> list[str]:
    return [f"and {count} more"] if count > 0 else []


def _written(done: Researched) -> str:
    count = wording.plural(len(done.parts), "part")
    if done.is_written:
        return f"wrote {done.path}" if done.is_new else f"added {count} to {done.path}"
    if done.is_new:
        return f"no note yet: it would be {done.path}"
    return f"{done.path} lacks {count}" if done.parts else f"nothing to add to {done.path}"
