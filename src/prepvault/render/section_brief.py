"""The brief: what is known about this interview and from where, and the one thing to ask for."""

import re
from collections.abc import Iterable, Iterator, Sequence

from prepvault.model.card import Audience
from prepvault.model.coaching import Coaching, Seat
from prepvault.model.competency import Demand
from prepvault.model.dossier import Dossier, Round
from prepvault.model.interview import Interview
from prepvault.model.phrases import lower_first, sentence
from prepvault.model.posting import Keyword, Posting
from prepvault.render.inert import inert_line
from prepvault.render.known import (
    LINES,
    NEEDS,
    most_asked,
    need_title,
    open_question,
    reasons_of,
    type_title,
)
from prepvault.render.section_text import Page, Written, own_words, wikilink
from prepvault.render.times import day_text, span_text, when_text

_ADDRESS = re.compile(r"\S+://\S*")


def write_brief(page: Page) -> Written:
    """Write the facts, who sits there, what they ask for, research, earlier rounds, one question."""
    known = page.coaching.dossier
    return "Brief", [
        "\n".join(_facts(page)),
        *_listed("Across the table", _table(page)),
        *_listed(_needs_title(known, page.interview), _needs(page.coaching)),
        *_listed(_research_title(known), _research(known)),
        *_listed("Earlier rounds", _earlier(known)),
        _missing(page),
    ]


def _listed(title: str, lines: Iterable[str]) -> tuple[str, ...]:
    """Write a list under a line in bold; nothing for an empty list."""
    written = "\n".join(f"- {line}" for line in lines)
    return (f"**{title}**", written) if written else ()


def _facts(page: Page) -> Iterator[str]:
    """Write when, where and what kind, as the note says them."""
    interview, format_ = page.interview, page.coaching.format
    yield f"- **When:** {inert_line('; '.join(_when(page)))}"
    venue = interview.venue
    if venue.text:
        said = _ADDRESS.sub("", venue.text).casefold()
        platform = "" if venue.platform.casefold() in said else f"{venue.platform}: "
        yield f"- **Where:** {inert_line(f'{platform}{venue.text}')}"
    kind = f", {lower_first(format_.title)}" if format_ else ""
    length = "" if interview.all_day else f", {span_text(interview.minutes)}"
    role = f" for {interview.role}" if interview.role else ""
    company = f" at {interview.company}" if interview.company else ""
    yield f"- **What:** {own_words(f'{type_title(interview)}{role}{company}{kind}{length}')}"
    assumed = page.coaching.assumed_format
    if assumed and "interview_format" in page.coaching.missing:
        yield f"- **Kind:** {own_words(lower_first(assumed.title))}, assumed: the note does not say"
    if interview.deadline:
        yield f"- **Answer due:** {day_text(interview.deadline)}"


def _when(page: Page) -> Iterator[str]:
    """Write the day and hour, in the other zone too where it differs, and when to be there."""
    slots, interview = page.coaching.slots, page.interview
    zone = "" if interview.all_day else f" ({interview.zone})"
    _, _, elsewhere = slots.get("start_both", "").partition(" = ")
    yield f"{when_text(interview)}{zone}{f' = {elsewhere}' if elsewhere else ''}"
    if slots.get("log_in_at"):
        yield f"{'be by the phone' if slots.get('phone') else 'log in'} at {slots['log_in_at']}"


def _table(page: Page) -> Iterator[str]:
    """Write who sits there and what each weighs; what an audience weighs is told once."""
    told: set[str] = set()
    for seat in page.coaching.panel:
        yield "\n".join(_seat(seat, told))
    if not told:
        for each in page.coaching.audiences:
            weighs = f": weighs {inert_line(sentence(lower_first(each.weighs)))}" if each.weighs else ""
            yield f"**{inert_line(each.title)}**, assumed from the type{weighs}"


def _seat(seat: Seat, told: set[str]) -> Iterator[str]:
    """Write one person; without a title nothing is guessed."""
    person, audience = seat.person, seat.audience
    name = wikilink(person.link, person.name) if person.link else own_words(person.name)
    title = f", {own_words(person.title)}" if person.title else ""
    parts = f" · {own_words(', '.join(seat.sessions))}" if seat.sessions else ""
    yield f"**{name}**{title}{parts}"
    if audience and audience.id not in told:
        told.add(audience.id)
        yield from _weighs(audience)


def _weighs(audience: Audience) -> Iterator[str]:
    """Write what an audience weighs and how to speak to it."""
    if audience.weighs:
        yield f"    - Weighs {inert_line(sentence(lower_first(audience.weighs)))}"
    if audience.speak:
        yield f"    - Speak {inert_line(sentence(lower_first(audience.speak)))}"


def _needs_title(known: Dossier, interview: Interview) -> str:
    """Name where the needs come from; a posting may stand in the interview's own note."""
    if not known.posting:
        return "What they probably ask for most"
    is_here = known.posting.path == interview.path
    return f"What they ask for most, by {'the posting' if is_here else wikilink(known.posting.path)}"


def _needs(coaching: Coaching) -> Iterator[str]:
    """Write what is asked most, with what says so, then the posting's own words."""
    known = coaching.dossier
    for demand in most_asked(coaching):
        yield f"**{inert_line(need_title(demand.tag, coaching))}**: {_reasons(demand)}"
    if known.posting:
        yield from _posting(known.posting)


def _reasons(demand: Demand) -> str:
    return own_words("; ".join(reasons_of(demand))) or "usual"


def _posting(posting: Posting) -> Iterator[str]:
    """Write what the posting requires and which words are its own."""
    if posting.musts:
        yield f"Required: {_few(posting.musts)}"
    words = (_with_count(each) for each in posting.keywords[:NEEDS])
    if posting.keywords:
        yield f"Their own words: {inert_line(', '.join(words))}"


def _with_count(keyword: Keyword) -> str:
    times = {1: "", 2: " (twice)"}.get(keyword.count, f" ({keyword.count} times)")
    return f"{keyword.word}{times}"


def _few(lines: Sequence[str]) -> str:
    """Write the first lines of a list in one, each shortened."""
    return "; ".join(own_words(line, 14).rstrip(".;") for line in lines[:LINES])


def _research_title(known: Dossier) -> str:
    company = known.company
    return f"From {wikilink(company.path, company.name)}" if company and company.path else "From research"


def _research(known: Dossier) -> Iterator[str]:
    """Write what the research note wants said, asked, watched, and what it leaves open."""
    company = known.company
    if not company:
        return
    parts = (
        ("Say", company.say),
        ("Ask", company.ask),
        ("Watch", company.watch),
        ("Unknown", company.unknown),
    )
    for title, lines in parts:
        if lines:
            yield f"**{title}:** {_sayings(lines)}"


def _sayings(lines: Sequence[str]) -> str:
    """Write a few lines in one."""
    *first, last = (own_words(line, 30).rstrip(".;") for line in lines[:LINES])
    return "; ".join((*first, sentence(last)))


def _earlier(known: Dossier) -> Iterator[str]:
    """Write the rounds held before, latest first, and what they left open."""
    for each in list(reversed(known.earlier))[:LINES]:
        yield _round(each)
    for doubt in known.open_doubts[:LINES]:
        yield f"**Open doubt:** {own_words(doubt)}"
    for question in known.gap_questions[:LINES]:
        yield f"**Went badly:** {own_words(question)}"
    debriefs = [each.debrief for each in reversed(known.earlier)]
    for pay in [pay for each in debriefs for pay in each.pay][:LINES]:
        yield f"**Pay said:** {own_words(pay)}"
    for promise in [each for said in debriefs for each in said.promises if not each.is_kept][:LINES]:
        due = f", by {day_text(promise.due)}" if promise.due else ""
        who = "You promised" if promise.by == "me" else "They promised"
        yield f"**{who}:** {own_words(promise.text).rstrip('.')}{due}"


def _round(each: Round) -> str:
    """Write one earlier round: kind, day, with whom, what came of it."""
    held = each.interview
    people = ", ".join(person.name for person in held.people)
    outcome = f": {held.outcome.label.lower()}" if held.outcome else ""
    other = "" if each.is_same_loop else f", for {held.role}"
    words = f"{held.type_label} on {day_text(held.starts.date())}"
    about = own_words(f"{other}{f' with {people}' if people else ''}{outcome}")
    gap = "" if not about or about[0] in ",:" else " "
    return f"{wikilink(held.path, words)}{gap}{about}"


def _missing(page: Page) -> str:
    """Ask for the one thing that would help most."""
    question = open_question(page.coaching, page.interview)
    return f"**Still missing:** {inert_line(question)}" if question else ""
