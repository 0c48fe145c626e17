"""Quiet hours: a part of the day in which nobody is told anything that can wait."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from prepvault.model.zones import zone_of

_SPAN = re.compile(r"\s*(\d{1,2}):(\d\d)\s*[-\u2013]\s*(\d{1,2}):(\d\d)\s*")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one wall time to another, over midnight where the first is the later one."""

    begins: time
    ends: time

    def covers(self, moment: datetime, zone: str) -> bool:
        """Tell whether a moment is quiet by the clocks of a zone."""
        clock = moment.astimezone(zone_of(zone)).time()
        if self.begins < self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends

    def end_after(self, moment: datetime, zone: str) -> datetime:
        """The next moment in UTC at which clocks show the end; of two such, the first still to come."""
        day = moment.astimezone(zone_of(zone)).date()
        ends = (
            datetime.combine(each, self.ends, zone_of(zone)).replace(fold=fold).astimezone(UTC)
            for each in (day, day + _DAY)
            for fold in (0, 1)
        )
        # Where clocks go forward over the end, one of its readings lies before it.
        return min(end for end in ends if end > moment and not self.covers(end, zone))


def find_quiet(text: str) -> Quiet | None:
    """Read quiet hours (`22:00-07:30`); None where they cannot be read or hold no time at all."""
    found = _SPAN.fullmatch(text)
    if not found:
        return None
    try:
        begins, ends = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    except ValueError:
        return None
    return Quiet(begins, ends) if begins != ends else None
