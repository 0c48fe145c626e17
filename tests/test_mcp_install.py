"""Telling an assistant where the server is: its own settings with one more entry, all else as it was."""

import json
import shlex
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from prepvault.jobs.extras import how_to_add
from prepvault.model.assistants import CLIENTS
from prepvault.outside.client_files import find_client_file
from prepvault.render.client_config import find_server, with_server, without_server
from tests.conftest import Maker, Ran

Run = Callable[..., Ran]

ENTRY = {"command": "/py", "args": ["mcp"]}


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home folder on Linux, with nothing in it."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("PREPVAULT_STATE_DIR", "PREPVAULT_CACHE_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name)
    return folder


def install(run: Run, root: Path, client: str, *more: str) -> Ran:
    return run("mcp", "install", "--client", client, *more, vault=root, now=None)


@pytest.mark.parametrize("client", [name for name, each in CLIENTS.items() if each.places])
def test_a_file_is_made_where_there_is_none(client: str, make_vault: Maker, run: Run, home: Path) -> None:
    root = make_vault("")
    assert install(run, root, client).code == 0
    path = find_client_file(CLIENTS[client], "linux")
    assert path is not None
    assert home in path.parents
    entry = json.loads(path.read_text(encoding="utf-8"))[CLIENTS[client].table]["prepvault"]
    assert Path(entry["command"]).is_absolute()
    assert entry["args"] == ["-P", "-m", "prepvault", "--vault", str(root), "mcp"]
    again = install(run, root, client)
    assert again.err.startswith("nothing to change in ")
    assert not list(path.parent.glob("*.before-prepvault"))


def test_everything_else_stays_and_is_kept_beside(make_vault: Maker, run: Run, home: Path) -> None:
    root = make_vault("")
    path = home / ".config" / "Claude" / "claude_desktop_config.json"
    path.parent.mkdir(parents=True)
    before = (
        '{\n    "theme": "dünkel",\n    "mcpServers": {\n        "other": {\n            "command": "x"\n'
    )
    before += '        }\n    },\n    "zoom": 1.0\n}'
    path.write_text(before, encoding="utf-8")
    path.chmod(0o600)
    ran = install(run, root, "claude", "--read-only", "--name", "interviews")
    after = path.read_text(encoding="utf-8")
    content = json.loads(after)
    assert [*content] == ["theme", "mcpServers", "zoom"]
    assert content["mcpServers"]["other"] == {"command": "x"}
    assert content["mcpServers"]["interviews"]["args"][-2:] == ["mcp", "--read-only"]
    assert after.startswith('{\n    "theme": "dünkel",\n')
    assert after.endswith('"zoom": 1.0\n}')
    kept = path.with_name("claude_desktop_config.json.before-prepvault")
    assert kept.read_text(encoding="utf-8") == before
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path, kept)] == [0o600, 0o600]
    assert ran.err.splitlines() == [
        f"wrote {path}",
        f"what it was is kept in {kept}",
        "quit Claude Desktop and start it again",
    ]
    gone = run("mcp", "uninstall", "--client", "claude", "--name", "interviews", now=None)
    assert gone.code == 0
    assert path.read_text(encoding="utf-8") == before


def test_a_dry_run_shows_and_writes_nothing(make_vault: Maker, run: Run, home: Path) -> None:
    root = make_vault("")
    ran = install(run, root, "cursor", "--dry-run")
    shown = json.loads(ran.out)
    assert shown["mcpServers"]["prepvault"]["args"][-1] == "mcp"
    assert ran.err == f"would write {home / '.cursor' / 'mcp.json'}\n"
    assert not (home / ".cursor").exists()
    told = json.loads(install(run, root, "cursor", "--dry-run", "--json").out)
    assert (told["kind"], told["written"], told["server"]) == ("mcp-client", False, "prepvault")


@pytest.mark.parametrize(
    "text",
    [
        '{\n  // my servers\n  "servers": {}\n}\n',
        '{"servers": {},}',
        '{"servers": {"a": {}, "a": {"command": "x"}}}',
        '{"servers": []}',
        "[1]",
        "{",
    ],
    ids=["comment", "comma", "twice", "list", "array", "torn"],
)
def test_what_could_lose_something_is_left_to_the_user(
    text: str, make_vault: Maker, run: Run, home: Path
) -> None:
    root = make_vault("")
    path = home / ".config" / "Code" / "User" / "mcp.json"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    ran = install(run, root, "vscode")
    assert ran.code == 1
    assert ran.err.startswith(
        f"error: `{path}` holds comments or is no plain JSON, so it was left as it is\n"
    )
    assert json.loads(ran.out)["servers"]["prepvault"]["type"] == "stdio"
    assert [each.name for each in path.parent.iterdir()] == ["mcp.json"]
    assert path.read_text(encoding="utf-8") == text


def test_another_vault_needs_another_name(make_vault: Maker, run: Run, home: Path, tmp_path: Path) -> None:
    root = make_vault("")
    other = tmp_path / "other"
    other.mkdir()
    (other / "prepvault.toml").write_text("", encoding="utf-8")
    install(run, root, "windsurf")
    ran = install(run, other, "windsurf")
    assert ran.code == 1
    assert "has a server `prepvault` that is not this vault's" in ran.err
    assert install(run, other, "windsurf", "--name", "second").code == 0
    path = home / ".codeium" / "windsurf" / "mcp_config.json"
    assert [*json.loads(path.read_text(encoding="utf-8"))["mcpServers"]] == ["prepvault", "second"]


def test_claude_code_is_told_by_its_own_command(make_vault: Maker, run: Run, home: Path) -> None:
    root = make_vault("")
    words = shlex.split(install(run, root, "claude-code", "--allow-send").out)
    assert words[:8] == ["claude", "mcp", "add", "--scope", "user", "prepvault", "--", sys.executable]
    assert words[8:] == ["-P", "-m", "prepvault", "--vault", str(root), "mcp", "--allow-send"]
    gone = run("mcp", "uninstall", "--client", "claude-code", now=None)
    assert gone.out == "claude mcp remove prepvault\n"
    assert not any(home.iterdir())


def test_where_each_system_keeps_its_files(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    roaming, local = home / "Roaming", home / "Local"
    monkeypatch.setenv("APPDATA", str(roaming))
    monkeypatch.setenv("LOCALAPPDATA", str(local))
    name = "claude_desktop_config.json"
    claude = CLIENTS["claude"]
    support = home / "Library" / "Application Support" / "Claude" / name
    assert find_client_file(claude, "darwin") == support
    assert find_client_file(claude, "win32") == roaming / "Claude" / name
    packaged = local / "Packages" / "Claude_pzs8" / "LocalCache" / "Roaming" / "Claude"
    packaged.mkdir(parents=True)
    assert find_client_file(claude, "win32") == packaged / name
    assert find_client_file(CLIENTS["cursor"], "win32") == home / ".cursor" / "mcp.json"
    assert find_client_file(CLIENTS["claude-code"], "linux") is None


def test_the_entry_keeps_where_state_lies(
    make_vault: Maker, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREPVAULT_STATE_DIR", str(home / "state"))
    shown = json.loads(install(run, make_vault(""), "zed", "--dry-run").out)
    assert shown["context_servers"]["prepvault"]["env"] == {"PREPVAULT_STATE_DIR": str(home / "state")}


def test_taking_out_what_is_not_there_changes_nothing() -> None:
    text = '{"mcpServers": {"a": {}}}\n'
    assert without_server(text, "mcpServers", "b") == text
    assert without_server("{}", "mcpServers", "b") == "{}"
    assert without_server("// x", "mcpServers", "b") is None
    made = with_server("", "servers", "a", ENTRY)
    assert made == json.dumps({"servers": {"a": ENTRY}}, indent=2) + "\n"
    assert find_server(made, "servers", "a") == ENTRY
    assert find_server("{", "servers", "a") is None
    windows = with_server('{\r\n\t"a": 1\r\n}\r\n', "servers", "a", ENTRY) or ""
    assert windows.startswith('{\r\n\t"a": 1,\r\n\t"servers"')
    assert windows.count("\n") == windows.count("\r\n")


def test_without_the_extra_one_line_says_what_to_install(
    make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prepvault.cli.mcp.find_spec", lambda _: None)
    for words in (("mcp",), ("mcp", "install", "--client", "claude")):
        ran = run(*words, vault=make_vault(""))
        assert ran.code == 3
        assert ran.out == ""
        assert ran.err == (
            "error: assistants need the `mcp` extra, which is not installed\n"
            "  hint: pip install 'prepvault[mcp]'\n"
        )


@pytest.mark.parametrize(
    ("mark", "line"),
    [
        ("pipx_metadata.json", "pipx runpip prepvault install 'prepvault[mcp]'"),
        ("uv-receipt.toml", "uv pip install --python {folder} 'prepvault[mcp]'"),
        ("other.txt", "pip install 'prepvault[mcp]'"),
    ],
)
def test_the_line_that_adds_an_extra_fits_the_installation(
    mark: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "prepvault"
    folder.mkdir()
    (folder / mark).touch()
    monkeypatch.setattr("sys.prefix", str(folder))
    assert how_to_add("mcp") == line.format(folder=folder)


def test_clients_to_choose_from_are_told_in_one_line(run: Run, make_vault: Maker) -> None:
    ran = run("mcp", "install", vault=make_vault(""))
    assert ran.err.startswith("error: missing option `--client`. Choose from: claude, claude-code, vscode")


def test_the_server_does_not_start_without_a_vault(run: Run, tmp_path: Path) -> None:
    ran = run("mcp", vault=tmp_path / "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert "no folder" in ran.err
    before = run("mcp", "--read-only", "install", "--client", "cursor", vault=tmp_path)
    assert (before.code, before.out) == (2, "")
    assert "put it behind" in before.err
    both = run("mcp", "--read-only", "--allow-send", vault=tmp_path)
    assert (both.code, both.err.splitlines()[0]) == (2, "error: `--read-only` sends nothing")


def test_what_is_not_ours_is_not_taken_out(run: Run, home: Path) -> None:
    path = home / ".cursor" / "mcp.json"
    path.parent.mkdir()
    path.write_text('{"mcpServers": {"prepvault": {"command": "npx", "args": ["other"]}}}', encoding="utf-8")
    before = path.read_bytes()
    ran = run("mcp", "uninstall", "--client", "cursor", now=None)
    assert ran.code == 1
    assert "has a server `prepvault` that is not PrepVault" in ran.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["", " ", "-x", "my second", "a\nb", "ü"])
def test_a_name_is_one_that_every_assistant_takes(name: str, make_vault: Maker, run: Run, home: Path) -> None:
    ran = install(run, make_vault(""), "claude-code", "--name", name)
    assert (ran.code, ran.out) == (2, "")
    assert "a server's name has letters, digits" in ran.err


def test_a_file_that_something_else_writes_is_left(make_vault: Maker, run: Run, home: Path) -> None:
    path = home / ".cursor" / "mcp.json"
    path.parent.mkdir()
    path.write_text("{}", encoding="utf-8")
    path.chmod(0o444)
    ran = install(run, make_vault(""), "cursor")
    assert ran.code == 3
    assert ran.err == f"error: `{path}` is read-only\n  hint: `--dry-run` shows what belongs into it\n"
    assert path.read_text(encoding="utf-8") == "{}"
    assert [each.name for each in path.parent.iterdir()] == ["mcp.json"]


def test_a_link_to_itself_is_told(make_vault: Maker, run: Run, home: Path) -> None:
    path = home / ".cursor" / "mcp.json"
    path.parent.mkdir()
    path.symlink_to("mcp.json")
    ran = install(run, make_vault(""), "cursor")
    if sys.version_info < (3, 13):
        assert ran.code == 3
        assert ran.err.startswith(f"error: `{path}` cannot be written: ")


def test_an_assistant_has_to_be_named(make_vault: Maker, run: Run) -> None:
    ran = run("mcp", "install", vault=make_vault(""), now=None)
    assert ran.code == 2
    assert ran.err.splitlines()[0] == (
        "error: missing option `--client`. Choose from: claude, claude-code, vscode, cursor, windsurf, zed"
    )
