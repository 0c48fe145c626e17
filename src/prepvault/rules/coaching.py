"""Which cards one interview gets, decided from what its vault knows and never from the hour."""

from collections.abc import Sequence
from dataclasses import replace

from prepvault.model.card import Audience, Guide, Library, Question, Standing, Text
from prepvault.model.coaching import Coaching
from prepvault.model.dossier import Dossier
from prepvault.model.interview import Interview, InterviewType
from prepvault.model.settings import Settings
from prepvault.rules.audiences import audiences_of, people_of, seats_of, usual_audiences
from prepvault.rules.checklist import ITEMS_PER_PHASE, Fitting, pick_items
from prepvault.rules.conditions import CONDITIONS, conditions_of, place_kind, usual_conditions
from prepvault.rules.demand import demands_of
from prepvault.rules.formats import fit_family, fit_guide, format_of, shown_formats, usual_format
from prepvault.rules.late import booked_ahead, late_plan, vital_items
from prepvault.rules.likely_questions import pick_questions
from prepvault.rules.missing import missing_of
from prepvault.rules.questions_to_ask import TO_ASK, pick_to_ask
from prepvault.rules.roles import SURE, pick_family
from prepvault.rules.seniority import seniority_of
from prepvault.rules.slots import slots_of

__all__ = [
    "CONDITIONS",
    "ITEMS_PER_PHASE",
    "booked_ahead",
    "likely_questions",
    "pick_coaching",
    "pick_for_type",
    "place_kind",
    "sections_of",
]

_WITHOUT_STORIES = ("brief", "checklist", "tips", "ask")
_SEVERAL = 3


def pick_coaching(
    library: Library, interview: Interview, settings: Settings, dossier: Dossier | None = None
) -> Coaching:
    """Pick the cards of one interview, by its note and by what else the vault knows about it."""
    return _settle(library, interview, settings, _draft(library, interview, settings, dossier))


def likely_questions(
    library: Library, interview: Interview, settings: Settings, dossier: Dossier
) -> tuple[Question, ...]:
    """Pick only the questions of one interview, as its coaching has them."""
    return pick_questions(library, _draft(library, interview, settings, dossier), interview)


def _draft(library: Library, interview: Interview, settings: Settings, dossier: Dossier | None) -> Coaching:
    """Bring together what items and questions are chosen and worded by."""
    kind = interview.type or InterviewType.VIDEO_INTERVIEW
    known = dossier or Dossier(demands=demands_of(interview, library))
    rounds = [each.interview for each in known.earlier if each.is_same_loop]
    chosen = format_of(interview, library.guides.get(kind), rounds)
    named = audiences_of(people_of(interview), interview.role)
    usual = usual_audiences(kind, chosen.id if chosen else "")
    begun = _begin(library, kind, interview.role, interview.role_family, named or usual)
    family = _sure_family(begun)
    norms = library.norms.get(settings.text("profile.norms"))
    draft = replace(
        begun,
        audience_is_inferred=not named,
        guide=fit_guide(begun.guide if chosen else fit_family(begun.guide, family), chosen, interview),
        format=chosen,
        assumed_format=None if chosen else usual_format(begun.guide, family),
        dossier=_fit_stories(known, begun.guide, interview),
        norms=norms,
        panel=seats_of(interview, library.audiences),
    )
    return replace(draft, slots=slots_of(interview, settings, draft), missing=missing_of(interview, draft))


def _settle(library: Library, interview: Interview, settings: Settings, draft: Coaching) -> Coaching:
    """Pick what takes its words from the slots: items and questions."""
    lead = booked_ahead(interview)
    fitting = Fitting(
        kind=interview.type or InterviewType.VIDEO_INTERVIEW,
        conditions=conditions_of(interview, settings, draft.dossier, draft.norms),
        formats=shown_formats(draft.guide, draft.format, _sure_family(draft)),
        lead=lead,
        plan=late_plan(library.late_plans, lead),
        vital=vital_items(library.late_plans),
        slots=draft.slots,
    )
    return replace(
        pick_to_ask(draft, interview),
        items=pick_items(library.items, fitting),
        questions=pick_questions(library, draft, interview),
        late=fitting.plan,
    )


def pick_for_type(library: Library, type: InterviewType, role: str, family: str = "") -> Coaching:  # noqa: A002
    """Pick the cards of a type and a role without a note, for what such interviews usually are like."""
    begun = _begin(library, type, role, family, usual_audiences(type))
    sure = _sure_family(begun)
    formats = shown_formats(begun.guide, None, sure)
    fitting = Fitting(kind=type, conditions=usual_conditions(type), formats=formats)
    several = len(begun.audiences) > 1
    most = _SEVERAL if several else TO_ASK
    return replace(
        begun,
        guide=fit_family(begun.guide, sure),
        items=pick_items(library.items, fitting),
        questions=pick_questions(library, begun, None),
        ask=tuple(question for audience in begun.audiences for question in audience.questions[:most]),
    )


def _sure_family(coaching: Coaching) -> str:
    """The role family, where the title or the note tells it well enough to assume a kind by it."""
    return "" if coaching.family_is_assumed else coaching.family.id


def sections_of(interview: Interview, settings: Settings) -> tuple[str, ...]:
    """Name the sections that this interview's note gets, in order: a debrief tells no stories."""
    names = settings.words("coaching.sections")
    if interview.type is InterviewType.DEBRIEF:
        return tuple(name for name in names if name in _WITHOUT_STORIES)
    return names


def _begin(library: Library, kind: InterviewType, role: str, family: str, present: Sequence[str]) -> Coaching:
    """Pick everything that hangs on type, role and people alone."""
    chosen, confidence = pick_family(library, role, family)
    audiences = tuple(library.audiences[name] for name in present if name in library.audiences)
    return Coaching(
        guide=library.guides.get(kind),
        items=(),
        family=chosen,
        family_is_assumed=confidence < SURE,
        questions=(),
        audiences=audiences,
        audience_is_inferred=True,
        ask=(),
        star=library.texts.get("star", Text("star", "STAR", "")),
        strengths=library.texts.get("strengths", Text("strengths", "Strengths and weaknesses", "")),
        seniority=seniority_of(role),
        standing=_standing(library.standing, audiences, kind),
        competencies=library.competencies,
    )


def _standing(
    questions: Sequence[Standing], audiences: Sequence[Audience], kind: InterviewType
) -> tuple[Standing, ...]:
    """Choose the standing questions that somebody across the table is likely to ask; a debrief has none."""
    if kind is InterviewType.DEBRIEF:
        return ()
    present = {audience.id for audience in audiences}
    return tuple(each for each in questions if not each.audiences or present.intersection(each.audiences))


def _fit_stories(dossier: Dossier, guide: Guide | None, interview: Interview) -> Dossier:
    """Say in the match how many stories fit into the length that the note gives."""
    fitted = fit_guide(guide, None, interview)
    if not fitted or not dossier.match.rows:
        return dossier
    match = replace(dossier.match, least=fitted.least_stories, most=fitted.most_stories)
    return replace(dossier, match=match)
