"""Coaching: the cards that one interview gets, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from prepvault.model.card import (
    Audience,
    Family,
    Format,
    Guide,
    Item,
    LatePlan,
    Norms,
    Question,
    Standing,
    Text,
)
from prepvault.model.competency import Competency
from prepvault.model.dossier import Dossier
from prepvault.model.interview import Person
from prepvault.model.seniority import Seniority


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One person across the table: who they are by their title, and what to ask them.

    `audience` is None when the note gives the person no title; `sessions` are the parts of a long day with
    them. What is asked of one person is not asked of the others.
    """

    person: Person
    audience: Audience | None = None
    ask: tuple[Question, ...] = ()
    sessions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coaching:
    """What was picked for one interview, or for a type and a role without a note.

    `family_is_assumed` is true when the family was guessed from the title with a confidence below 0.75.
    `audience_is_inferred` is true when no interviewer's title told who sits across the table. `panel` seats
    everyone whom the note names. `guide` is fitted to format and length. `format` is the kind within the type
    that the note names, `assumed_format` the one that items are picked for where it names none. `late` is the
    plan for a late booking. `slots` are the values that texts may name.
    `missing` are names of `prepvault.model.missing`, the one to ask first first. `competencies` are those of
    the library, to call tags by their titles. Items and questions have their final wording: `told` was
    settled when they were picked. `audiences` hold the picked questions only.
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
    dossier: Dossier = field(default_factory=Dossier)
    format: Format | None = None
    assumed_format: Format | None = None
    seniority: Seniority = Seniority.UNKNOWN
    standing: tuple[Standing, ...] = ()
    norms: Norms | None = None
    late: LatePlan | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    panel: tuple[Seat, ...] = ()
    competencies: Mapping[str, Competency] = field(default_factory=dict)

    def gist(self) -> "Coaching":
        """What other pages than the interview's own ask for: family, debrief, likely questions."""
        own = self.dossier.own
        return Coaching(
            guide=None,
            items=(),
            family=replace(self.family, areas=(), questions=(), demand=()),
            family_is_assumed=self.family_is_assumed,
            questions=self.questions if own.asked else (),
            audiences=(),
            audience_is_inferred=self.audience_is_inferred,
            ask=(),
            star=Text("", "", ""),
            strengths=Text("", "", ""),
            dossier=Dossier(own=own),
        )
