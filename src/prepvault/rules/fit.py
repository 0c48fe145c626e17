"""How well a story answers a competency, 0 to 3, and what lowered that, in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from prepvault.model.competency import Competency
from prepvault.model.story import SCOPES, Story
from prepvault.rules.competencies import tag_of

READY, WORN = 3, 3
"""The strength from which a story counts as ready, and the uses from which it counts as worn."""

HEARD = "they have heard it"
"""Why a story is worth less where it was told before."""

UNWRITTEN = "it is not written yet"
"""Why a story that was only begun answers nothing."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one story answers one competency; `raw` is before what was told and how far it reached."""

    value: int = 0
    raw: int = 0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hearing:
    """What one interview makes of stories: what was told, what they heard, how far a story should reach.

    `told` counts uses by story id, `heard` are ids; `scope` is an index of SCOPES.
    """

    told: Mapping[str, int]
    heard: frozenset[str]
    scope: int


def fit_of(story: Story, tag: str, hearing: Hearing, competencies: Mapping[str, Competency]) -> Fit:
    """Weigh one story for one competency; a retired one fits nothing."""
    raw, why = (0, ()) if story.retired else _raw_fit(story, tag, competencies)
    if not raw:
        return Fit()
    if is_unwritten(story):
        return Fit(0, raw, (UNWRITTEN,))
    lowered = tuple(_lowered(story, hearing))
    return Fit(max(raw - len(lowered), 0), raw, (*why, *lowered))


def is_unwritten(story: Story) -> bool:
    """Tell whether the note has the headings of a story, but neither action nor result yet."""
    return bool(story.parts) and not (story.part("action").strip() or story.part("result").strip())


def newest_year(story: Story) -> int:
    """The last year that `when` names, 0 where it names none."""
    return max((int(year) for year in _YEAR.findall(story.when)), default=0)


def scope_of(story: Story) -> int | None:
    """How far the story reached, as an index of SCOPES; None when the note does not say."""
    return SCOPES.index(story.scope) if story.scope in SCOPES else None


def _raw_fit(story: Story, tag: str, competencies: Mapping[str, Competency]) -> tuple[int, tuple[str, ...]]:
    """What the story's own note says: main competency, shown beside another, or to be turned to it."""
    strength = story.strength
    if tag_of(story.primary, competencies) == tag:
        if strength >= READY:
            return 3, ()
        return (1 if strength == 1 else 2), (f"strength {strength} of 4" if strength else "not scored yet",)
    if any(tag_of(each, competencies) == tag for each in story.secondary):
        return (1, ("strength 1 of 4",)) if strength == 1 else (2, ())
    if any(tag_of(each, competencies) == tag for each in story.reframes):
        return 1, ("it has to be turned towards it",)
    return 0, ()


def _lowered(story: Story, hearing: Hearing) -> list[str]:
    found = []
    if story.id in hearing.heard:
        found.append(HEARD)
    if hearing.told.get(story.id, 0) >= WORN:
        found.append(f"told {hearing.told[story.id]} times in this search")
    scope = scope_of(story)
    if scope is not None and scope < hearing.scope:
        found.append(f"it reached {_REACH[scope]}, and this role is asked for more")
    return found


_REACH = ("only your own work", "one team", "several teams", "the whole organisation")
