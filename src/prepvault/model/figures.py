"""Figures: counts and rates that know the notes they count."""

from dataclasses import dataclass
from datetime import date

FEWEST = 5
"""Below this many decided interviews a rate is not told."""

SMALL = 30
"""Below this many, a rate is told with its interval."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and which: `ids` are interview ids in order of start; `key` names the figure in links."""

    key: str
    label: str
    ids: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many interviews were counted."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share: `won` of `decided`, with its 95 % Wilson interval; both hold interview or loop ids."""

    key: str
    label: str
    won: tuple[str, ...]
    decided: tuple[str, ...]
    low: float
    high: float

    @property
    def n(self) -> int:
        """How many were decided."""
        return len(self.decided)

    @property
    def share(self) -> float:
        """The share between 0 and 1; 0 while nothing is decided."""
        return len(self.won) / len(self.decided) if self.decided else 0.0

    @property
    def is_told(self) -> bool:
        """True when enough is decided to name a percentage at all."""
        return self.n >= FEWEST

    @property
    def is_small(self) -> bool:
        """True when the percentage must come with its interval."""
        return self.n < SMALL


@dataclass(frozen=True, slots=True)
class Stage:
    """A rung of the ladder: the loops that ever reached it, and how many of the settled ones went on."""

    key: str
    label: str
    loops: tuple[str, ...]
    onward: Rate | None


@dataclass(frozen=True, slots=True)
class Week:
    """The interviews of one week, which begins on `monday` in the vault's zone."""

    monday: date
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Every figure of the dashboard, each with the notes behind it."""

    total: Count
    next_days: Count
    completed: Count
    success: Rate
    by_type: tuple[Count, ...] = ()
    by_status: tuple[Count, ...] = ()
    by_outcome: tuple[Count, ...] = ()
    by_company: tuple[Count, ...] = ()
    rates_by_type: tuple[Rate, ...] = ()
    rates_by_role: tuple[Rate, ...] = ()
    rates_by_company: tuple[Rate, ...] = ()
    stages: tuple[Stage, ...] = ()
    weeks: tuple[Week, ...] = ()

    @property
    def counts(self) -> tuple[Count, ...]:
        """Every count, in the order in which the statistics page lists them."""
        return (
            self.total,
            self.next_days,
            self.completed,
            *self.by_type,
            *self.by_status,
            *self.by_outcome,
            *self.by_company,
        )

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Every rate over interviews, in the order in which the statistics page lists them."""
        return (self.success, *self.rates_by_type, *self.rates_by_role, *self.rates_by_company)
