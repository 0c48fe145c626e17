"""The day sheet: what one needs of an interview that is to come, on one screen and on one page of paper."""

from collections.abc import Iterator, Mapping, Sequence

from prepvault.model.site import InterviewPage, SiteModel, Standing

_STORIES, _ASK, _EXPECT, _MIND = 5, 4, 4, 2
_MINDED = ("You promised", "Open doubts", "Went badly before", "Say", "Watch", "Pay said", "They promised")
"""Which lines of the brief belong on the sheet, in the order in which they matter at the door."""


def sheet_of(page: InterviewPage, site: SiteModel, brief: Mapping[str, object]) -> Mapping[str, object]:
    """Pick what the sheet shows; nothing once the interview is over."""
    if page.standing is not Standing.UPCOMING:
        return {}
    coaching = page.coaching
    stories, gaps = _rows(brief, "stories"), _rows(brief, "gaps")
    return {
        "first": page.progress.next_items,
        "needs": _rows(brief, "needs"),
        "stories": stories[:_STORIES],
        "gaps": tuple(title for title, _ in gaps[: _STORIES - len(stories)]) if stories else (),
        "ask": tuple(each.text for each in coaching.ask[:_ASK]),
        "expect": tuple(each.text for each in coaching.questions[:_EXPECT]),
        "mind": tuple(_mind(brief)),
    }


def _rows(brief: Mapping[str, object], name: str) -> Sequence[tuple[str, str]]:
    found = brief.get(name, ())
    return found if isinstance(found, tuple) else ()


def _mind(brief: Mapping[str, object]) -> Iterator[tuple[str, Sequence[str]]]:
    """The lines to keep in mind, each kind with at most a few."""
    lines = dict(_rows(brief, "lines"))
    for label in _MINDED:
        if texts := lines.get(label):
            yield label, tuple(texts)[:_MIND]
