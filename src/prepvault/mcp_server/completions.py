"""Ids and kinds that a client offers while its user fills in a prompt or the address of a resource."""

from typing import Any

from anyio import to_thread
from mcp.server.mcpserver import MCPServer
from mcp_types import Completion, CompletionArgument

from prepvault.errors import PrepVaultError
from prepvault.jobs.assistant_texts import plain_words
from prepvault.mcp_server.desk import Desk
from prepvault.model.interview import InterviewType

_MOST = 100


def add_completions(server: MCPServer[Any], desk: Desk) -> None:
    """Offer them to clients; on any trouble there is nothing to offer."""

    async def complete(_ref: object, argument: CompletionArgument, _context: object) -> Completion:
        fitting = await to_thread.run_sync(_fitting, desk, argument.name, argument.value)
        return Completion(values=fitting[:_MOST], total=len(fitting), has_more=len(fitting) > _MOST)

    server.completion()(complete)  # type: ignore[no-untyped-call]


def _fitting(desk: Desk, name: str, begun: str) -> list[str]:
    """What fits, the interviews that are latest first."""
    if name == "interview_type":
        return [kind.value for kind in InterviewType if kind.value.startswith(begun.casefold())]
    if name != "interview_id":
        return []
    try:
        _, vault = desk.read()
    except PrepVaultError:
        return []
    wanted = begun.casefold()
    fitting = (
        each.id for each in reversed(vault.interviews) if wanted in f"{each.id} {each.company}".casefold()
    )
    return [plain_words(each) for each in fitting]
