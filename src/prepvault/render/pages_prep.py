"""The pages to prepare with: the guide over all types, and one page per type."""

import re
from collections.abc import Iterator, Mapping, Sequence

from prepvault.model.card import Family, Stage
from prepvault.model.coaching import Coaching
from prepvault.model.interview import InterviewType
from prepvault.model.site import SiteModel, Standing
from prepvault.render.pages import Page, blank_states, phases_of

_INDEX = "prep/index.html"
_NUMBER = re.compile(r"\d+")


def prep_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out the preparation pages: one per type, and the one that leads to them."""
    titles = {
        each.id: each.title for coaching in site.prep.values() for each in (coaching.star, coaching.strengths)
    }
    types = tuple(_card(site, kind, coaching) for kind, coaching in site.prep.items())
    values = {
        "text_titles": titles,
        "types": types,
    }
    yield Page(_INDEX, "prep_index.html", "Preparation", values, _INDEX)
    for kind, coaching in site.prep.items():
        yield _type_page(site, kind, coaching)


def _card(site: SiteModel, kind: InterviewType, coaching: Coaching) -> Mapping[str, object]:
    """One type as the guide shows it, with the next interview of the kind, if one is booked."""
    coming = [each.id for each in site.overview.upcoming if each.type is kind]
    return {
        "kind": kind,
        "guide": coaching.guide,
        "work": sum(each.minutes for each in coaching.items),
        "items": len(coaching.items),
        "coming": coming,
    }


def _type_page(site: SiteModel, kind: InterviewType, coaching: Coaching) -> Page:
    pages = [page for page in site.interviews.values() if page.interview.type is kind]
    phases = phases_of(blank_states(coaching.items))
    values = {
        "kind": kind,
        "coaching": coaching,
        "phases": tuple(
            {"phase": phase, "minutes": sum(state.item.minutes for state in phase.states)} for phase in phases
        ),
        "work": sum(each.minutes for each in coaching.items),
        "stages": stage_rows(coaching.guide.stages) if coaching.guide else (),
        "kinds": tuple(
            {"format": each, "stages": stage_rows(each.stages)}
            for each in (coaching.guide.formats if coaching.guide else ())
        ),
        "topics": _topics(coaching.family),
        "coming": tuple(each.id for each in site.overview.upcoming if each.type is kind),
        "held": tuple(page.interview.id for page in pages if page.standing is not Standing.UPCOMING),
    }
    title = coaching.guide.title if coaching.guide else kind.label
    return Page(f"prep/{kind.value}.html", "prep.html", title, values, _INDEX)


def stage_rows(stages: Sequence[Stage]) -> tuple[Mapping[str, object], ...]:
    """Put stages on one line of time, each where the one before usually ends, in hundredths of it."""
    lengths = [_middle(each.minutes) for each in stages]
    whole = sum(lengths) or 1
    return tuple(
        {
            "name": stage.name,
            "minutes": stage.minutes.replace("-", "–"),
            "start": f"{sum(lengths[:number]) / whole * 100:.2f}",
            "width": f"{lengths[number] / whole * 100:.2f}",
        }
        for number, stage in enumerate(stages)
    )


def _middle(minutes: str) -> float:
    numbers = [int(each) for each in _NUMBER.findall(minutes)]
    return sum(numbers) / len(numbers) if numbers else 0.0


def _topics(family: Family) -> str:
    return " · ".join(family.areas)
