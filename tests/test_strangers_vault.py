"""A vault from a stranger: its notes, cards, templates and settings are opened, and nothing of them runs."""

import dataclasses
import html
import re
import socket
import subprocess
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import click
import pytest

from prepvault.cli.options import Options, complete_interview
from prepvault.jobs.build import build
from prepvault.jobs.context import open_context
from prepvault.render import site as drawn
from tests.conftest import NOW, Maker, Ran

Run = Callable[..., Ran]

EVIL = "$(touch pwned)`id`&id"
SETTINGS = """=== prepvault.toml
[vault]
timezone = "UTC"
[site]
templates = "mine"
[coaching]
content = "cards"
[reminders]
channels = ["desktop", "email"]
[mail]
host = "127.0.0.1"
user = "x"
from = "evil@example.com"
password_command = "touch pwned"
security = "none"
[mcp]
send_to = ["evil@example.com"]
[slots]
busy = ["/etc/passwd"]
[profile]
email = "evil@example.com"
"""
NOTES = f"""=== Interviews/done.md
---
id: int_{EVIL}
company: "{EVIL}"
role: Engineer
interview_type: technical
scheduled_at: 2026-02-09T07:00:00
duration_minutes: 30
status: completed
---
=== Interviews/next.md
---
id: int_next{EVIL}
company: "Next {EVIL}"
role: Engineer
interview_type: technical
interview_format: coding
scheduled_at: 2026-02-09T11:00:00
timezone: UTC
interviewer: Dana Roe (Staff Engineer)
job_description: "[[posting]]"
status: scheduled
---
=== Jobs/posting.md
Own the services, and more services.
=== Interviews/{EVIL}.md
---
company: "A
role: B
---
=== Stories/{EVIL}.md
---
type: story
title: "{EVIL}"
primary: ownership
---
## Situation
It was late.
=== Stories/other.md
---
id: "{EVIL} two"
type: story
title: Other
primary: ownership
---
## Situation
It was late.
"""
COMMANDS = (
    *("list", "today", "check", "remind", "stats", "questions", "doctor", "slots", "coach", "story list"),
    *("story match int_next", "show int_next", "email", "email thank_you done", "practice int_next --sheet"),
    *("email thank_you done --json", "research", "undo", "build", "remind --due --send", "pitch"),
)


def unquoted(text: str) -> list[str]:
    """Commands to paste in which a shell would not take the hostile words for words."""
    commands = re.findall(r"prepvault [a-z][^\n]*", html.unescape(text))
    found = [each.partition(EVIL) for each in commands if EVIL in each]
    return [before + EVIL for before, _, _ in found if before.count("'") % 2 == 0 and "`" not in before]


def test_a_shell_takes_what_is_to_be_pasted_for_words(run: Run, make_vault: Maker) -> None:
    root = make_vault(NOTES)
    told = "\n".join(ran.out + ran.err for ran in (run(*words.split(), vault=root) for words in COMMANDS))
    told += run("show", f"Interviews/{EVIL}.md", vault=root).err
    told += run("debrief", "done", "--learned", "x", vault=root).err
    files = [path for path in root.rglob("*") if path.suffix in {".md", ".html", ".ics", ".json"}]
    told += "\n".join(path.read_bytes().replace(b"\r\n ", b"").decode() for path in files)
    assert unquoted("run prepvault show $(touch pwned)`id`&id now"), "this is how one that is not is found"
    assert told.count(f"'int_{EVIL}'") > 2
    assert f"prepvault research 'Next {EVIL}'" in told
    assert f"prepvault check 'Interviews/{EVIL}.md'" in told
    assert f"prepvault story check '{EVIL}" in told
    assert unquoted(told) == []


def test_a_shell_is_offered_no_id_that_it_would_run(make_vault: Maker) -> None:
    good = "=== Interviews/good.md\n---\nid: int_good_1\ncompany: Good\nrole: B\ninterview_type: panel\n"
    root = make_vault(NOTES + good + "scheduled_at: 2026-02-12T10:00\n---\n")
    context = click.Context(click.Command("show"), obj=Options(str(root)))
    offered = complete_interview(context, click.Argument(["interview"]), "int")
    assert [each.value for each in offered] == ["int_good_1"]


def test_its_settings_start_no_program_and_reach_no_machine(
    run: Run, make_vault: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []

    def refuse(*words: object, **_: object) -> None:
        tried.append(words[1:])
        raise OSError(1, "not here")

    for name in ("notify-send", "xdg-open", "systemctl"):
        (tmp_path / name).write_text("")
        (tmp_path / name).chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(subprocess.Popen, "__init__", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    root = make_vault(SETTINGS.replace('"desktop", ', "") + NOTES)
    (root / ".obsidian").mkdir()
    for words in (*COMMANDS, "email thank_you done --to a@example.com --points x --send", "slots --zone UTC"):
        ran = run(*words.split(), vault=root)
        assert ran.code != 70, ran.err
        assert "root:" not in ran.out + ran.err
    assert tried == []
    assert not list(root.rglob("pwned"))
    assert run("open", "next", vault=root).code in {0, 3}


PAYLOADS = (
    "{{ ''.__class__.__mro__ }}",
    "{{ site.__init__.__globals__ }}",
    "{{ csp.format.__globals__ }}",
    "{{ '{0.__class__}'.format(site) }}",
    "{{ cycler.__init__.__globals__.os.system('touch pwned') }}",
    "{{ self.__init__ }}",
    "{% set x = navigation.append(1) %}",
    "{{ site | attr('__class__') }}",
    "{% include '../prepvault.toml' %}",
    "{% include '/etc/passwd' %}",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_its_templates_get_at_nothing_but_what_is_shown(payload: str, run: Run, make_vault: Maker) -> None:
    root = make_vault(f"{SETTINGS}=== mine/index.html\n<p>{payload}</p>\n")
    ran = run("build", vault=root)
    assert ran.code == 1
    assert "the template `index.html" in ran.err
    assert not (root / "site/index.html").exists()
    assert not list(root.rglob("pwned"))


PLAIN = (str, bytes, int, float, type(None), date, datetime, timedelta, Enum)
OURS = ("prepvault.model.", "prepvault.render.", "prepvault.jobs.lazily")


def reached(value: Any, seen: dict[int, Any], way: str) -> None:
    """Follow all that a template can get at; it fails at the first thing that is more than data."""
    if id(value) in seen or isinstance(value, PLAIN):
        return
    seen[id(value)] = value
    if isinstance(value, list | tuple | set | frozenset):
        for each in value:
            reached(each, seen, f"{way}[]")
    elif isinstance(value, Mapping):
        for name in value:
            reached(value[name], seen, f"{way}.{name}")
    else:
        assert dataclasses.is_dataclass(value), f"{way} is {type(value)}"
        assert type(value).__module__.startswith(OURS), f"{way} is {type(value)}"
        for name in (each for each in dir(value) if not each.startswith("_")):
            found = getattr(value, name, None)
            if not callable(found):
                reached(found, seen, f"{way}.{name}")


def test_a_template_is_given_nothing_but_data(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    """No path, no file, no function: a sandbox keeps only those out of which nothing else is handed in."""
    seen: dict[int, Any] = {}
    draw = drawn.draw_page

    def look(page: Any, site: Any, *more: Any) -> bytes:
        reached(page.values, seen, page.path)
        reached(site, seen, "site")
        return draw(page, site, *more)

    monkeypatch.setattr(drawn, "draw_page", look)
    build(open_context(str(make_vault(NOTES)), now=NOW.isoformat()))
    assert len(seen) > 300
