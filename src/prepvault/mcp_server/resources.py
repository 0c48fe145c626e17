"""What clients can read without a tool: the day, where the vault stands, findings, one interview."""

import json
from collections.abc import Callable
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError

from prepvault.errors import PrepVaultError, UnknownError
from prepvault.jobs.answers import (
    bounded,
    finding_answer,
    note_text,
    overview_answer,
    page,
    shown_answer,
    statistics_answer,
)
from prepvault.jobs.assistant_texts import plain_record
from prepvault.jobs.check import check
from prepvault.jobs.listing import show, upcoming
from prepvault.jobs.stats import count
from prepvault.jobs.today import today, today_record
from prepvault.mcp_server.desk import Desk, pick
from prepvault.mcp_server.faults import told

_JSON = "application/json"
_DAYS = 14
_WHOLE_TEXT = 32_768


def add_resources(server: MCPServer[Any], desk: Desk) -> None:
    """Offer them to clients."""
    shelf = Resources(desk)
    server.resource(
        "prepvault://today",
        name="today",
        title="Today",
        description="What to do now: the day card of what is next, what is due, what is owed.",
        mime_type=_JSON,
    )(shelf.today)
    server.resource(
        "prepvault://dashboard",
        name="dashboard",
        title="Dashboard",
        description="Where the vault stands: figures, the next two weeks, how many notes need a look.",
        mime_type=_JSON,
    )(shelf.dashboard)
    server.resource(
        "prepvault://findings",
        name="findings",
        title="Findings",
        description="What is wrong or doubtful in the notes, and how to mend it.",
        mime_type=_JSON,
    )(shelf.findings)
    server.resource(
        "prepvault://interviews/{interview_id}",
        name="interview",
        title="One interview",
        description="Facts, standing, checklist and the user's own text of one interview, as data.",
        mime_type=_JSON,
    )(shelf.interview)


class Resources:
    """Each answers with JSON."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def today(self) -> str:
        """Tell the day."""
        return self._told(lambda: today_record(today(*self._desk.read())))

    def dashboard(self) -> str:
        """Tell where the vault stands."""

        def tell() -> dict[str, Any]:
            context, vault = self._desk.read()
            overview = overview_answer(context, vault, upcoming(context, vault, _DAYS))
            return {**overview, "statistics": statistics_answer(count(context, vault))}

        return self._told(tell)

    def findings(self) -> str:
        """Tell what is wrong, as much as fits."""

        def tell() -> dict[str, Any]:
            context, vault = self._desk.read()
            found = check(context, vault=vault).findings
            return page("findings", found, finding_answer, offset=0, limit=100)

        return self._told(tell)

    def interview(self, interview_id: str) -> str:
        """Tell about one interview, with up to 32 KiB of its text."""
        return interview_json(self._desk, interview_id)

    def _told(self, tell: Callable[[], dict[str, Any]]) -> str:
        return _told(self._desk, lambda: bounded(tell()))


def interview_json(desk: Desk, interview_id: str) -> str:
    """Tell about one interview as the resource does; prompts carry it with them."""

    def tell() -> dict[str, Any]:
        context, vault = desk.read()
        found = pick(vault, interview_id)
        note = vault.notes.get(found.path)
        text = note_text(note, most=_WHOLE_TEXT) if note else None
        return {**bounded(shown_answer(show(context, vault, found))), "note_text": text}

    return _told(desk, tell)


def _told(desk: Desk, tell: Callable[[], dict[str, Any]]) -> str:
    try:
        return json.dumps(plain_record(tell()), ensure_ascii=False)
    except UnknownError as error:
        raise ResourceNotFoundError(told(error, desk.root)) from None
    except PrepVaultError as error:
        raise ResourceError(told(error, desk.root)) from None
