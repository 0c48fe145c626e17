"""Read the `revision` property: `2 2026-02-01T10:00:00Z 3f2a9c1d`."""

import re
from datetime import UTC, datetime

from prepvault.model.interview import Revision

_REVISION = re.compile(r"(\d{1,6})\s+(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z\s+([0-9a-f]{8})", re.ASCII)


def parse_revision(text: str) -> Revision | None:
    """Read count, moment and fingerprint; None where the text is anything else."""
    found = _REVISION.fullmatch(text.strip())
    if not found:
        return None
    try:
        moment = datetime.fromisoformat(found[2]).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Revision(int(found[1]), moment, found[3])
