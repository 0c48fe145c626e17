"""The last hours: nothing new, only what is at hand, in the order of the plan for so little time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from prepvault.model.day_card import CardLine
from prepvault.model.interview import InterviewType
from prepvault.rules.day_around import ARRIVE, place_words, setting_line
from prepvault.rules.day_ask import first_questions, research_questions
from prepvault.rules.day_items import item_offers
from prepvault.rules.day_know import know_lines
from prepvault.rules.day_offer import MUST, Offer
from prepvault.rules.day_scene import (
    LAST_INPUT,
    LOG_IN,
    Scene,
    clock_before,
    make_line,
    moment_before,
    own_values,
    person_names,
    start_words,
    told_rows,
)
from prepvault.rules.day_wording import clock, cut, joined, quoted, short_name

_SETTLE = 20.0
"""From so many minutes before the start on there is nothing left but to go there and begin well."""

_MOST_ITEMS = 2
_Maker = Callable[[Scene], CardLine | None]


def closing_lines(scene: Scene) -> Iterator[CardLine]:
    """What the tightest plan has room for; in the last minutes only the beginning itself."""
    is_last = scene.minutes_left <= _SETTLE
    makers: tuple[tuple[str, _Maker], ...] = (
        ("settle", _arrive),
        ("settle", _first_words),
        ("settle", _one_question),
    )
    if not is_last:
        makers = (
            ("tech-test", _way_in),
            ("route", _way_there),
            ("cheat", _sheet),
            ("cheat", _doubt),
            ("stop", _ready),
            *makers[:2],
        )
    parts = [(name, line) for name, make in makers if scene.fits(name) and (line := make(scene))]
    if not is_last:
        parts += [(each.ids[0], replace(each.line, slot="then")) for each in item_offers(scene)][:_MOST_ITEMS]
    order = scene.order
    parts.sort(key=lambda part: order.index(part[0]) if part[0] in order else len(order))
    known = list(know_lines(scene))[: 1 if is_last else 2]
    kept = list(_in_time(scene, [*(line for _, line in parts), *known]))
    yield from in_order(kept)


def _in_time(scene: Scene, lines: Iterable[CardLine]) -> Iterator[CardLine]:
    """What fits the minutes that were named, in order; what has its own hour is not left out."""
    left = scene.free
    for line in lines:
        has_hour = line.slot not in {"now", "then", "know"}
        if not scene.free or has_hour or line.minutes <= left:
            left -= 0 if has_hour else line.minutes
            yield line


def in_order(lines: Iterable[CardLine]) -> Iterator[CardLine]:
    """Say `now` of the first and `then` of the others; a line that has an hour keeps it."""
    slot = "now"
    for line in lines:
        if line.slot in {"now", "then"}:
            yield replace(line, slot=slot)
            slot = "then"
        else:
            yield line


def sheet_offers(scene: Scene) -> Iterator[Offer]:
    """The page for the last day, while there is time to choose what stands on it."""
    if not scene.begins_new and (line := _sheet(scene)):
        yield Offer("sheet", MUST, scene.weight(), line, ("cheat",))


def _way_in(scene: Scene) -> CardLine | None:
    """The link opened once, while there is time to mend what does not work."""
    line = setting_line(scene) if scene.place == "video" else None
    return replace(line, slot="then") if line else None


def _way_there(scene: Scene) -> CardLine | None:
    """When to leave, on site: looked up first, for everything else is done before that."""
    if scene.place != "in_person" or scene.is_done("route"):
        return None
    there = clock_before(scene, ARRIVE)
    return make_line(
        "now",
        f"Look up how long the way to {place_words(scene)} takes from here, add a fifth, and set an alarm "
        f"for the minute to leave, so that you are there by {there}",
        "your note does not say when to leave; what follows has to fit before that minute",
        values=(*own_values(scene), there),
        minutes=scene.minutes_for(5, "route"),
        done="the minute to leave is set as an alarm",
        item=scene.item("route"),
    )


def _sheet(scene: Scene) -> CardLine | None:
    """One page: two story titles, two questions, the names."""
    if scene.is_done("cheat"):
        return None
    rows = told_rows(scene)[:2]
    stories = [f"{quoted(row.story.title)} for {scene.called(row.demand.tag)}" for row in rows if row.story]
    asks = first_questions(scene)[: 1 if stories else 2]
    said = [
        f"your stor{'ies' if len(stories) > 1 else 'y'} {joined(stories)}" if stories else "",
        f"the question {joined(quoted(each, 150) for each in asks)}" if asks else "",
        f"the name{'s' if len(scene.people) > 1 else ''} {joined(person_names(scene))}"
        if scene.people
        else "",
    ]
    usual = "your opening sentence and two stories" + ("" if scene.is_alone else ", two questions")
    named = f"{scene.interview.company or 'this one'}: {'; '.join(part for part in said if part) or usual}"
    stop = f"nothing new goes in after {clock_before(scene, LAST_INPUT)}"
    past = "nothing new goes in now; the page is what you glance at"
    return make_line(
        "now",
        f"Put on one page for {named}",
        stop if scene.minutes_left > LAST_INPUT.total_seconds() / 60 else past,
        values=(
            *(row.story.title for row in rows if row.story),
            *(cut(each, 150) for each in research_questions(scene)),
            *own_values(scene),
        ),
        minutes=scene.minutes_for(15, "cheat"),
        done=f"the page {'is in your pocket' if scene.place == 'in_person' else 'lies beside you'}",
        item=scene.item("cheat"),
    )


def _doubt(scene: Scene) -> CardLine | None:
    doubt = next(iter(scene.dossier.open_doubts), "")
    if not doubt or scene.is_done("worry"):
        return None
    return make_line(
        "then",
        f"Say once aloud your one sentence on {quoted(doubt)}",
        f"{scene.interview.company} had this doubt after an earlier round",
        values=(cut(doubt), scene.interview.company),
        minutes=3,
        done="one sentence, no excuse in it",
        item=scene.item("worry"),
    )


def _ready(scene: Scene) -> CardLine | None:
    if scene.is_done("stop"):
        return None
    company, start = scene.interview.company, start_words(scene)
    whom = joined(short_name(each) for each in scene.people[:3]) or company or "this one talk"
    return make_line(
        "then",
        f"Eat, drink, shut everything else: from {start} you belong to {whom}",
        "a hungry hour and a ringing phone cost more than one more page would bring",
        values=(company, start, whom if scene.people else ""),
        minutes=scene.minutes_for(15, "stop"),
        done="do-not-disturb is on, water and charger are within reach",
        item=scene.item("stop"),
    )


def _arrive(scene: Scene) -> CardLine | None:
    """Where to be, how long before, and whom to name."""
    interview = scene.interview
    who = joined(person_names(scene)[:3]) or interview.company
    before = ARRIVE if scene.place == "in_person" else LOG_IN
    text, done = _ways(scene, f" for {who}" if who else "")
    is_now = timedelta(minutes=scene.minutes_left) <= before + LOG_IN
    at = moment_before(scene, before)
    return make_line(
        "then" if is_now else clock(at),
        text,
        f"{_EARLY.get(scene.place, _EARLY['video'])}, and it starts at {start_words(scene)}",
        values=(*own_values(scene), start_words(scene)),
        minutes=5,
        done=done,
        item=scene.item("settle"),
        command=interview.venue.link if scene.place == "video" else "",
    )


_EARLY = {
    "in_person": "a quarter of an hour leaves room for a wrong door",
    "phone": "a call that rings out is a poor first sentence",
    "video": "updates and permissions ask at the worst minute",
}


def _ways(scene: Scene, who: str) -> tuple[str, str]:
    venue = scene.interview.venue
    if scene.place == "in_person":
        leave = "; leave at the time that you planned" if scene.is_done("route") else ""
        return (
            f"Be at {place_words(scene)} by {clock_before(scene, ARRIVE)} and ask{who}{leave}",
            "somebody knows that you are there, the phone is silent",
        )
    if scene.place == "phone":
        number = f": {venue.text}" if venue.text else ""
        return f"Phone in hand{who}{number}", "the line is free, the page and a pen lie there"
    return f"Log in to {venue.platform or 'the call'}{who}", "you see and hear yourself, and the page is open"


def _first_words(scene: Scene) -> CardLine:
    """The first sentence, aloud: with the story that comes first, or the company's own fact."""
    story = next((row.story for row in told_rows(scene)), None)
    company, name, role = scene.dossier.company, scene.interview.company, scene.interview.role
    say = company.say[0] if company and company.say else ""
    headline = story.part("headline") if story else ""
    if scene.interview.type is InterviewType.DEBRIEF:
        text = f"Say aloud: thank you, {name or 'all'}; may I have it in writing, and answer by when?"
    elif story:
        text = f"Say your first sentence aloud, then how {quoted(story.title)} ended"
        text += f": {quoted(headline)}" if headline else ""
    elif say:
        text = f"Say your first sentence aloud, and why {name}: {quoted(say)}"
    else:
        bring = f"what you bring as {role}" if role else "what you bring"
        text = f"Say aloud in one sentence each: why {name or 'them'}, and {bring}"
    return make_line(
        "then",
        text,
        "a voice that has spoken once begins steadier; the flutter is energy, let it be there",
        values=(story.title if story else "", cut(say), cut(headline), name, role),
        minutes=2,
        done="said once, slowly, after one long breath out",
    )


def _one_question(scene: Scene) -> CardLine | None:
    asks = first_questions(scene)
    if not asks:
        return None
    whom = short_name(scene.people[0]) if scene.people else scene.interview.company
    return make_line(
        "then",
        f"Keep one question for {whom or 'them'}: {quoted(asks[0], 150)}",
        "the last five minutes are yours",
        values=(whom, *(cut(each, 150) for each in research_questions(scene))),
        minutes=1,
        done="it is on the page",
    )
