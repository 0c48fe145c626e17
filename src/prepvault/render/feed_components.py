"""Calendar events and calendars, built with icalendar: the one place that knows how it writes."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from icalendar import (
    Alarm,
    Calendar,
    Component,
    Event,
    Parameters,
    vCategory,
    vDate,
    vDatetime,
    vDuration,
    vInt,
    vText,
    vUri,
)

from prepvault.model.feed import EventStamp
from prepvault.model.lead import find_lead
from prepvault.model.settings import Settings
from prepvault.model.zones import zone_of
from prepvault.render.css_colors import HEX_OF
from prepvault.render.feed_drafts import AlarmDraft, EventDraft
from prepvault.render.feed_words import one_line
from prepvault.render.folding import fold_line
from prepvault.render.vtimezone import render_vtimezone

_HOUR = timedelta(hours=1)


class ExactText(vText):
    """Text escaped as the standard says; the library's own writer turns a written `\\N` into a line end."""

    def to_ical(self) -> bytes:
        """Escape backslash, semicolon, comma and line end, nothing else."""
        text = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return text.replace("\n", "\\n").encode("utf-8")


class ExactDuration(vDuration):
    """A duration in hours or minutes: a day is nominal, and 23 or 25 hours long when clocks change."""

    def to_ical(self) -> bytes:
        """Write `-PT24H`, never `-P1D`."""
        length = abs(self.td)
        sign = "-" if self.td < timedelta() else ""
        if length % _HOUR == timedelta():
            return f"{sign}PT{length // _HOUR}H".encode() if length else b"PT0S"
        seconds = int(length.total_seconds())
        return f"{sign}PT{seconds // 60}M".encode() if seconds % 60 == 0 else f"{sign}PT{seconds}S".encode()


def event_bytes(draft: EventDraft, stamp: EventStamp, now: datetime) -> bytes:
    """Write one event; of its alarms only those whose moment is still to come at `now`."""
    event = Event()
    event["UID"] = ExactText(draft.uid)
    event["DTSTAMP"] = vDatetime(stamp.modified)
    event["DTSTART"] = _time(draft, draft.starts)
    event["DTEND"] = _time(draft, draft.ends)
    event["SUMMARY"] = ExactText(draft.summary)
    event["STATUS"] = vText(draft.status)
    event["TRANSP"] = vText("TRANSPARENT" if draft.transparent else "OPAQUE")
    event["SEQUENCE"] = vInt(stamp.sequence)
    event["CREATED"] = vDatetime(stamp.created)
    event["LAST-MODIFIED"] = vDatetime(stamp.modified)
    event["CATEGORIES"] = vCategory([ExactText(name) for name in draft.categories])
    _add_details(event, draft)
    for alarm in draft.alarms:
        if alarm.at.astimezone(UTC) > now:
            event.add_component(_alarm(alarm))
    return _folded(event)


def calendar_bytes(
    events: Iterable[bytes], zones: Iterable[str], settings: Settings, *, title: str, version: str
) -> bytes:
    """Put written events into one calendar, with the rules of the zones they use before them."""
    refresh, color = settings.text("feed.refresh"), settings.text("feed.color").casefold()
    shell = _shell(tuple(sorted(set(zones))), one_line(title) or "Interviews", refresh, color, version)
    return b"".join((shell, *events, b"END:VCALENDAR\r\n"))


@lru_cache(maxsize=64)
def _shell(zones: tuple[str, ...], title: str, refresh: str, color: str, version: str) -> bytes:
    """A calendar up to its first event: the same for all interviews of one zone."""
    calendar = Calendar()
    calendar["VERSION"] = vText("2.0")
    calendar["PRODID"] = ExactText(f"-//PrepVault//PrepVault {version}//EN")
    calendar["CALSCALE"] = vText("GREGORIAN")
    calendar["NAME"] = calendar["X-WR-CALNAME"] = ExactText(title)
    calendar["X-WR-CALDESC"] = ExactText("Interviews and what to do about them, from PrepVault")
    interval = find_lead(refresh) or _HOUR
    calendar["REFRESH-INTERVAL"] = ExactDuration(interval, params={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = ExactDuration(interval)
    if color in HEX_OF:
        calendar["COLOR"] = vText(color)
        calendar["X-APPLE-CALENDAR-COLOR"] = vText(HEX_OF[color])
    for zone in zones:
        component = render_vtimezone(zone)
        if component is not None:
            calendar.add_component(component)
    return _folded(calendar).removesuffix(b"END:VCALENDAR\r\n")


def _time(draft: EventDraft, moment: datetime) -> vDate | vDatetime:
    if draft.all_day:
        return vDate(date(moment.year, moment.month, moment.day), params={"VALUE": "DATE"})
    if draft.zone:
        return vDatetime(moment.astimezone(zone_of(draft.zone)), params={"TZID": draft.zone})
    return vDatetime(moment.astimezone(UTC))


def _add_details(event: Event, draft: EventDraft) -> None:
    if draft.description:
        event["DESCRIPTION"] = ExactText(draft.description)
    if draft.location:
        event["LOCATION"] = ExactText(draft.location)
    if draft.link:
        event["URL"] = vUri(draft.link)
        feature = "PHONE" if draft.link.startswith("tel:") else "VIDEO"
        parameters = {"VALUE": "URI", "FEATURE": feature, "LABEL": draft.link_label}
        event["CONFERENCE"] = vUri(draft.link, params=parameters)
    if draft.related_to:
        event["RELATED-TO"] = ExactText(draft.related_to)


def _alarm(draft: AlarmDraft) -> Alarm:
    alarm = Alarm()
    alarm["ACTION"] = vText("DISPLAY")
    alarm["UID"] = ExactText(draft.uid)
    if draft.trigger is None:
        alarm["TRIGGER"] = vDatetime(draft.at.astimezone(UTC), params=Parameters({"VALUE": "DATE-TIME"}))
    else:
        alarm["TRIGGER"] = ExactDuration(-draft.trigger)
    alarm["DESCRIPTION"] = ExactText(draft.text)
    return alarm


def _folded(component: Component) -> bytes:
    return b"".join(fold_line(line) for line in component.content_lines(sorted=False) if line)
