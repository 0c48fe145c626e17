"""A strict lint of our own feeds: what any calendar app is known to trip over."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from itertools import chain

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.zones import zone_names, zone_of
from prepvault.parse.ics_lines import Line, Part, Remark, read_parts

_ONCE = (
    *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "SEQUENCE"),
    *("LAST-MODIFIED", "CREATED", "TRANSP", "CATEGORIES"),
)
_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME", "X-WR-CALDESC", "UID", "PRODID"}
_LIMITS = {"UID": 191, "SUMMARY": 255, "LOCATION": 255, "DESCRIPTION": 3000}
_STATUSES = {"TENTATIVE", "CONFIRMED", "CANCELLED"}
_MOST_ALARMS = 5
_LARGEST = 1_000_000
_TIME = re.compile(r"(\d{8})T(\d{6})(Z?)", re.ASCII)
_DATE = re.compile(r"\d{8}", re.ASCII)
_TRIGGER = re.compile(r"(-PT\d+[HMS]|PT0S)", re.ASCII)
_ESCAPED = re.compile(r"\\[\\;,nN]")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", re.ASCII)


def lint_feed(data: bytes, name: str) -> tuple[Finding, ...]:
    """Check the bytes of a feed called `name`; nothing found means every app can read it."""
    root, remarks = read_parts(data)
    found = (*remarks, *_calendar_remarks(root, len(data)))
    return tuple(
        Finding("feed/malformed", Severity.ERROR, Place(name, number), message, _HINT)
        for number, message in sorted(found)
    )


_HINT = "this is a fault of PrepVault, not of your notes; please report it with this line"


def _calendar_remarks(root: Part, size: int) -> Iterator[Remark]:
    calendars = root.inside("VCALENDAR")
    if len(calendars) != 1 or len(root.parts) != 1 or root.lines:
        yield 1, "there is not exactly one calendar in the file"
        return
    if size > _LARGEST:
        yield 1, f"the file has {size} bytes, more than some apps read"
    yield from _header_remarks(calendars[0])
    yield from _zone_remarks(calendars[0])
    yield from chain.from_iterable(_event_remarks(event) for event in calendars[0].inside("VEVENT"))
    yield from _identity_remarks(calendars[0])


def _header_remarks(calendar: Part) -> Iterator[Remark]:
    if calendar.text("VERSION") != "2.0" or len(calendar.values("PRODID")) != 1:
        yield calendar.number, "VERSION:2.0 and one PRODID are needed"
    for name in ("METHOD", "UID"):
        if calendar.find(name):
            yield calendar.number, f"{name} has no place in a calendar that is subscribed to"
    for name in ("X-WR-CALNAME", "NAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"):
        if not calendar.text(name):
            yield calendar.number, f"{name} is missing"
    refresh = calendar.find("REFRESH-INTERVAL")
    if refresh and refresh.parameters.get("VALUE") != "DURATION":
        yield refresh.number, "REFRESH-INTERVAL needs VALUE=DURATION"
    yield from _text_remarks(calendar)


def _identity_remarks(calendar: Part) -> Iterator[Remark]:
    events = calendar.inside("VEVENT")
    if not events:
        yield calendar.number, "a calendar without events cannot be told from a broken one"
    counted = Counter(event.text("UID") for event in events)
    for event in events:
        if counted[event.text("UID")] > 1:
            yield event.number, f"the UID {event.text('UID')} stands at more than one event"


def _zone_remarks(calendar: Part) -> Iterator[Remark]:
    """Every zone that is used is described once, before the events, and no other."""
    described = Counter(zone.text("TZID") for zone in calendar.inside("VTIMEZONE"))
    used = {line.parameters.get("TZID", "") for event in calendar.inside("VEVENT") for line in event.lines}
    for zone in calendar.inside("VTIMEZONE"):
        halves = Counter(half.name for half in zone.parts)
        name = zone.text("TZID")
        if described[name] > 1 or name not in used or name not in zone_names():
            yield zone.number, f"the zone {name} is described twice, or not used, or not known"
        if not halves or max(halves.values()) > 1 or any(half.find("RDATE") for half in zone.parts):
            yield zone.number, f"the zone {name} is described in a way that Outlook cannot read"
    for missing in sorted(used - set(described) - {""}):
        yield calendar.number, f"the zone {missing} is used and not described"


def _event_remarks(event: Part) -> Iterator[Remark]:
    for name in _ONCE:
        if len(event.values(name)) != 1:
            yield event.number, f"{name} stands there {len(event.values(name))} times, not once"
    if event.text("STATUS") not in _STATUSES or not event.text("SEQUENCE").isdecimal():
        yield event.number, "STATUS or SEQUENCE has no valid value"
    for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
        if not event.text(name).endswith("Z"):
            yield event.number, f"{name} must be in UTC"
    for line in event.lines:
        if line.name in {"URL", "CONFERENCE"} and not _URI.fullmatch(line.value):
            yield line.number, f"{line.name} is not a link"
    yield from _span_remarks(event)
    yield from _text_remarks(event)
    yield from _alarm_remarks(event)


def _span_remarks(event: Part) -> Iterator[Remark]:
    starts, ends = _moment(event.find("DTSTART")), _moment(event.find("DTEND"))
    if starts is None or ends is None:
        yield event.number, "DTSTART or DTEND is no date, or no time in a zone or in UTC"
    elif ends <= starts:
        yield event.number, "the event does not end after it starts"
    kinds = {line.parameters.get("VALUE", "") for name in ("DTSTART", "DTEND") for line in event.values(name)}
    if len(kinds) > 1:
        yield event.number, "DTSTART and DTEND are of different kinds"


def _moment(line: Line | None) -> datetime | None:
    """Read a time as an instant; None for one that floats, or is both in a zone and in UTC."""
    if line is None:
        return None
    is_date = line.parameters.get("VALUE") == "DATE"
    found = _TIME.fullmatch(line.value)
    zone = line.parameters.get("TZID", "")
    if is_date:
        found_date = _DATE.fullmatch(line.value)
        return _parsed(f"{line.value}000000", UTC) if found_date else None
    if not found or bool(found[3]) == bool(zone) or (zone and zone not in zone_names()):
        return None
    return _parsed(found[1] + found[2], zone_of(zone) if zone else UTC)


def _parsed(digits: str, zone: tzinfo) -> datetime | None:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=zone).astimezone(UTC)
    except ValueError:
        return None


def _text_remarks(part: Part) -> Iterator[Remark]:
    for line in part.lines:
        if line.name in _TEXTS:
            rest = _ESCAPED.sub("", line.value)
            if any(sign in rest for sign in "\\;,"):
                yield line.number, f"{line.name} holds a sign that is not escaped"
            if unicodedata.normalize("NFC", line.value) != line.value:
                yield line.number, f"{line.name} is not in composed form"
        if len(line.value) > _LIMITS.get(line.name, len(line.value)):
            yield line.number, f"{line.name} is longer than {_LIMITS[line.name]} characters"


def _alarm_remarks(event: Part) -> Iterator[Remark]:
    alarms = event.inside("VALARM")
    if len(alarms) > _MOST_ALARMS or (alarms and event.text("STATUS") == "CANCELLED"):
        yield event.number, "there are too many alarms, or alarms on a cancelled event"
    triggers = Counter(alarm.text("TRIGGER") for alarm in alarms)
    for alarm in alarms:
        if alarm.text("ACTION") != "DISPLAY" or not alarm.text("DESCRIPTION") or not alarm.text("UID"):
            yield alarm.number, "an alarm needs ACTION:DISPLAY, a DESCRIPTION and a UID"
        if not _is_trigger(alarm.find("TRIGGER")) or triggers[alarm.text("TRIGGER")] > 1:
            yield (
                alarm.number,
                "a TRIGGER is neither hours before the start nor a moment in UTC, or is there twice",
            )
        yield from _text_remarks(alarm)


def _is_trigger(line: Line | None) -> bool:
    if line is None:
        return False
    if line.parameters.get("VALUE") == "DATE-TIME":
        return line.value.endswith("Z") and _moment(Line(line.number, line.name, {}, line.value)) is not None
    return _TRIGGER.fullmatch(line.value) is not None


def find_producer(data: bytes) -> str:
    """The PRODID of a calendar file: which program wrote it last; empty where that cannot be told."""
    root, _ = read_parts(data)
    return next((calendar.text("PRODID") for calendar in root.inside("VCALENDAR")), "")


def count_alarms(data: bytes) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Count the alarms of each event in a feed, and name the zones it describes."""
    root, _ = read_parts(data)
    events = [event for calendar in root.inside("VCALENDAR") for event in calendar.inside("VEVENT")]
    zones = (zone for calendar in root.inside("VCALENDAR") for zone in calendar.inside("VTIMEZONE"))
    counts = tuple(len(event.inside("VALARM")) for event in events)
    return counts, tuple(sorted(zone.text("TZID") for zone in zones))
