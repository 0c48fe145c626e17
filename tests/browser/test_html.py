"""The Nu HTML checker has nothing to say about any page."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import find_node_module, skip_or_fail
from tests.dashboard import DEBRIEF, VAULT, build_site
from tests.test_site import HOSTILE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.timeout(300)
def test_every_page_is_valid_html(tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None:
        skip_or_fail("no java is installed for the Nu HTML checker")
    checker = find_node_module("vnu-jar/build/dist/vnu.jar", "PREPVAULT_VNU")
    pages: list[str] = []
    for name, vault, how in (
        ("full", VAULT + DEBRIEF, {}),
        ("hostile", VAULT + HOSTILE, {}),
        ("hidden", VAULT, {"incognito": True}),
        ("empty", '=== prepvault.toml\n[vault]\ntimezone = "UTC"\n', {}),
    ):
        site = build_site(tmp_path / name, vault, **how)
        pages += sorted(str(path) for path in site.rglob("*.html"))
    arguments = [str(java), "-jar", str(checker), "--errors-only", "--format", "json", *pages]
    ran = subprocess.run(arguments, capture_output=True, text=True, check=False)
    said = json.loads(ran.stderr)["messages"]
    assert [(Path(each["url"]).name, each.get("lastLine"), each["message"]) for each in said] == []
