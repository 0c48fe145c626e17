"""Mail that an assistant sends: only from a server started for it, only where the user allowed it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp_types import CallToolResult

from prepvault.mcp_server.desk import Mode
from tests.assistant import VAULT, ask, fail, fields, server_of, text_of
from tests.conftest import Maker
from tests.mail_server import Box, serving

SENDING = Mode(allows_sending=True)
THANKS = {"interview_id": "int_lumen_1", "talking_points": ["the cutover", "late data"]}


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's own settings: a server on this machine, an address, and one more that is allowed."""
    for name, value in (
        ("MAIL_HOST", "127.0.0.1"),
        ("MAIL_SECURITY", "none"),
        ("PROFILE_EMAIL", "me@example.com"),
        ("PROFILE_NAME", "Ann Lee"),
        ("MCP_SEND_TO", "dana@example.com"),
    ):
        monkeypatch.setenv(f"PREPVAULT_{name}", value)


def ready(make_vault: Maker) -> Path:
    """A vault whose interview names whom to thank, at an address that nobody allowed."""
    named = "role: Data Engineer\ninterviewer: Dana Roe <dana@else.example>\n"
    return make_vault(VAULT.replace("role: Data Engineer\n", named))


def send(
    root: Path, to: str, *, drafted: str = "", between: Callable[[], object] = bool
) -> tuple[dict[str, Any], CallToolResult]:
    """Draft a thank-you and send just that, to the same address or another."""

    async def run() -> tuple[dict[str, Any], CallToolResult]:
        async with Client(server_of(root, SENDING)) as client:
            shown = await client.call_tool(
                "send_thank_you_email", {**THANKS, "recipient_email": drafted or to}
            )
            draft = shown.structured_content or {}
            between()
            given = {"draft_id": draft.get("draft_id") or "none", "recipient_email": to}
            return draft, await client.call_tool("send_email", given)

    return asyncio.run(run())


def test_it_goes_to_whom_the_user_allowed_and_the_note_says_so(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, box = ready(make_vault), Box()
    with serving(box) as port:
        monkeypatch.setenv("PREPVAULT_MAIL_PORT", str(port))
        draft, sent = send(root, "Dana@example.com")
        told = fields(sent)
        assert told["to"] == "Dana@example.com"
        assert told["note"] == "the note says so"
        _, past = send(root, "Dana@example.com")
        assert text_of(past).startswith("nothing was sent: this mail went to Dana@example.com on ")
    assert [mail["To"] for mail in box.mails] == ["Dana@example.com"]
    assert box.mails[0].get_content().split() == draft["body"].split()
    note = (root / "Interviews" / "lumen.md").read_text(encoding="utf-8")
    assert "thank_you Dana@example.com" in note


@pytest.mark.parametrize(
    "address", ["dana@else.example", "evil@example.com", "", "dana@example.com, x@y.example"]
)
def test_it_goes_nowhere_else(address: str, make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    root, box = ready(make_vault), Box()
    with serving(box) as port:
        monkeypatch.setenv("PREPVAULT_MAIL_PORT", str(port))
        for drafted in (address, "dana@example.com"):
            _, said = send(root, address, drafted=drafted)
            assert said.is_error
            assert not address or "may not send" in text_of(said) or "no draft with that" in text_of(said)
    assert box.connections == 0


def test_only_a_draft_that_was_shown_is_sent(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    root, box = ready(make_vault), Box()
    with serving(box) as port:
        monkeypatch.setenv("PREPVAULT_MAIL_PORT", str(port))
        unknown = fail(root, "send_email", SENDING, draft_id="0" * 16, recipient_email="me@example.com")
        assert unknown.startswith("no draft with that `draft_id` was shown here")
        _, other = send(root, "me@example.com", drafted="dana@example.com")
        assert text_of(other).startswith("that draft is to `dana@example.com`, not to `me@example.com`")
        note = root / "Interviews" / "lumen.md"
        _, moved = send(root, "dana@example.com", between=lambda: note.write_bytes(note.read_bytes() + b"x"))
        assert text_of(moved).startswith("`Interviews/lumen.md` has changed since the mail was drafted")
    assert box.connections == 0


def test_a_draft_says_how_it_can_be_sent(make_vault: Maker) -> None:
    root = ready(make_vault)
    asked = {"interview_id": "int_lumen_1", "talking_points": "the cutover, late data"}
    allowed = ask(root, "send_thank_you_email", SENDING, **asked, recipient_email="dana@example.com")
    assert allowed["note"].endswith("`send_email` sends it, once the user agrees.")
    gaps = {"interview_id": "int_lumen_1", "recipient_email": "dana@example.com"}
    assert ask(root, "send_thank_you_email", SENDING, **gaps)["draft_id"] is None
    other = ask(root, "send_thank_you_email", SENDING, **asked)
    assert other["to"] == "dana@else.example"
    assert other["note"].endswith(
        "The user sends it: prepvault email thank_you int_lumen_1 --points 'the cutover' "
        "--points 'late data' --send"
    )
