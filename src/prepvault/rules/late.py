"""What fits when little time is left: the plan for a late booking, or for the hours that remain."""

from collections.abc import Sequence
from datetime import timedelta

from prepvault.model.card import LatePlan
from prepvault.model.interview import Interview


def booked_ahead(interview: Interview) -> timedelta | None:
    """Tell how long before its start the interview was booked; None when the note does not say."""
    if not interview.created_at or interview.created_at >= interview.starts:
        return None
    return interview.starts - interview.created_at


def late_plan(plans: Sequence[LatePlan], left: timedelta | None) -> LatePlan | None:
    """Choose the plan for so much time before the start, the tightest that covers it; None with enough."""
    if left is None:
        return None
    fitting = (plan for plan in plans if left < timedelta(hours=plan.hours))
    return min(fitting, key=lambda plan: plan.hours, default=None)


def vital_items(plans: Sequence[LatePlan]) -> frozenset[str]:
    """Name what even the tightest plan keeps: the way in, one page, the first sentence."""
    tightest = min(plans, key=lambda plan: plan.hours, default=None)
    return frozenset(name for name, _ in tightest.items) if tightest else frozenset()


def gathering_phase(left: timedelta) -> str:
    """Name the phase under which a late booking finds what earlier phases would have held."""
    if left < timedelta(hours=2):
        return "T-2h"
    return "T-24h" if left < timedelta(hours=24) else "T-48h"
