"""Which company an invite comes from: known by address or name, guessed from its words, or not told."""

import re
from collections.abc import Iterator

from prepvault.model.invite import Invite
from prepvault.model.near import plain_word
from prepvault.rules.companies import company_key
from prepvault.rules.invite_clues import BREAK, JOB, READ, Clues, domains_of, names_of_people, without_noise

_TITLE = "the title"
_NAME = r"(?-i:[A-Z0-9][\w&.'’+-]*(?: (?:of|the|de|and|&|[A-Z0-9][\w&.'’+-]*)){0,4})"
_AT = re.compile(rf"(?:\bat|@|\binterest in(?: joining)?|\bjoining|\bbei|\bchez) ({_NAME})", re.IGNORECASE)
_WITH = re.compile(rf"\b(?:with|mit|avec|con) ({_NAME})", re.IGNORECASE)
_SIDES = re.compile(r"\s*(?:<>|<->|↔|×|/)\s*|\s+[xX]\s+")
_TEAM = re.compile(
    r"\s*\b(?:recruiting|recruitment|talent|hiring|careers|people|hr|jobs|scheduling|interview|interviews)\b"
    r"(?:\s+(?:team|acquisition|coordinator|operations))*\s*$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\d",
    re.IGNORECASE,
)


def guess_company(invite: Invite, clues: Clues, selves: frozenset[str], remarks: list[str]) -> str:
    """Say which company it is, empty where that has to be asked; a guess is told in `remarks`."""
    if clues.told.get("company"):
        return clues.told["company"]
    domains = domains_of(invite, clues, selves)
    doubtful = _by_address(domains, clues)
    if doubtful and _agrees(doubtful, tuple(map(_label, domains))):
        return doubtful
    title = f" {company_key(invite.summary)} "
    named = [each for each in clues.employers if any(_stands_in(name, title) for name in each.names)]
    if len(named) == 1:
        return named[0].name
    guesses = _guesses(invite, clues, domains, doubtful)
    name, remark = next((each for each in guesses if each[0]), ("", ""))
    remarks += [remark] if remark else []
    return name


def _by_address(domains: tuple[str, ...], clues: Clues) -> str:
    """The company of the vault that an address belongs to; none where several do: then it is an agency's."""
    found = [
        each.name
        for each in clues.employers
        if any(_is_below(domain, own) for domain in domains for own in each.domains)
    ]
    return found[0] if len(found) == 1 else ""


def _guesses(
    invite: Invite, clues: Clues, domains: tuple[str, ...], doubtful: str
) -> Iterator[tuple[str, str]]:
    """Names that may be the company's, the surest first, each with what is told of it; some are empty."""
    for source, text in _sources(invite, clues, domains):
        if doubtful and source != _TITLE:
            break
        known = clues.find_employer(text) if text else None
        name = known.name if known else text
        yield name, f"the company `{name}` is a guess from {source}"
    if doubtful:
        yield (
            doubtful,
            f"the company `{doubtful}` is that of another interview from this address; is it right?",
        )
    if domains:
        name = " ".join(word.capitalize() for word in _label(domains[0]).split("-"))
        yield name, f"the company `{name}` is only read from the address `@{domains[0]}`; is it right?"


def _sources(invite: Invite, clues: Clues, domains: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Names that may be the company's, the surest first, each with where it stands.

    Somebody "with" whom one talks, and a part of the title, count where an address or the organizer agrees.
    """
    yield _TITLE, _first(_AT, invite.summary, invite, clues)
    organizer = invite.organizer.name if invite.organizer else ""
    agreeing = (*map(_label, domains), organizer)
    parts = (without_noise(part, clues.words.noise) for part in BREAK.split(invite.summary))
    for name in (_first(_WITH, invite.summary, invite, clues), *parts):
        if _is_name(name, invite, clues) and _agrees(name, agreeing):
            yield _TITLE, name
    yield _TITLE, _other_side(invite, clues)
    yield "the text", _first(_AT, invite.description[:READ], invite, clues)
    team = _TEAM.sub("", organizer).strip(" -|")
    yield "the name of the organizer", team if team and team != organizer and not JOB.search(team) else ""


def _first(pattern: re.Pattern[str], text: str, invite: Invite, clues: Clues) -> str:
    """The first name after such a word that may be a company's."""
    names = (found[1].strip(" .,'’-") for found in pattern.finditer(text))
    return next((name for name in names if _is_name(name, invite, clues)), "")


def _other_side(invite: Invite, clues: Clues) -> str:
    """The other side of `Acme <> Sam Field`, where one side is the person invited."""
    own = clues.own_name.casefold()
    for part in re.split(r"\s+[-–—]\s+|\s*[:|]\s+", invite.summary):
        sides = [side.strip() for side in _SIDES.split(part)]
        if own and len(sides) == 2:
            mine = [side.casefold() in {own, own.split()[0]} for side in sides]
            other = sides[0 if mine[1] else 1]
            if any(mine) and _is_name(other, invite, clues):
                return other
    return ""


def _is_name(name: str, invite: Invite, clues: Clues) -> bool:
    """Tell whether some words may be a company's name: no person of the invite, no program, job or day."""
    words = name.casefold().split()
    if not words or len(words) > 6 or _DATE.match(name) or JOB.search(name):
        return False
    noise = clues.words.noise
    is_type = any(word in name.casefold() for word, _ in clues.words.types)
    return (
        words[0] not in {*names_of_people(invite, clues), *noise}
        and name.casefold() not in noise
        and not is_type
    )


def _agrees(name: str, others: tuple[str, ...]) -> bool:
    plain = plain_word(name)
    known = [plain_word(other) for other in others if len(plain_word(other)) > 2]
    return len(plain) > 2 and any(plain.startswith(each) or each.startswith(plain) for each in known)


def _label(domain: str) -> str:
    """The part of a domain that its owner chose: `acme` of `mail.acme.co.uk`."""
    labels = domain.split(".")
    is_second = (
        len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in {"co", "com", "org", "ac", "gov", "net"}
    )
    return labels[-3] if is_second else labels[-2] if len(labels) > 1 else labels[0]


def _is_below(domain: str, own: str) -> bool:
    return domain == own or domain.endswith(f".{own}")


def _stands_in(name: str, title: str) -> bool:
    key = company_key(name)
    return len(key) > 1 and re.search(rf"(?<!\w){re.escape(key)}(?!\w)", title) is not None
