"""The server itself: its tools, resources and prompts, and the one place that every call leaves by."""

import json
import signal
from pathlib import Path
from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, InputRequiredResult, TextContent

from prepvault import __version__
from prepvault.jobs.answers import bounded
from prepvault.jobs.assistant_texts import assistant_text, plain_record
from prepvault.mcp_server import faults
from prepvault.mcp_server.completions import add_completions
from prepvault.mcp_server.desk import Desk, Mode
from prepvault.mcp_server.prompts import add_prompts
from prepvault.mcp_server.resources import add_resources
from prepvault.mcp_server.shelf import listed_tools


class Server(MCPServer[Any]):
    """The SDK's server, whose calls end in plain words, compact JSON and text without unseen characters."""

    def __init__(self, desk: Desk) -> None:
        tools = listed_tools(desk)
        super().__init__(
            "prepvault",
            title="PrepVault",
            instructions=assistant_text(
                "instructions", "only_reading" if desk.mode.is_read_only else "changing"
            ),
            version=__version__,
            tools=tools,
            log_level="CRITICAL",
        )
        self._root = desk.root
        self._arguments = {tool.name: tuple(tool.parameters["properties"]) for tool in tools}
        add_resources(self, desk)
        add_prompts(self, desk)
        add_completions(self, desk)

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool; an argument that is null or blank counts as not given."""
        if name not in self._arguments:
            raise faults.unknown_tool(name, self._arguments)
        given = {key: value for key, value in arguments.items() if not _is_blank(value)}
        if strange := faults.unknown_arguments(name, given, self._arguments[name]):
            raise strange
        try:
            result = await super().call_tool(name, given, context)
        except ToolError as error:
            raise faults.mapped(name, error, self._root, self._arguments[name]) from None
        return _plain(result) if isinstance(result, CallToolResult) else result


def make_server(root: Path, *, now: str | None = None, mode: Mode | None = None) -> Server:
    """Make the server of one vault."""
    return Server(Desk(root, now=now, mode=mode))


def serve(root: Path, *, now: str | None, mode: Mode) -> None:
    """Speak the protocol on standard input and output until the client leaves.

    Ctrl-C ends it at once: the thread that waits for input would not hear of it. A write that this cuts short
    is brought to its end by the next, as after any kill.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    make_server(root, now=now, mode=mode).run("stdio")


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _plain(result: CallToolResult) -> CallToolResult:
    """Take out what one does not see; the text says the same as the fields, on one line."""
    fields = bounded(plain_record(result.structured_content or {}))
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=fields)
