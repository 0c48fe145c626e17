"""The gate before every answer: whose name was asked for, who asks, and what every answer carries."""

import hmac
import json
from collections.abc import Callable, Mapping
from contextlib import suppress

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from prepvault.jobs.crash import write_crash_log
from prepvault.jobs.serve import Served

Log = Callable[[str, str, int], None]
"""Given method, path and status of each request; no secret is in them."""

TOKEN = "X-PrepVault-Token"  # noqa: S105 - the name of a header

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
"""What every answer carries, errors too."""

OUR_BUG = "this is a bug in PrepVault; its log says where"
LARGEST_HEAD = 64 * 1024

_OWN_SITES = {"same-origin", "none"}
_NOT_FOR_VISITS = ("/api/", "/feed/", "/openapi.json", "/built.js")
"""Where nobody gets by following a link from another site."""


class Guard:
    """Lets through what was asked of this very address by its own pages or by no page at all."""

    def __init__(self, app: ASGIApp, served: Served, log: Log | None = None) -> None:
        self._app = app
        self._served = served
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what nobody foresaw is told as a failure, never how."""
        if scope["type"] != "http":
            return
        answer = _Answer(send)
        refused = refusal_of(Headers(scope=scope), scope, self._served.port)
        try:
            if refused:
                await answer.fail(*refused)
            else:
                await self._app(scope, receive, answer.send)
        except Exception as error:  # noqa: BLE001 - the one door: what nobody foresaw is our bug
            write_crash_log(error, "serve")
            if not answer.status:
                with suppress(OSError):
                    await answer.fail(500, OUR_BUG)
        if self._log:
            self._log(scope["method"], masked(scope["path"], self._served.secret), answer.status)


class _Answer:
    """One answer on its way: every one gets the same headers, and its status is remembered."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0

    async def send(self, message: Message) -> None:
        """Pass a part of the answer on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await self._send(message)

    async def fail(self, status: int, error: str) -> None:
        """Answer with an error in the one shape that all of them have."""
        body = failure(error)
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def failure(error: str, problems: tuple[tuple[str, str], ...] = ()) -> bytes:
    """Write what an answer of 400 or more says."""
    told = {"success": False, "error": error, "problems": problems}
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")


def masked(path: str, secret: str) -> str:
    """Show a path without the secret of the calendar's address, wherever it stands."""
    return "/feed/…" if path.startswith("/feed/") else path.replace(secret, "…")


def refusal_of(headers: Headers, scope: Scope, port: int) -> tuple[int, str] | None:
    """Say why a request is not for us, with its status; None where it is."""
    hosts = headers.getlist("host")
    if len(hosts) != 1 or hosts[0].lower() not in names_of(port):
        return 421, f"this server answers only to 127.0.0.1:{port} and localhost:{port}"
    if sum(len(name) + len(value) for name, value in headers.raw) > LARGEST_HEAD:
        return 431, "the headers are larger than 64 KiB"
    if not scope["path"].startswith("/"):
        return 400, "the path should begin with `/`"
    origins = headers.getlist("origin")
    if origins and origins != [f"http://{hosts[0].lower()}"]:
        return 403, "another site asks, and only PrepVault's own pages may"
    site = headers.get("sec-fetch-site")
    if site is not None and site not in _OWN_SITES and not _is_visit(headers, scope):
        return 403, "another site asks, and only PrepVault's own pages may"
    return None


def names_of(port: int) -> frozenset[str]:
    """The names under which this server may be asked for: any other is a name that was turned upon us."""
    names = {f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"}
    return frozenset(names | ({"127.0.0.1", "localhost", "[::1]"} if port == 80 else set()))


def _is_visit(headers: Headers, scope: Scope) -> bool:
    """Tell whether someone followed a link to a page, which shows nothing to the site it came from."""
    return (
        scope["method"] in {"GET", "HEAD"}
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
        and not scope["path"].startswith(_NOT_FOR_VISITS)
    )


def may_hold_token(headers: Headers) -> bool:
    """Tell whether the token may be told: to our own pages, or where no browser is at work."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in _OWN_SITES
    return "origin" not in headers and "referer" not in headers


def has_token(headers: Headers, token: str) -> bool:
    """Compare the token that was sent, in the same time whatever it is."""
    sent = headers.getlist(TOKEN)
    return len(sent) == 1 and hmac.compare_digest(sent[0].encode("utf-8"), token.encode("utf-8"))
