"""The days on which an event comes again, as far as interviews do: every few days or weeks, ten at most."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from prepvault.parse.ics_lines import Line, Part
from prepvault.parse.invite_times import Written, read_written

MOST = 10
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"})
_FARTHEST = 3700
_EASTMOST = timedelta(hours=13)


def find_repeats(event: Part, start: Written) -> tuple[tuple[datetime, ...], str]:
    """The wall times of an event that repeats, its own among them, and what is to say of the rule.

    A rule of another kind gives the first alone.
    """
    text = event.text("RRULE").strip().upper()
    if not text:
        extra = ("it names further dates, which are not read",) if event.find("RDATE") else ("",)
        return (start.local,), extra[0]
    rule = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
    days = _weekdays(rule, start.local)
    interval = _number(rule.get("INTERVAL", "1"))
    if set(rule) - _KNOWN or rule.get("FREQ") not in {"DAILY", "WEEKLY"} or days is None or not interval:
        return (start.local,), "it repeats by a rule that is not followed here; this is its first date"
    left_out = set(_exceptions(event))
    found: list[datetime] = []
    for count, local in enumerate(_days(rule, start.local, days, interval), 1):
        if count > (_number(rule["COUNT"]) if "COUNT" in rule else _FARTHEST) or len(found) > MOST:
            break
        if local not in left_out:
            found.append(local)
    more = f"it repeats; these are the first {MOST} dates" if len(found) > MOST else ""
    return tuple(found[:MOST]), more


def _days(rule: dict[str, str], start: datetime, days: frozenset[int], interval: int) -> Iterator[datetime]:
    last = _last(rule.get("UNTIL", ""))
    first_day = _DAYS.index(rule["WKST"]) if rule.get("WKST") in _DAYS else 0
    monday = start - timedelta(days=(start.weekday() - first_day) % 7)
    for count in range(_FARTHEST):
        local = start + timedelta(days=count)
        if local > last or local.year > 2100:
            return
        step = count if rule["FREQ"] == "DAILY" else (local - monday).days // 7
        if step % interval == 0 and local.weekday() in days:
            yield local


def _last(text: str) -> datetime:
    """The last wall time that a rule allows; of one given in UTC, no more than less than a day is known."""
    until = read_written(Line(0, "UNTIL", {}, text)) if text else None
    if until is None:
        return datetime.max  # noqa: DTZ901
    if until.is_date:
        return until.local + timedelta(hours=23, minutes=59)
    return until.local + _EASTMOST if until.is_utc else until.local


def _weekdays(rule: dict[str, str], start: datetime) -> frozenset[int] | None:
    """The weekdays of the rule; None where it counts them within a month."""
    if "BYDAY" not in rule:
        return frozenset({start.weekday()} if rule.get("FREQ") == "WEEKLY" else range(7))
    names = rule["BYDAY"].split(",")
    return frozenset(map(_DAYS.index, names)) if set(names) <= set(_DAYS) else None


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[1-9]\d{0,3}", text, re.ASCII) else 0


def _exceptions(event: Part) -> Iterator[datetime]:
    for line in event.values("EXDATE")[:200]:
        for text in line.value.split(",")[:200]:
            written = read_written(Line(line.number, line.name, line.parameters, text))
            if written:
                yield written.local
