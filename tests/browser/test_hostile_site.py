"""A vault full of hostile texts in a real browser: on no page anything runs, fetches or clobbers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Ran
from tests.ways_out import Case, make_hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SPY = """
window.ran = []; window.reports = [];
for (const name of ["alert", "confirm", "prompt", "open", "print"]) {
  window[name] = (...words) => { window.ran.push(name); };
}
addEventListener("securitypolicyviolation", (event) => window.reports.push(event.violatedDirective));
"""
TOUCH = """() => {
  for (const each of document.querySelectorAll("details, dialog")) each.open = true;
  for (const each of document.body.querySelectorAll("*")) {
    for (const name of ["mouseover", "focus", "load", "error"]) each.dispatchEvent(new Event(name));
  }
  const all = [...document.querySelectorAll("*")];
  return {
    ran: window.ran, reports: window.reports,
    handlers: all.flatMap((each) => [...each.attributes])
      .filter((one) => /^on|^style$/.test(one.name)).length,
    links: all.map((each) => each.localName === "a" ? each.href : "")
      .filter((address) => /^(javascript|vbscript|data|blob):/.test(address)),
    clobbered: !(document.cookie === "" && document.body.localName === "body" && location.href),
  };
}"""
INERT = {"ran": [], "reports": [], "handlers": 0, "links": [], "clobbered": False}


@pytest.fixture
def page(chromium: "Browser") -> Iterator["Page"]:
    context = chromium.new_context()
    context.add_init_script(SPY)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", ["markup"])
def test_no_page_of_a_hostile_vault_does_anything(
    kind: str, page: "Page", tmp_path: Path, run: Callable[..., Ran]
) -> None:
    case = Case(make_hostile(kind, tmp_path / "vault"), run)
    names = [name for name in case.site if name.endswith(".html")]
    assert len(names) > 20
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    home = (case.beside / "site").as_uri()
    for name in names:
        page.goto(f"{home}/{name}", wait_until="load")
        assert page.evaluate(TOUCH) == INERT, name
    assert errors == []
    assert [url for url in asked if not url.startswith((f"{home}/", "data:,"))] == []


def test_the_browser_would_have_told(page: "Page", tmp_path: Path) -> None:
    policy = "<meta http-equiv=Content-Security-Policy content=\"img-src 'none'\">"
    body = (
        "<p onmouseover='ran.push(1)'>x</p><img src=x.png><a href='javascript:alert(1)'>x</a><b id=ran></b>"
    )
    (tmp_path / "a.html").write_text(f"<!doctype html>{policy}<title>x</title>{body}")
    page.goto((tmp_path / "a.html").as_uri(), wait_until="load")
    told = page.evaluate(TOUCH)
    assert (told["ran"], told["handlers"]) == ([1], 1)
    assert told["reports"] == ["img-src"]
    assert told["links"] == ["javascript:alert(1)"]
