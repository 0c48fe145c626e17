"""Say why a text is no date, and what to write instead."""

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date

from prepvault.model.properties import YEARS

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2}))?.*)?", re.ASCII
)
_TIME = re.compile(
    r"\d{1,2}(?:[:.]\d{2}){1,2}(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?", re.IGNORECASE | re.ASCII
)
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:\D+(\d{1,2})[:.](\d{2}))?.*", re.ASCII)
EXAMPLE = "write it like 2026-03-17T14:00:00"


@dataclass(frozen=True, slots=True)
class DateFault:
    """Why the text is no date: its code, a clause for the message, a hint."""

    code: str
    reason: str
    hint: str


def explain_date(text: str) -> DateFault:
    """Explain a text that could not be read as a date or a date and time."""
    if "{{" in text or "<%" in text:
        return DateFault(
            "date/unreadable", "", "a template's placeholder was left in; put the real time there"
        )
    if _TIME.fullmatch(text.strip()):
        return DateFault(
            "date/unreadable", "only a time of day", "write the day too, like 2026-03-17T14:30:00"
        )
    if found := _ISO.fullmatch(text.strip()[:200]):
        parts = [int(part) if part else None for part in found.groups()]
        if reason := _impossible(*parts):
            return DateFault("date/impossible", reason, "look the day up and write it again")
        if (parts[0] or 0) not in YEARS:
            return DateFault("date/far", f"the year {parts[0]} cannot be meant", "check the year")
        return DateFault("date/unreadable", "", _full_hint(*(part or 0 for part in parts[:5])))
    if found := _NUMBERS.fullmatch(text.strip()[:200]):
        return DateFault("date/unreadable", "", _numbers_hint(found))
    return DateFault("date/unreadable", "", EXAMPLE)


def _impossible(
    year: int | None,
    month: int | None,
    day: int | None,
    hour: int | None,
    minute: int | None,
    second: int | None,
) -> str:
    if not month or month > 12:
        return f"there is no month {month}"
    days = monthrange(year, month)[1] if year else 0
    if not day or day > days:
        return f"{month_name[month]} {year} has {days} days" if days else "there is no year 0"
    if hour is not None and hour > 23:
        return f"there is no hour {hour}"
    if max(minute or 0, second or 0) > 59:
        return "minutes and seconds end at 59"
    return ""


def _full_hint(year: int, month: int, day: int, hour: int, minute: int) -> str:
    return f"write it like {year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:00"


def _numbers_hint(found: re.Match[str]) -> str:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    time = f"T{int(found[5]):02d}:{found[6]}:00" if found[5] else ""
    orders = ((second, first),) if found[2] == "." else ((first, second), (second, first))
    days = dict.fromkeys(text for month, day in orders if (text := _iso_text(year, month, day)))
    return "write " + " or ".join(f"{text}{time}" for text in days) if days else EXAMPLE


def _iso_text(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
