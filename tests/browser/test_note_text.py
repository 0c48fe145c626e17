"""A note with every mark there is, in a browser: valid, accessible, inert, and its pictures are seen."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import Opener, find_node_module, skip_or_fail
from tests.browser.test_pages import CHECK, UNFOLD
from tests.dashboard import build_site
from tests.pictures import SVG, png

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEAD = """=== Interviews/{id}.md
---
id: int_{id}
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-1{day}T14:00:00
status: scheduled
---
"""
COMPANY = """=== Companies/Acme.md
---
name: Acme
---
# Culture

They **ship**. ![[board.png|100]]

## Values

Kindness.[^1]

# People

- Dana ^dana
  - likes robots

[^1]: Said Dana.
"""
NOTES = Path(__file__).parents[1] / "data" / "every_mark.md"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault whose one note has everything, built."""
    folder = tmp_path_factory.mktemp("marks")
    files = {
        "board.png": png(600, 400),
        "wide.png": png(1600, 300),
        "disguised.png": SVG,
        "drawing.svg": SVG,
        **dict.fromkeys(("talk.mp3", "offer.pdf", "plan.canvas", "movie.mp4"), b"x"),
    }
    (folder / "vault").mkdir()
    for name, data in files.items():
        (folder / "vault" / name).write_bytes(data)
    other = HEAD.format(id="b", day=1) + "## From b\n\nWords of b.\n\n![[a]]\n"
    vault = HEAD.format(id="a", day=0) + NOTES.read_text(encoding="utf-8") + "\n" + other + COMPANY
    twins = "=== x/Twin.md\nx\n=== y/Twin.md\ny\n"
    return build_site(folder, f"=== prepvault.toml\n[vault]\ntimezone = 'UTC'\n{vault}{twins}")


def test_the_pictures_of_the_vault_are_seen_and_nothing_else_is_loaded(open_page: Opener) -> None:
    page = open_page("interviews/int_a.html")
    pictures = page.locator(".prose img")
    sizes = []
    for number in range(pictures.count()):
        picture = pictures.nth(number)
        picture.scroll_into_view_if_needed()
        picture.evaluate("each => each.decode()")
        sizes.append(picture.evaluate("each => [each.naturalWidth, each.width, each.height]"))
    measure = page.locator(".prose").first.evaluate("each => each.clientWidth")
    assert sizes[:3] == [[600, 100, 67], [600, 300, 200], [600, 120, 60]]
    assert sizes[3][0] == 1600
    assert sizes[3][1] <= measure, "a wide picture keeps within the text"


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("scheme", "width"), [("dark", 360), ("light", 1280)])
def test_axe_finds_nothing_in_any_mark(open_page: Opener, scheme: str, width: int) -> None:
    axe = find_node_module("axe-core/axe.min.js", "PREPVAULT_AXE").read_text(encoding="utf-8")
    page = open_page("interviews/int_a.html", width=width, scheme=scheme)
    page.evaluate(UNFOLD)
    page.evaluate(axe + ";0")
    found = page.evaluate(CHECK)["violations"]
    assert [(each["id"], node["html"][:200]) for each in found for node in each["nodes"]] == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_a_kind_of_callout_is_told_by_a_sign_and_a_name(open_page: Opener) -> None:
    page = open_page("interviews/int_a.html")
    signs = page.locator(".prose .callout-title").evaluate_all(
        """all => all.map((each) => {
          const style = getComputedStyle(each, "::before");
          return [style.maskImage, style.content];
        })"""
    )
    assert len({sign for sign, _ in signs}) == 13
    assert all(sign.startswith("url(") for sign, _ in signs)
    assert any('"Warning: "' in name for _, name in signs)


@pytest.mark.timeout(300)
def test_the_note_is_valid_html(site: Path) -> None:
    java = shutil.which("java")
    if java is None:
        skip_or_fail("no java is installed for the Nu HTML checker")
    checker = find_node_module("vnu-jar/build/dist/vnu.jar", "PREPVAULT_VNU")
    pages = [str(site / "interviews" / f"int_{name}.html") for name in "ab"]
    arguments = [str(java), "-jar", str(checker), "--errors-only", "--format", "json", *pages]
    ran = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert [(each.get("lastLine"), each["message"]) for each in json.loads(ran.stderr)["messages"]] == []
