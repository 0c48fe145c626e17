"""What clients rely on: names, arguments, results and hints of every tool, frozen in a golden file."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped,unused-ignore]
from mcp.client import Client

from prepvault.mcp_server.desk import Desk, Mode
from prepvault.mcp_server.shelf import shelve
from prepvault.model.assistants import CLIENTS
from tests.assistant import server_of
from tests.conftest import Maker

GOLDEN = Path(__file__).parent / "data" / "mcp_tools.json"
GUIDE = Path(__file__).parents[1] / "docs" / "assistants.md"

ORIGINAL = {
    "schedule_interview": (
        *("job_id", "company", "role", "interview_type"),
        *("scheduled_at", "interviewer", "location", "notes"),
    ),
    "get_upcoming_interviews": ("days",),
    "get_interview_prep_materials": ("job_id", "interview_type", "role_family"),
    "get_company_research_template": ("company",),
    "generate_elevator_pitch": ("name", "current_role", "key_achievements", "goal"),
    "send_interview_reminder_email": (
        *("company", "role", "interview_type", "scheduled_at"),
        *("interviewer", "location"),
    ),
    "send_thank_you_email": ("company", "role", "interviewer_name", "interview_date", "talking_points"),
    "update_interview_status": ("interview_id", "new_status", "feedback", "notes"),
    "get_interview_statistics": (),
    "save_interview_prep_notes": ("interview_id", "notes"),
    "mark_interview_prep_complete": ("interview_id",),
}
"""The tools of the original system with their arguments, in its order."""

MORE = (
    *("list_interviews", "get_interview", "search_interviews", "reschedule_interview", "cancel_interview"),
    *("send_follow_up_email", "send_status_update_email", "get_pending_reminders", "check_vault"),
    *("build_site", "match_stories", "undo_last_write"),
)

HINTS = {"readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"}


def listed(root: Path, mode: Mode | None = None) -> list[dict[str, Any]]:
    """What `tools/list` says."""

    async def run() -> list[dict[str, Any]]:
        async with Client(server_of(root, mode)) as client:
            tools = (await client.list_tools()).tools
            return [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in tools]

    return asyncio.run(run())


def test_the_list_of_tools_is_what_clients_know(make_vault: Maker) -> None:
    tools = listed(make_vault(""), Mode(allows_sending=True))
    text = json.dumps(tools, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("PREPVAULT_UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == text, "run `make golden` and read the diff"


def test_the_original_tools_come_first_with_their_arguments(make_vault: Maker) -> None:
    tools = {tool["name"]: tool for tool in listed(make_vault(""))}
    assert tuple(tools) == (*ORIGINAL, *MORE)
    for name, arguments in ORIGINAL.items():
        properties = tuple(tools[name]["inputSchema"]["properties"])
        assert properties[: len(arguments)] == arguments
        needed = set(tools[name]["inputSchema"].get("required", ()))
        assert needed <= set(arguments), "what is new is optional"


@pytest.mark.parametrize("mode", [Mode(allows_sending=True), Mode(is_read_only=True)], ids=["all", "reading"])
def test_every_tool_says_what_it_may_do(make_vault: Maker, mode: Mode) -> None:
    for tool in listed(make_vault(""), mode):
        assert {*tool["annotations"]} == {"title", *HINTS}
        assert tool["title"] == tool["annotations"]["title"]
        assert 20 < len(tool["description"]) < 400
        for schema in (tool["inputSchema"], tool["outputSchema"]):
            Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object"
            assert schema["additionalProperties"] is False
        for name, argument in tool["inputSchema"]["properties"].items():
            assert argument.get("description"), f"{tool['name']} does not say what {name} is"
        assert tool["annotations"]["openWorldHint"] == (tool["name"] == "send_email")
        if tool["annotations"]["readOnlyHint"]:
            assert not tool["annotations"]["destructiveHint"]


def test_what_writes_to_an_interview_can_be_previewed_and_guarded(make_vault: Maker) -> None:
    for tool in listed(make_vault("")):
        if not tool["annotations"]["readOnlyHint"] and tool["name"] not in {"build_site", "undo_last_write"}:
            properties = tool["inputSchema"]["properties"]
            is_new = tool["name"] == "schedule_interview"
            assert "preview" in properties
            assert is_new or "expected_version" in properties
            cautious = tool["name"] in {"reschedule_interview", "cancel_interview"}
            assert properties["preview"]["default"] is cautious


MAY = {"LOOK": "reads", "ADD": "adds", "SET": "sets", "CHANGE": "changes", "SEND": "sends"}


def test_the_guide_lists_every_tool(make_vault: Maker) -> None:
    rows = ["| tool | what it does | it |", "|---|---|---|"]
    for each in shelve(Desk(make_vault(""))):
        does = " ".join((each.function.__doc__ or "").split("\n\n")[0].split())
        rows.append(f"| `{each.function.__name__}` | {does} | {MAY[each.kind.name]} |")
    guide = GUIDE.read_text(encoding="utf-8")
    before, _, rest = guide.partition("<!-- tools -->\n")
    wanted = (
        f"{before}<!-- tools -->\n"
        + "\n".join(rows)
        + f"\n<!-- /tools -->{rest.partition('<!-- /tools -->')[2]}"
    )
    if os.environ.get("PREPVAULT_UPDATE_GOLDEN"):
        GUIDE.write_text(wanted, encoding="utf-8")
    assert GUIDE.read_text(encoding="utf-8") == wanted, "run `make golden` and read the diff"


def test_the_guide_names_every_assistant() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert all(f"| {each.title} | `{each.name}` |" in guide for each in CLIENTS.values())
