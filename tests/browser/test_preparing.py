"""Pages to prepare with in a real browser: the matrix, letters by the clock, practice, paper."""

import pytest

from tests.browser.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BACKGROUND = "each => getComputedStyle(each).backgroundColor"


def test_the_matrix_gives_way_to_a_list_on_a_phone(open_page: Opener) -> None:
    wide, narrow = open_page("stories.html"), open_page("stories.html", width=360)
    assert wide.locator(".matrix").is_visible()
    assert wide.locator(".by-need").is_hidden()
    assert narrow.locator(".matrix").is_hidden()
    entry = narrow.locator(".needs > li", has_text="Ownership").first
    assert "main point: The outage" in " ".join(entry.inner_text().split())


def test_the_head_of_the_matrix_stays_in_sight(open_page: Opener) -> None:
    page = open_page("stories.html")
    frame, head = page.locator(".matrix-frame"), page.locator(".matrix thead th").nth(1)
    frame.evaluate("each => { each.scrollTop = 200; each.scrollLeft = 200; }")
    top = frame.evaluate("each => each.getBoundingClientRect().top")
    assert frame.evaluate("each => each.scrollTop") == 200
    assert head.evaluate("each => each.getBoundingClientRect().top") == pytest.approx(top, abs=2)


def test_the_row_under_the_pointer_and_the_focus_stands_out(open_page: Opener) -> None:
    page = open_page("stories.html")
    row = page.locator(".matrix tbody tr", has_text="Ownership")
    cell = row.locator("td").first
    plain = cell.evaluate(BACKGROUND)
    row.hover()
    marked = cell.evaluate(BACKGROUND)
    assert marked != plain
    page.mouse.move(0, 0)
    assert cell.evaluate(BACKGROUND) == plain
    row.locator("a").first.focus()
    assert cell.evaluate(BACKGROUND) == marked


def test_a_letter_counts_its_days_by_the_readers_clock(open_page: Opener) -> None:
    page = open_page("emails.html", at="2026-02-20T09:00:00Z")
    letter = page.locator(".draft", has_text="Thank-you").first
    assert letter.locator("[data-since]").inner_text() == "17 days overdue"
    assert open_page("emails.html", script=False).locator("[data-since]:visible").first.inner_text() == (
        "6 days overdue"
    )


def test_subject_and_text_of_a_letter_are_copied_apart(open_page: Opener) -> None:
    page = open_page("emails.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-copy$=-subject]").first.click()
    assert page.evaluate("navigator.clipboard.readText()") == "Thank You – Acme Robotics Interview"
    page.locator("[data-copy$=-body]").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.lstrip().startswith("Dear Kim,")
    assert "[topic 1]" in copied


def test_questions_come_one_at_a_time_each_once(open_page: Opener) -> None:
    page = open_page("prep/technical.html")
    box = page.locator("#questions [data-drill]")
    number = page.locator("#questions [data-question]").count()
    seen = set()
    for _ in range(number):
        box.locator("[data-drill-next]").click()
        seen.add(box.locator("[data-drill-question]").inner_text())
        assert box.locator("[data-drill-hint]").is_hidden()
    assert len(seen) == number
    box.locator("[data-drill-show]").click()
    assert box.locator("[data-drill-hint]").inner_text()
    assert box.locator("[data-drill-clock]").inner_text() == "0:00"


def test_on_paper_every_hint_shows_and_is_folded_again(open_page: Opener) -> None:
    page = open_page("prep/technical.html")
    hints = page.locator(".reveal details[open]")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert hints.count() == page.locator(".reveal details").count() > 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert hints.count() == 0


def test_a_promise_whose_day_is_past_says_so(open_page: Opener) -> None:
    page = open_page("loops/acme_backend.html", at="2026-02-07T09:00:00Z")
    mine, theirs = page.locator(".waits .you"), page.locator(".waits .they")
    assert "2 days overdue" in mine.inner_text()
    assert theirs.locator("[data-since]").is_hidden()
