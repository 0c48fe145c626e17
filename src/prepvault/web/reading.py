"""Read what a request asks into models; what is not well formed becomes a refusal with its fields."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request

LARGEST_BODY = 1024 * 1024
_MOST_READ = 8 * LARGEST_BODY
_CLOSE = {"Connection": "close"}
PATIENCE = 10.0
"""Seconds in which a request's head, and then its body, should be here."""

_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not known",
    "string_pattern_mismatch": "is empty, or holds a control character",
}

Model = TypeVar("Model", bound=BaseModel)
Problems = tuple[tuple[str, str], ...]


@dataclass(eq=False)
class RefusalError(Exception):
    """A request that is not done as it was asked: the status, one clause, what is wrong field by field."""

    status: int
    error: str
    problems: Problems = ()
    headers: Mapping[str, str] | None = None


def read_query(model: type[Model], params: QueryParams) -> Model:
    """Read a query; a name that is unknown, or twice there, is a problem and never passed over."""
    lists = {name for name, field in model.model_fields.items() if "list" in str(field.annotation)}
    values: dict[str, Any] = {}
    for name in params:
        told = params.getlist(name)
        if name in lists:
            values[name] = told
        elif len(told) > 1:
            raise RefusalError(400, f"`{name}` stands {len(told)} times in the query", ((name, "once only"),))
        else:
            values[name] = told[0]
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise RefusalError(400, "the query is not understood", problems_of(error)) from error


async def read_body(model: type[Model], request: Request) -> Model:
    """Read a JSON body of at most a mebibyte, exactly as the model says."""
    _check_kind(request)
    data = await _read_all(request)
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        if any(each["type"] == "json_invalid" for each in error.errors(include_url=False)):
            raise RefusalError(400, "the body is no JSON") from error
        raise RefusalError(422, "the body is not as it should be", problems_of(error)) from error


def _check_kind(request: Request) -> None:
    kind, _, more = request.headers.get("content-type", "").partition(";")
    charset = more.strip().lower().replace('"', "")
    if kind.strip().lower() != "application/json" or charset not in {"", "charset=utf-8"}:
        raise RefusalError(415, "the body should be `application/json`")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise RefusalError(415, "the body should not be compressed")


async def _read_all(request: Request) -> bytes:
    try:
        async with asyncio.timeout(PATIENCE):
            return await _gathered(request)
    except TimeoutError:
        raise RefusalError(408, "the body took too long", headers=_CLOSE) from None
    except ClientDisconnect:
        raise RefusalError(400, "the body ended early") from None


async def _gathered(request: Request) -> bytes:
    """Keep no more than may be; of what is too much some is read on, so that the sender hears the answer."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > _MOST_READ:
            break
        if size <= LARGEST_BODY:
            parts.append(part)
    if size > LARGEST_BODY:
        raise RefusalError(413, "the body is larger than a mebibyte", headers=_CLOSE)
    return b"".join(parts)


def problems_of(error: ValidationError) -> Problems:
    """Say what is wrong with each field, once."""
    found: dict[str, str] = {}
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        field = str(each["loc"][0]) if each["loc"] else "body"
        found.setdefault(field, _in_words(field, each["type"], each["msg"]))
    return tuple(found.items())


def _in_words(field: str, kind: str, message: str) -> str:
    if kind == "string_pattern_mismatch" and field == "scheduled_at":
        return "should be like 2026-03-17T14:00:00, or a day like 2026-03-17"
    words = message.removeprefix("Value error, ").removeprefix("Input ")
    return _WORDS.get(kind, words[:1].lower() + words[1:])
