"""The lines of the journal, and which of them this version understands.

A line that fails its checksum is damage. One that is whole and says what only a newer PrepVault knows is
passed over and kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from prepvault.model.note import digest_of
from prepvault.outside.checked_lines import Record, record_of
from prepvault.outside.writing import State, Way

_LARGEST = 2**63


@dataclass(frozen=True, slots=True)
class Lines:
    """What a journal holds: records, how many lines are damaged, and records that a newer version wrote."""

    records: tuple[Record, ...] = ()
    damaged: int = 0
    unknown: tuple[Record, ...] = ()


def read_lines(data: bytes) -> Lines:
    """Read all lines that are whole; a torn last line is what a crash leaves and no damage."""
    *lines, torn = data.split(b"\n")
    read = [record_of(line) for line in lines if line]
    if torn:
        read.append(record_of(torn) or {})
    whole = [record for record in read if record]
    return Lines(
        tuple(record for record in whole if _is_understood(record)),
        sum(1 for record in read if record is None),
        tuple(record for record in whole if not _is_understood(record)),
    )


def spot_of(pack: str, at: int, text: bytes) -> dict[str, object]:
    """Say where a text lies in a pack file."""
    return {"pack": pack, "at": at, "size": len(text), "digest": digest_of(text)}


def _is_understood(record: Record) -> bool:
    form = _FORMS.get(str(record.get("kind")), {})
    return bool(form) and all(name in record and fits(record[name]) for name, fits in form.items())


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value < _LARGEST


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value not in {"", ".", ".."} and not {"/", "\\", "\0"} & set(value)


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_pack(value: object) -> bool:
    return isinstance(value, str) and value.isdecimal()


def _is_spot(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    fields = ("pack", _is_pack), ("at", _is_count), ("size", _is_count), ("digest", _is_text)
    return all(fits(value.get(name)) for name, fits in fields)


def _may_be_spot(value: object) -> bool:
    return value is None or _is_spot(value)


def _may_be_count(value: object) -> bool:
    return value is None or _is_count(value)


def _is_way(value: object) -> bool:
    return isinstance(value, str) and value in set(Way)


def _is_state(value: object) -> bool:
    return isinstance(value, str) and value in set(State)


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
    "end": {"number": _is_count, "state": _is_state},
    "rescued": {"path": _is_text, "at": _is_moment, "text": _is_spot},
}
