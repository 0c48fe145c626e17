"""Which cards one interview gets, decided from what its note says and never from the hour."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from prepvault.model.card import PHASES, Audience, Family, Guide, Item, Library, Question, Text
from prepvault.model.coaching import Coaching
from prepvault.model.interview import Interview, InterviewType
from prepvault.model.settings import Settings
from prepvault.rules.audiences import audiences_of, usual_audiences
from prepvault.rules.minutes import scale_minutes
from prepvault.rules.roles import SURE, family_of

Condition = Callable[[Interview, Settings], bool]

ITEMS_PER_PHASE = 7
QUESTIONS_TO_ASK = 5
_PRIORITIES = ("must", "should", "could")
_USUAL_PLACES = {
    InterviewType.PHONE_SCREEN: "phone",
    InterviewType.VIDEO_INTERVIEW: "video",
    InterviewType.ON_SITE: "in_person",
}
_WITHOUT_STORIES = ("checklist", "tips", "ask")
_PHASE_LEADS: Mapping[str, timedelta] = {
    "T-7d": timedelta(days=7),
    "T-72h": timedelta(hours=72),
    "T-48h": timedelta(hours=48),
    "T-24h": timedelta(hours=24),
    "T-2h": timedelta(hours=2),
    "T-10min": timedelta(minutes=10),
}


def place_kind(interview: Interview) -> str:
    """Tell where it happens: as the note says, else as its type usually does; empty when unknown."""
    return interview.venue.kind or (_USUAL_PLACES.get(interview.type, "") if interview.type else "")


def _zones_differ(interview: Interview, settings: Settings) -> bool:
    """Compare with the vault's own zone only: the machine's would make two machines disagree."""
    home = settings.text("vault.timezone")
    return bool(home) and home != interview.zone


def _people(interview: Interview) -> int:
    """Count everyone named, the people of a long day's parts included."""
    inside = (person.name for session in interview.sessions for person in session.people)
    return len({*(person.name for person in interview.people), *inside})


CONDITIONS: Mapping[str, Condition] = {
    "remote": lambda interview, _: place_kind(interview) in {"phone", "video"},
    "in_person": lambda interview, _: place_kind(interview) == "in_person",
    "phone": lambda interview, _: place_kind(interview) == "phone",
    "video": lambda interview, _: place_kind(interview) == "video",
    "place_unknown": lambda interview, _: not place_kind(interview),
    "zones_differ": _zones_differ,
    "has_posting": lambda interview, _: bool(interview.job_description),
    "no_posting": lambda interview, _: not interview.job_description,
    "people_unknown": lambda interview, _: _people(interview) == 0,
    "several_people": lambda interview, _: _people(interview) > 1,
    "one_person": lambda interview, _: _people(interview) == 1,
    "all_day": lambda interview, _: interview.all_day,
    "has_sessions": lambda interview, _: bool(interview.sessions),
}
"""What a card's `when` may ask for."""


def pick_coaching(library: Library, interview: Interview, settings: Settings) -> Coaching:
    """Pick the cards of one interview."""
    kind = interview.type or InterviewType.VIDEO_INTERVIEW
    holds = {name for name, condition in CONDITIONS.items() if condition(interview, settings)}
    fitting = (item for item in _of_type(library.items, kind) if holds.issuperset(item.conditions))
    audiences = audiences_of(interview.people)
    picked = _pick(library, kind, interview.role, interview.role_family, audiences)
    return replace(
        picked,
        guide=_fit_guide(picked.guide, interview),
        items=_shorten(_fit_lead(fitting, booked_ahead(interview))),
    )


def pick_for_type(library: Library, type: InterviewType, role: str, family: str = "") -> Coaching:  # noqa: A002
    """Pick the cards of a type and a role without a note, for what such interviews usually are like."""
    usual = _usual_conditions(type)
    fitting = (item for item in _of_type(library.items, type) if usual.issuperset(item.conditions))
    return replace(_pick(library, type, role, family, ()), items=_shorten(fitting))


def sections_of(interview: Interview, settings: Settings) -> tuple[str, ...]:
    """Name the sections that this interview's note gets, in order: a debrief tells no stories."""
    names = settings.words("coaching.sections")
    if interview.type is InterviewType.DEBRIEF:
        return tuple(name for name in names if name in _WITHOUT_STORIES)
    return names


def booked_ahead(interview: Interview) -> timedelta | None:
    """Tell how long before its start the interview was booked; None when the note does not say."""
    if not interview.created_at or interview.created_at >= interview.starts:
        return None
    return interview.starts - interview.created_at


def _pick(library: Library, kind: InterviewType, role: str, family: str, named: Sequence[str]) -> Coaching:
    """Pick everything that hangs on type, role and people."""
    chosen, confidence = _choose_family(library, role, family)
    wanted = named or usual_audiences(kind)
    audiences = tuple(library.audiences[name] for name in wanted if name in library.audiences)
    return Coaching(
        guide=library.guides.get(kind),
        items=(),
        family=chosen,
        family_is_assumed=confidence < SURE,
        questions=_questions(library, chosen, kind),
        audiences=audiences,
        audience_is_inferred=not named,
        ask=_to_ask(audiences),
        star=library.texts.get("star", Text("star", "STAR", "")),
        strengths=library.texts.get("strengths", Text("strengths", "Strengths and weaknesses", "")),
    )


def _usual_conditions(kind: InterviewType) -> frozenset[str]:
    """Name the conditions that interviews of a type usually meet; both places where either is usual."""
    place = _USUAL_PLACES.get(kind, "")
    held = {"has_posting", "zones_differ", *({place} if place else {"video", "in_person"})}
    if held & {"phone", "video"}:
        held.add("remote")
    crowd = kind in {InterviewType.ON_SITE, InterviewType.PANEL}
    held.add("several_people" if crowd else "one_person")
    return frozenset(held | ({"has_sessions"} if kind is InterviewType.ON_SITE else set()))


def _choose_family(library: Library, role: str, named: str) -> tuple[Family, float]:
    """Take the family that the note names, else guess it from the title."""
    plain = named.strip().lower().replace("-", "_").replace(" ", "_")
    if plain in library.families:
        return library.families[plain], 1.0
    guessed, confidence = family_of(named or role, library.titles)
    fallback = Family(id="general", title="General")
    return library.families.get(guessed, library.families.get("general", fallback)), confidence


def _of_type(items: Iterable[Item], kind: InterviewType) -> tuple[Item, ...]:
    """Choose the items of a type."""
    return tuple(
        item for item in items if (not item.types or kind in item.types) and kind not in item.not_types
    )


def _fit_lead(items: Iterable[Item], lead: timedelta | None) -> tuple[Item, ...]:
    """Keep of the phases that were over when the interview was booked only what still fits."""
    if lead is None:
        return tuple(items)
    return tuple(item for item in items if _still_fits(item, lead))


def _still_fits(item: Item, lead: timedelta) -> bool:
    """Tell whether an item is worth its minutes after so late a booking."""
    if lead >= _PHASE_LEADS.get(item.phase, timedelta()):
        return True
    most = 15 if lead < timedelta(hours=2) else 30 if lead < timedelta(hours=24) else 60
    near = lead >= timedelta(hours=2) or item.phase in {"T-24h", "T-2h"}
    return near and item.priority == "must" and item.minutes <= most


def _shorten(items: Iterable[Item]) -> tuple[Item, ...]:
    """Order by phase and keep at most seven of each, the more important ones first."""
    pool = tuple(items)
    chosen: list[Item] = []
    for phase in PHASES:
        due = [item for item in pool if item.phase == phase]
        chosen += sorted(due, key=lambda item: _PRIORITIES.index(item.priority))[:ITEMS_PER_PHASE]
    return tuple(chosen)


def _questions(library: Library, family: Family, kind: InterviewType) -> tuple[Question, ...]:
    """Choose the likely questions: the family's own, after general ones where skills are not the subject."""
    if kind not in {InterviewType.BEHAVIORAL, InterviewType.PHONE_SCREEN, InterviewType.FINAL_ROUND}:
        return family.questions
    general = library.families.get("general")
    if not general or general.id == family.id:
        return family.questions
    return (*general.questions[:6], *family.questions[:6])


def _to_ask(audiences: Sequence[Audience]) -> tuple[Question, ...]:
    """Choose what to ask: five of one kind of person, three of each when there are several."""
    most = QUESTIONS_TO_ASK if len(audiences) == 1 else 3
    return tuple(question for audience in audiences for question in audience.questions[:most])


def _fit_guide(guide: Guide | None, interview: Interview) -> Guide | None:
    """Stretch the stages' minutes to the length that the note gives."""
    if not guide or interview.all_day or interview.minutes in {0, guide.minutes}:
        return guide
    factor = interview.minutes / guide.minutes
    stages = tuple(replace(stage, minutes=scale_minutes(stage.minutes, factor)) for stage in guide.stages)
    return replace(guide, stages=stages)
