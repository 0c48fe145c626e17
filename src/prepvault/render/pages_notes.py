"""The pages about single things: one interview, one application, one company."""

from collections.abc import Iterator

from prepvault.model.site import InterviewPage, Loop, SiteModel
from prepvault.render.pages import Page, phases_of


def interview_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out one page per interview."""
    for page in site.interviews.values():
        yield _interview(page)


def _interview(page: InterviewPage) -> Page:
    others = tuple(each for each in page.loop_ids if each != page.interview.id)
    phases = phases_of(page.progress.items, page.interview)
    values = {
        "page": page,
        "others": others,
        "phases": phases,
        "first_open": next((phase.label for phase in phases if phase.undone), ""),
        "problems": page.problems,
        "remarks": tuple(each for each in page.findings if each not in page.problems),
    }
    return Page(f"interviews/{page.slug}.html", "interview.html", page.interview.title, values)


def loop_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out one page per application that has one."""
    slugs = {firm_id: firm.slug for firm in site.companies for firm_id in firm.ids}
    for loop in site.loops:
        if loop.slug:
            values = {"application": loop, "company_slug": slugs.get(loop.ids[0], "")}
            yield Page(f"loops/{loop.slug}.html", "loop.html", loop_title(loop), values)


def loop_title(loop: Loop) -> str:
    """Company and role of an application, or its id where the notes name neither."""
    return ", ".join(part for part in (loop.company, loop.role) if part) or loop.key


def company_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out one page per company, and the list of them."""
    yield Page("companies/index.html", "companies.html", "Companies", {}, "companies/index.html")
    for firm in site.companies:
        applications = tuple(loop for loop in site.loops if set(loop.ids) & set(firm.ids))
        values = {"firm": firm, "applications": applications}
        path = f"companies/{firm.slug}.html"
        yield Page(path, "company.html", firm.name, values, "companies/index.html")
