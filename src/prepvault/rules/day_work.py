"""The work that a day card may propose before an interview, each offer with what it is worth."""

from collections.abc import Callable, Iterator
from shlex import quote

from prepvault.model.dossier import Round
from prepvault.model.matching import MatchRow
from prepvault.model.phrases import lower_first
from prepvault.rules.asked import content_words
from prepvault.rules.competencies import tags_in
from prepvault.rules.day_ask import offers_of_research, offers_to_ask
from prepvault.rules.day_offer import FAILED, MUST, SHOULD, Offer
from prepvault.rules.day_scene import Scene, is_heard, make_line
from prepvault.rules.day_speak import offers_to_speak
from prepvault.rules.day_stories import offers_to_tell
from prepvault.rules.day_wording import (
    because,
    cut,
    quoted,
    round_words,
    spoken,
)


def work_offers(scene: Scene) -> tuple[Offer, ...]:
    """Collect everything worth doing now for this interview, from what its vault knows."""
    makers: tuple[Callable[[Scene], Iterator[Offer]], ...] = (
        _failed_questions,
        _doubts,
        _gaps,
        offers_to_tell,
        _musts,
        offers_to_speak,
        offers_to_ask,
        offers_of_research,
    )
    return tuple(offer for make in makers for offer in make(scene))


def _reason(scene: Scene, tag: str) -> str:
    """The first thing that says that a competency is asked for here; empty where nothing does."""
    return next((each.reasons[0] for each in scene.dossier.demands if each.tag == tag and each.reasons), "")


def _failed_questions(scene: Scene) -> Iterator[Offer]:
    """What went badly before with this company outranks everything that is only guessed."""
    ids = _ids_when(scene, "gap_question")
    if scene.is_done(*ids) or not scene.tells_stories:
        return
    for question in scene.dossier.gap_questions:
        past = _round_of(scene, question)
        tag = next(iter(tags_in(question, scene.coaching.competencies)), "")
        reason = _reason(scene, tag)
        row = next((each for each in scene.dossier.match.rows if each.demand.tag == tag and each.story), None)
        story = row.story.title if row and row.story else ""
        asks = _named_in_posting(scene, question) or (f"{scene.called(tag)}: {reason}" if reason else "")
        line = make_line(
            "now",
            f"Answer {quoted(question)} again, aloud"
            + (f", with your story {quoted(story)}" if story else ""),
            because(f"it went badly in the {round_words(past)}" if past else "it went badly before", asks),
            values=(cut(question), story, asks, *((round_words(past),) if past else ())),
            minutes=scene.minutes_for(30, *ids, "earlier-round"),
            done=f"two tries in a row end on the result within {spoken(scene.seconds)}",
        )
        yield Offer("gap", FAILED, scene.top_weight, line, (*ids, "earlier-round"))


def _named_in_posting(scene: Scene, question: str) -> str:
    """What the posting says about the same thing, as it writes it: a line of it, else a word."""
    words, posting = content_words(question), scene.dossier.posting
    lines = (*posting.owns, *posting.musts, *posting.supports) if posting else ()
    nearest = max(lines, key=lambda line: len(content_words(line) & words), default="")
    if content_words(nearest) & words:
        return f"the posting says {quoted(nearest)}"
    named = (each for each in posting.keywords if content_words(each.word) & words) if posting else ()
    found = next(iter(named), None)
    times = "" if found is None or found.count < 2 else f" {found.count} times"
    return f"the posting names {quoted(found.word)}{times}" if found else ""


def _doubts(scene: Scene) -> Iterator[Offer]:
    """A doubt that an earlier round left is answered in one sentence, and shown by a story."""
    ids = ("worry", *_ids_when(scene, "open_doubt"))
    if scene.is_done(*ids):
        return
    for doubt in scene.dossier.open_doubts:
        past = next((each for each in scene.dossier.earlier if doubt in each.debrief.doubts), None)
        tags = tags_in(doubt, scene.coaching.competencies)
        rows = [each for each in scene.dossier.match.rows if each.story and each.demand.tag in tags]
        story = rows[0].story.title if rows and rows[0].story else ""
        line = make_line(
            "now",
            f"Answer their doubt in one sentence: {quoted(doubt)}"
            + (f"; then tell {quoted(story)}" if story else ""),
            f"you noted it after the {round_words(past)}" if past else "",
            values=(cut(doubt), story),
            minutes=scene.minutes_for(15, *ids),
            done="doubt, answer and story stand on three lines in the note",
            item=scene.item("worry"),
        )
        yield Offer("doubt", FAILED, scene.weight(*tags) if tags else scene.top_weight, line, ids)


def _gaps(scene: Scene) -> Iterator[Offer]:
    """What is asked for and no story shows: look for one while there is time, else be honest."""
    if scene.is_done(*_ids_when(scene, "story_gap")) or not scene.tells_stories:
        return
    for row in scene.dossier.match.gaps:
        if not scene.begins_new and _is_doubted(scene, row):
            continue
        need = scene.called(row.demand.tag)
        near = row.nearest.title if row.nearest else ""
        told = f"{quoted(near)}, which they have heard" if near and is_heard(row) else quoted(near)
        reason = _line_of_posting(scene, row.demand.tag) or next(iter(row.demand.reasons), "")
        known = scene.coaching.competencies.get(row.demand.tag)
        has_time = scene.begins_new
        if has_time:
            dig = known.mining[0] if known and known.mining else ""
            text = f"Find a story for {need}" + (f": {lower_first(dig)}" if dig else "")
            done = "what you did and how it ended stand in five lines of a story note"
        else:
            text = f"Prepare one honest sentence on {need}" + (f": the nearest is {told}" if near else "")
            done = "one sentence on what you did, one on how you would begin"
        line = make_line(
            "now",
            text,
            because(
                f"{scene.interview.company or 'this interview'} will ask and no story of yours shows it",
                reason,
                f"nearest is {told}" if near and has_time else "",
            ),
            values=(near, scene.interview.company, *_posting_words(scene, reason)),
            minutes=scene.minutes_for(25, "story-gap") if has_time else 10,
            done=done,
            item=scene.item("story-gap"),
            command=_new_story(scene, row.demand.tag) if has_time else "",
        )
        priority = MUST if has_time else SHOULD
        yield Offer("story-gap", priority, scene.weight(row.demand.tag), line, ("story-gap", "worry"))


def _line_of_posting(scene: Scene, tag: str) -> str:
    """The line of the posting that asks for a competency, quoted; empty where none does."""
    posting = scene.dossier.posting
    lines = (*posting.musts, *posting.owns) if posting else ()
    found = next((each for each in lines if tag in tags_in(each, scene.coaching.competencies)), "")
    return f"the posting says {quoted(found)}" if found else ""


def _is_doubted(scene: Scene, row: MatchRow) -> bool:
    """Tell whether an open doubt is about the same thing: its own line answers it then."""
    doubts = [cut(each, 40).rstrip(" …") for each in scene.dossier.open_doubts]
    return any(doubt in reason for doubt in doubts for reason in row.demand.reasons)


def _new_story(scene: Scene, tag: str) -> str:
    """The command that begins a story's note, with a title to work with: it runs as it stands."""
    need = scene.called(tag)
    title = f"{need[:1].upper()}{need[1:]}, for {scene.interview.company or 'the next interview'}"
    return f"prepvault story new {quote(title)} --for {quote(tag)}"


def _musts(scene: Scene) -> Iterator[Offer]:
    """A required line of the posting, answered with a place and a time of one's own."""
    posting = scene.dossier.posting
    if not posting or scene.is_done("jd-decode") or not scene.tells_stories:
        return
    for at, must in enumerate(posting.musts[:2]):
        line = make_line(
            "now",
            f"Answer {quoted(must)} in two sentences: where and when you did it, or what comes nearest",
            f"it is {'the first' if not at else 'the next'} required line of {_whose(scene)} posting",
            values=(cut(must), scene.interview.company),
            minutes=scene.minutes_for(10, "jd-decode"),
            done="they name a place, a year and what came of it",
            item=scene.item("jd-decode"),
        )
        weight = scene.weight(*tags_in(must, scene.coaching.competencies))
        yield Offer("must", SHOULD, weight / (1 + at / 2), line, ("jd-decode",))


def _ids_when(scene: Scene, condition: str) -> tuple[str, ...]:
    return tuple(item.id for item in scene.coaching.items if condition in item.conditions)


def _round_of(scene: Scene, question: str) -> Round | None:
    rounds = reversed(scene.dossier.earlier)
    return next((each for each in rounds if any(asked.text == question for asked in each.debrief.gaps)), None)


def _posting_words(scene: Scene, reason: str) -> tuple[str, ...]:
    """A reason that quotes the posting is the user's own: nobody else has this posting."""
    return (reason,) if scene.dossier.posting and "posting" in reason else ()


def _whose(scene: Scene) -> str:
    return f"{scene.interview.company}’s" if scene.interview.company else "the"
