"""The applications over time: a scale of months, and for each application its rounds as marks on a lane.

Places along the scale are shares of its width, so that a lane stretches; labels that would run into each
other at the least width stand on lines of their own. Heights are in `em`, so they grow with the text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import escape

from prepvault.model.interview import Interview
from prepvault.model.zones import zone_of
from prepvault.render.shapes import shape_of, standing_word
from prepvault.render.times import day_text

WIDTHS = (44, 62, 90, 130, 190, 280, 420)
"""The least widths of the scale, in rem; the sheet has a class for each."""
_REM_A_DAY = 0.32
_MARGIN = timedelta(days=7)
_AHEAD = timedelta(days=28)
_MANY_WEEKS = 60
_EM = 0.8
_LETTER = 0.56 * _EM
_LINE = 1.5
_ROOM = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """The time that all lanes share, from one moment to another, and the zone whose months it shows."""

    first: datetime
    last: datetime
    zone: str

    @property
    def width(self) -> int:
        """The least width in rem: enough to tell days of one week apart, as far as the steps go."""
        wanted = (self.last - self.first).total_seconds() / 86400 * _REM_A_DAY
        return next((each for each in WIDTHS if each >= wanted), WIDTHS[-1])

    def share(self, moment: datetime) -> float:
        """Where a moment is, from 0 at the beginning to 1 at the end."""
        whole = (self.last - self.first).total_seconds()
        return min(max((moment - self.first).total_seconds() / whole, 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Round:
    """An interview on a lane: where it is shown, and what stands beside its mark."""

    interview: Interview
    href: str
    label: str


def scale_of(interviews: Sequence[Interview], now: datetime, zone: str) -> Scale:
    """Reach from a week before the first interview to some weeks after the last one, or after now."""
    starts = [each.starts.astimezone(UTC) for each in interviews]
    ends = [each.ends.astimezone(UTC) for each in interviews]
    here = now.astimezone(UTC)
    return Scale(min(*starts, here) - _MARGIN, max(*ends, here + _AHEAD) + _MARGIN, zone)


def render_scale(scale: Scale, now: datetime) -> str:
    """Draw the months with their names, the weeks as ticks, and today; the lanes use its lines again."""
    months = list(_months(scale))
    lines = "".join(_line("lane-month", share) for share, _ in months if share)
    ticks = "".join(_line("lane-week", share, "2.9em", "3.4em") for share in _weeks(scale))
    names = "".join(
        f'<text class="month-name" x="{_percent(share)}" dx="0.4em" y="1.2em">{escape(name)}</text>'
        for share, name in _readable(months, scale)
    )
    at = _percent(scale.share(now))
    return (
        f'<svg class="scale" width="100%" height="3.4em" aria-hidden="true" focusable="false">'
        f'<defs><symbol id="lane-months">{lines}</symbol><symbol id="lane-now">'
        f'<line class="lane-now" data-now="" x1="{at}" x2="{at}" y1="0" y2="100%"/></symbol></defs>'
        f"{lines}{ticks}{names}"
        f'<text class="now-name" data-now="" x="{at}" y="2.5em" text-anchor="middle">today</text></svg>'
    )


def _readable(months: Sequence[tuple[float, str]], scale: Scale) -> Iterator[tuple[float, str]]:
    """The months with room for their names before the next one begins."""
    ends = [*(share for share, _ in months[1:]), 1.0]
    for (share, name), end in zip(months, ends, strict=True):
        if (end - share) * scale.width > _ROOM:
            yield share, name


def render_lane(rounds: Sequence[Round], scale: Scale) -> str:
    """Draw one application: the time it has taken so far as a band, its rounds as marks with their names."""
    lines = _lines_of(rounds, scale)
    height = _plain(0.5 + _LINE * (max(lines) + 1))
    first = scale.share(min(each.interview.starts for each in rounds))
    last = scale.share(max(each.interview.starts for each in rounds))
    band = (
        f'<rect class="band" x="{_percent(first)}" y="0.25em" width="{_percent(last - first)}"'
        f' height="{_plain(_LINE * (max(lines) + 1))}em" rx="0.4em"/>'
        if last > first
        else ""
    )
    marks = "".join(_mark(each, line, scale) for each, line in zip(rounds, lines, strict=True))
    return (
        f'<svg class="lane" width="100%" height="{height}em" aria-hidden="true" focusable="false">'
        f'<use href="#lane-months"/>{band}<use href="#lane-now"/>{marks}</svg>'
    )


def _lines_of(rounds: Sequence[Round], scale: Scale) -> list[int]:
    """On which line each round stands: the first where its mark and label touch no other's."""
    free: list[float] = []
    lines = []
    for each in rounds:
        left = scale.share(each.interview.starts) * scale.width
        line = next((number for number, end in enumerate(free) if end <= left), len(free))
        free[line : line + 1] = [left + (2.2 * _EM) + len(each.label) * _LETTER]
        lines.append(line)
    return lines


def _mark(each: Round, line: int, scale: Scale) -> str:
    interview = each.interview
    share, middle = scale.share(interview.starts), 0.25 + _LINE * (line + 0.5)
    x, shape = _percent(share), shape_of(interview)
    day = day_text(interview.starts.astimezone(zone_of(scale.zone)))
    told = f"{each.label}, {day}, {standing_word(interview)}"
    # A label at the right end stands before its mark, or it would be cut off.
    is_late = share * scale.width + 2.2 * _EM + len(each.label) * _LETTER > scale.width
    side = 'dx="-0.85em" text-anchor="end"' if is_late else 'dx="0.85em"'
    return (
        f'<a class="round" href="{escape(each.href)}" tabindex="-1"><title>{escape(told)}</title>'
        f'<svg class="shape shape-{shape}" x="{x}" y="{_plain(middle)}em" overflow="visible">'
        f'<use href="#shape-{shape}" x="-0.55em" y="-0.55em" width="1.1em" height="1.1em"/></svg>'
        f'<text x="{x}" {side} y="{_plain(middle + 0.35)}em">{escape(each.label)}</text></a>'
    )


def _months(scale: Scale) -> Iterator[tuple[float, str]]:
    """Where each month begins, and its name; the year stands with the first and with each January."""
    first = scale.first.astimezone(zone_of(scale.zone)).date().replace(day=1)
    day = first
    while (start := _midnight(day, scale.zone)) < scale.last:
        yield scale.share(start), f"{day:%b %Y}" if day.month == 1 or day == first else f"{day:%b}"
        day = (day + timedelta(days=32)).replace(day=1)


def _weeks(scale: Scale) -> Iterator[float]:
    """Where each Monday begins; none where they are too many to tell apart."""
    if (scale.last - scale.first).days > 7 * _MANY_WEEKS:
        return
    day = scale.first.astimezone(zone_of(scale.zone)).date()
    day += timedelta(days=7 - day.weekday())
    while (start := _midnight(day, scale.zone)) < scale.last:
        yield scale.share(start)
        day += timedelta(days=7)


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone_of(zone)).astimezone(UTC)


def _line(kind: str, share: float, top: str = "0", bottom: str = "100%") -> str:
    x = _percent(share)
    return f'<line class="{kind}" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}"/>'


def _percent(share: float) -> str:
    return f"{_plain(share * 100)}%"


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
