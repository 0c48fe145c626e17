"""The page of figures: from what is known for sure on top to the notes behind every number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup

from prepvault.model.figures import Count, Rate, Span, Statistics, Week
from prepvault.model.interview import Interview, Outcome, Status
from prepvault.model.site import SiteModel
from prepvault.model.zones import zone_of
from prepvault.render.charts import bar, columns, lane, sample, stack, strip
from prepvault.render.counted import asked_key, loop_path, shelves
from prepvault.render.flow import flow
from prepvault.render.pages import Page
from prepvault.render.pages_loops import loop_title, stands_at
from prepvault.render.stats_words import gap_key, say_standing
from prepvault.render.times import day_text

_LANES = 20
_SHOWN = 8
_MARGIN = timedelta(days=3)
_WORDS = {
    "offer": "offer",
    "advanced": "advanced",
    "rejected": "rejected",
    "no-response": "no response",
    "withdrawn": "withdrawn",
    "no-show": "no show",
    "waiting": "no answer yet",
    "ahead": "to come",
    "cancelled": "cancelled",
}
_MARKS = ("strong", "ok", "gap", "unmarked")


@dataclass(frozen=True, slots=True)
class Row:
    """A type, family or company: how many interviews, and the success of those decided, if any is."""

    label: str
    count: Count
    rate: Rate | None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind; `folded` are those beyond what is read at a glance."""

    key: str
    title: str
    noun: str
    rows: tuple[Row, ...]
    folded: tuple[Row, ...]


def stats_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out the statistics, each figure with the notes behind it."""
    figures = site.statistics
    values = {
        "said": say_standing(figures),
        "flow_chart": Markup(flow(figures.stages)),  # noqa: S704
        "day_scale": day_scale(figures.times),
        "groups": tuple(_groups(figures)),
        "asked_rows": _asked_rows(figures),
        "gap_links": tuple((name, number, gap_key(name)) for name, number in figures.asked.gaps),
        "shelves": shelves(site),
        **_lanes(site),
    }
    yield Page("stats.html", "stats.html", "Statistics", values, "stats.html", shows_state=True)


def _groups(figures: Statistics) -> Iterator[Group]:
    for key, title, noun, counts, rates in (
        ("types", "By type", "type", figures.by_type, figures.rates_by_type),
        ("families", "By role family", "family", figures.by_family, figures.rates_by_family),
        ("companies", "By company", "company", figures.by_company, figures.rates_by_company),
    ):
        found = {each.label: each for each in rates}
        rows = sorted(
            (Row(each.label, each, found.get(each.label)) for each in counts),
            key=lambda row: (-(row.rate.n if row.rate else 0), -row.count.number, row.label.casefold()),
        )
        least = _SHOWN + 1 if len(rows) <= _SHOWN + 1 else _SHOWN
        yield Group(key, title, noun, tuple(rows[:least]), tuple(rows[least:]))


def _asked_rows(figures: Statistics) -> tuple[Mapping[str, object], ...]:
    """By type: how many questions, how many of them were listed, and how the answers went."""
    asked = figures.asked
    rows = []
    for rate in asked.listed_by_type:
        marks = [each.mark or "unmarked" for each in asked.questions if each.type_label == rate.label]
        counts = {mark: marks.count(mark) for mark in _MARKS}
        chart = stack([(number / max(1, rate.n), f"answer-{mark}") for mark, number in counts.items()])
        keys = {what: asked_key(rate.label, what) for what in ("all", "listed", *_MARKS)}
        rows.append({"rate": rate, "counts": counts, "keys": keys, "chart": Markup(chart)})  # noqa: S704
    return tuple(rows)


def _lanes(site: SiteModel) -> Mapping[str, object]:
    """One line per application, over the time that those shown take up together."""
    shown = site.loops[:_LANES]
    rounds = {loop.key: [site.interviews[each].interview for each in loop.ids] for loop in shown}
    starts = [each.starts for group in rounds.values() for each in group]
    if not starts:
        return {"lanes": (), "lanes_from": None, "lanes_to": None, "lanes_more": 0, "lane_marks": ()}
    first, last = min(*starts, site.now) - _MARGIN, max(*starts, site.now) + _MARGIN
    kinds = {_kind(each, site.now) for group in rounds.values() for each in group}
    return {
        "lanes": tuple(
            {
                "href": loop_path(site, loop),
                "label": loop_title(loop),
                "state": stands_at(site, loop),
                "chart": lane(
                    [
                        (each.starts, _kind(each, site.now), _moment(each, site.now))
                        for each in rounds[loop.key]
                    ],
                    first,
                    last,
                    site.now,
                ),
                "days": [_moment(each, site.now) for each in rounds[loop.key]],
            }
            for loop in shown
        ),
        "lanes_from": first.astimezone(zone_of(site.zone)),
        "lanes_to": last.astimezone(zone_of(site.zone)),
        "lanes_more": len(site.loops) - len(shown),
        "lane_marks": tuple((Markup(sample(each)), words) for each, words in _WORDS.items() if each in kinds),  # noqa: S704
    }


def _moment(interview: Interview, now: datetime) -> str:
    """A round in words: `Technical Tue 10 Feb 2026: advanced`."""
    words = _WORDS[_kind(interview, now)]
    return f"{interview.type_label} {day_text(interview.starts.date())}: {words}"


def _kind(interview: Interview, now: datetime) -> str:
    """How a round is marked: as it ended, else whether it is over or to come."""
    if interview.status is Status.CANCELLED:
        return "cancelled"
    if interview.outcome and interview.outcome is not Outcome.PENDING:
        return interview.outcome.value.replace("_", "-")
    return "waiting" if interview.ends <= now else "ahead"


def count_bar(count: Count, counts: Sequence[Count]) -> str:
    """A count's bar, as long as its share of the largest one beside it."""
    return bar(count.number / max(1, *(each.number for each in counts)))


def day_scale(spans: Sequence[Span]) -> int:
    """The longest day of the scale that all spans share: what is known fits, a very long wait need not."""
    known = max((each.most for each in spans), default=0)
    waiting = sorted(each.days for span in spans for each in span.waiting)
    middle = waiting[len(waiting) // 2] if waiting else 0
    most = max(known, min(middle, 2 * max(known, 14)), 7)
    return -(-most // 7) * 7


def span_strip(span: Span, most: int) -> str:
    """A span's days as points on the shared scale."""
    middle = span.median if span.is_told else None
    return strip([each.days for each in span.known], [each.days for each in span.waiting], most, middle)


def week_columns(weeks: Sequence[Week], site: SiteModel) -> str:
    """The weeks as columns; this week's stands out, every fourth says when it begins."""
    today = site.now.astimezone(zone_of(site.zone)).date()
    this = max((index for index, week in enumerate(weeks) if week.monday <= today), default=0)
    labels = [
        f"{week.monday.day} {week.monday:%b}" if (index - this) % 4 == 0 else ""
        for index, week in enumerate(weeks)
    ]
    return columns([len(week.ids) for week in weeks], this, labels)
