"""JSON Schema (draft 2020-12) of what `prepvault export --format json` writes."""

from collections.abc import Mapping
from typing import Any

from prepvault.model.interview import InterviewType, Outcome, Status
from prepvault.model.story import PARTS

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_NUMBER: Schema = {"type": "integer"}
_YES_NO: Schema = {"type": "boolean"}
_DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
_MOMENT: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
_WALL: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?$"}
_ANYTHING: Schema = {"type": "object"}


def export_schema() -> Schema:
    """The schema of an export; a reader passes over what it does not know, so more fields may come."""
    parts = {
        "interviews": _list(_interview()),
        "people": _list(_person()),
        "stories": _list(_story()),
        "companies": _list(_company()),
        "about": _about(),
        "unreadable": _TEXTS,
        "statistics": _ANYTHING,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A vault of PrepVault, written by `prepvault export --format json`",
        **_object(
            {
                "prepvault": {"const": 1},
                "kind": {"const": "vault"},
                "format": {"const": 1},
                "made_by": _TEXT,
                "made_at": _MOMENT,
                "vault": _TEXT,
                "timezone": _TEXT,
                "whole": _YES_NO,
                **parts,
            },
            optional=("stories", "companies", "about", "unreadable", "statistics"),
        ),
    }


def _interview() -> Schema:
    person = _object({"name": _TEXT, "title": _TEXT})
    session = _object({"title": _TEXT, "starts_at": _MOMENT, "ends_at": _MOMENT})
    return _object(
        {
            **dict.fromkeys(
                ("id", "job_id", "company", "role", "timezone", "interviewer", "location"), _TEXT
            ),
            **dict.fromkeys(
                ("notes", "platform", "link", "note", "format", "job_description", "text"), _TEXT
            ),
            **dict.fromkeys(("reminders_sent", "rescheduled_from", "mails_sent"), _TEXTS),
            **dict.fromkeys(("preparation_complete", "all_day", "publish"), _YES_NO),
            **dict.fromkeys(("starts_at", "ends_at"), _MOMENT),
            **dict.fromkeys(("reply_by", "deadline"), _maybe(_DAY)),
            "interview_type": {"enum": ["", *InterviewType]},
            "scheduled_at": _WALL,
            "status": {"enum": list(Status)},
            "created_at": _maybe(_TEXT),
            "feedback": _maybe(_TEXT),
            "duration_minutes": _NUMBER,
            "outcome": {"enum": [None, *Outcome]},
            "round": _maybe(_NUMBER),
            "people": _list(person),
            "sessions": _list(session),
            "properties": _ANYTHING,
            "debrief": _maybe(_debrief()),
        }
    )


def _debrief() -> Schema:
    asked = _object({"question": _TEXT, "mark": _maybe(_TEXT), "stories": _TEXTS})
    promise = _object({"by": {"enum": ["me", "them"]}, "text": _TEXT, "due": _maybe(_DAY), "kept": _YES_NO})
    return _object(
        {
            "asked": _list(asked),
            "scores": {"type": "object", "additionalProperties": {"type": "integer"}},
            "promises": _list(promise),
            **dict.fromkeys(("doubts", "learned", "pay"), _TEXTS),
            "change": _TEXT,
        }
    )


def _person() -> Schema:
    texts = dict.fromkeys(("name", "title", "company", "email", "phone", "link"), _TEXT)
    return _object({**texts, "interviews": _TEXTS, "note": _maybe(_TEXT)})


def _story() -> Schema:
    number = _object(
        {
            **dict.fromkeys(("text", "value", "baseline", "period", "provenance"), _TEXT),
            "stated": _maybe(_DAY),
            "confirmed": _YES_NO,
        }
    )
    use = _object({"interview": _TEXT, "date": _maybe(_DAY), "landed": _TEXT})
    texts = ("id", "title", "primary", "scope", "when", "domain", "role_at_time", "note")
    parts = dict.fromkeys(PARTS, _TEXT)
    return _object(
        {
            **dict.fromkeys(texts, _TEXT),
            **dict.fromkeys(("secondary", "reframes"), _TEXTS),
            "strength": _maybe(_NUMBER),
            "numbers": _list(number),
            "used": _list(use),
            "told": _NUMBER,
            "retired": _YES_NO,
            "text": {"type": "object", "properties": parts, "additionalProperties": False},
        }
    )


def _company() -> Schema:
    texts = dict.fromkeys(("part", "field", "value", "source", "confidence"), _TEXT)
    return _object(
        {
            **dict.fromkeys(("name", "website", "note"), _TEXT),
            **dict.fromkeys(("aliases", "values", "say", "ask", "watch", "unknown"), _TEXTS),
            "facts": _list(_object({**texts, "read_on": _maybe(_DAY)})),
        }
    )


def _about() -> Schema:
    return _object(
        {
            "strengths": _list(_object(dict.fromkeys(("name", "story", "impact"), _TEXT))),
            "weaknesses": _list(_object(dict.fromkeys(("name", "text"), _TEXT))),
            "answers": {"type": "object", "additionalProperties": _TEXT},
        }
    )


def _object(properties: Mapping[str, Schema], *, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
