"""When an event of an invite is: its start in a known zone, its length, and what clocks do there."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from prepvault.model.invite import InviteTime
from prepvault.model.properties import YEARS
from prepvault.model.zones import is_fold, is_gap, shift, zone_of
from prepvault.parse.ics_lines import Line, Part
from prepvault.parse.invite_zones import ZoneHints, find_zone

_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?", re.ASCII | re.IGNORECASE)
_SPLIT = re.compile(r"(?:(.*):)?(\d{8}(?:T\d{4,6}Z?)?)", re.ASCII | re.DOTALL | re.IGNORECASE)
_LENGTH = re.compile(
    r"\+?P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?", re.ASCII
)
_LONGEST = 1440


@dataclass(frozen=True, slots=True)
class Written:
    """A time as it stands in the file: wall time, the zone's name, whether it is UTC or only a day."""

    local: datetime
    tzid: str = ""
    is_utc: bool = False
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """What one calendar's times are read with; `asked` is the zone that a person named for unclear ones."""

    hints: ZoneHints
    asked: str = ""
    remarks: list[str] = field(default_factory=list)

    def settle(self, written: Written) -> InviteTime:
        """Place a time as written in its zone; where that cannot be known for certain, `zone` stays empty."""
        if written.is_date:
            zone = self.hints.calendar or self.hints.vault
            return InviteTime(written.local.replace(tzinfo=zone_of(zone)), zone, is_date=True)
        if written.is_utc:
            return self._utc(written)
        if not written.tzid:
            return self._floating(written)
        found = find_zone(written.tzid, written.local, self.hints)
        if not found.name and not self.asked:
            wall = written.local.isoformat()
            return InviteTime(None, written=written.tzid, candidates=found.candidates, wall=wall)
        if found.remark:
            self.remarks.append(found.remark)
        if not found.name:
            self.remarks.append(f"`{written.tzid}` was taken for {self.asked}, as you said")
        return self.at_wall(written.local, found.name or self.asked, written.tzid)

    def at_wall(self, local: datetime, zone: str, tzid: str = "") -> InviteTime:
        """Place a wall time as calendars do: a skipped hour by the clock before, a double one first."""
        at = local.replace(tzinfo=zone_of(zone))
        if is_gap(local, zone):
            at = shift(at, timedelta())
            self.remarks.append(
                f"{local:%H:%M} does not exist in {zone} on {local:%Y-%m-%d}: clocks go forward over it; "
                f"{at:%H:%M} is written, as calendars read it; ask"
            )
        elif is_fold(local, zone):
            self.remarks.append(
                f"{local:%H:%M} happens twice in {zone} on {local:%Y-%m-%d}; the first is written; ask"
            )
        return InviteTime(at, zone, written=tzid)

    def _utc(self, written: Written) -> InviteTime:
        """UTC is exact; it is written in the zone named beside it, the calendar's or the vault's."""
        beside = find_zone(written.tzid, written.local, self.hints).name if written.tzid else ""
        zone = beside or self.hints.calendar or self.hints.vault
        at = written.local.replace(tzinfo=UTC).astimezone(zone_of(zone))
        if zone != "UTC":
            self.remarks.append(f"the invite says {written.local:%H:%M} UTC, which is {at:%H:%M} {zone}")
        return InviteTime(at, zone, written="UTC", is_utc=not beside)

    def _floating(self, written: Written) -> InviteTime:
        """A time without any zone: the calendar's own if it names one, else asked."""
        if self.hints.calendar:
            self.remarks.append(f"the time names no zone; its calendar says {self.hints.calendar}")
            return self.at_wall(written.local, self.hints.calendar)
        if self.asked:
            self.remarks.append(f"the time names no zone; {self.asked} was taken, as you said")
            return self.at_wall(written.local, self.asked)
        own = tuple(self.hints.own)
        only = find_zone(own[0], written.local, self.hints).name if len(own) == 1 else ""
        candidates = tuple(dict.fromkeys(filter(None, (only, *self.hints.names))))
        return InviteTime(None, candidates=candidates, wall=written.local.isoformat())


def read_written(line: Line | None) -> Written | None:
    """Read a date or time by its shape; a clipped one is nothing, never a wrong hour."""
    found = _SPLIT.fullmatch(line.value.strip()) if line else None
    if line is None or not found:
        return None
    # A TZID with a colon that was not quoted: its second half came to stand before the value.
    tzid = ":".join(part for part in (line.parameters.get("TZID", ""), found[1] or "") if part)
    stamp = _STAMP.fullmatch(found[2])
    if not stamp:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in stamp.groups()[:6])
    if year not in YEARS:
        return None
    try:
        local = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001
    except ValueError:
        return None
    return Written(local, " ".join(tzid.split())[:200], is_utc=bool(stamp[7]), is_date=stamp[4] is None)


def read_minutes(event: Part, start: Written, starts: InviteTime, clock: Clock) -> int | None:
    """Read the length from DTEND or DURATION; None, with a remark, where it is none that a note can hold."""
    length = _length(event, start, starts, clock)
    if starts.is_date:
        days = round(length / timedelta(days=1)) if length else 1
        if days > 1:
            clock.remarks.append(f"it lasts {days} days; the note is about the first")
        return None
    if length is None:
        return None
    minutes = int(length.total_seconds() // 60)
    if 1 <= minutes <= _LONGEST:
        return minutes
    clock.remarks.append(f"its length of {minutes} minutes is none for an interview, so the usual one counts")
    return None


def _length(event: Part, start: Written, starts: InviteTime, clock: Clock) -> timedelta | None:
    end = read_written(event.find("DTEND"))
    if end is None or end.is_date != start.is_date:
        return duration_of(event.text("DURATION"))
    quiet = Clock(clock.hints, clock.asked)
    ends = quiet.settle(end)
    if start.is_date or starts.at is None or ends.at is None:
        return end.local - start.local if end.tzid == start.tzid else None
    return ends.at.astimezone(UTC) - starts.at.astimezone(UTC)


def duration_of(text: str) -> timedelta | None:
    """Read a DURATION value; None for anything else, and for none at all."""
    found = _LENGTH.fullmatch(text.strip().upper())
    if not found or not any(found.groups()):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
