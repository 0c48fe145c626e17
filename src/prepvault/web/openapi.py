"""The OpenAPI document, made from the table of operations and their models."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from prepvault import __version__
from prepvault.web.guard import TOKEN
from prepvault.web.operations import OPERATIONS, Operation
from prepvault.web.told import Failure

Record = dict[str, Any]

_REFUSALS = {
    "400": "not well formed",
    "403": "no token, an old one, or another site asks",
    "404": "no such interview",
    "405": "the path does not know this method",
    "409": "it is there already, or the note has changed since it was seen",
    "413": "the body is too large",
    "415": "the body is no JSON",
    "421": "asked for under another name",
    "422": "well formed, but not to be done; `problems` says why",
    "500": "the disk, or PrepVault itself, failed",
}
_PLAIN = str.maketrans("/-", "__", "{}")
_OF_WRITES = {"403", "409", "413", "415"}
_PLACE = "#/components/schemas/{model}"


def openapi_document(address: str) -> Record:
    """Describe everything the API does."""
    models = [(each, "serialization") for each in _told()] + [(each, "validation") for each in _bodies()]
    _, schemas = models_json_schema(models, ref_template=_PLACE)  # type: ignore[arg-type]
    paths: dict[str, Record] = {}
    for each in OPERATIONS:
        paths.setdefault(each.path, {})[each.method.lower()] = _operation(each)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "PrepVault",
            "version": __version__,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": address.rstrip("/")}],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "apiKey", "in": "header", "name": TOKEN}},
        },
    }


def _told() -> list[type[BaseModel]]:
    return list(dict.fromkeys([*(each.result for each in OPERATIONS), Failure]))


def _bodies() -> list[type[BaseModel]]:
    return [each.body for each in OPERATIONS if each.body]


def _operation(each: Operation) -> Record:
    said: Record = {
        "summary": each.summary,
        "operationId": f"{each.method.lower()}_{each.path.strip('/').translate(_PLAIN)}",
        "parameters": _parameters(each),
        "responses": _responses(each),
    }
    if each.body:
        said["requestBody"] = {"required": True, "content": _json_of(each.body)}
        said["security"] = [{"token": []}]
    return said


def _parameters(each: Operation) -> list[Record]:
    name = {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "the interview's id, or the name of its page",
        "schema": {"type": "string", "minLength": 1},
    }
    schema = each.query.model_json_schema()
    query = [
        {
            "name": key,
            "in": "query",
            "required": key in schema.get("required", ()),
            "description": field.pop("description", ""),
            "schema": _inlined(field, schema.get("$defs", {})),
        }
        for key, field in schema.get("properties", {}).items()
    ]
    return [name, *query] if each.has_name else query


def _inlined(field: Any, defs: Record) -> Any:
    """Put a query's enumerations where they are used: parameters stand alone."""
    if isinstance(field, list):
        return [_inlined(each, defs) for each in field if each != {"type": "null"}]
    if not isinstance(field, dict):
        return field
    if "$ref" in field:
        return {**defs[field["$ref"].rpartition("/")[2]]}
    kept = {key: _inlined(part, defs) for key, part in field.items() if key not in {"title", "default"}}
    choices = kept.get("anyOf")
    return choices[0] if choices and len(choices) == 1 else kept


def _responses(each: Operation) -> Record:
    told: Record = {str(each.status): {"description": "done", "content": _json_of(each.result)}}
    if not each.body:
        told["304"] = {"description": "as it was: the tag sent is that of this answer"}
    for status, words in _REFUSALS.items():
        if (each.body or status not in _OF_WRITES) and (status != "404" or each.has_name or not each.body):
            told[status] = {"description": words, "content": _json_of(Failure)}
    return told


def _json_of(model: type[BaseModel]) -> Record:
    return {"application/json": {"schema": {"$ref": _PLACE.format(model=model.__name__)}}}
