"""JSON Schemas (draft 2020-12) of a note's front matter and of `prepvault.toml`, from the tables."""

from collections.abc import Mapping
from typing import Any

from prepvault.model.properties import PROPERTIES, Kind, Property
from prepvault.model.settings import SETTINGS, Setting

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TIME = r"([T ]+([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d{1,9})?)? ?([Zz]|[+-]\d\d(:?\d\d)?)?)"
_LEAD = r"^\s*\d{1,5}\s*[mhdMHD][A-Za-z]*\s*$"
_HOURS = r"^\s*(\d{1,2}:\d{2}\s*[-–]\s*\d{1,2}:\d{2}\s*)?$"
_WORKING_HOURS = r"^\s*\d{1,2}(:\d{2})?\s*(-|–|to)\s*\d{1,2}(:\d{2})?\s*$"
_KINDS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.LIST: {"type": "array", "items": {"type": "string"}},
    Kind.NUMBER: {"type": "integer"},
    Kind.CHECKBOX: {"type": "boolean"},
    Kind.DATE: {"type": "string", "pattern": f"^{_DAY}$"},
    Kind.DATETIME: {"type": "string", "pattern": f"^{_DAY}{_TIME}$"},
}


def note_schema(renamed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The schema of an interview note's front matter, under the names this vault uses.

    Properties of the user's own are welcome; a property that may be absent may also be empty.
    """
    own = renamed or {}
    return {
        "$schema": _DRAFT,
        "title": "Front matter of an interview note",
        "type": "object",
        "properties": {own.get(entry.name, entry.name): _property(entry) for entry in PROPERTIES},
        "required": [own.get(entry.name, entry.name) for entry in PROPERTIES if entry.required],
        "additionalProperties": True,
    }


def settings_schema() -> dict[str, Any]:
    """The schema of `prepvault.toml`; a key it does not know is a mistake."""
    tables: dict[str, Any] = {}
    for entry in SETTINGS:
        table = tables.setdefault(entry.table, _table())
        table["properties"][entry.name] = _setting(entry)
    names = {
        entry.name: {"type": "string", "minLength": 1, "description": entry.rule} for entry in PROPERTIES
    }
    described = "what your notes call our properties, where they have another name for them"
    tables["properties"] = {**_table(), "properties": names, "description": described}
    return {
        "$schema": _DRAFT,
        "title": "Settings of a vault, prepvault.toml",
        "type": "object",
        "properties": tables,
        "additionalProperties": False,
    }


def _property(entry: Property) -> dict[str, Any]:
    kinds = [dict(_KINDS[kind]) for kind in entry.kinds]
    if entry.choices:
        kinds[0]["enum"] = list(entry.choices)
    if entry.most:
        kinds[0] |= {"minimum": entry.least, "maximum": entry.most}
    if not entry.required:
        kinds.append({"type": "null"})
    schema = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    return {"description": entry.rule, "examples": [_example(entry)], **schema}


def _example(entry: Property) -> object:
    if entry.kind is Kind.NUMBER:
        return int(entry.example)
    if entry.kind is Kind.CHECKBOX:
        return entry.example == "true"
    if entry.kind is Kind.LIST and entry.example.startswith("["):
        return [part.strip().strip('"') for part in entry.example.strip("[]").split(", ")]
    return entry.example


def _table() -> dict[str, Any]:
    return {"type": "object", "properties": {}, "additionalProperties": False}


def _setting(entry: Setting) -> dict[str, Any]:
    schema: dict[str, Any] = {"description": entry.doc}
    if isinstance(entry.default, bool):
        return {**schema, "type": "boolean", "default": entry.default}
    if isinstance(entry.default, int):
        bounds = {"minimum": entry.least, **({"maximum": entry.most} if entry.most else {})}
        return {**schema, "type": "integer", "default": entry.default, **bounds}
    text: dict[str, Any] = {"type": "string"}
    if entry.choices:
        text["enum"] = list(entry.choices)
    if entry.form in {"lead", "leads"}:
        text["pattern"] = _LEAD
    if entry.form in {"hours", "working-hours"}:
        text["pattern"] = _HOURS if entry.form == "hours" else _WORKING_HOURS
    if isinstance(entry.default, tuple):
        return {**schema, "type": "array", "items": text, "default": list(entry.default)}
    return {**schema, **text, "default": entry.default}
