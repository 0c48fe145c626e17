"""Days as people write them: `tomorrow`, `next tue`, `1 dec`, `in 3 days`, `2026-12-01`."""

import re
from calendar import isleap, monthrange
from collections.abc import Callable
from datetime import date, timedelta

from prepvault.parse.when_fault import UnclearError

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_WEEKDAYS = ("mon(?:day)?", "tue(?:s|sday)?", "wed(?:nesday)?", "thu(?:r|rs|rsday)?", "fri(?:day)?")
_WEEKEND = ("sat(?:urday)?", "sun(?:day)?")
_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december", "sept"),
)
_ANY_WEEKDAY = rf"({'|'.join((*_WEEKDAYS, *_WEEKEND))})\.?"
_ANY_MONTH = rf"({'|'.join((*_MONTH_NAMES, *_MONTHS))})\.?"
_ANY_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:\s+(\d{4}))?"

_NEAR = {"today": 0, "tomorrow": 1, "tmr": 1, "tmrw": 1, "day after tomorrow": 2, "the day after tomorrow": 2}
_COUNTED = re.compile(r"(?:in\s+|\+)(\d{1,3}|an?)\s*(d|days?|w|weeks?)")
_BY_WEEKDAY = re.compile(rf"(?:(this|next|coming)\s+)?{_ANY_WEEKDAY}(?:\s+(week|next\s+week))?")
_NEXT_WEEK = re.compile(rf"next\s+week\s+(?:on\s+)?{_ANY_WEEKDAY}")
_DAY_FIRST = re.compile(rf"(?:{_ANY_WEEKDAY}\s+)?(?:the\s+)?{_ANY_DAY}\s+(?:of\s+)?{_ANY_MONTH}{_YEAR}")
_MONTH_FIRST = re.compile(rf"(?:{_ANY_WEEKDAY}\s+)?{_ANY_MONTH}\s+{_ANY_DAY}{_YEAR}")
_YEAR_FIRST = re.compile(rf"(?:{_ANY_WEEKDAY}\s+)?(\d{{4}})[-/.](\d\d?)[-/.](\d\d?)")
_YEAR_LAST = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d{4}|\d\d)")
_NO_YEAR = re.compile(r"\d\d?[/.]\d\d?\.?")


def find_day(text: str, today: date) -> date | None:
    """Read a day; None for words that name no day, UnclearError for a day that could be two, or none."""
    words = text.casefold().removeprefix("on ").strip()
    readers: tuple[Callable[[str, str, date], date | None], ...] = (
        _near,
        _by_weekday,
        _by_month,
        _by_numbers,
    )
    try:
        return next((day for read in readers if (day := read(words, text, today)) is not None), None)
    except OverflowError:
        return None


def _near(words: str, _text: str, today: date) -> date | None:
    if words in _NEAR:
        return today + _NEAR[words] * _DAY
    if words in {"end of month", "end of the month"}:
        return today.replace(day=monthrange(today.year, today.month)[1])
    found = _COUNTED.fullmatch(words)
    if not found:
        return None
    count = int(found[1]) if found[1].isdigit() else 1
    return today + count * (_WEEK if found[2].startswith("w") else _DAY)


def _by_weekday(words: str, text: str, today: date) -> date | None:
    """A bare weekday is the next one to come; `next` means the next week, which begins on Monday."""
    monday = today - today.weekday() * _DAY
    found = _NEXT_WEEK.fullmatch(words)
    if found:
        return monday + _WEEK + _weekday(found[1]) * _DAY
    found = _BY_WEEKDAY.fullmatch(words)
    if not found:
        return None
    which, wanted, later = found[1], _weekday(found[2]), found[3]
    if which == "next" or (later and later != "week"):
        return monday + _WEEK + wanted * _DAY
    ahead = (wanted - today.weekday()) % 7
    if ahead == 0 and which != "this":
        choices = (today.isoformat(), (today + _WEEK).isoformat())
        name = _WEEKDAY_NAMES[wanted]
        raise UnclearError(
            f"today is {name}: `{text}` could be today or in a week", part=text, choices=choices
        )
    return today + ahead * _DAY + (_WEEK if later else timedelta())


def _by_month(words: str, text: str, today: date) -> date | None:
    found = _DAY_FIRST.fullmatch(words)
    if found:
        weekday, day, month, year = found.groups()
    else:
        found = _MONTH_FIRST.fullmatch(words)
        if not found:
            return None
        weekday, month, day, year = found.groups()
    number = _MONTHS.index(month[:3]) + 1
    named = _day(int(year), number, int(day)) if year else _next_such(number, int(day), today)
    return _agreed(named, weekday, text)


def _by_numbers(words: str, text: str, _today: date) -> date | None:
    found = _YEAR_FIRST.fullmatch(words)
    if found:
        return _agreed(_day(int(found[2]), int(found[3]), int(found[4])), found[1], text)
    if _NO_YEAR.fullmatch(words):
        raise UnclearError(
            f"`{text}` could be a day and a month in either order", hint="write it like `1 dec`"
        )
    found = _YEAR_LAST.fullmatch(words)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if year < 100:
        raise UnclearError(f"the year of `{text}` is cut short", hint="write it like 2026-12-01")
    return _either_order(first, second, year, text)


def _either_order(first: int, second: int, year: int, text: str) -> date:
    """Read day and month in the one order that is possible; both possible and different is unclear."""
    readings = {(second, first), (first, second)}
    possible = sorted(date(year, month, day) for month, day in readings if _exists(year, month, day))
    if not possible:
        raise UnclearError(f"there is no such day as `{text}`")
    if len(possible) > 1:
        choices = tuple(day.isoformat() for day in possible)
        raise UnclearError(f"`{text}` could be {' or '.join(choices)}", part=text, choices=choices)
    return possible[0]


def _agreed(day: date, weekday: str | None, text: str) -> date:
    """Hold a date against the weekday written beside it."""
    if weekday is None or day.weekday() == _weekday(weekday):
        return day
    away = (_weekday(weekday) - day.weekday() + 3) % 7 - 3
    choices = (day.isoformat(), (day + away * _DAY).isoformat())
    raise UnclearError(f"{day} is a {_WEEKDAY_NAMES[day.weekday()]}", part=text, choices=choices)


def _next_such(month: int, day: int, today: date) -> date:
    """That day in this year or, once it is over, the next; 29 February waits for a leap year."""
    if not _exists(2000, month, day):
        raise UnclearError(f"there is no day {day} in {_MONTH_NAMES[month - 1].capitalize()}")
    year = today.year if (month, day) >= (today.month, today.day) else today.year + 1
    while (month, day) == (2, 29) and not isleap(year):
        year += 1
    return date(year, month, day)


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise UnclearError(f"there is no month {month}")
    if not _exists(year, month, day):
        raise UnclearError(f"there is no day {day} in {_MONTH_NAMES[month - 1].capitalize()} {year}")
    return date(year, month, day)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _weekday(name: str) -> int:
    return [known[:3].casefold() for known in _WEEKDAY_NAMES].index(name[:3])
