"""The answers of the API: read what is asked, run the job on a thread, translate what came of it."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from prepvault.errors import ConflictError, OutsideError, PrepVaultError, UnknownError
from prepvault.jobs.serve import Served
from prepvault.jobs.serve_answers import version_of
from prepvault.web.guard import failure, has_token
from prepvault.web.operations import Asked, Operation
from prepvault.web.reading import RefusalError, read_body, read_query

Endpoint = Callable[[Request], Awaitable[Response]]

_PLACE = re.compile(r"`(?:/|~|[A-Za-z]:[\\/]|\\\\)[^`]*`")
_FIELDS = (
    ("time zone", "timezone"),
    ("is not clear", "scheduled_at"),
    ("marker", "notes"),
    ("no mail is called", "kind"),
    ("people", "person"),
    ("the note names no", "person"),
)
"""What a refusal of a job is about, by its words."""


def endpoint_of(served: Served, operations: Mapping[str, Operation]) -> Endpoint:
    """Answer one path, by method."""

    async def answer(request: Request) -> Response:
        operation = operations["GET" if request.method == "HEAD" else request.method]
        if operation.body:
            check_writer(request, served)
        query = read_query(operation.query, request.query_params)
        body = await read_body(operation.body, request) if operation.body else None
        asked = Asked(
            name=request.path_params.get("id", ""), query=query, body=body, version=_version_seen(request)
        )
        told = await run_in_threadpool(operation.answer, served.desk, asked)
        return _answered(request, operation, told)

    return answer


def check_writer(request: Request, served: Served) -> None:
    """Let only our own pages, or who holds the token, write."""
    if served.is_read_only:
        raise RefusalError(403, "these pages are served read-only")
    if not has_token(request.headers, served.token):
        raise RefusalError(403, "the token is missing, or of an earlier start")


def _answered(request: Request, operation: Operation, told: Mapping[str, Any]) -> Response:
    data = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    mark = sha256(data).hexdigest()[:32]
    version = version_of(told)
    tag = f'"{version}.{mark}"' if version else f'"{mark}"'
    headers = {} if operation.body else {"ETag": tag}
    if not operation.body and is_known(request.headers.getlist("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    return Response(data, operation.status, headers, "application/json")


def is_known(told: list[str], tag: str) -> bool:
    """Tell whether the caller has this answer already."""
    tags = {each.strip().removeprefix("W/") for line in told for each in line.split(",")}
    return tag in tags or "*" in tags


def _version_seen(request: Request) -> str:
    """The version of the note that a caller wants to change: that part of the tag before the point."""
    told = request.headers.get("if-match", "").strip()
    return "" if told == "*" else told.removeprefix("W/").strip('"').partition(".")[0]


def refused(error: RefusalError) -> Response:
    """Answer a request that is not done as it was asked."""
    body = failure(error.error, error.problems)
    return Response(body, error.status, dict(error.headers or {}), "application/json")


def failed(error: PrepVaultError) -> Response:
    """Translate what stopped a job into an answer; no place of this machine is in it."""
    status = status_of(error)
    words = _PLACE.sub("a place on this machine", error.message)
    hint = _PLACE.sub("a place on this machine", error.hint)
    problems = ((_field_of(error.message), f"{words}; {hint}" if hint else words),) if status == 422 else ()
    return Response(failure(words, problems), status, media_type="application/json")


def status_of(error: PrepVaultError) -> int:
    """Say by its kind how an error is answered."""
    if isinstance(error, UnknownError):
        return 404
    if isinstance(error, ConflictError):
        return 409
    return 500 if isinstance(error, OutsideError) else 422


def _field_of(message: str) -> str:
    """The property, or the part of the query, that a refused request should look at."""
    return next((field for words, field in _FIELDS if words in message), "vault")
