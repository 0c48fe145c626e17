"""Requests that nobody of good will sends: each is refused, in the one shape, and nothing changes."""

import os
import re
import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest

from prepvault.web.guard import HEADERS
from prepvault.web.patience import MOST_CONNECTIONS
from tests.conftest import Maker
from tests.serving import Stand, serving, standing

VAULT = """
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
status: scheduled
---
"""
STATUS = b'{"status": "completed"}'


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with standing(tmp_path_factory, VAULT) as made:
        (made.root / "secret.html").write_text("SECRET-CANARY")
        yield made


def sent(stand: Stand, line: str, *headers: str, body: bytes = b"") -> tuple[int, bytes]:
    """Send a request word by word; `{host}` stands for the server's own name. Every answer is checked."""
    host = f"127.0.0.1:{stand.served.port}"
    filled = [
        each.replace("{host}", host).replace("{token}", stand.served.token)
        for each in (f"{line} HTTP/1.1", *headers)
    ]
    head = "\r\n".join([*filled, "Connection: close", "", ""])
    answer = stand.raw(head.encode("latin-1") + body)
    top, _, content = answer.partition(b"\r\n\r\n")
    told = top.decode("latin-1").lower()
    for name, text in HEADERS.items():
        assert f"\n{name.lower()}: {text.lower()}" in told, f"no {name} in the answer to {line}"
    assert "cache-control: " in told
    assert "access-control" not in told
    assert b"Traceback" not in content
    assert str(stand.root).encode() not in content
    assert b"SECRET-CANARY" not in content
    return int(top.split()[1]), content


@pytest.mark.parametrize(
    ("status", "line", "headers"),
    [
        # names turned upon us
        (421, "GET /", ["Host: evil.example"]),
        (421, "GET /", ["Host: evil.example:{port}"]),
        (421, "GET /", ["Host: 127.0.0.1"]),
        (421, "GET /", ["Host: 127.0.0.1.evil.example:{port}"]),
        (421, "GET /", ["Host: localhost.:{port}"]),
        (421, "GET /", ["Host: 0.0.0.0:{port}"]),
        (421, "GET /", ["Host: 127.1:{port}"]),
        (421, "GET /", ["Host: [::ffff:127.0.0.1]:{port}"]),
        (421, "GET /api/interviews", ["Host: 127.0.0.1:1"]),
        (421, "GET /feed/" + "s" * 32 + ".ics", ["Host: evil.example"]),
        (400, "GET /", []),
        (400, "GET /", ["Host: {host}", "Host: evil.example"]),
        (400, "GET http://evil.example/", ["Host: {host}"]),
        # other sites
        (403, "GET /api/interviews", ["Host: {host}", "Origin: https://evil.example"]),
        (403, "GET /api/interviews", ["Host: {host}", "Origin: null"]),
        (403, "GET /api/interviews", ["Host: {host}", "Origin: http://{host}.evil.example"]),
        (403, "GET /api/interviews", ["Host: {host}", "Origin: http://127.0.0.1:1"]),
        (403, "GET /api/interviews", ["Host: {host}", "Origin: https://{host}"]),
        (403, "GET /", ["Host: {host}", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"]),
        (
            403,
            "GET /",
            [
                "Host: {host}",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: iframe",
            ],
        ),
        (403, "GET /built.js", ["Host: {host}", "Sec-Fetch-Site: same-site", "Sec-Fetch-Dest: script"]),
        (
            403,
            "GET /built.js",
            [
                "Host: {host}",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document",
            ],
        ),
        (403, "GET /search.js", ["Host: {host}", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: script"]),
        (
            403,
            "GET /api/interviews",
            [
                "Host: {host}",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document",
            ],
        ),
        (403, "GET /api/events", ["Host: {host}", "Sec-Fetch-Site: same-site"]),
        (403, "GET /", ["Host: {host}", "Sec-Fetch-Site: anything"]),
        (
            200,
            "GET /",
            [
                "Host: {host}",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document",
            ],
        ),
        (200, "GET /", ["Host: LOCALHOST:{port}"]),
        (200, "GET /", ["Host: [::1]:{port}"]),
        # methods
        (405, "OPTIONS /api/interviews", ["Host: {host}", "Access-Control-Request-Private-Network: true"]),
        (403, "OPTIONS /api/interviews", ["Host: {host}", "Origin: https://evil.example"]),
        (405, "PUT /api/interviews", ["Host: {host}"]),
        (405, "DELETE /api/interviews/int_acme_1", ["Host: {host}"]),
        (405, "PATCH /index.html", ["Host: {host}"]),
        (405, "TRACE /", ["Host: {host}"]),
        (405, "PROPFIND /feed/x.ics", ["Host: {host}"]),
        (405, "GET /api/interviews/int_acme_1/status", ["Host: {host}"]),
        (400, "OPTIONS *", ["Host: {host}"]),
        (400, "CONNECT evil.example:443", ["Host: {host}"]),
        (421, "GET /", ["Host: evil.example", "X-Forwarded-Host: {host}", "Forwarded: host={host}"]),
        (421, "GET /", ["Host: evil.example@{host}"]),
        (403, "POST /api/interviews?token={token}", ["Host: {host}", "Content-Length: 0"]),
        (403, "POST /api/interviews", ["Host: {host}", "Cookie: token={token}", "Content-Length: 0"]),
        (403, "GET /", ["Host: {host}", "Origin: http://{host}", "Origin: https://evil.example"]),
        (405, "POST /", ["Host: {host}", "Content-Length: 0"]),
        (405, "POST /feed/" + "s" * 32 + ".ics", ["Host: {host}", "Content-Length: 0"]),
        # no HTTP
        (400, "GET", ["Host: {host}"]),
        (400, "GET / /", ["Host: {host}"]),
        (400, "GET /", ["Host: {host}", "bad header: x"]),
        (400, "GET /", ["Host: {host}", "X: a\x00b"]),
        (431, "GET /", ["Host: {host}", f"X: {'a' * 70_000}"]),
        (400, "POST /api/interviews", ["Host: {host}", "Content-Length: -1"]),
        (400, "POST /api/interviews", ["Host: {host}", "Content-Length: 5", "Content-Length: 6"]),
        (400, "POST /api/interviews", ["Host: {host}", "Transfer-Encoding: xchunked"]),
        (400, "GET /", ["Host : {host}"]),
        # a query that would be passed over elsewhere
        (400, "GET /api/interviews?status=nonsense", ["Host: {host}"]),
        (400, "GET /api/interviews?limit=1&limit=2", ["Host: {host}"]),
        (400, "GET /api/interviews?limit=1e3", ["Host: {host}"]),
        (400, "GET /api/interviews?limit=0", ["Host: {host}"]),
        (400, "GET /api/interviews?since=1700000000", ["Host: {host}"]),
        (400, "GET /api/interviews?nothing=1", ["Host: {host}"]),
        (404, "GET /api/interviews/none", ["Host: {host}"]),
        (404, "GET /api/interviews/..%2f..%2fprepvault.toml", ["Host: {host}"]),
        (404, "GET /api/interviews/Interviews%2facme.md", ["Host: {host}"]),
        (404, "GET /a%0d%0aX-Injected:%201", ["Host: {host}"]),
        (404, "GET /feed/wrong.ics", ["Host: {host}"]),
        (404, "GET /feed/" + "S" * 32 + ".ics", ["Host: {host}"]),
        (404, "GET /feed/.ics", ["Host: {host}"]),
    ],
)
def test_a_hostile_request_is_refused(stand: Stand, status: int, line: str, headers: list[str]) -> None:
    told = [each.replace("{port}", str(stand.served.port)) for each in headers]
    got, content = sent(stand, line, *told)
    assert got == status
    if status >= 400 and content:
        assert b'"success": false' in content


WAYS_OUT = [
    *(
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret.html",
        "/%2e%2e%2fsecret.html",
        "/..%5csecret.html",
    ),
    *(
        "/....//secret.html",
        "/%252e%252e/secret.html",
        "/%c0%ae%c0%ae/secret.html",
        "/interviews/../../secret.html",
    ),
    *("//etc/passwd", "/etc/passwd", "/%2fetc/passwd", "/c:/windows/win.ini", "/c%3a%5cwindows%5cwin.ini"),
    *(
        "/index.html%00",
        "/%00index.html",
        "/index.html%00.png",
        "/index.html.",
        "/index.html%20",
        "/index.html::$DATA",
    ),
    *(
        "/INDEX.HTML",
        "/con.html",
        "/aux.js",
        "/com1.txt",
        "/nul",
        "/./index.html",
        "/interviews/",
        "/interviews",
        "/api/",
    ),
    *(
        "/.prepvault-manifest.json",
        "/.prepvault-manifest.json%00.html",
        "/.git/config",
        "/out.html",
        "/through/secret.html",
    ),
    *(
        "/prepvault.toml",
        "/Interviews/acme.md",
        "/site/index.html",
        "/pipe.html",
        "/note.md",
        "/~/secret.html",
    ),
]


@pytest.mark.parametrize("path", WAYS_OUT)
def test_there_is_no_way_out_of_the_folder(stand: Stand, path: str) -> None:
    site = stand.served.folder
    if not (site / "out.html").is_symlink():
        (site / "out.html").symlink_to(stand.root / "secret.html")
        (site / "through").symlink_to(stand.root)
        (site / "note.md").write_text("SECRET-CANARY")
        os.mkfifo(site / "pipe.html")
    assert sent(stand, f"GET {path}", "Host: {host}")[0] in {400, 404}


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (403, {"X-PrepVault-Token": None}, STATUS),
        (403, {"X-PrepVault-Token": ""}, STATUS),
        (403, {"X-PrepVault-Token": "x" * 32}, STATUS),
        (403, {"X-PrepVault-Token": "\u00e9"}, STATUS),
        (403, {"Origin": "https://evil.example"}, STATUS),
        (403, {"Origin": "null"}, STATUS),
        (
            403,
            {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
            STATUS,
        ),
        (403, {"Sec-Fetch-Site": "same-site"}, STATUS),
        (421, {"Host": "evil.example"}, STATUS),
        (415, {"Content-Type": "text/plain"}, STATUS),
        (415, {"Content-Type": None}, STATUS),
        (415, {"Content-Type": "application/x-www-form-urlencoded"}, b"status=completed"),
        (415, {"Content-Type": "application/json; charset=utf-16"}, STATUS),
        (415, {"Content-Encoding": "gzip"}, STATUS),
        (413, {}, b'{"status": "' + b"x" * 1_048_576 + b'"}'),
        (400, {}, b""),
        (400, {}, b"{"),
        (400, {}, b'{"status": "completed"} x'),
        (400, {}, b'\xff{"status": "completed"}'),
        (400, {}, b'{"status": "completed", "feedback": "\\ud800"}'),
        (400, {}, b"[" * 200_000),
        (400, {}, b'{"a":' * 100_000),
        (422, {}, b"[]"),
        (422, {}, b"null"),
        (422, {}, b"{}"),
        (422, {}, b'{"status": "gone"}'),
        (422, {}, b'{"status": true}'),
        (422, {}, b'{"status": "completed", "outcome": 1}'),
        (422, {}, b'{"status": "completed", "id": "int_other"}'),
        (422, {}, b'{"status": "completed", "feedback": "a\\u0000b"}'),
        (422, {}, b'{"status": "completed", "feedback": "' + b"x" * 6000 + b'"}'),
        (409, {"If-Match": '"0000"'}, STATUS),
    ],
)
def test_a_hostile_write_writes_nothing(
    stand: Stand, status: int, headers: dict[str, str | None], body: bytes
) -> None:
    note = stand.root / "Interviews/acme.md"
    before = note.read_bytes()
    answer = stand.ask("POST", "/api/interviews/int_acme_1/status", body, headers)
    assert answer.status == status
    assert answer.json["success"] is False
    assert note.read_bytes() == before
    assert stand.wrote == []


@pytest.mark.parametrize(("count", "end"), [(20, b"0\r\n\r\n"), (200, b"")])
def test_a_body_in_pieces_is_measured_as_it_comes(stand: Stand, count: int, end: bytes) -> None:
    piece = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    head = [
        *(
            "POST /api/interviews HTTP/1.1",
            f"Host: 127.0.0.1:{stand.served.port}",
            "Transfer-Encoding: chunked",
        ),
        *(f"X-PrepVault-Token: {stand.served.token}", "Content-Type: application/json", "", ""),
    ]
    with socket.create_connection(("127.0.0.1", stand.served.port), timeout=20) as connection:
        connection.sendall("\r\n".join(head).encode())
        with suppress(OSError):
            for _ in range(count):
                connection.sendall(piece)
        with suppress(OSError):
            connection.sendall(end)
        assert b" 413 " in connection.recv(65536)


@pytest.mark.parametrize(
    "before",
    [
        "GET /robots.txt HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n",
        "POST /api/interviews HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_a_request_behind_another_is_looked_at_for_itself(stand: Stand, before: str) -> None:
    hidden = "GET /built.js HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    answer = stand.raw((before.format(host=f"127.0.0.1:{stand.served.port}") + hidden).encode())
    assert re.findall(rb"HTTP/1\.1 (\d+)", answer)[1:] == [b"421"]
    assert stand.served.token.encode() not in answer


@pytest.mark.parametrize("protocol", ["websocket", "h2c"])
def test_no_other_protocol_is_spoken(stand: Stand, protocol: str) -> None:
    asked = [
        *("Host: {host}", f"Upgrade: {protocol}", "Connection: Upgrade", "HTTP2-Settings: AAMAAABkAAQAAP__"),
        *("Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
    ]
    assert sent(stand, "GET /robots.txt", *asked)[0] == 200
    assert sent(stand, "GET /api/events", *asked, "Origin: https://evil.example")[0] == 403
    assert b" 421 " in stand.raw(b"PRI * HTTP/2.0\r\n\r\n")


def test_who_is_slow_is_let_go(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prepvault.web.patience.PATIENCE", 0.1)
    monkeypatch.setattr("prepvault.web.reading.PATIENCE", 0.1)
    for begun in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x"):
        assert stand.raw(begun) == b""
    head = f"POST /api/interviews HTTP/1.1\r\nHost: 127.0.0.1:{stand.served.port}\r\nContent-Length: 9\r\n"
    head += f"X-PrepVault-Token: {stand.served.token}\r\nContent-Type: application/json\r\n\r\n{{"
    assert b" 408 " in stand.raw(head.encode())


def test_too_many_connections_are_told_so_and_the_others_live(stand: Stand) -> None:
    held = [socket.create_connection(("127.0.0.1", stand.served.port)) for _ in range(MOST_CONNECTIONS)]
    try:
        assert b" 503 " in stand.raw(b"")
        held[0].sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{stand.served.port}\r\n\r\n".encode())
        assert b" 200 " in held[0].recv(65536)
    finally:
        for each in held:
            each.close()


def test_no_request_changes_anything_by_being_read(stand: Stand) -> None:
    before = {path: path.read_bytes() for path in stand.root.rglob("*.md")}
    for path in ("/api/interviews/int_acme_1/status?status=completed", "/api/interviews?_method=POST"):
        assert stand.ask("GET", path, headers={"X-HTTP-Method-Override": "POST"}).status >= 400
    assert {path: path.read_bytes() for path in stand.root.rglob("*.md")} == before


@pytest.mark.parametrize(
    ("headers", "is_told"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin", "Referer": "http://127.0.0.1/"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Referer": "https://evil.example/"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "https://evil.example"}, False),
    ],
)
def test_only_our_own_pages_learn_the_token(stand: Stand, headers: dict[str, str], is_told: bool) -> None:
    answer = stand.ask("GET", "/built.js", headers=headers)
    assert (stand.served.token.encode() in answer.body) is is_told
    assert (stand.served.secret.encode() in answer.body) is is_told
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    elsewhere = [
        name
        for name in ("/", "/app.js", "/api/interviews")
        if stand.served.token.encode() in stand.ask("GET", name).body
    ]
    assert elsewhere == []


def test_nothing_secret_is_logged(stand: Stand) -> None:
    stand.ask("GET", f"/feed/{stand.served.secret}.ics?x={stand.served.token}")
    stand.ask("GET", f"//feed/{stand.served.secret}.ics")
    told = repr(stand.log)
    assert "/feed/…" in told
    assert stand.served.secret not in told
    assert stand.served.token not in told


def test_read_only_refuses_every_write_and_tells_the_pages(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    with serving(root, is_read_only=True, builds=True) as stand:
        for path in ("/api/interviews", "/api/interviews/int_acme_1/status"):
            answer = stand.ask("POST", path, STATUS)
            assert answer.status == 403
            assert "read-only" in answer.json["error"]
        script = stand.ask("GET", "/built.js").body
        assert b'"token": ""' in script
        assert b'"readOnly": true' in script
        assert stand.served.token.encode() not in script
        assert stand.ask("GET", "/api/interviews").json["total"] == 1
