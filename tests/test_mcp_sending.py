"""Mail that an assistant sends: only from a server started for it, only where the user allowed it."""

from pathlib import Path

import pytest

from prepvault.mcp_server.desk import Mode
from tests.assistant import VAULT, ask, fail
from tests.conftest import Maker
from tests.mail_server import Box, serving

SENDING = Mode(allows_sending=True)
THANKS = {"kind": "thank_you", "interview_id": "int_lumen_1", "talking_points": ["the cutover", "late data"]}


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


def test_it_goes_to_whom_the_user_allowed_and_the_note_says_so(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, box = ready(make_vault), Box()
    with serving(box) as port:
        monkeypatch.setenv("PREPVAULT_MAIL_PORT", str(port))
        told = ask(root, "send_email", SENDING, **THANKS, recipient_email="Dana@example.com")
        assert told["to"] == "Dana@example.com"
        assert told["note"] == "the note says so"
        again = fail(root, "send_email", SENDING, **THANKS, recipient_email="Dana@example.com")
        assert again.startswith("nothing was sent: this mail went to Dana@example.com on ")
    assert [mail["To"] for mail in box.mails] == ["Dana@example.com"]
    note = (root / "Interviews" / "lumen.md").read_text(encoding="utf-8")
    assert "thank_you Dana@example.com" in note


@pytest.mark.parametrize(
    "address", ["dana@else.example", "evil@example.com", "", "dana@example.com, x@y.example"]
)
def test_it_goes_nowhere_else(address: str, make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    root, box = ready(make_vault), Box()
    with serving(box) as port:
        monkeypatch.setenv("PREPVAULT_MAIL_PORT", str(port))
        said = fail(root, "send_email", SENDING, **THANKS, recipient_email=address)
    assert said.startswith("an assistant may not send mail to ")
    assert box.connections == 0


def test_a_draft_says_how_it_can_be_sent(make_vault: Maker) -> None:
    root = ready(make_vault)
    asked = {"interview_id": "int_lumen_1", "talking_points": "the cutover, late data"}
    allowed = ask(root, "send_thank_you_email", SENDING, **asked, recipient_email="dana@example.com")
    assert allowed["note"].endswith("`send_email` sends it, once the user agrees.")
    other = ask(root, "send_thank_you_email", SENDING, **asked)
    assert other["to"] == "dana@else.example"
    assert other["note"].endswith("The user sends it: prepvault email thank_you int_lumen_1 --send")
