"""The filters that templates use: moments, links and charts as text."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache

from markupsafe import Markup

from prepvault.model.figures import Count, Rate, Span, Week
from prepvault.model.interview import Interview
from prepvault.model.site import SiteModel
from prepvault.render.charts import interval, spark
from prepvault.render.links import command, mailto, map_link, safe_link
from prepvault.render.pages_stats import count_bar, span_strip, week_columns
from prepvault.render.stats_words import days, spread
from prepvault.render.times import (
    at_home,
    awaited_text,
    clock_text,
    countdown_text,
    day_text,
    here_text,
    local_text,
    moment_text,
    short_day,
    span_text,
    there_text,
    utc_text,
    when_text,
)

_SPARKS = 24
"""Scores that one small line shows, the latest; more would run together."""


def css_name(text: object) -> str:
    """A word of ours as a class name or part of an id: `reminder_sent` becomes `reminder-sent`."""
    return "-".join("".join(each if each.isalnum() else " " for each in str(text).lower()).split())


@cache
def page_filters() -> Mapping[str, Callable[..., object]]:
    """Every filter by its name."""
    return {
        "utc": utc_text,
        "moment": moment_text,
        "day": _day,
        "when": when_text,
        "stamp": _stamp,
        "at_home": at_home,
        "local": local_text,
        "here": here_text,
        "there": there_text,
        "clock": clock_text,
        "short_day": short_day,
        "awaited": awaited_text,
        "span": span_text,
        "countdown": countdown_text,
        "percent": _percent,
        "css": css_name,
        "command": command,
        "mailto": mailto,
        "map_link": map_link,
        "safe_link": safe_link,
        "bar_of": _drawn_count,
        "days_text": days,
        "spread": spread,
        "strip": _drawn_span,
        "spark": _drawn_scores,
        "interval": _drawn_rate,
        "weeks": _drawn_weeks,
    }


def _day(day: date | datetime) -> str:
    return day_text(day)


def _stamp(interview: Interview) -> str:
    return interview.starts.date().isoformat() if interview.all_day else utc_text(interview.starts)


def _percent(share: float) -> str:
    return f"{round(share * 100)} %"


def _drawn_count(count: Count, counts: tuple[Count, ...]) -> Markup:
    return Markup(count_bar(count, counts))  # noqa: S704


def _drawn_span(span: Span, most: int) -> Markup:
    return Markup(span_strip(span, most))  # noqa: S704


def _drawn_scores(points: tuple[tuple[str, int], ...]) -> Markup:
    return Markup(spark([score for _, score in points[-_SPARKS:]], 1, 4))  # noqa: S704


def _drawn_rate(each: Rate) -> Markup:
    return Markup(interval(each.share, each.low, each.high))  # noqa: S704


def _drawn_weeks(weeks: tuple[Week, ...], site: SiteModel) -> Markup:
    return Markup(week_columns(weeks, site))  # noqa: S704
