"""The pages to prepare with: types, stories, mails."""

from collections.abc import Iterator

from prepvault.model.coaching import Coaching
from prepvault.model.interview import InterviewType
from prepvault.model.site import SiteModel
from prepvault.render.pages import Page, blank_states, phases_of

_INDEX = "prep/index.html"


def prep_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out the preparation pages: one per type, and the one that leads to them."""
    titles = {
        each.id: each.title for coaching in site.prep.values() for each in (coaching.star, coaching.strengths)
    }
    yield Page(_INDEX, "prep_index.html", "Preparation", {"text_titles": titles}, _INDEX)
    for kind, coaching in site.prep.items():
        yield _type_page(site, kind, coaching)


def _type_page(site: SiteModel, kind: InterviewType, coaching: Coaching) -> Page:
    ids = tuple(page.interview.id for page in site.interviews.values() if page.interview.type is kind)
    values = {
        "kind": kind,
        "coaching": coaching,
        "phases": phases_of(blank_states(coaching.items)),
        "ids": ids,
    }
    title = coaching.guide.title if coaching.guide else kind.label
    return Page(f"prep/{kind.value}.html", "prep.html", title, values, _INDEX)


def story_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out the story bank."""
    active = sum(not each.story.retired for each in site.stories)
    yield Page("stories.html", "stories.html", "Stories", {"active": active}, "stories.html")


def mail_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out the drafts: interviews to come first, the others latest first."""
    view = site.overview
    ids = tuple(
        each.id for each in (*view.upcoming, *view.waiting, *view.closed) if site.interviews[each.id].drafts
    )
    yield Page("emails.html", "emails.html", "E-mails", {"ids": ids}, "emails.html", shows_state=True)
