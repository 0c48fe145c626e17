"""The picture of the funnel: a bar of applications per stage, and between the bars those that went on.

One unit across is one application. What went on leaves a bar on its left, the nearest stage first, and comes
in on the left of the next bar; a band past a stage that its applications did not have goes behind that
stage's bar. The picture is stretched to its place, the words beside it are the page's own.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from prepvault.model.figures import Stage
from prepvault.render.charts import plain

_ROW, _BAR = 100, 38


def flow(stages: Sequence[Stage]) -> str:
    """Draw the stages one below the other, each bar parted by what followed, with bands to what came next."""
    unit = 100 / max(1, *(len(stage.loops) for stage in stages))
    height = _ROW * (len(stages) - 1) + _BAR
    bars = "".join(shape for step, stage in enumerate(stages) for shape in _bar(step, stage, unit))
    return (
        f'<svg class="chart flow" viewBox="0 0 100 {height}" preserveAspectRatio="none"'
        f' aria-hidden="true" focusable="false">{"".join(_bands(_moves(stages), unit))}{bars}</svg>'
    )


def _moves(stages: Sequence[Stage]) -> Mapping[tuple[int, int], int]:
    """How many applications went from one stage to another as the next one that they had."""
    last: dict[str, int] = {}
    moves: Counter[tuple[int, int]] = Counter()
    for step, stage in enumerate(stages):
        for key in stage.loops:
            if key in last:
                moves[last[key], step] += 1
            last[key] = step
    return moves


def _bar(step: int, stage: Stage, unit: float) -> Iterator[str]:
    top, at = step * _ROW, 0
    yield f'<rect class="rail" x="0" y="{top}" width="100" height="{_BAR}"/>'
    parts = (
        ("on", stage.went_on),
        ("open", stage.still_open if stage.onward else ()),
        ("ended", stage.ended),
        ("offer", () if stage.onward else stage.loops),
    )
    for kind, loops in parts:
        if loops:
            place = f'x="{plain(at * unit)}" y="{top}" width="{plain(len(loops) * unit)}" height="{_BAR}"'
            yield f'<rect class="part {kind}" {place}/>'
        at += len(loops)


def _bands(moves: Mapping[tuple[int, int], int], unit: float) -> Iterator[str]:
    """One band for each two stages, beside those that left the same bar or came to the same one."""
    left: Counter[int] = Counter()
    come: Counter[int] = Counter()
    for (step, then), count in sorted(moves.items(), key=lambda each: (each[0][1] - each[0][0], each[0])):
        yield _band(step * _ROW + _BAR, then * _ROW, (left[step] * unit, come[then] * unit), count * unit)
        left[step] += count
        come[then] += count


def _band(top: int, bottom: int, places: tuple[float, float], width: float) -> str:
    middle = plain((top + bottom) / 2)
    left, to_left = plain(places[0]), plain(places[1])
    right, to_right = plain(places[0] + width), plain(places[1] + width)
    down = f"C{right} {middle} {to_right} {middle} {to_right} {bottom}"
    up = f"C{to_left} {middle} {left} {middle} {left} {top}"
    return f'<path class="band" d="M{left} {top}H{right}{down}H{to_left}{up}Z"/>'
