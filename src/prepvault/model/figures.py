"""Figures: counts and rates that know the notes they count."""

from dataclasses import dataclass, field
from datetime import date
from statistics import median

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
    """A share: `won` of `decided`, with its 95 % Wilson interval; both hold interview or loop ids.

    A share of questions holds their interview's id once for each question.
    """

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
        if not self.n:
            return f"nothing {word} yet"
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
    """A step of applications: those that had an interview of it, and how many of the settled went on.

    Every one of `loops` went on, ended here or is still open. An offer has no `onward`, and nothing after it.
    """

    key: str
    label: str
    loops: tuple[str, ...]
    onward: Rate | None

    @property
    def went_on(self) -> tuple[str, ...]:
        """The loops that had something after it, or were told that they will."""
        return self.onward.won if self.onward else ()

    @property
    def ended(self) -> tuple[str, ...]:
        """The loops for which it was the last step."""
        return tuple(each for each in self.onward.decided if each not in self._won) if self.onward else ()

    @property
    def still_open(self) -> tuple[str, ...]:
        """The loops that wait there for an answer."""
        settled = frozenset(self.onward.decided if self.onward else self.loops)
        return tuple(each for each in self.loops if each not in settled)

    @property
    def _won(self) -> frozenset[str]:
        return frozenset(self.went_on)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole days from one point of an application to another; `ids` are the interviews it is measured by."""

    loop: str
    ids: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class Span:
    """How long something takes: the stretches that are over, and those still waiting with their days so far.

    `overdue` are the waiting ones whose promised day has gone by; `what` says in a sentence what is measured.
    """

    key: str
    label: str
    what: str
    known: tuple[Stretch, ...]
    waiting: tuple[Stretch, ...] = ()
    overdue: tuple[Stretch, ...] = ()

    @property
    def n(self) -> int:
        """How many are known from beginning to end."""
        return len(self.known)

    @property
    def is_told(self) -> bool:
        """True when enough are known to name a median."""
        return self.n >= FEWEST

    @property
    def median(self) -> float:
        """The middle of the known ones in days; 0 while there are none."""
        return median(each.days for each in self.known) if self.known else 0.0

    @property
    def least(self) -> int:
        """The shortest that is known."""
        return min((each.days for each in self.known), default=0)

    @property
    def most(self) -> int:
        """The longest that is known."""
        return max((each.days for each in self.known), default=0)


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

    `change` is the mean of the later half less that of the earlier one, None with fewer than four. `points`
    are the scores in order of start, each with its interview.
    """

    dimension: str
    mean: float
    n: int
    change: float | None
    points: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question from a debrief: how its answer went, the competency it is about in words, both may be empty.

    `was_listed` tells whether PrepVault had it among the likely ones.
    """

    interview_id: str
    type_label: str
    text: str
    mark: str
    about: str
    was_listed: bool

    @property
    def is_gap(self) -> bool:
        """True when the answer went badly."""
        return self.mark == "gap"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFigures:
    """What debriefs tell together: `ids` are the interviews that have one, in order of start.

    `questions` are all that was asked, `listed` the share that PrepVault had listed among the likely ones.
    `repeated` are questions asked more than once and in which interviews; `gaps` are competencies of answers
    that went badly, with how often.
    """

    ids: tuple[str, ...] = ()
    questions: tuple[AskedQuestion, ...] = ()
    listed: Rate | None = None
    listed_by_type: tuple[Rate, ...] = ()
    marks: tuple[MarkCount, ...] = ()
    trends: tuple[Trend, ...] = ()
    repeated: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gaps: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        """How many questions were asked."""
        return len(self.questions)

    @property
    def predicted(self) -> int:
        """How many of them PrepVault had listed."""
        return len(self.listed.won) if self.listed else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Every figure of the dashboard, each with the notes behind it; `stages` are of all `applications`.

    `steps` tell of each type of interview what `stages` tell of each stage. `unanswered` are the interviews
    that are over without an outcome in their note.
    """

    total: Count
    next_days: Count
    completed: Count
    success: Rate
    by_type: tuple[Count, ...] = ()
    by_status: tuple[Count, ...] = ()
    by_outcome: tuple[Count, ...] = ()
    by_company: tuple[Count, ...] = ()
    by_family: tuple[Count, ...] = ()
    unanswered: Count = field(default_factory=lambda: Count("unanswered", "Over without an outcome", ()))
    rates_by_type: tuple[Rate, ...] = ()
    rates_by_role: tuple[Rate, ...] = ()
    rates_by_family: tuple[Rate, ...] = ()
    rates_by_company: tuple[Rate, ...] = ()
    applications: int = 0
    stages: tuple[Stage, ...] = ()
    steps: tuple[Stage, ...] = ()
    times: tuple[Span, ...] = ()
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
            *self.by_family,
            self.unanswered,
        )

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Every rate over interviews, in the order in which the statistics page lists them."""
        by_group = (self.rates_by_type, self.rates_by_role, self.rates_by_family, self.rates_by_company)
        return (self.success, *(each for group in by_group for each in group))
