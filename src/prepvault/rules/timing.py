"""How long applications take, in whole days of the user's calendar; only what two notes' dates tell."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise

from prepvault.model.figures import Span, Stretch
from prepvault.model.interview import Interview, Outcome, Status
from prepvault.model.site import Loop
from prepvault.model.zones import zone_of
from prepvault.rules.agenda import local_day
from prepvault.rules.funnel import LADDER, Rounds, rounds_of, step_of

_OPEN = frozenset({None, Outcome.PENDING, Outcome.ADVANCED})
_UNDECIDED = frozenset({None, Outcome.PENDING})
_NEXT = "From a round to the next one of the same application, whether held or booked."
_FROM = "From the last round of this stage to whatever round came next."
_REPLY = "From an interview to the day they promised an answer by; no note holds the day on which it came."
_OFFER = "From an application's first round to the interview that brought the offer."


def times_of(
    loops: Sequence[Loop], interviews: Mapping[str, Interview], now: datetime, zone: str
) -> tuple[Span, ...]:
    """Measure between rounds, up to the promised answer and up to the offer; what is empty is left out."""
    rounds = rounds_of(loops, interviews)
    clock = _Clock(now, zone)
    between = tuple(each for key, held in rounds.items() for each in _between(key, held, clock))
    waiting = tuple(each for key, held in rounds.items() for each in _waiting(key, held, clock))
    spans = [
        Span("time-next", "Any round to the next", _NEXT, between, waiting),
        *_by_stage(between, waiting, interviews),
        _promised(loops, interviews, clock),
        _to_offer(loops, rounds, interviews, clock),
    ]
    return tuple(each for each in spans if each.known or each.waiting)


class _Clock:
    """Today and other days as the user's calendar has them."""

    def __init__(self, now: datetime, zone: str) -> None:
        self.now, self.zone = now, zone
        self.today = now.astimezone(zone_of(zone)).date()

    def day(self, interview: Interview) -> date:
        return local_day(interview, self.zone)

    def days(self, first: Interview, then: Interview | None = None) -> int:
        """Days from one interview to another, or to today."""
        return ((self.day(then) if then else self.today) - self.day(first)).days


def _between(key: str, rounds: Sequence[Interview], clock: _Clock) -> Iterator[Stretch]:
    for first, then in pairwise(rounds):
        yield Stretch(key, (first.id, then.id), clock.days(first, then))


def _waiting(key: str, rounds: Sequence[Interview], clock: _Clock) -> Iterator[Stretch]:
    """An application whose latest round is over and has not ended it waits for the next."""
    if rounds and rounds[-1].ends <= clock.now and rounds[-1].outcome in _OPEN:
        yield Stretch(key, (rounds[-1].id,), clock.days(rounds[-1]))


def _by_stage(
    between: Sequence[Stretch], waiting: Sequence[Stretch], interviews: Mapping[str, Interview]
) -> Iterator[Span]:
    """The same apart by the stage of the round that it began with."""

    def begun(stretches: Sequence[Stretch]) -> dict[int | None, list[Stretch]]:
        groups: dict[int | None, list[Stretch]] = {}
        for each in stretches:
            groups.setdefault(step_of(interviews[each.ids[0]]), []).append(each)
        return groups

    known, still = begun(between), begun(waiting)
    for step, (key, label, _types) in enumerate(LADDER):
        yield Span(
            f"time-{key}",
            f"{label} to the next round",
            _FROM,
            tuple(known.get(step, ())),
            tuple(still.get(step, ())),
        )


def _promised(loops: Sequence[Loop], interviews: Mapping[str, Interview], clock: _Clock) -> Span:
    """What they promised; waiting are those of which no outcome is noted yet."""
    known, waiting, overdue = [], [], []
    for loop in loops:
        for each in (interviews[one] for one in loop.ids):
            if not each.reply_by or each.status is Status.CANCELLED or each.reply_by < clock.day(each):
                continue
            known.append(Stretch(loop.key, (each.id,), (each.reply_by - clock.day(each)).days))
            if each.ends <= clock.now and each.outcome in _UNDECIDED:
                waiting.append(Stretch(loop.key, (each.id,), clock.days(each)))
                overdue += waiting[-1:] if each.reply_by < clock.today else []
    return Span(
        "time-reply", "Interview to the promised answer", _REPLY, tuple(known), tuple(waiting), tuple(overdue)
    )


def _to_offer(
    loops: Sequence[Loop], rounds: Rounds, interviews: Mapping[str, Interview], clock: _Clock
) -> Span:
    """From first round to offer; waiting are the open applications that have had a round."""
    known, waiting = [], []
    for loop in loops:
        held = rounds[loop.key]
        brought = next(
            (
                interviews[each]
                for each in loop.ids
                if interviews[each].outcome is Outcome.OFFER
                and interviews[each].status is not Status.CANCELLED
            ),
            None,
        )
        if brought:
            first = held[0] if held else brought
            ids = tuple(dict.fromkeys((first.id, brought.id)))
            known.append(Stretch(loop.key, ids, max(0, clock.days(first, brought))))
        elif held and held[0].ends <= clock.now and held[-1].outcome in _OPEN:
            waiting.append(Stretch(loop.key, (held[0].id,), clock.days(held[0])))
    return Span("time-offer", "First round to the offer", _OFFER, tuple(known), tuple(waiting))
