"""The calendar in a real browser: its views and their addresses, the keyboard, the clock, paper."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Opener, find_node_module
from tests.browser.test_pages import CHECK
from tests.dashboard import build_site
from tests.watch_daemon import wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BUSY = "2026-03-12"
NOTE = """=== Interviews/{id}.md
---
id: {id}
company: {company}
role: Engineer
interview_type: {kind}
scheduled_at: {at}
{more}---
"""


def note(id: str, at: str, company: str = "Acme", kind: str = "technical", more: str = "") -> str:  # noqa: A002
    return NOTE.format(id=id, at=at, company=company, kind=kind, more=more)


TWELVE = "".join(
    note(f"int_busy_{hour}", f"{BUSY}T{hour:02}:00:00", f"Firm {hour}", more="duration_minutes: 30\n")
    for hour in range(8, 20)
)
VAULT = (
    '=== prepvault.toml\n[vault]\ntimezone = "Europe/Berlin"\n'
    + TWELVE
    + note("int_old", "2025-12-10T10:00:00", "Oldest", "panel", "status: completed\noutcome: rejected\n")
    + note("int_now", "2026-02-10T10:00:00", "Soon", "video_interview", "status: confirmed\n")
    + note("int_a", "2026-02-17T10:00:00", "Twice A", more="job_id: job_twice\n")
    + note("int_b", "2026-02-17T10:30:00", "Twice A", "panel", "job_id: job_twice\nlocation: Main Street 1\n")
    + note(
        "int_ended",
        "2026-02-03T10:00:00",
        "Asked",
        "on_site",
        "status: completed\noutcome: pending\nreply_by: 2026-02-12\n",
    )
    + note(
        "int_long",
        "2026-03-17T09:00:00",
        "Long",
        "on_site",
        "sessions:\n  - 2026-03-17 09:00-11:00 First talk\n  - 2026-03-19 10:00-11:00 Second talk\n",
    )
    + note("int_night", "2026-03-20T23:30:00", "Nightly", more="duration_minutes: 90\n")
    + note("int_far", "2026-03-24T20:00:00", "Faraway", more="timezone: America/New_York\n")
    + note("int_spring", "2026-03-29T03:30:00", f"Springtime {'and more ' * 20}", "phone_screen")
    + note("int_off", "2026-04-02T10:00:00", "Called off", more="status: cancelled\n")
    + note("int_whole", "2026-04-03", "Whole day", "final_round")
)
IDS = {line.split()[1] for line in VAULT.splitlines() if line.startswith("id: ")}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A calendar with a full day, a long one, a night, and both sides of a clock change."""
    return build_site(tmp_path_factory.mktemp("calendar"), VAULT)


@pytest.fixture(scope="session")
def axe() -> str:
    return find_node_module("axe-core/axe.min.js", "PREPVAULT_AXE").read_text(encoding="utf-8")


SHOWN = "[...document.querySelectorAll('{0}')].filter(each => each.checkVisibility()).map({1})"
MONTHS = SHOWN.format(".month", "each => each.dataset.month")
FOCUS = "document.activeElement.dataset.day || document.activeElement.textContent.trim()"


def opened(open_page: Opener, place: str, **how: Any) -> "Page":
    """Open the calendar at a place that its address names."""
    page = open_page("calendar.html", **how)
    page.goto(f"{page.url}#{place}")
    page.reload()
    return page


def ids_in(page: "Page", selector: str) -> set[str]:
    """The interviews that links below a selector lead to."""
    links = page.eval_on_selector_all(f"{selector} a", "all => all.map(each => each.getAttribute('href'))")
    return {link.rpartition("/")[2].removesuffix(".html") for link in links if link.startswith("interviews/")}


def wait_for_months(page: "Page", months: list[str], why: str = "the month turns") -> None:
    """The month follows its address, and a browser tells of a new address a moment later."""
    wait_until(lambda: page.evaluate(MONTHS) == months, f"{why}: {months}")


def wait_for_another_month(page: "Page", months: list[str]) -> None:
    """Wait until the month that was shown is left."""
    wait_until(lambda: page.evaluate(MONTHS) != months, f"the month turns from {months}")


def test_no_interview_is_missing_from_any_view(open_page: Opener) -> None:
    assert len(IDS) == 23
    for script in (True, False):
        page = open_page("calendar.html", script=script)
        for view in (".month td", "#agenda-view", ".lane", "#timeline-view tbody"):
            assert ids_in(page, view) == IDS, (view, script)
        assert page.locator(".agenda > li").count() == len(IDS)
        assert page.locator(f"[data-day='{BUSY}'] .entry").count() == 12
        days = page.eval_on_selector_all(
            ".entry[href*=int_long]", "all => all.map(each => each.closest('td').dataset.day)"
        )
        assert days == ["2026-03-17", "2026-03-19"]


def test_without_scripts_all_months_are_stacked_and_nothing_is_folded(open_page: Opener) -> None:
    page = open_page("calendar.html", script=False)
    assert page.locator(".month:visible").count() == 4
    assert page.locator(".month:visible caption:visible").all_inner_texts() == [
        "December 2025",
        "February 2026",
        "March 2026",
        "April 2026",
    ]
    assert page.locator(".month .entry:visible").count() == page.locator(".month .entry").count()
    assert page.locator("#agenda-view, #timeline-view").nth(1).is_visible()
    assert page.locator("#calendar button:visible").count() == 0
    assert page.locator("[data-day='2026-02-09']").get_attribute("aria-current") == "date"
    page.locator("nav a[data-view=timeline]").click()
    assert page.url.endswith("#timeline-view")


def test_the_view_and_the_month_live_in_the_address(open_page: Opener) -> None:
    page = open_page("calendar.html")
    title = page.locator("#month-title")
    assert title.get_attribute("aria-live") == "polite"
    wait_for_months(page, ["2026-02"])
    page.locator("[data-step='1']").click()
    wait_for_months(page, ["2026-03"])
    assert page.url.endswith("#month=2026-03")
    assert title.inner_text() == "March 2026"
    page.locator("nav a[data-view=agenda]").click()
    page.locator("#agenda-view").wait_for(state="visible")
    page.locator("#month-view").wait_for(state="hidden")
    assert page.url.endswith("#view=agenda")
    assert page.locator("nav.tabs a[aria-current]").inner_text() == "Agenda"
    page.go_back()
    wait_for_months(page, ["2026-03"])
    page.go_back()
    wait_for_months(page, ["2026-02"])
    page.go_forward()
    wait_for_months(page, ["2026-03"])
    page.reload()
    wait_for_months(page, ["2026-03"])
    page.evaluate("location.hash = 'main'")
    wait_for_months(page, ["2026-03"], "the skip link changes nothing")
    page.locator("[data-today]").click()
    wait_for_months(page, ["2026-02"])
    page.evaluate("location.hash = 'month=1999-07'")
    wait_for_months(page, ["2025-12"], "before the first month there is none")


def test_every_month_can_be_reached_also_those_after_the_build(open_page: Opener) -> None:
    page = open_page("calendar.html", at="2026-06-30T22:30:00Z")
    back, on = page.locator("[data-step='-1']"), page.locator("[data-step='1']")
    assert page.locator("#month-title").inner_text() == "July 2026"
    wait_for_months(page, ["2026-07"])
    assert page.locator("#no-entries").inner_text() == "Nothing in July 2026. Schedule an interview."
    assert page.locator(".month:visible [aria-current=date]").get_attribute("data-day") == "2026-07-01"
    assert on.get_attribute("aria-disabled") == "true"
    seen = ["2026-07"]
    while back.get_attribute("aria-disabled") != "true":
        back.click()
        wait_for_another_month(page, seen[-1:])
        seen += page.evaluate(MONTHS)
    assert seen == [f"2026-0{month}" for month in range(7, 0, -1)] + ["2025-12"]
    weekdays = page.evaluate(
        "[...document.querySelectorAll('td[data-day]')].every("
        "each => new Date(each.dataset.day).getUTCDay() === (each.cellIndex + 1) % 7)"
    )
    assert weekdays
    assert page.locator("[data-month='2026-01'] td[data-day]").count() == 31


def test_the_keyboard_walks_by_day_week_and_month(open_page: Opener) -> None:
    page = open_page("calendar.html")
    page.locator(".month:visible td[tabindex='0']").focus()
    assert page.locator(".month:visible td[tabindex='0']").count() == 1
    walk = [
        ("ArrowRight", "2026-02-10"),
        ("ArrowDown", "2026-02-17"),
        ("Home", "2026-02-16"),
        ("End", "2026-02-22"),
        ("ArrowUp", "2026-02-15"),
        ("ArrowLeft", "2026-02-14"),
        ("PageDown", "2026-03-14"),
        ("PageUp", "2026-02-14"),
        ("PageUp", "2026-01-14"),
        ("ArrowUp", "2026-01-07"),
        ("ArrowUp", "2025-12-31"),
        ("PageDown", "2026-01-31"),
        ("PageDown", "2026-02-28"),
        ("ArrowRight", "2026-03-01"),
    ]
    for key, day in walk:
        page.keyboard.press(key)
        assert page.evaluate(FOCUS) == day, key
    assert page.url.endswith("#month=2026-03")
    wait_for_months(page, ["2026-03"])
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("PageUp")
    read = re.compile(r"^Tuesday 10 February 2026 10:00 ?–.*Soon ?, Engineer Video interview ?, confirmed")
    assert page.get_by_role("gridcell", name=read).count() == 1


def test_the_keyboard_crosses_a_clock_change_without_losing_a_day(open_page: Opener) -> None:
    page = opened(open_page, "month=2026-03", at="2026-03-29T00:30:00Z")
    entry = page.locator("[data-day='2026-03-29'] .entry")
    assert entry.locator(".hours").inner_text().startswith("03:30")
    assert page.evaluate("document.querySelector('[aria-current=date]').dataset.day") == "2026-03-29"
    page.locator("[data-day='2026-03-28']").focus()
    for day in ("2026-03-29", "2026-03-30", "2026-03-31"):
        page.keyboard.press("ArrowRight")
        assert page.evaluate(FOCUS) == day


def test_enter_opens_the_only_interview_or_the_list_of_the_day(open_page: Opener) -> None:
    page = opened(open_page, f"month={BUSY[:7]}")
    page.locator(f"[data-day='{BUSY}']").focus()
    page.keyboard.press("Enter")
    sheet = page.locator("#day-list:popover-open")
    assert sheet.locator("h2").inner_text() == "Thursday 12 March 2026"
    assert sheet.locator(".entry:visible").count() == 12
    assert "technical, scheduled" in sheet.locator(".entry").first.inner_text().lower()
    assert page.evaluate("document.activeElement.matches('#day-list .entry')")
    page.keyboard.press("Escape")
    assert page.locator("#day-list:popover-open").count() == 0
    assert page.evaluate(FOCUS) == BUSY
    page.locator("[data-day='2026-03-13']").focus()
    page.keyboard.press("Enter")
    assert page.locator("#day-list:popover-open").count() == 0
    page.locator("[data-day='2026-03-25']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/interviews/int_far.html")


def test_a_full_day_folds_and_its_list_has_all(open_page: Opener) -> None:
    page = opened(open_page, f"month={BUSY[:7]}")
    day = page.locator(f"[data-day='{BUSY}']")
    assert day.locator("a:visible").count() == 3
    lines = day.locator("a").count()
    more = day.locator("button")
    assert more.inner_text() == f"+{lines - 3} more"
    more.click()
    assert page.locator("#day-list a:visible").count() == lines
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "more"


def test_tab_reaches_every_interview_that_is_shown(open_page: Opener) -> None:
    page = open_page("calendar.html")
    page.locator(".month:visible td[tabindex='0']").focus()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href') || ''"))
    assert {"interviews/int_now.html", "interviews/int_a.html", "interviews/int_b.html"} <= set(reached)


def test_days_and_hours_are_those_of_the_vault_and_the_page_says_so(open_page: Opener) -> None:
    page = open_page("calendar.html", zone="Asia/Tokyo", at="2026-02-09T20:00:00Z")
    assert "Days and hours are those of Europe/Berlin." in page.locator(".page-head").inner_text()
    assert "The clock of this device is that of Asia/Tokyo." in page.locator(".page-head").inner_text()
    assert page.locator("[aria-current=date]").get_attribute("data-day") == "2026-02-09"
    hours = (
        "all => all.map(each => [each.closest('td').dataset.day, each.querySelector('.hours').textContent])"
    )
    assert page.eval_on_selector_all(".entry[href*=int_far], .entry[href*=int_night]", hours) == [
        ["2026-03-20", "from 23:30"],
        ["2026-03-21", "until 01:00"],
        ["2026-03-25", "01:00–02:00"],
    ]
    line = page.locator(".agenda > li", has_text="Faraway")
    assert line.locator("[data-date]").text_content() == "Wednesday 25 March 2026"
    assert "Tue 24 Mar 2026, 20:00 in America/New_York" in (line.text_content() or "")


def test_smaller_matters_and_overlaps_are_told_in_words(open_page: Opener) -> None:
    page = open_page("calendar.html")
    assert page.locator("[data-day='2026-02-12'] .mark.reply").inner_text() == "Answer due from Asked"
    assert page.locator("[data-day='2026-02-13'] .mark.follow-up").inner_text() == "Follow up with Asked"
    flags = page.locator("[data-day='2026-02-17'] .flag")
    assert flags.count() == 2
    assert flags.first.text_content() == "overlaps Twice A, Panel"
    assert "Overlaps Twice A, Technical" in (
        page.locator(".agenda > li", has_text="Main Street 1").text_content() or ""
    )


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles"])
def test_midnight_moves_today_and_the_headings(open_page: Opener, zone: str) -> None:
    page = open_page("calendar.html", at="2026-02-08T22:59:00Z", zone=zone)

    def near() -> list[str]:
        headings = page.locator("#ahead .day-heading:not([hidden])").all_text_contents()
        return [each.strip() for each in headings[:2]]

    def moved(to: str) -> str | None:
        page.clock.set_fixed_time(to)
        page.clock.run_for(31_000)
        return page.locator("[aria-current=date]").get_attribute("data-day")

    assert page.locator("[aria-current=date]").get_attribute("data-day") == "2026-02-08"
    assert near() == ["Tuesday 10 February 2026", "Tuesday 17 February 2026"]
    assert moved("2026-02-08T23:00:30Z") == "2026-02-09"
    assert near()[0] == "Tomorrow Tuesday 10 February 2026"
    assert moved("2026-02-10T08:00:00Z") == "2026-02-10"
    assert near()[0] == "Today Tuesday 10 February 2026"
    assert moved("2026-02-10T12:00:00Z") == "2026-02-10"
    assert near()[0] == "Tuesday 17 February 2026"
    behind = page.locator("#behind > li", has_text="Soon")
    assert (behind.text_content() or "").split()[:2] == ["Today", "Tuesday"]
    assert behind.locator("[data-over]").get_attribute("hidden") is None
    entry = page.locator(".month .entry[href*=int_now]")
    assert "over" in (entry.get_attribute("class") or "").split()
    assert moved("2026-02-28T23:00:30Z") == "2026-03-01"
    wait_for_months(page, ["2026-03"], "nobody asked for February")


def test_a_day_of_several_interviews_has_one_heading(open_page: Opener) -> None:
    page = opened(open_page, "view=agenda")
    shown = page.locator("#ahead .day-heading:visible").all_inner_texts()
    assert len(shown) == len(set(shown))
    assert page.locator("#ahead > li", has_text=re.compile(r"Firm \d")).count() == 12
    assert page.locator("#ahead .day-heading:visible", has_text="12 March").count() == 1


def test_an_interview_under_way_since_yesterday_is_todays(open_page: Opener) -> None:
    page = opened(open_page, "view=agenda", at="2026-03-20T23:30:00Z")
    first = page.locator("#ahead > li").first
    assert "Nightly" in first.inner_text()
    assert first.locator("h3").inner_text().split() == ["Today", "Saturday", "21", "March", "2026"]
    assert first.locator("[data-countdown]").inner_text() == "now, 30 min left"


def test_today_on_the_timeline_is_where_the_clock_is(open_page: Opener) -> None:
    page = opened(open_page, "view=timeline")
    lanes = page.locator(".lanes")
    where = "document.querySelector('text[data-now]').getAttribute('x')"
    before = float(page.evaluate(where).rstrip("%"))
    first = page.locator(".lane a[href*=int_now] svg").get_attribute("x") or ""
    assert before < float(first.rstrip("%")) < before + 3
    page.clock.set_fixed_time("2026-02-20T12:00:00Z")
    page.clock.run_for(31_000)
    later = float(page.evaluate(where).rstrip("%"))
    assert later > float(first.rstrip("%"))
    assert page.locator("symbol line[data-now]").get_attribute("x1") == page.evaluate(where)
    page.clock.set_fixed_time("2036-02-20T12:00:00Z")
    page.clock.run_for(31_000)
    assert page.evaluate(where) == "100.00%"
    lane = lanes.get_by_role("link", name="Twice A, Engineer")
    assert (lane.get_attribute("href") or "") == "loops/job_twice.html"
    page.locator("#timeline-view summary").click()
    row = page.locator("#timeline-view tbody", has_text="Oldest")
    assert "Wed 10 Dec 2025" in row.inner_text()
    assert "Rejected" in row.inner_text()


def test_a_phone_begins_with_the_agenda_and_its_month_says_all(open_page: Opener) -> None:
    page = open_page("calendar.html", width=360)
    assert page.locator("#agenda-view").is_visible()
    assert page.locator("#month-view").is_hidden()
    page.locator("nav a[data-view=month]").click()
    small = page.eval_on_selector_all(
        ".month:not([hidden]) a, .month:not([hidden]) button",
        "all => all.map(each => each.getBoundingClientRect())"
        ".filter(each => each.width < 24 || each.height < 24)",
    )
    assert small == []
    page.locator("[data-day='2026-02-17'] time").click()
    assert page.locator("#day-list .entry:visible").count() == 2
    assert "10:30" in page.locator("#day-list").inner_text()


@pytest.mark.parametrize("view", ["view=month", f"month={BUSY[:7]}", "view=agenda", "view=timeline"])
def test_no_view_scrolls_sideways(open_page: Opener, view: str) -> None:
    for width in (320, 360, 768, 1280):
        page = opened(open_page, f"{view}", width=width)
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), width


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("scheme", "width"), [("dark", 360), ("light", 1280)])
def test_axe_finds_nothing_in_any_view(open_page: Opener, axe: str, scheme: str, width: int) -> None:
    remarks = []
    for view in ("view=month", f"month={BUSY[:7]}", "view=agenda", "view=timeline"):
        page = opened(open_page, f"{view}", width=width, scheme=scheme)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        if view.startswith("month"):
            page.locator(".more:visible").first.click()
        page.evaluate(axe + ";0")
        found = page.evaluate(CHECK)
        remarks += [(view, each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]]
        page.context.close()
    assert remarks == []


@pytest.mark.parametrize(
    ("view", "shown", "most"),
    [(f"month={BUSY[:7]}", "March 2026", 1), ("view=timeline", "Applications over time", 2)],
)
def test_the_view_goes_on_paper(open_page: Opener, view: str, shown: str, most: int) -> None:
    page = opened(open_page, f"{view}")
    page.emulate_media(media="print")
    assert shown in page.inner_text("main")
    assert page.locator(".subscribe").is_hidden()
    if view.startswith("month"):
        assert page.locator(f"[data-day='{BUSY}'] .entry:visible").count() == 12
        assert page.locator("#agenda-view").is_hidden()
    pages = page.pdf(format="A4", margin={"top": "1cm", "bottom": "1cm", "left": "1cm", "right": "1cm"})
    assert 1 <= pages.count(b"/Type /Page\n") <= most


def test_the_panel_names_both_files_and_what_a_subscription_needs(open_page: Opener) -> None:
    page = open_page("calendar.html")
    panel = page.get_by_role("region", name="In your calendar app")
    assert panel.locator("a[href='interviews.ics']").is_visible()
    assert panel.locator("a[href='reminders.ics']").is_visible()
    assert "needs an address" in panel.inner_text()
    assert panel.locator("[data-address]").is_hidden(), "a file has no address to subscribe to"


def test_a_page_with_an_address_tells_it_to_subscribe_to(chromium: "Browser", site: Path) -> None:
    context = chromium.new_context(timezone_id="Europe/Berlin")
    context.route("**/*", lambda route: route.fulfill(path=site / urlsplit(route.request.url).path[1:]))
    page = context.new_page()
    page.goto("http://calendar.test/calendar.html")
    assert page.locator("#feed-address:visible").inner_text() == "http://calendar.test/interviews.ics"
    context.close()


def test_a_vault_without_a_zone_follows_the_readers_day_and_says_so(
    tmp_path: Path, open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    built = build_site(tmp_path, VAULT.replace('timezone = "Europe/Berlin"', ""))
    page = open_page("calendar.html", zone="Asia/Tokyo", at="2026-02-09T20:00:00Z")
    page.goto((built / "calendar.html").as_uri())
    assert "The vault names no time zone" in page.locator(".page-head").inner_text()
    assert page.locator("[aria-current=date]").get_attribute("data-day") == "2026-02-10"


def test_an_empty_vault_says_what_to_do(tmp_path: Path, open_page: Opener) -> None:
    built = build_site(tmp_path, '=== prepvault.toml\n[vault]\ntimezone = "UTC"\n')
    page = open_page("calendar.html")
    page.goto((built / "calendar.html").as_uri() + "#view=agenda")
    assert page.locator("#no-ahead a").get_attribute("href") == "schedule.html"
    page.goto((built / "calendar.html").as_uri() + "#view=timeline")
    assert "No application yet" in page.locator("#timeline-view").inner_text()
    page.goto((built / "calendar.html").as_uri() + "#view=month")
    wait_for_months(page, ["2026-02"])
