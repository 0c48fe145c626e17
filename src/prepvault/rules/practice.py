"""Space practice up to the interview: what is due, in which order, and how sure it will be on the day.

Intervals come from FSRS, without its minute-long steps and without chance, and are bounded: no interval is
longer than 40 % of the time there was at the card's first attempt, and the last pass is on the eve.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from prepvault.model.practice import KINDS, LADDER, CardState, DrillCard, Grade, PracticePlan, Review

if TYPE_CHECKING:
    from fsrs import Card, Rating, Scheduler

EVE = timedelta(hours=24)
_SHARE_OF_TIME_LEFT = 0.4
_GREENS_A_STEP = 3
_WEAKEST = 5
_FAR = 36500
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_OVERHEAD_SECONDS = 20
"""What reading, looking up and grading take beside the answer."""


def plan_practice(
    cards: Sequence[DrillCard],
    reviews: Sequence[Review],
    now: datetime,
    *,
    minutes: int,
    starts: datetime | None = None,
    interview_id: str = "",
) -> PracticePlan:
    """Plan a session of so many minutes for an interview, or for none in particular."""
    states = standing(cards, reviews, now, starts=starts, interview_id=interview_id)
    due = [each for each in states if each.is_new or (each.due is not None and each.due <= now)]
    queue = _within(sorted(due, key=_urgency), minutes)
    later = [each.due for each in states if each.due is not None and each.due > now]
    tried = [each for each in states if not each.is_new]
    return PracticePlan(
        now=now,
        interview_id=interview_id,
        starts=starts,
        minutes=minutes,
        queue=queue,
        waiting=len(due) - len(queue),
        total=len(states),
        weakest=tuple(sorted(tried, key=lambda each: (each.recall, each.card.id))[:_WEAKEST]),
        next_due=min(later, default=None) if len(due) == len(queue) else now,
    )


def standing(
    cards: Sequence[DrillCard],
    reviews: Sequence[Review],
    now: datetime,
    *,
    starts: datetime | None = None,
    interview_id: str = "",
) -> tuple[CardState, ...]:
    """Tell where each card stands after its reviews, in the order of the cards."""
    by_card: dict[str, list[Review]] = {}
    for review in sorted(reviews, key=lambda each: each.at):
        by_card.setdefault(review.card, []).append(review)
    return tuple(_state(card, by_card.get(card.id, []), now, starts, interview_id) for card in cards)


def grade_of(scores: Sequence[int], seconds: int, allowed: int) -> Grade:
    """Turn self-scores of 1 to 4 into a grade: mean below 2 again, below 3 hard, above 3.5 in time easy."""
    mean = sum(scores) / len(scores)
    if mean < 2:
        return Grade.AGAIN
    if mean < 3:
        return Grade.HARD
    return Grade.EASY if mean > 3.5 and seconds <= allowed else Grade.GOOD


def _state(
    card: DrillCard, reviews: Sequence[Review], now: datetime, starts: datetime | None, interview_id: str
) -> CardState:
    greens = sum(review.grade >= Grade.GOOD for review in reviews)
    state = CardState(card=card, reviews=len(reviews), greens=greens, is_new=not reviews)
    if not reviews:
        return state
    days = _longest_interval(reviews, starts, interview_id)
    scheduler, memory = _scheduler(days), _replay(card.id, reviews)
    last = reviews[-1]
    after, _ = scheduler.review_card(memory, _rating(last.grade), last.at.astimezone(UTC))
    target = max(starts or now, last.at)
    return CardState(
        card=card,
        due=_clamped(after.due, last, starts),
        recall=scheduler.get_card_retrievability(after, target.astimezone(UTC)),
        reviews=len(reviews),
        greens=greens,
        level=min(greens // _GREENS_A_STEP, len(LADDER)),
        is_new=False,
    )


def _replay(card: str, reviews: Sequence[Review]) -> "Card":
    """Bring the memory of a card up to before its last review; bounds on intervals do not change it."""
    from fsrs import Card

    memory = Card(card_id=int(sha256(card.encode()).hexdigest()[:12], 16), due=reviews[0].at.astimezone(UTC))
    scheduler = _scheduler(_FAR)
    for review in reviews[:-1]:
        memory, _ = scheduler.review_card(memory, _rating(review.grade), review.at.astimezone(UTC))
    return memory


def _scheduler(days: int) -> "Scheduler":
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=days)


def _rating(grade: Grade) -> "Rating":
    from fsrs import Rating

    return Rating(int(grade))


def _longest_interval(reviews: Sequence[Review], starts: datetime | None, interview_id: str) -> int:
    """Bound intervals by the time there was when the card was first tried for this interview."""
    if starts is None:
        return _FAR
    first = next((each for each in reviews if each.interview == interview_id), reviews[-1])
    days = (starts - first.at) / timedelta(days=1)
    return min(max(1, round(_SHARE_OF_TIME_LEFT * days)), _FAR)


def _clamped(due: datetime, last: Review, starts: datetime | None) -> datetime | None:
    """Put a last pass on the eve; what was tried on the eve or later is done, unless it failed."""
    if starts is None or last.at >= starts:
        return due
    eve = max(starts, _FIRST) - EVE
    if last.at < eve:
        return min(due, eve)
    return last.at if last.grade is Grade.AGAIN else None


def _urgency(state: CardState) -> tuple[float, ...]:
    """Own failed questions first, then what is least sure, then new cards by what is asked most."""
    kind = KINDS.index(state.card.kind) if state.card.kind in KINDS else len(KINDS)
    if state.card.kind == KINDS[0]:
        return (0, state.recall, -state.card.weight)
    if not state.is_new:
        return (1, state.recall, -state.card.weight, kind)
    return (2, -state.card.weight, kind)


def _within(states: Sequence[CardState], minutes: int) -> tuple[CardState, ...]:
    """Take as many as fit into the session, at least one."""
    left, taken = minutes * 60, list[CardState]()
    for state in states:
        cost = state.seconds + _OVERHEAD_SECONDS
        if taken and cost > left:
            break
        taken.append(state)
        left -= cost
    return tuple(taken)


def next_after(state: CardState, queue: Sequence[CardState], grade: Grade) -> tuple[CardState, ...]:
    """Give the rest of a session after an attempt: what failed comes again at its end, once."""
    is_repeat = any(each.card.id == state.card.id for each in queue)
    return (*queue, state) if grade is Grade.AGAIN and not is_repeat else tuple(queue)
