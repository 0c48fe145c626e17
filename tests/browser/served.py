"""A stand-in for the server: it gives out the built pages and answers as docs/json.md says."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

TOKEN = "a-token-of-this-run"  # noqa: S105
Answer = tuple[int, bytes]


def saved(**fields: Any) -> Answer:
    """What the server says when it wrote."""
    return 201, json.dumps({"success": True, "interview": fields}).encode()


def refused(status: int, error: str, *problems: tuple[str, str]) -> Answer:
    """What it says when it did not."""
    return status, json.dumps({"success": False, "error": error, "problems": problems}).encode()


@dataclass
class Stub:
    """The server as a test sees it: what it was sent, what it answers, and the gate that holds an answer."""

    address: str = ""
    answer: Answer | Callable[[], Answer] = field(default_factory=lambda: saved(id="int_x", note="x.md"))
    sent: list[dict[str, Any]] = field(default_factory=list)
    gate: Event = field(default_factory=Event)
    stop: Callable[[], None] = lambda: None


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, stub: Stub, *arguments: Any, **more: Any) -> None:
        self.stub = stub
        super().__init__(*arguments, **more)

    def do_GET(self) -> None:
        if self.path.endswith("/built.js"):
            data = Path(self.translate_path(self.path)).read_bytes()
            said = f"window.prepvaultServed = {json.dumps({'token': TOKEN})};\n".encode()
            self._write(200, data + said, "text/javascript")
        else:
            super().do_GET()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.stub.sent.append(
            {
                "path": self.path,
                "token": self.headers["X-PrepVault-Token"],
                "type": self.headers["Content-Type"],
                "origin": self.headers["Origin"],
                "body": json.loads(body),
            }
        )
        self.stub.gate.wait(30)
        answer = self.stub.answer
        status, data = answer() if callable(answer) else answer
        self._write(status, data, "application/json")

    def _write(self, status: int, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing: the tests look at what was sent."""


@contextmanager
def serve(site: Path) -> Iterator[Stub]:
    """Serve a built site on loopback until the block ends, or until the test stops it."""
    stub = Stub()
    stub.gate.set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, stub, directory=str(site)))
    server.daemon_threads = True
    thread = Thread(target=partial(server.serve_forever, poll_interval=0.02), daemon=True)
    thread.start()

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    stub.address, stub.stop = f"http://127.0.0.1:{server.server_port}", stop
    try:
        yield stub
    finally:
        stub.gate.set()
        if thread.is_alive():
            stop()
