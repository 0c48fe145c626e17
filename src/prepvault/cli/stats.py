"""`prepvault stats`: counts and rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prepvault.cli import report, wording
from prepvault.cli.options import Options, json_option, pass_options, vault_command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prepvault.model.figures import AskedFigures, Count, Rate, Span, Stage, Trend


@vault_command("stats", example="prepvault stats --json")
@click.option(
    "--days", default=7, show_default=True, type=click.IntRange(1, 3660), help="How far `next` looks."
)
@json_option
@pass_options
def command(options: Options, *, days: int, as_json: bool) -> None:
    """Count interviews, how far applications get and how long they take; rates say what they rest on."""
    from prepvault.jobs.stats import count, count_record, count_words

    context, vault = options.load()
    figures = count(context, vault, days=days)
    if as_json:
        report.say_json("statistics", {"days": days, **count_record(figures)})
        return
    totals = (figures.total, figures.next_days, figures.completed)
    report.say_table([*((each.label, str(each.number)) for each in totals), _rate(figures.success)])
    _say_lines("Where you stand", count_words(figures))
    for title, counts in (
        ("By type", figures.by_type),
        ("By status", figures.by_status),
        ("By outcome", figures.by_outcome),
        ("By company", figures.by_company),
    ):
        _counts(title, counts)
    _say_rates("Success by type", figures.rates_by_type)
    _say_rates("Success by role family", figures.rates_by_family)
    _say_rates("Success by company", figures.rates_by_company)
    applications = wording.plural(figures.applications, "application")
    _say_stages(f"Of {applications}, by stage", figures.stages)
    _say_stages("The same by type", figures.steps)
    _say_times(figures.times)
    _say_asked(figures.asked)


def _counts(title: str, counts: Sequence[Count]) -> None:
    _say_pairs(title, [(each.label, str(each.number)) for each in counts])


def _say_lines(title: str, lines: Sequence[str]) -> None:
    if lines:
        report.say("")
        report.say(report.Styled(title, "strong"))
        for line in lines:
            report.say(f"  {line}")


def _say_rates(title: str, rates: Sequence[Rate]) -> None:
    _say_pairs(title, [(each.label, each.told()) for each in rates])


def _say_stages(title: str, stages: Sequence[Stage]) -> None:
    """How many applications had each step, what became of them, and how many of the settled went on."""
    if not any(stage.loops for stage in stages):
        return
    report.say("")
    report.say(report.Styled(title, "strong"))
    head = ("  ", "had it", "went on", "ended here", "still open", "")
    rows = [
        (f"  {stage.label}", *(str(number) for number in _parts(stage)), _went_on(stage.onward))
        for stage in stages
    ]
    report.say_table([head, *rows])


def _parts(stage: Stage) -> tuple[object, ...]:
    if stage.onward is None:
        return len(stage.loops), "", "", ""
    return len(stage.loops), len(stage.went_on), len(stage.ended), len(stage.still_open)


def _went_on(rate: Rate | None) -> str:
    return rate.told("settled") if rate and rate.n else ""


def _say_times(spans: Sequence[Span]) -> None:
    """How many days lie between, and how long what is not over yet has waited."""
    from prepvault.jobs.stats import span_words

    _say_pairs("Days between", [(span.label, span_words(span)) for span in spans])


def _say_pairs(title: str, pairs: Sequence[tuple[str, str]]) -> None:
    if pairs:
        report.say("")
        report.say(report.Styled(title, "strong"))
        report.say_table([(f"  {name}", words) for name, words in pairs])


def _say_asked(asked: AskedFigures) -> None:
    """What the debriefs tell: how answers went, what comes again, whether scores move."""
    if not asked.ids:
        return
    report.say("")
    report.say(report.Styled("Debriefs", "strong"))
    rows = [("  interviews", str(len(asked.ids))), ("  questions asked", str(asked.total))]
    if asked.listed:
        rows.append(("  of them listed", asked.listed.told("asked")))
    rows += [(f"  listed, {each.label}", each.told("asked")) for each in asked.listed_by_type]
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
