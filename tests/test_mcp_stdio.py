"""The server as assistants start it: a process that speaks on its standard streams, in both eras."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import pytest
from mcp import StdioServerParameters
from mcp.client import Client

from tests.assistant import VAULT, fields
from tests.browser.conftest import find_node_module, skip_or_fail
from tests.conftest import NOW, Maker

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
LAUNCHER = "@modelcontextprotocol/inspector/clients/launcher/build/index.js"


def command(root: Path, *flags: str) -> list[str]:
    """How the server of a vault is started."""
    return ["-P", "-m", "prepvault", "--vault", str(root), "--now", NOW.isoformat(), "mcp", *flags]


def variables() -> dict[str, str]:
    """What the server has to know of this test; assistants pass on little."""
    ours = {
        name: value for name, value in os.environ.items() if name.startswith(("PREPVAULT_", "HOME", "TZ"))
    }
    return {**ours, "PYTHONPATH": str(ROOT / "src")}


@pytest.mark.parametrize("era", ["auto", "legacy"])
def test_a_process_speaks_both_eras(
    era: Literal["auto", "legacy"], make_vault: Maker, capfd: pytest.CaptureFixture[str]
) -> None:
    root = make_vault(VAULT)
    server = StdioServerParameters(command=sys.executable, args=command(root), env=variables(), cwd="/")

    async def run() -> None:
        async with Client(server, mode=era) as client:
            assert len((await client.list_tools()).tools) == 23
            done = await client.call_tool(
                "update_interview_status", {"interview_id": "int_kestrel_1", "new_status": "completed"}
            )
            assert fields(done)["written"] is True
            assert (await client.call_tool("get_interview", {"interview_id": "nope"})).is_error

    asyncio.run(run())
    assert "status: completed" in (root / "Interviews" / "kestrel.md").read_text(encoding="utf-8")
    assert capfd.readouterr().err == "", "what a note says is in no log of the assistant"


def test_ctrl_c_ends_it_though_nobody_typed(make_vault: Maker) -> None:
    words = [sys.executable, *command(make_vault(VAULT))]
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    asked = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello})
    pipe = subprocess.PIPE
    with subprocess.Popen(
        words, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env={**os.environ, **variables()}
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(f"no JSON\n{asked}\n")
        server.stdin.flush()
        assert json.loads(server.stdout.readline())["result"]["serverInfo"]["name"] == "prepvault"
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == -signal.SIGINT


def test_the_inspector_finds_nothing_that_clients_could_not_read(make_vault: Maker) -> None:
    node = shutil.which("node")
    if node is None:
        skip_or_fail("no node is installed for the MCP inspector")
    launcher = find_node_module(LAUNCHER, "PREPVAULT_INSPECTOR")
    root = make_vault(VAULT)

    def inspect(*wish: str) -> Any:
        passed = [part for name, value in variables().items() for part in ("-e", f"{name}={value}")]
        words = [str(node), str(launcher), "--cli", *passed, sys.executable, *command(root, "--read-only")]
        ran = subprocess.run([*words, *wish], capture_output=True, text=True, check=False, timeout=60)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    assert len(inspect("--method", "tools/list", "--strict")["tools"]) == 15
    called = inspect(
        *("--protocol-era", "modern", "--method", "tools/call"),
        *("--tool-name", "get_upcoming_interviews", "--tool-arg", "days=7"),
    )
    assert called["structuredContent"]["interviews"][0]["id"] == "int_kestrel_1"
