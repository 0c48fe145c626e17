"""The pages about applications, and in words where each of them stands."""

from collections.abc import Mapping, Sequence

from prepvault.model.interview import Outcome, Person
from prepvault.model.site import InterviewPage, Loop, SiteModel, Standing
from prepvault.render.pages import Page
from prepvault.render.rounds import round_label, rounds_of, said_in
from prepvault.render.section_text import plain_words
from prepvault.render.times import day_text
from prepvault.render.waits import waits_of

__all__ = ["loop_page", "loop_title", "round_label", "stands_at", "stands_of"]


def loop_page(loop: Loop, company_slug: str, site: SiteModel) -> Page:
    """Lay out the page of an application."""
    pages = [site.interviews[each] for each in loop.ids]
    values = {
        "application": loop,
        "stands": stands_at(site, loop),
        "company_slug": company_slug,
        "rounds": rounds_of(loop.ids, site),
        "upcoming": next((each for each in pages if each.standing is Standing.UPCOMING), None),
        "waits": waits_of(loop, site),
        "carried": _carried(pages, site),
        "told": _told(loop, site),
        "people": people_of(pages),
        "mails": tuple(each for each in reversed(pages) if each.drafts),
    }
    return Page(f"loops/{loop.slug}.html", "loop.html", loop_title(loop), values)


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


def people_of(pages: Sequence[InterviewPage]) -> tuple[Mapping[str, object], ...]:
    """Everyone across the table, once each, with the rounds they sat or will sit in."""
    people: dict[str, Person] = {}
    where: dict[str, dict[str, InterviewPage]] = {}
    for page in pages:
        each = page.interview
        for person in (*each.people, *(one for part in each.sessions for one in part.people)):
            if person.key:
                known = people.get(person.key)
                people[person.key] = person if known is None or (person.title and not known.title) else known
                where.setdefault(person.key, {})[each.id] = page
    return tuple(
        {
            "name": person.name,
            "title": person.title,
            "rounds": tuple((page, round_label(page.interview)) for page in where[key].values()),
        }
        for key, person in people.items()
    )


def _carried(pages: Sequence[InterviewPage], site: SiteModel) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What earlier rounds leave for the next one: the latest round's first, each thing once."""
    debriefs = [said_in(each, site) for each in reversed(pages)]
    lines = (
        ("Doubts to answer", [doubt for said in debriefs for doubt in said.doubts]),
        ("Questions that went badly", [asked.text for said in debriefs for asked in said.gaps]),
        ("What you learned", [line for said in debriefs for line in said.learned]),
        ("Pay, as said", [line for said in debriefs for line in said.pay]),
        ("To do differently", [said.change for said in debriefs if said.change]),
    )
    return tuple(
        (label, tuple(dict.fromkeys(plain_words(text) for text in texts))) for label, texts in lines if texts
    )


def _told(loop: Loop, site: SiteModel) -> tuple[Mapping[str, object], ...]:
    """The stories that they know already, with where each was told: what not to repeat."""
    rounds = {each: site.interviews[each] for each in loop.ids}
    told = [(story, [rounds[each] for each in story.uses if each in rounds]) for story in site.stories]
    return tuple(
        {"story": story, "where": tuple((page, round_label(page.interview)) for page in pages)}
        for story, pages in told
        if pages
    )
