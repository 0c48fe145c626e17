"""Read the parts of a long day: `10:00-11:00 System design (Dana Roe)`."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from prepvault.model.interview import Session
from prepvault.model.zones import shift, zone_of
from prepvault.parse.people import parse_people

_SESSION = re.compile(
    r"\s*(?:(?P<day>\d{4}-\d\d-\d\d)[T\s]+)?(?P<from>\d{1,2}[:.]\d\d)\s*(?P<am>[ap]m)?\s*(?:-|–|—|to|bis)\s*"
    r"(?P<to>\d{1,2}[:.]\d\d)\s*(?P<pm>[ap]m)?\s*[:,\-–—|]?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_PEOPLE = re.compile(r"^(?P<title>.*?)\s*\((?P<people>[^()]+)\)\s*$", re.DOTALL)


def parse_session(text: str, day: date, zone: str) -> Session | None:
    """Read one part on that day, or on the day it names; None where it cannot be read or ends too early."""
    found = _SESSION.fullmatch(text[:500])
    if not found:
        return None
    try:
        day = date.fromisoformat(found["day"]) if found["day"] else day
        starts = _moment(day, _time_of(found["from"], found["am"] or ""), zone)
        ends = _moment(day, _time_of(found["to"], found["pm"] or ""), zone)
    except (ValueError, OverflowError):
        return None
    if ends <= starts:
        return None
    title = " ".join(found["rest"].split())
    people = _PEOPLE.match(title)
    if people:
        return Session(people["title"] or "Session", starts, ends, parse_people(people["people"]))
    return Session(title or "Session", starts, ends)


def overlapping(sessions: Sequence[Session]) -> tuple[Session, Session] | None:
    """Find two parts that overlap, None where there are none."""
    ordered = sorted(sessions, key=lambda session: (session.starts, session.ends))
    for before, after in pairwise(ordered):
        if after.starts < before.ends:
            return before, after
    return None


def _time_of(text: str, half: str) -> time:
    hour, minute = (int(part) for part in re.split(r"[:.]", text))
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    return time(hour, minute)


def _moment(day: date, at: time, zone: str) -> datetime:
    return shift(datetime.combine(day, at, tzinfo=zone_of(zone)), timedelta())
