"""A vault served on loopback inside the test's own process, at a moment that stands still."""

import http.client
import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from prepvault.jobs.build import build, output_folder
from prepvault.jobs.context import open_context
from prepvault.jobs.desk import Desk
from prepvault.jobs.serve import Served
from prepvault.jobs.serve_pulse import Pulse
from prepvault.outside.loopback import listen
from prepvault.web.start import WebServer
from tests.conftest import NOW

SECRET = "s" * 32
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as data."""
        return json.loads(self.body)


@dataclass
class Stand:
    """A running server as a test sees it; `wrote` are the paths it said it wrote, `log` what it would log."""

    served: Served
    root: Path
    wrote: list[str] = field(default_factory=list)
    log: list[tuple[str, str, int]] = field(default_factory=list)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str | None] | None = None,
        **more: Any,
    ) -> Answer:
        """Send one request; `headers` of None are left out, a body that is no bytes goes as JSON."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        usual = {"X-PrepVault-Token": self.served.token, **JSON} if data is not None else {}
        told = {name: value for name, value in {**usual, **(headers or {})}.items() if value is not None}
        connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=20)
        try:
            connection.request(method, path, data, told, **more)
            answer = connection.getresponse()
            return Answer(
                answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read()
            )
        finally:
            connection.close()

    def raw(self, data: bytes) -> bytes:
        """Send bytes as they are, which should ask to close, and read until the other side does."""
        with socket.create_connection(("127.0.0.1", self.served.port), timeout=20) as connection:
            connection.sendall(data)
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts)

    def rebuild(self, now: datetime = NOW) -> None:
        """Build as a round would."""
        build(open_context(str(self.root), now=now.isoformat()))


@contextmanager
def serving(
    root: Path,
    *,
    now: datetime = NOW,
    is_read_only: bool = False,
    builds: bool = False,
    rebuilds: bool = False,
) -> Iterator[Stand]:
    """Serve a vault until the block ends: with its site, and built after each write, where that is needed."""
    context = open_context(str(root), now=now.isoformat())
    if builds:
        build(context)
    wrote: list[str] = []

    def note(path: str) -> None:
        wrote.append(path)
        if rebuilds:
            build(context)

    folder = output_folder(context)
    sockets = listen(0, ("127.0.0.1",))
    served = Served(
        desk=Desk(open=lambda: open_context(str(root), now=now.isoformat()), wrote=note),
        pulse=Pulse(folder),
        folder=folder,
        secret=SECRET,
        port=sockets[0].getsockname()[1],
        sockets=tuple(sockets),
        is_read_only=is_read_only,
    )
    served.pulse.look()
    stand = Stand(served, root, wrote)
    server = WebServer(served, lambda *line: stand.log.append(line))
    server.start()
    try:
        yield stand
    finally:
        served.ended.set()
        server.stop()
        for each in sockets:
            each.close()


@contextmanager
def standing(factory: pytest.TempPathFactory, text: str) -> Iterator[Stand]:
    """Build a vault of its own and serve it to many tests that only look at it."""
    root, state = factory.mktemp("served") / "vault", factory.mktemp("state")
    for part in f"\n=== prepvault.toml\n[vault]\ntimezone = 'UTC'\n{text}".split("\n=== ")[1:]:
        name, _, content = part.partition("\n")
        path = root / name.strip()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("PREPVAULT_STATE_DIR", "PREPVAULT_CACHE_DIR", "HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(state))
        with serving(root, builds=True) as stand:
            yield stand
