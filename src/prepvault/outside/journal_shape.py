"""Whether a line of the journal tells what its kind must tell: another version's line, or damage, may not."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from prepvault.outside.writing import State, Way


def read_record(text: bytes) -> dict[str, Any] | None:
    """Read the JSON of a line; None where it is none, or a record of ours that lacks what it must tell."""
    try:
        record = json.loads(text)
        needed = _NEEDED.get(record["kind"], {})
        is_sound = isinstance(record, dict) and all(check(record[name]) for name, check in needed.items())
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return record if is_sound else None


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return type(value) is int


def _is_moment(value: object) -> bool:
    return isinstance(value, str) and bool(datetime.fromisoformat(value))


def _is_spot(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    places = (value.get("at"), value.get("size"))
    is_placed = all(type(place) is int and 0 <= place < 2**63 for place in places)
    return is_placed and _is_text(value.get("digest")) and str(value.get("pack")).isdecimal()


def _is_spot_or_none(value: object) -> bool:
    return value is None or _is_spot(value)


_Needed = Mapping[str, Callable[[Any], bool]]
_NEEDED: Mapping[Any, _Needed] = {
    "begin": {
        **dict.fromkeys(("number", "run"), _is_number),
        **dict.fromkeys(("path", "root", "target", "temp", "reason"), _is_text),
        **dict.fromkeys(("before", "after"), _is_spot_or_none),
        "way": lambda value: bool(Way(value)),
        "at": _is_moment,
        "undoes": lambda value: value is None or _is_number(value),
    },
    "end": {"number": _is_number, "state": lambda value: bool(State(value))},
    "rescued": {"path": _is_text, "at": _is_moment, "text": _is_spot},
}
