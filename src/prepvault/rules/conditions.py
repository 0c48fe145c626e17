"""What a card's `when` may ask for: facts about an interview that hold whatever the hour."""

from collections.abc import Callable, Mapping

from prepvault.model.card import Norms
from prepvault.model.dossier import Dossier
from prepvault.model.interview import Interview, InterviewType
from prepvault.model.matching import MatchRow
from prepvault.model.settings import Settings
from prepvault.model.zones import zone_of
from prepvault.rules.audiences import people_of

Condition = Callable[[Interview, Settings, Dossier], bool]

USUAL_PLACES: Mapping[InterviewType, str] = {
    InterviewType.PHONE_SCREEN: "phone",
    InterviewType.VIDEO_INTERVIEW: "video",
    InterviewType.ON_SITE: "in_person",
}
"""Where interviews of a type happen when their note does not say."""


def place_kind(interview: Interview) -> str:
    """Tell where it happens: as the note says, else as its type usually does; empty when unknown."""
    return interview.venue.kind or (USUAL_PLACES.get(interview.type, "") if interview.type else "")


def home_zone(interview: Interview, settings: Settings) -> str:
    """Name the vault's zone where the clock shows another hour than in the interview's; else empty.

    Only the vault's own zone counts: the machine's would make two machines disagree.
    """
    home = settings.text("vault.timezone")
    if not home or home == interview.zone:
        return ""
    there = interview.starts.astimezone(zone_of(home))
    return home if there.utcoffset() != interview.starts.utcoffset() else ""


def _has_posting(interview: Interview, _: Settings, dossier: Dossier) -> bool:
    return bool(interview.job_description) or dossier.posting is not None


def _met_before(interview: Interview, _: Settings, dossier: Dossier) -> bool:
    return bool(dossier.earlier) or (interview.round or 1) > 1


def _is_bare(row: MatchRow) -> bool:
    """True when not one story comes even near."""
    return not (row.story or row.backup or row.nearest)


CONDITIONS: Mapping[str, Condition] = {
    "remote": lambda interview, _, __: place_kind(interview) in {"phone", "video"},
    "in_person": lambda interview, _, __: place_kind(interview) == "in_person",
    "phone": lambda interview, _, __: place_kind(interview) == "phone",
    "video": lambda interview, _, __: place_kind(interview) == "video",
    "place_unknown": lambda interview, _, __: not place_kind(interview),
    "zones_differ": lambda interview, settings, _: bool(home_zone(interview, settings)),
    "has_posting": _has_posting,
    "no_posting": lambda *known: not _has_posting(*known),
    "people_unknown": lambda interview, _, __: not people_of(interview),
    "several_people": lambda interview, _, __: len(people_of(interview)) > 1,
    "one_person": lambda interview, _, __: len(people_of(interview)) == 1,
    "all_day": lambda interview, _, __: interview.all_day,
    "has_sessions": lambda interview, _, __: bool(interview.sessions),
    "format_unknown": lambda interview, _, __: not interview.format,
    "has_research": lambda _, __, dossier: dossier.company is not None,
    "no_research": lambda _, __, dossier: dossier.company is None,
    "has_stories": lambda _, __, dossier: bool(dossier.match.stories),
    "no_stories": lambda _, __, dossier: bool(dossier.match.rows) and all(map(_is_bare, dossier.match.rows)),
    "story_gap": lambda _, __, dossier: bool(dossier.match.stories and dossier.match.gaps),
    "earlier_round": _met_before,
    "first_round": lambda *known: not _met_before(*known),
    "open_doubt": lambda _, __, dossier: bool(dossier.open_doubts),
    "gap_question": lambda _, __, dossier: bool(dossier.gap_questions),
    "has_deadline": lambda interview, _, __: interview.deadline is not None,
    "thanks_customary": lambda *_: True,
}
"""Every condition by its name; thanks are customary until a profile of customs says otherwise."""


def conditions_of(
    interview: Interview, settings: Settings, dossier: Dossier, norms: Norms | None = None
) -> frozenset[str]:
    """Name the conditions that hold."""
    held = {name for name, holds in CONDITIONS.items() if holds(interview, settings, dossier)}
    if norms and norms.thank_you == "not customary":
        held.discard("thanks_customary")
    return frozenset(held)


def usual_conditions(kind: InterviewType) -> frozenset[str]:
    """Name the conditions that interviews of a type usually meet; both places where either is usual."""
    place = USUAL_PLACES.get(kind, "")
    held = {
        "has_posting",
        "zones_differ",
        "thanks_customary",
        "format_unknown",
        *({place} if place else {"video", "in_person"}),
    }
    if held & {"phone", "video"}:
        held.add("remote")
    crowd = kind in {InterviewType.ON_SITE, InterviewType.PANEL}
    held.add("several_people" if crowd else "one_person")
    return frozenset(held | ({"has_sessions"} if kind is InterviewType.ON_SITE else set()))
