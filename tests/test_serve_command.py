"""`prepvault serve`: what it says, what it refuses, and one real run from its start to SIGTERM."""

import errno
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from prepvault.errors import OutsideError
from prepvault.outside import loopback
from prepvault.outside.loopback import listen
from tests.conftest import Maker
from tests.test_web_api import STRIPE, VAULT
from tests.watch_daemon import wait_until


def test_a_busy_port_is_told_with_a_way_out(make_vault: Maker, run: Any) -> None:
    root = make_vault(VAULT)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        ran = run("serve", "--port", str(port), vault=root, now=None)
    assert ran.code == 3
    assert f"port {port} is taken, perhaps by another `prepvault serve`" in ran.err
    assert "prepvault serve --port 0" in ran.err
    assert ran.out == ""


def test_both_names_of_this_machine_have_one_port() -> None:
    held = listen(0)
    try:
        ports = {each.getsockname()[1] for each in held}
        assert len(ports) == 1
        assert {each.getsockname()[0] for each in held} <= {"127.0.0.1", "::1"}
        with pytest.raises(OutsideError, match="is taken"):
            listen(ports.pop(), ("127.0.0.1",))
    finally:
        for each in held:
            each.close()


def test_a_machine_without_one_of_the_names_does_with_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    bound = loopback._bound

    def bind(host: str, port: int) -> socket.socket:
        if host == "::1":
            raise OSError(errno.EADDRNOTAVAIL, "no such address")
        return bound(host, port)

    monkeypatch.setattr(loopback, "_bound", bind)
    (held,) = listen(0)
    assert held.getsockname()[0] == "127.0.0.1"
    held.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.2", "example.org", "127.0.0.2"])  # noqa: S104
def test_it_listens_to_nobody_else(make_vault: Maker, run: Any, host: str) -> None:
    ran = run("serve", "--host", host, vault=make_vault(VAULT), now=None)
    assert ran.code == 2
    assert f"`{host}` is not this machine alone" in ran.err


def test_it_goes_by_the_clock(make_vault: Maker, run: Any) -> None:
    assert run("serve", vault=make_vault(VAULT)).code == 2


WITHOUT = """
import sys
sys.modules[sys.argv[1]] = None
from prepvault.__main__ import main
main(sys.argv[2:])
"""


def test_a_missing_extra_is_told_in_one_line(make_vault: Maker) -> None:
    command = [sys.executable, "-c", WITHOUT, "uvicorn", "--vault", str(make_vault(VAULT)), "serve"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 3
    hint = "  hint: pip install 'prepvault[serve]'"
    assert ran.stderr.splitlines() == ["error: `serve` needs `uvicorn`, which is not installed", hint]


class Running:
    """A real `serve` in a process of its own."""

    def __init__(self, root: Path, *options: str) -> None:
        command = [sys.executable, "-m", "prepvault", "--vault", str(root), "serve", "--port", "0", *options]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ.copy()
        )
        assert self.process.stdout
        self.lines = [self.process.stdout.readline().split() for _ in range(2)]
        self.port = int(re.search(r":(\d+)/", self.lines[0][1])[1])  # type: ignore[index]

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        data = None if body is None else json.dumps(body)
        with closing(connection):
            connection.request(method, path, data, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def end(self) -> str:
        """Ask it to end, and give what it said to stderr."""
        self.process.send_signal(signal.SIGTERM)
        _, err = self.process.communicate(timeout=20)
        assert self.process.returncode == 0
        assert "Traceback" not in err
        return err


@pytest.mark.slow
def test_a_real_run(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    running = Running(root, "--verbose")
    try:
        assert [line[0] for line in running.lines] == ["dashboard", "calendar"]
        path = running.lines[1][1].partition(f":{running.port}")[2]
        assert running.ask("GET", path)[1].startswith(b"BEGIN:VCALENDAR")
        script = running.ask("GET", "/built.js")[1].decode()
        served = json.loads(script.partition("prepvaultServed = ")[2].rstrip(";\n"))
        stream = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
        stream.request("GET", f"/api/events?page=index.html&since={served['mark']}")
        events = stream.getresponse()
        sent = {"X-PrepVault-Token": served["token"], "Content-Type": "application/json"}
        status, answer = running.ask("POST", "/api/interviews", STRIPE, **sent)
        assert status == 201
        told = json.loads(answer)
        assert (root / told["interview"]["note"]).is_file()
        heard = b"".join(events.readline() for _ in range(6))
        assert b"event: changed" in heard
        assert (root / "site/interviews" / f"{told['interview_id']}.html").is_file()
        note = root / "Interviews/acme.md"
        note.write_text(note.read_text().replace("Backend Engineer", "Site Engineer"))
        wait_until(lambda: b"Site Engineer" in running.ask("GET", "/")[1], "the page tells of the edit")
        assert "prepvault:begin" not in note.read_text()
        events.close()
        stream.close()
    finally:
        err = running.end()
    assert "201 POST /api/interviews" in err
    assert path.partition("/feed/")[2] not in err
    assert served["token"] not in err
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", running.port), timeout=1)
