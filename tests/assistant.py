"""Talk to the server of a vault as an assistant does, in this process."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mcp.client import Client
from mcp_types import CallToolResult

from prepvault.mcp_server.desk import Mode
from prepvault.mcp_server.server import Server, make_server
from tests.conftest import NOW

Call = tuple[str, dict[str, Any]]

VAULT = """
=== Interviews/kestrel.md
---
id: int_kestrel_1
job_id: kestrel
company: Kestrel Health
role: Senior Backend Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
interviewer: Amara Okafor
location: https://zoom.us/j/123
status: confirmed
---

## Notes

They asked for the cutover rehearsal story.

=== Interviews/lumen.md
---
id: int_lumen_1
company: Lumen Rail
role: Data Engineer
interview_type: phone_screen
scheduled_at: 2026-02-03T10:00:00
status: completed
outcome: advanced
feedback: friendly
---

=== Interviews/fernhill.md
---
id: int_fernhill_1
company: Fernhill
role: Engineering Manager
interview_type: behavioral
scheduled_at: 2026-03-20T09:30:00
---
"""


def server_of(root: Path, mode: Mode | None = None) -> Server:
    """Make the server of a vault, at the tests' moment."""
    return make_server(root, now=NOW.isoformat(), mode=mode)


def talk(root: Path, *calls: Call, mode: Mode | None = None) -> list[CallToolResult]:
    """Make calls one after another, and give what each answered."""

    async def run() -> list[CallToolResult]:
        async with Client(server_of(root, mode)) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(run())


def ask(root: Path, tool: str, mode: Mode | None = None, /, **arguments: Any) -> dict[str, Any]:
    """Make one call that goes well."""
    return fields(talk(root, (tool, arguments), mode=mode)[0])


def fail(root: Path, tool: str, mode: Mode | None = None, /, **arguments: Any) -> str:
    """Make one call that fails, and give what the assistant is told."""
    answer = talk(root, (tool, arguments), mode=mode)[0]
    assert answer.is_error
    return text_of(answer)


def fields(answer: CallToolResult) -> dict[str, Any]:
    """The fields of an answer."""
    assert not answer.is_error, text_of(answer)
    told: dict[str, Any] | None = answer.structured_content
    assert told is not None
    return told


def text_of(answer: CallToolResult) -> str:
    """The text of an answer."""
    content: Sequence[Any] = answer.content
    return "".join(part.text for part in content)
