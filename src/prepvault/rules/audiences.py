"""Who sits across the table: read from the interviewers' titles, else what the type usually brings."""

import re
from collections.abc import Sequence

from prepvault.model.interview import InterviewType, Person

_TITLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("recruiter", re.compile(r"\b(?:recruit\w*|talent|sourc(?:er|ing)|staffing|ta partner|ta)\b")),
    ("people", re.compile(r"\b(?:hr|hrbp|human resources|people|personnel|compensation|benefits)\b")),
    (
        "executive",
        re.compile(
            r"\b(?:chief|[se]?vp|(?:vice )?president|head|(?:co-?)?founder|c[a-z]o|director|partner|owner)\b"
        ),
    ),
    ("hiring_manager", re.compile(r"\b(?:manager|lead|supervisor|team ?lead|principal investigator)\b")),
)
_NOT_A_MANAGER = re.compile(
    r"\b(?:product|project|program(?:me)?|account) manager\b|\btech(?:nical)? lead\b|\bproduct owner\b"
)
_USUAL: dict[InterviewType, tuple[str, ...]] = {
    InterviewType.PHONE_SCREEN: ("recruiter",),
    InterviewType.VIDEO_INTERVIEW: ("recruiter", "hiring_manager"),
    InterviewType.TECHNICAL: ("peer",),
    InterviewType.BEHAVIORAL: ("hiring_manager", "peer"),
    InterviewType.ON_SITE: ("hiring_manager", "peer", "executive"),
    InterviewType.PANEL: ("hiring_manager", "peer", "people"),
    InterviewType.FINAL_ROUND: ("executive",),
    InterviewType.DEBRIEF: ("recruiter", "people"),
}


def usual_audiences(kind: InterviewType) -> tuple[str, ...]:
    """Name who usually comes to an interview of this type."""
    return _USUAL[kind]


def audiences_of(people: Sequence[Person]) -> tuple[str, ...]:
    """Name the audiences that the titles tell of, each once; none when nobody has a title."""
    return tuple(dict.fromkeys(audience_of(person.title) for person in people if person.title.strip()))


def audience_of(title: str) -> str:
    """Name the audience of one person's title; who manages nobody is a peer."""
    plain = " ".join(title.lower().split())
    for name, pattern in _TITLES:
        if pattern.search(plain) and not (name != "recruiter" and _NOT_A_MANAGER.search(plain)):
            return name
    return "peer"
