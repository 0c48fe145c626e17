"""Speaking aloud as offers for a day card: the opening minute, and a rehearsal of the whole conversation."""

from collections.abc import Iterator
from datetime import timedelta

from prepvault.model.phrases import lower_first
from prepvault.rules.day_offer import BASE, MUST, SHOULD, Offer
from prepvault.rules.day_scene import Scene, command_line, make_line
from prepvault.rules.day_wording import because, cut, joined, kind_words, quoted, short_name


def offers_to_speak(scene: Scene) -> Iterator[Offer]:
    """The opening minute, then the rehearsal: what is only ready once it was said aloud."""
    yield from _pitch(scene)
    yield from _rehearsal(scene)


def _pitch(scene: Scene) -> Iterator[Offer]:
    """The first minute, in the posting's own words and with a reason to be here."""
    if scene.is_done("pitch") or not scene.tells_stories:
        return
    interview, posting, company = scene.interview, scene.dossier.posting, scene.dossier.company
    company_name = interview.company
    words = tuple(each.word for each in posting.keywords[:2]) if posting else ()
    say = company.say[0] if company and company.say else ""
    if not (words or say or (scene.plan is None and company_name)):
        return
    named = f" with {joined(quoted(word) for word in words)} in it" if words else ""
    why = company_name or "them"
    reason = f", ending on why {why}: {quoted(say)}" if say else f", ending on why {why}"
    most = posting.keywords[0] if posting and posting.keywords else None
    line = make_line(
        "now",
        f"Say your opening minute aloud{named}{reason}",
        because(
            f"the posting says {quoted(most.word)} {most.count} times" if most and most.count > 1 else "",
            "most conversations open with “tell me about yourself”",
        ),
        values=(*words, cut(say), company_name),
        minutes=scene.minutes_for(15, "pitch"),
        done="60 seconds, twice in a row, without reading",
        item=scene.item("pitch"),
        command=f"{command_line(interview, 'pitch')} --seconds 60",
    )
    priority = BASE if scene.plan is None else MUST
    yield Offer("pitch", priority, scene.weight("communication"), line, ("pitch",))


def _rehearsal(scene: Scene) -> Iterator[Offer]:
    """A full rehearsal of this very conversation, while what it shows can still be mended."""
    interview, guide = scene.interview, scene.coaching.guide
    item = scene.item("mock")
    if scene.is_done("mock") or item is None or not guide:
        return
    if scene.hours_left > _REHEARSED:
        yield _arranged(scene)
        return
    of_format = scene.coaching.format.stages if scene.coaching.format else ()
    parts = [each.title for each in interview.sessions if each.people]
    usual = (lower_first(cut(stage.name, 60)) for stage in of_format or guide.stages)
    course = joined([*(parts or usual)][:4])
    aimed = next(iter(scene.dossier.gap_questions), "") or next(iter(scene.dossier.open_doubts), "")
    names = joined(short_name(each) for each in scene.people[:3])
    length = scene.minutes_for(60 if interview.all_day else min(interview.minutes, 60), "mock")
    line = make_line(
        "now",
        f"Rehearse the {kind_words(interview)} aloud for {length} minutes, somebody asking"
        + (f" as {names} would" if names else "")
        + (f", {quoted(aimed)} among the questions" if aimed else f": {course}"),
        "what it shows can still be mended in the days that are left",
        values=(cut(aimed), names, *parts, interview.company, interview.role),
        minutes=length,
        done="five scores and one thing to change are written down",
        item=item,
        command=f"{command_line(interview, 'practice')} --sheet",
    )
    weights = sorted((each.weight for each in scene.dossier.demands), reverse=True)
    yield Offer("rehearsal", SHOULD, 1.0 + sum(weights[:_TRAINED]), line, ("mock",), 40.0)


def _arranged(scene: Scene) -> Offer:
    """A rehearsal needs somebody who asks: found early, it takes place while its lesson is still fresh."""
    interview = scene.interview
    length = 60 if interview.all_day else min(interview.minutes, 60)
    last = scene.day(scene.starts - timedelta(days=2))
    what = f"{kind_words(interview)}{f' at {interview.company}' if interview.company else ''}"
    line = make_line(
        "now",
        f"Ask somebody to rehearse the {what} with you for {length} minutes, by {last} at the latest",
        "whoever asks the questions needs a few days’ notice, and you need a day after it to mend",
        values=(interview.company, last),
        minutes=5,
        done="name, day and hour stand in your calendar",
        item=scene.item("mock"),
        command=f"{command_line(interview, 'practice')} --sheet",
    )
    return Offer("rehearsal", BASE, scene.weight(), line, ("mock",))


_REHEARSED = 24 * 5
"""Hours before the start from which a rehearsal is fresh enough to help."""

_TRAINED = 3
"""How many competencies one rehearsal trains at once."""
