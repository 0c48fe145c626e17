"""Charts as inline SVG: shapes with attributes and classes only.

Every chart stands beside a table that holds the same numbers as text, so the shapes are hidden from screen
readers. Places across are in percent of whatever width the page gives; marks and words keep their size.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from itertools import pairwise

_ROUND = "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0"
_CROSS = "M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5"
SHAPES = {
    "offer": "M0-7.5 2-2.4 7.3-2.2 3.1 1.1 4.6 6.3 0 3.3-4.6 6.3-3.1 1.1-7.3-2.2-2-2.4Z",
    "advanced": _ROUND,
    "rejected": _CROSS,
    "no-show": _CROSS,
    "withdrawn": "M-5.5 0H5.5",
    "no-response": "M-4-4H4V4H-4Z",
    "cancelled": "M-3.5 5 3.5-5",
    "ahead": "M-4-5 5 0-4 5Z",
    "waiting": _ROUND,
    "beyond": "M-3-5 3 0-3 5",
}
"""The outline of each kind of mark around its place, so that none is told by its colour alone."""

_EDGE = 2.0


def bar(share: float, kind: str = "") -> str:
    """One horizontal bar, `share` of the full width."""
    return _svg("bars-bar", f'<rect class="{_kind(kind)}" width="{_percent(share)}" height="100%"/>')


def stack(parts: Sequence[tuple[float, str]]) -> str:
    """Bars end to end, each a share of the full width with its kind."""
    shapes, at = [], 0.0
    for share, kind in parts:
        if share > 0:
            shapes.append(
                f'<rect class="{_kind(kind)}" x="{_percent(at)}" width="{_percent(share)}" height="100%"/>'
            )
        at += share
    return _svg("bars-stack", "".join(shapes))


def interval(share: float, low: float, high: float) -> str:
    """A share as a point on a line from 0 to 100 %, its interval as a stroke behind it."""
    return _svg(
        "bars-interval",
        f"{_line('axis', 0, 1)}"
        f"{_segment('half', (0.5, 0.15), (0.5, 0.85))}"
        f"{_line('whisker', low, high)}{_mark('point', _ROUND, share, '50%')}",
    )


def columns(values: Sequence[int], now: int, labels: Sequence[str] = ()) -> str:
    """Columns under their numbers; the one at index `now` stands out, those after it are still to come."""
    top, step = max((*values, 1)), 1 / max(len(values), 1)
    shapes = [_segment("axis", (0, 0.82), (1, 0.82))]
    for index, value in enumerate(values):
        kind = "mark" if index < now else "mark now" if index == now else "mark ahead"
        height, middle = value / top * 0.66, (index + 0.5) * step
        if value:
            shapes.append(
                f'<rect class="{kind}" x="{_percent((index + 0.16) * step)}" y="{_percent(0.82 - height)}"'
                f' width="{_percent(step * 0.68)}" height="{_percent(height)}" rx="2"/>'
                f"{_text(middle, 0.79 - height, str(value), 'number')}"
            )
    shapes += [_text((index + 0.5) * step, 0.97, each) for index, each in enumerate(labels) if each]
    return _svg("bars-columns", "".join(shapes))


def lane(moments: Sequence[tuple[datetime, str, str]], first: datetime, last: datetime, now: datetime) -> str:
    """Marks on a line of time from `first` to `last`, each with its kind and words; `now` is a thin line."""
    span = max((last - first).total_seconds(), 1.0)

    def place(moment: datetime) -> float:
        share = min(max((moment - first).total_seconds() / span, 0.0), 1.0)
        return (_EDGE + share * (100 - 2 * _EDGE)) / 100

    shapes = [_line("axis", 0, 1)]
    if moments:
        shapes.append(_line("path", place(moments[0][0]), place(moments[-1][0])))
    if first <= now <= last:
        shapes.append(_segment("now", (place(now), 0), (place(now), 1)))
    shapes += [_shape(kind, place(at), "50%", words) for at, kind, words in moments]
    return _svg("bars-lane", "".join(shapes))


def strip(known: Sequence[int], waiting: Sequence[int], most: int, middle: float | None = None) -> str:
    """Days as points on a scale from 0 to `most`, equals above each other; hollow ones still wait.

    Those longer than the scale are an arrow at its end, under their number. `middle` is the median, where
    it may be told.
    """
    shapes = [_segment("axis", (0, 0.8), (1, 0.8))]
    if middle is not None:
        shapes.append(_segment("median", (_on_scale(middle, most), 0.08), (_on_scale(middle, most), 0.92)))
    points = [(each, "known") for each in sorted(known)] + [(each, "waiting") for each in sorted(waiting)]
    within = [each for each in points if each[0] <= most]
    tallest = max(Counter(days for days, _ in within).values(), default=1)
    rise = min(18.0, 60 / tallest)
    seen: Counter[int] = Counter()
    for days, kind in within:
        shapes.append(_mark(kind, _ROUND, _on_scale(days, most), f"{plain(80 - seen[days] * rise)}%"))
        seen[days] += 1
    if beyond := len(points) - len(within):
        shapes.append(_mark("beyond", SHAPES["beyond"], _on_scale(most, most), "80%"))
        shapes.append(_text(_on_scale(most, most), 0.52, str(beyond), "number"))
    return _svg("bars-strip", "".join(shapes))


def _on_scale(days: float, most: int) -> float:
    return (_EDGE + days / max(most, 1) * (100 - 2 * _EDGE)) / 100


def spark(scores: Sequence[int], least: int, most: int) -> str:
    """Scores in order as points joined by a line, between two faint rules for the least and the most."""
    step = 1 / max(len(scores), 1)
    places = [
        ((index + 0.5) * step, 0.85 - (score - least) / max(most - least, 1) * 0.7)
        for index, score in enumerate(scores)
    ]
    shapes = [_segment("axis", (0, y), (1, y)) for y in (0.15, 0.85)]
    shapes += [_segment("path", one, other) for one, other in pairwise(places)]
    shapes += [_mark("known", "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0", x, _percent(y)) for x, y in places]
    return _svg("bars-spark", "".join(shapes))


def sample(kind: str) -> str:
    """One mark alone, for a key."""
    return _svg("bars-sample", _shape(kind, 0.5, "50%", ""))


def _shape(kind: str, share: float, y: str, words: str) -> str:
    name = _kind(kind)
    return _mark(name, SHAPES.get(name, _ROUND), share, y, words)


def _mark(name: str, outline: str, share: float, y: str, words: str = "") -> str:
    title = f"<title>{escape(words)}</title>" if words else ""
    return (
        f'<svg x="{_percent(share)}" y="{y}" overflow="visible">'
        f'<path class="dot {name}" d="{outline}"/>{title}</svg>'
    )


def _line(kind: str, low: float, high: float) -> str:
    return _segment(kind, (low, 0.5), (high, 0.5))


def _segment(kind: str, one: tuple[float, float], other: tuple[float, float]) -> str:
    (x, y), (to_x, to_y) = (tuple(map(_percent, each)) for each in (one, other))
    return f'<line class="{kind}" x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}"/>'


def _text(share: float, down: float, words: str, kind: str = "word") -> str:
    return f'<text class="{kind}" x="{_percent(share)}" y="{_percent(down)}">{escape(words)}</text>'


def _svg(kind: str, inside: str | Iterable[str]) -> str:
    return f'<svg class="chart {kind}" aria-hidden="true" focusable="false">{"".join(inside)}</svg>'


def _kind(kind: str) -> str:
    """A class name of ours: letters and hyphens, nothing else gets through."""
    safe = "".join(
        each for each in kind.lower().replace("_", "-") if each.isascii() and (each.isalpha() or each == "-")
    )
    return safe or "mark"


def _percent(share: float) -> str:
    return f"{plain(min(max(share, 0.0), 1.0) * 100)}%"


def plain(value: float) -> str:
    """A number as short as it can be written with two places."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
