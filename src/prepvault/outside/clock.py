"""The only clock: everything else is told what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)
