"""What a note leaves open, in the order of asking: one open thing is asked for, none is filled with prose."""

from collections.abc import Callable, Mapping

from prepvault.model.coaching import Coaching
from prepvault.model.interview import Interview, InterviewType
from prepvault.model.missing import MISSING_QUESTIONS
from prepvault.rules.audiences import people_of

_NOT_ASKED = {InterviewType.DEBRIEF: {"job_description", "company"}}
_KINDS_DIFFER = {
    InterviewType.TECHNICAL,
    InterviewType.VIDEO_INTERVIEW,
    InterviewType.PANEL,
    InterviewType.DEBRIEF,
}


def missing_of(interview: Interview, coaching: Coaching) -> tuple[str, ...]:
    """Name what is not known, by the names of `prepvault.model.missing`, the first to ask first."""
    skipped = _NOT_ASKED.get(interview.type, set()) if interview.type else set()
    return tuple(
        name for name in MISSING_QUESTIONS if name not in skipped and _IS_MISSING[name](interview, coaching)
    )


def _lacks_format(interview: Interview, coaching: Coaching) -> bool:
    """True where kinds differ so much that one prepares otherwise; who names a person on video means live."""
    is_live = interview.type is InterviewType.VIDEO_INTERVIEW and bool(people_of(interview))
    if interview.type not in _KINDS_DIFFER or is_live:
        return False
    return bool(coaching.guide and coaching.guide.formats) and not (coaching.format or interview.format)


def _no_title_known(interview: Interview) -> bool:
    """True where people are named and not one with a title: who of them decides is open."""
    people = people_of(interview)
    return bool(people) and not any(person.title.strip() for person in people)


def _lacks_posting(interview: Interview, coaching: Coaching) -> bool:
    return not interview.job_description and coaching.dossier.posting is None


def _lacks_company(interview: Interview, coaching: Coaching) -> bool:
    """True without a research note, or with one that holds neither a fact nor an address."""
    company = coaching.dossier.company
    return company is None or not (company.website or company.facts or company.say or company.ask)


_IS_MISSING: Mapping[str, Callable[[Interview, Coaching], bool]] = {
    "timezone": lambda interview, _: not interview.zone_is_stated and not interview.all_day,
    "interview_format": _lacks_format,
    "interviewer": lambda interview, _: not people_of(interview),
    "titles": lambda interview, _: _no_title_known(interview),
    "job_description": _lacks_posting,
    "company": lambda interview, coaching: bool(interview.company) and _lacks_company(interview, coaching),
}
