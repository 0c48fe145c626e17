"""Take the pictures of the documentation: the example vault on a fixed day, in Chromium, from its files."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import ARGUMENTS

NOW = "2026-11-29T20:00:00Z"
ZONE = "Europe/Berlin"
MARGIN = "body { padding: 14mm 12mm }"
"""What the printer leaves around a page, and a picture of the page does not show."""
FOLDER = Path(__file__).parents[2] / "docs" / "screens"
SHOTS = (
    # name, page, width, height, colours, or `paper` for what a printer gets
    ("home", "index.html", 1280, 860, "light"),
    ("home-dark", "index.html", 1280, 860, "dark"),
    ("home-phone", "index.html", 390, 844, "light"),
    ("interview", "interviews/int_kestrel_backend_3.html", 1280, 860, "light"),
    ("interview-phone", "interviews/int_kestrel_backend_3.html", 390, 844, "light"),
    ("day-sheet", "interviews/int_kestrel_backend_3.html", 794, 1123, "paper"),
    ("interviews", "interviews/index.html", 1280, 800, "light"),
    ("calendar", "calendar.html", 1280, 860, "light"),
    ("calendar-phone", "calendar.html", 390, 844, "light"),
    ("prepare", "prep/technical.html", 1280, 860, "light"),
    ("stories", "stories.html", 1280, 860, "light"),
    ("statistics", "stats.html", 1280, 860, "light"),
    ("application", "loops/kestrel_backend.html", 1280, 800, "light"),
    ("mails", "emails.html", 1280, 800, "light"),
    ("schedule", "schedule.html", 1280, 860, "light"),
)


def main() -> None:
    """Build the example vault and look at it."""
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "demo"
        command = [sys.executable, "-m", "prepvault", "--now", NOW, "demo", str(vault)]
        around = {**os.environ, "PREPVAULT_VAULT_TIMEZONE": ZONE}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=around)
        FOLDER.mkdir(exist_ok=True)
        with sync_playwright() as playwright:
            program = os.environ.get("PREPVAULT_CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
            for name, page, width, height, scheme in SHOTS:
                _take(browser, vault / "site" / page, FOLDER / f"{name}.png", (width, height), scheme)
            browser.close()


def _take(browser: Browser, page: Path, to: Path, size: tuple[int, int], scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        timezone_id=ZONE,
        bypass_csp=scheme == "paper",
    )
    context.clock.set_fixed_time(NOW)
    view = context.new_page()
    if scheme == "paper":
        view.emulate_media(media="print")
    view.goto(page.as_uri())
    if scheme == "paper":
        view.add_style_tag(content=MARGIN)
    view.screenshot(path=str(to))
    context.close()


if __name__ == "__main__":
    main()
