"""Make an AI assistant know this vault's server: an entry in its own settings, or the command to type."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from prepvault.errors import RefusedError, UsageError
from prepvault.model.assistants import Client
from prepvault.outside import client_files, services
from prepvault.render.client_config import find_server, snippet, with_server, without_server

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")
"""What every assistant takes as the name of a server."""


@dataclass(frozen=True, slots=True)
class Connection:
    """What was, or would be, done; `command` is for an assistant without a file, `text` what to paste.

    `problem` says why the file was left as it is; `kept` is what it was before, beside it.
    """

    client: Client
    name: str
    entry: Mapping[str, Any] = field(default_factory=dict)
    path: Path | None = None
    command: str = ""
    text: str = ""
    is_written: bool = False
    kept: Path | None = None
    problem: str = ""


def plan_entry(root: Path, flags: tuple[str, ...]) -> Mapping[str, Any]:
    """How an assistant starts the server: by absolute paths, since assistants know no PATH and no folder."""
    program, *arguments = services.own_program(speaks=True)
    entry: dict[str, Any] = {"command": program, "args": [*arguments, "--vault", str(root), "mcp", *flags]}
    variables = dict(services.passed_variables())
    return {**entry, "env": variables} if variables else entry


def connect(root: Path, client: Client, name: str, flags: tuple[str, ...], *, check: bool) -> Connection:
    """Put the server into the assistant's file; with `check` only say what would be written.

    Other servers and settings stay. RefusedError where that name is another vault's already.
    """
    _check_name(name)
    entry = plan_entry(root, flags)
    if not client.places:
        return Connection(client, name, entry, command=_command(name, entry))
    path = _place(client)
    entry = {**dict(client.more), **entry}
    before = client_files.read_client_file(path) or ""
    _refuse_other(path, find_server(before, client.table, name), name, root)
    after = with_server(before, client.table, name, entry)
    text = snippet(client.table, name, entry)
    if after is None:
        problem = f"`{path}` holds comments or is no plain JSON, so it was left as it is"
        return Connection(client, name, entry, path, text=text, problem=problem)
    return _finish(Connection(client, name, entry, path, text=text), before, after, check=check)


def disconnect(client: Client, name: str, *, check: bool) -> Connection:
    """Take the server out of the assistant's file again."""
    if not client.places:
        return Connection(client, name, command=shlex.join(("claude", "mcp", "remove", name)))
    path = _place(client)
    before = client_files.read_client_file(path) or ""
    there = find_server(before, client.table, name)
    if there is not None and not _is_ours(there):
        raise RefusedError(
            f"`{path}` has a server `{name}` that is not PrepVault", hint=f"take `{name}` out by hand"
        )
    after = without_server(before, client.table, name) if before.strip() else before
    if after is None:
        problem = f"`{path}` holds comments or is no plain JSON, so it was left as it is"
        return Connection(client, name, path=path, problem=problem)
    return _finish(Connection(client, name, path=path), before, after, check=check)


def _finish(planned: Connection, before: str, after: str, *, check: bool) -> Connection:
    if check or before == after or planned.path is None:
        return planned
    kept = client_files.write_client_file(planned.path, after)
    return replace(planned, is_written=True, kept=kept)


def _place(client: Client) -> Path:
    path = client_files.find_client_file(client)
    if path is None:
        raise UsageError(
            f"it is not known where {client.title} keeps its settings on this system",
            hint="add the server in its own settings: prepvault mcp install --client claude-code shows how",
        )
    return path


def _refuse_other(path: Path, there: Mapping[str, Any] | None, name: str, root: Path) -> None:
    """Two vaults need two names: an entry is written anew only for the vault that it is of."""
    arguments = there.get("args") if there else None
    if there is None or (isinstance(arguments, list) and str(root) in arguments):
        return
    raise RefusedError(
        f"`{path}` has a server `{name}` that is not this vault's", hint="name this one: --name my-interviews"
    )


def _is_ours(there: Mapping[str, Any]) -> bool:
    """Tell whether an entry starts this server, of whichever vault."""
    arguments = there.get("args")
    return isinstance(arguments, list) and "--vault" in arguments and "mcp" in arguments


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"a server's name has letters, digits, `-` and `_`, found `{name}`", hint="--name my-interviews"
        )


def _command(name: str, entry: Mapping[str, Any]) -> str:
    variables = [part for key, value in entry.get("env", {}).items() for part in ("--env", f"{key}={value}")]
    before = ("claude", "mcp", "add", "--scope", "user", name, *variables)
    return shlex.join((*before, "--", entry["command"], *entry["args"]))
