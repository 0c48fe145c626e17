"""The pages where PrepVault serves them: form and status control post, tell what came of it, lose nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import NOON
from tests.browser.served import TOKEN, Stub, refused, saved, serve
from tests.browser.test_form import FIELDS, fill
from tests.browser.test_pages import CHECK, UNFOLD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def stub(site: Path) -> Iterator[Stub]:
    with serve(site) as stub:
        yield stub


@pytest.fixture
def browser_page(chromium: "Browser") -> Iterator["Page"]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, timezone_id="Europe/Berlin")
    faults: list[str] = []
    context.clock.install(time=NOON)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def open_form(page: "Page", stub: Stub) -> None:
    page.goto(f"{stub.address}/schedule.html")
    fill(page)


def said(page: "Page") -> str:
    page.wait_for_selector("#result-said:not([hidden])")
    assert page.locator("#result-said").get_attribute("role") == "status"
    return page.locator("#result-said").inner_text()


def kept(page: "Page") -> dict[str, str]:
    return {name: page.input_value(f"#{name}") for name in FIELDS}


def test_the_form_posts_the_properties_of_the_note(browser_page: "Page", stub: Stub) -> None:
    stub.answer = saved(id="int_job_7_1771615800", note="Interviews/2026-02-20 Acme.md")
    open_form(browser_page, stub)
    browser_page.click("text=Save it in the vault")
    assert "Saved as Interviews/2026-02-20 Acme.md" in said(browser_page)
    (sent,) = stub.sent
    assert sent == {
        "path": "/api/interviews",
        "token": TOKEN,
        "type": "application/json",
        "origin": stub.address,
        "body": {
            "job_id": "job_7",
            "company": FIELDS["company"],
            "role": "yes",
            "interview_type": "on_site",
            "scheduled_at": "2026-02-20T14:30:00",
            "timezone": "America/New_York",
            "duration_minutes": 45,
            "interviewer": ["Dana Roe (CTO)", "@Sam"],
            "location": FIELDS["location"],
            "round": 2,
            "notes": FIELDS["notes"],
        },
    }
    assert browser_page.locator("#result-ways").is_hidden()
    browser_page.reload()
    assert browser_page.input_value("#company") == ""


def test_nothing_is_posted_twice(browser_page: "Page", stub: Stub) -> None:
    stub.gate.clear()
    open_form(browser_page, stub)
    for _ in range(3):
        browser_page.click("#make")
    browser_page.press("#company", "Enter")
    assert browser_page.locator("#make").get_attribute("aria-busy") == "true"
    stub.gate.set()
    said(browser_page)
    browser_page.click("#make", force=True)
    browser_page.press("#company", "Enter")
    assert len(stub.sent) == 1
    browser_page.fill("#company", "Another")
    assert browser_page.locator("#result-said").is_hidden()
    browser_page.click("#make")
    said(browser_page)
    assert [each["body"]["company"] for each in stub.sent] == [FIELDS["company"], "Another"]


def test_what_check_refuses_is_not_posted(browser_page: "Page", stub: Stub) -> None:
    open_form(browser_page, stub)
    browser_page.fill("#role", "")
    browser_page.click("#make")
    assert browser_page.evaluate("document.activeElement.id") == "problems"
    assert stub.sent == []


def test_a_refusal_stands_at_its_fields(browser_page: "Page", stub: Stub) -> None:
    problems = (
        ("scheduled_at", "That day is taken"),
        ("company", "Not they again"),
        ("vault", "It is locked"),
    )
    stub.answer = refused(422, "three things are wrong", *problems)
    open_form(browser_page, stub)
    browser_page.click("#make")
    assert said(browser_page) == "three things are wrong. What you typed is still here."
    assert browser_page.locator("#fault-date").inner_text() == "That day is taken"
    assert browser_page.locator("#fault-company").inner_text() == "Not they again"
    assert "It is locked" in browser_page.locator("#problems").inner_text()
    assert browser_page.evaluate("document.activeElement.id") == "problems"
    assert kept(browser_page) == FIELDS
    stub.answer = saved(id="int_x", note="x.md")
    browser_page.fill("#company", "Other")
    browser_page.click("#make")
    assert "Saved as x.md" in said(browser_page)
    assert browser_page.locator(".fault").count() == 0


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (refused(403, "no"), "Reload the page: what you typed stays"),
        ((403, b"<h1>Forbidden</h1>"), "Reload the page: what you typed stays"),
        (refused(409, "it is scheduled already"), "it is scheduled already. What you typed is still here."),
        (refused(500, "the disk is full"), "PrepVault failed, and says why where it runs: the disk is full"),
        ((500, b"Traceback"), "PrepVault failed, and says why where it runs. What"),
        ((200, b"<html>a proxy</html>"), "it may or may not be saved"),
        ((201, b'{"success": true}'), "it may or may not be saved"),
        ((201, b"null"), "it may or may not be saved"),
        ((400, b'{"success": false, "problems": [1, null, ["a"], {"b": 2}]}'), "PrepVault refused it"),
    ],
)
def test_a_failure_says_what_to_do_and_keeps_what_was_typed(
    browser_page: "Page", stub: Stub, answer: Any, words: str
) -> None:
    stub.answer = answer
    open_form(browser_page, stub)
    browser_page.click("#make")
    assert words in said(browser_page)
    assert kept(browser_page) == FIELDS
    browser_page.reload()
    assert kept(browser_page) == FIELDS
    browser_page.click("#make")
    said(browser_page)
    assert len(stub.sent) == 2


def test_a_server_that_is_gone(browser_page: "Page", stub: Stub) -> None:
    open_form(browser_page, stub)
    stub.stop()
    browser_page.click("#make")
    assert "it may or may not be saved. See whether PrepVault still runs" in said(browser_page)
    assert kept(browser_page) == FIELDS


def test_a_server_that_never_answers(browser_page: "Page", stub: Stub) -> None:
    stub.gate.clear()
    open_form(browser_page, stub)
    with browser_page.expect_request("**/api/interviews"):
        browser_page.click("#make")
    browser_page.clock.run_for(20_001)
    assert "it may or may not be saved" in said(browser_page)
    assert kept(browser_page) == FIELDS


def open_status(page: "Page", stub: Stub) -> Any:
    page.goto(f"{stub.address}/interviews/int_acme_2.html")
    page.evaluate(UNFOLD)
    return page.locator("[data-interview=int_acme_2]").first


def test_a_status_is_saved_with_outcome_and_feedback(browser_page: "Page", stub: Stub) -> None:
    stub.answer = 200, b'{"success": true, "interview": {"id": "int_acme_2"}}'
    control = open_status(browser_page, stub)
    assert control.locator("code, [data-copy]").count() == 0
    control.get_by_label("New status").select_option("completed")
    control.get_by_label("Outcome").select_option("advanced")
    control.get_by_label("Feedback").fill("Warm.")
    for _ in range(2):
        control.get_by_role("button", name="Save").click(force=True)
    status = control.get_by_role("status")
    status.filter(has_text="Saved as completed").wait_for()
    control.get_by_role("button", name="Save").click(force=True)
    (sent,) = stub.sent
    assert (sent["path"], sent["token"]) == ("/api/interviews/int_acme_2/status", TOKEN)
    assert sent["body"] == {"status": "completed", "outcome": "advanced", "feedback": "Warm."}
    control.get_by_label("New status").select_option("cancelled")
    assert status.inner_text() == ""
    control.get_by_role("button", name="Save").click()
    status.filter(has_text="Saved as cancelled").wait_for()
    assert [each["body"]["status"] for each in stub.sent] == ["completed", "cancelled"]


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_status_that_is_refused_stays_chosen(browser_page: "Page", stub: Stub, is_gone: bool) -> None:
    stub.answer = refused(422, "not yet", ("outcome", "It is not over"))
    control = open_status(browser_page, stub)
    control.get_by_label("Feedback").fill("Warm.")
    if is_gone:
        stub.stop()
    control.get_by_role("button", name="Save").click()
    words = (
        "it may or may not be saved" if is_gone else "not yet. What you typed is still here. It is not over"
    )
    control.get_by_role("status").filter(has_text=words).wait_for()
    assert control.get_by_label("Feedback").input_value() == "Warm."


def test_from_a_file_no_token_makes_it_ask_anyone(browser_page: "Page", site: Path, tmp_path: Path) -> None:
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.add_init_script("window.prepvaultServed = {token: 'planted'}")
    browser_page.goto((site / "schedule.html").as_uri())
    fill(browser_page)
    browser_page.click("#make")
    assert browser_page.locator("#result-ways").is_visible()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_served_without_a_token_it_is_as_from_a_file(browser_page: "Page", stub: Stub) -> None:
    browser_page.route("**/built.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    open_form(browser_page, stub)
    browser_page.click("text=Make the note")
    assert browser_page.locator("#result-obsidian").is_visible()
    assert stub.sent == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("scheme", "width"), [("dark", 360), ("light", 1280)])
def test_axe_finds_nothing_in_what_was_answered(
    browser_page: "Page", stub: Stub, axe: str, scheme: Any, width: int
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for answer in (saved(id="a", note="a.md"), refused(422, "no", ("company", "Not they"))):
        stub.answer = answer
        open_form(browser_page, stub)
        browser_page.click("#make")
        said(browser_page)
        browser_page.evaluate(axe + ";0")
        assert browser_page.evaluate(CHECK)["violations"] == []
    open_status(browser_page, stub)
    browser_page.evaluate(axe + ";0")
    assert browser_page.evaluate(CHECK)["violations"] == []
