"""Tables as other programs save them: rows of cells, with the lines they stand on."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prepvault.model.formulas import unguarded

MOST_ROWS = 10_000
MOST_COLUMNS = 1_000
_DELIMITERS = ",;\t|"
_SNIFFED = 20
_RULE = re.compile(r"\s*:?-+:?\s*")
_CELL_BREAK = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, trimmed, and the line on which it begins."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """True where no cell holds anything."""
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, the first that is not blank on top; `fault` says why there are no more."""

    rows: tuple[Row, ...] = ()
    fault: str = ""
    remarks: tuple[str, ...] = ()


def parse_table(text: str) -> Table:
    """Read comma, semicolon or tab separated values, whichever the first lines are; never raises."""
    delimiter = _delimiter(text)
    words = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
    remarks = [f"its cells are parted by {words[delimiter]}"] if delimiter != "," else []
    if text.count('"') % 2:
        remarks.append("a quotation mark in it is never closed: look whether rows ran together")
    rows: list[Row] = []
    try:
        for row in _rows(text, delimiter):
            rows += [] if row.is_blank else [row]
            if len(rows) > MOST_ROWS + 1:
                return Table(fault=f"it has more than {MOST_ROWS:,} rows: split the file")
            if len(row.cells) > MOST_COLUMNS:
                return Table(fault=f"row {row.line} has more than {MOST_COLUMNS:,} cells: take columns out")
    except csv.Error as error:
        return Table(fault=f"a cell after line {rows[-1].line if rows else 0} cannot be read: {error}")
    return Table(tuple(rows), remarks=tuple(remarks))


def parse_markdown_table(text: str) -> Table:
    """Read the first table of a Markdown file; never raises."""
    lines = text.splitlines()
    for number in range(1, len(lines)):
        heads, rules = _cells(lines[number - 1]), _cells(lines[number])
        if len(heads) > MOST_COLUMNS:
            return Table(fault=f"line {number} has more than {MOST_COLUMNS:,} cells: take columns out")
        if len(heads) > 1 and len(rules) == len(heads) and all(map(_RULE.fullmatch, rules)):
            return Table((Row(number, heads), *_below(lines, number + 1)))
    return Table(fault="there is no table in it")


def _below(lines: Sequence[str], start: int) -> Iterator[Row]:
    for number in range(start, min(len(lines), start + MOST_ROWS)):
        if "|" not in lines[number]:
            return
        row = Row(number + 1, _cells(lines[number]))
        if not row.is_blank:
            yield row


def _cells(line: str) -> tuple[str, ...]:
    line = line.strip().removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELL_BREAK.split(line)) if line else ()


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(_lines(text), delimiter=delimiter)
    line = 1
    for cells in reader:
        yield Row(line, tuple(unguarded(cell).strip() for cell in cells))
        line = reader.line_num + 1


def _lines(text: str) -> Iterator[str]:
    """Cut at line ends alone: `splitlines` would also cut at form feeds and the like inside a cell."""
    return iter(re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)) if text else iter(())


def _delimiter(text: str) -> str:
    """Take the mark that stands in the most of the first lines, and of those the most often in the first.

    A title above the table, and commas in a cell of semicolons, do not count then; nor does what is quoted.
    """
    plain = re.sub(r'"[^"]*"', "", text[:20_000])
    lines = [line for line in plain.splitlines() if line.strip()][:_SNIFFED]
    return max(
        _DELIMITERS,
        key=lambda mark: (
            sum(mark in line for line in lines),
            sum(line.count(mark) for line in lines[:1]),
            -_DELIMITERS.index(mark),
        ),
    )
