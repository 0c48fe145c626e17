"""What a day card proposes to ask, each person for what they can answer, and what it proposes to look up."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from shlex import quote

from prepvault.model.card import Audience, Question
from prepvault.model.company import Company, Fact
from prepvault.model.interview import InterviewType, Person
from prepvault.model.phrases import lower_first
from prepvault.rules.asked import content_words
from prepvault.rules.day_offer import BASE, MUST, SHOULD, Offer
from prepvault.rules.day_scene import Scene, make_line
from prepvault.rules.day_wording import because, cut, joined, quoted, short_name

STALE = timedelta(weeks=8)
"""From this age on a fact is worth a second look."""

_MOST_PEOPLE = 3
_IDS = ("questions", "questions-terms", "exec-questions")
_IDS_OF_SEVERAL = ("one-q-each", "panel-map", *_IDS)


def offers_to_ask(scene: Scene) -> Iterator[Offer]:
    """Questions for the people across the table, what the user's own research asks first."""
    if scene.is_done("questions") or scene.is_alone:
        return
    people = scene.people[:_MOST_PEOPLE]
    if len(people) > 1:
        yield _for_several(scene, people)
    elif people:
        yield _for_one(scene, people[0])
    elif own := research_questions(scene):
        line = make_line(
            "now",
            f"Put into your own words what to ask {scene.interview.company}: {quoted(own[0])}",
            "from your research; nobody has been named yet, so keep it for whoever comes",
            values=(scene.interview.company, cut(own[0])),
            minutes=scene.minutes_for(10, *_IDS),
            done="three questions stand in the note",
            item=scene.item("questions"),
        )
        yield Offer("ask", SHOULD, scene.weight(), line, _IDS, 1.0)


def _for_one(scene: Scene, person: Person) -> Offer:
    audience = audience_for(scene, person)
    own = research_questions(scene)[:1]
    usual = [each.text for each in questions_for(scene, person)]
    asked = once((*own, *usual))[:2]
    weighs = (
        f"{short_name(person)} weighs {first_clause(audience.weighs)}" if audience and audience.weighs else ""
    )
    line = make_line(
        "now",
        f"Choose what to ask {person_words(person)}: {'; '.join(quoted(each, 150) for each in asked)}",
        because(_from_research(scene, own), weighs),
        values=(person.name, person.title, *(cut(each, 150) for each in own)),
        minutes=scene.minutes_for(10, *_IDS),
        done="three are on one page in your own words",
        item=scene.item("questions"),
    )
    return Offer("ask", MUST if own else SHOULD, scene.weight(), line, _IDS, 1.0)


def _from_research(scene: Scene, own: Sequence[str]) -> str:
    source = source_words(scene, own[0]) if own else ""
    named = f" ({source})" if source else ""
    return f"the first comes from your research{named}" if own else ""


def source_words(scene: Scene, text: str) -> str:
    """Where a line of the research comes from: source and age of the fact that shares most words with it."""
    words = content_words(text)
    facts = scene.dossier.company.facts if scene.dossier.company else ()
    shared = [
        (len(words & content_words(f"{each.name} {each.value}")), each) for each in facts if each.source
    ]
    most, fact = max(shared, key=lambda pair: pair[0], default=(0, None))
    if fact is None or not most:
        return ""
    age = (scene.here.date() - fact.read_on).days if fact.read_on else -1
    when = (
        f", read {age} days ago" if 1 < age < STALE.days else f", read on {fact.read_on}" if age >= 0 else ""
    )
    return f"source: {cut(fact.source, 60)}{when}"


def _for_several(scene: Scene, people: tuple[Person, ...]) -> Offer:
    own = list(research_questions(scene))
    parts, taken = [], set[str]()
    for person in people:
        usual = (each.text for each in questions_for(scene, person))
        text = next((each for each in (*own[:1], *usual) if each not in taken), "")
        own = own[1:]
        taken.add(text)
        if text:
            parts.append(f"{short_name(person)} {quoted(text, 170)}")
    line = make_line(
        "now",
        f"Choose one question for each: {'; '.join(parts)}",
        because(joined(person_words(each) for each in people) + " weigh different things"),
        values=tuple(text for each in people for text in (each.name, each.title, short_name(each))),
        minutes=scene.minutes_for(5 * len(people) + 5, *_IDS_OF_SEVERAL),
        done="one for each person stands beside their name, with a spare",
        item=scene.item("one-q-each", "questions"),
    )
    return Offer("ask", MUST, scene.weight(), line, _IDS_OF_SEVERAL, 1.0)


def offers_of_research(scene: Scene) -> Iterator[Offer]:
    """Research that is missing or has aged; what is marked unknown becomes a question instead."""
    company, name = scene.dossier.company, scene.interview.company
    if not name or scene.is_done("research") or scene.interview.type is InterviewType.DEBRIEF:
        return
    asker = short_name(scene.people[0]) if scene.people else "somebody"
    if company is None:
        line = make_line(
            "now",
            f"Make a research note on {name}: what they do, for whom, what changed in the last six months",
            f"your vault has none yet, and {asker} will ask why {name}",
            values=(name, asker if scene.people else ""),
            minutes=scene.minutes_for(30, "research"),
            done="three dated facts with a source, each with what it means for you",
            item=scene.item("research"),
            command=f"prepvault research {quote(name)}",
        )
        yield Offer("research", _base(scene), scene.top_weight, line, ("research",), 2.0)
        return
    if offer := _thin_research(scene, company, asker):
        yield offer
        return
    if old := _oldest(scene, company.facts):
        line = make_line(
            "now",
            f"Look again at {name}: is {lower_first(old.name)} still {quoted(cut(old.value, 60))}?",
            f"you read it on {old.read_on:%d %B %Y}" if old.read_on else "",
            values=(name, cut(old.value, 60)),
            minutes=scene.minutes_for(10, "research"),
            done="the fact has a new date, or its new value",
            item=scene.item("research"),
        )
        yield Offer("research", SHOULD, scene.weight(), line, ("research",), 12.0)


def _thin_research(scene: Scene, company: Company, asker: str) -> Offer | None:
    """A research note that is there and says next to nothing is filled, while there is time for it."""
    name = scene.interview.company
    known = len(company.say) + sum(bool(each.value) and not each.is_unknown for each in company.facts)
    if known >= _ENOUGH_FACTS or not scene.fits("research"):
        return None
    count = f"{known} fact{'s' * (known != 1)}" if known else "nothing yet"
    line = make_line(
        "now",
        f"Fill the research note on {name}: what they do, what changed lately, why you",
        f"it holds {count}, and {asker} will ask why {name}",
        values=(name, asker if scene.people else ""),
        minutes=scene.minutes_for(20, "research"),
        done=f"{_ENOUGH_FACTS} dated facts with a source, each with what it means for you",
        item=scene.item("research"),
        command=f"prepvault research {quote(name)} --depth quick",
    )
    return Offer("research", _base(scene), scene.weight(), line, ("research",), 2.0)


_ENOUGH_FACTS = 3
"""A research note with fewer facts is not begun yet."""


def _base(scene: Scene) -> float:
    """What everything else rests on comes first while there is time for it."""
    return BASE if scene.plan is None else MUST


def _oldest(scene: Scene, facts: tuple[Fact, ...]) -> Fact | None:
    today = scene.here.date()
    aged = [each for each in facts if each.read_on and today - each.read_on > STALE and not each.is_unknown]
    return min(aged, key=lambda each: (each.read_on or today, each.line), default=None)


def research_questions(scene: Scene) -> tuple[str, ...]:
    """What the user's own research note asks, and then what it says is unknown."""
    company = scene.dossier.company
    asked = (*company.ask, *company.unknown) if company else ()
    return once(asked)


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once, whatever its capitals and the mark at its end; the first spelling stays."""
    kept: dict[str, str] = {}
    for text in texts:
        kept.setdefault(text.casefold().rstrip("?. "), text)
    return tuple(kept.values())


def audience_for(scene: Scene, person: Person) -> Audience | None:
    """Who somebody is across the table: by the title, else as the type usually brings."""
    seat = next((each for each in scene.coaching.panel if each.person.name == person.name), None)
    if seat and seat.audience:
        return seat.audience
    usual = scene.coaching.audiences
    return usual[0] if usual and not person.title else None


def questions_for(scene: Scene, person: Person | None) -> tuple[Question, ...]:
    """The picked questions that suit somebody; all picked ones where none is meant for them."""
    seats = (each for each in scene.coaching.panel if person and each.person.name == person.name)
    seat = next(seats, None)
    return (seat.ask if seat else ()) or scene.coaching.ask


def first_clause(text: str) -> str:
    """What comes first in a list of things, in lower case."""
    return lower_first(cut(re.split(r", | \(", text, maxsplit=1)[0], 120))


def person_words(person: Person) -> str:
    """Somebody with the title: `S. Chen (Staff Engineer)`."""
    return f"{person.name} ({person.title})" if person.title else person.name


def first_questions(scene: Scene, person: Person | None = None) -> tuple[str, ...]:
    """What to ask somebody, else whoever comes first: the user's own question, then those picked for them."""
    if scene.is_alone:
        return ()
    whom = person or next(iter(scene.people), None)
    usual = (each.text for each in questions_for(scene, whom))
    asked = (*research_questions(scene)[:1], *usual)
    return once(asked)
