"""Words of the feed: clean text of a bounded length, and times for people, the same in every locale."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlsplit

from prepvault.model.interview import Interview, Person
from prepvault.model.zones import zone_of

SUMMARY_LIMIT = 255
DESCRIPTION_LIMIT = 3000

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LINE_ENDS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_BLANKS = re.compile(r"\s+")
_NOT_LABEL = re.compile(r"[^\w\s.-]")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_ESCAPED = frozenset("\\;,\n")
_JOINERS = {"\u200d", "\ufe0e", "\ufe0f"}
_HOUR = timedelta(hours=1)
_HALF_DAY = timedelta(hours=12)
_MINUTE = timedelta(minutes=1)


def clean(text: str) -> str:
    """Text that no calendar app trips over: one kind of line end, no control characters, composed letters."""
    if text.isascii() and text.isprintable():
        return text.strip()
    unified = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", _UNWANTED.sub("", unified)).strip()


def one_line(text: str, limit: int = SUMMARY_LIMIT) -> str:
    """Clean text on one line, cut where it would be longer than `limit` once it is escaped."""
    return fit(_BLANKS.sub(" ", clean(text)), limit)


def fit(text: str, limit: int) -> str:
    """Cut text to a length counted as escaped (a comma counts twice), never inside a joined sign."""
    if _escaped_length(text) <= limit:
        return text
    room, end = limit - 1, 0
    while (room := room - (2 if text[end] in _ESCAPED else 1)) >= 0:
        end += 1
    while end > 0 and (_is_attached(text[end]) or text[end - 1] in _JOINERS):
        end -= 1
    return text[:end].rstrip() + "…"


def _escaped_length(text: str) -> int:
    return len(text) + sum(text.count(sign) for sign in _ESCAPED)


def _is_attached(sign: str) -> bool:
    return bool(unicodedata.combining(sign)) or sign in _JOINERS


def label_text(text: str) -> str:
    """A short name that can stand in a parameter without quotes or escapes, which some readers lack."""
    return _BLANKS.sub(" ", _NOT_LABEL.sub("", clean(text)))[:60].strip()


def day_text(day: date) -> str:
    """A day for people: `Tue 24 Nov 2026`."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_moment(moment: datetime) -> str:
    """A moment for people: `Tue 24 Nov 09:00`."""
    return f"{day_text(moment)[:-5]} {moment:%H:%M}"


def zone_place(zone: str) -> str:
    """The place that a zone is named after: `Buenos Aires`."""
    return zone.rpartition("/")[2].replace("_", " ")


def span_text(interview: Interview, starts: datetime, ends: datetime, home: str) -> str:
    """Say when, in the interview's zone, in UTC, and in the reader's own zone where that differs."""
    if interview.all_day and not interview.sessions:
        last = (ends - timedelta(seconds=1)).date()
        days = day_text(starts.date())
        return days if last <= starts.date() else f"{days} to {day_text(last)}"
    until = f"{ends:%H:%M}" if ends.date() == starts.date() else short_moment(ends)
    text = f"{day_text(starts)}, {starts:%H:%M}–{until} {zone_place(interview.zone)}"
    others = [zone for zone in dict.fromkeys(("UTC", home)) if zone and zone != interview.zone]
    return " = ".join((text, *(_elsewhere(starts, zone) for zone in others)))


def _elsewhere(moment: datetime, zone: str) -> str:
    there = moment.astimezone(UTC).astimezone(zone_of(zone))
    same_day = there.date() == moment.date()
    return f"{f'{there:%H:%M}' if same_day else short_moment(there)} {zone_place(zone)}"


def lead_words(lead: timedelta) -> str:
    """Say how long until then: `in 24 hours`, `in 1 hour`, `in 90 minutes`."""
    if lead < _MINUTE:
        return "now"
    in_hours = lead >= _HALF_DAY or not lead % _HOUR
    count, unit = (round(lead / _HOUR), "hour") if in_hours else (lead // _MINUTE, "minute")
    return f"in {count} {unit}" + ("s" if count != 1 else "")


def days_words(days: int) -> str:
    """Say how many days until then: `today`, `tomorrow`, `in 3 days`."""
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def people_text(people: tuple[Person, ...]) -> str:
    """Name people with their titles: `Dana Roe (Staff Engineer), Kim Lee`."""
    return ", ".join(f"{one.name} ({one.title})" if one.title else one.name for one in people)


def safe_link(link: str) -> str:
    """A link as the URI it means, empty for anything but a plain web address or a telephone number."""
    uri = quote(clean(link).replace("\n", ""), safe="%/:=&?~#+!$,;'@()*[]-._")
    try:
        parts = urlsplit(uri)
    except ValueError:
        return ""
    if len(uri) > 1000 or parts.scheme not in {"http", "https", "tel"} or "@" in parts.netloc:
        return ""
    return uri if parts.netloc or (parts.scheme == "tel" and parts.path) else ""
