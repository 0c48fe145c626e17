"""Marks of what an invite or a note says: by them a value that a person edited is told from the invite's."""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

from prepvault.model.interview import Interview

_LENGTH = 6


def marks_of(interview: Interview) -> tuple[str, ...]:
    """The marks of what a note says now: of time, length, place and people."""
    when = mark_of_time(interview.starts, is_date=interview.all_day)
    people = mark_of_people((each.email, each.name) for each in interview.people)
    return (when, mark_of(str(interview.minutes)), mark_of(interview.venue.text), people)


def is_as_invited(interview: Interview) -> bool:
    """Tell whether a note came by an invite and still says the time that the invite said."""
    marks = interview.invite_version.rpartition(" ")[2]
    return bool(interview.invite_uid) and marks.partition(".")[0] == marks_of(interview)[0]


def mark_of_time(at: datetime | None, *, is_date: bool) -> str:
    """The mark of a start, in whatever zone it is told."""
    if at is None:
        return mark_of("")
    return mark_of(f"{at:%Y-%m-%d}" if is_date else f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}")


def mark_of_people(people: Iterable[tuple[str, str]]) -> str:
    """The mark of people, each given by address and name; the address counts where there is one."""
    return mark_of(*sorted(email.casefold() or name.casefold() for email, name in people))


def mark_of(*parts: str) -> str:
    """The mark of some texts, white space aside."""
    text = "\x1f".join(" ".join(part.split()) for part in parts)
    return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:_LENGTH]
