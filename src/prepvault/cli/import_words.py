"""How an import's plan is worded, and how its options are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from prepvault.cli import wording
from prepvault.cli.report import Piece, Styled, safe
from prepvault.model.incoming import Incoming, Reading, Value, Verdict

if TYPE_CHECKING:
    from prepvault.jobs.import_ import ImportPlan, Planned
    from prepvault.jobs.write import WriteReport

_WORDS = {Verdict.HELD: "held back"}
_STYLES = {
    Verdict.NEW: "ok",
    Verdict.CHANGE: "ok",
    Verdict.SAME: "dim",
    Verdict.ASK: "warning",
    Verdict.HELD: "warning",
    Verdict.REJECTED: "error",
}
_NUMBERS = re.compile(r"\s*(\d{1,6})(?:\s*-\s*(\d{1,6}))?\s*")
_MOST = 100_000
_LEAST_ALIKE = 4
_INDENT = " " * 6


class Numbers(click.ParamType[frozenset[int]]):
    """Numbers of a preview, like `3,5-7`."""

    name = "numbers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[int]:
        """Read the numbers."""
        if isinstance(value, frozenset):
            return value
        found: set[int] = set()
        for part in str(value).split(",") if str(value).strip() else ():
            matched = _NUMBERS.fullmatch(part)
            if not matched or int(matched[2] or matched[1]) > _MOST:
                return self.fail(
                    f"should be numbers of the preview like `3,5-7`, found `{value}`", param, ctx
                )
            found |= set(range(int(matched[1]), int(matched[2] or matched[1]) + 1))
        return frozenset(found)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Name the argument in the help."""
        return "N"


class Pair(click.ParamType[tuple[str, str]]):
    """Two names, `THEIRS=OURS`."""

    name = "pair"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Read the names; either order is written, the one that is a property of ours counts as such."""
        if isinstance(value, tuple):
            return value
        theirs, equals, ours = (part.strip() for part in str(value).partition("="))
        if not (theirs and equals and ours):
            return self.fail(f"should be `THEIRS=OURS` like `org=company`, found `{value}`", param, ctx)
        return theirs, ours

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Name the argument in the help."""
        return "THEIRS=OURS"


class Answer(click.ParamType[tuple[int, str]]):
    """The answer to a question of the preview, `3=int_acme_1770732000`."""

    name = "answer"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, str]:
        """Read the number and what it is."""
        if isinstance(value, tuple):
            return value
        number, equals, answer = (part.strip() for part in str(value).partition("="))
        if not (equals and answer and number.isascii() and number.isdecimal() and len(number) <= 6):
            return self.fail(f"should be `N=ID` or `N=new` like `3=new`, found `{value}`", param, ctx)
        return int(number), answer

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Name the argument in the help."""
        return "N=ID"


def describe(planned: Planned) -> list[tuple[Piece, ...]]:
    """Write one step: its number and verdict, what it is about, where it stands and goes, and remarks.

    What is doubtful about something that comes in another time or not at all is not told.
    """
    step, incoming = planned.step, planned.step.incoming
    word = Styled(_word(step.verdict), _STYLES[step.verdict])
    about = title(incoming)
    lines: list[tuple[Piece, ...]] = [(f"{planned.number:>4}  ", word, f"  {safe(about or incoming.origin)}")]
    way = f"{incoming.origin if about else ''}{' -> ' if planned.path else ''}{planned.path}"
    lines += [(Styled(f"{_INDENT}{safe(way)}", "dim"),)] if way else []
    is_left = step.verdict in {Verdict.SAME, Verdict.HELD}
    remarks = () if is_left else incoming.remarks
    answers = [
        f"--is {planned.number}={answer}: {becomes.why or 'a new note'}" for answer, becomes in step.answers
    ]
    return lines + [(f"{_INDENT}{safe(each)}",) for each in (step.why, *answers, *remarks) if each]


def runs_of(steps: Sequence[Planned]) -> Iterator[Sequence[Planned]]:
    """Part the steps so that many in a row which are held back for one reason, or came in before, are one."""
    for left, run in groupby(steps, key=_left_for):
        alike = list(run)
        if left and len(alike) >= _LEAST_ALIKE:
            yield alike
        else:
            yield from ([each] for each in alike)


def describe_run(alike: Sequence[Planned]) -> list[tuple[Piece, ...]]:
    """Write many steps of which nothing comes as one: how many, up to which, the first and the last."""
    first, last = alike[0], alike[-1]
    word = Styled(_word(first.step.verdict), _STYLES[first.step.verdict])
    ends = f"{first.step.incoming.origin} … {last.step.incoming.origin}"
    lines: list[tuple[Piece, ...]] = [
        (f"{first.number:>4}  ", word, f"  {len(alike)} alike, up to number {last.number}"),
        (Styled(f"{_INDENT}{safe(ends)}", "dim"),),
    ]
    return [*lines, (f"{_INDENT}{safe(_left_for(first))}",)]


def _left_for(planned: Planned) -> str:
    """Why nothing comes of a step, so that those of one reason can stand together; empty for all others."""
    step = planned.step
    if step.verdict is Verdict.SAME:
        return "already in the vault, or an older version"
    return step.why if step.verdict is Verdict.HELD else ""


def _word(verdict: Verdict) -> str:
    return f"{_WORDS.get(verdict, verdict.value):<9}"


def title(incoming: Incoming) -> str:
    """Say in a few words what came in; empty where it tells nothing."""
    names = ["company", "role", "interview_type", "scheduled_at", "timezone"]
    if incoming.kind == "application":
        names = ["company", "role", "status"]
    found = [wording.shortened(incoming.text(name), 60) for name in names if incoming.text(name)]
    return ", ".join(found)


def summary(plan: ImportPlan, written: WriteReport | None) -> str:
    """Count what the plan holds: `7 new, 1 same, 2 held back; 7 notes written`."""
    counts = [
        f"{plan.count(verdict)} {_WORDS.get(verdict, verdict.value)}"
        for verdict in Verdict
        if plan.count(verdict)
    ]
    said = ", ".join(counts) or "nothing found"
    return f"{said}; {wording.plural(len(written.written), 'note')} written" if written else said


def file_record(reading: Reading) -> dict[str, object]:
    """A file as JSON."""
    return {"name": reading.name, "taken_for": reading.taken_for, "remarks": list(reading.remarks)}


def step_record(planned: Planned) -> dict[str, object]:
    """A step as JSON."""
    step, incoming = planned.step, planned.step.incoming
    return {
        "number": planned.number,
        "verdict": step.verdict.value,
        "why": step.why,
        "origin": incoming.origin,
        "kind": incoming.kind,
        "note": planned.path or None,
        "properties": {name: _plain(value) for name, value in incoming.values},
        "edits": [{"name": e.name, "action": e.action, "value": _plain(e.value)} for e in step.edits],
        "interview": step.target or None,
        "choices": list(step.choices),
        "answers": [answer for answer, _ in step.answers],
        "remarks": list(incoming.remarks),
    }


def _plain(value: Value) -> object:
    return list(value) if isinstance(value, tuple) else value
