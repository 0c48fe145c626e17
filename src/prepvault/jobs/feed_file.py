"""Put a feed into a file of the user's choice, and tell programs about feeds."""

from pathlib import Path

from prepvault.errors import RefusedError, UsageError
from prepvault.jobs.feed import check_overwritten
from prepvault.jobs.named_file import is_the_vaults, named_file
from prepvault.model.feed import FeedDiagnosis
from prepvault.model.finding import Finding
from prepvault.outside.single_file import find_names, read_single, write_single
from prepvault.render.findings import finding_fields

_BEGINNING = b"BEGIN:VCALENDAR"
_BOM = b"\xef\xbb\xbf"


def write_feed(file: str, data: bytes, *, root: Path) -> tuple[bool, tuple[Finding, ...]]:
    """Write the feed whole or not at all; False where the file holds these bytes already.

    The findings say whose calendar was replaced. RefusedError, with nothing written, where the file holds
    anything but a calendar or blanks, or lies among the notes and settings of the vault in `root`.
    """
    path = named_file(file)
    if path.is_dir():
        raise UsageError(f"`{file}` is a folder", hint=f"name a file: {file.rstrip('/')}/interviews.ics")
    if any(is_the_vaults(name, root) for name in find_names(path)):
        raise RefusedError(
            f"`{file}` is the place of a note or a setting of the vault, so no calendar was written there",
            hint="name a file that ends in .ics: prepvault feed -o interviews.ics",
        )
    before = (read_single(path) or b"").removeprefix(_BOM).lstrip()
    if before and before[: len(_BEGINNING)].upper() != _BEGINNING:
        raise RefusedError(
            f"`{file}` holds something else than a calendar, so it was not overwritten",
            hint="name another file, or move this one away first",
        )
    written = write_single(path, data)
    return written, check_overwritten(file, before) if written else ()


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
