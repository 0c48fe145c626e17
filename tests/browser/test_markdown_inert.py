"""Every hostile payload in one page without a content security policy: nothing runs, nothing is fetched."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, sync_playwright

from prepvault.render.markdown_html import render_markdown
from tests.hostile_markdown import KNOWN, PAYLOADS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SPY = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "open", "print"]) {
  window[name] = (...words) => { window.ran.push(name); };
}
"""
LOOK = """() => {
  const all = [...document.body.querySelectorAll("*")];
  const links = all.filter((each) => each.tagName === "A");
  return {
    tags: [...new Set(all.map((each) => each.localName))].sort(),
    foreign: all.filter((each) => each.namespaceURI !== "http://www.w3.org/1999/xhtml").length,
    handlers: all.flatMap((each) => [...each.attributes].map((a) => a.name))
      .filter((name) => name.startsWith("on") || name === "style"),
    protocols: [...new Set(links.map((each) => each.protocol))].sort(),
    clobbered: ["location", "body", "cookie", "__proto__"]
      .filter((name) => document.getElementById(name) !== null),
    texts: document.querySelectorAll("article").length,
  };
}"""
ALLOWED_PROTOCOLS = {"file:", "http:", "https:", "mailto:", "tel:", "obsidian:", ":"}
"""Where links lead as the browser reads them: a relative one to `file:`, one it cannot read to `:`."""
ACTIVE = {"script", "img", "iframe", "object", "embed", "form", "input", "link", "meta", "style", "svg"}


@pytest.fixture
def page() -> Iterator[Page]:
    """Open a page of a browser that may use the network if a payload makes it."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page()
        page.add_init_script(SPY)
        yield page
        browser.close()


def write_page(path: Path, body: str) -> str:
    """Write a page around a body and tell its address."""
    head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head>'
    path.write_text(f"{head}<body>{body}</body></html>", encoding="utf-8", errors="replace")
    return path.as_uri()


def watched(page: Page, address: str) -> tuple[list[str], list[str]]:
    """Open an address, touch everything on the page, and report what ran and what was asked for."""
    asked: list[str] = []
    ran: list[str] = []

    def refuse(dialog: Dialog) -> None:
        ran.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", refuse)
    page.on("pageerror", lambda error: ran.append(f"error {error}"))
    page.goto(address, wait_until="load")
    page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.evaluate(
        """() => document.body.querySelectorAll("*").forEach((each) => {
          for (const name of ["mouseover", "pointerenter", "focus", "toggle", "load", "error"]) {
            each.dispatchEvent(new Event(name));
          }
        })"""
    )
    ran += page.evaluate("() => window.ran")
    return ran, [url for url in asked if url != address]


def test_no_payload_runs_or_fetches(page: Page, tmp_path: Path) -> None:
    parts = (
        f"<article>{render_markdown(payload, KNOWN.get, id_prefix=f'p{number}-')}</article>"
        for number, payload in enumerate(PAYLOADS)
    )
    ran, asked = watched(page, write_page(tmp_path / "inert.html", "\n".join(parts)))
    assert (ran, asked) == ([], [])
    seen = page.evaluate(LOOK)
    assert seen["texts"] == len(PAYLOADS), "a payload has broken out of its place"
    assert seen["handlers"] == []
    assert seen["foreign"] == 0
    assert seen["clobbered"] == []
    assert set(seen["protocols"]) <= ALLOWED_PROTOCOLS
    assert not ACTIVE & set(seen["tags"])


def test_the_browser_would_have_told(page: Page, tmp_path: Path) -> None:
    body = (
        "<script>alert(1)</script><p onmouseover='alert(2)'>x</p>"
        "<img src='https://example.invalid/x.png'><a href='javascript:alert(3)'>x</a>"
    )
    ran, asked = watched(page, write_page(tmp_path / "armed.html", body))
    assert ran == ["alert", "alert"]
    assert asked == ["https://example.invalid/x.png"]
    seen = page.evaluate(LOOK)
    assert "javascript:" in seen["protocols"]
    assert seen["handlers"] == ["onmouseover"]
