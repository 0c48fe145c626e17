"""`prepvault stats`: counts and rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prepvault.cli import report
from prepvault.cli.options import Options, json_option, pass_options, vault_command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prepvault.model.figures import Count, Rate


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
    stages = [(stage.label, str(len(stage.loops)), _share(stage.onward)) for stage in figures.stages]
    if any(count != "0" for _, count, _ in stages):
        report.say("")
        report.say(report.Styled("Stages reached, and how many went on", "strong"))
        report.say_table([("  " + label, count, share) for label, count, share in stages])


def _counts(title: str, counts: Sequence[Count]) -> None:
    if counts:
        report.say("")
        report.say(report.Styled(title, "strong"))
        report.say_table([(f"  {each.label}", str(each.number)) for each in counts])


def _rate(rate: Rate) -> tuple[str, str]:
    return rate.label, _share(rate) or "nothing decided yet"


def _share(rate: Rate | None) -> str:
    """A percentage only where it rests on enough, its range where that is little."""
    if rate is None or not rate.n:
        return ""
    counted = f"{len(rate.won)} of {rate.n}"
    if not rate.is_told:
        return counted
    spread = f", likely {rate.low:.0%} to {rate.high:.0%}" if rate.is_small else ""
    return f"{rate.share:.0%} ({counted}{spread})"
