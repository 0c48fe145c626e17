"""The form from a file: what it makes is a note that the checker accepts."""

from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from prepvault.model.finding import Finding, Severity
from prepvault.model.interview import Interview
from prepvault.model.note import Note
from prepvault.model.settings import Settings
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.interview import parse_interview
from prepvault.parse.sections import find_sections, has_room
from tests.browser.conftest import NOON, Opener
from tests.conftest import NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIELDS = {
    "company": "Acme: “Robots” & Söhne # 1",
    "role": "yes",
    "scheduled_at": "2026-02-20T14:30",
    "timezone": "America/New_York",
    "duration_minutes": "45",
    "interviewer": "Dana Roe (CTO), @Sam",
    "location": "https://meet.example.com/x?y=1#z",
    "job_id": "job_7",
    "notes": "Bring ID.\n---\n<% tp.file.cursor() %>",
}


def fill(page: Any, **changes: str) -> None:
    for name, value in (FIELDS | changes).items():
        page.fill(f"#{name}", value)
    page.select_option("#interview_type", "on_site")
    page.click("button[type=submit]")


def read_result(page: Any) -> tuple[Interview | None, list[Finding]]:
    """The note that the form shows, as the checker reads it: the interview, and what is remarked on it."""
    data = (page.locator("#result-text").text_content() or "").encode()
    note = Note("Interviews/x.md", data, NOW)
    head, remarks = parse_head(data, note.path)
    interview, findings = parse_interview(note, head, Settings(), {})
    found = (*remarks, *findings, *find_sections(data, note.path)[1])
    return interview, [each for each in found if each.severity is not Severity.INFO]


def test_the_note_it_makes_reads_back_exactly(open_page: Opener) -> None:
    page = open_page("schedule.html")
    fill(page)
    text = page.locator("#result-text").text_content() or ""
    head, findings = parse_head(text.encode(), "Interviews/x.md")
    assert findings == ()
    assert head.values == {
        "id": "int_job_7_1770629400",
        "job_id": "job_7",
        "company": FIELDS["company"],
        "role": "yes",
        "interview_type": "on_site",
        "scheduled_at": "2026-02-20T14:30:00",
        "timezone": "America/New_York",
        "duration_minutes": 45,
        "interviewer": ["Dana Roe (CTO)", "@Sam"],
        "location": FIELDS["location"],
        "status": "scheduled",
        "created_at": "2026-02-09T04:30:00",
    }
    assert "<%" not in text
    assert "Bring ID." in head.body


def test_the_checker_has_no_error_for_it(open_page: Opener) -> None:
    page = open_page("schedule.html")
    fill(page)
    interview, findings = read_result(page)
    assert findings == []
    assert interview
    assert (interview.company, interview.minutes) == (FIELDS["company"], 45)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_booking_is_the_moment_it_was_made_wherever_the_browser_is(open_page: Opener, zone: str) -> None:
    page = open_page("schedule.html", zone=zone)
    fill(page, timezone="Europe/Berlin")
    interview, findings = read_result(page)
    assert findings == []
    assert interview
    assert interview.created_at == datetime.fromisoformat(NOON)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("america/new york", "America/New_York"),
        (" utc ", "UTC"),
        ("Asia/Kolkata", "Asia/Kolkata"),
    ],
)
def test_a_zone_is_written_as_the_zone_data_spells_it(open_page: Opener, typed: str, written: str) -> None:
    page = open_page("schedule.html")
    fill(page, timezone=typed)
    interview, findings = read_result(page)
    assert findings == []
    assert interview
    assert interview.zone == written
    assert page.locator("#result-when").inner_text().endswith(f"({written})")


def test_obsidian_copy_and_download_carry_the_same_text(open_page: Opener, tmp_path: Path) -> None:
    page = open_page("schedule.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    fill(page)
    text = page.locator("#result-text").text_content()
    link = page.locator("#result-obsidian").get_attribute("href") or ""
    assert urlsplit(link).scheme == "obsidian"
    assert "+" not in link
    wanted = parse_qs(urlsplit(link).query, keep_blank_values=True)
    assert wanted["content"] == [text]
    assert wanted["vault"] == ["Search & find"]
    assert wanted["file"] == ["Interviews/Acme “Robots” & Söhne 1 On-site 2026-02-20"]
    page.click("[data-copy=result-text]")
    assert page.evaluate("navigator.clipboard.readText()") == text
    with page.expect_download() as waiting:
        page.click("#result-download")
    waiting.value.save_as(tmp_path / "note.md")
    assert (tmp_path / "note.md").read_text(encoding="utf-8") == text
    assert waiting.value.suggested_filename.endswith(".md")
    assert unquote(page.locator("#result-path").inner_text()).startswith("Interviews/")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"company": "  "}, "The company is missing"),
        ({"role": ""}, "The role is missing"),
        ({"scheduled_at": ""}, "The date and time should be complete"),
        ({"timezone": "Berlin time"}, "The time zone should be a name"),
        ({"duration_minutes": "5000"}, "The minutes should be"),
        ({"duration_minutes": "1.5"}, "The minutes should be"),
        ({"duration_minutes": "1e2"}, "The minutes should be"),
        ({"duration_minutes": "0"}, "The minutes should be"),
        ({"scheduled_at": "2199-02-20T14:30"}, "The year should be from 1970 to 2100"),
        ({"scheduled_at": "2026-03-08T02:30"}, "That time does not exist in America/New_York"),
        ({"timezone": "Europe/Atlantis"}, "The time zone should be a name"),
        ({"timezone": "CET"}, "The time zone should be a name"),
        ({"timezone": "+02:00"}, "The time zone should be a name"),
        ({"notes": "a\n<!-- prepvault:begin id=tips v=1 -->"}, "the marks that PrepVault puts"),
        ({"notes": "%% prepvault:end id=tips %%"}, "the marks that PrepVault puts"),
        ({"notes": "<<<<<<< here\na\n=======\nb\n>>>>>>> there"}, "the marks of a merge"),
        ({"notes": "Code:\n```python\nprint()"}, "The notes open ``` and never close it"),
        ({"notes": "- a\n~~~~\n~~~"}, "The notes open ~~~~ and never close it"),
        ({"notes": "<!-- later"}, "The notes open <!-- and never close it"),
        ({"notes": "<pre>\n\nx"}, "The notes open HTML and never close it"),
        ({"notes": "%% hidden"}, "The notes open %% and never close it"),
    ],
)
def test_what_the_checker_would_refuse_is_refused_here(
    open_page: Opener, change: dict[str, str], problem: str
) -> None:
    page = open_page("schedule.html")
    fill(page, **change)
    assert problem in page.locator("#problems").inner_text()
    assert page.locator("#result").is_hidden()
    (field,) = change
    assert page.locator(f"#{field}").get_attribute("aria-invalid") == "true"
    assert page.evaluate("document.activeElement.id") == field
    told = page.locator(f"#{field}").get_attribute("aria-describedby")
    assert problem in page.locator(f".field:has(#{field}) #{told}").inner_text()
    fill(page)
    assert page.locator("#result").is_visible()
    assert page.locator(".fault, [aria-invalid]").count() == 0


@pytest.mark.parametrize(
    "notes",
    [
        "```\ncode\n```\nafter",
        "- ```js\n  code\n  ```\n- two",
        "> ~~~\n> code\n> ~~~~",
        "`` ``` `` is a fence",
        "<!-- one -->\n<!--\ntwo\n--> and $$x$$ and 5 %% of it",
        "%% hidden %%\n```\n<pre>\n%%\n```",
        "\ud83d\ude80\x00 lone",
    ],
)
def test_notes_that_end_what_they_open_are_taken(open_page: Opener, notes: str) -> None:
    page = open_page("schedule.html")
    fill(page, company="x" + "🚀" * 90, notes=notes, duration_minutes="0045")
    interview, findings = read_result(page)
    assert findings == []
    assert interview
    assert interview.minutes == 45
    assert has_room((page.locator("#result-text").text_content() or "").encode())


def test_hostile_words_stay_words(open_page: Opener) -> None:
    page = open_page("schedule.html")
    fill(page, company='../../x" onload=alert(1) <script>', notes="</script><img src=x onerror=alert(1)>")
    assert page.locator("#result img").count() == 0
    assert page.locator("#result-path").inner_text().count("/") == 1
