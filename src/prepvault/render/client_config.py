"""An assistant's file of settings with one more MCP server in it, or one less; all else stays."""

import json
import re
from collections.abc import Mapping
from typing import Any

_INDENT = re.compile(r"^\{\s*?\n([ \t]+)\"", re.MULTILINE)


def find_server(text: str, table: str, name: str) -> Mapping[str, Any] | None:
    """Find a server by its name; None where there is none, or where the file is no plain JSON."""
    servers = (_read(text) or {}).get(table)
    found = servers.get(name) if isinstance(servers, dict) else None
    return found if isinstance(found, dict) else None


def with_server(text: str, table: str, name: str, entry: Mapping[str, Any]) -> str | None:
    """Write the file with this server; None where it cannot be written without losing something."""
    content = _read(text)
    servers = None if content is None else content.setdefault(table, {})
    if content is None or not isinstance(servers, dict):
        return None
    servers[name] = dict(entry)
    return _written(content, text)


def without_server(text: str, table: str, name: str) -> str | None:
    """Write the file without this server, or as it is; None where that could lose something."""
    content = _read(text)
    servers = None if content is None else content.get(table, {})
    if content is None or not isinstance(servers, dict):
        return None
    return _written(content, text) if servers.pop(name, None) is not None else text


def snippet(table: str, name: str, entry: Mapping[str, Any]) -> str:
    """What to paste where a file is better edited by hand."""
    return json.dumps({table: {name: dict(entry)}}, indent=2, ensure_ascii=False)


class _TwiceError(ValueError):
    """A key stands twice, so one of its values would be lost."""


def _read(text: str) -> dict[str, Any] | None:
    """Read plain JSON: comments, commas at the end or a key that stands twice are not ours to lose."""
    if not text.strip():
        return {}
    try:
        content = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _TwiceError
    return found


def _written(content: Mapping[str, Any], before: str) -> str:
    """In the file's own indent, and with its own line ends."""
    found = _INDENT.search(before)
    indent: int | str = found[1] if found else 2
    end = "" if before.strip() and not before.endswith("\n") else "\n"
    text = json.dumps(content, indent=indent, ensure_ascii=False) + end
    return text.replace("\n", "\r\n") if "\r\n" in before else text
