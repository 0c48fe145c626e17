"""What a program may ask of the server: models that hold what they say, or a refusal in words."""

import asyncio
import json

from pydantic import BaseModel
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.types import Message

from benchmarks.fuzz.pieces import choose, require
from prepvault.web.asked import EventsQuery, ListQuery, MailQuery, MaterialsQuery, NewInterview, NewStatus
from prepvault.web.reading import RefusalError, read_body, read_query

QUERIES: tuple[type[BaseModel], ...] = (ListQuery, MailQuery, MaterialsQuery, EventsQuery)
BODIES: tuple[type[BaseModel], ...] = (NewInterview, NewStatus)


def check_requests(data: bytes) -> None:
    """Read a query or a body: `<which model><bytes>`."""
    model, rest = choose(data, (*QUERIES, *BODIES))
    try:
        if model in QUERIES:
            read = read_query(model, QueryParams(rest.decode("latin-1")))
        else:
            read = asyncio.run(read_body(model, _request(rest)))
    except RefusalError as refusal:
        require(400 <= refusal.status < 500 and refusal.error, "a refusal that says nothing")
        for name, problem in refusal.problems:
            require(name is not None and problem, "a problem that says nothing")
        json.dumps(refusal.problems).encode()
        return
    told = read.model_dump_json().encode("utf-8")
    require(
        type(read).model_validate_json(told) is not None if model in BODIES else told, "not the same again"
    )
    require(
        not any(code in _texts(read) for code in map(chr, (0, 8, 27, 127))), "a control character came in"
    )


def _texts(read: BaseModel) -> str:
    return "".join(str(value) for value in read.model_dump().values())


def _request(body: bytes) -> Request:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", b"application/json")]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": headers}, receive)
