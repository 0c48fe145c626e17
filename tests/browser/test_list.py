"""All interviews in a real browser: filters as counted in Python, and their state in the address."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from prepvault.jobs.context import open_context
from prepvault.jobs.load import load
from prepvault.model.interview import Interview, InterviewType, Outcome, Status
from prepvault.model.zones import zone_of
from prepvault.rules.published import published
from tests.browser.conftest import Opener
from tests.conftest import NOW

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LIST = "interviews/index.html"
Wanted = Callable[[Interview], bool]


@pytest.fixture(scope="module")
def interviews(site: Path) -> tuple[Interview, ...]:
    """What the vault has, read in Python."""
    return published(load(open_context(str(site.parent), now=NOW.isoformat()))).interviews


def at_filter(open_page: Opener, address: str, **how: str) -> "Page":
    """Open the list cold at an address, as from a bookmark."""
    page = open_page("index.html", **how)
    page.goto(page.url.replace("index.html", f"{LIST}#{address}"))
    return page


def shown(page: "Page") -> list[str]:
    """The pages that the visible rows lead to, in their order."""
    links: list[str] = page.eval_on_selector_all(
        "#every tbody tr",
        "rows => rows.filter(row => row.getClientRects().length)"
        ".map(row => row.querySelector('a').getAttribute('href'))",
    )
    return links


def day(each: Interview) -> date:
    return each.starts.date() if each.all_day else each.starts.astimezone(zone_of("Europe/Berlin")).date()


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("status=completed", lambda each: each.status is Status.COMPLETED),
        ("status=reminder_sent", lambda each: each.status is Status.REMINDER_SENT),
        ("type=technical", lambda each: each.type is InterviewType.TECHNICAL),
        ("outcome=rejected", lambda each: each.outcome is Outcome.REJECTED),
        ("outcome=none", lambda each: each.outcome is None),
        ("outcome=decided", lambda each: each.outcome is not None and each.outcome.is_decided),
        ("company=nope-inc", lambda each: each.company == "Nope Inc"),
        ("standing=ahead", lambda each: each.is_open and each.ends > NOW),
        ("standing=over", lambda each: each.is_open and each.ends <= NOW),
        ("standing=closed", lambda each: not each.is_open),
        ("from=2026-02-06", lambda each: day(each) >= date(2026, 2, 6)),
        ("from=2026-01-25&to=2026-02-06", lambda each: date(2026, 1, 25) <= day(each) <= date(2026, 2, 6)),
        ("to=2026-02-09", lambda each: day(each) <= date(2026, 2, 9)),
        ("q=ANALYST", lambda each: each.role == "Analyst"),
        ("q=dana+poe", lambda each: {"Dana Roe", "Sam Poe"} <= {person.name for person in each.people}),
        ("q=karl-marx", lambda each: "Karl-Marx" in each.venue.text),
        ("q=int_odd", lambda each: each.id == "int_odd"),
        ("q=acme_backend", lambda each: each.job_id == "acme_backend"),
        ("q=uberfirma", lambda each: each.company.startswith("Über")),
        (
            "q=nope&status=cancelled",
            lambda each: each.company == "Nope Inc" and each.status is Status.CANCELLED,
        ),
        ("sort=when", lambda _: True),
    ],
)
def test_a_bookmark_shows_what_python_counts(
    open_page: Opener, interviews: tuple[Interview, ...], address: str, wanted: Wanted
) -> None:
    page = at_filter(open_page, address)
    number = sum(wanted(each) for each in interviews)
    assert len(shown(page)) == number
    told = page.locator("#shown").inner_text()
    assert told == ("7 interviews" if address.startswith("sort") else f"{number} of 7 interviews shown")
    assert page.locator("#none-shown").is_visible() == (number == 0)


def test_what_is_chosen_goes_into_the_address_back_and_forward(open_page: Opener) -> None:
    page = open_page(LIST)
    page.select_option("#filter-status", "completed")
    page.select_option("#filter-outcome", "advanced")
    page.click("[data-standing=closed]")
    assert page.url.endswith("#standing=closed&status=completed&outcome=advanced")
    assert shown(page) == ["int_acme_1.html"]
    page.go_back()
    page.go_back()
    assert page.url.endswith("#status=completed")
    assert page.input_value("#filter-outcome") == ""
    assert len(shown(page)) == 2
    page.go_back()
    assert page.url.endswith(LIST)
    assert len(shown(page)) == 7
    page.go_forward()
    page.go_forward()
    assert page.input_value("#filter-outcome") == "advanced"
    assert shown(page) == ["int_acme_1.html"]
    page.reload()
    assert shown(page) == ["int_acme_1.html"]


def test_what_is_typed_replaces_the_address(open_page: Opener) -> None:
    page = open_page("index.html")
    page.goto(page.url.replace("index.html", LIST))
    length = page.evaluate("history.length")
    page.focus("#filter-q")
    page.keyboard.type("acme tech", delay=20)
    page.wait_for_url("**#q=acme+tech")
    assert shown(page) == ["int_acme_2.html"]
    page.keyboard.press("Enter")
    assert page.evaluate("history.length") == length
    page.go_back()
    page.wait_for_url("**/site/index.html")
    page.go_forward()
    assert page.input_value("#filter-q") == "acme tech"
    assert shown(page) == ["int_acme_2.html"]


def test_nothing_that_fits_says_what_to_do_and_can_be_cleared(open_page: Opener) -> None:
    page = at_filter(open_page, "type=<img src=x>&q=acme")
    assert page.locator("#every").is_hidden()
    assert page.locator("#none-shown").inner_text().startswith("No interview fits all of this.")
    assert page.locator("#filter-type option:checked").inner_text() == "<img src=x>"
    page.click("#none-clear")
    assert len(shown(page)) == 7
    assert page.url.endswith(LIST)
    assert page.evaluate("document.activeElement.id") == "filter-q"
    assert page.locator("#filters-clear").is_hidden()


def test_how_many_are_shown_is_announced(open_page: Opener) -> None:
    page = open_page(LIST)
    assert page.locator("#shown").get_attribute("role") == "status"
    assert page.locator("#shown").inner_text() == "7 interviews"
    page.select_option("#filter-type", "panel")
    assert page.locator("#shown").inner_text() == "1 of 7 interviews shown"
    numbers = page.locator("[data-standing] [data-number]").all_inner_texts()
    assert numbers == ["1", "0", "0", "1"], "each standing says how many it would show"
    page.click("#filters-clear")
    assert page.locator("[data-standing] [data-number]").all_inner_texts() == ["7", "3", "1", "3"]


def test_the_readers_clock_says_what_is_ahead(open_page: Opener) -> None:
    page = at_filter(open_page, "standing=ahead", at="2026-02-10T19:30:00Z")
    assert shown(page) == ["int_acme_2.html", "int_odd.html", "int-uber-firma.html"]
    page.clock.set_fixed_time("2026-02-10T20:00:00Z")
    page.clock.run_for(31_000)
    assert shown(page) == ["int_odd.html", "int-uber-firma.html"]
    page.click("#filters-clear")
    assert shown(page)[:4] == ["int_odd.html", "int-uber-firma.html", "int_acme_2.html", "int_forgotten.html"]
    assert page.locator(".first-behind a").get_attribute("href") == "int_acme_2.html"


def test_heads_sort_up_down_and_back(open_page: Opener, interviews: tuple[Interview, ...]) -> None:
    page = open_page(LIST)
    first = shown(page)
    head = page.locator("th[data-sort=company]")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    names = page.locator("#every tbody th a").evaluate_all(
        "all => all.map(each => each.firstChild.data.trim())"
    )
    assert names == sorted((each.company for each in interviews), key=lambda name: name.replace("Ü", "U"))
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert page.url.endswith("#sort=-company")
    names.reverse()
    again = page.locator("#every tbody th a").evaluate_all(
        "all => all.map(each => each.firstChild.data.trim())"
    )
    assert again == names
    head.get_by_role("button").click()
    assert page.locator("[aria-sort]").count() == 0
    assert shown(page) == first
    page.locator("th[data-sort=when]").get_by_role("button").click()
    by_time = sorted(interviews, key=lambda each: each.starts)
    assert [name.removesuffix(".html") for name in shown(page)][-1] == "int-uber-firma"
    assert len(by_time) == len(shown(page))
    page.go_back()
    assert shown(page) == first


def test_the_skip_link_keeps_the_filters(open_page: Opener) -> None:
    page = at_filter(open_page, "status=completed")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.url.endswith("#status=completed")
    page.evaluate("location.hash = '#main'")
    page.wait_for_url("**#main")
    assert len(shown(page)) == 2, "a place on the page is no filter"


def test_an_address_gone_wrong_stops_nothing(open_page: Opener) -> None:
    page = at_filter(open_page, "q=%E0%A4%A&standing=nonsense&from=never&__proto__=x")
    assert shown(page) == []
    page.click("#none-clear")
    assert len(shown(page)) == 7


@pytest.mark.parametrize("word", ["nonsense", "__proto__", "constructor"])
def test_an_order_that_there_is_not_is_the_one_by_the_hour(open_page: Opener, word: str) -> None:
    assert shown(at_filter(open_page, f"sort={word}")) == shown(open_page(LIST))


def test_on_a_phone_filters_are_folded_and_rows_are_cards(open_page: Opener) -> None:
    page = open_page(LIST, width=360)
    assert page.locator("#filter-type").is_hidden()
    fold = page.locator("#filters-fold")
    fold.click()
    assert fold.get_attribute("aria-expanded") == "true"
    page.select_option("#filter-type", "technical")
    assert fold.text_content() == "Filters(1)"
    assert shown(page) == ["int_acme_2.html"]
    page.select_option("#filter-sort", "-when")
    page.click("#filters-clear")
    assert page.url.endswith("#sort=-when")
    assert shown(page)[0] == "int-uber-firma.html"
    card = page.locator("#every tbody tr").first
    assert card.bounding_box()["width"] > 300  # type: ignore[index]
    assert page.locator("#every thead").is_hidden()


def test_without_scripts_the_whole_table_stands_there(open_page: Opener) -> None:
    page = open_page(LIST, script=False)
    assert len(shown(page)) == 7
    assert page.locator("form:visible, .sort, #filters-clear:visible").count() == 0
    assert page.locator("#shown").inner_text() == "7 interviews"
    assert page.locator("thead th").all_inner_texts() == [
        "When",
        "Interview",
        "Type",
        "People",
        "Status",
        "Outcome",
        "Prepared",
    ]
    assert "in 1 day 10 h" in page.locator("#every tbody tr").first.inner_text()
