"""Read a time as people type it, in a small fixed grammar; what could mean two things is refused.

The order is free where it is clear: `fri 10:30`, `2pm tomorrow`, `1 dec 14:00 Europe/Berlin`, `in 2 hours`.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from prepvault.model.properties import YEARS
from prepvault.model.zones import is_fold, is_gap, zone_names, zone_of
from prepvault.parse.stamp import Stamp, parse_stamp
from prepvault.parse.when_days import find_day
from prepvault.parse.when_fault import USUAL_HINT, UnclearError, WhenFault
from prepvault.parse.when_zones import find_places, find_zone

__all__ = ["Stamp", "When", "WhenFault", "parse_stamp", "parse_when"]

_LONGEST = 120
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HOURS_AHEAD = re.compile(r"(?:in\s+|\+)(\d{1,4}|an?)\s*(h|hours?|hrs?|m|mins?|minutes?)", re.IGNORECASE)
_CLOCK = r"(noon|midday|midnight|\d{1,2}[:h]\d\d(?::\d\d)?(?:\s?[ap]m)?|\d{1,2}\s?[ap]m|\d{1,2}h)"
_CLOCK_LAST = re.compile(rf"(?:(.+?)\s+)?(?:at\s+)?{_CLOCK}", re.IGNORECASE)
_CLOCK_FIRST = re.compile(rf"(?:at\s+)?{_CLOCK}\s+(?:on\s+)?(.+)", re.IGNORECASE)
_BARE_HOUR = re.compile(r"(.+?)\s+(?:at\s+)?(\d{1,2})", re.IGNORECASE)
_CLOCK_PARTS = re.compile(r"(\d{1,2})(?:[:h](\d\d))?(?::(\d\d))?h?\s?([ap]m)?", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"(.+?)\s?\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class When:
    """A time that was understood: `at` is aware, in `zone`; a day without an hour is its midnight."""

    at: datetime
    zone: str
    is_date: bool = False

    @property
    def note_text(self) -> str:
        """The value for `scheduled_at`; with its offset where that wall time happens twice."""
        local = self.at.replace(tzinfo=None)
        if self.is_date:
            return f"{local:%Y-%m-%d}"
        return self.at.isoformat() if is_fold(local, self.zone) else local.isoformat()

    @property
    def words(self) -> str:
        """The time said back, with its weekday and zone: `Tue 10 Feb 2026, 14:00 Europe/Berlin`."""
        weekday, month = _WEEKDAYS[self.at.weekday()], _MONTHS[self.at.month - 1]
        day = f"{weekday} {self.at.day} {month} {self.at.year}"
        return f"{day}, all day" if self.is_date else f"{day}, {self.at:%H:%M} {self.zone}"


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the reader stands: the zone to answer in, the clock that bare words mean, its now."""

    zone: str
    clock: tzinfo
    now: datetime


def parse_when(text: str, *, now: datetime, zone: str) -> When | WhenFault:
    """Read a human or ISO time; `zone` is the one meant when the text names none. Never raises."""
    tidy = " ".join(re.sub(r"\b([ap])\.?\s?m\.", r"\1m", text.replace(",", " ")).split())
    if not tidy or len(tidy) > _LONGEST:
        return WhenFault("no time was given" if not tidy else "this is too long for a time", USUAL_HINT)
    if zone not in zone_names():
        return WhenFault(f"`{zone}` is not a zone", "name a zone like Europe/Berlin")
    try:
        return _read(tidy, now, zone)
    except UnclearError as unclear:
        return unclear.fault(tidy, lambda candidate: _leads_on(candidate, now, zone))


def _leads_on(text: str, now: datetime, zone: str, *, more: int = 2) -> bool:
    """Tell whether a text would be understood, or answered with ways to write it that lead there."""
    try:
        _read(text, now, zone)
    except UnclearError as unclear:
        told = unclear.fault(text, lambda way: more > 0 and _leads_on(way, now, zone, more=more - 1))
        return bool(told.candidates)
    return True


def _read(text: str, now: datetime, zone: str) -> When:
    bracketed = _IN_BRACKETS.fullmatch(text)
    body, named = (bracketed[1], bracketed[2]) if bracketed else _split_zone(text)
    meant = find_zone(named) if named else None
    if named and meant is None:
        raise UnclearError(f"`{named}` is not a zone", hint="name a zone like Europe/Berlin")
    zone = meant if isinstance(meant, str) else zone
    clock = timezone(meant) if isinstance(meant, timedelta) else zone_of(zone)
    frame = _Frame(zone, clock, now.astimezone(clock))
    stamp = parse_stamp(body)
    if stamp is not None:
        return _from_stamp(stamp, frame, named)
    ahead = _HOURS_AHEAD.fullmatch(body)
    if ahead:
        count = int(ahead[1]) if ahead[1].isdigit() else 1
        step = timedelta(hours=count) if ahead[2][0] in "hH" else timedelta(minutes=count)
        moment = (now.astimezone(UTC) + step).replace(second=0, microsecond=0)
        return When(moment.astimezone(zone_of(zone)), zone)
    day, hour = _split_clock(body, frame)
    return _settle(datetime.combine(day, hour or time()), frame, is_date=hour is None)


def _split_zone(text: str) -> tuple[str, str]:
    """Part the last word from the rest if it is a zone; an abbreviation raises there and then."""
    rest, _, last = text.rpartition(" ")
    if rest and find_zone(last) is not None:
        return rest, last
    return text, ""


def _from_stamp(stamp: Stamp, frame: _Frame, named: str) -> When:
    """Read an ISO time; an offset and a zone beside it must agree, `Z` agrees with every zone."""
    if stamp.offset is None:
        return _settle(stamp.local, frame, is_date=stamp.is_date)
    moment = stamp.local.replace(tzinfo=timezone(stamp.offset))
    if named and stamp.offset and moment.astimezone(frame.clock).utcoffset() != stamp.offset:
        wall = f"{stamp.local:%Y-%m-%d %H:%M} {named}"
        choices = (wall, moment.isoformat(timespec="minutes"))
        raise UnclearError(f"that offset is not the one of {named} on that day", choices=choices)
    return When(moment.astimezone(zone_of(frame.zone)), frame.zone)


def _split_clock(text: str, frame: _Frame) -> tuple[date, time | None]:
    """Read a day, or a day and an hour in either order, or an hour that is still to come today."""
    today = frame.now.date()
    day = find_day(text, today)
    if day is not None:
        return day, None
    for pattern, of_day, of_clock in ((_CLOCK_LAST, 1, 2), (_CLOCK_FIRST, 2, 1)):
        found = pattern.fullmatch(text)
        if not found:
            continue
        hour = _clock(found[of_clock])
        if found[of_day] is None:
            return _today(text, hour, frame), hour
        day = find_day(found[of_day], today)
        if day is not None:
            return day, hour
    raise _unreadable(text, today)


def _today(text: str, hour: time, frame: _Frame) -> date:
    if hour <= frame.now.time():
        choices = (f"today {text}", f"tomorrow {text}")
        raise UnclearError(f"`{text}` is over for today", part=text, choices=choices)
    return frame.now.date()


def _clock(text: str) -> time:
    word = text.casefold()
    if word in {"noon", "midday"}:
        return time(12)
    if word == "midnight":
        message = "`midnight` could be the start or the end of that day"
        raise UnclearError(message, part=text, choices=("00:00", "23:59"))
    found = _CLOCK_PARTS.fullmatch(text)
    if not found:
        raise UnclearError(f"`{text}` is not a time of day")
    hour, minute, second, half = int(found[1]), int(found[2] or 0), int(found[3] or 0), found[4]
    if half:
        if not 1 <= hour <= 12:
            raise UnclearError(f"`{text}` is not a time of day: am and pm go from 1 to 12")
        hour = hour % 12 + (12 if half.casefold() == "pm" else 0)
    elif found[2] and len(found[1]) == 1 and 1 <= hour <= 6:
        choices = (f"0{text}", f"{hour + 12}{text[1:]}")
        raise UnclearError(f"`{text}` could be morning or afternoon", part=text, choices=choices)
    if hour > 23 or minute > 59 or second > 59:
        raise UnclearError(f"`{text}` is not a time of day: it goes from 00:00 to 23:59")
    return time(hour, minute, second)


def _unreadable(text: str, today: date) -> UnclearError:
    """Say what is wrong with a text that fits nothing: a bare hour, a place for a zone, or all of it."""
    bare = _BARE_HOUR.fullmatch(text)
    if bare and int(bare[2]) < 24 and find_day(bare[1], today) is not None:
        hour = int(bare[2])
        hours = (hour, hour + 12) if 1 <= hour < 12 else (hour,)
        choices = tuple(f"{bare[1]} {choice:02}:00" for choice in hours)
        return UnclearError(f"the hour in `{text}` is not clear", part=text, choices=choices)
    if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 23:
        choices = (f"{int(text):02}:00", f"{int(text)} {_MONTHS[today.month - 1]}")
        return UnclearError(f"`{text}` could be an hour or a day", part=text, choices=choices)
    words = text.split()
    for count in (2, 1):
        place = " ".join(words[-count:])
        zones = find_places(place) if len(words) > count else ()
        if zones:
            return UnclearError(f"`{place}` is not the name of a zone", part=place, choices=zones)
    return UnclearError(f"`{text}` cannot be read as a time")


def _settle(local: datetime, frame: _Frame, *, is_date: bool) -> When:
    """Place a wall time on its clock, refusing one that the clock skips or shows twice."""
    if local.year not in YEARS:
        raise UnclearError(f"the year {local.year} is too far away")
    if isinstance(frame.clock, timezone):
        return When(local.replace(tzinfo=frame.clock).astimezone(zone_of(frame.zone)), frame.zone, is_date)
    at = local.replace(tzinfo=zone_of(frame.zone))
    if is_date:
        return When(at, frame.zone, is_date)
    if is_gap(local, frame.zone):
        sides = (at.replace(fold=1), at)
        choices = tuple(f"{_real(side):%Y-%m-%d %H:%M} {frame.zone}" for side in sides)
        message = (
            f"{local:%H:%M} does not exist on {local:%Y-%m-%d} in {frame.zone}: clocks go forward over it"
        )
        raise UnclearError(message, choices=choices)
    if is_fold(local, frame.zone):
        sides = (at, at.replace(fold=1))
        message = f"{local:%H:%M} happens twice on {local:%Y-%m-%d} in {frame.zone}: clocks go back over it"
        choices = tuple(side.isoformat(timespec="minutes") for side in sides)
        raise UnclearError(message, choices=choices)
    return When(at, frame.zone, is_date)


def _real(moment: datetime) -> datetime:
    """The wall time that a clock shows at that instant."""
    return moment.astimezone(UTC).astimezone(moment.tzinfo)
