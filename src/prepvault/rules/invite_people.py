"""Who of an invite's people sits across the table, who arranges it, and who is the person invited."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from prepvault.model.invite import Invite, Party
from prepvault.rules.invite_clues import Clues

_AUTOMATIC = frozenset(
    {
        "noreply",
        "no-reply",
        "donotreply",
        "do-not-reply",
        "notifications",
        "calendar",
        "scheduling",
        "interviews",
    }
)


@dataclass(frozen=True, slots=True)
class Seats:
    """Who sits where; `answer` is what the person invited replied, `selves` their addresses."""

    across: tuple[Party, ...] = ()
    arranger: Party | None = None
    answer: str = ""
    selves: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()


def seat(invite: Invite, clues: Clues, own: frozenset[str]) -> Seats:
    """Part the person invited from the others; who arranged it interviews only where nobody else does."""
    own_one = _find_self(invite, clues, own)
    selves = own | ({own_one.email.casefold()} if own_one and own_one.email else frozenset())
    organizer = invite.organizer if invite.organizer and not _is_automatic(invite.organizer, clues) else None
    if organizer and (organizer == own_one or organizer.email.casefold() in selves):
        organizer = None
    guests = [
        each
        for each in invite.attendees
        if each != own_one and each.email.casefold() not in selves and not _is_automatic(each, clues)
    ]
    others = _distinct(guests)
    remarks = tuple(_namesakes(guests, others))
    if own_one is None and invite.attendees:
        remarks += ("which of its people is you is not clear, so all were kept; set `[profile] email`",)
    if not others and organizer:
        return Seats((organizer,), None, _answer(own_one), selves, remarks)
    is_among = organizer is not None and any(_same(organizer, each) for each in others)
    arranger = organizer if organizer and not is_among else None
    return Seats(others, arranger, _answer(own_one), selves, remarks)


def _find_self(invite: Invite, clues: Clues, own: frozenset[str]) -> Party | None:
    """Find the person invited: by address, by name, else as the only one who can be meant."""
    attendees = invite.attendees
    name = clues.own_name.casefold()
    for each in attendees:
        if each.email.casefold() in own or (name and each.name.casefold() == name):
            return each
    organizer = invite.organizer
    guests = [each for each in attendees if organizer is None or not _same(each, organizer)]
    if organizer and len(guests) == 1:
        return guests[0]
    home = _home(guests, organizer, clues)
    strangers = [each for each in guests if each.domain != home]
    return strangers[0] if home and len(strangers) == 1 and strangers[0].domain else None


def _home(guests: Sequence[Party], organizer: Party | None, clues: Clues) -> str:
    """The domain of those who invite: the organizer's, else the one that several guests share."""
    if organizer and not clues.is_public(organizer.domain):
        return organizer.domain
    domains = [each.domain for each in guests if not clues.is_public(each.domain)]
    return next((domain for domain in domains if domains.count(domain) > 1), "")


def _is_automatic(party: Party, clues: Clues) -> bool:
    """Tell an address that nobody reads, and a calendar's own, from a person."""
    local = party.email.partition("@")[0].casefold()
    return local in _AUTOMATIC or bool(clues.system_of(party.domain))


def _same(one: Party, other: Party) -> bool:
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    return one.name.casefold() == other.name.casefold()


def _distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    kept: list[Party] = []
    for each in parties:
        # A note holds two people of one name as one.
        if not any(_same(each, other) or each.name.casefold() == other.name.casefold() for other in kept):
            kept.append(each)
    return tuple(kept)


def _namesakes(guests: Sequence[Party], kept: Sequence[Party]) -> Iterator[str]:
    """Tell of whom the note holds nothing, since somebody of the same name is there."""
    for each in guests:
        if not any(_same(each, other) for other in kept):
            told = f"another of its people is called {each.name} ({each.email})"
            yield f"{told}; the note holds one of that name"


def _answer(party: Party | None) -> str:
    return party.answer if party else ""
