"""Rows of results, what was wished for, and the table that shows both."""

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_HEADINGS = ("MEASURE", "NOTES", "FIGURE", "RESULT", "GOAL", "VERDICT")
_GOALS = tomllib.loads((Path(__file__).parent / "goals.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Row:
    """One result: `figure` is what was measured, in words; `value` is what the goal of that name is about."""

    measure: str
    size: int
    figure: str
    goal: str = ""
    value: float | None = None
    unit: str = ""

    @property
    def verdict(self) -> str:
        """How the value stands to its goal; nothing where there is none, or where the vault is too small."""
        wish = _GOALS.get(self.goal)
        if wish is None or self.value is None:
            return ""
        if self.size < wish.get("size", 0):
            return f"meant for {wish['size']}"
        if self.value > wish["at_most"]:
            return "missed"
        return "reached, and more" if self.value <= wish.get("stretch", -1) else "reached"

    @property
    def wish(self) -> str:
        """The goal in words."""
        goal = _GOALS.get(self.goal)
        return f"<= {goal['at_most']:g}{self.unit}" if goal else ""


def render_table(rows: Sequence[Row]) -> str:
    """Write the rows below each other, their columns aligned."""
    cells = [_HEADINGS, *(tuple(_cells(row)) for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(_HEADINGS))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def render_json(rows: Sequence[Row], about: dict[str, object]) -> str:
    """Write the rows for programs; `about` says where and how they were measured."""
    listed = [
        {
            "measure": row.measure,
            "interviews": row.size,
            "figure": row.figure,
            "value": row.value,
            "goal": _GOALS.get(row.goal, {}).get("at_most"),
            "verdict": row.verdict,
        }
        for row in rows
    ]
    return json.dumps({**about, "rows": listed}, indent=1, ensure_ascii=False) + "\n"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _cells(row: Row) -> Iterator[str]:
    yield row.measure
    yield str(row.size or "")
    yield row.figure
    yield "" if row.value is None else f"{_number(row.value)}{row.unit}"
    yield row.wish
    yield row.verdict
