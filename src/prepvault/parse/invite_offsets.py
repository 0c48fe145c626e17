"""The offset from UTC that a VTIMEZONE gives at a wall time, by its yearly rules."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from prepvault.parse.ics_lines import Part

_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?", re.ASCII)
_DAY = re.compile(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_MONTH = re.compile(r"\d{1,2}", re.ASCII)
_PIECES = frozenset({"FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "WKST", "UNTIL", "INTERVAL"})
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MOST = 200


def offset_at(zone: Part, local: datetime) -> timedelta | None:
    """Find the offset at a wall time; None where the rules cannot be followed with certainty."""
    parts = [part for part in zone.parts if part.name in {"STANDARD", "DAYLIGHT"}][:_MOST]
    before = None
    latest: tuple[datetime, timedelta] | None = None
    for part in parts:
        offset = _offset(part.text("TZOFFSETTO"))
        onsets = _onsets(part, local)
        if offset is None or onsets is None:
            return None
        for onset in onsets:
            if onset <= local and (latest is None or onset >= latest[0]):
                latest = (onset, offset)
        before = offset if len(parts) == 1 else before
    return latest[1] if latest else before


def _onsets(part: Part, local: datetime) -> list[datetime] | None:
    """When the clock begins to be this one, in this year and the last, and at first; None if unclear."""
    first = _stamp(part.text("DTSTART"))
    if first is None or (part.find("RDATE") and part.find("RRULE")):
        return None
    onsets = [first, *_dates(part)]
    rule = dict(piece.split("=", 1) for piece in part.text("RRULE").upper().split(";") if "=" in piece)
    if not rule:
        return onsets
    until = _stamp(rule["UNTIL"]) if "UNTIL" in rule else None
    for year in (local.year - 1, local.year):
        onset = _yearly(rule, year, first)
        if onset is None:
            return None
        if onset >= first and (until is None or onset <= until + timedelta(days=1)):
            onsets.append(onset)
    return onsets


def _dates(part: Part) -> Iterator[datetime]:
    for line in part.values("RDATE")[:_MOST]:
        for text in line.value.split(",")[:_MOST]:
            stamp = _stamp(text)
            if stamp:
                yield stamp


def _yearly(rule: dict[str, str], year: int, first: datetime) -> datetime | None:
    """The day of a yearly rule: `the second Sunday of March`, or the day of its first year."""
    if rule.get("FREQ") != "YEARLY" or set(rule) - _PIECES or rule.get("INTERVAL", "1") != "1":
        return None
    month = int(rule["BYMONTH"]) if _MONTH.fullmatch(rule.get("BYMONTH", "")) else first.month
    if not (1 <= month <= 12 and date.min.year <= year < date.max.year):
        return None
    if "BYMONTHDAY" in rule:
        return _on(year, month, _among(rule, year, month), first)
    if "BYDAY" not in rule:
        return _on(year, month, first.day, first)
    found = _DAY.fullmatch(rule["BYDAY"])
    if not found or not found[1]:
        return None
    return _on(year, month, _nth(year, month, int(found[1]), _DAYS.index(found[2])), first)


def _among(rule: dict[str, str], year: int, month: int) -> int:
    """The one day of several that is such a weekday, as in `the Sunday from the 8th to the 14th`; 0 if none."""
    length = monthrange(year, month)[1]
    days = [int(day) for day in rule["BYMONTHDAY"].split(",") if _MONTH.fullmatch(day)]
    weekday = rule.get("BYDAY", "")
    fitting = [
        day
        for day in days
        if 1 <= day <= length and weekday in {"", _DAYS[date(year, month, day).weekday()]}
    ]
    return fitting[0] if len(fitting) == 1 else 0


def _nth(year: int, month: int, number: int, weekday: int) -> int:
    """The day of a month's nth such weekday, counted from the end where negative; 0 if none."""
    if number > 0:
        return 1 + (weekday - date(year, month, 1).weekday()) % 7 + 7 * (number - 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    last = following - timedelta(days=1)
    return last.day - (last.weekday() - weekday) % 7 + 7 * (number + 1) if number else 0


def _on(year: int, month: int, day: int, first: datetime) -> datetime | None:
    try:
        return first.replace(year=year, month=month, day=day)
    except ValueError:
        return None


def _stamp(text: str) -> datetime | None:
    found = _STAMP.fullmatch(text.strip())
    if not found:
        return None
    try:
        return datetime(*map(int, found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def _offset(text: str) -> timedelta | None:
    found = _OFFSET.fullmatch(text.strip())
    if not found:
        return None
    size = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return -size if found[1] == "-" else size
