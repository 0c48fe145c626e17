"""The only clock: everything else is told what time it is."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Return seconds that only go forward, from no moment in particular; in sleep they may stand still."""
    return time.monotonic()
