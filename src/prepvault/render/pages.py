"""What a page is: its path, its template, what the template is given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from prepvault.model.card import PHASE_TITLES, PHASES, Item
from prepvault.model.interview import Interview
from prepvault.model.site import ItemState, SiteModel


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML file to come; `shows_state` pages tell what was true at the build, and so name its moment."""

    path: str
    template: str
    heading: str
    values: Mapping[str, object] = field(default_factory=dict)
    current: str = ""
    shows_state: bool = False

    @property
    def root(self) -> str:
        """The way from this page to the site's root."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, slots=True)
class Phase:
    """The checklist items of one phase, and how long before the start or after the end they fall due."""

    label: str
    states: tuple[ItemState, ...]
    due: object = None

    @property
    def undone(self) -> int:
        """How many are neither ticked nor struck."""
        return sum(not state.is_done and not state.is_dropped for state in self.states)


_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "min": timedelta(minutes=1)}


def phase_offset(phase: str) -> timedelta:
    """How far a phase is from the start (negative) or the end (positive)."""
    sign = -1 if phase.startswith("T-") else 1
    digits = "".join(each for each in phase if each.isdigit())
    unit = phase[2 + len(digits) :]
    return sign * int(digits) * _UNITS[unit]


def phases_of(states: Iterable[ItemState], interview: Interview | None = None) -> tuple[Phase, ...]:
    """Group a checklist by phase, in the order of time; unknown phases come last under their own name."""
    groups: dict[str, list[ItemState]] = {phase: [] for phase in PHASES}
    for state in states:
        groups.setdefault(state.item.phase, []).append(state)
    return tuple(
        Phase(PHASE_TITLES.get(phase, phase), tuple(group), _due(phase, interview))
        for phase, group in groups.items()
        if group
    )


def _due(phase: str, interview: Interview | None) -> object:
    if interview is None or phase not in PHASE_TITLES:
        return None
    offset = phase_offset(phase)
    return (interview.starts if offset < timedelta(0) else interview.ends) + offset


def blank_states(items: Iterable[Item]) -> tuple[ItemState, ...]:
    """A checklist with nothing ticked."""
    return tuple(ItemState(item) for item in items)


def interview_path(site: SiteModel, interview_id: str) -> str:
    """Where an interview's page is, from the site's root."""
    return f"interviews/{site.interviews[interview_id].slug}.html"
