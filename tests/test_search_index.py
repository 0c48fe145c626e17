"""What search reads: everything by name, nothing of a note's text, safe in a script, true at any hour."""

import json
import posixpath
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from prepvault.jobs.build import build
from prepvault.jobs.context import open_context
from prepvault.model.figures import Count, Rate, Statistics
from prepvault.model.site import SiteModel
from prepvault.render.search_index import render_search
from tests.conftest import NOW, Maker
from tests.dashboard import DEBRIEF, VAULT, Page, build_site

UNSAFE = (b"<", b">", b"&", "\u2028".encode(), "\u2029".encode())
Index = Mapping[str, list[list[str]]]

HOSTILE = """
=== Interviews/Evil.md
---
id: int_evil
company: "</script><img src=x onerror=alert(1)>"
role: "Lead & \u202egnip"
interview_type: technical
scheduled_at: 2026-02-11T10:00:00
interviewer: "<b>Mallory</b>"
---
"""


def index_of(site: Path) -> Index:
    """Read the index as the browser would: an assignment of JSON."""
    text = (site / "search.js").read_text(encoding="utf-8")
    name, _, value = text.partition("=")
    assert name == "window.prepvaultIndex"
    assert value.endswith(";\n")
    index: Index = json.loads(value[:-2])
    return index


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("index"), VAULT + DEBRIEF)


@pytest.fixture(scope="module")
def index(site: Path) -> Index:
    return index_of(site)


def test_an_interview_is_found_by_name_day_people_place_id_and_state(index: Index) -> None:
    found = {entry[2]: entry for entry in index["Interviews"]}
    assert found["interviews/int_acme_2.html"] == [
        "Acme Robotics, Backend Engineer",
        "Technical, round 2 · Tue 10 Feb 2026, 20:00 · Dana Roe, Sam Poe",
        "interviews/int_acme_2.html",
        "int_acme_2 acme_backend Confirmed",
        "2026-02-10T19:00:00Z",
        "2026-02-10T20:00:00Z",
    ]
    assert "Karl-Marx-Allee 1, Berlin" in found["interviews/int-uber-firma.html"][3]
    assert len(found["interviews/int_rejected.html"]) == 4, "what is closed is ahead at no hour"
    assert len(found) == 7


def test_every_kind_of_thing_is_found(index: Index) -> None:
    assert list(index) == [
        "Interviews",
        "Companies",
        "People",
        "Applications",
        "Stories",
        "Preparation",
        "Questions",
        "E-mails",
        "Pages",
    ]
    assert ["Acme Robotics", "2 interviews", "companies/acme-robotics.html", "Acme"] in index["Companies"]
    assert ["Dana Roe", "Staff Engineer · Acme Robotics", "companies/acme-robotics.html"] in index["People"]
    assert ["Ada Noll", "Überfirma & Söhne <GmbH>", "companies/uberfirma-sohne-gmbh.html"] in index["People"]
    assert ["The outage", "ownership, failure, communication", "stories.html#story-the-outage"] in index[
        "Stories"
    ]
    assert [
        "Acme Robotics, Backend Engineer",
        "2 rounds",
        "loops/acme_backend.html",
        "acme_backend",
    ] in index["Applications"]
    assert "prep/technical.html" in [entry[2] for entry in index["Preparation"]]
    assert ["Interviews", "", "interviews/index.html"] in index["Pages"]
    assert len(index["E-mails"]) == 19


def test_every_path_leads_to_a_page_and_a_place_in_it(site: Path, index: Index) -> None:
    anchors: dict[str, list[str]] = {}
    dead = []
    for group, entries in index.items():
        for entry in entries:
            path, _, place = entry[2].partition("#")
            if path not in anchors:
                text = (site / path).read_text(encoding="utf-8") if (site / path).is_file() else ""
                anchors[path] = Page(text).values("id")
            if not anchors[path] or (place and place not in anchors[path]) or posixpath.isabs(path):
                dead.append((group, entry[2]))
    assert dead == []


def test_a_question_stands_there_once(index: Index) -> None:
    texts = [entry[0] for entry in index["Questions"]]
    assert len(texts) > 100
    assert len(texts) == len(set(texts))


def test_no_text_of_a_note_is_in_it(site: Path) -> None:
    text = (site / "search.js").read_text(encoding="utf-8")
    words = (
        "They use",
        "Warm call",
        "Everything was down",
        "They build arms",
        "send the plan",
        "meet.example",
    )
    assert [each for each in words if each in text] == []


def test_a_hostile_name_stays_a_text_in_the_script(make_vault: Maker) -> None:
    root = make_vault(VAULT + HOSTILE)
    build(open_context(str(root), now=NOW.isoformat()))
    data = (root / "site/search.js").read_bytes()
    assert [each for each in UNSAFE if each in data] == []
    titles = [entry[0] for entry in index_of(root / "site")["Interviews"]]
    assert "</script><img src=x onerror=alert(1)>, Lead & \u202egnip" in titles


def test_a_line_separator_and_half_a_character_end_no_script() -> None:
    none = Count("", "", ())
    rate = Rate("", "", (), (), 0, 0)
    figures = Statistics(total=none, next_days=none, completed=none, success=rate)
    site = SiteModel(title="", vault_name="", zone="UTC", now=NOW, statistics=figures)
    data = render_search(site, [("a\u2028b\u2029c\ud800d", "x.html")])
    assert [each for each in UNSAFE if each in data] == []
    assert '"a\\u2028b\\u2029c\ufffdd"' in data.decode()


def test_the_hour_of_the_build_changes_nothing(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    build(open_context(str(root), now=NOW.isoformat()))
    before = (root / "site/search.js").read_bytes()
    build(open_context(str(root), now=(NOW + timedelta(days=40)).isoformat()))
    assert (root / "site/search.js").read_bytes() == before


def test_incognito_searches_code_names(make_vault: Maker) -> None:
    root = make_vault(VAULT + DEBRIEF)
    build(open_context(str(root), now=NOW.isoformat()), incognito=True)
    index = index_of(root / "site")
    assert {entry[0].partition(",")[0][:8] for entry in index["Interviews"]} == {"Company "}
    assert {entry[0][:7] for entry in index["People"]} == {"Person "}
    assert "Acme" not in (root / "site/search.js").read_text(encoding="utf-8")


def test_a_person_of_two_spellings_is_one_and_a_recruiter_is_found(make_vault: Maker) -> None:
    root = make_vault("""=== Interviews/One.md
---
id: int_one
company: Acme
role: Engineer
interview_type: on_site
scheduled_at: 2026-02-19T09:00:00
interviewer: Dr. Ines Vogt
recruiter: Rae Cruz
sessions:
  - 10:00-11:00 Design (Ines Vogt)
---
""")
    build(open_context(str(root), now=NOW.isoformat()))
    index = index_of(root / "site")
    assert [entry[:2] for entry in index["People"]] == [
        ["Dr. Ines Vogt", "Acme"],
        ["Rae Cruz", "Recruiter · Acme"],
    ]
    assert index["Interviews"][0][1].endswith("· Dr. Ines Vogt")
