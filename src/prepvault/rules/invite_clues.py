"""What guesses about invites rest on: the vault's companies, words and domains, what the person said."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from prepvault.model.interview import JOB_WORDS
from prepvault.model.invite import Invite, InviteWords
from prepvault.rules.companies import company_key

READ = 1500
"""How much of an invite's text is looked at."""

BREAK = re.compile(r"\s+[-–—|/•·]\s+|\s*[|•·:,;()\[\]]\s*|\s*<>\s*|\s+<->\s+")
"""What stands between the parts of a title."""

_OTHER_JOBS = (
    r"entwickler|ingenieur|d[ée]veloppeu|ing[ée]nieu|desarrollador|ingenier|werkstudent",
    r"administrat|representative|technician|accountant|researcher|strategist",
    r"\b(?:executive|planner|writer|editor|tester|programmer|intern|swe|sde|qa|ux|bi|erp|sap)\b",
)
JOB = re.compile("|".join((JOB_WORDS, *_OTHER_JOBS)), re.IGNORECASE)
"""What tells a job from other words of a title."""


@dataclass(frozen=True, slots=True)
class Employer:
    """A company that the vault knows: its names, the domains of its people and website, its open roles."""

    name: str
    names: tuple[str, ...]
    domains: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clues:
    """What guesses rest on; `told` are values that the person gave, by `company`, `role` and `type`."""

    words: InviteWords
    employers: tuple[Employer, ...] = ()
    own_name: str = ""
    told: Mapping[str, str] = field(default_factory=dict)

    def is_public(self, domain: str) -> bool:
        """Tell whether a domain says nothing of an employer: a mail provider's, or a program's."""
        return not domain or domain in self.words.private or bool(self.system_of(domain))

    def system_of(self, domain: str) -> str:
        """The program that writes from a domain or below it, empty where none is known."""
        labels = domain.split(".")
        ends = (".".join(labels[start:]) for start in range(len(labels)))
        return next((self.words.systems[end] for end in ends if end in self.words.systems), "")

    def find_employer(self, name: str) -> Employer | None:
        """The company of this name in the vault."""
        key = company_key(name)
        return next((each for each in self.employers if key in map(company_key, each.names)), None)


def domains_of(invite: Invite, clues: Clues, selves: frozenset[str]) -> tuple[str, ...]:
    """The domains that may be the employer's: the organizer's, and others where one's own is known."""
    parties = [invite.organizer, *(invite.attendees if selves else ())]
    domains = [each.domain for each in parties if each and each.email.casefold() not in selves]
    return tuple(dict.fromkeys(domain for domain in domains if not clues.is_public(domain)))


def names_of_people(invite: Invite, clues: Clues) -> frozenset[str]:
    """Whole names and first names of everybody in an invite and of the person invited, lower case."""
    people = [each.name for each in (*invite.attendees, invite.organizer) if each]
    names = [name.casefold() for name in (*people, clues.own_name) if name]
    return frozenset(word for name in names for word in (name, name.split()[0]))


def without_noise(text: str, noise: Collection[str]) -> str:
    """Leave out the words at both ends of a part of a title that tell nothing, and numbers at its end."""
    words = text.split()
    while words and (words[-1].casefold().strip(".!") in noise or words[-1].isdigit()):
        words.pop()
    while words and words[0].casefold().strip(".!") in noise:
        words.pop(0)
    return " ".join(words)
