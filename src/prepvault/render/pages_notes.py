"""The pages about single things: one interview, one company."""

import shlex
from collections.abc import Iterator

from prepvault.model.site import InterviewPage, SiteModel
from prepvault.render.pages import Page, phases_of
from prepvault.render.pages_after import after_of, split_phases
from prepvault.render.pages_brief import brief_of
from prepvault.render.pages_loops import stands_of
from prepvault.render.pages_prose import filled_in, part_debrief, says_something
from prepvault.render.pages_sheet import sheet_of


def interview_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out one page per interview."""
    for page in site.interviews.values():
        yield _interview(page, site)


def _interview(page: InterviewPage, site: SiteModel) -> Page:
    brief = brief_of(page, site)
    phases = phases_of(page.progress.items, page.interview)
    after = after_of(page, site)
    notes, debrief = part_debrief(page.html)
    notes = filled_in(notes)
    values = {
        "page": page,
        "notes": notes if says_something(notes) else "",
        "debrief_html": debrief if says_something(debrief) else "",
        "after": after,
        "brief": brief,
        "sheet": sheet_of(page, site, brief),
        **split_phases(phases, after),
        "first_open": next((phase.label for phase in phases if phase.undone), ""),
        "problems": page.problems,
        "remarks": tuple(each for each in page.findings if each not in page.problems),
    }
    return Page(f"interviews/{page.slug}.html", "interview.html", page.interview.title, values)


def company_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out one page per company, and the list of them."""
    yield Page("companies/index.html", "companies.html", "Companies", {}, "companies/index.html")
    stands = stands_of(site)
    for firm in site.companies:
        yield Page(
            f"companies/{firm.slug}.html",
            "company.html",
            firm.name,
            {
                "firm": firm,
                "notes": filled_in(firm.html),
                "applications": tuple(loop for loop in site.loops if set(loop.ids) & set(firm.ids)),
                "stands": stands,
                "names": "role"
                if len({site.interviews[each].interview.role for each in firm.ids}) > 1
                else "round",
                "command": "" if site.is_incognito else f"prepvault research {shlex.quote(firm.name)}",
            },
            "companies/index.html",
        )
