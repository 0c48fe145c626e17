"""AI assistants: where each keeps its list of MCP servers, and in which form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_EVERYWHERE = ("linux", "darwin", "win32")


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One assistant; `places` are its file by system, from one of the folders of `outside.client_files`.

    `table` is the key that its servers stand under, `more` what each needs beside the command. `packaged` is
    where Windows keeps the file of an app from its store, below `Packages`. One without places takes a
    command.
    """

    name: str
    title: str
    table: str = "mcpServers"
    places: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    packaged: str = ""
    more: tuple[tuple[str, str], ...] = ()


def _at_home(path: str) -> Mapping[str, str]:
    return MappingProxyType(dict.fromkeys(_EVERYWHERE, f"home/{path}"))


def _in_settings(path: str) -> Mapping[str, str]:
    return MappingProxyType(
        {"linux": f"config/{path}", "darwin": f"support/{path}", "win32": f"appdata/{path}"}
    )


_FILE = "Claude/claude_desktop_config.json"

CLIENTS: Mapping[str, Client] = MappingProxyType(
    {
        each.name: each
        for each in (
            Client(
                name="claude",
                title="Claude Desktop",
                places=_in_settings(_FILE),
                packaged=f"Claude_*/LocalCache/Roaming/{_FILE}",
            ),
            Client(name="claude-code", title="Claude Code"),
            Client(
                name="vscode",
                title="VS Code",
                table="servers",
                places=_in_settings("Code/User/mcp.json"),
                more=(("type", "stdio"),),
            ),
            Client(name="cursor", title="Cursor", places=_at_home(".cursor/mcp.json")),
            Client(name="windsurf", title="Windsurf", places=_at_home(".codeium/windsurf/mcp_config.json")),
            Client(
                name="zed",
                title="Zed",
                table="context_servers",
                places=MappingProxyType(
                    {
                        "linux": "config/zed/settings.json",
                        "darwin": "home/.config/zed/settings.json",
                        "win32": "appdata/Zed/settings.json",
                    }
                ),
            ),
        )
    }
)
"""Every assistant that `mcp install` knows."""
