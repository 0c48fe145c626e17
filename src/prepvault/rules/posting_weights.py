"""How strongly a posting asks for each competency: telling words weigh, words of every posting hardly do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from prepvault.model.competency import Competency
from prepvault.rules.posting_lines import NICE, PostingLine
from prepvault.rules.prose import find_phrases

_TELLING, _USUAL, _MORE = 4, 1, 1
"""Worth of a line in quarters: with a telling word, with usual ones only, for a second telling word."""

_STEPS = (12, 8, 4, 2)
"""Quarters from which a posting weighs 5, 4, 3 and 2; what is less weighs 1."""

_IN_EVERY_POSTING = (
    "ability to prioritise|analytical skills|attention to detail|autonomously|best practice|best practices",
    "caring|collaborate|collaborates|collaborating|collaboration|collaborative|collaboratively",
    "communicate|communicates|communicating|communication|communicator|compliance|cross functional",
    "cross-functional|curious|curiosity|deadlines|deliver|delivering|delivers|delivery|dynamic environment",
    "execute|execution|expert|expertise|fast paced|fast-moving|fast-paced|growth mindset|hands-on experience",
    "highly organised|highly organized|insights|interpersonal|multidisciplinary|multi-disciplinary",
    "launch|launches|launching|long-term|metrics|policies and procedures|priorities|proactive|proactively",
    "problem solver|problem solving|problem-solver|problem-solving|quick learner|regulations|regulatory",
    "results-driven|results-oriented|roadmap|scalable|self-motivated|self-starter|strategic|strategies",
    "strategy|team player|team-player|teamwork|time management|organisational skills|organizational skills",
    "well organised|well organized|willingness to learn|work closely with|working closely with",
    "works closely with|as part of a team|escalation|retrospective|retrospectives|migration",
    "migrations|strong understanding|solid understanding|technical skills|work independently",
    "across stakeholders|business stakeholders|external stakeholders|internal stakeholders|with stakeholders",
    "working independently|incident reporting|presentations|workload|ownership|confidentiality",
)
USUAL_PHRASES = frozenset("|".join(_IN_EVERY_POSTING).split("|"))
"""Phrases that say little of a posting, since so many hold them."""


@dataclass(slots=True)
class _Case:
    """What speaks for one competency: quarters, lines, and the telling phrases with the lines they are in."""

    quarters: float = 0
    lines: int = 0
    told: set[str] = field(default_factory=set)
    told_lines: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One competency that a posting asks for: in how many lines, and how strongly, from 1 to 5."""

    tag: str
    lines: int
    weight: int


def weigh_lines(lines: Sequence[PostingLine], competencies: Mapping[str, Competency]) -> tuple[Asked, ...]:
    """Weigh what a posting asks for, strongest first; equals stand in the order of the posting.

    A phrase speaks for one competency and once in a line; a shorter one inside it does not count. An optional
    competency counts in full only where two telling phrases in two lines speak for it.
    """
    owners = {
        " ".join(word.casefold().split()): each.id for each in competencies.values() for word in each.words
    }
    whole = "\n".join(line.text for line in lines).casefold()
    present = tuple(word for word in owners if word.split()[0] in whole)
    cases: dict[str, _Case] = {}
    for line in lines:
        for tag, phrases in _found(line.text, present, owners).items():
            _add(cases.setdefault(tag, _Case()), phrases, 0.5 if line.part == NICE else 1)
    scores = {tag: _score(case, competencies[tag]) for tag, case in cases.items()}
    order = sorted(cases, key=lambda tag: (-scores[tag], competencies[tag].is_optional))
    return tuple(Asked(tag, cases[tag].lines, _weight(scores[tag])) for tag in order)


def _found(text: str, present: Sequence[str], owners: Mapping[str, str]) -> Mapping[str, set[str]]:
    """Find the phrases of a line by competency; where two overlap, the longer one is meant."""
    found: dict[str, set[str]] = {}
    for hit in find_phrases(text, present):
        phrase = " ".join(hit.casefold().split())
        if phrase in owners:
            found.setdefault(owners[phrase], set()).add(phrase)
    return found


def _add(case: _Case, phrases: Iterable[str], share: float) -> None:
    """Count a line for a competency; a phrase that came before is worth half."""
    telling = set(phrases) - USUAL_PHRASES
    worth: float = _USUAL
    if telling:
        worth = _TELLING + _MORE * (len(telling) > 1)
        worth = worth if telling - case.told else worth / 2
        case.told |= telling
        case.told_lines += 1
    case.quarters += worth * share
    case.lines += 1


def _score(case: _Case, competency: Competency) -> float:
    is_sure = len(case.told) > 1 and case.told_lines > 1
    return case.quarters if is_sure or not competency.is_optional else case.quarters / 2


def _weight(quarters: float) -> int:
    return 1 + sum(quarters >= step for step in _STEPS)
