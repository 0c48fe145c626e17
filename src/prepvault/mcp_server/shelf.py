"""Every tool with its title and what it may do: the table that clients and the docs are told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from mcp.server.mcpserver.tools import Tool
from mcp_types import ToolAnnotations

from prepvault.mcp_server.desk import Desk
from prepvault.mcp_server.tools_changes import Changes
from prepvault.mcp_server.tools_coaching import Coaching
from prepvault.mcp_server.tools_mails import Mails
from prepvault.mcp_server.tools_reading import Reading


class Kind(Enum):
    """What a tool may do: look, add, set to what it may be already, change, send."""

    LOOK = ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    ADD = ToolAnnotations(
        read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=False
    )
    SET = ToolAnnotations(
        read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    CHANGE = ToolAnnotations(
        read_only_hint=False, destructive_hint=True, idempotent_hint=False, open_world_hint=False
    )
    SEND = ToolAnnotations(
        read_only_hint=False, destructive_hint=True, idempotent_hint=False, open_world_hint=True
    )


@dataclass(frozen=True, slots=True)
class Shelved:
    """One tool."""

    function: Callable[..., Any]
    title: str
    kind: Kind


def shelve(desk: Desk) -> Iterator[Shelved]:
    """Every tool: the original system's eleven in its order, then what its lifecycle lacked."""
    reading, changes, coaching, mails = Reading(desk), Changes(desk), Coaching(desk), Mails(desk)
    yield Shelved(changes.schedule_interview, "Schedule an interview", Kind.ADD)
    yield Shelved(reading.get_upcoming_interviews, "Upcoming interviews", Kind.LOOK)
    yield Shelved(coaching.get_interview_prep_materials, "Preparation materials", Kind.LOOK)
    yield Shelved(coaching.get_company_research_template, "Company research template", Kind.LOOK)
    yield Shelved(coaching.generate_elevator_pitch, "Elevator pitch", Kind.LOOK)
    yield Shelved(mails.send_interview_reminder_email, "Draft a reminder mail", Kind.LOOK)
    yield Shelved(mails.send_thank_you_email, "Draft a thank-you mail", Kind.LOOK)
    yield Shelved(changes.update_interview_status, "Update an interview's status", Kind.CHANGE)
    yield Shelved(reading.get_interview_statistics, "Statistics", Kind.LOOK)
    yield Shelved(changes.save_interview_prep_notes, "Save prep notes", Kind.ADD)
    yield Shelved(changes.mark_interview_prep_complete, "Mark preparation complete", Kind.SET)
    yield Shelved(reading.list_interviews, "List interviews", Kind.LOOK)
    yield Shelved(reading.get_interview, "Show an interview", Kind.LOOK)
    yield Shelved(reading.search_interviews, "Search interviews", Kind.LOOK)
    yield Shelved(changes.reschedule_interview, "Reschedule an interview", Kind.CHANGE)
    yield Shelved(changes.cancel_interview, "Cancel an interview", Kind.CHANGE)
    yield Shelved(mails.send_follow_up_email, "Draft a follow-up mail", Kind.LOOK)
    yield Shelved(mails.send_status_update_email, "Draft a status update", Kind.LOOK)
    yield Shelved(reading.get_pending_reminders, "Pending reminders", Kind.LOOK)
    yield Shelved(reading.check_vault, "Check the vault", Kind.LOOK)
    yield Shelved(coaching.build_site, "Build dashboard and calendar", Kind.SET)
    yield Shelved(coaching.match_stories, "Match stories to an interview", Kind.LOOK)
    yield Shelved(changes.undo_last_write, "Undo the last write", Kind.CHANGE)
    yield Shelved(mails.send_email, "Send a mail", Kind.SEND)


def listed_tools(desk: Desk) -> list[Tool]:
    """Make the tools that this server has: without those that write where it only reads."""
    mode = desk.mode
    return [
        _made(each)
        for each in shelve(desk)
        if (each.kind is Kind.LOOK or not mode.is_read_only)
        and (each.kind is not Kind.SEND or mode.allows_sending)
    ]


def _made(shelved: Shelved) -> Tool:
    """Make one tool; its schemas are without titles, which repeat each name, and take no other argument."""
    about = " ".join((shelved.function.__doc__ or "").split())
    annotations = shelved.kind.value.model_copy(update={"title": shelved.title})
    tool = Tool.from_function(
        shelved.function,
        title=shelved.title,
        description=about,
        annotations=annotations,
        structured_output=True,
    )
    tool.parameters = {**_untitled(tool.parameters), "additionalProperties": False}
    metadata = tool.fn_metadata
    metadata.output_schema = _untitled(metadata.output_schema or {})
    return tool


def _untitled(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave out the titles that pydantic makes of names; a property may itself be called `title`."""
    return {
        name: _inner(value, is_names=name in {"properties", "$defs"})
        for name, value in schema.items()
        if name != "title"
    }


def _inner(value: Any, *, is_names: bool) -> Any:
    if isinstance(value, dict):
        return (
            {name: _inner(each, is_names=False) for name, each in value.items()}
            if is_names
            else _untitled(value)
        )
    return [_inner(each, is_names=False) for each in value] if isinstance(value, list) else value
