"""Competencies: what interviews look for, as a closed list of tags that stories and postings share."""

from dataclasses import dataclass

COMPETENCIES: tuple[str, ...] = (
    "ownership",
    "conflict",
    "influence",
    "leadership",
    "teamwork",
    "ambiguity",
    "problem-solving",
    "technical-depth",
    "delivery",
    "prioritisation",
    "failure",
    "feedback-growth",
    "customer",
    "communication",
    "mentoring",
    "integrity",
)
"""The sixteen that interviews ask about most; a story may carry others as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Competency:
    """One tag of the list; `is_optional` marks those beyond the sixteen that a bank should cover.

    `prompts` are questions that ask for it, `probes` what is asked next, `mining` questions that help to
    remember a story of one's own. `words` are lower-case words and phrases by which a posting asks for it;
    `aliases` are other names of the tag.
    """

    id: str
    title: str
    proves: str
    needs: str
    trap: str
    prompts: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    mining: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Demand:
    """How much an interview asks for a competency, and what says so, in words for people."""

    tag: str
    weight: int
    reasons: tuple[str, ...] = ()
