"""Which competencies the story bank can show, what upcoming interviews ask for, and where the gaps are."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from prepvault.model.bank import CoverageCell, CoverageRow, Need
from prepvault.model.competency import COMPETENCIES, Competency
from prepvault.model.dossier import Dossier
from prepvault.model.interview import Interview
from prepvault.model.site import Coverage
from prepvault.model.story import Story
from prepvault.rules.competencies import tag_of, title_of

__all__ = ["COMPETENCIES", "Asked", "coverage", "needs_of"]

Asked = Sequence[tuple[Interview, Dossier]]
"""Interviews to come, each with what is known about it."""

_NONE: Mapping[str, Competency] = MappingProxyType({})
_WELL = 2


def coverage(
    stories: Sequence[Story], asked: Asked = (), competencies: Mapping[str, Competency] = _NONE
) -> Coverage:
    """Lay out the matrix: what is asked most first, then the rest of the sixteen, then the user's own.

    Retired stories cover nothing.
    """
    needs = {each.tag: each for each in needs_of(asked, competencies)}
    shown = {tag_of(tag, competencies) for story in stories for tag in story.tags}
    tags = dict.fromkeys((*needs, *COMPETENCIES, *sorted(shown)))
    table = tuple(
        _row(needs.get(tag) or Need(tag, title_of(tag, competencies), 0), stories, asked, competencies)
        for tag in tags
    )
    return Coverage(
        rows=tuple((row.need.tag, tuple(_plain(cell.mark) for cell in row.cells)) for row in table),
        gaps=tuple(row.need.tag for row in table if row.is_gap),
        table=table,
    )


def needs_of(asked: Asked, competencies: Mapping[str, Competency] = _NONE) -> tuple[Need, ...]:
    """Add up what interviews ask for, most first; each counts with the competencies it is prepared for."""
    weights: dict[str, int] = {}
    where: dict[str, tuple[list[str], list[str], list[str]]] = {}
    for interview, dossier in asked:
        for row in dossier.match.rows:
            tag = row.demand.tag
            weights[tag] = weights.get(tag, 0) + row.demand.weight
            asked_by, open_in, shared_in = where.setdefault(tag, ([], [], []))
            asked_by.append(interview.id)
            if row.fit < _WELL:
                open_in.append(interview.id)
            elif row.is_shared:
                shared_in.append(interview.id)
    order = sorted(weights, key=lambda tag: (-weights[tag], -len(where[tag][0])))
    return tuple(
        Need(tag, title_of(tag, competencies), weights[tag], *(tuple(ids) for ids in where[tag]))
        for tag in order
    )


def _row(
    need: Need, stories: Sequence[Story], asked: Asked, competencies: Mapping[str, Competency]
) -> CoverageRow:
    told = [
        (row.story.path, interview.id)
        for interview, dossier in asked
        for row in dossier.match.rows
        if row.story and row.demand.tag == need.tag and not row.is_shared
    ]
    return CoverageRow(
        need,
        tuple(
            CoverageCell(
                _mark(story, need.tag, competencies),
                tuple(where for path, where in told if path == story.path),
            )
            for story in stories
        ),
    )


def _mark(story: Story, tag: str, competencies: Mapping[str, Competency]) -> str:
    if story.retired:
        return ""
    if tag_of(story.primary, competencies) == tag:
        return "primary"
    if any(tag_of(each, competencies) == tag for each in story.secondary):
        return "secondary"
    return "reframe" if any(tag_of(each, competencies) == tag for each in story.reframes) else ""


def _plain(mark: str) -> str:
    return "" if mark == "reframe" else mark
