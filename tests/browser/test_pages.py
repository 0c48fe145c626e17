"""Every kind of page in a real browser from its file: accessible, quiet, narrow enough, true by the hour."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import KINDS, Opener
from tests.dashboard import VAULT, build_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = f"axe.run(document, {{preload: false, runOnly: {{type: 'tag', values: {json.dumps(RULES)}}}}})"
UNFOLD = (
    "document.querySelectorAll('details').forEach("
    "each => { each.removeAttribute('name'); each.open = true; })"
)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("scheme", "width"), [("dark", 360), ("light", 1280)])
def test_axe_finds_nothing(open_page: Opener, axe: str, scheme: str, width: int) -> None:
    page = open_page(KINDS[0], width=width, scheme=scheme)
    folder, remarks = page.url.removesuffix(KINDS[0]), []
    for name in KINDS:
        page.goto(folder + name)
        page.evaluate(UNFOLD)
        page.evaluate(axe + ";0")
        found = page.evaluate(CHECK)
        remarks += [(name, each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]]
    assert remarks == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("scheme", "width"), [("dark", 360), ("light", 1280)])
def test_axe_finds_nothing_in_a_form_that_was_refused_and_then_taken(
    open_page: Opener, axe: str, scheme: str, width: int
) -> None:
    page = open_page("schedule.html", width=width, scheme=scheme)
    page.fill("#timezone", "New York")
    page.fill("#notes", "```")
    page.click("#make")
    assert page.locator(".fault").count() == 4
    assert page.locator("#remarks li").count() == 1
    page.evaluate(axe + ";0")
    assert page.evaluate(CHECK)["violations"] == []
    for name, text in (("company", "Acme"), ("role", "Engineer"), ("date", "2026-02-20"), ("time", "22:30")):
        page.fill(f"#{name}", text)
    page.fill("#timezone", "America/New_York")
    page.fill("#notes", "Much to say. " * 200)
    page.click("#make")
    assert page.locator("#result-long").is_visible()
    assert page.evaluate(CHECK)["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_scrolls_sideways(open_page: Opener, width: int) -> None:
    page = open_page(KINDS[0], width=width)
    folder = page.url.removesuffix(KINDS[0])
    wide = []
    for name in KINDS:
        page.goto(folder + name)
        page.evaluate(UNFOLD)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(name)
    assert wide == []


def test_without_javascript_the_built_state_stands_with_its_moment(open_page: Opener) -> None:
    page = open_page("index.html", script=False)
    text = page.inner_text("body")
    assert "As of Mon 9 Feb 2026, 10:00 (Europe/Berlin)" in text
    assert "in 1 day 10 h" in text
    assert page.locator("#up-next > li").count() == 1
    assert page.locator("#upcoming > li").count() == 2
    assert page.locator("#waiting > li").count() == 1
    assert page.locator(".js:visible").count() == 0
    form = open_page("schedule.html", script=False)
    assert "prepvault schedule --company" in form.inner_text("main")
    assert form.locator("form:visible").count() == 0


def names(page: "Page", place: str) -> list[str]:
    return [" ".join(each.split()) for each in page.locator(f"{place} > li h3").all_text_contents()]


def test_the_page_moves_with_the_clock(open_page: Opener) -> None:
    page = open_page("index.html")
    first = page.locator("#up-next > li")
    assert first.locator("[data-countdown]").inner_text() == "in 1 day 9 h"
    assert first.locator(".first li").count() == 3
    assert page.locator("[data-next-days]").inner_text() == "2"
    assert page.locator("h1").inner_text() == "Monday 9 February"
    page.clock.set_fixed_time("2026-02-10T19:30:00Z")
    page.clock.run_for(31_000)
    assert first.locator("[data-countdown]").inner_text() == "now, 30 min left"
    assert page.locator("h1").inner_text() == "Tuesday 10 February"
    page.clock.set_fixed_time("2026-02-10T20:00:00Z")
    page.clock.run_for(31_000)
    assert names(page, "#up-next") == ["Oddity, Tester"]
    assert first.locator(".first").is_visible()
    assert names(page, "#upcoming") == ['Überfirma & Söhne <GmbH>, Data "Wizard" Engineer']
    assert page.locator("#upcoming .first:visible").count() == 0
    assert names(page, "#waiting") == ["Acme Robotics, Backend Engineer", "Lumen, Analyst"]
    assert page.locator("[data-next-days]").inner_text() == "1"
    assert (
        page.locator("#stale")
        .inner_text()
        .startswith("An interview has ended since this page was built 1 day 11 h ago")
    )
    page.clock.set_fixed_time("2026-03-10T20:00:00Z")
    page.clock.run_for(31_000)
    assert page.locator("#no-upcoming").is_visible()
    assert page.locator("#up-next > li").count() == 0
    assert page.locator("#upcoming-section").is_hidden()


def test_what_is_over_is_not_to_be_joined_any_more(open_page: Opener) -> None:
    page = open_page("interviews/int_acme_2.html")
    assert page.get_by_role("link", name="Join").is_visible()
    page.clock.set_fixed_time("2026-02-10T20:01:00Z")
    page.clock.run_for(31_000)
    assert page.get_by_role("link", name="Join").is_hidden()
    assert page.locator("#stale").inner_text().startswith("An interview has ended since")


def test_the_day_is_that_of_the_vault_on_every_page(open_page: Opener) -> None:
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        page = open_page("index.html", zone=zone, at="2026-02-09T22:30:00Z")
        assert page.locator("h1").inner_text() == "Monday 9 February"
        page.goto(page.url.replace("index.html", "calendar.html"))
        assert page.locator("td[aria-current=date]").get_attribute("data-day") == "2026-02-09"


def test_a_reader_elsewhere_is_told_their_own_hour(open_page: Opener) -> None:
    at_home = open_page("index.html")
    assert at_home.locator("[data-here]:visible").count() == 0
    abroad = open_page("index.html", zone="America/New_York")
    assert abroad.locator("#up-next [data-here]").inner_text() == "Tue 14:00 on this device"
    assert "this device is in America/New York" in abroad.locator(".page-head").inner_text()


WAITING = """
=== Interviews/Late.md
---
id: int_late_1
company: Slow & Sons
role: Clerk
interview_type: panel
scheduled_at: 2026-02-03T10:00
status: completed
reply_by: 2026-02-06
---
=== Interviews/Silent.md
---
id: int_silent_1
company: Silent
role: Clerk
interview_type: panel
scheduled_at: 2026-02-04T10:00
status: completed
---
"""


def test_days_that_an_answer_is_late_are_counted_from_the_readers_day(
    open_page: Opener, tmp_path: Path
) -> None:
    address = (build_site(tmp_path, VAULT + WAITING) / "index.html").as_uri()
    plain, page = open_page("index.html", script=False), open_page("index.html")
    for each in (plain, page):
        each.goto(address)
        words = each.locator("[data-wait-words]").all_inner_texts()
        assert words == ["3 days past their own date", "5 days without a word"]
    assert page.locator("[data-wait].late").count() == 1
    page.clock.set_fixed_time("2026-02-11T09:00:00Z")
    page.clock.run_for(31_000)
    words = page.locator("[data-wait-words]").all_inner_texts()
    assert words == ["5 days past their own date", "7 days without a word"]
    assert page.locator("[data-wait].late").count() == 2


def test_a_clock_that_goes_back_brings_an_interview_back(open_page: Opener) -> None:
    page = open_page("calendar.html", at="2026-03-01T10:00:00Z")
    assert page.locator("#ahead > li").count() == 0
    page.clock.set_fixed_time("2026-02-09T10:00:00Z")
    page.clock.run_for(31_000)
    assert page.locator("#ahead > li").count() == 3
    assert page.locator("#stale").is_hidden()
    assert page.locator("[aria-current=date]").get_attribute("data-day") == "2026-02-09"


def test_what_falls_due_is_marked(open_page: Opener) -> None:
    page = open_page("interviews/int_acme_2.html", at="2026-02-03T19:30:00Z")
    phases = page.locator("details.phase")
    due = phases.filter(has_text="due now").locator("h3").all_inner_texts()
    assert due == ["A week before"]
    page.clock.set_fixed_time("2026-02-10T17:30:00Z")
    page.clock.run_for(31_000)
    due = phases.filter(has_text="due now").locator("h3").all_inner_texts()
    assert due[0] == "A week before"
    assert due[-1] == "Two hours before"
    assert phases.filter(has_text="Two hours before").evaluate("each => each.open")


def test_countdowns_in_the_browser_read_as_at_the_build(open_page: Opener, site: Path) -> None:
    built = open_page("index.html", script=False).locator("[data-countdown]").all_inner_texts()
    live = open_page("index.html", at="2026-02-09T09:00:00Z").locator("[data-countdown]").all_inner_texts()
    assert live == built


def test_an_address_with_a_stray_percent_sign_stops_nothing(open_page: Opener) -> None:
    page = open_page("index.html")
    page.goto(f"{page.url}#100%")
    page.reload()
    assert page.locator("#up-next > li [data-countdown]").first.inner_text() == "in 1 day 9 h"
    assert page.locator(".js:not([hidden])").count() > 0
    page.evaluate("location.hash = '#%E0%A4%A'")


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("2026-02-18T22:00:00Z", "in 1 h"),
        ("2026-02-18T23:00:00Z", "today"),
        ("2026-02-19T06:01:00Z", "today"),
        ("2026-02-19T23:00:00Z", "ended less than a minute ago"),
    ],
)
def test_an_interview_of_a_whole_day_is_today_not_hours_left(open_page: Opener, at: str, text: str) -> None:
    page = open_page("interviews/int-uber-firma.html", at=at)
    assert page.locator("[data-countdown]").first.inner_text() == text
    page.goto(page.url.replace("interviews/int-uber-firma", "index"))
    assert page.locator("[data-id=int-uber-firma] [data-countdown]").inner_text() == text


def test_the_stages_say_what_they_count(open_page: Opener) -> None:
    page = open_page("stats.html")
    funnel = page.locator("section[aria-labelledby=stages-title]").inner_text()
    assert "when an interview of that stage took place or is booked" in funnel


def test_the_preparation_of_what_is_over_unfolds_only_on_demand(open_page: Opener) -> None:
    page = open_page("interviews/int_acme_1.html")
    inside = page.locator("details.folded > details.phase").first
    assert inside.is_hidden()
    assert page.locator("#debrief").is_visible()
    page.click("details.folded > summary")
    assert inside.is_visible()


def test_readiness_says_what_it_rests_on(open_page: Opener) -> None:
    page = open_page("index.html")
    assert re.fullmatch(r"\d+\s*%", page.locator("#up-next .ready-number").inner_text())
    parts = page.locator("#up-next .readiness li").all_inner_texts()
    assert any(re.search(r"\d+ of \d+ ticked", each) for each in parts)
    short = page.locator("#upcoming .ready-line").all_inner_texts()
    assert short
    assert all(re.match(r"\d+ % ready", each) for each in short)


def test_the_keyboard_reaches_the_content_and_the_sheets(open_page: Opener) -> None:
    page = open_page("index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    button = page.locator("[popovertarget^=timeline-]").first
    button.focus()
    page.keyboard.press("Enter")
    sheet = page.locator(".sheet:popover-open")
    assert "Timeline" in sheet.inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".sheet:popover-open").count() == 0


def test_a_new_status_is_a_command_to_copy(open_page: Opener) -> None:
    page = open_page("interviews/int_acme_2.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.select_option("[data-status]", "cancelled")
    page.click("[data-copy^=command-]")
    assert page.evaluate("navigator.clipboard.readText()") == "prepvault status int_acme_2 cancelled"


def test_a_figure_opens_the_notes_it_counts(open_page: Opener) -> None:
    page = open_page("index.html")
    page.click("a.figure[href$='#completed']")
    page.wait_for_url("**/stats.html#completed")
    links = page.locator("#completed a")
    assert links.count() == 2
    assert links.first.is_visible()
    links.first.click()
    assert "/interviews/int_rejected.html" in page.url


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def test_on_paper_an_interview_is_a_sheet_of_one_page_without_the_frame(open_page: Opener) -> None:
    page = open_page("interviews/int_acme_2.html")
    page.emulate_media(media="print")
    assert page.locator(".frame").is_hidden()
    assert page.locator(".status-form").first.is_hidden()
    assert page.get_by_role("region", name="Day sheet").is_visible()
    assert page.get_by_role("heading", name="Questions to ask").first.is_visible()
    assert page.locator("#coaching").is_hidden()
    for paper in ("A4", "Letter"):
        assert pages_of(page.pdf(format=paper)) == 1, paper


def test_a_script_that_fails_stops_no_other(chromium: "Browser", site: Path) -> None:
    """As where a template of one's own lacks what a script looks for."""
    context = chromium.new_context()
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => document.getElementById('no-upcoming').remove())"
    )
    page.goto((site / "index.html").as_uri())
    assert page.locator("[data-search]").is_visible()
    page.keyboard.press("/")
    assert page.locator("dialog[open]").count() == 1
    context.close()
    assert len(faults) == 1, "and the console tells what failed"


def test_the_day_sheet_is_not_drawn_by_the_sheet_of_companies(open_page: Opener) -> None:
    """Both have parts; the ruled lines and the small print are those of a company's research."""
    page = open_page("interviews/int_acme_2.html")
    looks = page.locator(".daysheet .sheet-parts li").evaluate_all(
        "all => all.map(each => getComputedStyle(each).borderBottomWidth)"
    )
    assert set(looks) == {"0px"}
