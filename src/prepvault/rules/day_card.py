"""The day card: at most seven lines about one interview, each only for the one who will sit there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from prepvault.model.card import LatePlan
from prepvault.model.coaching import Coaching
from prepvault.model.day_card import CardLine, DayCard
from prepvault.model.interview import Interview
from prepvault.model.settings import Settings
from prepvault.rules.day_after import after_lines
from prepvault.rules.day_answer import ended_at, waiting_line
from prepvault.rules.day_around import setting_line
from prepvault.rules.day_close import closing_lines, sheet_offers
from prepvault.rules.day_during import during_lines
from prepvault.rules.day_items import item_offers
from prepvault.rules.day_know import know_lines
from prepvault.rules.day_offer import Offer, choose
from prepvault.rules.day_scene import (
    LAST_INPUT,
    Scene,
    both_clocks,
    make_line,
    person_names,
    start_words,
    zones_differ,
)
from prepvault.rules.day_unknown import unknown_line, unknown_way
from prepvault.rules.day_wording import city, joined, kind_words
from prepvault.rules.day_work import work_offers

MOST_LINES = 7
"""A card that is longer is not read."""

_FEW = 2
"""Fewer lines of work than this, and the plan for little time is as good as done."""

_WORK_LINES = 3
_LONG = 120
"""Minutes from which there is room for one line of work more."""


def day_card(
    interview: Interview,
    coaching: Coaching,
    ticks: Mapping[str, str],
    settings: Settings,
    now: datetime,
    *,
    free: int = 0,
    plans: Sequence[LatePlan] = (),
) -> DayCard:
    """Write the card of one interview at a moment; `free` are the minutes there are, 0 for what is usual.

    `plans` are the library's for little time: what still fits, in which order, with how many minutes.
    """
    scene = Scene(
        interview=interview,
        coaching=coaching,
        ticks=ticks,
        settings=settings,
        now=now,
        free=free,
        plans=tuple(plans),
    )
    return DayCard(
        interview=interview,
        now=now,
        hours_left=round(scene.hours_left, 2),
        headline=_headline(scene),
        lines=tuple(_lines(scene))[:MOST_LINES],
    )


def _lines(scene: Scene) -> Iterator[CardLine]:
    if scene.now >= ended_at(scene.interview) or not scene.interview.is_open:
        yield from after_lines(scene)
        if line := waiting_line(scene):
            yield line
    elif scene.minutes_left <= 0:
        yield from during_lines(scene)
    elif scene.is_closing:
        if (line := unknown_line(scene)) and unknown_way(scene):
            yield line
        yield from closing_lines(scene)
    else:
        yield from _before(scene)


def _before(scene: Scene) -> Iterator[CardLine]:
    """Work first, then what surrounds it; a place that nobody named comes before everything."""
    unknown = unknown_line(scene)
    is_urgent = unknown is not None and bool(unknown_way(scene)) and scene.hours_left < 48
    if unknown and is_urgent:
        yield unknown
    setting = setting_line(scene)
    work = _work(scene)
    if _is_night(scene):
        yield _rest(scene)
        work = tuple(replace(each, slot="morning" if each.slot == "now" else each.slot) for each in work)
    yield from work
    if setting:
        yield setting
    room = MOST_LINES - len(work) - bool(setting) - bool(unknown) - _is_night(scene)
    said = {reason for line in work for reason in line.why.split("; ")}
    known = [line for line in know_lines(scene) if line.why not in said]
    yield from known[: min(2, max(0, room))]
    if unknown and not is_urgent:
        yield unknown


def _work(scene: Scene) -> tuple[CardLine, ...]:
    """Choose what to do with the time there is; somebody who is ready is left in peace."""
    if scene.interview.preparation_complete:
        return ()
    offered = (*work_offers(scene), *sheet_offers(scene))
    planned = [each for each in (*offered, *item_offers(scene)) if not each.ids or scene.fits(*each.ids)]
    lines = _chosen(planned, scene)
    if len(lines) >= _FEW:
        return lines
    # Who has done what the plan holds goes on with what is left on the checklist.
    listed = {item.id for item in scene.coaching.items}
    left = [each for each in offered if not each.ids or listed.intersection(each.ids)]
    return _chosen([*left, *item_offers(scene, beyond_plan=True)], scene)


def _chosen(offers: Sequence[Offer], scene: Scene) -> tuple[CardLine, ...]:
    budget = _budget(scene)
    most = _WORK_LINES + (budget >= _LONG or scene.plan is None)
    return choose(offers, hours_left=scene.hours_left, budget=budget, most=most, order=scene.order)


def _budget(scene: Scene) -> int:
    """The minutes to fill: those named, else what is usual so long before; never beyond the last input."""
    room = int(scene.minutes_left - LAST_INPUT.total_seconds() / 60)
    usual = 120 if scene.begins_new and scene.plan else 90
    return max(0, min(scene.free or usual, room))


def _is_night(scene: Scene) -> bool:
    """Late in the evening, with the interview on the other side of the night."""
    return (scene.here.hour >= 22 or scene.here.hour < 5) and 4 < scene.hours_left < 24


def _rest(scene: Scene) -> CardLine:
    return make_line(
        "now",
        f"Stop for tonight: {start_words(scene)} at {scene.interview.company} asks for a rested head",
        "what you read now is not there tomorrow; sleep is",
        values=(scene.interview.company, start_words(scene)),
        done="the alarm is set and the notes are closed",
        minutes=5,
        item=scene.item("sleep"),
    )


def _headline(scene: Scene) -> str:
    """Who, what, when and with whom, in one line; where clocks differ, whose the card's hours are."""
    interview = scene.interview
    what = kind_words(interview)
    if interview.all_day and not interview.sessions:
        when = f"{scene.day(scene.starts)}, all day"
    else:
        when = f"{scene.day(scene.starts)}, {both_clocks(scene)}"
    names = joined(person_names(scene)[:3])
    said = f"{interview.title}: {what} {when}" + (f", with {names}" if names else "")
    is_timed = not interview.all_day or bool(interview.sessions)
    return f"{said}; hours below are {city(interview.zone)}’s" if is_timed and zones_differ(scene) else said
