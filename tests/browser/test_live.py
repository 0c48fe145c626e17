"""The pages from the real server: what they post is written, and each renews itself without losing a word."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_pages import CHECK, UNFOLD
from tests.conftest import Maker
from tests.serving import Stand, serving
from tests.test_web_api import VAULT
from tests.watch_daemon import wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOON = datetime(2026, 2, 9, 9, 30, tzinfo=UTC)


@pytest.fixture
def stand(make_vault: Maker) -> Iterator[Stand]:
    """A server whose every write is followed by a round, as it is in `serve`."""
    with serving(make_vault(VAULT), now=NOON, builds=True, rebuilds=True) as made:
        yield made


@pytest.fixture
def page(chromium: "Browser", stand: Stand) -> Iterator["Page"]:
    """A page that is closed before its server ends: it would say that its stream broke.

    Faults are kept and told at the end: an exception inside the browser's own loop ends the browser.
    """
    faults: list[str] = []
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, timezone_id="Europe/Berlin")
    made = context.new_page()
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    yield made
    context.close()
    assert faults == []


def mark(page: "Page") -> None:
    page.evaluate("window.isOld = true")


def is_renewed(page: "Page", words: str) -> bool:
    try:
        return bool(
            page.evaluate(
                "words => !window.isOld && !!document.body && document.body.innerText.includes(words)", words
            )
        )
    except Exception:  # noqa: BLE001 - between two pages there is none to ask
        return False


def edit(stand: Stand, words: str) -> None:
    note = stand.root / "Interviews/acme.md"
    note.write_text(re.sub("role: .*", f"role: {words}", note.read_text()))
    stand.rebuild(NOON)


def test_a_page_renews_itself_when_a_note_is_edited(page: "Page", stand: Stand) -> None:
    page.goto(stand.served.address)
    page.wait_for_timeout(300)
    mark(page)
    edit(stand, "Site Engineer")
    wait_until(lambda: is_renewed(page, "Site Engineer"), "the page shows the edit")


def test_what_is_typed_is_not_lost(page: "Page", stand: Stand) -> None:
    page.goto(f"{stand.served.address}schedule.html")
    page.fill("#company", "Stripe")
    mark(page)
    edit(stand, "Site Engineer")
    page.get_by_text("The notes have changed since this page was loaded.").wait_for()
    assert page.evaluate("window.isOld") is True
    assert page.input_value("#company") == "Stripe"
    page.get_by_role("button", name="Show the new page").click()
    wait_until(lambda: is_renewed(page, "Schedule"), "the new page is there")
    assert page.input_value("#company") == "Stripe"


def test_what_is_typed_beside_the_form_outlasts_a_reload(page: "Page", stand: Stand) -> None:
    page.goto(f"{stand.served.address}interviews/int_acme_1.html")
    page.evaluate(UNFOLD)
    feedback = page.locator("[data-interview=int_acme_1]").first.get_by_label("Feedback")
    feedback.fill("Half a thought")
    page.reload()
    assert feedback.input_value() == "Half a thought"
    page.goto(f"{stand.served.address}index.html")
    page.goto(f"{stand.served.address}interviews/int_acme_1.html")
    assert feedback.input_value() == ""


def test_a_page_whose_note_is_removed_says_so(page: "Page", stand: Stand) -> None:
    page.goto(f"{stand.served.address}interviews/int_acme_1.html")
    (stand.root / "Interviews/acme.md").unlink()
    stand.rebuild(NOON)
    page.get_by_text("What this page shows is no longer among the notes.").wait_for()
    page.get_by_role("button", name="To the dashboard").click()
    page.wait_for_url("**/index.html")


def test_the_form_saves_a_note_and_the_status_control_changes_it(
    page: "Page", stand: Stand, axe: str
) -> None:
    page.goto(f"{stand.served.address}schedule.html")
    fields = {
        "company": "Stripe",
        "role": "Engineer",
        "date": "2026-02-20",
        "time": "14:00",
        "notes": "- [ ] a",
    }
    for name, text in fields.items():
        page.fill(f"#{name}", text)
    page.select_option("#interview_type", "technical")
    page.click("text=Save it in the vault")
    page.get_by_text(re.compile("Saved as Interviews/.* in a moment")).wait_for()
    assert page.locator("#newer").count() == 0
    (made,) = (stand.root / "Interviews").glob("*Stripe*")
    assert made.read_text().endswith("## Notes\n\n- [ ] a\n")
    name = re.search("id: (.*)", made.read_text())[1]  # type: ignore[index]
    page.goto(f"{stand.served.address}interviews/{name}.html")
    page.evaluate(UNFOLD)
    control = page.locator(f"[data-interview={name}]").first
    control.get_by_label("New status").select_option("completed")
    control.get_by_label("Feedback").fill("Warm.")
    mark(page)
    control.get_by_role("button", name="Save").click()
    wait_until(lambda: is_renewed(page, "Warm."), "the page shows the new status")
    assert page.locator("#newer").inner_text() == "Saved as completed."
    assert "status: completed" in made.read_text()
    page.evaluate("window.scrollTo(0, 0)")
    page.evaluate(axe + ";0")
    assert page.evaluate(CHECK)["violations"] == []


def test_who_only_reads_is_told_so(page: "Page", stand: Stand) -> None:
    with serving(stand.root, now=NOON, is_read_only=True) as other:
        page.goto(f"{other.served.address}schedule.html")
        assert "read-only" in page.locator("#newer").inner_text()
        assert page.locator("#make").inner_text() == "Make the note"
        page.goto("about:blank")


def test_the_calendar_can_be_subscribed_to(page: "Page", stand: Stand, axe: str) -> None:
    page.goto(f"{stand.served.address}calendar.html")
    feed = stand.served.feed
    links = page.locator("a[href^='webcal:']")
    assert links.first.get_attribute("href") == feed.replace("http:", "webcal:")
    assert links.nth(1).get_attribute("href") == feed.replace("http:", "webcal:").replace(
        ".ics", "-reminders.ics"
    )
    assert page.locator("#feed-address").inner_text() == feed
    page.evaluate(axe + ";0")
    assert page.evaluate(CHECK)["violations"] == []


def test_another_site_learns_and_does_nothing(page: "Page", stand: Stand, tmp_path: Path) -> None:
    from tests.browser.served import serve

    base = stand.served.address
    evil = tmp_path / "evil"
    evil.mkdir()
    (evil / "index.html").write_text(
        f"<script src='{base}built.js'></script><iframe src='{base}'></iframe>"
        f"<p></p><script>const tell = (each) => document.querySelector('p').append(each + ' ');"
        f"fetch('{base}api/interviews').then(() => tell('read'), () => tell('blocked'));"
        f"fetch('{base}api/interviews', {{method: 'POST', mode: 'no-cors', body: '{{}}'}})"
        f".then(() => tell('sent'), () => tell('blocked'));"
        f"new EventSource('{base}api/events').onerror = () => tell('blocked');</script>"
    )
    with serve(evil) as other:
        for name in ("127.0.0.1", "localhost"):
            made = page.context.new_page()
            made.goto(other.address.replace("127.0.0.1", name))
            made.get_by_text("blocked blocked blocked").wait_for()
            assert made.evaluate("typeof window.prepvaultServed") == "undefined"
            made.close()
    assert stand.wrote == []
