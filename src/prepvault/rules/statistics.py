"""Figures from the notes' history: counts, rates with their interval, the ladder of stages, days between."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from prepvault.model.figures import AskedFigures, Count, Statistics, Week
from prepvault.model.interview import Interview, InterviewType, Outcome, Status
from prepvault.model.site import Loop
from prepvault.model.zones import zone_of
from prepvault.rules.agenda import local_day
from prepvault.rules.funnel import stages_of, steps_of
from prepvault.rules.overview import within
from prepvault.rules.rates import Label, counts_by, rates_by, success_of
from prepvault.rules.timing import times_of

_WEEKS_BACK, _WEEKS_AHEAD = 11, 4
_TYPE_ORDER = tuple(each.label for each in InterviewType)
_STATUS_ORDER = tuple(each.label for each in Status)
_OUTCOME_ORDER = tuple(each.label for each in Outcome)


def statistics(
    interviews: Sequence[Interview],
    loops: Sequence[Loop],
    now: datetime,
    zone: str,
    *,
    days: int = 7,
    asked: AskedFigures | None = None,
    family: Label | None = None,
) -> Statistics:
    """Work out every figure; success is advanced or offer of what is decided, `asked` comes from debriefs.

    `family` names an interview's role family.
    """
    by_id = {each.id: each for each in interviews}
    family = family or _none
    return Statistics(
        total=_count("total", "Interviews", interviews),
        next_days=_count("next", f"Next {days} days", within(interviews, now, timedelta(days=days))),
        completed=_count(
            "completed", "Completed", [each for each in interviews if each.status is Status.COMPLETED]
        ),
        success=success_of("success", "Success rate", interviews),
        by_type=counts_by("type", interviews, _type_label, _TYPE_ORDER),
        by_status=counts_by("status", interviews, lambda each: each.status.label, _STATUS_ORDER),
        by_outcome=counts_by("outcome", interviews, _outcome_label, _OUTCOME_ORDER),
        by_company=counts_by("company", interviews, _company),
        by_family=counts_by("family", interviews, family),
        unanswered=_count("unanswered", "Over without an outcome", _unanswered(interviews, now)),
        rates_by_type=rates_by("rate-type", interviews, _type_label),
        rates_by_role=rates_by("rate-role", interviews, lambda each: each.role),
        rates_by_family=rates_by("rate-family", interviews, family),
        rates_by_company=rates_by("rate-company", interviews, _company),
        applications=len(loops),
        stages=stages_of(loops, by_id),
        steps=steps_of(loops, by_id),
        times=times_of(loops, by_id, now, zone),
        weeks=_weeks(interviews, now, zone),
        asked=asked or AskedFigures(),
    )


def _count(key: str, label: str, interviews: Sequence[Interview]) -> Count:
    return Count(key, label, tuple(each.id for each in interviews))


def _none(_interview: Interview) -> str:
    return ""


def _type_label(interview: Interview) -> str:
    return interview.type_label


def _company(interview: Interview) -> str:
    return interview.company


def _outcome_label(interview: Interview) -> str:
    return interview.outcome.label if interview.outcome else ""


def _unanswered(interviews: Sequence[Interview], now: datetime) -> list[Interview]:
    """What was held and says nothing of how it ended, not even that the answer is pending."""
    return [
        each
        for each in interviews
        if each.outcome is None
        and each.ends <= now
        and each.status is not Status.CANCELLED
        and each.type is not InterviewType.DEBRIEF
    ]


def _weeks(interviews: Sequence[Interview], now: datetime, zone: str) -> tuple[Week, ...]:
    today = now.astimezone(zone_of(zone)).date()
    first = today - timedelta(days=today.weekday(), weeks=_WEEKS_BACK)
    mondays = [first + timedelta(weeks=step) for step in range(_WEEKS_BACK + 1 + _WEEKS_AHEAD)]
    by_week: dict[date, list[str]] = {}
    for interview in interviews:
        if interview.status is not Status.CANCELLED:
            day = local_day(interview, zone)
            by_week.setdefault(day - timedelta(days=day.weekday()), []).append(interview.id)
    return tuple(Week(monday, tuple(by_week.get(monday, ()))) for monday in mondays)
