"""The whole day: cards of what comes next, reminders that are due, what is owed after past interviews."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from prepvault.model.card import LatePlan
from prepvault.model.coaching import Coaching
from prepvault.model.day_card import CardLine, DayCard, Today
from prepvault.model.interview import Interview, Outcome, Status
from prepvault.model.reminder import ReminderState
from prepvault.model.settings import Settings
from prepvault.rules.day_after import after_lines
from prepvault.rules.day_answer import ended_at
from prepvault.rules.day_card import day_card
from prepvault.rules.day_scene import Scene, command_line, make_line
from prepvault.rules.day_wording import round_words
from prepvault.rules.loops import loop_key
from prepvault.rules.overview import overview
from prepvault.rules.reminders import first_start, plan_all

Coach = Callable[[Interview], tuple[Coaching, Mapping[str, str]]]
"""Gives an interview's coaching and the ticks in its note."""

MOST_CARDS, MOST_OWED = 3, 7
_NEAR = timedelta(hours=48)
_LOOK_BACK = timedelta(days=60)
_LINES_OF_THE_NEXT_ONE = 3
_ORDER = ("now", "today", "soon")


def plan_today(
    interviews: Sequence[Interview],
    coach: Coach,
    settings: Settings,
    now: datetime,
    *,
    free: int = 0,
    plans: Sequence[LatePlan] = (),
) -> Today:
    """Plan a day: the next interview in full, others of the next two days in brief, then what is owed."""
    ahead = overview(interviews, now).upcoming
    shown = [each for at, each in enumerate(ahead) if not at or first_start(each) < now + _NEAR][:MOST_CARDS]
    cards = []
    for at, interview in enumerate(shown):
        coaching, ticks = coach(interview)
        card = day_card(interview, coaching, ticks, settings, now, free=free, plans=plans)
        cards.append(replace(card, lines=card.lines[:_LINES_OF_THE_NEXT_ONE]) if at else card)
    due = (each for each in plan_all(interviews, settings, now) if each.state is ReminderState.DUE)
    return Today(
        now=now,
        zone=settings.zone,
        cards=tuple(cards),
        due=tuple(due),
        owed=_owed(interviews, coach, settings, now),
    )


def one_day(
    interview: Interview,
    coach: Coach,
    settings: Settings,
    now: datetime,
    *,
    free: int = 0,
    plans: Sequence[LatePlan] = (),
) -> Today:
    """Plan the day for one interview only, whether it is to come or over."""
    coaching, ticks = coach(interview)
    card: DayCard = day_card(interview, coaching, ticks, settings, now, free=free, plans=plans)
    return Today(now=now, zone=settings.zone, cards=(card,))


def _owed(
    interviews: Sequence[Interview], coach: Coach, settings: Settings, now: datetime
) -> tuple[CardLine, ...]:
    """What past interviews still ask for, the urgent first, the latest interview first among equals."""
    lines: list[CardLine] = []
    for interview in sorted(interviews, key=lambda each: each.starts, reverse=True):
        if interview.status is Status.CANCELLED or not now - _LOOK_BACK < ended_at(interview) <= now:
            continue
        coaching, ticks = coach(interview)
        scene = Scene(interview=interview, coaching=coaching, ticks=ticks, settings=settings, now=now)
        is_latest = not _has_later(interview, interviews)
        lines += after_lines(scene, is_latest=is_latest)
        lines += _next_round(interview, now) if is_latest else []
    ordered = sorted(lines, key=lambda line: _ORDER.index(line.slot) if line.slot in _ORDER else len(_ORDER))
    return tuple(ordered[:MOST_OWED])


def _has_later(interview: Interview, interviews: Sequence[Interview]) -> bool:
    """Tell whether a later round of the same application is in the vault."""
    later = (each for each in interviews if each.starts > interview.starts)
    return any(
        loop_key(each) == loop_key(interview) and each.status is not Status.CANCELLED for each in later
    )


def _next_round(interview: Interview, now: datetime) -> list[CardLine]:
    """They want to go on, and nothing of the next conversation is in the vault yet."""
    if interview.outcome is not Outcome.ADVANCED or now - ended_at(interview) > timedelta(days=14):
        return []
    whom = interview.recruiter.name if interview.recruiter else interview.company
    return [
        make_line(
            "today",
            f"Ask {whom} what comes next for {interview.role}: kind, length, people",
            f"the {round_words(interview)} went on, and no next conversation is noted",
            values=(whom, interview.role, f"the {round_words(interview)}"),
            minutes=10,
            done="the next interview has a note with a time",
            command=command_line(interview, "email", "format_ask"),
        )
    ]
