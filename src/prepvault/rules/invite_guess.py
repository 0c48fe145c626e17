"""Which company, role and type an invite is about: known for certain, guessed and told so, or asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prepvault.model.interview import InterviewType
from prepvault.model.invite import Invite, InviteWords
from prepvault.rules.invite_clues import BREAK, JOB, READ, Clues, names_of_people, without_noise
from prepvault.rules.invite_company import guess_company

_ARRANGER = re.compile(r"\b(?:recruit|talent|sourc|hiring|coordinat|people|hr\b)", re.IGNORECASE)
_TOLD_ROLE = re.compile(
    r"\b(?:for|as|about|regarding) (?:the|our|an?) ((?:(?! for | as )[^\n.,;:]){3,70}?) "
    r"(?:role|position|opening|opportunity|job)\b"
    r"|^\s*(?:position|role|job(?: title)?|stelle|poste)\s*:\s*([^\n]{3,80})$",
    re.IGNORECASE | re.MULTILINE,
)
# Whom one talks with, and the job behind that name, up to the next part of the title.
_MET = re.compile(
    r"(?<!\w)(?:w/|with|mit|avec|con)\s.*?(?=\s+[-–—|]\s+|[|:]|\s(?:for|as|about)\s|$)", re.IGNORECASE
)
_LED_IN = re.compile(
    r"(.*?)\b(?:for|as|about|position of|role of)\s+(?:the\s+|an?\s+|our\s+)?(.*)", re.IGNORECASE
)
_BEGINNING = 200


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


def guess(invite: Invite, clues: Clues, kind: str, selves: frozenset[str]) -> Guess:
    """Say what an invite is about. `kind` is its venue's, `selves` are one's own addresses."""
    remarks: list[str] = []
    company = guess_company(invite, clues, selves, remarks)
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
    is_known = bool(types or told or role or clues.find_employer(company))
    return Guess(company, role, found, tuple(remarks), is_known or _speaks(invite, clues))


def _speaks(invite: Invite, clues: Clues) -> bool:
    """Tell whether title or text has a word of those that tell an interview from other events."""
    text = f"{invite.summary}\n{invite.description[:READ]}".casefold()
    return any(
        word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in clues.words.interview
    )


def _role(invite: Invite, company: str, title: str, clues: Clues, remarks: list[str]) -> str:
    if clues.told.get("role"):
        return clues.told["role"]
    role = next(_roles_in(title, company, invite, clues), "")
    source = "the title"
    if not role:
        found = _TOLD_ROLE.search(invite.description[:READ])
        role, source = (" ".join((found[1] or found[2]).split()) if found else ""), "the text"
    known = clues.find_employer(company) if company else None
    if known and len(known.roles) == 1 and (not role or _is_part(role, known.roles[0])):
        if not role:
            remarks.append(f"the role `{known.roles[0]}` is that of your other interviews there")
        return known.roles[0]
    if role:
        remarks.append(f"the role `{role}` is a guess from {source}")
    return role


def _roles_in(title: str, company: str, invite: Invite, clues: Clues) -> Iterator[str]:
    """The parts of a title that name a job, without what stands around it."""
    nobody = names_of_people(invite, clues)
    noise = (*clues.words.noise, "your", "the", "-")
    for part in BREAK.split(_MET.sub(" ", title)):
        led = _LED_IN.fullmatch(part)
        while led and not JOB.search(led[1]):
            part, led = led[2], _LED_IN.fullmatch(led[2])
        text = re.split(r"\s+(?:at|@|bei|chez)\s+", part, maxsplit=1)[0]
        if company:
            text = re.sub(rf"\b{re.escape(company)}\b", " ", text, flags=re.IGNORECASE)
        text = without_noise(text, noise).strip(" -–—@")
        if JOB.search(text) and not _ARRANGER.search(text) and text.casefold() not in nobody:
            yield text[:120]


def _types(summary: str, words: InviteWords) -> tuple[InterviewType | None, str]:
    """The type whose words stand in the title, and the title without them."""
    found: InterviewType | None = None
    rest, plain = summary, summary.casefold()
    for word, kind in words.types:
        if word not in plain:  # there are many words, and a pattern for each takes long
            continue
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


def _is_part(role: str, whole: str) -> bool:
    return set(role.casefold().split()) <= set(whole.casefold().split())
