"""The records of the original system: each becomes an interview from which it can be made again."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from prepvault.model.incoming import (
    ORIGINAL_FIELDS,
    OURS_ALONE,
    RECORD_FIELDS,
    RECORD_SOURCE,
    Incoming,
    Reading,
    Source,
    Step,
    Value,
    Verdict,
    rejected,
)
from prepvault.model.properties import BY_NAME
from prepvault.parse.emit import emit_head
from prepvault.parse.fields import shown
from prepvault.parse.foreign_json import JsonRead, canonical_json, parse_json, write_json
from prepvault.parse.foreign_text import parse_foreign_text
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.kept import Part, keep_part
from prepvault.parse.stamp import is_wall_time

MOST_RECORDS = 10_000
_LONGEST_TEXT = 4000
_MOST_ITEMS = 200
_MOST_DIGITS = 18
_MOST_TOLD = 5
_NAME = re.compile(r"[^\s\x00-\x1f\x7f-\x9f](?:[^\x00-\x1f\x7f-\x9f]{0,78}[^\s\x00-\x1f\x7f-\x9f])?")
_BESIDE = {Part.PREP_NOTES: ("prep_notes/", ".md"), Part.MATERIALS: ("materials/interview_", ".json")}


@dataclass(frozen=True, slots=True)
class _Desk:
    """What one file's records are read with: the zone asked for, and names this vault uses otherwise."""

    source: Source
    read: JsonRead
    timezone: str
    taken: Collection[str]


def parse_original(source: Source, *, timezone: str, taken: Collection[str]) -> Reading:
    """Read `interviews.json`; `timezone` is written to times without an offset, empty to write none.

    `taken` are names that this vault gives to other properties. Never raises.
    """
    text, odd = parse_foreign_text(source.data)
    read = parse_json(text)
    reading = Reading(name=source.name, taken_for="the original's records")
    records, remarks = _records(read)
    if isinstance(records, str):
        return _with(reading, (rejected(source.name, records),), ())
    if len(records) > MOST_RECORDS:
        why = f"it has {len(records)} records, and an import takes {MOST_RECORDS} at once: split the file"
        return _with(reading, (rejected(source.name, why),), ())
    desk = _Desk(source, read, timezone, taken)
    steps = _steps(desk, records)
    odd_numbers = "`NaN` and `Infinity` are no JSON; they stay as they are" if read.has_odd_numbers else ""
    told = (odd, odd_numbers, *remarks, _beside_it(source), *_orphans(source, records))
    return _with(reading, steps, tuple(filter(None, told)))


def _with(reading: Reading, steps: tuple[Step, ...], remarks: tuple[str, ...]) -> Reading:
    return Reading(name=reading.name, taken_for=reading.taken_for, steps=steps, remarks=remarks)


def _records(read: JsonRead) -> tuple[list[Any] | str, tuple[str, ...]]:
    """Find the list of records, or say why there is none; what else the file says is told."""
    if read.fault:
        return f"this is no JSON: {read.fault}", ()
    document = read.value
    if isinstance(document, list):
        return document, ("the file is a bare list; its items were taken for records",)
    if not isinstance(document, dict) or not isinstance(document.get("interviews"), list):
        return 'it should be an object with a list called "interviews"', ()
    remarks = [
        f"`{shown(name)}` is about the file and is not kept: {_words(value)}"
        for name, value in document.items()
        if name != "interviews"
    ]
    return document["interviews"], tuple(remarks)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{shown(name)} {shown(each)}" for name, each in list(value.items())[:_MOST_TOLD])
    return shown(value)


def _steps(desk: _Desk, records: Sequence[Any]) -> tuple[Step, ...]:
    steps: list[Step] = []
    times: Counter[str] = Counter()
    given: set[str] = set()
    for number, record in enumerate(records, 1):
        origin = f"{desk.source.name}, record {number}"
        if not isinstance(record, dict):
            steps.append(rejected(origin, f"a record should be an object, found `{shown(record)}`"))
            continue
        parts = {} if str(record.get("id")) in given else _parts(desk, record)
        given.add(str(record.get("id")))
        try:
            told = canonical_json([record, *(sha256(data).hexdigest() for data in parts.values())])
            times[told] += 1
            steps.append(_step(desk, record, parts, origin, _key(told, times[told])))
        except RecursionError:
            steps.append(rejected(origin, "its lists and objects are nested too deeply"))
    return tuple(steps)


def _key(told: str, time: int) -> str:
    return f"{RECORD_SOURCE} {sha256(f'{told}#{time}'.encode()).hexdigest()[:16]}"


def _step(desk: _Desk, record: Mapping[str, Any], parts: Mapping[Part, bytes], origin: str, key: str) -> Step:
    values, left, remarks = _placed(desk, record)
    remarks += [f"`{shown(name)}` stands in it twice; the last counts" for name in _twice(desk, record)]
    texts, more = _texts(parts)
    kept = [keep_part(part, text, language=_language(part)) for part, text in texts.items()]
    if left:
        kept.append(keep_part(Part.RECORD, write_json(left), language="json"))
        remarks.append(f"kept below `## Original record`: {', '.join(shown(name) for name in left)}")
    incoming = Incoming(
        origin=origin,
        values=values,
        body="\n".join(kept),
        remarks=(*remarks, *more),
        key=key,
    )
    return Step(incoming=incoming, verdict=Verdict.NEW)


def _language(part: Part) -> str:
    return "json" if part is Part.MATERIALS else ""


def _twice(desk: _Desk, record: Mapping[str, Any]) -> tuple[str, ...]:
    return desk.read.repeated.get(id(record), ())


def _placed(
    desk: _Desk, record: Mapping[str, Any]
) -> tuple[tuple[tuple[str, Value], ...], dict[str, Any], list[str]]:
    """Part a record's fields into properties and what no property can hold."""
    extras = [name for name in record if name not in RECORD_FIELDS]
    names = [name for name in RECORD_FIELDS if name in record] + extras
    pairs: list[tuple[str, Value]] = []
    left: dict[str, Any] = {}
    for name in names:
        if _fits(name, record[name], desk.taken):
            value = record[name]
            pairs.append((name, tuple(value) if isinstance(value, list) else value))
        else:
            left[name] = record[name]
    if not _reads_back(pairs):  # what that may be nobody knows; nothing is lost for it
        lost = {name for name, value in pairs if not _reads_back([(name, value)])}
        left |= {name: record[name] for name in lost}
        pairs = [(name, value) for name, value in pairs if name not in lost]
    remarks = [
        f"`{name}` is no field of the original and became a property" for name in extras if name not in left
    ]
    added = tuple(name for name in extras if name not in left)
    if desk.timezone and "timezone" not in record and is_wall_time(record.get("scheduled_at")):
        pairs.append(("timezone", desk.timezone))
    if added:
        pairs.append((ORIGINAL_FIELDS, added))
        remarks += [f"PrepVault itself reads `{name}`" for name in added if name in BY_NAME]
    return tuple(pairs), left, remarks


def _fits(name: str, value: Any, taken: Collection[str]) -> bool:
    """Tell whether a field can stand as a property of its own name."""
    if name not in RECORD_FIELDS and (name in OURS_ALONE or name in taken or not _NAME.fullmatch(name)):
        return False
    if isinstance(value, list):
        return len(value) <= _MOST_ITEMS and all(isinstance(item, str) and _is_short(item) for item in value)
    if isinstance(value, str):
        return _is_short(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return len(str(abs(value))) <= _MOST_DIGITS
    return value is None or isinstance(value, bool)


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST_TEXT


def _reads_back(pairs: Sequence[tuple[str, Value]]) -> bool:
    """Prove that properties say what they were made from."""
    try:
        head, findings = parse_head(emit_head(pairs).encode("utf-8"), "")
    except UnicodeEncodeError:
        return False
    wanted = {name: list(value) if isinstance(value, tuple) else value for name, value in pairs}
    return not findings and head.values == wanted and list(head.values) == list(wanted)


def _parts(desk: _Desk, record: Mapping[str, Any]) -> dict[Part, bytes]:
    """The files beside `interviews.json` that belong to a record."""
    identity, beside = record.get("id"), desk.source.beside
    names = {part: f"{before}{identity}{after}" for part, (before, after) in _BESIDE.items()}
    return {part: beside[name] for part, name in names.items() if identity and name in beside}


def _texts(parts: Mapping[Part, bytes]) -> tuple[dict[Part, str], list[str]]:
    """Decode what belongs to a record; what is no text stays where it is."""
    texts: dict[Part, str] = {}
    remarks: list[str] = []
    for part, data in parts.items():
        text, odd = parse_foreign_text(data)
        if "\0" in text:
            remarks.append(f"its {part} are no text, so they stay where they are")
            continue
        texts[part] = text
        line_ends = "their line ends are written as LF" if "\r" in text else ""
        remarks += [f"{part}: {each}" for each in (odd, line_ends) if each]
    return texts, remarks


def _beside_it(source: Source) -> str:
    """Say what lies beside the records."""
    counts = {
        part: sum(name.startswith(begin) for name in source.beside) for part, (begin, _) in _BESIDE.items()
    }
    said = ", ".join(f"{part} {count}" for part, count in counts.items() if count)
    return f"files beside it: {said}" if said else ""


def _orphans(source: Source, records: Sequence[Any]) -> tuple[str, ...]:
    ids = {str(record.get("id")) for record in records if isinstance(record, dict)}
    known = {f"{before}{identity}{after}" for identity in ids for before, after in _BESIDE.values()}
    lost = sorted(set(source.beside) - known)
    return tuple(f"`{name}` belongs to no record and stays where it is" for name in lost)
