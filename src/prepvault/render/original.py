"""Interviews as records of the original system, from what their notes really say."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from prepvault.model.interview import Interview
from prepvault.model.near import plain_word
from prepvault.model.note import Head, Value
from prepvault.model.settings import Settings
from prepvault.model.zones import zone_of
from prepvault.render.api import finite, interview_record

FIELDS: tuple[str, ...] = (
    *("id", "job_id", "company", "role", "interview_type", "scheduled_at", "interviewer", "location"),
    *("status", "notes", "created_at", "reminders_sent", "feedback", "preparation_complete"),
)
"""The fields of a record, in the original's order."""

IMPORTED = "interviews.json"
"""How the property `import_key` begins in a note that was made from a record."""

_WORDS = ("interview_type", "status")
_BLANK: Mapping[str, object] = {
    **dict.fromkeys(FIELDS, ""),
    "status": "scheduled",
    "created_at": None,
    "reminders_sent": [],
    "feedback": None,
    "preparation_complete": False,
}


def original_record(
    head: Head, interview: Interview | None, settings: Settings, kept: Mapping[str, Any]
) -> dict[str, Any]:
    """Make the record of one note, by the values of its front matter, readable or not.

    `kept` are the fields that the note holds in its text. A note that came from a record gives back that
    record's fields and no others; any other has all fourteen, a word that cannot be read as it was written,
    and its time by the vault's clock, since the original knows no zones.
    """
    said = head.values if head.valid else head.rescued
    if not is_imported(head):
        return _made(said, interview, settings)
    own = {name: settings.property_name(name) for name in (*FIELDS, *_more(said))}
    record = {name: finite(said[own[name]]) for name in own if own[name] in said}
    if "original_id" in said:
        record["id"] = said["original_id"]
    return {**record, **{name: value for name, value in kept.items() if name not in record}}


def is_imported(head: Head) -> bool:
    """Tell whether a note was made from a record of the original."""
    said = head.values if head.valid else head.rescued
    return str(said.get("import_key") or "").startswith(IMPORTED)


def original_file(records: Iterable[Mapping[str, Any]], now: datetime) -> dict[str, Any]:
    """Put records into the original's file; what it says of itself is made anew."""
    listed = list(records)
    made = f"{now:%Y-%m-%dT%H:%M:%S}"
    dates = (str(each["created_at"]) for each in listed if each.get("created_at"))
    metadata = {"created": min(dates, default=made), "last_updated": made, "version": "1.0"}
    return {"interviews": listed, "metadata": metadata}


def _more(said: Mapping[str, Value]) -> Iterable[str]:
    """The fields beyond the fourteen that the record had."""
    names = said.get("original_fields")
    listed = names if isinstance(names, list) else [names] if names else []
    return (str(name) for name in listed)


def _made(said: Mapping[str, Value], interview: Interview | None, settings: Settings) -> dict[str, Any]:
    raw = {name: said.get(settings.property_name(name)) for name in FIELDS}
    if interview is None:
        return {name: _BLANK[name] if raw[name] is None else raw[name] for name in FIELDS}
    told = interview_record(interview)
    record = {name: told[name] for name in FIELDS}
    if not interview.all_day:
        there = interview.starts.astimezone(zone_of(settings.zone))
        record["scheduled_at"] = f"{there:%Y-%m-%dT%H:%M:%S}"
    if interview.created_at:
        record["created_at"] = f"{interview.created_at:%Y-%m-%dT%H:%M:%S}"
    for name in _WORDS:
        word = raw[name]
        if isinstance(word, str) and word.strip() and plain_word(word) != plain_word(record[name]):
            record[name] = word
    return record
