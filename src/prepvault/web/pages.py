"""The pages as they lie in the output folder, what tells them that they are served, and the calendars."""

import hmac
import json
import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from prepvault.jobs.serve import Served
from prepvault.web.api import is_known
from prepvault.web.guard import may_hold_token
from prepvault.web.reading import RefusalError

_KINDS = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
    "eml": "message/rfc822",
    "txt": "text/plain; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
}
"""What is given out; a file of any other kind is not there."""

_MISSING = (
    '<!DOCTYPE html><html lang="en"><title>Not there</title><link rel="stylesheet" href="/app.css">'
    '<h1>There is no such page</h1><p><a href="/">To the dashboard</a>'
)

_HOME = {"", "interview-prep"}
"""Where the dashboard is, besides its own name: the second is its place in the original system."""

_FEEDS = {"{}.ics": "interviews.ics", "{}-reminders.ics": "reminders.ics"}
_CHANGED = re.compile(rb"^LAST-MODIFIED:(\d{8}T\d{6})Z\r?$", re.MULTILINE)


def page(request: Request, served: Served) -> Response:
    """Give out a file of the site."""
    path = request.path_params["path"]
    name = "index.html" if path in _HOME else path
    kind = _KINDS.get(name.rpartition(".")[2])
    data = served.read(name) if kind else None
    if data is None:
        return _missing(request)
    if name == "built.js":
        data += _served_script(request, served)
    headers = {"Content-Disposition": "attachment"} if name.endswith(".eml") else {}
    return Response(data, headers=headers, media_type=kind)


def _missing(request: Request) -> Response:
    """Say that there is no such page, to people in a page of its own."""
    if "text/html" not in request.headers.get("accept", ""):
        raise RefusalError(404, "there is no such page")
    return Response(_MISSING, 404, media_type=_KINDS["html"])


def _served_script(request: Request, served: Served) -> bytes:
    """Tell our own pages that they are served, and how they may write; any other page learns nothing."""
    if not may_hold_token(request.headers):
        return b""
    calendar = f"webcal://{request.headers['host']}/feed/{served.secret}"
    told = {
        "token": "" if served.is_read_only else served.token,
        "readOnly": served.is_read_only,
        "mark": served.pulse.look(),
        "feeds": [f"{calendar}.ics", f"{calendar}-reminders.ics"],
    }
    return f"window.prepvaultServed = {json.dumps(told)};\n".encode("ascii")


async def feed(request: Request, served: Served) -> Response:
    """Give out a calendar to who knows its address."""
    name = _find_feed(request.path_params["name"], served.secret)
    data = await run_in_threadpool(served.read, name) if name else None
    if data is None:
        raise RefusalError(404, "there is no such calendar")
    tag, changed = f'"{sha256(data).hexdigest()}"', last_change(data)
    headers = {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'inline; filename="{name}"',
        **({"Last-Modified": format_datetime(changed, usegmt=True)} if changed else {}),
    }
    if _is_fresh(request, tag, changed):
        return Response(status_code=304, headers=headers)
    return Response(data, headers=headers, media_type=_KINDS["ics"])


def _find_feed(path: str, secret: str) -> str:
    """Find the calendar of an address, in the same time whatever it is."""
    told = path.encode("utf-8")
    found = [
        name
        for form, name in _FEEDS.items()
        if hmac.compare_digest(told, form.format(secret).encode("ascii"))
    ]
    return found[0] if found else ""


def last_change(data: bytes) -> datetime | None:
    """When the newest event of a calendar was changed."""
    stamps = [found.decode("ascii") for found in _CHANGED.findall(data)]
    try:
        return datetime.strptime(max(stamps), "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if stamps else None
    except ValueError:
        return None


def _is_fresh(request: Request, tag: str, changed: datetime | None) -> bool:
    """Tell whether the caller has this very calendar; a tag counts before a time."""
    tags = request.headers.getlist("if-none-match")
    if tags:
        return is_known(tags, tag)
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (ValueError, TypeError):
        return False
    return changed is not None and since.tzinfo is not None and changed <= since
