"""The application: every path with who answers it, behind the gate."""

import json

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from prepvault.errors import PrepVaultError
from prepvault.jobs.serve import Served
from prepvault.web.api import endpoint_of, failed, refused
from prepvault.web.events import Events
from prepvault.web.guard import OUR_BUG, Guard, Log, failure
from prepvault.web.openapi import openapi_document
from prepvault.web.operations import OPERATIONS, Operation
from prepvault.web.pages import feed, page
from prepvault.web.reading import RefusalError

_WORDS = {404: "there is no such page", 405: "this path does not know that method"}


def make_app(served: Served, log: Log | None = None) -> ASGIApp:
    """Put the application together."""

    def describe(request: Request) -> Response:
        data = json.dumps(openapi_document(served.address), ensure_ascii=False)
        return Response(data, media_type="application/json")

    async def give_feed(request: Request) -> Response:
        return await feed(request, served)

    def give_page(request: Request) -> Response:
        return page(request, served)

    routes = [
        *_api_routes(served),
        Route("/api/events", Events(served).answer, methods=["GET"]),
        Route("/openapi.json", describe, methods=["GET"]),
        Route("/feed/{name}", give_feed, methods=["GET"]),
        Route("/{path:path}", give_page, methods=["GET"]),
    ]
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False
    app.add_exception_handler(RefusalError, _explain)
    app.add_exception_handler(PrepVaultError, _explain)
    app.add_exception_handler(HTTPException, _explain)
    app.add_exception_handler(Exception, _admit)
    return Guard(app, served, log)


def _api_routes(served: Served) -> list[Route]:
    """One route for each path of the table, with all its methods."""
    paths: dict[str, dict[str, Operation]] = {}
    for each in OPERATIONS:
        paths.setdefault(each.path, {})[each.method] = each
    routes = [Route(path, endpoint_of(served, each), methods=list(each)) for path, each in paths.items()]
    unread = [path for path, each in paths.items() if "GET" not in each]
    return routes + [Route(path, _only_to_post, methods=["GET"]) for path in unread]


async def _only_to_post(request: Request) -> Response:
    """Stand before the pages, where a path that is no page would only be missing."""
    raise HTTPException(405, headers={"Allow": "POST"})


async def _explain(request: Request, error: Exception) -> Response:
    """Translate what stopped an answer; anything else goes on to the gate."""
    if isinstance(error, RefusalError):
        return refused(error)
    if isinstance(error, PrepVaultError):
        return failed(error)
    if isinstance(error, HTTPException):
        body = failure(_WORDS.get(error.status_code, "it cannot be done"))
        return Response(body, error.status_code, dict(error.headers or {}), "application/json")
    raise error


async def _admit(request: Request, error: Exception) -> Response:
    """Say that it is our bug; the gate keeps the log."""
    return Response(failure(OUR_BUG), 500, media_type="application/json")
