"""The values that a card's `told` may name, and texts with these values filled in."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from prepvault.model.coaching import Coaching
from prepvault.model.interview import Interview, Person
from prepvault.model.phrases import lower_first
from prepvault.model.settings import Settings
from prepvault.model.zones import shift, zone_of
from prepvault.rules.audiences import people_of
from prepvault.rules.competencies import title_of
from prepvault.rules.conditions import home_zone, place_kind
from prepvault.rules.days import day_words, hour_words, weekday_words, when_words

_SLOT = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_WIKILINK = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_MARKS = re.compile(r"^(?:(?:[-*+>]|\d+[.)])\s+)?(?:\[.\]\s+)?|\*{2,}")
_LINE, _WORDS = 24, 12
_LAST_INPUT = timedelta(minutes=75)
_LOG_IN = timedelta(minutes=5)
_NAMED = 6

_CLOSE = (
    "need_",
    "keyword_",
    "must_",
    "nice_",
    "story_",
    "gap_",
    "doubt_",
    "say_",
    "ask_",
    "watch_",
    "unknown_",
    "pay_said",
    "earlier_round",
    "strength_",
    "weakness_",
)

_Slots = Iterator[tuple[str, str]]


def fill(text: str, slots: Mapping[str, str]) -> str | None:
    """Put values in place of `{{slots}}`; None when one of them is not known. Values are not read again."""
    if "{{" not in text:
        return text
    if not _is_known(text, slots):
        return None
    return _SLOT.sub(lambda found: slots[found[1]], text)


def _is_known(text: str, slots: Mapping[str, str]) -> bool:
    return all(slots.get(name) for name in _SLOT.findall(text))


def choose_wording(text: str, told: Sequence[str], slots: Mapping[str, str]) -> str:
    """Choose the first wording whose slots are all known, else the text itself; nothing is filled in yet."""
    return next((each for each in told if _is_known(each, slots)), text)


def tell(text: str, told: Sequence[str], slots: Mapping[str, str]) -> str:
    """Choose the first wording whose slots are all known, filled in, else the text itself."""
    wording = choose_wording(text, told, slots)
    return text if wording == text else fill(wording, slots) or text


def is_close(wording: str) -> bool:
    """Tell whether a wording names posting, research, stories or earlier rounds, not only who and when."""
    return any(name.startswith(_CLOSE) for name in _SLOT.findall(wording))


def slots_of(interview: Interview, settings: Settings, coaching: Coaching) -> Mapping[str, str]:
    """Give every slot that is known, each on one line, links by their name; none hangs on the hour."""
    found = (
        *_of_note(interview, coaching),
        *_of_time(interview, settings),
        *_of_place(interview),
        *_of_people(interview, coaching),
        *_of_demand(coaching),
        *_of_posting(coaching),
        *_of_stories(coaching),
        *_of_rounds(interview, coaching),
        *_of_research(coaching),
        *_of_about(coaching),
    )
    lines = ((name, " ".join(_WIKILINK.sub(r"\1", value).split())) for name, value in found)
    return {name: line for name, line in lines if line and "{{" not in line and "}}" not in line}


def plain_line(text: str, most: int = _LINE) -> str:
    """Make a line that somebody wrote fit into a sentence: no list mark, few words, no full stop."""
    words = _MARKS.sub("", text.strip()).split()
    cut = f"{' '.join(words[:most]).rstrip(' ,;:–-')} …" if len(words) > most else " ".join(words)
    return cut.rstrip(" .;,")


def type_noun(interview: Interview) -> str:
    """The type as a noun for a sentence: `technical interview`, `phone screen`."""
    label = interview.type_label.lower()
    return f"{label} interview" if label in {"technical", "behavioral", "on-site", "panel"} else label


def in_words(names: Sequence[str]) -> str:
    """List names as a sentence does: `Dana Roe, Kim Lee and Sam Poe`."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _numbered(name: str, values: Iterable[str]) -> _Slots:
    """Give the first three values as `name_1`, `name_2`, `name_3`."""
    for index, value in enumerate(list(values)[:3], start=1):
        yield f"{name}_{index}", value


def _first(name: str, lines: Sequence[str], most: int = _LINE) -> _Slots:
    """Give the first of the lines that somebody wrote as `name_1`."""
    for line in lines[:1]:
        yield f"{name}_1", plain_line(line, most)


def _of_note(interview: Interview, coaching: Coaching) -> _Slots:
    yield "company", interview.company
    yield "role", interview.role
    yield "type", type_noun(interview)
    kind = coaching.format.title if coaching.format else interview.format.replace("_", " ")
    yield "format", lower_first(kind)
    is_known = not coaching.family_is_assumed and coaching.family.id != "general"
    yield "family", lower_first(coaching.family.title) if is_known else ""


def _of_time(interview: Interview, settings: Settings) -> _Slots:
    if interview.deadline:
        yield "deadline", day_words(interview.deadline)
    if interview.all_day:
        yield "start", day_words(interview.starts)
        return
    clock = their_clock(interview, settings)
    yield "start", when_words(interview.starts) + clock
    yield "minutes", str(interview.minutes) if interview.minutes > 0 else ""
    if place_kind(interview) in {"phone", "video"}:
        yield "log_in_at", hour_words(shift(interview.starts, -_LOG_IN)) + clock
    last_input = shift(interview.starts, -_LAST_INPUT)
    if not interview.created_at or interview.created_at < last_input:
        yield "last_input", hour_words(last_input) + clock
    yield "start_both", both_zones(interview, settings)


def their_clock(interview: Interview, settings: Settings) -> str:
    """Name the clock of an hour where it is not the user's own; on site one is where the clock is."""
    if place_kind(interview) == "in_person" or not home_zone(interview, settings):
        return ""
    area, _, place = interview.zone.rpartition("/")
    return f" {place.replace('_', ' ')} time" if area and area != "Etc" else f" {interview.zone}"


def both_zones(interview: Interview, settings: Settings) -> str:
    """Write the start in the interview's zone and in the vault's; empty where their clocks agree."""
    home = home_zone(interview, settings)
    if not home or interview.all_day:
        return ""
    there, here = interview.starts, interview.starts.astimezone(zone_of(home))
    day = f"{weekday_words(here)} " if here.date() != there.date() else ""
    return f"{hour_words(there)} {interview.zone} = {day}{hour_words(here)} {home}"


def _of_place(interview: Interview) -> _Slots:
    venue, kind = interview.venue, place_kind(interview)
    yield "platform", venue.platform or ("the video call" if kind == "video" else "")
    yield "place", venue.text if venue.kind == "in_person" else ""
    yield "phone", (venue.text or "the number they call from") if kind == "phone" else ""


def _of_people(interview: Interview, coaching: Coaching) -> _Slots:
    people = people_of(interview)
    yield from _numbered("person", (each.name for each in people))
    for index, person in enumerate(people[:3], start=1):
        yield f"person_{index}_first", first_name(person)
        yield f"person_{index}_title", person.title
    names = [each.name for each in people]
    more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
    yield "people", in_words([*names[:_NAMED], *more])
    if not coaching.audience_is_inferred and coaching.audiences:
        yield "audience", lower_first(coaching.audiences[0].title)
    yield "recruiter_first", recruiter_name(interview, coaching)


def recruiter_name(interview: Interview, coaching: Coaching) -> str:
    """The first name of the recruiter, as the note or a title across the table says; empty when unknown."""
    if interview.recruiter:
        return first_name(interview.recruiter)
    seats = (seat for seat in coaching.panel if seat.audience and seat.audience.id == "recruiter")
    return next((first_name(seat.person) for seat in seats), "")


def first_name(person: Person) -> str:
    """The first name; the whole name where it is an initial only."""
    return person.first_name if len(person.first_name.rstrip(".")) > 1 else person.name


def _of_demand(coaching: Coaching) -> _Slots:
    demands = coaching.dossier.demands
    yield from _numbered("need", (title_of(each.tag, coaching.competencies) for each in demands))
    for index, demand in enumerate(demands[:3], start=1):
        yield f"need_{index}_reason", plain_line(demand.reasons[0]) if demand.reasons else ""


def _of_posting(coaching: Coaching) -> _Slots:
    posting = coaching.dossier.posting
    if posting:
        yield from _numbered("keyword", (each.word for each in posting.keywords))
        yield from _first("must", posting.musts, _WORDS)
        yield from _first("nice", posting.nices, _WORDS)


def _of_stories(coaching: Coaching) -> _Slots:
    told: dict[str, tuple[str, str]] = {}
    for row in coaching.dossier.match.rows:
        if row.story:
            told.setdefault(row.story.id, (row.story.title, title_of(row.demand.tag, coaching.competencies)))
    for index, (title, need) in enumerate(list(told.values())[:3], start=1):
        yield f"story_{index}", title
        yield f"story_{index}_need", need
    for row in coaching.dossier.match.gaps[:1]:
        yield "gap_need", title_of(row.demand.tag, coaching.competencies)


def _of_rounds(interview: Interview, coaching: Coaching) -> _Slots:
    dossier = coaching.dossier
    yield from _first("doubt", dossier.open_doubts)
    yield from _first("gap_question", dossier.gap_questions)
    if dossier.earlier:
        yield "earlier_round", f"the {round_words(dossier.earlier[-1].interview, interview)}"
    said = (pay for each in reversed(dossier.earlier) if each.is_same_loop for pay in each.debrief.pay)
    yield "pay_said", plain_line(next(said, ""))


def round_words(earlier: Interview, interview: Interview) -> str:
    """Name an earlier round: `phone screen on 2 February with Sam Lee`; the year only where it is another."""
    year = f" {earlier.starts.year}" if earlier.starts.year != interview.starts.year else ""
    people = in_words([person.name for person in people_of(earlier)[:2]])
    day = day_words(earlier.starts, weekday=False)
    return f"{type_noun(earlier)} on {day}{year}{f' with {people}' if people else ''}"


def _of_research(coaching: Coaching) -> _Slots:
    company = coaching.dossier.company
    if company:
        yield from _first("say", company.say)
        yield from _first("ask", company.ask)
        yield from _first("watch", company.watch)
        yield from _first("unknown", company.unknown)


def _of_about(coaching: Coaching) -> _Slots:
    about = coaching.dossier.about
    asked = [demand.tag for demand in coaching.dossier.demands]
    ranks = {tag: index for index, tag in enumerate(asked)}
    strengths = sorted(about.strengths, key=lambda each: ranks.get(each.tag, len(ranks)))
    yield from _first("strength", [each.name for each in strengths])
    yield from _first("weakness", [each.name for each in about.weaknesses])
