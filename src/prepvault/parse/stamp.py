"""ISO dates and times as notes hold them: `2026-02-10T14:00:00`, minutes only, an offset or `Z`, a date."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from prepvault.model.properties import YEARS

_DATE = r"(\d{4})-(\d\d)-(\d\d)"
_CLOCK = r"(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?"
_OFFSET = r"([Zz]|[+-]\d\d(?::?[0-5]\d)?)"
_STAMP = re.compile(f"{_DATE}(?:(?:[Tt]|[ ]+){_CLOCK}[ ]?{_OFFSET}?)?", re.ASCII)
_WIDEST = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as written: naive wall time, the offset if one stands there, and whether it is only a day."""

    local: datetime
    offset: timedelta | None = None
    is_date: bool = False


def parse_stamp(text: str) -> Stamp | None:
    """Read an ISO date or time of the years 1970 to 2100; None where it is anything else, or impossible."""
    found = _STAMP.fullmatch(text.strip())
    if not found or int(found[1]) not in YEARS:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    offset = _offset(found[7])
    try:
        local = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001
    except ValueError:
        return None
    if offset is not None and abs(offset) > _WIDEST:
        return None
    return Stamp(local, offset, is_date=found[4] is None)


def is_wall_time(value: object) -> bool:
    """Tell a time that a zone must be known for: a stamp without an offset."""
    stamp = parse_stamp(value) if isinstance(value, str) else None
    return stamp is not None and stamp.offset is None


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    if text in "Zz":
        return timedelta()
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -offset if text[0] == "-" else offset
