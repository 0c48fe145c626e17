"""Real names on the web: a page that a stranger could read says so, and no other page does."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import NOON, Opener
from tests.browser.test_pages import CHECK
from tests.dashboard import VAULT, build_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BANNER = "aside.exposed"
Visitor = Callable[..., "Page"]


@pytest.fixture
def visit(chromium: "Browser", site: Path) -> Iterator[Visitor]:
    """Open a page as if its files lay on a web server of that name; nothing is asked of any network."""
    contexts = []

    def open_one(address: str, *, files: Path = site, scheme: Any = "light", width: int = 1280) -> "Page":
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
        )
        context.clock.install(time=NOON)
        contexts.append(context)
        start = "/".join(address.split("/")[:3]) + "/"

        def answer(route: "Route") -> None:
            route.fulfill(path=files / route.request.url.removeprefix(start))

        context.route(f"{start}**", answer)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_one
    for each in contexts:
        each.close()


@pytest.mark.parametrize(
    "host", ["https://robin.github.io", "http://192.168.1.20:8000", "http://localhost.example.com"]
)
def test_a_page_with_names_on_the_web_says_so(visit: Visitor, host: str) -> None:
    page = visit(f"{host}/interviews/int_acme_2.html")
    said = page.locator(BANNER).inner_text()
    assert "Everyone who has this address can read it" in said
    assert "prepvault build --incognito" in said
    assert page.get_by_role("complementary", name="Privacy").count() == 1


@pytest.mark.parametrize("host", ["http://localhost:8000", "http://127.0.0.1:8765", "http://[::1]:9"])
def test_on_this_machine_it_says_nothing(visit: Visitor, host: str) -> None:
    page = visit(f"{host}/index.html")
    assert page.locator("#up-next > li, #upcoming > li").count() == 3
    assert page.locator(BANNER).count() == 0


def test_from_a_file_it_says_nothing(open_page: Opener) -> None:
    page = open_page("index.html")
    assert page.locator(BANNER).count() == 0


def test_hidden_once_it_stays_hidden_in_that_tab_alone(visit: Visitor) -> None:
    page = visit("https://robin.github.io/index.html")
    page.get_by_role("button", name="Hide in this tab").click()
    assert page.locator(BANNER).count() == 0
    page.goto("https://robin.github.io/stats.html")
    assert page.locator(BANNER).count() == 0
    other = page.context.new_page()
    other.goto("https://robin.github.io/stats.html")
    assert other.locator(BANNER).is_visible()


@pytest.mark.parametrize(
    ("how", "settings"),
    [({"incognito": True}, ""), ({}, "[site]\npublic = true\n")],
    ids=["redacted", "meant"],
)
def test_a_page_without_names_or_one_that_is_meant_says_nothing(
    visit: Visitor, tmp_path: Path, how: dict[str, bool], settings: str
) -> None:
    vault = VAULT.replace("[profile]\n", f"{settings}[profile]\n", 1)
    files = build_site(tmp_path, vault, **how)
    page = visit("https://robin.github.io/index.html", files=files)
    assert page.locator("#up-next > li, #upcoming > li").count() == 3
    assert page.locator(BANNER).count() == 0


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("scheme", "width"), [("dark", 360), ("light", 1280)])
def test_axe_finds_nothing_in_it(visit: Visitor, axe: str, scheme: str, width: int) -> None:
    page = visit("https://robin.github.io/schedule.html", scheme=scheme, width=width)
    page.evaluate(axe + ";0")
    assert page.evaluate(CHECK)["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
