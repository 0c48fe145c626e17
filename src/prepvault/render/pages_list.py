"""The page of all interviews: one table to sort and to filter, what is ahead first."""

from collections.abc import Iterator, Mapping

from prepvault.model.interview import Interview, InterviewType, Outcome, Status
from prepvault.model.site import InterviewPage, SiteModel
from prepvault.render.pages import Page
from prepvault.render.times import at_home, local_text, when_text

LIST = "interviews/index.html"
"""Where the list is; an address such as `interviews/index.html#status=completed` opens it filtered."""

FILTERS = ("q", "standing", "type", "status", "outcome", "company", "from", "to", "sort")
"""What the address of the list may name behind its `#`."""

_STANDINGS = (("", "All"), ("ahead", "Ahead"), ("over", "To close"), ("closed", "Closed"))
_ORDERS = (
    ("", "What is ahead first"),
    ("when", "Earliest first"),
    ("-when", "Latest first"),
    ("company", "By company"),
    ("type", "By type"),
    ("status", "By status"),
    ("outcome", "By outcome"),
    ("-preparation", "Best prepared first"),
)


def list_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out the one page that has every interview."""
    view = site.overview
    behind = sorted((*view.waiting, *view.closed), key=lambda each: (each.starts, each.id), reverse=True)
    rows = tuple(_row(site.interviews[each.id], site.zone) for each in (*view.upcoming, *behind))
    yield Page(
        LIST, "interviews.html", "Interviews", {"rows": rows, **_choices(site)}, LIST, shows_state=True
    )


def place_words(interview: Interview) -> str:
    """Where it is, to be found by: the place as written, or the service when that is but a link."""
    venue = interview.venue
    return venue.platform if venue.link.startswith("http") else venue.text


def _row(page: InterviewPage, zone: str) -> Mapping[str, object]:
    """What a row shows, and what it is filtered by besides: kinds in `is`, words in `more`."""
    each = page.interview
    here = at_home(each, zone)
    day, _, hours = when_text(here).partition(", ")
    kinds = (each.type, each.status, each.outcome)
    more = dict.fromkeys((place_words(each), each.id, each.job_id))
    return {
        "page": page,
        "each": each,
        "day": day,
        "hours": hours,
        "stamp": here.starts.date().isoformat()
        if each.all_day
        else here.starts.isoformat(timespec="minutes"),
        "own": local_text(here, each.zone),
        "is": " ".join(kind.value for kind in kinds if kind),
        "more": " ".join(part for part in more if part),
        "preparation": _preparation(page),
    }


def _preparation(page: InterviewPage) -> str:
    """How ready one is while it is to come; of what is over, what was ticked."""
    progress = page.progress
    if page.readiness:
        return f"{page.readiness.percent} %"
    if progress.is_complete:
        return "yes"
    return f"{progress.done} of {progress.total}" if progress.total else ""


def _choices(site: SiteModel) -> Mapping[str, object]:
    """Everything that may be chosen: every word there is, so that any address is understood."""
    firms = ((firm.slug, firm.name) for firm in site.companies if firm.ids)
    return {
        "standings": _STANDINGS,
        "orders": _ORDERS,
        "choices": (
            ("type", "Type", tuple((kind.value, kind.label) for kind in InterviewType)),
            ("status", "Status", tuple((status.value, status.label) for status in Status)),
            ("outcome", "Outcome", (*_OUTCOMES, *((each.value, each.label) for each in Outcome))),
            ("company", "Company", tuple(firms)),
        ),
    }


_OUTCOMES = (("none", "None yet"), ("decided", "Decided"))
