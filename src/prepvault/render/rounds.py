"""Rounds in a row, as the pages of an application and of a company show them: each with its mark and word."""

from collections.abc import Iterable, Mapping

from prepvault.model.debrief import Debrief
from prepvault.model.interview import Interview, Outcome, Status
from prepvault.model.site import InterviewPage, SiteModel, Standing
from prepvault.render.told import told_of

_ENDS = {
    Outcome.ADVANCED: "yes",
    Outcome.OFFER: "yes",
    Outcome.REJECTED: "no",
    Outcome.WITHDRAWN: "off",
    Outcome.NO_RESPONSE: "off",
    Outcome.NO_SHOW: "no",
}


def round_label(interview: Interview) -> str:
    """Name a round among those of one application: `Technical, round 2`."""
    return f"{interview.type_label}, round {interview.round}" if interview.round else interview.type_label


def rounds_of(ids: Iterable[str], site: SiteModel) -> tuple[Mapping[str, object], ...]:
    """Lay out rounds in the order given; the earliest one to come is the next."""
    pages = [site.interviews[each] for each in ids]
    coming = [each for each in pages if each.standing is Standing.UPCOMING]
    soonest = min(coming, key=lambda each: (each.interview.starts, each.interview.id), default=None)
    return tuple(_round(each, site, is_next=each is soonest) for each in pages)


def said_in(page: InterviewPage, site: SiteModel) -> Debrief:
    """What the user wrote down after a round; nothing for strangers, nor of what was called off."""
    is_hidden = site.is_incognito or page.interview.status is Status.CANCELLED
    return Debrief() if is_hidden else page.coaching.dossier.own


def _round(page: InterviewPage, site: SiteModel, *, is_next: bool) -> Mapping[str, object]:
    kind, word = _mark(page, is_next=is_next)
    said = said_in(page, site)
    return {
        "page": page,
        "interview": page.interview,
        "label": round_label(page.interview),
        "kind": kind,
        "word": word,
        "said": () if said.is_empty else told_of(said, site),
        "stories": tuple(each for each in site.stories if page.interview.id in each.uses),
    }


def _mark(page: InterviewPage, *, is_next: bool) -> tuple[str, str]:
    """The shape that stands for how a round ended, and the word for it."""
    each = page.interview
    if each.status is Status.CANCELLED:
        return "off", "Called off"
    if page.standing is Standing.UPCOMING:
        return ("next", "Next") if is_next else ("ahead", "To come")
    if each.outcome in _ENDS:
        return _ENDS[each.outcome], each.outcome.label
    return ("open", "No result yet") if each.is_open else ("open", "Waiting for an answer")
