"""The command line's promises: exit codes, streams, JSON envelopes, colour, hostile notes, broken pipes."""

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from prepvault.cli import report
from prepvault.cli.main import COMMANDS, LazyGroup, cli
from prepvault.errors import OutsideError
from tests.conftest import NOW, Maker, Ran

Run = Callable[..., Ran]

ACME = """
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
status: scheduled
created_at: 2026-01-12T14:00:00
---
"""

HOSTILE = "Ev\x1b[31mil\x1b]0;title\x07\x9b31m\u202eCo\u200b\u2066\x7f\x08\r"
"""Colour, a window title, an 8-bit control, a direction override, zero width, delete, backspace, return."""

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def hostile_vault(make_vault: Maker) -> Path:
    quoted = json.dumps(HOSTILE)
    return make_vault(
        f"""
=== Interviews/evil.md
---
id: int_evil_1
company: {quoted}
role: {quoted}
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
interviewer: {quoted}
location: {quoted}
feedback: {quoted}
notes: {quoted}
status: {quoted}
outcome: {quoted}
timezone: {quoted}
---
body
=== Interviews/evil2.md
---
id: int_evil_2
company: {quoted}
role: {quoted}
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
interviewer: {quoted}
location: {quoted}
feedback: {quoted}
notes: {quoted}
created_at: 2026-01-12T14:00:00
---
body
"""
    )


def child(*arguments: str, cwd: Path, **extra: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "prepvault", "--now", NOW.isoformat(), *arguments],
        cwd=cwd,
        stdout=extra.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        **extra,
    )


# Exit codes -----------------------------------------------------------------------------------------------


def test_version_is_said_without_click(run: Run) -> None:
    ran = run("--version", now=None)
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(r"prepvault \d+\.\d+.*\n", ran.out)


def test_no_command_shows_the_help_on_stderr(run: Run) -> None:
    ran = run(now=None)
    assert (ran.code, ran.out) == (2, "")
    assert "Usage: prepvault" in ran.err


def test_exit_codes_of_an_ordinary_day(run: Run, make_vault: Maker) -> None:
    root = make_vault(ACME)
    assert run("list", vault=root).code == 0
    assert run("check", vault=root).code == 0
    assert run("coach", "--check", vault=root).code == 1
    assert run("show", "nobody", vault=root).code == 2
    (root / "Interviews" / "acme.md").write_text("---\ncompany: Acme\nrole: [\n---\n", encoding="utf-8")
    assert run("check", vault=root).code == 1


def test_global_options_may_follow_the_command(run: Run, make_vault: Maker) -> None:
    root = make_vault(ACME)
    before = run("upcoming", "--json", vault=root)
    after = run("upcoming", "--json", "--vault", str(root), "--now", NOW.isoformat(), now=None)
    assert before == after
    assert json.loads(before.out)["count"] == 1


def test_the_outside_failing_is_3(run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OutsideError("the disk is on strike", hint="talk to it")

    monkeypatch.setattr("prepvault.jobs.load.load", fail)
    ran = run("list", vault=make_vault(ACME))
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "error: the disk is on strike\n  hint: talk to it\n"


def test_an_unforeseen_disk_error_is_3_too(
    run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "a\x1bfile")

    monkeypatch.setattr("prepvault.jobs.load.load", fail)
    ran = run("list", vault=make_vault(ACME))
    assert ran.code == 3
    assert ran.err == "error: the system refused `a\\x1bfile`: Permission denied\n"


def test_our_bug_is_70_with_one_line_and_a_log_without_private_words(
    run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch, own_state: Path
) -> None:
    private = "what a note says"

    def fail(*_: object, **__: object) -> None:
        raise KeyError(private)

    monkeypatch.setattr("prepvault.jobs.load.load", fail)
    ran = run("list", "--company", "Secret GmbH", vault=make_vault(ACME))
    assert (ran.code, ran.out) == (70, "")
    assert len(ran.err.splitlines()) == 1
    log = Path(ran.err.strip().rpartition(": ")[2])
    assert log.is_relative_to(own_state)
    text = log.read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "in fail" in text
    assert "prepvault list" in text
    assert private not in text
    assert "Secret" not in text
    assert log.stat().st_mode & 0o077 == 0


def test_verbose_shows_the_trace_of_our_bug(
    run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("prepvault.jobs.load.load", fail)
    ran = run("--verbose", "list", vault=make_vault(ACME))
    assert ran.code == 70
    assert "Traceback" in ran.err


def test_a_bug_that_cannot_be_logged_is_still_told(
    run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    blocked = tmp_path / "a-file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setattr("prepvault.jobs.load.load", fail)
    monkeypatch.setenv("PREPVAULT_STATE_DIR", str(blocked))
    ran = run("list", vault=make_vault(ACME))
    assert ran.code == 70
    assert ran.err == "error: this is a bug in PrepVault (RuntimeError)\n"


def test_an_interrupt_is_130(run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("prepvault.jobs.load.load", interrupt)
    ran = run("list", vault=make_vault(ACME))
    assert (ran.code, ran.out) == (130, "")
    assert "Traceback" not in ran.err


# Streams and JSON -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        ("interviews", ["list"]),
        ("upcoming", ["upcoming"]),
        ("interview", ["show", "acme"]),
        ("statistics", ["stats"]),
        ("findings", ["check"]),
        ("codes", ["explain"]),
        ("explanation", ["explain", "date/unreadable"]),
        ("open", ["open", "acme"]),
        ("changed", ["status", "acme", "confirmed"]),
        ("changed", ["reschedule", "acme", "fri 10:00"]),
        ("changed", ["cancel", "acme"]),
        ("changed", ["prepared", "acme"]),
        ("changed", ["notes", "acme", "a line"]),
        (
            "scheduled",
            ["schedule", "--company", "A", "--role", "B", "--type", "panel", "--at", "2026-03-01 10:00"],
        ),
        ("coaching", ["coach"]),
        ("coaching", ["coach", "--check", "--diff"]),
        ("feed", ["feed"]),
        ("feed-doctor", ["feed", "--doctor"]),
        ("build", ["build"]),
        ("doctor", ["doctor"]),
        ("writes", ["undo", "--list"]),
        ("today", ["today"]),
        ("debrief", ["debrief", "acme", "--change", "begin with the result"]),
        ("research", ["research", "Acme", "--check"]),
        ("story-written", ["story", "new", "A title", "--for", "conflict"]),
        ("stories", ["story", "list"]),
        ("story-check", ["story", "check"]),
        ("story-match", ["story", "match", "acme"]),
        ("mails", ["email"]),
        ("mail", ["email", "confirm", "acme"]),
        ("pitches", ["pitch"]),
        ("practice", ["practice"]),
        ("practice-sheet", ["practice", "--sheet"]),
        ("materials", ["materials", "--type", "panel"]),
        ("tips", ["tips"]),
        ("questions", ["questions", "--ask", "peer"]),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value[:2]),
)
def test_json_is_one_document_in_the_envelope(
    kind: str, arguments: list[str], run: Run, make_vault: Maker
) -> None:
    ran = run(*arguments, "--json", vault=make_vault(ACME))
    document = json.loads(ran.out)
    assert document["prepvault"] == 1
    assert document["kind"] == kind
    documented = (Path(__file__).parents[1] / "docs" / "json.md").read_text(encoding="utf-8")
    rows = (line for line in documented.splitlines() if line.startswith(f"| `{kind}` |"))
    parts = [part for part in documented.split("\n## ")[1:] if f"`{kind}`" in part]
    told = next(rows, "") or "".join(parts)
    for name in set(document) - {"prepvault", "kind"}:
        assert f"`{name}`" in told, f"docs/json.md does not tell of `{name}` in `{kind}`"


def test_every_command_that_shows_something_has_json() -> None:
    without = {"completion", "schema"}
    for name in cli.list_commands(click.Context(cli)):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        inner = command.commands.values() if isinstance(command, click.Group) else (command,)
        for each in inner:
            has = any("--json" in option.opts for option in each.params)
            is_text = name in without or (name, each.name) == ("service", "print")
            assert has != is_text, each.name


def test_foreign_letters_are_refused_and_not_spoiled(
    run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(ACME)
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"caf\xe9 bar")))
    ran = run("notes", "acme", "-", vault=root)
    assert (ran.code, "is not UTF-8 text" in ran.err) == (2, True)
    assert {path: path.read_bytes() for path in root.rglob("*.md")} == before


def test_completed_before_it_begins_is_remarked(run: Run, make_vault: Maker) -> None:
    root = make_vault(ACME)
    assert "it begins only in" in run("status", "acme", "completed", vault=root).err
    run("status", "acme", "cancelled", "--outcome", "offer", vault=root)
    assert "interview/outcome-cancelled" in run("check", vault=root).out


def test_errors_leave_stdout_empty_with_json_too(run: Run, make_vault: Maker) -> None:
    ran = run("show", "nobody", "--json", vault=make_vault(ACME))
    assert (ran.code, ran.out) == (2, "")


def test_quiet_leaves_data_alone(run: Run, make_vault: Maker) -> None:
    root = make_vault(ACME)
    loud, quiet = run("list", vault=root), run("--quiet", "list", vault=root)
    assert loud.out == quiet.out
    assert loud.err
    assert not quiet.err


# Help -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for section in COMMANDS.values() for name in section])
def test_every_command_has_help_with_an_example(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help
    assert (command.epilog or "").startswith(f"Example: {'eval' if name == 'completion' else 'prepvault'}")
    for option in command.params:
        if isinstance(option, click.Option) and not option.hidden:
            assert option.help, f"{name} {option.opts}"


def test_the_listed_commands_are_the_ones_there_are() -> None:
    assert isinstance(cli, LazyGroup)
    for name in cli.list_commands(click.Context(cli)):
        found = cli.get_command(click.Context(cli), name)
        assert found is not None
        assert found.name == name


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_call_us_back(shell: str, run: Run) -> None:
    ran = run("completion", shell, now=None)
    assert ran.code == 0
    assert "_PREPVAULT_COMPLETE" in ran.out


def test_completion_promises_no_shell_that_has_no_script(run: Run) -> None:
    ran = run("completion", "powershell", now=None)
    assert ran.code == 2
    assert "`powershell` is not one of `bash`, `zsh`, `fish`" in ran.err


def test_completion_offers_ids(make_vault: Maker) -> None:
    root = make_vault(ACME)
    words = f"prepvault --vault {root} show int_ac"
    environment = {
        **os.environ,
        "_PREPVAULT_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": "4",
    }
    ran = subprocess.run(
        [sys.executable, "-c", "from prepvault.__main__ import main; main()"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "int_acme_1" in ran.stdout, ran.stderr


# Colour and hostile text ----------------------------------------------------------------------------------


class Terminal:
    """Something that says whether it is a terminal."""

    def __init__(self, answer: bool) -> None:
        self.answer = answer

    def isatty(self) -> bool:
        return self.answer


@pytest.mark.parametrize(
    ("terminal", "environ", "wanted"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "0"}, False),
        (True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_colour_decision(terminal: bool, environ: dict[str, str], wanted: bool) -> None:
    assert report.wants_color(Terminal(terminal), environ) is wanted  # type: ignore[arg-type]


def test_safe_shows_what_would_hide() -> None:
    shown = report.safe(HOSTILE)
    assert not RAW.search(shown)
    assert shown.startswith("Ev\\x1b[31mil\\x1b]0;title\\x07\\x9b31m\\u202eCo\\u200b")
    assert report.safe("Zoë 東京 🚆") == "Zoë 東京 🚆"
    assert report.safe("a\tb\nc") == "a\\tb\\nc"
    assert report.safe("a\tb\nc", lines=True) == "a\tb\nc"
    assert report.safe("\ud800") == "\\ud800"


def test_columns_count_wide_letters_twice(capsys: pytest.CaptureFixture[str]) -> None:
    report.say_table([("東京", "x"), ("abcd", "y"), ("e\u0301", "z")])
    assert capsys.readouterr().out == "東京  x\nabcd  y\ne\u0301     z\n"


@pytest.mark.parametrize("force", ["", "1"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["upcoming"],
        ["show", "evil_2"],
        ["stats"],
        ["check"],
        ["check", "--format", "github"],
        ["check", "--format", "sarif"],
        ["check", "--format", "gitlab"],
        ["check", "--format", "markdown"],
        ["check", "--json"],
        ["list", "--json"],
        ["show", "evil_2", "--json"],
        ["status", "evil_2", "confirmed"],
        ["reschedule", "evil_2", "fri 10:00"],
        ["notes", "evil_2", HOSTILE],
        ["open", "evil_2"],
        ["show", HOSTILE],
        ["coach", "--diff"],
        ["undo", "--list"],
        [HOSTILE],
        ["list", "--status", HOSTILE],
    ],
    ids=lambda value: value if isinstance(value, str) else report.safe(" ".join(value)),
)
def test_nothing_hostile_reaches_the_terminal(
    arguments: list[str], force: str, run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", force or "0")
    ran = run(*arguments, vault=hostile_vault(make_vault))
    ours = re.compile(r"\x1b\[(?:0|1|2|1;31|1;33|32|36)m")
    for stream in (ran.out, ran.err):
        stripped = ours.sub("", stream) if force else stream
        assert not RAW.search(stripped), stripped


def test_json_gives_hostile_text_back_unharmed(run: Run, make_vault: Maker) -> None:
    ran = run("list", "--json", vault=hostile_vault(make_vault))
    feedback = {each["feedback"] for each in json.loads(ran.out)["interviews"]}
    assert any("\x1b]0;title\x07" in text and "\u202e" in text for text in feedback if text)


# Pipes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"], ["feed"], ["explain"], ["check"]])
def test_a_reader_that_leaves_hears_no_complaint(arguments: list[str], make_vault: Maker) -> None:
    many = "".join(ACME.replace("acme", f"acme{number}") for number in range(60))
    root = make_vault(many)
    reading, writing = os.pipe()
    os.close(reading)
    running = child(*arguments, cwd=root, stdout=writing)
    os.close(writing)
    _, err = running.communicate(timeout=60)
    assert b"Traceback" not in err
    assert b"rror:" not in err
    assert b"BrokenPipe" not in err
    assert running.returncode == 0


def test_a_closed_stdout_is_no_crash(make_vault: Maker) -> None:
    root = make_vault(ACME)
    closing = ["sh", "-c", 'exec "$0" -m prepvault list >&-', sys.executable]
    ran = subprocess.run(closing, cwd=root, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_behind_stdout_is_told(make_vault: Maker) -> None:
    root = make_vault(ACME)
    with Path("/dev/full").open("wb") as full:
        running = child("list", cwd=root, stdout=full.fileno())
        _, err = running.communicate(timeout=60)
    assert running.returncode == 3
    assert b"Traceback" not in err


def test_a_narrow_encoding_loses_no_command(make_vault: Maker) -> None:
    root = make_vault(ACME.replace("Acme", "Zoë 東京"))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    out, _ = child("list", cwd=root, env=environment).communicate(timeout=60)
    assert b"Zo\\xeb \\u6771\\u4eac" in out
    out, _ = child("list", "--json", cwd=root, env=environment).communicate(timeout=60)
    assert json.loads(out)["interviews"][0]["company"] == "Zoë 東京"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals are different there")
def test_control_c_ends_quietly(tmp_path: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", SLEEPY], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    assert running.stdout.readline() == b"ready\n"
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert b"Traceback" not in err


SLEEPY = """
import signal
import threading
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
import prepvault.jobs.doctor as doctor
def wait(*_, **__):
    print("ready", flush=True)
    threading.Event().wait(30)
doctor.examine = wait
from prepvault.__main__ import main
main(["doctor"])
"""


# Text that is not UTF-8 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["notes", "acme", "na\udcefve"], "na\\xefve"),
        (["notes", "acme", "--", "-o", "na\udcefve"], "na\\xefve"),
        (["status", "acme", "completed", "--feedback", "caf\udce9"], "caf\\xe9"),
        (["status", "acme", "completed", "--feedback=caf\udce9"], "--feedback=caf\\xe9"),
        (
            [
                *("schedule", "--company", "A", "--role", "D\udcff", "--type", "panel"),
                *("--at", "2026-03-01 10:00"),
            ],
            "D\\xff",
        ),
        (["show", "\udcff"], "\\xff"),
        (["show", "\ud83d"], "\\ud83d"),
        (["\udcff"], "\\xff"),
    ],
)
def test_arguments_that_are_not_text_are_refused(
    arguments: list[str], shown: str, run: Run, make_vault: Maker
) -> None:
    root = make_vault(ACME)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    ran = run(*arguments, vault=root)
    assert (ran.code, ran.out) == (2, "")
    first, hint = ran.err.splitlines()
    assert first == f"error: `{shown}` is not UTF-8 text"
    assert hint.startswith("  hint: ")
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("how", [["-o", "{}"], ["-o{}"], ["--output", "{}"], ["--output={}"]], ids=str)
def test_a_file_may_have_any_name(how: list[str], run: Run, make_vault: Maker, tmp_path: Path) -> None:
    file = tmp_path / "caf\udce9.ics"
    ran = run("feed", *(each.format(file) for each in how), vault=make_vault(ACME))
    assert ran.code == 0
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize("how", [["--vault", "{}"], ["--vault={}"]], ids=str)
def test_a_vault_may_have_any_name(how: list[str], run: Run, make_vault: Maker, tmp_path: Path) -> None:
    root = make_vault(ACME).rename(tmp_path / "caf\udce9")
    ran = run(*(each.format(root) for each in how), "list")
    assert ran.code == 0
    assert "Acme" in ran.out
