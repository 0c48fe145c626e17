"""A planted password is looked for after everything that PrepVault does: it is nowhere to be found."""

import asyncio
import os
import shlex
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
from mcp.client import Client

from prepvault.cli.main import cli
from prepvault.mcp_server.desk import Mode
from prepvault.outside import postman
from prepvault.outside.cache import Cache
from prepvault.outside.crash_log import write_crash
from prepvault.outside.feed_address import read_secret
from tests import assistant
from tests.conftest import Maker, Ran
from tests.mail_server import USER, Box, Certificates, make_certificates, mute, serving
from tests.test_serve_command import Running
from tests.watch_daemon import wait_until

CANARY = "QzCanary7hunterX"
"""One word of plain letters, so that no encoding of a page, a log or a mail can break it up."""

BODY = "QzBodyOfANote"
"""Words of a note and of a mail, which no log may hold."""

LATER = {"watch", "serve", "mcp"}
"""What runs until it is told to end: see the tests of processes below."""

OTHER_WORDS = {"open": "open kestrel --print", "init": "init {folder}/new", "demo": "demo {folder}/vault"}
"""Commands whose example would open something, or make a folder elsewhere."""

Run = Callable[..., Ran]


def commands(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command of the command line, with the words that name it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield " ".join((*before, name)), command


def words_of(name: str, command: click.Command, folder: Path) -> list[str]:
    """The command as its own help shows it."""
    example = (command.epilog or "").removeprefix("Example: prepvault ").partition(" > ")[0]
    if name == "completion":
        example = "completion bash"
    example = OTHER_WORDS.get(name, example).format(folder=folder)
    assert example.startswith(name), f"`{name}` has no example of its own"
    words = shlex.split(example)
    return [f"{folder}/out.ics" if word.startswith("~/Cal") else word for word in words]


def found_in(*folders: Path, told: str = "", words: tuple[str, ...] = (CANARY,)) -> list[str]:
    """Where the words stand, plain or as a server hears them: in what was said, in files and their names."""
    sent = [*words, *(word[::-1] for word in words)]
    sent += [b64encode(text.encode()).decode()[:-3] for word in words for text in (word, f"\0{USER}\0{word}")]
    texts = {"what was said": told.encode()}
    for folder in folders:
        for path in folder.rglob("*"):
            held = path.read_bytes() if path.is_file() else b""
            texts[str(path)] = os.fsencode(path) + held
    return [place for place, text in texts.items() if any(word.encode() in text for word in sent)]


def test_what_is_planted_is_found(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"AUTH PLAIN " + b64encode(f"\0{USER}\0{CANARY}".encode()))
    assert found_in(tmp_path) == [str(tmp_path / "log")]
    assert found_in(told=f"wrong password {CANARY}") == ["what was said"]
    assert found_in(told="all is well") == []


REACHES = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.gethostby",
    "subprocess.",
    "os.system",
)
REACHES += ("os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile", "webbrowser.")


@pytest.fixture(scope="module")
def reached() -> list[str]:
    """What Python itself notes of connections and programs from now on; no such note can be switched off."""
    noted: list[str] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(REACHES):
            noted.append(f"{event}{arguments!r}")

    sys.addaudithook(note)
    return noted


@pytest.mark.slow
def test_no_command_lets_a_password_out_or_reaches_beyond_the_machine(
    run: Run, reached: list[str], own_state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command as its help shows it, with a password in the environment; `--verbose`, and JSON."""
    reached.clear()
    monkeypatch.setenv("PREPVAULT_MAIL_PASSWORD", CANARY)
    monkeypatch.setenv("PREPVAULT_MAIL_HOST", "127.0.0.1")
    monkeypatch.setenv("PREPVAULT_MAIL_USER", USER)
    monkeypatch.setenv("PREPVAULT_PROFILE_EMAIL", USER)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    there = dict(commands(cli))
    for name in ("demo", *(each for each in there if each not in {*LATER, "demo"})):
        words = words_of(name, there[name], tmp_path)
        takes_json = any("--json" in parameter.opts for parameter in there[name].params)
        for more in ((), ("--json",)) if takes_json and name not in {"demo", "build"} else ((),):
            ran = run(*words, "--verbose", *more, vault=None if name == "demo" else tmp_path / "vault")
            assert ran.code in {0, 1, 2, 3}, f"{name}: {ran.err}"
            assert found_in(told=ran.out + ran.err) == [], name
            assert reached == [], name
    assert len(there) > 45
    assert found_in(own_state, tmp_path) == []


NOTE = f"""
=== prepvault.toml
[vault]
timezone = "UTC"
id = "v1"
[profile]
name = "Robin Doe"
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-09T08:00:00
interviewer: Dana Roe
status: completed
---
{BODY}
"""
SEND = ("email", "thank_you", "acme", "--points", BODY, "--to", "dana@example.com", "--send", "--verbose")
FAULTS = {
    **dict.fromkeys(
        ("recipient", "sender", "busy", "data", "hang-up", "hang-up-kept", "silent", "repeats"), 3
    ),
    "": 0,
    "wrong password": 3,
    "no starttls": 3,
    "another name": 3,
    "mute": 3,
    "gone": 3,
    "a bug of ours": 70,
}
"""What may happen to a mail, and how the command ends."""


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def hide(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the password into one of the three places where it may lie."""
    if source == "environment":
        monkeypatch.setenv("PREPVAULT_MAIL_PASSWORD", CANARY)
    elif source == "command":
        monkeypatch.setenv("PREPVAULT_MAIL_PASSWORD_COMMAND", f"{tmp_path}/pass show mail")
        (tmp_path / "pass").write_text(f"#!/bin/sh\necho {CANARY[:8]}{chr(39)}{CANARY[8:]}{chr(39)}\n")
        (tmp_path / "pass").chmod(0o700)
    else:
        kept = SimpleNamespace(get_password=lambda service, user: CANARY)
        monkeypatch.setitem(sys.modules, "keyring", kept)
        monkeypatch.setitem(sys.modules, "keyring.errors", SimpleNamespace(KeyringError=ValueError))


@contextmanager
def server_with(fault: str, box: Box, certificates: Certificates) -> Iterator[int]:
    """A server with one fault; its port."""
    if fault in {"mute", "gone"}:
        with mute() as port:
            if fault == "mute":
                yield port
        if fault == "gone":
            yield port
        return
    tls = (
        None
        if fault == "no starttls"
        else certificates.other
        if fault == "another name"
        else certificates.good
    )
    with serving(box, starttls=tls, auth=True) as port:
        yield port


@pytest.mark.parametrize(
    ("fault", "source"),
    [*product(FAULTS, ["environment"]), *product(["", "wrong password", "repeats"], ["command", "keyring"])],
)
def test_no_fault_of_a_mail_server_lets_a_password_out(
    fault: str,
    source: str,
    certificates: Certificates,
    run: Run,
    make_vault: Maker,
    own_state: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hide(source, tmp_path, monkeypatch)
    box = Box(fault=fault, password=CANARY)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    if fault == "wrong password":
        box.password = "another"  # noqa: S105
    if fault == "a bug of ours":
        monkeypatch.setattr(postman, "_address", broken)
    with server_with(fault, box, certificates) as port:
        for name, value in {"HOST": "127.0.0.1", "PORT": str(port), "USER": USER, "TIMEOUT": "1"}.items():
            monkeypatch.setenv(f"PREPVAULT_MAIL_{name}", value)
        monkeypatch.setenv("PREPVAULT_PROFILE_EMAIL", USER)
        ran = run(*SEND, vault=make_vault(NOTE))
    assert ran.code == FAULTS[fault], ran.err
    assert bool(box.logins) is (fault not in {"no starttls", "another name", "mute", "gone"})
    assert found_in(own_state, tmp_path, told=ran.out + ran.err) == []
    logs = [
        path
        for path in own_state.rglob("*")
        if path.name in {"mails", "reminders"} or "crashes" in path.parts
    ]
    assert found_in(told=ran.err, words=(BODY,)) == []
    assert [path for path in logs if path.is_file() and BODY in path.read_text()] == []


def broken(connection: Any, *_: object) -> None:
    """Fail as nobody foresaw, with the password and the mail at hand."""
    held = connection.password
    raise KeyError(len(held))


SOON = """
=== prepvault.toml
[vault]
timezone = "UTC"
id = "v1"
[reminders]
channels = ["desktop", "email"]
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: {at}
created_at: 2026-01-12T14:00:00
status: scheduled
---
{body}
"""
DESKTOP = "#!/bin/sh\ntr '\\0' ' ' < /proc/$$/environ > {0}/env.$$\necho \"$@\" > {0}/words\n"


@pytest.mark.slow
def test_a_server_that_watches_lets_no_password_and_no_token_out(
    certificates: Certificates,
    make_vault: Maker,
    own_state: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One process that serves, coaches, tells by the desktop and is refused by a mail server."""
    soon = datetime.now(UTC) + timedelta(minutes=90)
    root = make_vault(SOON.format(at=f"{soon:%Y-%m-%dT%H:%M:%S}", body=BODY))
    (tmp_path / "notify-send").write_text(DESKTOP.format(tmp_path))
    (tmp_path / "notify-send").chmod(0o700)
    box = Box(fault="repeats", password=CANARY)
    with serving(box, starttls=certificates.good, auth=True) as port:
        for name, value in {
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "USER": USER,
            "TIMEOUT": "5",
            "PASSWORD": CANARY,
        }.items():
            monkeypatch.setenv(f"PREPVAULT_MAIL_{name}", value)
        monkeypatch.setenv("PREPVAULT_PROFILE_EMAIL", USER)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        running = Running(root, "--watch", "--verbose")
        try:
            process = Path(f"/proc/{running.process.pid}/cmdline")
            line = process.read_text() if process.exists() else ""
            secret = running.lines[1][1].rpartition("/")[2].removesuffix(".ics")
            pages = [
                running.ask("GET", path)[1].decode()
                for path in ("/", "/built.js", "/api/interviews", f"/feed/{secret}.ics", f"/x{secret}")
            ]
            token = pages[1].partition('"token": "')[2].partition('"')[0]
            wait_until((tmp_path / "words").exists, "the desktop is told")
            wait_until(lambda: bool(box.logins), "the mail server is asked")
        finally:
            err = running.end()
    assert "/feed/…" in err
    assert "550" in err
    assert found_in(told=err + line, words=(CANARY, BODY, token, secret)) == []
    assert found_in(own_state, tmp_path, told="".join(pages)) == []
    kept = [path for path in own_state.rglob("*") if path.is_file() and "cache" not in path.parts]
    assert [path.name for path in kept if secret in path.read_bytes().decode("latin-1")] == ["feed-address"]
    assert found_in(own_state, tmp_path, words=(token,)) == []


def test_no_tool_of_an_assistant_lets_a_password_out(
    make_vault: Maker, own_state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every tool, called with an id and with what else it may need, by someone who may send mail."""
    monkeypatch.setenv("PREPVAULT_MAIL_PASSWORD", CANARY)
    monkeypatch.setenv("PREPVAULT_MAIL_HOST", "127.0.0.1")
    monkeypatch.setenv("PREPVAULT_MAIL_PORT", "1")
    monkeypatch.setenv("PREPVAULT_MAIL_USER", USER)
    monkeypatch.setenv("PREPVAULT_PROFILE_EMAIL", USER)
    root = make_vault(assistant.VAULT)
    known = {
        "interview_id": "int_kestrel_1",
        "company_name": "Kestrel",
        "query": "kestrel",
        "notes": "more",
        "new_status": "confirmed",
        "interviewer_name": "Dana Roe",
        "scheduled_at": "fri 10:30",
    }

    async def run() -> str:
        async with Client(assistant.server_of(root, Mode(allows_sending=True))) as client:
            tools = (await client.list_tools()).tools
            assert len(tools) == 24
            answers = []
            for tool in tools:
                asked = {name: known[name] for name in tool.input_schema["properties"] if name in known}
                answers.append(await client.call_tool(tool.name, asked))
            draft = await client.call_tool("send_interview_reminder_email", {"interview_id": "int_kestrel_1"})
            wanted = {"draft_id": assistant.fields(draft)["draft_id"], "recipient_email": USER}
            sent = await client.call_tool("send_email", wanted)
            assert "cannot be reached" in assistant.text_of(sent)
            return repr([*answers, draft, sent])

    assert found_in(own_state, tmp_path, told=asyncio.run(run())) == []


def test_what_we_keep_is_nobody_elses_from_its_first_byte(
    run: Run, make_vault: Maker, own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where everything may be made for all, and no permission can be taken away after."""
    monkeypatch.setenv("PREPVAULT_STATE_DIR", str(own_state / "new"))
    monkeypatch.setenv("PREPVAULT_CACHE_DIR", str(own_state / "cached"))
    monkeypatch.setattr(os, "chmod", lambda *_, **__: None)
    before = os.umask(0)
    try:
        root = make_vault(NOTE)
        other = own_state / "home/.cursor/mcp.json"
        other.parent.mkdir(parents=True)
        os.close(os.open(other, os.O_CREAT, 0o600))
        for words in (
            "status acme confirmed",
            "coach",
            "build",
            "remind --due --send",
            "practice",
            "mcp install --client cursor",
        ):
            run(*words.split(), vault=root)
        read_secret(next((own_state / "new/vaults").iterdir()))
        write_crash("crash-1.log", "what happened")
    finally:
        os.umask(before)
    kept = [own_state / "new", *(own_state / "new").rglob("*")]
    assert len(kept) > 8
    assert {path: oct(path.stat().st_mode & 0o777) for path in kept} == {
        path: "0o700" if path.is_dir() else "0o600" for path in kept
    }
    assert {path.stat().st_mode & 0o777 for path in (own_state / "cached").iterdir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in other.parent.iterdir()} == {0o600}


def test_a_cache_that_others_can_write_into_is_not_read(run: Run, make_vault: Maker, own_state: Path) -> None:
    root = make_vault(NOTE)
    assert run("build", vault=root).code == 0
    (folder,) = (path.parent for path in (own_state / "cache").rglob("table"))
    folder.chmod(0o770)
    cache = Cache(folder)
    assert cache.read_table("table") == {}
    assert cache.read_all("early") == {}
    assert run("build", vault=root).code == 0
    assert [path.name for path in folder.iterdir()] == ["used"], "nothing is kept there either"
