"""The pages about applications, and in words where each of them stands."""

from collections.abc import Iterator, Mapping

from prepvault.model.interview import Interview, Outcome
from prepvault.model.site import Loop, SiteModel, Standing
from prepvault.render.pages import Page
from prepvault.render.times import day_text


def loop_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out one page per application that has one."""
    slugs = {firm_id: firm.slug for firm in site.companies for firm_id in firm.ids}
    for loop in site.loops:
        if loop.slug:
            values = {
                "application": loop,
                "stands": stands_at(site, loop),
                "company_slug": slugs.get(loop.ids[0], ""),
            }
            yield Page(f"loops/{loop.slug}.html", "loop.html", loop_title(loop), values)


def loop_title(loop: Loop) -> str:
    """Company and role of an application, or its id where the notes name neither."""
    return ", ".join(part for part in (loop.company, loop.role) if part) or loop.key


def stands_of(site: SiteModel) -> Mapping[str, str]:
    """Say of every application where it stands, by its key."""
    return {loop.key: stands_at(site, loop) for loop in site.loops}


def stands_at(site: SiteModel, loop: Loop) -> str:
    """Say where an application stands: the round that is booked, else the one whose answer is not known."""
    rounds = [site.interviews[each] for each in loop.ids]
    if any(each.interview.outcome is Outcome.OFFER for each in rounds):
        return loop.state
    for standing, words in ((Standing.UPCOMING, "on"), (Standing.WAITING, "without a result since")):
        found = next((each.interview for each in rounds if each.standing is standing), None)
        if found:
            return f"{round_label(found)} {words} {day_text(found.starts)}"
    return loop.state


def round_label(interview: Interview) -> str:
    """Name a round among those of one application: `Technical, round 2`."""
    return f"{interview.type_label}, round {interview.round}" if interview.round else interview.type_label
