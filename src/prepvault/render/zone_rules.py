"""What a zone's clock does every year, as its last rule says, and since when that rule has held."""

import re
import struct
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from prepvault.model.zones import is_fold, is_gap, tzdata_version, zone_data

_NAME = r"<([^>]+)>|([A-Za-z]{3,})"
_OFFSET = r"([+-]?\d{1,3}(?::\d\d){0,2})"
_RULE = r"M(\d{1,2})\.([1-5])\.([0-6])(?:/([+-]?\d{1,3}(?::\d\d){0,2}))?"
_FOOTER = re.compile(f"(?:{_NAME}){_OFFSET}(?:(?:{_NAME}){_OFFSET}?,{_RULE},{_RULE})?")
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_HOUR = timedelta(hours=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEARS_TO_SETTLE = 2
_FIRST_YEAR = 1970


@dataclass(frozen=True, slots=True)
class Yearly:
    """A day of every year: `week` is 1 to 4, or -1 for the last; `at` is the wall time before the change."""

    month: int
    week: int
    weekday: str
    at: time

    def in_year(self, year: int) -> datetime:
        """The naive wall time of the change in one year."""
        wanted = (_WEEKDAYS.index(self.weekday) - 1) % 7
        if self.week > 0:
            first = date(year, self.month, 1)
            day = first + timedelta((wanted - first.weekday()) % 7 + 7 * (self.week - 1))
        else:
            last = date(year + self.month // 12, self.month % 12 + 1, 1) - timedelta(1)
            day = last - timedelta((last.weekday() - wanted) % 7)
        return datetime.combine(day, self.at)


@dataclass(frozen=True, slots=True)
class Onset:
    """The clock goes from one offset to another; `rule` is None in a zone that never changes."""

    name: str
    before: timedelta
    after: timedelta
    rule: Yearly | None = None


@dataclass(frozen=True, slots=True)
class ZoneRules:
    """One onset, or a pair; the rule holds in every year after `since`."""

    zone: str
    since: int
    onsets: tuple[Onset, ...]


def writes_exactly(zone: str, *moments: datetime) -> bool:
    """Tell whether every calendar app reads these wall times right; if not, they are to be written in UTC.

    Not so: times that happen twice or never, years before the zone's present rule, zones without one.
    """
    rules = rules_of(zone)
    if rules is None:
        return False
    return not any(
        moment.year <= rules.since
        or is_fold(moment.replace(tzinfo=None), zone)
        or is_gap(moment.replace(tzinfo=None), zone)
        for moment in moments
    )


@cache
def rules_of(zone: str) -> ZoneRules | None:
    """Read a zone's rule; None if it is UTC itself, cannot be said in one yearly pair, or is too young.

    A law younger than two years is not yet in every phone, so such a zone counts as having no rule.
    """
    data = zone_data(zone)
    onsets = _onsets(data.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii"))
    if not onsets or (len(onsets) == 1 and not onsets[0].after):
        return None
    since = _since(data, onsets)
    settled = int(tzdata_version()[:4]) - _YEARS_TO_SETTLE
    return ZoneRules(zone, since, onsets) if since <= settled else None


def _onsets(footer: str) -> tuple[Onset, ...]:
    """Read the POSIX rule at the end of the zone's file; nothing where a calendar cannot say it."""
    found = _FOOTER.fullmatch(footer)
    if not found:
        return ()
    groups = found.groups()
    name, usual = groups[0] or groups[1], -_duration(groups[2])
    if groups[6] is None:
        return (Onset(name, usual, usual),)
    other_name = groups[3] or groups[4]
    other = -_duration(groups[5]) if groups[5] else usual + _HOUR
    to_other, to_usual = _yearly(groups[6:10]), _yearly(groups[10:14])
    if to_other is None or to_usual is None:
        return ()
    return (Onset(name, other, usual, to_usual), Onset(other_name, usual, other, to_other))


def _yearly(parts: tuple[str, ...]) -> Yearly | None:
    month, week, weekday, at = parts
    clock = _duration(at or "2")
    if not timedelta() <= clock < timedelta(days=1):
        return None
    number = int(week)
    at_time = (_EPOCH + clock).time()
    return Yearly(int(month), number if number < 5 else -1, _WEEKDAYS[int(weekday)], at_time)


def _duration(text: str) -> timedelta:
    """Read hours, minutes and seconds: `5`, `-5:30`, `+12`."""
    sign = -1 if text.startswith("-") else 1
    parts = [int(part) for part in text.lstrip("+-").split(":")] + [0, 0]
    return sign * timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2])


def _since(data: bytes, onsets: tuple[Onset, ...]) -> int:
    """The last year that the rule does not describe; every year after it, the rule does."""
    changes = _changes(data)
    by_year: dict[int, set[tuple[datetime, timedelta]]] = {}
    for instant, offset in changes:
        by_year.setdefault(instant.year, set()).add((instant, offset))
    for year in range(max(by_year, default=_FIRST_YEAR), _FIRST_YEAR, -1):
        if by_year.get(year, set()) != _expected(onsets, year):
            return year
    return _FIRST_YEAR


def _expected(onsets: tuple[Onset, ...], year: int) -> set[tuple[datetime, timedelta]]:
    return {
        ((onset.rule.in_year(year) - onset.before).replace(tzinfo=UTC), onset.after)
        for onset in onsets
        if onset.rule
    }


def _changes(data: bytes) -> list[tuple[datetime, timedelta]]:
    """The recorded changes of offset since 1970: instant and new offset (TZif, second data block)."""
    start = 44 + _block_size(data[:44], width=4)
    _, _, _, times, types, _ = struct.unpack_from(">20x6l", data, start)
    at = start + 44
    instants = struct.unpack_from(f">{times}q", data, at)
    kinds = struct.unpack_from(f">{times}B", data, at + 8 * times)
    table = at + 9 * times
    offsets = [struct.unpack_from(">l", data, table + 6 * kind)[0] for kind in range(types)]
    changes, previous = [], offsets[0]
    for instant, kind in zip(instants, kinds, strict=True):
        if offsets[kind] != previous and instant >= 0:
            changes.append((_EPOCH + timedelta(seconds=instant), timedelta(seconds=offsets[kind])))
        previous = offsets[kind]
    return changes


def _block_size(header: bytes, *, width: int) -> int:
    universal, standard, leaps, times, types, characters = struct.unpack(">20x6l", header)
    return int(times * (width + 1) + types * 6 + characters + leaps * (width + 4) + standard + universal)
