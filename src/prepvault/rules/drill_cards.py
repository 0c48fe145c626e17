"""Make cards to drill from what the vault holds: stories, failed questions, people, research, what to ask."""

from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256

from prepvault.model.card import Audience, Library
from prepvault.model.coaching import Coaching
from prepvault.model.interview import Interview
from prepvault.model.practice import DrillCard
from prepvault.model.story import Story
from prepvault.rules.audiences import audience_of
from prepvault.rules.prose import sentences

_QUESTIONS = 8
_SPOKEN = 60


def cards_for(
    interview: Interview, coaching: Coaching, library: Library, stories: Sequence[Story]
) -> tuple[DrillCard, ...]:
    """Make the cards of one interview: its matched stories and those in reserve, else all, each id once."""
    match = coaching.dossier.match
    told = (*match.stories, *(row.backup for row in match.rows if row.backup)) or tuple(stories)
    weights = {demand.tag: demand.weight for demand in coaching.dossier.demands}
    failed = tuple(_failed(coaching))
    cards = (
        *failed,
        *(card for story in told for card in _story(story, library, weights.get(story.primary, 0))),
        *_likely(coaching, library, {card.id for card in failed}),
        *_people(interview, library),
        *_facts(interview, coaching),
        *_to_ask(coaching),
    )
    return _unique(cards)


def cards_of_bank(library: Library, stories: Sequence[Story]) -> tuple[DrillCard, ...]:
    """Make the cards of the story bank alone, for practice without an interview."""
    return _unique(tuple(card for story in stories for card in _story(story, library, 0)))


def _story(story: Story, library: Library, weight: int) -> Iterator[DrillCard]:
    """Ask for a story by a question about its competency; the answer is its beginning, numbers and lesson."""
    if story.retired or not (story.part("action") or story.part("result")):
        return
    competency = library.competencies.get(story.primary)
    prompts = competency.prompts if competency else ()
    prompt = prompts[_number(story.id) % len(prompts)] if prompts else f"Tell the story “{story.title}”."
    opening = story.part("headline") or " ".join(sentences(story.part("situation"))[:1])
    lesson = " ".join(sentences(story.part("reflection"))[:1])
    answer = (
        f"Story: {story.title}",
        f"Begin: {opening}" if opening else "",
        f"Numbers: {'; '.join(story.numbers)}" if story.numbers else "",
        f"Lesson: {lesson}" if lesson else "",
    )
    probes = competency.probes if competency else ()
    yield DrillCard(
        id=f"story:{story.id}",
        kind="story",
        prompt=prompt,
        answer=tuple(line for line in answer if line),
        weight=weight,
        probes=probes,
        source=story.path,
    )


def _failed(coaching: Coaching) -> Iterator[DrillCard]:
    """Ask again what went badly in an earlier round."""
    for met in reversed(coaching.dossier.earlier):
        for asked in met.debrief.gaps:
            day = f"{met.interview.starts:%Y-%m-%d}"
            change = met.debrief.change
            answer = (f"Asked on {day}, and your note says gap.", f"To change: {change}" if change else "")
            yield DrillCard(
                id=f"asked:{_key(asked.text)}",
                kind="asked",
                prompt=asked.text,
                answer=tuple(line for line in answer if line),
                weight=9,
                source=met.interview.path,
            )


def _likely(coaching: Coaching, library: Library, failed: Collection[str]) -> Iterator[DrillCard]:
    """Ask what is likely to come, but for what went badly before: that has a card of its own."""
    fresh = [each for each in coaching.questions if f"asked:{_key(each.text)}" not in failed]
    for rank, question in enumerate(fresh[:_QUESTIONS]):
        cards = (library.competencies[tag] for tag in question.tags if tag in library.competencies)
        hint = (f"A strong answer: {question.hint}",) if question.hint else ()
        yield DrillCard(
            id=f"question:{question.id}",
            kind="question",
            prompt=question.text,
            answer=hint,
            weight=max(1, 3 - rank // 3),
            probes=next((each.probes for each in cards), ()),
        )


def _people(interview: Interview, library: Library) -> Iterator[DrillCard]:
    for person in interview.people:
        audience = library.audiences.get(audience_of(person.title)) if person.title else None
        answer = (person.title, f"Weighs: {audience.weighs}" if audience and audience.weighs else "")
        if any(answer):
            yield DrillCard(
                id=f"person:{_key(person.name)}",
                kind="person",
                prompt=f"Who is {person.name}, and what will they weigh?",
                answer=tuple(line for line in answer if line),
                weight=2,
                seconds=20,
                source=interview.path,
            )


def _facts(interview: Interview, coaching: Coaching) -> Iterator[DrillCard]:
    company = coaching.dossier.company
    if company and company.say:
        yield DrillCard(
            id=f"fact:{_key(company.name)}",
            kind="fact",
            prompt=f"Which facts about {interview.company} will you weave in?",
            answer=company.say,
            weight=2,
            seconds=45,
            source=company.path,
        )


def _to_ask(coaching: Coaching) -> Iterator[DrillCard]:
    if coaching.ask:
        yield DrillCard(
            id=f"ask:{'-'.join(each.id for each in coaching.audiences) or 'all'}",
            kind="ask",
            prompt=f"Which questions will you ask {_named(coaching.audiences)}?",
            answer=tuple(question.text for question in coaching.ask[:5]),
            weight=2,
            seconds=_SPOKEN,
        )


def _named(audiences: Sequence[Audience]) -> str:
    names = [f"the {each.title.lower()}" for each in audiences]
    return " and ".join(names) or "them"


def _unique(cards: Sequence[DrillCard]) -> tuple[DrillCard, ...]:
    by_id: dict[str, DrillCard] = {}
    for card in cards:
        by_id.setdefault(card.id, card)
    return tuple(by_id.values())


def _key(text: str) -> str:
    """Name a text, whatever its case and white space."""
    return sha256(" ".join(text.casefold().split()).encode()).hexdigest()[:12]


def _number(text: str) -> int:
    return int(sha256(text.encode()).hexdigest()[:8], 16)
