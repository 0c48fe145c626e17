"""Dates and times as other programs write them; what could be two days is not guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from prepvault.model.properties import YEARS
from prepvault.parse.stamp import Stamp, parse_stamp

_CLOCK = r"(?:[ ,T]+(?:at )?(\d{1,2})(?:[:.h](\d\d))?(?::(\d\d)(?:[.]\d+)?)? ?([ap])?\.?(?:m\.?)?)?"
_OFFSET = r"(?: ?(Z|UTC|GMT|[+-]\d\d:?\d\d))?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_NUMBERS = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}|\d\d){_CLOCK}{_OFFSET}", re.IGNORECASE
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_CLOCK}{_OFFSET}", re.IGNORECASE)
_DAY_WORD = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?\.?[ -]([a-zä]{{3,9}})\.?,?[ -](\d{{4}}){_CLOCK}{_OFFSET}",
    re.IGNORECASE,
)
_WORD_DAY = re.compile(
    rf"{_WEEKDAY}([a-z]{{3,9}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_CLOCK}{_OFFSET}", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_GERMAN_MONTHS = {"mär": "mar", "mai": "may", "okt": "oct", "dez": "dec"}
_SPAN = re.compile(r"(?P<begin>.*\d.*?) ?(?:→|–|—| - | to | bis | until )(?P<end>.*\d.*)", re.IGNORECASE)
# `10:00-11:00` is a span, `10:00-05:00` and `T10:00-11:00` an hour with its offset.
_HYPHEN = re.compile(r"(?P<begin>.* (?P<hour>\d?\d:\d\d))-(?P<end>\d?\d:\d\d)")
_HALF = re.compile(r"\d ?[ap]\.?m", re.IGNORECASE)
_IN_BRACKETS = re.compile(r" \((?:GMT|UTC)(?:([+-])(\d\d?)(?::?(\d\d))?)?\)$")
_ZONE_WORD = re.compile(r" \(?([A-Z]{2,5})\)?$")
WHICH_FIRST = "could have the day or the month first: say `--dates mdy` or `--dates dmy`"
_CENTURY = 2000
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date or time in the form that notes have, or why there is none.

    `is_ambiguous` is true where only the order of day and month is missing; `order` is the one that the text
    itself shows. `end` is the end of a span of time, as written.
    """

    text: str = ""
    fault: str = ""
    is_ambiguous: bool = False
    order: str = ""
    end: str = ""


def parse_foreign_date(text: str, order: str = "") -> DateRead:
    """Read a date or time; `order` is `mdy` or `dmy`, what 8/9/26 means. Never raises."""
    tidy, end = _begin(" ".join(text.split())[: _LONGEST + 1])
    if end and (_HALF.search(end) and not _HALF.search(tidy)):
        return DateRead(fault="whether it begins before noon is not clear")
    return replace(_read(tidy, order), end=end)


def _read(tidy: str, order: str) -> DateRead:
    stamp = parse_stamp(tidy)
    if stamp:
        return DateRead(_stamp_text(stamp))
    for pattern, reader in (
        (_NUMBERS, _numbers),
        (_YEAR_FIRST, _year_first),
        (_DAY_WORD, _words),
        (_WORD_DAY, _words),
    ):
        found = pattern.fullmatch(tidy)
        if found:
            return reader(found, order)
    if zone := _ZONE_WORD.search(tidy):
        return DateRead(fault=f"`{zone[1]}` is no certain zone: write an offset like -05:00 in its place")
    return DateRead(fault="it is no date that is known here")


def _begin(text: str) -> tuple[str, str]:
    """Part the beginning of a span of time from its end; signs around both are left out."""
    text = _IN_BRACKETS.sub(_offset_of, text.removeprefix("@"))
    text = re.sub(r"(?<=\d) Uhr$", "", text, flags=re.IGNORECASE)
    found = _SPAN.fullmatch(text) or _HYPHEN.fullmatch(text)
    if found and (found.re is _SPAN or found["end"].zfill(5) > found["hour"].zfill(5)):
        return found["begin"], found["end"]
    return text, ""


def _offset_of(found: re.Match[str]) -> str:
    """Write `(GMT+2)`, as Notion does, as an offset."""
    return f"{found[1]}{found[2]:0>2}:{found[3] or '00'}" if found[1] else "Z"


def find_order(texts: Iterable[str]) -> str:
    """Find the order of days and months that a column itself shows; empty where it shows none, or both."""
    orders = {found.order for text in texts if (found := parse_foreign_date(text)).order}
    return orders.pop() if len(orders) == 1 else ""


def _stamp_text(stamp: Stamp) -> str:
    if stamp.is_date:
        return f"{stamp.local:%Y-%m-%d}"
    offset = None if stamp.offset is None else timezone(stamp.offset)
    return stamp.local.replace(tzinfo=offset).isoformat()


def _numbers(found: re.Match[str], order: str) -> DateRead:
    first, mark, second = int(found[1]), found[2], int(found[3])
    year = int(found[4]) + (_CENTURY if len(found[4]) == 2 else 0)
    own = "dmy" if first > 12 or mark == "." else "mdy" if second > 12 else ""
    meant = own or order
    if not meant and first != second:
        return DateRead(fault="it could be day or month first", is_ambiguous=True)
    month, day = (second, first) if meant == "dmy" else (first, second)
    return _made(year, month, day, found.groups()[4:], own if mark != "." else "")


def _year_first(found: re.Match[str], _: str) -> DateRead:
    return _made(int(found[1]), int(found[2]), int(found[3]), found.groups()[3:])


def _words(found: re.Match[str], _: str) -> DateRead:
    word, day = (found[1], found[2]) if found[1].isalpha() else (found[2], found[1])
    month = word[:3].lower()
    month = _GERMAN_MONTHS.get(month, month)
    if month not in _MONTHS:
        return DateRead(fault=f"`{word}` is no month")
    return _made(int(found[3]), _MONTHS.index(month) + 1, int(day), found.groups()[3:])


def _made(year: int, month: int, day: int, rest: tuple[str | None, ...], order: str = "") -> DateRead:
    hour, minute, second, half, offset = rest
    try:
        at = datetime(year, month, day, _hour(hour, half), int(minute or 0), int(second or 0))  # noqa: DTZ001
    except ValueError:
        return DateRead(fault="there is no such day or time")
    if year not in YEARS:
        return DateRead(fault=f"the year {year} is too far away")
    if hour is None:
        return DateRead(f"{at:%Y-%m-%d}", order=order)
    if minute is None and half is None:
        return DateRead(fault="its hour is not clear")
    return DateRead(at.isoformat() + _offset(offset), order=order)


def _hour(hour: str | None, half: str | None) -> int:
    number = int(hour or 0)
    if half is None:
        return number
    if not 1 <= number <= 12:
        raise ValueError
    return number % 12 + (12 if half in "pP" else 0)


def _offset(offset: str | None) -> str:
    if not offset:
        return ""
    return "Z" if offset.upper() in {"Z", "UTC", "GMT"} else f"{offset[:3]}:{offset[-2:]}"
