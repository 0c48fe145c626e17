"""Applications over time: marks at their moments, labels that do not touch, a scale that names its months."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from prepvault.model.interview import Interview, InterviewType, Outcome, Status
from prepvault.render.lanes import WIDTHS, Round, render_lane, render_scale, scale_of
from prepvault.render.shapes import SHAPES, shape_of, standing_word
from tests.conftest import NOW
from tests.dashboard import decided, interview


def drawn(*interviews: Interview) -> ET.Element:
    scale = scale_of(interviews, NOW, "Europe/Berlin")
    rounds = [Round(each, f"interviews/{each.id}.html", each.type_label) for each in interviews]
    svg = ET.fromstring(render_lane(rounds, scale))  # noqa: S314
    assert svg.attrib["aria-hidden"] == "true"
    assert not [each for each in svg.iter() if "style" in each.attrib]
    return svg


def test_a_mark_stands_at_its_moment_and_says_what_it_is() -> None:
    first, last = decided("a", Outcome.ADVANCED, -24 * 14), interview("b", 24 * 14)
    scale = scale_of([first, last], NOW, "Europe/Berlin")
    links = drawn(first, last).findall("a")
    assert [each.attrib["href"] for each in links] == ["interviews/a.html", "interviews/b.html"]
    places = [float(each.find("svg").attrib["x"].rstrip("%")) for each in links]  # type: ignore[union-attr]
    assert places == [pytest.approx(100 * scale.share(each.starts), abs=0.01) for each in (first, last)]
    assert links[0].findtext("title") == "Technical, Mon 26 Jan 2026, Advanced"
    assert 0 < scale.share(first.starts) < scale.share(NOW) < scale.share(last.ends) < 1


def test_labels_that_would_touch_stand_on_lines_of_their_own() -> None:
    def lines(*days: float) -> int:
        heights = {
            each.attrib["y"] for each in drawn(*(interview(f"i{day}", 24 * day) for day in days)).iter("text")
        }
        return len(heights)

    assert lines(1, 30) == 1
    assert lines(1, 2) == 2
    assert lines(1, 1, 1) == 3


def test_a_label_at_the_end_of_the_scale_stands_before_its_mark() -> None:
    far = interview("far", 24 * 5000, type=InterviewType.VIDEO_INTERVIEW)
    near = interview("near", 24)
    assert [each.get("text-anchor") for each in drawn(near, far).iter("text")] == [None, "end"]


def test_the_scale_names_its_months_and_widens_with_them() -> None:
    def names(days: int) -> list[str]:
        rounds = [interview("a", 0), interview("b", 24 * days)]
        svg = ET.fromstring(render_scale(scale_of(rounds, NOW, "Europe/Berlin"), NOW))  # noqa: S314
        return [each.text or "" for each in svg.findall("text")]

    assert names(30) == ["Feb 2026", "Mar", "today"]
    assert names(365)[9:13] == ["Nov", "Dec", "Jan 2027", "Feb"]
    widths = [scale_of([interview("a", 24 * days)], NOW, "UTC").width for days in (1, 150, 400, 9000)]
    assert widths == [WIDTHS[0], WIDTHS[1], WIDTHS[4], WIDTHS[-1]]


def test_a_month_begins_at_its_own_midnight_across_clock_changes() -> None:
    rounds = [interview("a", 24 * 60)]
    scale = scale_of(rounds, NOW, "Europe/Berlin")
    april = datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert f'x1="{100 * scale.share(april):.2f}%"' in render_scale(scale, NOW)
    assert timedelta(days=7) <= scale.last - rounds[0].ends.astimezone(UTC)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_every_standing_has_a_shape_and_a_word(status: Status, outcome: Outcome | None) -> None:
    each = interview(status=status, outcome=outcome)
    assert shape_of(each) in SHAPES
    assert re.fullmatch("[A-Z][a-z ]+", standing_word(each))
    if status is Status.CANCELLED:
        assert (shape_of(each), standing_word(each)) == ("cancelled", "Cancelled")
