"""Charts: well-formed SVG of attributes and classes, true to their numbers; times in words."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from prepvault.model.figures import Stage
from prepvault.render.charts import SHAPES, bar, columns, interval, lane, spark, stack, strip
from prepvault.render.flow import flow
from prepvault.render.headings import settle_headings
from prepvault.render.pages import phase_offset
from prepvault.render.times import distance_text, local_text, span_text, when_text
from prepvault.rules.rates import rate
from tests.conftest import NOW
from tests.dashboard import interview


def shapes(svg: str) -> list[ET.Element]:
    root = ET.fromstring(svg)  # noqa: S314
    assert root.attrib["aria-hidden"] == "true"
    assert not [each for each in root.iter() if "style" in each.attrib]
    return list(root)


def test_a_bar_is_as_long_as_its_share_and_never_longer_than_the_whole() -> None:
    assert [shapes(bar(share))[0].attrib["width"] for share in (0, 0.125, 1, 7, -1)] == [
        "0%",
        "12.5%",
        "100%",
        "100%",
        "0%",
    ]


def test_an_interval_spans_low_to_high() -> None:
    drawn = shapes(interval(0.5, 0.2, 0.8))
    whisker = next(each for each in drawn if each.attrib.get("class") == "whisker")
    assert (whisker.attrib["x1"], whisker.attrib["x2"]) == ("20%", "80%")
    assert drawn[-1].attrib["x"] == "50%"


def test_columns_tell_past_now_and_ahead() -> None:
    drawn = [each for each in shapes(columns([2, 4, 0, 1], 1)) if each.tag == "rect"]
    assert [each.attrib["class"] for each in drawn] == ["mark", "mark now", "mark ahead"]
    assert [each.attrib["height"] for each in drawn] == ["33%", "66%", "16.5%"]
    words = [each.text for each in shapes(columns([2, 0], 1, ["1 Feb", "8 Feb"])) if each.tag == "text"]
    assert words == ["2", "1 Feb", "8 Feb"]
    assert [each.tag for each in shapes(columns([], 0))] == ["line"]


def test_a_lane_keeps_its_marks_inside_tells_them_by_shape_and_lets_no_text_be_markup() -> None:
    end = NOW + timedelta(days=10)
    moments = [(NOW, "no_show", "<b>"), (end, 'x" onload="y', ""), (end, "offer", "Offer")]
    drawn = shapes(lane(moments, NOW, end, NOW + timedelta(days=5)))
    assert [each.attrib["x1"] for each in drawn if each.attrib.get("class") == "now"] == ["50%"]
    marks = [each for each in drawn if each.tag == "svg"]
    assert [each.attrib["x"] for each in marks] == ["2%", "98%", "98%"]
    assert [each[0].attrib["class"] for each in marks] == ["dot no-show", "dot xonloady", "dot offer"]
    assert [each.findtext("title") for each in marks] == ["<b>", None, "Offer"]
    assert len({SHAPES[kind] for kind in ("offer", "advanced", "rejected", "withdrawn", "no-response")}) == 5


def test_a_strip_stacks_equals_and_names_how_many_lie_beyond_its_scale() -> None:
    drawn = shapes(strip([3, 3, 7], [3, 90, 400], 14, 3))
    marks = [
        (each[0].attrib["class"], each.attrib["x"], each.attrib["y"]) for each in drawn if each.tag == "svg"
    ]
    at_three = [mark for mark in marks if mark[1] == marks[0][1]]
    assert [mark[0] for mark in at_three] == ["dot known", "dot known", "dot waiting"]
    assert len({mark[2] for mark in at_three}) == 3, "each is to be seen"
    assert [mark[0] for mark in marks if mark[1] == "98%"] == ["dot beyond"]
    assert [each.text for each in drawn if each.tag == "text"] == ["2"]
    assert "median" not in strip([3], [], 14)


def test_a_stack_is_as_long_as_its_parts_together() -> None:
    drawn = shapes(stack([(0.5, "a"), (0, "b"), (0.25, "c")]))
    places = [(each.attrib["class"], each.attrib["x"], each.attrib["width"]) for each in drawn]
    assert places == [("a", "0%", "50%"), ("c", "50%", "25%")]


def test_a_spark_goes_up_with_the_score() -> None:
    drawn = [float(each.attrib["y"][:-1]) for each in shapes(spark([1, 4, 2], 1, 4)) if each.tag == "svg"]
    assert drawn[1] < drawn[2] < drawn[0]


def test_the_funnel_is_drawn_by_what_applications_had() -> None:
    stages = (
        Stage("a", "A", ("x", "y", "z"), rate("onward-a", "A", ["x", "y"], ["x", "y", "z"])),
        Stage("b", "B", ("x", "v"), rate("onward-b", "B", ["x"], ["x"])),
        Stage("c", "C", ("x", "y"), None),
    )
    drawn = shapes(flow(stages))
    bars = [(each.attrib["class"], each.attrib["width"]) for each in drawn if "part" in each.attrib["class"]]
    third, two = "33.33", "66.67"
    assert bars == [
        ("part on", two),
        ("part ended", third),
        ("part on", third),
        ("part open", third),
        ("part offer", two),
    ]
    assert sum(each.tag == "path" for each in drawn) == 3, "a to b, b to c, and a to c past b"
    assert all(0 <= float(each.attrib["x"]) <= 100 for each in drawn if each.tag == "rect")


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
    assert local_text(late, "Europe/Berlin") == "Wed 11 Feb 2026, 00:30 in Berlin"
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
