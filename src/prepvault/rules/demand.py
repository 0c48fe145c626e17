"""What an interview asks for: its competencies by weight, with what says so."""

from collections.abc import Iterator, Sequence

from prepvault.model.card import Library
from prepvault.model.company import Company
from prepvault.model.competency import Demand
from prepvault.model.interview import Interview, InterviewType
from prepvault.model.posting import Posting
from prepvault.rules.competencies import tag_of, tags_in
from prepvault.rules.roles import family_of

POSTING, DOUBT, VALUES, TYPE, FAMILY = 3, 3, 2, 2, 1
"""How much each source weighs: what they wrote and what they doubt most, what is usual for a role least.

A posting weighs so much for one telling line; for mere words of every posting 1, for several lines up to 5.
"""

_MOST_OF_POSTING = 7
_ASKS = {
    InterviewType.PHONE_SCREEN: "phone screens ask for it",
    InterviewType.VIDEO_INTERVIEW: "video interviews ask for it",
    InterviewType.TECHNICAL: "technical interviews ask for it",
    InterviewType.BEHAVIORAL: "behavioral interviews ask for it",
    InterviewType.ON_SITE: "on-site days ask for it",
    InterviewType.PANEL: "panels ask for it",
    InterviewType.FINAL_ROUND: "final rounds ask for it",
}
_Claim = tuple[str, int, str]


def demands_of(
    interview: Interview,
    library: Library,
    *,
    posting: Posting | None = None,
    company: Company | None = None,
    doubts: Sequence[str] = (),
) -> tuple[Demand, ...]:
    """Weigh competencies, most first: posting 1 to 5, company's values 2, type 2, open doubts 3, family 1.

    A debrief asks for none. Of a posting the seven asked most count. Among equals the order is that of the
    sources: doubts, posting, values, type, family; with a posting, the optional ones stand behind.
    """
    if interview.type is InterviewType.DEBRIEF:
        return ()
    weights: dict[str, int] = {}
    reasons: dict[str, list[str]] = {}
    claims = (
        *_of_doubts(doubts, library),
        *_of_posting(posting, library),
        *_of_company(company, library),
        *_of_type(interview, library),
        *_of_family(interview, library),
    )
    for tag, weight, reason in claims:
        weights[tag] = weights.get(tag, 0) + weight
        reasons.setdefault(tag, []).append(reason)
    order = sorted(
        weights, key=lambda tag: (-weights[tag], posting is not None and _is_optional(tag, library))
    )
    return tuple(Demand(tag, weights[tag], tuple(reasons[tag])) for tag in order)


def _of_doubts(doubts: Sequence[str], library: Library) -> Iterator[_Claim]:
    """The two competencies that a doubt speaks of most; several doubts about one weigh once."""
    found: dict[str, str] = {}
    for doubt in doubts:
        for tag in tags_in(doubt, library.competencies)[:2]:
            found.setdefault(tag, " ".join(doubt.split()))
    for tag, doubt in found.items():
        shown = doubt if len(doubt) <= 60 else f"{doubt[:59].rpartition(' ')[0]} …"
        yield tag, DOUBT, f"an earlier round left a doubt: {shown}"


def _of_posting(posting: Posting | None, library: Library) -> Iterator[_Claim]:
    counts: dict[str, int] = {}
    weights = dict(posting.weights) if posting else {}
    for word, count in posting.tags if posting else ():
        tag = tag_of(word, library.competencies)
        counts[tag] = counts.get(tag, 0) + count
    for tag, count in list(counts.items())[:_MOST_OF_POSTING]:
        times = {1: "once", 2: "twice"}.get(count, f"{count} times")
        yield tag, weights.get(tag, POSTING), f"the posting asks for it {times}"


def _is_optional(tag: str, library: Library) -> bool:
    known = library.competencies.get(tag)
    return known is not None and known.is_optional


def _of_company(company: Company | None, library: Library) -> Iterator[_Claim]:
    for tag in _tags(company.values if company else (), library):
        yield tag, VALUES, "it is one of the company's values"


def _of_type(interview: Interview, library: Library) -> Iterator[_Claim]:
    guide = library.guides.get(interview.type) if interview.type else None
    for tag in _tags(guide.demand if guide else (), library):
        yield tag, TYPE, _ASKS[interview.type] if interview.type else ""


def _of_family(interview: Interview, library: Library) -> Iterator[_Claim]:
    family = library.families.get(_family_id(interview, library))
    for tag in _tags(family.demand if family else (), library):
        yield tag, FAMILY, "usual for this kind of role"


def _family_id(interview: Interview, library: Library) -> str:
    own = interview.role_family.casefold()
    return own if own in library.families else family_of(interview.role, library.titles)[0]


def _tags(words: Sequence[str], library: Library) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for word in words if (tag := tag_of(word, library.competencies))))
