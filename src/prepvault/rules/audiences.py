"""Who sits across the table: read from the interviewers' titles, else what the type usually brings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from prepvault.model.card import Audience
from prepvault.model.coaching import Seat
from prepvault.model.interview import Interview, InterviewType, Person
from prepvault.model.seniority import Seniority
from prepvault.rules.seniority import seniority_of

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
_CALLED = re.compile(r"^(?:(?:dr|prof|mr|mrs|ms|mx|herr|frau|sir|dame)\b\.?\s+)+")
_OTHER_DEPARTMENT = re.compile(
    r"\b(marketing|finance|sales|operations|office|legal|customer success|support|design|data|brand)"
    r" (?:team )?(?:manager|lead|supervisor)\b"
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
_USUAL_OF_FORMAT: dict[tuple[InterviewType, str], tuple[str, ...]] = {
    (InterviewType.PHONE_SCREEN, "manager"): ("hiring_manager",),
    (InterviewType.PHONE_SCREEN, "technical"): ("peer",),
    (InterviewType.VIDEO_INTERVIEW, "recorded"): ("recruiter",),
    (InterviewType.VIDEO_INTERVIEW, "ai_led"): ("recruiter",),
}


def usual_audiences(kind: InterviewType, form: str = "") -> tuple[str, ...]:
    """Name who usually comes to an interview of this type and kind; where nobody comes, who can be asked."""
    return _USUAL_OF_FORMAT.get((kind, form), _USUAL[kind])


def people_of(interview: Interview) -> tuple[Person, ...]:
    """Everyone named, once each, those of a long day's parts after the note's own; a later title counts."""
    people: dict[str, Person] = {}
    inside = (person for session in interview.sessions for person in session.people)
    for person in (*interview.people, *inside):
        key = _key_among(people, person)
        known = people.get(key)
        people[key] = replace(known, title=known.title or person.title) if known else person
    return tuple(people.values())


def _key_among(people: Mapping[str, Person], person: Person) -> str:
    """The key of somebody known already whom this name may mean.

    That is the whole name, with or without a `Dr.` before it, or a first or last name alone.
    """
    if person.key in people:
        return person.key
    bare = _bare(person)
    same = [
        key
        for key, known in people.items()
        if _bare(known) == bare or bare in {_bare(known).partition(" ")[0], _bare(known).rpartition(" ")[2]}
    ]
    return same[0] if len(same) == 1 else person.key


def _bare(person: Person) -> str:
    """The name in lower case, without what one is called before it."""
    return _CALLED.sub("", " ".join(person.name.casefold().split()))


def audiences_of(people: Sequence[Person], role: str = "") -> tuple[str, ...]:
    """Name the audiences that the titles tell of, each once; none when nobody has a title."""
    return tuple(dict.fromkeys(audience_of(each.title, role) for each in people if each.title.strip()))


def audience_of(title: str, role: str = "") -> str:
    """Name the audience of one person's title, for a candidate for `role`; who manages nobody is a peer.

    A director is the manager of those who lead in the same field; who manages another department is a peer.
    """
    plain = " ".join(title.lower().split())
    for name, pattern in _TITLES:
        if pattern.search(plain) and not (name != "recruiter" and _NOT_A_MANAGER.search(plain)):
            return _seen_from(role, name, plain)
    return "peer"


def _seen_from(role: str, name: str, title: str) -> str:
    """Correct an audience by the candidate's own place."""
    if name == "executive" and seniority_of(title) is Seniority.DIRECTOR:
        return "hiring_manager" if _reports_to(role, title) else name
    elsewhere = _OTHER_DEPARTMENT.search(title) if name == "hiring_manager" and role else None
    return "peer" if elsewhere and elsewhere[1] not in role.lower() else name


def _reports_to(role: str, title: str) -> bool:
    """Tell whether the holder of a role is likely to report to a director: from the same field, if a lead."""
    level = seniority_of(role)
    if level is Seniority.LEAD:
        return any(len(word) > 3 and word in title.split() for word in role.lower().split())
    return level in {Seniority.DIRECTOR, Seniority.EXECUTIVE}


def seats_of(interview: Interview, audiences: Mapping[str, Audience]) -> tuple[Seat, ...]:
    """Seat everyone whom the note names; who has no title has no audience yet."""
    people = {person.key: person for person in people_of(interview)}
    there: dict[str, list[str]] = {key: [] for key in people}
    for session in interview.sessions:
        for key in {_key_among(people, guest) for guest in session.people}.intersection(there):
            there[key].append(session.title)
    return tuple(
        Seat(
            person=person,
            audience=audiences.get(audience_of(person.title, interview.role))
            if person.title.strip()
            else None,
            sessions=tuple(there[key]),
        )
        for key, person in people.items()
    )
