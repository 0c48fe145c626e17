"""Take a table for what it is: which tracker wrote it, what each column tells, how it writes dates."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from prepvault.model.incoming import Reading, Step, rejected
from prepvault.model.near import plain_word
from prepvault.model.tracker import LEFT, Tracker, TrackerWords
from prepvault.parse.foreign_dates import find_order
from prepvault.parse.spreadsheets import Row, Table

DATES = ("scheduled_at", "day", "applied", "saved")
"""What columns of dates tell."""

_INTERVIEW_SIGNS = frozenset({"interview_type", "round", "interviewer", "clock"})
_HEAD_WITHIN = 10
_MOST_TOLD = 30
_ORDERS = {"mdy": "month first", "dmy": "day first"}


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of a table before its rows are read.

    `told` says of each column what it tells, `left` for one that nobody knows; `titles` are the headings as
    written.
    """

    name: str
    titles: tuple[str, ...]
    told: tuple[str, ...]
    order: str
    words: TrackerWords

    def cells(self, row: Row, told: str) -> tuple[str, ...]:
        """The cells of a row that tell something, without the empty ones."""
        pairs = zip(self.told, row.cells, strict=False)
        return tuple(cell for each, cell in pairs if each == told and cell)

    def left(self, row: Row, used: Collection[str]) -> Iterator[tuple[str, str]]:
        """The cells of which no use was made, each with its heading; beyond the last one without."""
        for place, cell in enumerate(row.cells):
            if cell and (place >= len(self.told) or self.told[place] not in used):
                yield self.titles[place] if place < len(self.titles) else "", cell


def find_columns(
    name: str, table: Table, words: TrackerWords, order: str
) -> tuple[Columns, Reading, Sequence[Row]]:
    """Find the row of headings and say what the table is taken for; without one there are no rows.

    `order` is that of days and months as the user says it, empty where nothing is said.
    """
    for place, row in enumerate(table.rows[:_HEAD_WITHIN]):
        tracker = _tracker(row.cells, words)
        rows = table.rows[place + 1 :]
        told = _told(row.cells, rows, tracker, words)
        if "company" in told and len(set(told) - {LEFT}) > 1:
            own = find_order(_dates(told, rows))
            meant = order or own or (tracker.dates if tracker else "")
            columns = Columns(name, row.cells, told, meant, words)
            remarks = (*table.remarks, *_remarks(columns, tracker, rows, own, order))
            taken_for = tracker.name if tracker else "a table of no known tracker, by its headings"
            return columns, Reading(name=name, taken_for=taken_for, remarks=remarks), rows
    why = table.fault or "no column in it is called company, employer or the like"
    return (
        Columns(name, (), (), order, words),
        Reading(name=name, taken_for="a table", steps=(rejected(name, why),), remarks=table.remarks),
        (),
    )


def _tracker(cells: Sequence[str], words: TrackerWords) -> Tracker | None:
    """The known export whose headings are all there; of several the one with the most."""
    found = set(map(plain_word, cells))
    fitting = [each for each in words.trackers if each.headings <= found]
    return max(fitting, key=lambda each: len(each.headings), default=None)


def _told(
    cells: Sequence[str], rows: Sequence[Row], tracker: Tracker | None, words: TrackerWords
) -> tuple[str, ...]:
    means = tracker.means if tracker else {}
    plain = [plain_word(cell) or cell for cell in cells]
    told = [means.get(word) or words.headings.get(word, LEFT) for word in plain]
    if "kind" in told:
        place = told.index("kind")
        kinds = (plain_word(row.cells[place]) for row in rows if place < len(row.cells))
        told[place] = "interview_type" if any(kind in words.words["type"] for kind in kinds) else LEFT
    if "clock" in told and not {"day", "scheduled_at"} & set(told):
        told[told.index("clock")] = "scheduled_at"
    if "day" in told:
        is_interview = bool(_INTERVIEW_SIGNS & set(told)) and "scheduled_at" not in told
        place = told.index("day")
        told[place] = "scheduled_at" if is_interview else "applied"
    return tuple(
        LEFT if each in told[:place] and each != "posting" else each for place, each in enumerate(told)
    )


def _dates(told: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        for each, cell in zip(told, row.cells, strict=False):
            if each in DATES and cell:
                yield cell


def _remarks(
    columns: Columns, tracker: Tracker | None, rows: Sequence[Row], own: str, order: str
) -> Iterator[str]:
    if tracker and tracker.remark:
        yield tracker.remark
    pairs = [(title, each) for title, each in zip(columns.titles, columns.told, strict=True) if each != LEFT]
    yield "read as: " + ", ".join(f"{title} = {each}" for title, each in pairs)
    left = [title for title, each in zip(columns.titles, columns.told, strict=True) if each == LEFT and title]
    if left:
        more = f" and {len(left) - _MOST_TOLD} more" if len(left) > _MOST_TOLD else ""
        yield f"kept without being understood: {', '.join(left[:_MOST_TOLD])}{more}"
    if columns.order and any(re.match(r"\d{1,2}[/-]", cell) for cell in _dates(columns.told, rows)):
        why = (
            "as you said" if order else "as other dates in it show" if own else "as this tracker writes them"
        )
        yield f"dates like 8/9/26 are read {_ORDERS[columns.order]}, {why}"


def ragged(columns: Columns, row: Row) -> str:
    """Say that a row has other than as many cells as there are headings; empty where it has as many."""
    found, wanted = len(row.cells), len(columns.titles)
    if found == wanted:
        return ""
    return f"its cells do not fit the headings: {found} for {wanted}"


def with_steps(reading: Reading, steps: Iterable[Step], remarks: Iterable[str]) -> Reading:
    """Put a file's steps behind what was told of it, and other remarks in place of those."""
    return Reading(
        name=reading.name,
        taken_for=reading.taken_for,
        steps=(*reading.steps, *steps),
        remarks=tuple(remarks),
    )
