"""Identities in the feed: made from the note's id alone, so that they outlive every edit."""

import re
from collections.abc import Iterable
from uuid import NAMESPACE_DNS, uuid5

from prepvault.model.feed import UID_DOMAIN
from prepvault.model.interview import Interview

_NAMESPACE = uuid5(NAMESPACE_DNS, UID_DOMAIN)
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_LIKE_OURS = re.compile(r".*-(?:part\d+|t\d+[hm]|tcatch-up|tthanks|tfollow-up|thanks|follow-up|alarm-.*)")


def full_uid(base: str, suffix: str = "") -> str:
    """The UID of an interview's event, or with a suffix of one that belongs to it; at most 191 characters."""
    return f"{base}-{suffix}@{UID_DOMAIN}" if suffix else f"{base}@{UID_DOMAIN}"


def name_events(interviews: Iterable[Interview], *, hidden: bool = False) -> dict[str, str]:
    """Give each note its part of the UID, by path; `hidden` tells nothing of what the id says.

    Of several notes with one id, the first by path keeps it; the others are named by id and path.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for interview in sorted(interviews, key=lambda one: one.path):
        name = _base(interview.id, hidden=hidden)
        if name in taken:
            name = str(uuid5(_NAMESPACE, _encodable(f"{interview.id}\n{interview.path}")))
        taken.add(name)
        names[interview.path] = name
    return names


def _base(identity: str, *, hidden: bool) -> str:
    """The id itself where it is plain and could not be taken for one of our suffixed names."""
    if not hidden and _PLAIN.fullmatch(identity) and not _LIKE_OURS.fullmatch(identity):
        return identity
    return str(uuid5(_NAMESPACE, _encodable(identity)))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
