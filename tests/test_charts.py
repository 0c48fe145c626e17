"""Charts: well-formed SVG of attributes and classes, true to their numbers; times in words."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from prepvault.render.charts import bar, columns, interval, lane
from prepvault.render.headings import settle_headings
from prepvault.render.pages import phase_offset
from prepvault.render.times import distance_text, local_text, span_text, when_text
from tests.conftest import NOW
from tests.dashboard import interview


def shapes(svg: str) -> list[ET.Element]:
    root = ET.fromstring(svg)  # noqa: S314
    assert root.attrib["aria-hidden"] == "true"
    assert not [each for each in root.iter() if "style" in each.attrib]
    return list(root)


def test_a_bar_is_as_long_as_its_share_and_never_longer_than_the_whole() -> None:
    assert [shapes(bar(share))[0].attrib["width"] for share in (0, 0.125, 1, 7, -1)] == [
        "0",
        "12.5",
        "100",
        "100",
        "0",
    ]


def test_an_interval_spans_low_to_high() -> None:
    assert shapes(interval(0.5, 0.2, 0.8))[1].attrib["d"] == "M20 50H80"


def test_columns_tell_past_now_and_ahead() -> None:
    drawn = shapes(columns([2, 4, 0, 1], 1))
    assert [each.attrib["class"] for each in drawn] == ["mark", "mark now", "none", "mark ahead"]
    assert [each.attrib["height"] for each in drawn] == ["50", "100", "1.5", "25"]
    assert len(shapes(columns([], 0))) == 0


def test_a_lane_keeps_its_dots_inside_and_class_names_plain() -> None:
    end = NOW + timedelta(days=10)
    drawn = shapes(lane([(NOW, "no_show"), (end, 'x" onload="y')], NOW, end, NOW + timedelta(days=5)))
    assert [each.attrib["class"] for each in drawn] == ["axis", "now", "dot no-show", "dot xonloady"]
    assert drawn[2].attrib["d"] == "M2 50h0"
    assert drawn[1].attrib["d"] == "M50 0V100"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "less than a minute"),
        (25, "25 min"),
        (60, "1 h"),
        (61, "1 h 1 min"),
        (1440, "1 day"),
        (1500, "1 day 1 h"),
        (2880, "2 days"),
        (1440 * 14, "14 days"),
        (1440 * 40 + 300, "40 days"),
    ],
)
def test_distances_in_at_most_two_units(minutes: int, text: str) -> None:
    assert distance_text(timedelta(minutes=minutes)) == text
    assert distance_text(-timedelta(minutes=minutes)) == text


def test_times_name_both_clocks_where_they_differ() -> None:
    late = interview(
        starts=datetime(2026, 2, 10, 23, 30, tzinfo=UTC), ends=datetime(2026, 2, 11, 0, 30, tzinfo=UTC)
    )
    assert when_text(late) == "Tue 10 Feb 2026, 23:30–Wed 11 Feb 2026, 00:30"
    assert local_text(late, "Europe/Berlin") == "Wed 11 Feb 2026, 00:30 in Europe/Berlin"
    assert local_text(late, "Europe/London") == ""
    day = interview(
        all_day=True, starts=datetime(2026, 2, 10, tzinfo=UTC), ends=datetime(2026, 2, 11, tzinfo=UTC)
    )
    assert when_text(day) == "Tue 10 Feb 2026, all day"


def test_lengths() -> None:
    assert [span_text(minutes) for minutes in (45, 60, 90, 1440, 2880)] == [
        "45 min",
        "1 h",
        "1 h 30 min",
        "1 day",
        "2 days",
    ]


def test_phases_are_counted_from_the_start_or_the_end() -> None:
    assert phase_offset("T-72h") == timedelta(hours=-72)
    assert phase_offset("T-10min") == timedelta(minutes=-10)
    assert phase_offset("T+7d") == timedelta(days=7)


def test_headings_of_a_note_never_skip_a_level() -> None:
    html = "<h2 id='a'>A</h2><h5>B</h5><h1>C</h1><h2>D</h2>"
    assert settle_headings(html, 3) == "<h3 id='a'>A</h3><h4>B</h4><h3>C</h3><h4>D</h4>"
    deep = "".join(f"<h{level}></h{level}>" for level in range(1, 7))
    assert settle_headings(deep, 4).count("<h6>") == 4
