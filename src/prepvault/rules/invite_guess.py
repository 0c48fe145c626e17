"""Which company, role and type an invite is about: known for certain, guessed and told so, or asked for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from prepvault.model.interview import JOB_WORDS, InterviewType
from prepvault.model.invite import Invite, InviteWords
from prepvault.rules.companies import company_key

_BREAK = re.compile(r"\s+[-–—|/•·]\s+|\s*[|•·:,;()\[\]]\s*|\s*<>\s*|\s+<->\s+")
_NAME = r"(?-i:[A-Z0-9][\w&.'’+-]*(?: (?:of|the|de|and|&|[A-Z0-9][\w&.'’+-]*)){0,4})"
_AT = re.compile(rf"(?:\bat|@|\binterest in(?: joining)?|\bjoining|\bbei|\bchez) ({_NAME})", re.IGNORECASE)
_WITH = re.compile(rf"\b(?:with|mit|avec|con) ({_NAME})", re.IGNORECASE)
_JOB = re.compile(JOB_WORDS, re.IGNORECASE)
_ARRANGER = re.compile(r"\b(?:recruit|talent|sourc|hiring|coordinat|people|hr\b)", re.IGNORECASE)
_TOLD_ROLE = re.compile(
    r"\b(?:for|as|about|regarding) (?:the|our|an?) ((?:(?! for | as )[^\n.,;:]){3,70}?) "
    r"(?:role|position|opening|opportunity|job)\b"
    r"|^\s*(?:position|role|job(?: title)?|stelle|poste)\s*:\s*([^\n]{3,80})$",
    re.IGNORECASE | re.MULTILINE,
)
_TEAM = re.compile(
    r"\s*\b(?:recruiting|recruitment|talent|hiring|careers|people|hr|jobs|scheduling|interview|interviews)\b"
    r"(?:\s+(?:team|acquisition|coordinator|operations))*\s*$",
    re.IGNORECASE,
)
_READ = 1500
_BEGINNING = 200


@dataclass(frozen=True, slots=True)
class Employer:
    """A company that the vault knows: its names, the domains of its people and website, its open roles."""

    name: str
    names: tuple[str, ...]
    domains: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """What an invite is about; what is empty has to be asked for. Every guess has a remark.

    `is_likely` is false where nothing in it speaks of an interview.
    """

    company: str = ""
    role: str = ""
    type: InterviewType | None = None
    remarks: tuple[str, ...] = ()
    is_likely: bool = True

    @property
    def missing(self) -> tuple[str, ...]:
        """The options that would say what is not known."""
        said = {"company": self.company, "role": self.role, "type": self.type}
        return tuple(name for name, value in said.items() if not value)


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


def guess(invite: Invite, clues: Clues, kind: str, selves: frozenset[str]) -> Guess:
    """Say what an invite is about. `kind` is its venue's, `selves` are one's own addresses."""
    remarks: list[str] = []
    company = _company(invite, clues, selves, remarks)
    types, rest = _types(invite.summary, clues.words)
    source = "the title"
    if types is None:
        types, source = _types(invite.description[:_BEGINNING], clues.words)[0], "the text"
    role = _role(invite, company, rest, clues, remarks)
    told = clues.told.get("type", "")
    found = InterviewType(told) if told else types or _by_venue(kind)
    if found and not told:
        source = source if types else "where it takes place"
        remarks.append(f"the type `{found.value}` is a guess from {source}")
    is_likely = bool(types or told or role or find_employer(company, clues)) or _speaks(invite, clues)
    return Guess(company, role, found, tuple(remarks), is_likely)


def _speaks(invite: Invite, clues: Clues) -> bool:
    """Tell whether title or text has a word of those that tell an interview from other events."""
    text = f"{invite.summary}\n{invite.description[:_READ]}".casefold()
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in clues.words.interview)


def find_employer(name: str, clues: Clues) -> Employer | None:
    """The company of this name in the vault."""
    key = company_key(name)
    return next((each for each in clues.employers if key in map(company_key, each.names)), None)


def domains_of(invite: Invite, clues: Clues, selves: frozenset[str]) -> tuple[str, ...]:
    """The domains that may be the employer's: the organizer's, and others where one's own is known."""
    parties = [invite.organizer, *(invite.attendees if selves else ())]
    domains = [each.domain for each in parties if each and each.email.casefold() not in selves]
    return tuple(dict.fromkeys(domain for domain in domains if not clues.is_public(domain)))


def _company(invite: Invite, clues: Clues, selves: frozenset[str], remarks: list[str]) -> str:
    if clues.told.get("company"):
        return clues.told["company"]
    domains = domains_of(invite, clues, selves)
    for employer in clues.employers:
        if any(_is_below(domain, own) for domain in domains for own in employer.domains):
            return employer.name
    title = f" {company_key(invite.summary)} "
    named = [each for each in clues.employers if any(_stands_in(name, title) for name in each.names)]
    if len(named) == 1:
        return named[0].name
    for source, text in _sources(invite, clues):
        if text:
            known = find_employer(text, clues)
            remarks.append(f"the company `{known.name if known else text}` is a guess from {source}")
            return known.name if known else text
    if domains:
        name = _from_domain(domains[0])
        remarks.append(f"the company `{name}` is only read from the address `@{domains[0]}`; is it right?")
        return name
    return ""


def _sources(invite: Invite, clues: Clues) -> Iterator[tuple[str, str]]:
    """Names that may be the company's, the surest first, each with where it stands."""
    yield "the title", _named(_AT, invite.summary, invite, clues)
    yield "the title", _named(_WITH, invite.summary, invite, clues)
    yield "the text", _named(_AT, invite.description[:_READ], invite, clues)
    organizer = invite.organizer.name if invite.organizer else ""
    team = _TEAM.sub("", organizer).strip(" -|")
    yield "the name of the organizer", team if team and team != organizer and not _JOB.search(team) else ""


def _named(pattern: re.Pattern[str], text: str, invite: Invite, clues: Clues) -> str:
    """The first name after such a word that is nobody's own and no program's."""
    people = [each.name for each in (*invite.attendees, invite.organizer) if each]
    nobody = {
        word for name in (*people, clues.own_name) for word in (name.casefold(), *name.casefold().split())
    }
    for found in pattern.finditer(text):
        name = found[1].strip(" .,'’-")
        first = name.casefold().split()[0] if name else ""
        is_word = first in nobody or first in clues.words.noise or name.casefold() in clues.words.noise
        if name and not is_word and not first[0].isdigit() and not _JOB.search(name):
            return name
    return ""


def _role(invite: Invite, company: str, title: str, clues: Clues, remarks: list[str]) -> str:
    if clues.told.get("role"):
        return clues.told["role"]
    role = next((role for role in map(str.strip, _roles_in(title, company, invite, clues)) if role), "")
    source = "the title"
    if not role:
        found = next(_TOLD_ROLE.finditer(invite.description[:_READ]), None)
        role, source = (" ".join((found[1] or found[2]).split()) if found else ""), "the text"
    known = find_employer(company, clues) if company else None
    if known and len(known.roles) == 1 and (not role or _is_part(role, known.roles[0])):
        if not role:
            remarks.append(f"the role `{known.roles[0]}` is that of your other interviews there")
        return known.roles[0]
    if role:
        remarks.append(f"the role `{role}` is a guess from {source}")
    return role


def _roles_in(title: str, company: str, invite: Invite, clues: Clues) -> Iterator[str]:
    """The parts of a title that name a job, without what stands around it."""
    people = {each.name.casefold() for each in (*invite.attendees, invite.organizer) if each}
    for part in _BREAK.split(title):
        part = re.sub(
            r"^.*?\b(?:for|as|role of)\s+(?:the\s+|an?\s+)?", "", part, count=1, flags=re.IGNORECASE
        )
        part = re.split(r"\s+(?:at|@|with|bei|chez|mit)\s+", part, maxsplit=1)[0]
        if company:
            part = re.sub(rf"\b{re.escape(company)}\b", " ", part, flags=re.IGNORECASE)
        words = part.split()
        while words and (words[-1].casefold().strip(".!") in clues.words.noise or words[-1].isdigit()):
            words.pop()
        while words and words[0].casefold().strip(".!") in (*clues.words.noise, "your", "the", "-"):
            words.pop(0)
        text = " ".join(words).strip(" -–—@")
        if _JOB.search(text) and not _ARRANGER.search(text) and text.casefold() not in people:
            yield text[:120]


def _types(summary: str, words: InviteWords) -> tuple[InterviewType | None, str]:
    """The type whose words stand in the title, and the title without them."""
    found: InterviewType | None = None
    rest = summary
    for word, kind in words.types:
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
        if pattern.search(summary):
            found = found or kind
            rest = pattern.sub(" ", rest)
    return found, rest


def _by_venue(kind: str) -> InterviewType | None:
    kinds = {
        "video": InterviewType.VIDEO_INTERVIEW,
        "phone": InterviewType.PHONE_SCREEN,
        "in_person": InterviewType.ON_SITE,
    }
    return kinds.get(kind)


def _from_domain(domain: str) -> str:
    labels = domain.split(".")
    second = (
        len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in {"co", "com", "org", "ac", "gov", "net"}
    )
    name = labels[-3] if second else labels[-2] if len(labels) > 1 else labels[0]
    return " ".join(word.capitalize() for word in name.split("-"))


def _is_below(domain: str, own: str) -> bool:
    return domain == own or domain.endswith(f".{own}")


def _stands_in(name: str, title: str) -> bool:
    key = company_key(name)
    return len(key) > 1 and re.search(rf"(?<!\w){re.escape(key)}(?!\w)", title) is not None


def _is_part(role: str, whole: str) -> bool:
    return set(role.casefold().split()) <= set(whole.casefold().split())
