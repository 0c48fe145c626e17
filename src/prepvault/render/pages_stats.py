"""The page of figures."""

from collections.abc import Iterator, Mapping, Sequence

from prepvault.model.figures import Count, Stage, Week
from prepvault.model.interview import Interview
from prepvault.model.site import Loop, SiteModel
from prepvault.model.zones import zone_of
from prepvault.render.charts import bar, columns, lane
from prepvault.render.pages import Page, interview_path
from prepvault.render.pages_loops import loop_title, stands_at
from prepvault.render.times import day_text

_LANES = 20


def stats_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out the statistics, each figure with the notes behind it."""
    links = {
        loop.key: {"href": loop_path(site, loop), "label": loop_title(loop), "state": stands_at(site, loop)}
        for loop in site.loops
    }
    values = {"loop_links": links, **_lanes(site)}
    yield Page("stats.html", "stats.html", "Statistics", values, "stats.html", shows_state=True)


def loop_path(site: SiteModel, loop: Loop) -> str:
    """Where to read about an application: its page, else the page of its latest interview."""
    return f"loops/{loop.slug}.html" if loop.slug else interview_path(site, loop.ids[-1])


def _lanes(site: SiteModel) -> Mapping[str, object]:
    """One line per application, over the time that those shown take up together."""
    shown = site.loops[:_LANES]
    rounds = {loop.key: [site.interviews[each].interview for each in loop.ids] for loop in shown}
    starts = [each.starts for group in rounds.values() for each in group]
    if not starts:
        return {"lanes": (), "lanes_from": None, "lanes_to": None}
    first, last = min(*starts, site.now), max(*starts, site.now)
    return {
        "lanes": tuple(
            {
                "href": loop_path(site, loop),
                "label": loop_title(loop),
                "state": stands_at(site, loop),
                "chart": lane(
                    [(each.starts, _kind(each)) for each in rounds[loop.key]], first, last, site.now
                ),
                "days": [f"{each.type_label} {day_text(each.starts.date())}" for each in rounds[loop.key]],
            }
            for loop in shown
        ),
        "lanes_from": first.astimezone(zone_of(site.zone)),
        "lanes_to": last.astimezone(zone_of(site.zone)),
    }


def _kind(interview: Interview) -> str:
    return interview.outcome.value if interview.outcome else interview.status.value


def count_bar(count: Count, counts: Sequence[Count]) -> str:
    """A count's bar, as long as its share of the largest one beside it."""
    return bar(count.number / max(1, *(each.number for each in counts)))


def stage_bar(stage: Stage, stages: Sequence[Stage]) -> str:
    """A stage's bar, as long as its share of the largest stage."""
    return bar(len(stage.loops) / max(1, *(len(each.loops) for each in stages)))


def week_columns(weeks: Sequence[Week], site: SiteModel) -> str:
    """The weeks as columns; this week's stands out."""
    today = site.now.astimezone(zone_of(site.zone)).date()
    this = max((index for index, week in enumerate(weeks) if week.monday <= today), default=0)
    return columns([len(week.ids) for week in weeks], this)
