"""The assignment problem: give each row at most one column so that the values add up to the most.

The Hungarian method with potentials: rows join one by one, and each finds the cheapest way to a free column
along which those before it may move on. Whole numbers only, so the answer is exact.
"""

from collections.abc import Sequence


def assign(values: Sequence[Sequence[int]]) -> tuple[int | None, ...]:
    """Return the column of each row; a row whose best is worth nothing gets None. Values are not negative.

    Among several best answers it is always the same one for the same values.
    """
    rows = len(values)
    columns = max(rows, len(values[0]) if values else 0)
    owner, row_gain, column_gain = [rows] * (columns + 1), [0] * (rows + 1), [0] * (columns + 1)
    for row in range(rows):
        owner[columns] = row
        came_from = _reach(values, owner, row_gain, column_gain)
        column = came_from[-1]
        while column != columns:
            before = came_from[column]
            owner[column], column = owner[before], before
    chosen: list[int | None] = [None] * rows
    for column, row in enumerate(owner[:columns]):
        if row < rows and _value(values[row], column) > 0:
            chosen[row] = column
    return tuple(chosen)


def _reach(
    values: Sequence[Sequence[int]], owner: list[int], row_gain: list[int], column_gain: list[int]
) -> list[int]:
    """Find the cheapest way from the newest row to a free column.

    Gives for each column the one before it on the way, and the free column as the last entry.
    """
    columns, rows = len(owner) - 1, len(row_gain) - 1
    slack: list[float] = [float("inf")] * columns
    came_from = [columns] * columns
    column, seen = columns, [columns]
    open_columns = set(range(columns))
    while owner[column] != rows:
        row = owner[column]
        for other in open_columns:
            cost = -_value(values[row], other) - row_gain[row] - column_gain[other]
            if cost < slack[other]:
                slack[other], came_from[other] = cost, column
        nearest = min(open_columns, key=lambda each: (slack[each], each))
        step = int(slack[nearest])
        for each in seen:
            row_gain[owner[each]] += step
            column_gain[each] -= step
        for each in open_columns:
            slack[each] -= step
        column = nearest
        seen.append(column)
        open_columns.remove(column)
    return [*came_from, column]


def _value(row: Sequence[int], column: int) -> int:
    """Columns beyond the last are worth nothing: there a row stays without one."""
    return row[column] if column < len(row) else 0
