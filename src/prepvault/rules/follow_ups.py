"""Whose answer is still out: applications that wait for the company's word, and since when."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from prepvault.model.interview import Interview, Outcome, Status
from prepvault.model.reminder import Reminder, ReminderKind, ReminderState
from prepvault.model.site import Awaited, Loop


def find_awaited(
    loops: Sequence[Loop],
    interviews: Mapping[str, Interview],
    reminders: Sequence[Reminder],
    now: datetime,
) -> tuple[Awaited, ...]:
    """Find the answers that are out, the one that is longest past its day first.

    An application waits when its latest interview took place, nothing was decided and no other is booked.
    """
    asking = {each.interview_id: each for each in reminders if each.kind is ReminderKind.FOLLOW_UP}
    found = (_awaited([interviews[each] for each in loop.ids], asking) for loop in loops if loop.is_active)
    waiting = [each for group in found for each in group if interviews[each.interview_id].ends <= now]
    return tuple(sorted(waiting, key=lambda each: (each.promised or each.ask_on, each.interview_id)))


def _awaited(rounds: Sequence[Interview], asking: Mapping[str, Reminder]) -> Iterator[Awaited]:
    held = [each for each in rounds if each.status is not Status.CANCELLED]
    if not held or any(each.is_open or each.outcome is Outcome.OFFER for each in held):
        return
    last = max(held, key=lambda each: (each.ends, each.id))
    reminder = asking.get(last.id)
    if last.outcome not in {None, Outcome.PENDING} or reminder is None:
        return
    yield Awaited(
        interview_id=last.id,
        since=(last.ends - timedelta(seconds=1)).date(),
        ask_on=reminder.at.date(),
        promised=last.reply_by,
        is_asked=reminder.state is ReminderState.SENT,
    )
