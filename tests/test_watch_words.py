"""What `watch` says: calm lines with the time, nothing where nothing happened, JSON a line each."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prepvault.cli.options import Options
from prepvault.cli.watch_words import Speaker
from prepvault.jobs.build import BuildReport
from prepvault.jobs.watch_told import (
    Built,
    Delivered,
    Ended,
    Failed,
    Remarked,
    Reminded,
    Started,
    Told,
    Wrote,
)
from prepvault.model.delivery import Delivery
from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.watching import Mode
from prepvault.outside.output import OutputReport
from tests.conftest import Ran

AT = datetime(2026, 2, 9, 14, 2, 11, tzinfo=UTC)
ODD = Finding("date/unreadable", Severity.ERROR, Place("Interviews/acme.md", 4), "odd date", "mend it")
Say = Callable[..., tuple[str, str]]


@pytest.fixture
def say(capfd: pytest.CaptureFixture[str]) -> Say:
    def once(
        told: Told, *, quiet: bool = False, verbose: bool = False, as_json: bool = False
    ) -> tuple[str, str]:
        options = Options(quiet=quiet)
        options.verbose = verbose
        capfd.readouterr()
        Speaker(options, as_json=as_json).tell(AT, told)
        out, err = capfd.readouterr()
        return out, err

    return once


def built(
    cause: str = "changes",
    *changed: str,
    written: int = 5,
    fresh: tuple[Finding, ...] = (),
    gone: tuple[Finding, ...] = (),
) -> Built:
    output = OutputReport(written=tuple(f"{number}.html" for number in range(written)))
    report = BuildReport(Path("/vault/site"), output, 8, (), False)
    return Built(
        cause=cause, changed=frozenset(changed), report=report, seconds=0.038, fresh=fresh, gone=gone
    )


def started(mode: Mode | None = None, *, coaches: bool = True) -> Started:
    page = Path("/vault/site/index.html")
    return Started(root=Path("/vault"), page=page, files=27, mode=mode or Mode(), coaches=coaches)


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (built("changes", "a.md", "b.md"), "14:02:11  2 notes changed: 5 files written (38 ms)\n"),
        (built("changes", "a.md", written=1), "14:02:11  1 note changed: 1 file written (38 ms)\n"),
        (built("changes", "a.png"), "14:02:11  1 file changed: 5 files written (38 ms)\n"),
        (built("time"), "14:02:11  the hour changed a page: 5 files written (38 ms)\n"),
        (built("coaching", "a.md"), "14:02:11  with its coaching: 5 files written (38 ms)\n"),
        (built("start", written=0), "14:02:11  8 interviews: 0 files written (38 ms)\n"),
        (built("again", written=0), "14:02:11  it works again: 0 files written (38 ms)\n"),
        (built("changes", "a.md", written=0), ""),
        (Wrote(paths=("a.md",), seconds=1.25), "14:02:11  coaching written into a.md (1.2 s)\n"),
        (
            Wrote(paths=("a.md", "b.md", "c.md", "d.md"), seconds=0.02),
            "14:02:11  coaching written into a.md, b.md, c.md and 1 more (20 ms)\n",
        ),
        (
            Failed(message="a template fails", hint="mend it"),
            "14:02:11  error: a template fails\n          hint: mend it\n",
        ),
        (Remarked(message="the vault is gone"), "14:02:11  note: the vault is gone\n"),
        (Ended(rounds=3), "14:02:11  ended\n"),
        (
            started(),
            "14:02:11  watching 27 files in /vault; Ctrl-C ends it\n"
            "          dashboard: /vault/site/index.html\n",
        ),
    ],
)
def test_each_thing_is_one_calm_line(say: Say, told: Told, line: str) -> None:
    assert say(told) == ("", line)


def test_the_start_says_how_it_watches(say: Say) -> None:
    polls = Mode(is_polling=True, why="only 3 of 4 folders", hint="raise the limit")
    text = say(started(polls, coaches=False))[1]
    assert "by looking every few seconds (only 3 of 4 folders), without coaching" in text
    assert "hint: raise the limit" in text


def test_a_finding_is_told_when_it_is_new_and_when_it_is_mended(say: Say) -> None:
    new = say(built("changes", "a.md", fresh=(ODD,)))[1]
    assert "error[date/unreadable]: odd date\n  --> Interviews/acme.md:4\n  hint: mend it\n" in new
    gone = say(built("changes", "a.md", gone=(ODD,)))[1]
    assert gone.endswith("14:02:11  mended: date/unreadable in Interviews/acme.md\n")


def test_the_start_only_points_at_check(say: Say) -> None:
    text = say(built("start", fresh=(ODD,)))[1]
    assert text.endswith("note: 1 file has errors; `prepvault check` lists them\n")


def test_quiet_tells_of_trouble_only(say: Say) -> None:
    for told in (started(), built("changes", "a.md"), Wrote(paths=("a.md",), seconds=1), Ended(rounds=1)):
        assert say(told, quiet=True) == ("", "")
    assert "a template fails" in say(Failed(message="a template fails"), quiet=True)[1]
    assert "odd date" in say(built("changes", "a.md", fresh=(ODD,)), quiet=True)[1]


def test_verbose_tells_of_rounds_that_wrote_nothing(say: Say) -> None:
    text = say(built("changes", "a.md", written=0), verbose=True)[1]
    assert text == "14:02:11  1 note changed: nothing to write (38 ms)\n"


def delivered(**what: object) -> Delivered:
    return Delivered(at=AT, zone="UTC", delivery=Delivery(**what))  # type: ignore[arg-type]


def test_a_reminder_stands_on_the_terminal_as_it_is(say: Say) -> None:
    told = Reminded(title="In 9 minutes: Acme", lines=("With Dana Roe",))
    assert say(told) == ("In 9 minutes: Acme\n  With Dana Roe\n", "")


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (delivered(noted=("a.md",)), "14:02:11  reminder noted in a.md\n"),
        (
            delivered(unwritten={"a.md": "read-only"}),
            "14:02:11  warning: `a.md` does not say so yet: read-only\n",
        ),
        (delivered(held="`desk` tells"), "14:02:11  nothing was told: `desk` tells\n"),
        (delivered(), ""),
    ],
    ids=["noted", "not noted", "held", "nothing"],
)
def test_what_became_of_reminders_has_its_time(say: Say, told: Told, line: str) -> None:
    assert say(told) == ("", line)


def test_hostile_names_cannot_reach_the_terminal(say: Say) -> None:
    assert "\x1b" not in say(Wrote(paths=("a\x1b[31m.md",), seconds=1))[1]


@pytest.mark.parametrize(
    "told",
    [
        started(),
        built("changes", "a.md", fresh=(ODD,), gone=(ODD,)),
        Wrote(paths=("a.md",), seconds=1, findings=(ODD,)),
        Reminded(title="t", lines=("l",)),
        Delivered(at=AT, zone="UTC", delivery=Delivery(noted=("a.md",))),
        Failed(message="m"),
        Remarked(message="m"),
        Ended(rounds=2),
    ],
    ids=lambda told: type(told).__name__,
)
def test_json_is_one_document_a_line(say: Say, told: Told) -> None:
    out, err = say(told, as_json=True)
    assert err == ""
    assert out.count("\n") == 1
    document = json.loads(out)
    assert (document["prepvault"], document["kind"], document["at"]) == (
        1,
        "watch",
        "2026-02-09T14:02:11+00:00",
    )
    docs = (Path(__file__).parents[1] / "docs" / "json.md").read_text(encoding="utf-8")
    row = next(line for line in docs.splitlines() if line.startswith(f"| `{document['event']}` |"))
    for name in set(document) - {"prepvault", "kind", "at", "event"}:
        assert f"`{name}`" in row, f"docs/json.md does not name `{name}`"


def test_it_goes_by_the_clock_alone(run: Callable[..., Ran]) -> None:
    done = run("watch")
    assert done.code == 2
    assert "takes no `--now`" in done.err


def test_it_needs_a_vault(run: Callable[..., Ran], tmp_path: Path) -> None:
    done = run("watch", now=None, vault=tmp_path / "nowhere")
    assert done.code == 2
    assert "nowhere" in done.err
