"""The page about one interview."""

from prepvault.model.site import InterviewPage, SiteModel
from prepvault.render.pages import Page, phases_of
from prepvault.render.pages_after import after_of, split_phases
from prepvault.render.pages_brief import brief_of
from prepvault.render.pages_prose import filled_in, part_debrief, says_something
from prepvault.render.pages_sheet import sheet_of


def interview_page(page: InterviewPage, site: SiteModel) -> Page:
    """Lay out the page of an interview."""
    brief = brief_of(page, site)
    phases = phases_of(page.progress.items, page.interview)
    after = after_of(page, site)
    notes, debrief = part_debrief(page.html)
    notes = filled_in(notes)
    told = frozenset(page.problems)
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
        "remarks": tuple(each for each in page.findings if each not in told),
    }
    return Page(f"interviews/{page.slug}.html", "interview.html", page.interview.title, values)
