"""The page of figures in a real browser: a number opens its notes, without scripts too."""

import pytest

from tests.browser.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HAD = "td a.count[href='#stage-screen']"


def test_a_number_opens_its_notes_beside_it_and_gives_the_keyboard_back(open_page: Opener) -> None:
    page = open_page("stats.html")
    link = page.locator(HAD)
    link.focus()
    page.keyboard.press("Enter")
    sheet = page.locator("#counted-sheet")
    assert sheet.is_visible()
    assert sheet.locator("li a").count() == int(link.inner_text().split()[0])
    assert page.evaluate("document.activeElement.id") == "counted-sheet-title"
    assert page.evaluate("document.querySelectorAll('[id=stage-screen]').length") == 1
    page.keyboard.press("Escape")
    assert sheet.is_hidden()
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#stage-screen"


@pytest.mark.parametrize("width", [320, 1280])
def test_the_sheet_stays_within_the_window(open_page: Opener, width: int) -> None:
    page = open_page("stats.html", width=width)
    for link in page.locator("a.count:visible").all():
        if link.get_attribute("href") in {"#total", "#stage-screen", "#stage-offer", "#time-next-waiting"}:
            link.click()
            box = page.locator("#counted-sheet").bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] >= 0
            page.keyboard.press("Escape")


def test_without_scripts_a_number_leads_to_its_notes(open_page: Opener) -> None:
    page = open_page("stats.html", script=False)
    page.click(HAD)
    assert page.locator("#stage-screen").is_visible()
    assert page.locator("#counted-sheet").is_hidden()


def test_an_address_unfolds_what_it_names(open_page: Opener) -> None:
    page = open_page("stats.html")
    assert page.locator("#stage-screen").is_hidden()
    page.evaluate("location.hash = 'stage-screen'")
    assert page.locator("#stage-screen").is_visible()


def test_todays_line_moves_on_and_goes_when_it_leaves_the_picture(open_page: Opener) -> None:
    page = open_page("stats.html", at="2026-02-09T09:30:00Z")
    line = page.locator(".strands line.now").first
    first = float(line.get_attribute("x1").rstrip("%"))  # type: ignore[union-attr]
    assert page.locator("[data-lane-day]").inner_text() == "today"
    page.clock.set_fixed_time("2026-02-12T09:30:00Z")
    page.clock.run_for(31_000)
    assert float(line.get_attribute("x1").rstrip("%")) > first  # type: ignore[union-attr]
    page.clock.set_fixed_time("2026-06-01T09:30:00Z")
    page.clock.run_for(31_000)
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.strands line.now')).visibility") == "hidden"
    )
    assert "beyond" in page.locator("[data-lane-day]").inner_text()
