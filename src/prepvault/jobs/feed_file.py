"""Put a feed into a file of the user's choice, and tell programs about feeds."""

from pathlib import Path

from prepvault.errors import UsageError
from prepvault.model.feed import FeedDiagnosis
from prepvault.outside.single_file import write_single
from prepvault.render.findings import finding_fields


def write_feed(file: str, data: bytes) -> bool:
    """Write the feed whole or not at all; False where the file holds these bytes already."""
    path = Path(file).expanduser()
    if path.is_dir():
        raise UsageError(f"`{file}` is a folder", hint=f"name a file: {file.rstrip('/')}/interviews.ics")
    return write_single(path, data)


def feed_record(file: str | None, data: bytes, *, written: bool) -> dict[str, object]:
    """Tell a program what was written; without a file, the calendar itself."""
    if file is None:
        return {"file": None, "written": False, "calendar": data.decode("utf-8")}
    return {"file": file, "written": written, "bytes": len(data)}


def diagnosis_record(found: FeedDiagnosis) -> dict[str, object]:
    """Tell a program what the feed doctor found."""
    return {
        "events": found.events,
        "alarms": found.alarms,
        "bytes": found.size,
        "reminder_events": found.reminder_events,
        "tzdata": found.tzdata,
        "zones": list(found.zones),
        "utc_zones": list(found.utc_zones),
        "clients": [
            {
                "id": client.facts.id,
                "name": client.facts.name,
                "ringing": client.ringing,
                "shows": client.facts.shows,
                "rings": client.facts.rings,
                "refreshes": client.facts.refreshes,
                "advice": client.facts.advice,
            }
            for client in found.clients
        ],
        "findings": [finding_fields(finding) for finding in found.findings],
    }
