"""Search and the keyboard in a real browser: what is found first, how it is reached, what stays a text."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import NOON, Opener
from tests.browser.test_pages import CHECK
from tests.dashboard import VAULT, build_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOSTILE = """
=== Interviews/Evil.md
---
id: int_evil
company: "</script><img src=x onerror=alert(1)>"
role: "\u202eEngineer ﬁne 🎈"
interview_type: technical
scheduled_at: 2026-02-11T10:00:00
interviewer: "مريم حداد"
---
"""


def open_search(page: "Page", words: str = "") -> "Page":
    page.keyboard.press("Control+k")
    page.wait_for_selector("[role=option]")
    if words:
        page.fill("#palette-words", words)
    return page


def close(page: "Page") -> None:
    """Press Escape, and wait: the browser closes a dialog, and takes the focus out of it, in its own time."""
    page.keyboard.press("Escape")
    page.wait_for_function(
        "!document.querySelector('dialog[open]') && !document.activeElement.closest('dialog')"
    )


def titles(page: "Page") -> list[str]:
    return page.locator(".found-title").all_inner_texts()


def active(page: "Page") -> str:
    """The option that the field names as the active one."""
    text: str = page.evaluate(
        "(() => { const id = document.activeElement.getAttribute('aria-activedescendant');"
        " const option = document.getElementById(id);"
        " return option.getAttribute('aria-selected') === 'true' ? option.innerText : ''; })()"
    )
    return text


@pytest.mark.parametrize("how", ["button", "slash", "control"])
def test_search_opens_and_reads_its_index_only_then(open_page: Opener, how: str) -> None:
    page = open_page("interviews/int_acme_1.html")
    assert page.locator("script[src$='search.js']").count() == 0
    if how == "button":
        page.click("[data-search]")
    else:
        page.keyboard.press("/" if how == "slash" else "Control+k")
    page.wait_for_selector("[role=option]")
    assert page.locator("script[src='../search.js']").count() == 1
    assert page.input_value("#palette-words") == ""
    assert page.evaluate("document.activeElement.id") == "palette-words"
    assert titles(page)[0] == "Acme Robotics, Backend Engineer", "what is next stands first"
    close(page)
    open_search(page)
    assert page.locator("script[src='../search.js']").count() == 1


def test_the_keyboard_walks_through_what_was_found(open_page: Opener) -> None:
    page = open_page("interviews/int_rejected.html")
    page.focus("[data-search]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=option]")
    field = page.locator("#palette-words")
    assert field.get_attribute("role") == "combobox"
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.type("acme back")
    assert active(page).startswith("Acme Robotics, Backend Engineer\nTechnical, round 2")
    page.keyboard.press("ArrowDown")
    assert active(page).startswith("Acme Robotics, Backend Engineer\nPhone screen")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert active(page) == "Filter all interviews by “acme back”", "up from the first is the last"
    page.keyboard.press("ArrowDown")
    assert page.locator("[role=option][aria-selected=true]").count() == 1
    close(page)
    assert page.evaluate("document.activeElement.hasAttribute('data-search')")
    open_search(page, "acme back")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/interviews/int_acme_1.html")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("acme", "Acme Robotics, Backend Engineer\nTechnical, round 2"),
        ("ACME robotics", "Acme Robotics\n2 interviews"),
        ("engineer acme", "Acme Robotics, Backend Engineer\nTechnical"),
        ("dana", "Dana Roe\nStaff Engineer"),
        ("uber sohne", "Überfirma & Söhne <GmbH>, Data"),
        ("karl-marx", "Überfirma & Söhne <GmbH>, Data"),
        ("int_acme_1", "Acme Robotics, Backend Engineer\nPhone screen"),
        ("phone screen acme", "Acme Robotics, Backend Engineer\nPhone screen"),
        ("outage", "The outage\nownership"),
        ("calendar", "Calendar"),
        ("thank", "Thank"),
        ("shortcuts", "Keyboard shortcuts"),
        ("analyst", "Lumen, Analyst\nVideo interview"),
    ],
)
def test_the_best_is_found_first(open_page: Opener, words: str, first: str) -> None:
    page = open_search(open_page("index.html"), words)
    assert active(page).startswith(first)


def test_what_is_ahead_comes_before_what_is_past_by_the_readers_clock(open_page: Opener) -> None:
    def days(at: str) -> list[str]:
        page = open_search(open_page("index.html", at=at), "engineer")
        details = page.locator("#palette-list > :first-child .found-detail").all_inner_texts()
        return [detail.split(" · ")[1] for detail in details]

    past, soon, later = "Mon 2 Feb 2026, 09:00", "Tue 10 Feb 2026, 20:00", "Thu 19 Feb 2026"
    assert days("2026-02-01T10:00:00Z") == [soon, later, past]
    assert days("2026-03-01T10:00:00Z") == [later, soon, past]


def test_how_many_were_found_is_told_and_nothing_says_what_to_do(open_page: Opener) -> None:
    page = open_search(open_page("index.html"), "wizard")
    told = page.locator(".palette [role=status]")
    assert told.inner_text() == "1 found"
    page.fill("#palette-words", "acme")
    number = int(told.inner_text().split(" found, the best first")[0])
    assert number >= page.locator("[role=option]").count() - 1 > 3
    page.fill("#palette-words", "acme xyzzy")
    assert told.inner_text() == "Nothing has all of these words. Fewer or shorter ones find more."
    assert page.locator("[role=option]").count() == 0
    assert page.get_attribute("#palette-words", "aria-expanded") == "false"
    assert page.get_attribute("#palette-words", "aria-activedescendant") is None
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert page.locator("dialog[open]").count() == 1


def test_matches_are_marked_whatever_their_accents(open_page: Opener) -> None:
    page = open_search(open_page("index.html"), "uber SOHN")
    first = page.locator(".found-title").first
    assert first.locator("mark").all_inner_texts() == ["Über", "Söhn"]


def test_groups_have_names(open_page: Opener) -> None:
    page = open_search(open_page("index.html"), "acme")
    named = (
        "all => all.map(each => document.getElementById(each.getAttribute('aria-labelledby')).textContent)"
    )
    names = page.eval_on_selector_all(".palette [role=group]", named)
    assert names == ["Interviews", "Companies", "Applications", "People", "All interviews"]


def test_a_hostile_name_is_but_a_text(open_page: Opener, tmp_path: Path) -> None:
    evil = build_site(tmp_path, VAULT + HOSTILE)
    page = open_page("index.html")
    page.goto((evil / "index.html").as_uri())
    open_search(page, "onerror")
    assert titles(page)[0] == "</script><img src=x onerror=alert(1)>, \u202eEngineer ﬁne 🎈"
    assert page.locator(".palette img, .palette script").count() == 0
    page.fill("#palette-words", "🎈 fine")
    assert page.locator(".found-title").first.locator("mark").all_inner_texts() == ["ﬁne", "🎈"]
    page.fill("#palette-words", "مريم")
    assert titles(page)[0] == "مريم حداد"
    page.fill("#palette-words", "<img src=x onerror=alert(1)>")
    assert "Filter all interviews by “<img src=x onerror=alert(1)>”" in titles(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/interviews/index.html#q=*")
    assert page.locator("#every tbody tr:visible").count() == 1
    assert page.locator("main img").count() == 0


def test_a_missing_index_is_told(chromium: "Browser", tmp_path: Path) -> None:
    broken = build_site(tmp_path)
    (broken / "search.js").unlink()
    page = chromium.new_page()
    page.goto((broken / "index.html").as_uri())
    page.click("[data-search]")
    page.wait_for_function("document.querySelector('.palette-told').textContent.includes('prepvault build')")
    (broken / "search.js").write_text("window.prepvaultIndex={};", encoding="utf-8")
    close(page)
    open_search(page)
    assert "Schedule an interview" in titles(page)
    page.close()


def test_without_scripts_there_is_no_search_to_press(open_page: Opener) -> None:
    page = open_page("index.html", script=False)
    assert page.locator("[data-search]:visible, [data-keys]:visible, dialog").count() == 0


@pytest.mark.parametrize(("scheme", "width"), [("dark", 360), ("light", 1280)])
def test_axe_finds_nothing_in_the_dialogs(open_page: Opener, axe: str, scheme: str, width: int) -> None:
    page = open_page("interviews/index.html", width=width, scheme=scheme)
    page.evaluate(axe + ";0")
    open_search(page)
    found = {"empty": page.evaluate(CHECK)["violations"]}
    page.fill("#palette-words", "acme")
    page.keyboard.press("ArrowDown")
    found["words"] = page.evaluate(CHECK)["violations"]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    close(page)
    page.keyboard.press("?")
    page.locator(".keys").wait_for(state="visible")
    found["keys"] = page.evaluate(CHECK)["violations"]
    page.uncheck("#keys-on")
    found["off"] = page.evaluate(CHECK)["violations"]
    told = [(name, each["id"], each["nodes"][0]["html"]) for name, all_ in found.items() for each in all_]
    assert told == []


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ("gd", "/site/index.html"),
        ("gi", "/interviews/index.html"),
        ("gc", "/calendar.html"),
        ("ge", "/emails.html"),
        ("gp", "/prep/index.html"),
        ("gs", "/stories.html"),
        ("go", "/companies/index.html"),
        ("gt", "/stats.html"),
        ("gk", "/check.html"),
        ("n", "/schedule.html"),
    ],
)
def test_keys_lead_to_pages(open_page: Opener, keys: str, place: str) -> None:
    page = open_page("interviews/int_acme_1.html")
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_url(f"**{place}")


def test_a_lone_g_is_forgotten(open_page: Opener) -> None:
    page = open_page("index.html")
    page.keyboard.press("g")
    page.clock.set_fixed_time(NOON.replace("09:30:00", "09:30:02"))
    page.keyboard.press("c")
    page.keyboard.press("g")
    page.keyboard.press("x")
    page.keyboard.press("c")
    assert page.url.endswith("/index.html")


def test_keys_keep_out_of_fields_and_of_other_programs_keys(open_page: Opener) -> None:
    page = open_page("interviews/index.html")
    page.focus("#filter-q")
    page.keyboard.type("g/n?tj")
    assert page.input_value("#filter-q") == "g/n?tj"
    page.focus("#filter-type")
    page.keyboard.press("n")
    assert page.locator("dialog[open]").count() == 0
    assert page.url.partition("#")[0].endswith("/interviews/index.html")
    page.focus("#main")
    page.keyboard.press("Alt+n")
    page.keyboard.press("Control+/")
    assert page.locator("dialog[open]").count() == 0
    page.focus("#filter-q")
    open_search(page)
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1, "inside search every key is a letter"
    assert page.input_value("#palette-words") == "?"


def test_keys_walk_through_a_list_and_open(open_page: Opener) -> None:
    page = open_page("interviews/index.html")
    seen = []
    for key in "jjjkk":
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert seen == [
        f"{name}.html" for name in ("int_acme_2", "int_odd", "int-uber-firma", "int_odd", "int_acme_2")
    ]
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "int_acme_2.html"
    page.click("[data-standing=closed]")
    page.focus("#main")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "int_acme_1.html"
    page.keyboard.press("o")
    page.wait_for_url("**/interviews/int_acme_1.html")


def test_the_theme_has_a_key(open_page: Opener) -> None:
    page = open_page("index.html")
    page.keyboard.press("t")
    assert page.get_attribute("html", "data-theme") == "light"
    page.keyboard.press("t")
    assert page.get_attribute("html", "data-theme") == "dark"


def test_single_keys_can_be_switched_off_for_good(open_page: Opener) -> None:
    page = open_page("index.html")
    page.click("[data-keys]")
    toggle = page.get_by_role("switch", name="Single-key shortcuts")
    assert toggle.is_checked()
    page.locator("label[for=keys-on]").click()
    close(page)
    page.reload()
    for key in "/?ngi":
        page.keyboard.press(key)
    assert page.locator("dialog[open]").count() == 0
    assert page.url.endswith("/index.html")
    assert page.locator(".finder kbd").is_hidden()
    open_search(page)
    close(page)
    page.click("[data-keys]")
    assert not toggle.is_checked()
    toggle.check()
    close(page)
    page.keyboard.press("/")
    assert page.locator("dialog.palette").is_visible()
