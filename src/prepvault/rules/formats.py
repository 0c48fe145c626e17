"""The kind within a type, and a type's guide fitted to kind and length."""

from collections.abc import Sequence
from dataclasses import replace

from prepvault.model.card import Format, Guide
from prepvault.model.interview import Interview, InterviewType, Outcome
from prepvault.model.near import plain_word
from prepvault.rules.audiences import audiences_of, people_of
from prepvault.rules.minutes import answer_seconds, scale_minutes, story_range

_TIPS = 5
_ALONE = frozenset({"recorded", "one_way", "ai_led", "take_home"})
_CALLERS = {"recruiter": "recruiter", "hiring_manager": "manager", "peer": "technical"}


def format_of(interview: Interview, guide: Guide | None, earlier: Sequence[Interview] = ()) -> Format | None:
    """Find the kind that the note names, by any of its names, else the one that its other facts tell of."""
    if not guide:
        return None
    named = plain_word(interview.format or _told_by_facts(interview, earlier))
    names = {
        plain_word(name): each
        for names_of in (_aliases, _own_names)
        for each in reversed(guide.formats)
        for name in names_of(each)
    }
    return names.get(named) if named else None


def is_alone(chosen: Format | None, interview: Interview) -> bool:
    """Tell whether one speaks to a machine: nobody is there to be asked or to wait."""
    kind = chosen.id if chosen else interview.format
    return kind.casefold().replace("-", "_") in _ALONE


def _told_by_facts(interview: Interview, earlier: Sequence[Interview]) -> str:
    """Tell the kind by the place, by who is on the phone, or by an offer; empty where one has to ask."""
    if interview.type is InterviewType.ON_SITE:
        return {"in_person": "in_office", "video": "virtual_onsite"}.get(interview.venue.kind, "")
    if interview.type is InterviewType.PHONE_SCREEN:
        there = audiences_of(people_of(interview), interview.role)
        return _CALLERS.get(there[0], "") if len(there) == 1 else ""
    if interview.type is InterviewType.DEBRIEF:
        return "offer" if any(each.outcome is Outcome.OFFER for each in (interview, *earlier)) else ""
    return ""


def _aliases(kind: Format) -> tuple[str, ...]:
    return kind.aliases


def _own_names(kind: Format) -> tuple[str, ...]:
    return kind.title, kind.id


def usual_format(guide: Guide | None, family: str) -> Format | None:
    """Assume the kind that a role family usually meets, else the type's usual one, which cards name first."""
    kinds = guide.formats if guide else ()
    return next((each for each in kinds if family in each.families), kinds[0] if kinds else None)


def shown_formats(guide: Guide | None, chosen: Format | None, family: str = "") -> frozenset[str]:
    """Name the kinds whose items are shown: the note's own, else the usual one."""
    usual = chosen or usual_format(guide, family)
    return frozenset({usual.id}) if usual else frozenset()


def fit_family(guide: Guide | None, family: str) -> Guide | None:
    """Take the course and tips of the kind that a role family usually meets, where cards name one for it."""
    usual = usual_format(guide, family)
    return _of_format(guide, usual, "probably ") if guide and usual and family in usual.families else guide


def fit_guide(guide: Guide | None, chosen: Format | None, interview: Interview) -> Guide | None:
    """Take the kind's own purpose, course and tips, and stretch all to the length that the note gives."""
    if not guide:
        return None
    fitted = _of_format(guide, chosen) if chosen else guide
    if interview.all_day or interview.minutes in {0, guide.minutes}:
        return fitted
    factor = interview.minutes / guide.minutes
    least, most = story_range(guide, interview.minutes)
    stories = f"{least}-{most}" if most > least else str(least)
    return replace(
        fitted,
        stages=tuple(replace(each, minutes=scale_minutes(each.minutes, factor)) for each in fitted.stages),
        answer_seconds=answer_seconds(guide, interview.minutes),
        least_stories=least,
        most_stories=most,
        stories=stories if most else guide.stories,
    )


def _of_format(guide: Guide, chosen: Format, sure: str = "") -> Guide:
    """Put the kind's own words first; its tips push the type's last ones out."""
    return replace(
        guide,
        title=f"{guide.title}, {sure}{chosen.title[:1].lower()}{chosen.title[1:]}",
        purpose=chosen.purpose or guide.purpose,
        stages=chosen.stages or guide.stages,
        assessed=chosen.assessed or guide.assessed,
        tips=tuple(dict.fromkeys((*chosen.tips, *guide.tips)))[:_TIPS],
    )
