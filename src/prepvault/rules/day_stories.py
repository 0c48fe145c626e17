"""Telling stories aloud as offers for a day card: which one, and what is still loose in it."""

from collections.abc import Iterator

from prepvault.model.matching import MatchRow
from prepvault.model.story import Story
from prepvault.rules.day_offer import MUST, SHOULD, Offer
from prepvault.rules.day_scene import Scene, is_heard, make_line, told_rows
from prepvault.rules.day_wording import because, joined, quoted, spoken
from prepvault.rules.prose import numbers_in

_IDS = ("first-stories", "stories")


def offers_to_tell(scene: Scene) -> Iterator[Offer]:
    """Tell the stories that fit; the more one lacks, the more its run is worth."""
    if scene.is_done("stories") or not scene.tells_stories:
        return
    rows = told_rows(scene)
    if not scene.begins_new:
        yield from _short_run(scene, rows[:3])
        return
    for row in rows:
        if row.story:
            yield _one_run(scene, row, row.story)


def _one_run(scene: Scene, row: MatchRow, story: Story) -> Offer:
    """One story, until it stands: what is loose in it is named."""
    lacks = tuple(_lacks(story))
    need = scene.called(row.demand.tag)
    line = make_line(
        "now",
        f"Tell {quoted(story.title)} aloud in {spoken(scene.seconds)}: it shows {need}",
        because(row.demand.reasons[0] if row.demand.reasons else "", *lacks, *row.why),
        values=(story.title, *story.numbers, *(fact.text for fact in story.facts)),
        minutes=scene.minutes_for(15 if lacks else 10, "stories"),
        done=_told_when(story, scene.seconds),
        item=scene.item("stories"),
    )
    weight = scene.weight(row.demand.tag)
    priority = MUST + len(lacks) / 2 if lacks else SHOULD
    return Offer("stories", priority, weight / 3 if is_heard(row) else weight, line, _IDS)


def _short_run(scene: Scene, rows: list[MatchRow]) -> Iterator[Offer]:
    """On the last day three stories are told once each, and no new one is begun."""
    if not rows:
        return
    titles = [row.story.title for row in rows if row.story]
    told = joined(
        f"{quoted(row.story.title)} for {scene.called(row.demand.tag)}" for row in rows if row.story
    )
    loose = next((lack for row in rows if row.story for lack in _lacks(row.story)), "")
    length = f"{'each ' if len(titles) > 1 else ''}within {spoken(scene.seconds)}"
    line = make_line(
        "now",
        f"Tell once aloud: {told}",
        because(rows[0].demand.reasons[0] if rows[0].demand.reasons else "", loose),
        values=titles,
        minutes=scene.minutes_for(5 * len(titles), *_IDS),
        done=f"{length}, the result in the first sentence",
        item=scene.item("stories"),
    )
    yield Offer("stories", MUST, scene.weight(rows[0].demand.tag), line, _IDS)


def _lacks(story: Story) -> Iterator[str]:
    """What a listener would stumble over, in words that begin with what it is about."""
    for fact in story.facts:
        if fact.provenance and not fact.is_confirmed:
            state = "cannot be confirmed" if fact.provenance == "cannot-confirm" else "is still unconfirmed"
            yield f"its {fact.value or fact.text} {state}"
            break
    result = story.part("result")
    if result and not numbers_in(result):
        yield "its result has no number"
    if 0 < story.strength <= 2:
        yield f"you scored it {story.strength} of 4"


def _told_when(story: Story, seconds: int) -> str:
    loose = next((fact for fact in story.facts if fact.provenance and not fact.is_confirmed), None)
    settled = f", and {loose.value or loose.text} is checked or left out" if loose else ""
    return f"told twice within {spoken(seconds)}{settled}"
