"""A dossier: everything the vault knows about one interview besides its own note's properties."""

from dataclasses import dataclass, field

from prepvault.model.about import About
from prepvault.model.company import Company
from prepvault.model.competency import Demand
from prepvault.model.debrief import Debrief
from prepvault.model.interview import Interview
from prepvault.model.matching import StoryMatch
from prepvault.model.posting import Posting


@dataclass(frozen=True, slots=True)
class Round:
    """An earlier interview of the same application, or else with the same company, and its debrief."""

    interview: Interview
    debrief: Debrief
    is_same_loop: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What is known; every part may be empty. `earlier` is in order of time, `demands` most asked first."""

    posting: Posting | None = None
    company: Company | None = None
    earlier: tuple[Round, ...] = ()
    own: Debrief = field(default_factory=Debrief)
    about: About = field(default_factory=About)
    demands: tuple[Demand, ...] = ()
    match: StoryMatch = field(default_factory=StoryMatch)

    @property
    def open_doubts(self) -> tuple[str, ...]:
        """Doubts from earlier rounds of this application, the latest round's first."""
        rounds = (each for each in reversed(self.earlier) if each.is_same_loop)
        return tuple(dict.fromkeys(doubt for each in rounds for doubt in each.debrief.doubts))

    @property
    def gap_questions(self) -> tuple[str, ...]:
        """Questions answered badly before with this company, the latest round's first."""
        rounds = reversed(self.earlier)
        return tuple(dict.fromkeys(asked.text for each in rounds for asked in each.debrief.gaps))
