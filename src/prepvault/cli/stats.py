"""`prepvault stats`: counts and rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prepvault.cli import report, wording
from prepvault.cli.options import Options, json_option, pass_options, vault_command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prepvault.model.figures import AskedFigures, Count, Rate, Stage, Trend


@vault_command("stats", example="prepvault stats --json")
@click.option(
    "--days", default=7, show_default=True, type=click.IntRange(1, 3660), help="How far `next` looks."
)
@json_option
@pass_options
def command(options: Options, *, days: int, as_json: bool) -> None:
    """Count interviews by type, status, outcome and company; rates come with how many they rest on."""
    from prepvault.jobs.stats import count, count_record

    context, vault = options.load()
    figures = count(context, vault, days=days)
    if as_json:
        report.say_json("statistics", {"days": days, **count_record(figures)})
        return
    totals = (figures.total, figures.next_days, figures.completed)
    report.say_table([*((each.label, str(each.number)) for each in totals), _rate(figures.success)])
    for title, counts in (
        ("By type", figures.by_type),
        ("By status", figures.by_status),
        ("By outcome", figures.by_outcome),
        ("By company", figures.by_company),
    ):
        _counts(title, counts)
    _say_stages(figures.stages, figures.applications)
    _say_asked(figures.asked)


def _counts(title: str, counts: Sequence[Count]) -> None:
    if counts:
        report.say("")
        report.say(report.Styled(title, "strong"))
        report.say_table([(f"  {each.label}", str(each.number)) for each in counts])


def _say_stages(stages: Sequence[Stage], applications: int) -> None:
    """How many applications had an interview of each stage, and how many of the settled went on from it."""
    if not any(stage.loops for stage in stages):
        return
    report.say("")
    title = f"Of {wording.plural(applications, 'application')}, by stage: how many had it and went on from it"
    report.say(report.Styled(title, "strong"))
    report.say_table(
        [(f"  {stage.label}", str(len(stage.loops)), _went_on(stage.onward)) for stage in stages]
    )


def _went_on(rate: Rate | None) -> str:
    return rate.told("settled") if rate and rate.n else ""


def _say_asked(asked: AskedFigures) -> None:
    """What the debriefs tell: how answers went, what comes again, whether scores move."""
    if not asked.ids:
        return
    report.say("")
    report.say(report.Styled("Debriefs", "strong"))
    rows = [("  interviews", str(len(asked.ids))), ("  questions asked", str(asked.total))]
    if asked.total:
        rows.append(("  of them expected", str(asked.predicted)))
    rows += [(f"  answered {each.mark}", str(each.number)) for each in asked.marks if each.number]
    rows += [(f"  score: {each.dimension}", _moved(each)) for each in asked.trends]
    rows += [(f"  gap: {name}", str(number)) for name, number in asked.gaps]
    report.say_table(rows)
    for text, ids in asked.repeated:
        report.say(f"  asked {len(ids)} times: {wording.shortened(text, 60)}")


def _moved(trend: Trend) -> str:
    counted = f"{trend.mean:.1f} of 4 ({trend.n})"
    if trend.change is None:
        return counted
    return (
        f"{counted}, {'up' if trend.change > 0 else 'down'} {abs(trend.change):.1f}"
        if trend.change
        else counted
    )


def _rate(rate: Rate) -> tuple[str, str]:
    return rate.label, rate.told() if rate.n else "nothing decided yet"
