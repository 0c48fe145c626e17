"""Charts as inline SVG: shapes with attributes and classes only, numbers never in them.

Every chart stands in or beside a table that holds the same numbers as text, so the shapes are hidden from
screen readers. They stretch to the width they are given; strokes keep theirs.
"""

from collections.abc import Sequence
from datetime import datetime

_HEIGHT = 100


def bar(share: float, kind: str = "") -> str:
    """One horizontal bar, `share` of the full width."""
    return _svg(
        "bars-bar", f'<rect class="{_kind(kind)}" x="0" y="0" width="{_number(share)}" height="100"/>'
    )


def interval(share: float, low: float, high: float) -> str:
    """A bar with its interval as a line over it."""
    line = f'<path class="whisker" d="M{_number(low)} 50H{_number(high)}"/>'
    return _svg("bars-bar", f'<rect class="mark" x="0" y="0" width="{_number(share)}" height="100"/>{line}')


def columns(values: Sequence[int], now: int) -> str:
    """Columns side by side, in order; the one at index `now` stands out, those after it are still to come."""
    top, step = max((*values, 1)), 100 / max(len(values), 1)
    shapes = []
    for index, value in enumerate(values):
        kind = "mark" if index < now else "mark now" if index == now else "mark ahead"
        height = max(value / top * _HEIGHT, 1.5)
        shapes.append(
            f'<rect class="{kind if value else "none"}" x="{_plain(index * step + step * 0.12)}"'
            f' y="{_plain(_HEIGHT - height)}" width="{_plain(step * 0.76)}" height="{_plain(height)}"/>'
        )
    return _svg("bars-columns", "".join(shapes))


def lane(moments: Sequence[tuple[datetime, str]], first: datetime, last: datetime, now: datetime) -> str:
    """Dots on a line of time from `first` to `last`; each dot has a kind, and `now` is a thin line."""
    span = max((last - first).total_seconds(), 1.0)

    def place(moment: datetime) -> float:
        return min(max((moment - first).total_seconds() / span, 0.0), 1.0) * 0.96 + 0.02

    shapes = ['<path class="axis" d="M0 50H100"/>']
    if first <= now <= last:
        shapes.append(f'<path class="now" d="M{_number(place(now))} 0V100"/>')
    shapes += [f'<path class="dot {_kind(kind)}" d="M{_number(place(at))} 50h0"/>' for at, kind in moments]
    return _svg("bars-lane", "".join(shapes))


def _svg(kind: str, inside: str) -> str:
    return (
        f'<svg class="chart {kind}" viewBox="0 0 100 100" preserveAspectRatio="none"'
        f' aria-hidden="true" focusable="false">{inside}</svg>'
    )


def _kind(kind: str) -> str:
    """A class name of ours: letters and hyphens, nothing else gets through."""
    safe = "".join(
        each for each in kind.lower().replace("_", "-") if each.isascii() and (each.isalpha() or each == "-")
    )
    return safe or "mark"


def _number(share: float) -> str:
    return _plain(min(max(share, 0.0), 1.0) * 100)


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
