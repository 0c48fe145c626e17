"""A lead: how long before an interview to remind, written like `72h`, `2h`, `30m` or `3d`."""

import re
from datetime import timedelta

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_LEAD = re.compile(r"\s*(\d{1,5})\s*(m|h|d)[a-z]*\s*", re.IGNORECASE)


def find_lead(text: str) -> timedelta | None:
    """Read a lead (`72h`, `90 min`, `3 days`), at most a year; None where it cannot be read."""
    found = _LEAD.fullmatch(text)
    if not found:
        return None
    lead = int(found[1]) * _UNITS[found[2].lower()]
    return lead if lead <= timedelta(days=366) else None


def lead_text(lead: timedelta) -> str:
    """Write a lead in hours, or in minutes where it is not whole hours: `72h`, `90m`."""
    minutes = int(lead.total_seconds() // 60)
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"
