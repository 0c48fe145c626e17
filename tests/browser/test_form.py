"""The form from a file: what it makes is a note that the checker accepts."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from prepvault.model.finding import Severity
from prepvault.model.settings import Settings
from prepvault.parse.frontmatter import parse_head
from tests.browser.conftest import Opener

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
        "created_at": "2026-02-09T10:30:00",
    }
    assert "<%" not in text
    assert "Bring ID." in head.body


def test_the_checker_has_no_error_for_it(open_page: Opener) -> None:
    from prepvault.model.note import Note
    from prepvault.parse.interview import parse_interview
    from tests.conftest import NOW

    page = open_page("schedule.html")
    fill(page)
    data = (page.locator("#result-text").text_content() or "").encode()
    note = Note("Interviews/x.md", data, NOW)
    interview, findings = parse_interview(note, parse_head(data, note.path)[0], Settings(), {})
    assert [each for each in findings if each.severity is not Severity.INFO] == []
    assert interview
    assert (interview.company, interview.minutes) == (FIELDS["company"], 45)


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


def test_hostile_words_stay_words(open_page: Opener) -> None:
    page = open_page("schedule.html")
    fill(page, company='../../x" onload=alert(1) <script>', notes="</script><img src=x onerror=alert(1)>")
    assert page.locator("#result img").count() == 0
    assert page.locator("#result-path").inner_text().count("/") == 1
