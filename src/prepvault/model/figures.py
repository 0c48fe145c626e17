"""Figures: counts and rates that know the notes they count."""

from dataclasses import dataclass, field
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

    def basis(self, word: str = "decided") -> str:
        """Say what the share rests on, its interval where that is little; `word` names those it is of."""
        counted = f"{len(self.won)} of {self.n} {word}"
        if not self.is_told:
            return f"{counted}, too few to say"
        spread = f", likely {round(self.low * 100)} to {round(self.high * 100)} %"
        return f"{counted}{spread}" if self.is_small else counted

    def told(self, word: str = "decided") -> str:
        """Say the share in percent with what it rests on; without a percentage where that is too little."""
        basis = self.basis(word)
        return f"{round(self.share * 100)} % ({basis})" if self.is_told else basis


@dataclass(frozen=True, slots=True)
class Stage:
    """A rung of the ladder: the loops that had an interview of it, and how many of the settled went on."""

    key: str
    label: str
    loops: tuple[str, ...]
    onward: Rate | None


@dataclass(frozen=True, slots=True)
class Week:
    """The interviews of one week, which begins on `monday` in the vault's zone."""

    monday: date
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkCount:
    """How many questions were answered like that; `ids` are the interviews they were asked in, in order."""

    mark: str
    number: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """One dimension of the self-score: its mean from 1 to 4 over `n` interviews, and how it moved.

    `change` is the mean of the later half less that of the earlier one, None with fewer than four.
    """

    dimension: str
    mean: float
    n: int
    change: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFigures:
    """What debriefs tell together: `ids` are the interviews that have one, in order of start.

    `total` counts the questions asked, `predicted` those of them that PrepVault had listed among the likely
    ones. `repeated` are questions asked more than once and in which interviews; `gaps` are competencies, or
    topics, of answers that went badly, with how often.
    """

    ids: tuple[str, ...] = ()
    total: int = 0
    predicted: int = 0
    marks: tuple[MarkCount, ...] = ()
    trends: tuple[Trend, ...] = ()
    repeated: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gaps: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Every figure of the dashboard, each with the notes behind it; `stages` are of all `applications`."""

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
    applications: int = 0
    stages: tuple[Stage, ...] = ()
    weeks: tuple[Week, ...] = ()
    asked: AskedFigures = field(default_factory=AskedFigures)

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
