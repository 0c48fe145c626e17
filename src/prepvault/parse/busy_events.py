"""Of a calendar's lines those that matter for a stretch of time, before a library reads every event."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from prepvault.model.free_time import Span

MOST_EVENTS = 10_000
_AROUND = timedelta(days=3)
_DAY = re.compile(r"(DTSTART|DTEND)(?:;[^:]*)?:(\d{4})(\d\d)(\d\d)(?:T\d{6}Z?)?\s*", re.IGNORECASE | re.ASCII)
_KEPT = re.compile(r"(?:RRULE|RDATE|EXRULE|RECURRENCE-ID|DURATION)\b", re.IGNORECASE)
_BEGIN = re.compile(r"BEGIN:VEVENT\s*", re.IGNORECASE)
_END = re.compile(r"END:VEVENT\s*", re.IGNORECASE)


def keep_near(lines: Iterable[str], within: Span) -> tuple[list[str], int]:
    """Leave out single events that are days away, and all beyond the most; say how many those are."""
    kept: list[str] = []
    count = 0
    for block in _blocks(lines):
        if not _BEGIN.fullmatch(block[0]):
            kept += block
        elif _may_be_near(block, within):
            count += 1
            kept += block if count <= MOST_EVENTS else []
    return kept, max(0, count - MOST_EVENTS)


def _blocks(lines: Iterable[str]) -> Iterator[Sequence[str]]:
    """Every event as one block, every other line alone."""
    event: list[str] = []
    for line in lines:
        if event or _BEGIN.fullmatch(line):
            event.append(line)
            if _END.fullmatch(line):
                yield event
                event = []
        else:
            yield [line]
    if event:
        yield event


def _may_be_near(event: Sequence[str], within: Span) -> bool:
    """Tell a single event that certainly lies elsewhere from all that may matter, also unread."""
    days: dict[str, date] = {}
    for line in event:
        if _KEPT.match(line):
            return True
        if found := _DAY.fullmatch(line):
            try:
                days[found[1].upper()] = date(int(found[2]), int(found[3]), int(found[4]))
            except ValueError:
                return True
    if "DTSTART" not in days:
        return True
    last = max(days.values())
    return days["DTSTART"] - _AROUND <= within.ends.date() and last >= within.starts.date() - _AROUND
