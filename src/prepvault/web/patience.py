"""Connections that neither idle nor crowd: a head within ten seconds, and only so many of them at once."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from prepvault.web.guard import HEADERS, failure
from prepvault.web.reading import PATIENCE

MOST_CONNECTIONS = 64


class Patient(H11Protocol):
    """HTTP over one connection that is closed when no whole head comes in time."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait; one connection too many is told so and closed."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.write(_raw(503, "Service Unavailable", "too many connections"))
            transport.close()
            return
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what came; once a head is whole, time is the application's."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()

    def on_response_complete(self) -> None:
        """Wait for the next head."""
        super().on_response_complete()
        if self.cycle is None or self.cycle.response_complete:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP as every other error is answered."""
        self._stop_waiting()
        self.transport.write(_raw(400, "Bad Request", "this is no HTTP request"))
        self.transport.close()

    def _wait(self) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(PATIENCE, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def _raw(status: int, reason: str, error: str) -> bytes:
    body = failure(error)
    fields = {
        **HEADERS,
        "Cache-Control": "no-store",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "close",
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} {reason}\r\n{head}\r\n".encode("ascii") + body
