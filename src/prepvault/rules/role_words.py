"""What a job title's own words say about the questions to expect, where no family of questions fits it."""

import re
from collections.abc import Mapping

_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"nurse|nursing|care|carer|hospice|doctor|physician|midwife|paramedic|therapist|pharmacist|dental|clinic\w*",
        ("integrity", "customer", "failure"),
    ),
    (
        r"chef|cook|kitchen|baker|barista|waiter|waitress|restaurant|hotel|catering",
        ("teamwork", "failure", "customer"),
    ),
    (
        r"teacher|teaching|tutor|lecturer|professor|educator|school|trainer|librarian",
        ("customer", "feedback-growth", "teamwork"),
    ),
    (
        r"warehouse|logistics|operations|production|plant|driver|fleet|supply|maintenance|site|workshop"
        r"|electrician|mechanic|welder|carpenter|technician|foreman|forewoman",
        ("prioritisation", "innovation", "integrity"),
    ),
    (
        r"fundrais\w+|philanthropy|sales|account|business development|marketing|campaigns?|commercial"
        r"|partnerships?",
        ("delivery", "customer", "ownership"),
    ),
    (
        r"finance|financial|account(?:ant|ing)|controller|bookkeeper|audit\w*|legal|lawyer|attorney|paralegal|compliance",
        ("failure", "integrity", "prioritisation"),
    ),
    (
        r"hr|human resources|people|recruit\w+|social work\w*|counsell?or|youth",
        ("customer", "teamwork", "integrity"),
    ),
    (
        r"assistant|secretary|office|administrat\w+|coordinator|receptionist|clerk",
        ("prioritisation", "teamwork", "customer"),
    ),
)
_PATTERNS = tuple((re.compile(rf"\b(?:{words})\b"), tags) for words, tags in _WORDS)


def role_leanings(role: str) -> Mapping[str, int]:
    """Weigh competencies from 3 to 1 by the kind of work that a title names; empty for other titles."""
    words = role.casefold()
    tags = next((tags for pattern, tags in _PATTERNS if pattern.search(words)), ())
    return {tag: len(tags) - index for index, tag in enumerate(tags)}
