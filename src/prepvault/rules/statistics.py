"""Figures from the notes' history: counts, rates with their interval, the ladder of stages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt

from prepvault.model.figures import AskedFigures, Count, Rate, Stage, Statistics, Week
from prepvault.model.interview import Interview, InterviewType, Outcome, Status
from prepvault.model.site import Loop
from prepvault.model.zones import zone_of
from prepvault.rules.overview import within
from prepvault.rules.slugs import slug_of

LADDER: tuple[tuple[str, str, frozenset[InterviewType]], ...] = (
    ("screen", "Screening", frozenset({InterviewType.PHONE_SCREEN, InterviewType.VIDEO_INTERVIEW})),
    ("skills", "Technical or behavioral", frozenset({InterviewType.TECHNICAL, InterviewType.BEHAVIORAL})),
    ("onsite", "On-site or panel", frozenset({InterviewType.ON_SITE, InterviewType.PANEL})),
    ("final", "Final round", frozenset({InterviewType.FINAL_ROUND})),
)
_Z = 1.96
_WEEKS_BACK, _WEEKS_AHEAD = 11, 4


def wilson(won: int, n: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share; from 0 to 1 while nothing is decided."""
    if not n:
        return 0.0, 1.0
    share, square = won / n, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    spread = _Z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - spread), min(1.0, middle + spread)


def rate(key: str, label: str, won: Sequence[str], decided: Sequence[str]) -> Rate:
    """Make a rate with its interval."""
    low, high = wilson(len(won), len(decided))
    return Rate(key, label, tuple(won), tuple(decided), low, high)


def statistics(
    interviews: Sequence[Interview],
    loops: Sequence[Loop],
    now: datetime,
    zone: str,
    *,
    days: int = 7,
    asked: AskedFigures | None = None,
) -> Statistics:
    """Work out every figure; success is advanced or offer of what is decided, `asked` comes from debriefs."""
    ids = tuple(each.id for each in interviews)
    ahead = within(interviews, now, timedelta(days=days))
    done = [each.id for each in interviews if each.status is Status.COMPLETED]
    return Statistics(
        total=Count("total", "Interviews", ids),
        next_days=Count("next", f"Next {days} days", tuple(each.id for each in ahead)),
        completed=Count("completed", "Completed", tuple(done)),
        success=_success("success", "Success rate", interviews),
        by_type=_counts("type", interviews, lambda each: each.type_label, _TYPE_ORDER),
        by_status=_counts("status", interviews, lambda each: each.status.label, _STATUS_ORDER),
        by_outcome=_counts("outcome", interviews, _outcome_label, _OUTCOME_ORDER),
        by_company=_counts("company", interviews, lambda each: each.company, ()),
        rates_by_type=_rates("rate-type", interviews, lambda each: each.type_label),
        rates_by_role=_rates("rate-role", interviews, lambda each: each.role),
        rates_by_company=_rates("rate-company", interviews, lambda each: each.company),
        applications=len(loops),
        stages=stages_of(loops, {each.id: each for each in interviews}),
        weeks=_weeks(interviews, now, zone),
        asked=asked or AskedFigures(),
    )


_TYPE_ORDER = tuple(each.label for each in InterviewType)
_STATUS_ORDER = tuple(each.label for each in Status)
_OUTCOME_ORDER = tuple(each.label for each in Outcome)


def _outcome_label(interview: Interview) -> str:
    return interview.outcome.label if interview.outcome else ""


def _groups(interviews: Iterable[Interview], label: Callable[[Interview], str]) -> dict[str, list[Interview]]:
    """Group by label, letter case aside; an empty label is left out."""
    groups: dict[str, list[Interview]] = {}
    names: dict[str, str] = {}
    for interview in interviews:
        text = " ".join(label(interview).split())
        if text:
            groups.setdefault(names.setdefault(text.casefold(), text), []).append(interview)
    return groups


def _keyed(prefix: str, labels: Iterable[str]) -> dict[str, str]:
    """Give each label a key for links, unique under the prefix."""
    keys: dict[str, str] = {}
    for label in labels:
        key = f"{prefix}-{slug_of(label)}"
        while key in keys.values():
            key += "-2"
        keys[label] = key
    return keys


def _counts(
    prefix: str,
    interviews: Iterable[Interview],
    label: Callable[[Interview], str],
    order: tuple[str, ...],
) -> tuple[Count, ...]:
    groups = _groups(interviews, label)
    place = {name: index for index, name in enumerate(order)}
    names = sorted(
        groups, key=lambda name: (place.get(name, len(place)), -len(groups[name]), name.casefold())
    )
    keys = _keyed(prefix, names)
    return tuple(Count(keys[name], name, tuple(each.id for each in groups[name])) for name in names)


def _success(key: str, label: str, interviews: Iterable[Interview]) -> Rate:
    decided = [each for each in interviews if each.outcome and each.outcome.is_decided]
    won = [each.id for each in decided if each.outcome and each.outcome.is_success]
    return rate(key, label, won, [each.id for each in decided])


def _rates(
    prefix: str, interviews: Iterable[Interview], label: Callable[[Interview], str]
) -> tuple[Rate, ...]:
    groups = _groups(interviews, label)
    keys = _keyed(prefix, groups)
    rates = [_success(keys[name], name, group) for name, group in groups.items()]
    return tuple(
        sorted((each for each in rates if each.n), key=lambda each: (-each.n, each.label.casefold()))
    )


def stages_of(loops: Sequence[Loop], interviews: Mapping[str, Interview]) -> tuple[Stage, ...]:
    """Climb the ladder: which loops had each stage, and what share of the settled went on from it.

    A loop had a stage only when an interview of that stage took place or is booked; a rejection never
    takes it back, and nothing is inferred for rounds that were skipped. At its highest stage it is settled
    by the outcome of its latest interview; while that is pending it counts in no share.
    """
    climbs = {loop.key: _climb([interviews[each] for each in loop.ids]) for loop in loops}
    stages = []
    for step, (key, label, _types) in enumerate(LADDER):
        reached = tuple(name for name, climb in climbs.items() if step in climb.rungs)
        onward = [name for name in reached if climbs[name].top > step or climbs[name].went_on]
        settled = [name for name in reached if name in onward or climbs[name].is_settled]
        stages.append(Stage(key, label, reached, rate(f"onward-{key}", label, onward, settled)))
    offers = tuple(name for name, climb in climbs.items() if climb.has_offer)
    return (*stages, Stage("offer", "Offer", offers, None))


@dataclass(frozen=True, slots=True)
class _Climb:
    """The rungs that a loop stood on, its highest (-1 for none) and what its latest interview decided."""

    rungs: frozenset[int]
    top: int
    has_offer: bool
    went_on: bool
    is_settled: bool


def _climb(rounds: Sequence[Interview]) -> _Climb:
    held = [each for each in rounds if each.status is not Status.CANCELLED]
    rungs = frozenset(
        step for each in held for step, (_, _, types) in enumerate(LADDER) if each.type in types
    )
    has_offer = any(each.outcome is Outcome.OFFER for each in held)
    last = max(held, key=lambda each: (each.starts, each.id)).outcome if held else None
    went_on = has_offer or last is Outcome.ADVANCED
    return _Climb(rungs, max(rungs, default=-1), has_offer, went_on, last not in {None, Outcome.PENDING})


def _weeks(interviews: Sequence[Interview], now: datetime, zone: str) -> tuple[Week, ...]:
    here = zone_of(zone)
    today = now.astimezone(here).date()
    first = today - timedelta(days=today.weekday(), weeks=_WEEKS_BACK)
    mondays = [first + timedelta(weeks=step) for step in range(_WEEKS_BACK + 1 + _WEEKS_AHEAD)]
    by_week: dict[date, list[str]] = {}
    for interview in interviews:
        if interview.status is not Status.CANCELLED:
            day = interview.starts.astimezone(here).date()
            by_week.setdefault(day - timedelta(days=day.weekday()), []).append(interview.id)
    return tuple(Week(monday, tuple(by_week.get(monday, ()))) for monday in mondays)
