"""The units of systemd, launchd and the Task Scheduler: read back by readers that are not ours."""

import configparser
import os
import plistlib
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from prepvault.errors import RefusedError
from prepvault.model.service import MARK, REMIND, WATCH, Service, ServiceKind
from prepvault.render.units import read_text, render_units, render_windows, render_words

GOLDEN = Path(__file__).parent / "data" / "units"
KINDS = list(ServiceKind)
SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"

HARD = "/home/zoë/My \"Vault\" 100% $HOME 'a' \\b; c&d <e>"
"""A folder with all that a unit gives a meaning to."""


def service(kind: ServiceKind, **changes: object) -> Service:
    """A service like any other."""
    plain = Service(
        kind=kind,
        name="prepvault-id-0123456789abcdef",
        title="Job search",
        program=("/opt/prepvault/bin/python", "-P", "-m", "prepvault"),
        vault="/home/ada/Job search",
        folder="/home/ada/units",
        log="/home/ada/Library/Logs/PrepVault/prepvault-id-0123456789abcdef.log",
        account={"launchd": "501", "schtasks": "DESK\\ada"}.get(kind, ""),
        environment=(("PREPVAULT_STATE_DIR", "/home/ada/my state"),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def parsed(data: bytes) -> configparser.RawConfigParser:
    """A systemd unit as another reader of its form sees it."""
    parser = configparser.RawConfigParser(strict=True, delimiters="=", comment_prefixes="#")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(data.decode())
    return parser


def systemd_words(line: str) -> list[str]:
    """Take a command line apart as systemd.syntax(7) and systemd.service(5) say."""
    has_variables = not line.startswith(":")
    words, at = [], 0 if has_variables else 1
    while at < len(line):
        assert line[at] == '"', line[at:]
        at, word = at + 1, ""
        while line[at] != '"':
            step = 2 if line[at] == "\\" or line[at : at + 2] == "%%" else 1
            step = 2 if has_variables and line[at : at + 2] == "$$" else step
            assert line[at] != "%" or step == 2, "a specifier"
            assert not has_variables or line[at] != "$" or step == 2, "a variable"
            word += line[at + step - 1]
            at += step
        words.append(word)
        at += 1
        assert line[at : at + 1] in {"", " "}, line[at:]
        at += 1
    return words


def windows_words(line: str) -> list[str]:
    """Take a command line apart as Microsoft's C runtime does."""
    words: list[str] = []
    word, at, quoted = "", 0, False
    while at < len(line):
        slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        if slashes and line[at + slashes : at + slashes + 1] == '"':
            word += "\\" * (slashes // 2)
            at += slashes
            if slashes % 2:
                word, at = word + '"', at + 1
        elif line[at] == '"':
            quoted, at = not quoted, at + 1
        elif line[at] == " " and not quoted:
            words, word, at = [*words, word], "", at + 1
        else:
            word, at = word + line[at], at + 1
    assert not quoted
    return [*words, word]


def command_of(asked: Service) -> list[str]:
    """Read a unit's command line back."""
    data = next(iter(render_units(asked).values()))
    if asked.kind is ServiceKind.SYSTEMD:
        return systemd_words(parsed(data)["Service"]["ExecStart"])
    if asked.kind is ServiceKind.LAUNCHD:
        return list(plistlib.loads(data)["ProgramArguments"])
    action = ET.fromstring(data).find(f"{SPACE}Actions/{SPACE}Exec")  # noqa: S314 - our own
    assert action is not None
    return [action.findtext(f"{SPACE}Command", ""), *windows_words(action.findtext(f"{SPACE}Arguments", ""))]


@pytest.mark.parametrize("is_timer", [False, True], ids=["watch", "timer"])
@pytest.mark.parametrize("kind", KINDS)
def test_units_are_as_they_were_agreed_on(kind: ServiceKind, *, is_timer: bool) -> None:
    files = render_units(service(kind, is_timer=is_timer))
    for name, data in files.items():
        path = GOLDEN / f"{'timer' if is_timer else 'watch'}.{name.rpartition('.')[2]}"
        text = read_text(kind, data).replace("\r\n", "\n")
        if os.environ.get("PREPVAULT_UPDATE_GOLDEN"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text, "run `make golden` and read the diff"
        assert MARK in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_timer", [False, True], ids=["watch", "timer"])
def test_the_whole_command_line_comes_back(kind: ServiceKind, *, is_timer: bool) -> None:
    asked = service(kind, vault=HARD, is_timer=is_timer)
    task = REMIND if is_timer else WATCH
    assert command_of(asked) == [*asked.program, "--vault", HARD, *task]


@pytest.mark.parametrize("kind", KINDS)
def test_an_interpreter_with_a_strange_path_comes_back(kind: ServiceKind) -> None:
    asked = service(kind, program=("/a $b %h/pythön", "-P", "-m", "prepvault"), vault=HARD)
    assert command_of(asked) == [*asked.program, "--vault", HARD, "watch"]


@pytest.mark.parametrize("sign", ['"', "'", "\\"])
def test_a_program_that_systemd_would_not_start_is_refused(sign: str) -> None:
    asked = service(ServiceKind.SYSTEMD, program=(f"/a{sign}b/python", "-P", "-m", "prepvault"))
    with pytest.raises(RefusedError, match="systemd starts no program"):
        render_units(asked)


@pytest.mark.parametrize("word", ["", "\\", 'a\\"', "a\\\\", '"', "a b\\", "--x=é\\\\\\"])
def test_windows_words_come_back(word: str) -> None:
    assert windows_words(render_windows(("a", word, "b"))) == ["a", word, "b"]


@pytest.mark.parametrize("kind", KINDS)
def test_parts_of_the_command_line_are_found_in_the_unit_and_others_are_not(kind: ServiceKind) -> None:
    asked = service(kind, vault=HARD)
    text = read_text(kind, next(iter(render_units(asked).values())))
    assert render_words(asked, asked.program) in text
    assert render_words(asked, ("--vault", HARD)) in text
    assert render_words(asked, ("/usr/bin/python3", "-P", "-m", "prepvault")) not in text
    assert render_words(asked, ("--vault", "/home/ada/Job search")) not in text
    assert render_words(asked, REMIND) not in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "bad", ["/a\nExecStart=/bin/sh", "/a\rb", "/a\0b", "/a\x1bb", "/a\udcffb", "/a\u2028b"]
)
def test_a_path_with_a_line_break_or_no_text_is_refused(kind: ServiceKind, bad: str) -> None:
    for changes in ({"vault": bad}, {"environment": (("PREPVAULT_STATE_DIR", bad),)}, {"program": (bad,)}):
        with pytest.raises(RefusedError, match="line break"):
            render_units(service(kind, **changes))


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_with_a_line_break_is_told_in_one_line(kind: ServiceKind) -> None:
    data = next(
        iter(render_units(service(kind, title="a\n[Service]\nExecStart=/bin/sh 100% <b>\\")).values())
    )
    text = read_text(kind, data)
    assert "\n[Service]\nExecStart=/bin/sh" not in text.replace("\r", "")
    if kind is ServiceKind.SYSTEMD:
        assert parsed(data)["Unit"]["Description"].endswith("[Service] ExecStart=/bin/sh 100%% <b>\\”")


def test_variables_come_back_and_nothing_else_is_in_the_environment() -> None:
    hard = (("PREPVAULT_STATE_DIR", HARD),)
    unit = parsed(next(iter(render_units(service(ServiceKind.SYSTEMD, environment=hard)).values())))
    line = unit["Service"]["Environment"].replace("$", "$$")
    assert systemd_words(line) == [f"PREPVAULT_STATE_DIR={HARD}"]
    plist = plistlib.loads(next(iter(render_units(service(ServiceKind.LAUNCHD, environment=hard)).values())))
    assert plist["EnvironmentVariables"] == {"PREPVAULT_STATE_DIR": HARD}


def test_a_task_is_utf_16_with_a_mark_as_windows_wants_it() -> None:
    data = next(iter(render_units(service(ServiceKind.SCHTASKS, vault=HARD)).values()))
    assert data.startswith(b"\xff\xfe<\0")
    task = ET.fromstring(data)  # noqa: S314 - our own
    assert task.findtext(f"{SPACE}Triggers/{SPACE}LogonTrigger/{SPACE}UserId") == "DESK\\ada"
    assert task.findtext(f"{SPACE}Settings/{SPACE}ExecutionTimeLimit") == "PT0S", "a day, else"


@pytest.mark.parametrize("is_timer", [False, True], ids=["watch", "timer"])
@pytest.mark.parametrize("odd", ["plain", "b$in %h é"])
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path, odd: str, *, is_timer: bool) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not here")
    home = tmp_path / odd
    home.mkdir()
    python = home / "python"
    python.write_text("#!/bin/sh\n", encoding="utf-8")
    python.chmod(0o755)
    asked = service(
        ServiceKind.SYSTEMD, program=(str(python), "-P", "-m", "prepvault"), vault=HARD, is_timer=is_timer
    )
    for name, data in render_units(asked).items():
        (tmp_path / name).write_bytes(data)
    ran = subprocess.run(
        [analyze, "--user", "verify", "--man=no", *sorted(map(str, tmp_path.glob("prepvault-*")))],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    # units of other programs are looked at too, and a long folder of tests has no room for their sockets
    ours = [line for line in ran.stderr.splitlines() if re.search(r"(^|/)prepvault-", line)]
    assert (ran.returncode, ours) == (0, [])
