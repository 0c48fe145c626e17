"""The lines of the journal: a checksum, a blank and a JSON record each.

A line that is not understood is passed over: it fails its checksum, or only a newer PrepVault knows its form.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from prepvault.model.note import digest_of
from prepvault.outside.writing import Way

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lines:
    """The records of a journal, and how many lines could not be read."""

    records: tuple[Record, ...]
    damaged: int


def read_lines(data: bytes) -> Lines:
    """Read all lines that are whole; a torn last line is what a crash leaves and no damage."""
    *lines, torn = data.split(b"\n")
    read = [_read_line(line) for line in lines if line]
    if torn:
        read.append(_read_line(torn) or {})
    records = tuple(record for record in read if record)
    return Lines(records, sum(1 for record in read if record is None))


def write_line(record: Record) -> bytes:
    """Make the line of a record."""
    text = json.dumps(record, separators=(",", ":")).encode("ascii")
    return sha256(text).hexdigest()[:16].encode("ascii") + b" " + text + b"\n"


def spot_of(pack: str, at: int, text: bytes) -> dict[str, object]:
    """Say where a text lies in a pack file."""
    return {"pack": pack, "at": at, "size": len(text), "digest": digest_of(text)}


def _read_line(line: bytes) -> dict[str, Any] | None:
    """The record of a line, None when the line is not what was written, or not for this version."""
    checksum, _, text = line.partition(b" ")
    if sha256(text).hexdigest()[:16].encode("ascii") != checksum:
        return None
    record = json.loads(text)
    return record if isinstance(record, dict) and _is_understood(record) else None


def _is_understood(record: Record) -> bool:
    form = _FORMS.get(str(record.get("kind")), {})
    return bool(form) and all(fits(record.get(name)) for name, fits in form.items())


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and value >= 0


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value not in {"", ".", ".."} and not {"/", "\\", "\0"} & set(value)


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_spot(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    fields = ("pack", _is_name), ("at", _is_count), ("size", _is_count), ("digest", _is_text)
    return all(fits(value.get(name)) for name, fits in fields)


def _may_be_spot(value: object) -> bool:
    return value is None or _is_spot(value)


def _may_be_count(value: object) -> bool:
    return value is None or _is_count(value)


def _is_way(value: object) -> bool:
    return isinstance(value, str) and value in set(Way)


_FORMS: Mapping[str, Mapping[str, Callable[[object], bool]]] = {
    "begin": {
        "number": _is_count,
        "run": _is_count,
        "path": _is_text,
        "root": _is_text,
        "target": _is_text,
        "temp": _is_name,
        "way": _is_way,
        "reason": _is_text,
        "at": _is_moment,
        "before": _may_be_spot,
        "after": _may_be_spot,
        "undoes": _may_be_count,
    },
    "end": {"number": _is_count, "state": _is_text},
    "rescued": {"path": _is_text, "at": _is_moment, "text": _is_spot},
}
