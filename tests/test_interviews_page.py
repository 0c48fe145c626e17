"""The page of all interviews as it is built: all of them, in the user's own time, what is ahead first."""

import re
from pathlib import Path

import pytest

from prepvault.jobs.build import build
from prepvault.jobs.context import open_context
from prepvault.model.interview import InterviewType, Outcome, Status
from tests.conftest import NOW, Maker
from tests.dashboard import VAULT, Page, build_site


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    site = build_site(tmp_path_factory.mktemp("every"))
    return (site / "interviews/index.html").read_text(encoding="utf-8")


def row(text: str, slug: str) -> str:
    """The words of one row."""
    found = next(
        part for part in re.findall(r"<tr data-is.*?</tr>", text, re.DOTALL) if f'"{slug}.html"' in part
    )
    return Page(found).shown


def test_every_interview_is_there_what_is_ahead_first_then_the_latest(text: str) -> None:
    links = re.findall(r'<th scope="row"><a href="([^"]+)\.html"', text)
    assert links == [
        "int_acme_2",
        "int_odd",
        "int-uber-firma",
        "int_forgotten",
        "int_acme_1",
        "int_cancelled",
        "int_rejected",
    ]


def test_times_are_the_users_own_first(text: str) -> None:
    assert "Times are those of Europe/Berlin." in Page(text).shown
    assert row(text, "int_acme_2").startswith("Tue 10 Feb 2026 20:00–21:00 14:00 in New York in 1 day 10 h")
    assert '<time datetime="2026-02-10T20:00+01:00">' in text
    assert row(text, "int_acme_1").startswith("Mon 2 Feb 2026 09:00–09:30Acme Robotics")
    assert row(text, "int-uber-firma").startswith("Thu 19 Feb 2026 all day in 9 days")


def test_a_row_tells_type_round_people_state_and_preparation(text: str) -> None:
    told = row(text, "int_acme_2")
    assert re.search(r"Technical Round 2Dana Roe, Sam PoeConfirmed\d+ %$", told), told
    assert "CompletedRejected" in row(text, "int_rejected")


def test_a_note_whose_time_is_unreadable_is_named(text: str) -> None:
    assert "Broken: its time could not be read, so it is missing here." in Page(text).shown


def test_filters_need_a_script_and_know_every_word(text: str) -> None:
    page = Page(text)
    form = next(attributes for tag, attributes in page.tags if tag == "form")
    assert "hidden" in form
    assert "js" in (form["class"] or "").split()
    values = page.values("value")
    for word in (*InterviewType, *Status, *Outcome, "acme-robotics", "none", "decided"):
        assert word in values, word


def test_an_id_that_is_called_like_the_page_gets_another_name(make_vault: Maker) -> None:
    root = make_vault("""=== Interviews/One.md
---
id: index
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-19T09:00:00
---
""")
    build(open_context(str(root), now=NOW.isoformat()))
    names = [path.name for path in (root / "site/interviews").glob("*.html")]
    assert sorted(names)[1] == "index.html"
    assert len(names) == 2
    assert 'id="every"' in (root / "site/interviews/index.html").read_text(encoding="utf-8")


def test_a_vault_of_nothing_says_what_to_do(make_vault: Maker) -> None:
    root = make_vault("")
    build(open_context(str(root), now=NOW.isoformat()))
    page = Page((root / "site/interviews/index.html").read_text(encoding="utf-8"))
    assert "No interview yet. Schedule the first one" in page.shown
    assert "table" not in [tag for tag, _ in page.tags]


def test_no_row_carries_more_than_it_needs(tmp_path: Path) -> None:
    """A thousand of them are one page: a row of usual length stays under 800 bytes."""
    site = build_site(tmp_path, VAULT)
    text = (site / "interviews/index.html").read_text(encoding="utf-8")
    rows = re.findall(r"<tr data-is.*?</tr>\n", text, re.DOTALL)
    assert max(len(each.encode()) for each in rows) < 800
