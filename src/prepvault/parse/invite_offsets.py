"""The offset from UTC that a VTIMEZONE gives at a wall time, by its yearly rules."""

import re
from bisect import bisect_right
from calendar import monthrange
from datetime import date, datetime, timedelta

from prepvault.parse.ics_lines import Part

_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?", re.ASCII)
_DAY = re.compile(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_MONTH = re.compile(r"\d{1,2}", re.ASCII)
_PIECES = frozenset({"FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "WKST", "UNTIL", "INTERVAL"})
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MOST_CHANGES = 1_000
_MOST_YEARS = 300


class Rules:
    """A zone's rules, worked out once for each year that is asked about, however many events ask."""

    def __init__(self, zone: Part) -> None:
        self.zone = zone
        self._years: dict[int, tuple[list[datetime], list[timedelta]] | None] = {}

    def offset_at(self, local: datetime) -> timedelta | None:
        """Find the offset at a wall time; None where the rules cannot be followed with certainty."""
        if local.year not in self._years:
            self._years[local.year] = self._changes(local) if len(self._years) < _MOST_YEARS else None
        changes = self._years[local.year]
        if changes is None:
            return None
        onsets, offsets = changes
        at = bisect_right(onsets, local)
        if at:
            return offsets[at - 1]
        return offsets[0] if len(_parts(self.zone)) == 1 else None

    def _changes(self, local: datetime) -> tuple[list[datetime], list[timedelta]] | None:
        """When the clock changes up to the end of a year, in order, and to which offset."""
        changes: list[tuple[datetime, timedelta]] = []
        for part in _parts(self.zone):
            offset, onsets = _offset(part.text("TZOFFSETTO")), _onsets(part, local)
            if offset is None or onsets is None or len(changes) > _MOST_CHANGES:
                return None
            changes += ((onset, offset) for onset in onsets)
        changes.sort(key=lambda change: change[0])  # of two at once the later part counts
        return [onset for onset, _ in changes], [offset for _, offset in changes]


def offset_at(zone: Part, local: datetime) -> timedelta | None:
    """Find the offset at one wall time; None where the rules cannot be followed with certainty."""
    return Rules(zone).offset_at(local)


def _parts(zone: Part) -> list[Part]:
    return [part for part in zone.parts if part.name in {"STANDARD", "DAYLIGHT"}]


def _onsets(part: Part, local: datetime) -> list[datetime] | None:
    """When the clock begins to be this one, in this year and the last, and at first; None if unclear."""
    first = _stamp(part.text("DTSTART"))
    if first is None or (part.find("RDATE") and part.find("RRULE")):
        return None
    dates = _dates(part)
    if dates is None:
        return None
    onsets = [first, *dates]
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


def _dates(part: Part) -> list[datetime] | None:
    texts = [text for line in part.values("RDATE") for text in line.value.split(",", _MOST_CHANGES)]
    return None if len(texts) > _MOST_CHANGES else [stamp for text in texts if (stamp := _stamp(text))]


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
    """The one day of several that is such a weekday, `the Sunday from the 8th to the 14th`; 0 if none."""
    length = monthrange(year, month)[1]
    days = [int(day) for day in rule["BYMONTHDAY"].split(",") if _MONTH.fullmatch(day)]
    weekday = rule.get("BYDAY", "")
    fitting = [
        day for day in days if 1 <= day <= length and weekday in {"", _DAYS[date(year, month, day).weekday()]}
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
