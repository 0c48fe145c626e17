"""Times and lengths as people type them: understood and said back the same, or refused with a way out."""

from datetime import UTC, datetime

from benchmarks.fuzz.pieces import BrokenError, choose, require, text_of
from prepvault.model.free_time import find_hours, find_weekdays
from prepvault.model.lead import find_lead
from prepvault.model.zones import zone_of
from prepvault.parse.foreign_dates import parse_foreign_date
from prepvault.parse.revision import parse_revision
from prepvault.parse.when import When, parse_stamp, parse_when

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "UTC",
    "Asia/Kathmandu",
    "America/Sao_Paulo",
)
NOW = datetime(2026, 2, 9, 9, 0, tzinfo=UTC)


def check_moments(data: bytes) -> None:
    """Read a time in a zone: `<zone><text>`."""
    zone, rest = choose(data, ZONES)
    text = text_of(rest)
    found = parse_when(text, now=NOW, zone=zone)
    if isinstance(found, When):
        require(found.at.tzinfo is not None and found.words and found.zone, "a time without zone or words")
        _require_same(found, zone)
    else:
        require(found.message and found.hint, "a refused time says nothing")
        for candidate in found.candidates:
            told = parse_when(candidate, now=NOW, zone=zone)
            require(isinstance(told, When) or told.candidates, f"`{candidate}` is offered and not understood")
    stamp = parse_stamp(text)
    require(stamp is None or stamp.local.tzinfo is None, "a stamp has a zone of its own")
    for order in ("", "mdy", "dmy"):
        read = parse_foreign_date(text, order)
        require(bool(read.fault) != bool(read.text and parse_stamp(read.text)), "a foreign date is no date")
    lead = find_lead(text)
    require(lead is None or 0 <= lead.days <= 366, "a lead is longer than a year")
    hours, days = find_hours(text), find_weekdays(text)
    require(hours is None or 0 <= hours.begins < hours.ends <= 24 * 60, "hours that are none")
    require(days is None or days <= frozenset(range(7)), "days of a week that are none")
    parse_revision(text)


def _require_same(found: When, zone: str) -> None:
    """What goes into a note reads as the same moment there."""
    again = parse_when(found.note_text, now=NOW, zone=found.zone)
    if not isinstance(again, When):
        raise BrokenError(f"`{found.note_text}` is written and not understood")
    require(again.at.astimezone(UTC) == found.at.astimezone(UTC), "a time is written as another one")
    local = found.at.astimezone(UTC).astimezone(zone_of(found.zone))
    require(local.replace(tzinfo=None) == found.at.replace(tzinfo=None), "a wall time that no clock shows")
