"""What a person does first, with a program that was just installed; says what went wrong."""

import json
import os
import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 180
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "release", "version": "1"},
    },
}


@dataclass(frozen=True)
class Step:
    """One command line, the exit code it should have and a pattern that its output should hold."""

    arguments: tuple[str, ...]
    pattern: str
    code: int = 0


@dataclass(frozen=True)
class Guest:
    """One installation: how it is started, where it may write, what it should have."""

    program: Sequence[str]
    home: Path
    extras: frozenset[str]
    version: str
    adding: str = "pip install"

    def line_for(self, extra: str) -> str:
        """The pattern of the hint that adds an extra which is missing."""
        return rf"hint: {self.adding} 'prepvault\[{extra}\]'"

    @property
    def environment(self) -> Mapping[str, str]:
        """Nothing of the machine's own installation and settings, and a home of its own."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "PREPVAULT", "VIRTUAL_ENV", "XDG_"))
        }
        return {**kept, "HOME": str(self.home), "PYTHONWARNINGS": "default", "TZ": "Europe/Berlin"}


STEPS = (
    Step(("init", "vault"), "prepvault"),
    Step(
        (
            "--vault=vault",
            "schedule",
            "--company=Acme",
            "--role=Engineer",
            "--type=technical",
            "--at=2031-05-06T14:00",
            "--timezone=Europe/Berlin",
        ),
        "int_acme_",
    ),
    Step(("--vault=vault", "upcoming", "--days=3650"), "Acme"),
    Step(("--vault=vault", "coach"), "1 "),
    Step(("--vault=vault", "check", "--strict"), "0 errors|no findings|nothing"),
    Step(("--vault=vault", "build", "--strict"), "written"),
    Step(("--vault=vault", "feed", "-o", "feed.ics"), ""),
    Step(("--vault=vault", "feed", "--doctor"), "Google|Apple|Outlook"),
    Step(("--vault=vault", "doctor"), "vault"),
    Step(("demo", "demo"), "demo"),
    Step(("--vault=demo", "build"), "unchanged|written|nothing"),
    Step(("completion", "bash"), "_PREPVAULT_COMPLETE"),
)


def tour(guest: Guest) -> list[str]:
    """Everything that went otherwise than a person may expect."""
    guest.home.mkdir(parents=True, exist_ok=True)
    steps = (Step(("--version",), rf"^prepvault {re.escape(guest.version)}$"), *STEPS)
    faults = [fault for step in steps for fault in _faults(guest, step)]
    return [*faults, *_missing(guest.home), *_serve(guest), *_mcp(guest)]


def _faults(guest: Guest, step: Step) -> Iterator[str]:
    shown = f"`{' '.join(step.arguments)}`"
    try:
        ran = subprocess.run(
            [*guest.program, *step.arguments],
            cwd=guest.home,
            env=guest.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        yield f"{shown} did not end in {PATIENCE} seconds"
        return
    said = ran.stdout + ran.stderr
    if ran.returncode != step.code:
        yield f"{shown} ended with {ran.returncode}: {said[-400:]}"
    elif not re.search(step.pattern, said, re.MULTILINE):
        yield f"{shown} said nothing like `{step.pattern}`: {said[-400:]}"
    if "Warning" in ran.stderr:
        yield f"{shown} warned: {ran.stderr[-400:]}"


def _missing(home: Path) -> Iterator[str]:
    for name in ("vault/site/index.html", "vault/site/interviews.ics", "feed.ics", "demo/site/index.html"):
        if not (home / name).is_file():
            yield f"`{name}` was not written"


def _serve(guest: Guest) -> Iterator[str]:
    command = ("--vault=vault", "serve", "--port=0", "--json")
    if not guest.extras:  # what assistants need holds all that the server does
        yield from _faults(guest, Step(command, guest.line_for("serve"), 3))
        return
    with _started(guest, command) as child:
        line = child.stdout.readline() if child.stdout else ""
        try:
            address = json.loads(line)["address"]
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - an address of ours
                if b"Acme" not in answer.read():
                    yield "the served dashboard does not name the interview"
        except (ValueError, KeyError, OSError) as error:
            yield f"`serve` was not to be reached ({error}): {line}"
        child.send_signal(signal.SIGINT)
        if child.wait(PATIENCE) not in (0, 130):
            yield f"`serve` ended with {child.returncode}"


def _mcp(guest: Guest) -> Iterator[str]:
    command = ("--vault=vault", "mcp")
    if "mcp" not in guest.extras:
        yield from _faults(guest, Step(command, guest.line_for("mcp"), 3))
        return
    with _started(guest, command) as child:
        if child.stdin is None or child.stdout is None:
            return
        child.stdin.write(json.dumps(HELLO) + "\n")
        child.stdin.flush()
        answer = child.stdout.readline()
        if '"prepvault"' not in answer.lower():
            yield f"`mcp` answered `{answer}`"
        child.stdin.close()
        if child.wait(PATIENCE) != 0:
            yield f"`mcp` ended with {child.returncode}"


def _started(guest: Guest, arguments: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*guest.program, *arguments],
        cwd=guest.home,
        env=guest.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
