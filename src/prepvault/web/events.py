"""Tell pages that there is a newer one of them: server-sent events, few of them, each cheap to hold open."""

import asyncio
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from prepvault.jobs.serve import Served
from prepvault.web.asked import EventsQuery
from prepvault.web.reading import RefusalError, read_query

MOST = 24
"""Pages that may listen at once: hidden ones do not, so these are windows side by side."""

BEAT = 15.0
_LOOK = 0.2
_AGAIN_MS = 1500


class Events:
    """Everyone who listens."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._listeners = 0

    async def answer(self, request: Request) -> Response:
        """Begin to tell one page."""
        query = read_query(EventsQuery, request.query_params)
        if self._listeners >= MOST:
            raise RefusalError(503, f"{MOST} pages listen already", headers={"Retry-After": "30"})
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        since = request.headers.get("last-event-id") or query.since
        return StreamingResponse(self._told(query.page, since), media_type="text/event-stream")

    async def _told(self, page: str, since: str) -> AsyncIterator[str]:
        """Say when the page is another one; in between, now and then, that this is still here."""
        pulse, ended, quiet = self._served.pulse, self._served.ended, 0.0
        self._listeners += 1
        try:
            yield f"retry: {_AGAIN_MS}\n\n"
            while not ended.is_set():
                mark = await run_in_threadpool(pulse.look)
                if mark != since:
                    news = pulse.news_of(page, since)
                    since, quiet = mark, 0.0
                    yield f"id: {mark}\nevent: {news}\ndata: {mark}\n\n"
                elif quiet >= BEAT:
                    quiet = 0.0
                    yield ": still here\n\n"
                await asyncio.sleep(_LOOK)
                quiet += _LOOK
        finally:
            self._listeners -= 1
