"""Prompts that the user picks in their client; their words are in `content/assistant/`."""

from collections.abc import Mapping
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError
from mcp.server.mcpserver.prompts.base import Message, UserMessage
from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_PARAMS, EmbeddedResource, TextResourceContents
from pydantic import Field

from prepvault.jobs.assistant_texts import assistant_text
from prepvault.mcp_server.desk import Desk
from prepvault.mcp_server.resources import interview_json


def add_prompts(server: MCPServer[Any], desk: Desk) -> None:
    """Offer them to clients."""
    shelf = Prompts(desk)
    server.prompt(
        "mock_interview", title="Mock interview", description="Be interviewed, one question at a time."
    )(shelf.mock_interview)
    server.prompt("debrief", title="Debrief", description="Write down what happened, while it is fresh.")(
        shelf.debrief
    )
    server.prompt("weekly_plan", title="Weekly plan", description="Spread preparation over the next days.")(
        shelf.weekly_plan
    )


class Prompts:
    """Each gives its words, and the interview that it is about as data beside them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def mock_interview(
        self,
        interview_id: Annotated[
            str, Field(description="for which interview; without one, say the type")
        ] = "",
        interview_type: Annotated[str, Field(description="what kind, where no interview is named")] = "",
        questions: Annotated[str, Field(description="how many questions")] = "6",
    ) -> list[Message]:
        """Play an interview."""
        about = " for the interview below" if interview_id else ""
        if interview_type and not interview_id:
            about = f" of the type {interview_type}"
        fields = {"about": about, "questions": questions}
        return [self._words("mock_interview", fields), *self._interview(interview_id)]

    def debrief(
        self, interview_id: Annotated[str, Field(description="which interview it was")]
    ) -> list[Message]:
        """Write down what happened."""
        return [self._words("debrief"), *self._interview(interview_id)]

    def weekly_plan(
        self,
        days: Annotated[str, Field(description="how many days")] = "7",
        minutes: Annotated[str, Field(description="minutes a day")] = "45",
    ) -> list[Message]:
        """Plan the days ahead."""
        return [self._words("weekly_plan", {"days": days, "minutes": minutes})]

    def _words(self, name: str, fields: Mapping[str, str] | None = None) -> Message:
        """The words of a prompt; where nothing can be written, they say so."""
        more = ("only_reading",) if self._desk.mode.is_read_only else ()
        return UserMessage(assistant_text(name, *more, fields=fields))

    def _interview(self, interview_id: str) -> list[Message]:
        if not interview_id:
            return []
        try:
            told = interview_json(self._desk, interview_id)
        except ResourceError as error:
            raise MCPError(INVALID_PARAMS, str(error)) from None
        contents = TextResourceContents(
            uri=f"prepvault://interviews/{interview_id}",
            mime_type="application/json",
            text=told,
        )
        return [UserMessage(EmbeddedResource(type="resource", resource=contents))]
