"""Calendar files: an invite gives the moment that icalendar reads too, and what is busy agrees with it."""

from datetime import UTC, datetime, timedelta
from functools import cache
from warnings import catch_warnings

from icalendar import Calendar, Component

from benchmarks.fuzz.pieces import choose, require
from prepvault.model.free_time import Span
from prepvault.model.invite import Invite, InviteWords
from prepvault.model.zones import zone_names
from prepvault.outside.resources import read_content
from prepvault.parse.busy import parse_busy
from prepvault.parse.invite_words import parse_invite_words
from prepvault.parse.invites import MOST_EVENTS, parse_invites
from prepvault.render.invite_note import render_invite

ZONE = "Europe/Berlin"
WITHIN = Span(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 29, tzinfo=UTC))
_FAULTS = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    ArithmeticError,
    RecursionError,
    OSError,
)
_SERIES = ("RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID")
_LONGEST_NOTE = 12_000


@cache
def _words() -> InviteWords:
    return parse_invite_words(read_content()["texts/invites.yaml"], "texts/invites.yaml")


def check_invites(data: bytes) -> None:
    """Read a file as invites: `<zone that a person named><file>`."""
    asked, file = choose(data, ("", "Asia/Tokyo"))
    read = parse_invites(file, "invite.ics", zone=ZONE, words=_words(), asked=asked)
    require(len(read.invites) <= 10 * MOST_EVENTS, "more invites than events")
    require(read.invites or read.rejected, "a file gives nothing and no reason")
    for invite in read.invites:
        require(len(render_invite(invite)) < _LONGEST_NOTE, "a note without bound")
        starts = invite.starts
        require(not starts.zone or starts.zone in zone_names(), "a zone that is none")
        require(starts.at is None or starts.at.tzinfo is not None, "a moment without a zone")
        require(starts.at is None or starts.note_text, "a start that no note can hold")
        lines = (invite.summary, invite.place, invite.link, invite.page, invite.uid, invite.recurrence)
        require(
            not any(sign < " " or "\x7f" <= sign < "\xa0" for text in lines for sign in text), "a control"
        )
    if len(read.invites) == 1 and not read.rejected:
        _require_agreed(read.invites[0], file)


def _only_event(file: bytes) -> Component | None:
    """The one event of a file in which icalendar sees no fault and no series; None for any other file."""
    try:
        with catch_warnings(action="ignore"):
            calendars = Calendar.from_ical(file.removeprefix(b"\xef\xbb\xbf"), multiple=True)
            events = [event for each in calendars for event in each.walk("VEVENT")]
            if len(calendars) != 1 or len(events) != 1 or calendars[0].name != "VCALENDAR":
                return None
            is_plain = not events[0].errors and not any(name in events[0] for name in _SERIES)
            return events[0] if is_plain and len(calendars[0].walk("VTIMEZONE")) == 0 else None
    except _FAULTS:
        return None


def _moment_of(event: Component) -> datetime | None:
    """The start that icalendar reads, where it knows the zone for certain."""
    try:
        value = event.decoded("DTSTART")
        told = event["DTSTART"].params.get("TZID", "")
    except _FAULTS:
        return None
    if not isinstance(value, datetime) or value.tzinfo is None or (told and told not in zone_names()):
        return None
    return value.astimezone(UTC)


def _require_agreed(invite: Invite, file: bytes) -> None:
    event = _only_event(file)
    theirs = _moment_of(event) if event is not None else None
    ours = invite.starts.at
    if theirs is None or ours is None or invite.remarks:
        return
    require(ours.astimezone(UTC) == theirs, f"read as {ours.astimezone(UTC)}, by icalendar as {theirs}")


def check_busy(data: bytes) -> None:
    """Read a file as a calendar of what is busy: `<zone><file>`."""
    zone, file = choose(data, (ZONE, "America/New_York"))
    read = parse_busy(file, "busy.ics", zone, WITHIN)
    if read is None:
        return
    spans, findings = read
    for span in spans:
        require(span.starts.tzinfo is not None and span.ends.tzinfo is not None, "a span without a zone")
        require(span.ends >= span.starts or span.ends > WITHIN.starts, "a span that ends before it begins")
    require(all(each.message and each.hint for each in findings), "a finding says nothing")
    event = _only_event(file)
    starts = _moment_of(event) if event is not None else None
    if event is None or starts is None or not WITHIN.starts < starts < WITHIN.ends - timedelta(days=1):
        return
    is_free = any(
        str(event.get(name, "")).strip() for name in ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
    )
    if not is_free and not {"DTEND", "DURATION"} & set(event):
        require(findings or not spans, "an event that takes no time is busy")
    elif not is_free and not findings and "DURATION" not in event and _length(event) > timedelta():
        require(any(span.starts == starts for span in spans), "a busy hour would be offered")


def _length(event: Component) -> timedelta:
    try:
        ends = event.decoded("DTEND")
        length: timedelta = ends.astimezone(UTC) - event.decoded("DTSTART").astimezone(UTC)
    except _FAULTS:
        return timedelta()
    return length
