"""Read from a calendar file when one is busy: events, series, whole days, free/busy lists."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.free_time import Span
from prepvault.model.zones import zone_of
from prepvault.parse.busy_events import MOST_EVENTS, keep_near
from prepvault.parse.busy_zones import OwnZone, take_zones
from prepvault.parse.invite_zones import named_zone

if TYPE_CHECKING:
    from icalendar import Component

# An OSError too: icalendar looks for a file of the zone's name, which may be longer than a name can be.
_FAULTS = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, OSError)
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_MOST_TIMES = 24
_DAY = timedelta(days=1)
_TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")
_FREE = {"STATUS": "CANCELLED", "TRANSP": "TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS": "FREE"}


def parse_busy(
    data: bytes, path: str, zone: str, within: Span
) -> tuple[tuple[Span, ...], tuple[Finding, ...]] | None:
    """Give when a calendar's owner is busy in a stretch of time, and what of it could not be read.

    None for what is no calendar. Times without a zone are those of `zone`. Nothing that was called off or
    takes no time counts; a series is written out only for the time that is looked at.
    """
    from icalendar import Calendar

    lines, own = take_zones(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    lines, left_out = keep_near(lines, within)
    try:
        with catch_warnings(action="ignore"):  # of names of zones that it guesses: we settle them
            calendars = Calendar.from_ical("\r\n".join([*lines, ""]), multiple=True)
    except _FAULTS:
        return None
    if not calendars or any(each.name != "VCALENDAR" for each in calendars):
        return None
    reader = _Reader(path, zone, within)
    for calendar in calendars:
        for group in _groups(calendar.walk("VEVENT")):
            reader.read(group, own)
        for listed in calendar.walk("VFREEBUSY"):
            reader.read_list(listed)
    if left_out:
        reader.leave_more(left_out)
    return tuple(reader.spans), tuple(reader.findings)


def _groups(events: Iterable[Component]) -> Iterator[list[Component]]:
    """Bring together the events of each series; every other event is alone."""
    series: dict[str, list[Component]] = {}
    for number, event in enumerate(events):
        series.setdefault(str(event.get("UID", f"\n{number}")), []).append(event)
    return iter(series.values())


class _Reader:
    """What was read of one file so far."""

    def __init__(self, path: str, zone: str, within: Span) -> None:
        self.spans: list[Span] = []
        self.findings: list[Finding] = []
        self._path = path
        self._zone = zone
        self._within = within

    def read(self, group: list[Component], own: Mapping[str, OwnZone]) -> None:
        """Read one event, or a series with its exceptions; `own` are the zones that its file defines."""
        try:
            for event in group:
                _settle_zones(event, own)
            recurs = any(name in each for each in group for name in ("RRULE", "RDATE", "RECURRENCE-ID"))
            events = self._written_out(group) if recurs else group
            found = [self._span(event) for event in events if _takes_time(event)]
        except _FAULTS:
            self._leave(str(group[0].get("SUMMARY", "")))
            return
        self.spans += [each for each in found if self._is_near(each)]

    def read_list(self, listed: Component) -> None:
        """Read a free/busy list."""
        for period in _listed(listed.get("FREEBUSY")):
            try:
                kind = str(period.params.get("FBTYPE", "BUSY")).upper()
                starts, ends = period.dt
                first = self._moment(starts)
                last = first + ends if isinstance(ends, timedelta) else self._moment(ends)
            except _FAULTS:
                self._leave("")
                continue
            if kind != "FREE" and self._is_near(Span(first, last)):
                self.spans.append(Span(first, last))

    def _written_out(self, group: list[Component]) -> list[Component]:
        import recurring_ical_events
        from icalendar import Calendar

        for event in group:
            _refuse_too_often(event.get("RRULE"))
        calendar = Calendar()
        for event in group:
            calendar.add_component(event)
        return list(recurring_ical_events.of(calendar).between(self._within.starts, self._within.ends))

    def _span(self, event: Component) -> Span:
        starts = event.decoded("DTSTART")
        is_day = not isinstance(starts, datetime)
        first = self._moment(starts)
        if "DTEND" in event:
            return Span(first, self._moment(event.decoded("DTEND")))
        if "DURATION" in event:
            length: timedelta = event.decoded("DURATION")
            return Span(first, self._moment(starts + length) if is_day else first + length)
        return Span(first, self._moment(starts + _DAY) if is_day else first)

    def _moment(self, value: date | datetime) -> datetime:
        if not isinstance(value, datetime):
            value = datetime.combine(value, time())
        return (value if value.tzinfo else value.replace(tzinfo=zone_of(self._zone))).astimezone(UTC)

    def _is_near(self, span: Span) -> bool:
        return span.starts < self._within.ends and span.ends > self._within.starts

    def leave_more(self, count: int) -> None:
        """Say how many entries are beyond what is read."""
        message = (
            f"{count:,} entries beyond the first {MOST_EVENTS:,} are not read, so their time may be offered"
        )
        self._tell(message, "export fewer years of that calendar")

    def _leave(self, summary: str) -> None:
        named = f"`{' '.join(summary.split())[:60]}`" if summary.strip() else "an entry"
        message = f"{named} could not be read, so its time may be offered"
        self._tell(message, "look whether it is in the way, and mend it in the calendar it comes from")

    def _tell(self, message: str, hint: str) -> None:
        self.findings.append(Finding("slots/unreadable", Severity.WARNING, Place(self._path), message, hint))


def _settle_zones(event: Component, own: Mapping[str, OwnZone]) -> None:
    """Put the times of an event into the zones that they name: one that is known, else one of its file.

    icalendar takes an unknown one for none.
    """
    for name in _TIMES:
        for value in _listed(event.get(name)):
            tzid = str(value.params.get("TZID", ""))
            for each in getattr(value, "dts", (value,)) if tzid else ():
                if isinstance(each.dt, datetime):
                    each.dt = each.dt.replace(tzinfo=_zone_meant(tzid, own))


def _zone_meant(tzid: str, own: Mapping[str, OwnZone]) -> tzinfo:
    known = named_zone(tzid)
    return zone_of(known) if known else own[tzid]


def _takes_time(event: Component) -> bool:
    return not any(str(event.get(name, "")).upper() == value for name, value in _FREE.items())


def _refuse_too_often(rule: Any) -> None:
    """Refuse a rule that would fill the days by itself: it is a mistake, or made to keep us busy."""
    for each in _listed(rule):
        times = 1
        for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            times *= max(1, len(each.get(name, ())))
        if times > _MOST_TIMES or {str(one).upper() for one in each.get("FREQ", ())} & _TOO_OFTEN:
            raise ValueError(each)
        if any(step < 1 for step in each.get("INTERVAL", ())) or not _comes_to_pass(each):
            raise ValueError(each)


def _comes_to_pass(rule: Mapping[str, Any]) -> bool:
    """Tell whether a month has such a day at all: what never comes is looked for until the year 9999."""
    days = [abs(day) for day in rule.get("BYMONTHDAY", ())]
    lengths = [monthrange(2024, month)[1] for month in rule.get("BYMONTH", ())]
    return not days or min(days) <= max(lengths, default=31)


def _listed(value: Any) -> list[Any]:
    """A property that may be there several times, once or not at all."""
    return value if isinstance(value, list) else [] if value is None else [value]
