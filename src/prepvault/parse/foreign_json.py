"""Read JSON that another program wrote: what is wrong with it is told, whatever it is."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class JsonRead:
    """A document and what is odd about it; `fault` says why there is none.

    `repeated` names, by the identity of an object in the document, fields that stood there more than once.
    """

    value: Any = None
    fault: str = ""
    repeated: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    has_odd_numbers: bool = False


def parse_json(text: str) -> JsonRead:
    """Read a document; of a field that stands twice in one object the last counts. Never raises."""
    repeated: dict[int, tuple[str, ...]] = {}
    odd: list[str] = []

    def keep_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            times = Counter(name for name, _ in pairs)
            repeated[id(found)] = tuple(name[:_LONGEST_NAME] for name, time in times.items() if time > 1)
        return found

    def keep_odd(word: str) -> float:
        odd.append(word)
        return float(word)

    try:
        value = json.loads(text, object_pairs_hook=keep_pairs, parse_constant=keep_odd)
    except json.JSONDecodeError as error:
        return JsonRead(fault=f"line {error.lineno}, column {error.colno}: {_told(error.msg)}")
    except RecursionError:
        return JsonRead(fault="its lists and objects are nested too deeply")
    except ValueError:
        return JsonRead(fault="a number in it has too many digits")
    return JsonRead(value, "", repeated, bool(odd))


def write_json(value: Any) -> str:
    """Write a value on readable lines; no letter in it that a note cannot hold. Raises RecursionError."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=2)
    return text.replace("\x7f", "\\u007f")


def canonical_json(value: Any) -> str:
    """Write a value in the one form from which its digest is made."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _told(message: str) -> str:
    return message[:1].lower() + message[1:]
