"""The level that a job title names, and what interviewers of that level's candidates look for."""

import re
from collections.abc import Mapping

from prepvault.model.seniority import Seniority
from prepvault.rules.roles import normal_title, title_parts

_AFTER = re.compile(r"(?<=\w)\s+(?:at|@|to|for|reporting)\s.*")
_NOT_LEVELS = (
    r"staff (?:nurse|accountant|pharmacist|physician|writer|attorney|therapist|midwife|assistant)",
    r"chief of staff|leads? (?:generation|gen|qualification|management)",
    r"(?:account|sales|advertising|marketing|customer service|accounts?|pr|hr) executive",
    r"executive (?:assistant|chef)|graduate (?:school|programs?|admissions)",
    r"junior (?:school|doctor|high)|senior (?:living|care|centre|center)",
)
_NOT_A_LEVEL = re.compile(rf"\b(?:{'|'.join(_NOT_LEVELS)})\b")
_LEVELS: tuple[tuple[Seniority, tuple[str, ...]], ...] = (
    (
        Seniority.EXECUTIVE,
        (
            r"chief|vp|president|(?:co-?)?founder|c[eftiorpmsdhc]o|ciso",
            r"managing director|executive director",
        ),
    ),
    (Seniority.DIRECTOR, (r"director|head|general manager",)),
    (Seniority.PRINCIPAL, (r"principal|distinguished|fellow",)),
    (Seniority.STAFF, (r"staff",)),
    (
        Seniority.LEAD,
        (
            r"lead|leader|supervisor|foreman|forewoman|team manager",
            r"(?:engineering|development|software|people|sales|operations|production|plant|it) manager",
            r"(?:store|shop|restaurant|hotel|branch|regional|area|district|department) manager",
            r"(?:ward|nurse|nursing) manager",
        ),
    ),
    (Seniority.SENIOR, (r"senior|expert|(?:iii|iv)$|experienced",)),
    (Seniority.MID, (r"mid(?:dle)?(?:[- ]?(?:level|weight|senior))?|intermediate|ii$",)),
    (
        Seniority.INTERN,
        (
            r"intern|internship|working student|werkstudent(?:in)?|praktikant(?:in)?|praktikum|stagiaire",
            r"apprentice|apprenticeship|auszubildende[rn]?|placement student|co-?op student",
        ),
    ),
    (
        Seniority.JUNIOR,
        (
            r"junior|entry[- ]level|(?:new )?grad(?:uate)?|trainee|early career|absolvent(?:in)?|i$",
            r"^associate (?!director|vp|professor|partner|principal|dean|lawyer|attorney|editor)\w+",
        ),
    ),
)
_PATTERNS = tuple(
    (level, re.compile(rf"(?<![\w.])(?:{'|'.join(patterns)})(?!\w)")) for level, patterns in _LEVELS
)

LEANINGS: Mapping[Seniority, tuple[str, ...]] = {
    Seniority.INTERN: ("feedback-growth", "teamwork", "problem-solving"),
    Seniority.JUNIOR: ("feedback-growth", "teamwork", "problem-solving"),
    Seniority.MID: ("delivery", "problem-solving", "ownership"),
    Seniority.SENIOR: ("ownership", "technical-depth", "mentoring", "prioritisation"),
    Seniority.STAFF: ("influence", "ambiguity", "technical-depth", "strategic-thinking"),
    Seniority.PRINCIPAL: ("influence", "ambiguity", "technical-depth", "strategic-thinking"),
    Seniority.LEAD: ("leadership", "mentoring", "influence", "prioritisation"),
    Seniority.DIRECTOR: ("leadership", "strategic-thinking", "influence", "ambiguity"),
    Seniority.EXECUTIVE: ("strategic-thinking", "leadership", "ambiguity", "integrity"),
}
"""What each level is probed for beyond its role: learning below, trade-offs and ownership, then reach."""


def seniority_of(role: str) -> Seniority:
    """Read the level from a job title: the highest in the first part that names one, else UNKNOWN."""
    title = _NOT_A_LEVEL.sub(" ", _AFTER.sub("", normal_title(role)))
    for part in title_parts(title):
        for level, pattern in _PATTERNS:
            if pattern.search(part):
                return level
    return Seniority.UNKNOWN
