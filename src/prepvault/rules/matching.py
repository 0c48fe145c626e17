"""Assign stories to what an interview asks for, so that together they answer as much as they can."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from prepvault.model.card import Library
from prepvault.model.competency import Demand
from prepvault.model.interview import Interview
from prepvault.model.matching import MatchRow, StoryMatch
from prepvault.model.posting import Posting
from prepvault.model.story import Story
from prepvault.rules.assignment import assign
from prepvault.rules.competencies import tags_in
from prepvault.rules.fit import HEARD, Fit, Hearing, fit_of, newest_year
from prepvault.rules.gap_advice import gap_advice, nearest_story, sharing_advice
from prepvault.rules.minutes import story_range
from prepvault.rules.prose import find_phrases
from prepvault.rules.seniority import seniority_of

LEAST_ROWS, MOST_ROWS = 5, 10
"""However few stories a type asks for, so many competencies are worth an answer; and no more than so many."""

_WORTH = (0, 1, 4, 9)
"""What a fit of 0 to 3 is worth, times the weight of what is asked."""


def match_stories(
    interview: Interview,
    demands: Sequence[Demand],
    stories: Sequence[Story],
    library: Library,
    *,
    told: Mapping[str, int],
    heard: frozenset[str] = frozenset(),
    posting: Posting | None = None,
) -> StoryMatch:
    """Assign each story at most once, the sum of weight times squared fit as high as it can be.

    `told` counts the uses of a story in this search by its id; `heard` are ids of stories that this company,
    or anybody who sits there now, heard before. Of equal sums the one with newer stories wins, then the one
    whose numbers are confirmed. What is left without a story of its own shares the best one there is; the
    words of the `posting` help to find what comes nearest to a gap.
    """
    guide = library.guides.get(interview.type) if interview.type else None
    least, most = story_range(guide, interview.minutes) if guide else (0, 0)
    asked = tuple(demands)[: min(max(most, LEAST_ROWS), MOST_ROWS)]
    hearing = Hearing(told, heard, seniority_of(interview.role).scope)
    bank = tuple(sorted((each for each in stories if not each.retired), key=_rank))
    fits = tuple(
        tuple(fit_of(each, demand.tag, hearing, library.competencies) for each in bank) for demand in asked
    )
    table = _Table(asked, bank, fits, assign(_values(asked, fits)), heard, posting)
    return StoryMatch(tuple(table.row(at, library) for at in range(len(asked))), least, most)


def _rank(story: Story) -> tuple[object, ...]:
    """Order by age, then provenance, then strength: the story to prefer among equals stands last."""
    confirmed = sum(fact.is_confirmed for fact in story.facts)
    return newest_year(story), confirmed, story.strength, story.id, story.path


def _values(asked: Sequence[Demand], fits: Sequence[Sequence[Fit]]) -> list[list[int]]:
    """What each pair is worth, in whole numbers: the rank in the bank only ever decides between equals."""
    scale = max((len(row) for row in fits), default=0) * len(fits) + 1
    return [
        [
            demand.weight * _WORTH[fit.value] * scale + rank + 1 if fit.value else 0
            for rank, fit in enumerate(row)
        ]
        for demand, row in zip(asked, fits, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Table:
    """The asked competencies against the bank, and the column that each row was given."""

    asked: tuple[Demand, ...]
    bank: tuple[Story, ...]
    fits: tuple[tuple[Fit, ...], ...]
    chosen: tuple[int | None, ...]
    heard: frozenset[str]
    posting: Posting | None

    def row(self, at: int, library: Library) -> MatchRow:
        """Write one row: its story and a backup, else the story it shares, else what comes nearest."""
        demand, fits = self.asked[at], self.fits[at]
        column = self.chosen[at]
        is_shared = column is None and any(fit.value for fit in fits)
        if column is None and is_shared:
            column = max(range(len(fits)), key=lambda each: (fits[each].value, each))
        if column is None:
            return self._gap(demand, fits, library)
        row = MatchRow(demand, self.bank[column], fits[column].value, why=fits[column].why)
        backup = self._backup(at, column)
        if backup is not None:
            spare = self.bank[backup]
            row = replace(row, backup=spare, backup_fit=fits[backup].value)
            row = replace(row, is_backup_heard=spare.id in self.heard)
        if is_shared:
            first = self.asked[self.chosen.index(column)].tag
            row = replace(row, is_shared=True, advice=sharing_advice(demand.tag, first, library.competencies))
        return row

    def _backup(self, at: int, column: int) -> int | None:
        """The next best story; one that no row needs is preferred to a slightly better one that is needed."""
        fits = self.fits[at]
        others = [each for each, fit in enumerate(fits) if fit.value and each != column]
        is_needed = set(self.chosen)
        return max(others, key=lambda each: (2 * fits[each].value - (each in is_needed), each), default=None)

    def _gap(self, demand: Demand, fits: Sequence[Fit], library: Library) -> MatchRow:
        fitting = [each for each, fit in enumerate(fits) if fit.raw]
        at = max(fitting, key=lambda each: (fits[each].raw, each), default=None)
        if at is not None:
            advice = gap_advice(demand.tag, self.bank[at], fits[at].why, library.competencies)
            return MatchRow(demand, None, 0, why=fits[at].why, nearest=self.bank[at], advice=advice)
        wanted = _words_for(demand.tag, self.posting, library)
        near = nearest_story(demand.tag, self.bank, library.competencies, wanted=wanted, heard=self.heard)
        is_heard = near is not None and near.story.id in self.heard
        advice = gap_advice(
            demand.tag,
            near.story if near else None,
            (),
            library.competencies,
            words=near.words if near else (),
            is_heard=is_heard,
        )
        why = (HEARD,) if is_heard else ()
        return MatchRow(demand, None, 0, why=why, nearest=near.story if near else None, advice=advice)


def _words_for(tag: str, posting: Posting | None, library: Library) -> tuple[str, ...]:
    """The posting's own words in the lines of it that ask for a competency."""
    if posting is None:
        return ()
    lines = (*posting.musts, *posting.owns, *posting.nices, *posting.supports)
    known = {each.id: each for each in library.competencies.values() if each.id == tag}
    text = "\n".join(line for line in lines if tags_in(line, known))
    return find_phrases(text, [each.word for each in posting.keywords]) if text else ()
