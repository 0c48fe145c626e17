"""A Chromium, and a built dashboard to open in it from its files."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import IN_CI
from tests.dashboard import DEBRIEF, VAULT, build_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOON = "2026-02-09T09:30:00Z"

KINDS = (
    "index.html",
    "calendar.html",
    "check.html",
    "companies/acme-robotics.html",
    "companies/index.html",
    "emails.html",
    "interviews/index.html",
    "interviews/int-uber-firma.html",
    "interviews/int_acme_1.html",
    "interviews/int_acme_2.html",
    "interviews/int_cancelled.html",
    "loops/acme_backend.html",
    "prep/index.html",
    "prep/technical.html",
    "schedule.html",
    "stats.html",
    "stories.html",
)
"""One page of every kind."""


def skip_or_fail(reason: str) -> None:
    """Skip where a tool is missing, but not in CI: there it must be present."""
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


def find_node_module(name: str, variable: str) -> Path:
    """Find a file of an npm package: named by a variable, else in a node_modules folder at or above here."""
    named = os.environ.get(variable)
    if named:
        return Path(named)
    for folder in Path(__file__).resolve().parents:
        if (folder / "node_modules" / name).is_file():
            return folder / "node_modules" / name
    skip_or_fail(f"{name} is not here: npm install it above the repository, or name it by {variable}")
    raise AssertionError


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The varied vault, built at NOW."""
    return build_site(tmp_path_factory.mktemp("browser"), VAULT + DEBRIEF)


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    """One browser for the tests of a module: Playwright allows one at a time in a process."""
    from playwright.sync_api import sync_playwright

    program = os.environ.get("PREPVAULT_CHROMIUM") or shutil.which("chromium")
    if program is None:
        skip_or_fail("no chromium is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The program that looks for what keeps people out."""
    return find_node_module("axe-core/axe.min.js", "PREPVAULT_AXE").read_text(encoding="utf-8")


Opener = Callable[..., "Page"]


@pytest.fixture
def open_page(chromium: "Browser", site: Path) -> Iterator[Opener]:
    """Open a page of the site; console errors and requests beyond files fail the test at its end."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def open_one(
        name: str,
        *,
        width: int = 1280,
        scheme: str = "light",
        at: str = NOON,
        script: bool = True,
        zone: str = "Europe/Berlin",
    ) -> "Page":
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            java_script_enabled=script,
            timezone_id=zone,
            accept_downloads=True,
        )
        contexts.append(context)
        if script:
            context.clock.install(time=at)
            context.clock.set_fixed_time(at)
        page = context.new_page()
        page.on("console", lambda said: faults.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith(("file:", "data:")) else faults.append(request.url)
            ),
        )
        page.goto((site / name).as_uri())
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []
