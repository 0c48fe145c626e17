"""Coaching: the cards that one interview gets, and why."""

from dataclasses import dataclass

from prepvault.model.card import Audience, Family, Guide, Item, Question, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Coaching:
    """What was picked for one interview, or for a type and a role without a note.

    `family_is_assumed` is true when the family was guessed from the title with a confidence below 0.75.
    `audience_is_inferred` is true when no interviewer's title told who sits across the table.
    """

    guide: Guide | None
    items: tuple[Item, ...]
    family: Family
    family_is_assumed: bool
    questions: tuple[Question, ...]
    audiences: tuple[Audience, ...]
    audience_is_inferred: bool
    ask: tuple[Question, ...]
    star: Text
    strengths: Text
