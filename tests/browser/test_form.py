"""The form from a file: it says back what it understood, and what it makes is a note without a fault."""

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
    "date": "2026-02-20",
    "time": "14:30",
    "timezone": "America/New_York",
    "duration_minutes": "45",
    "interviewer": "Dana Roe, CTO, @Sam",
    "location": "https://meet.example.com/x?y=1#z",
    "job_id": "job_7",
    "round": "2",
    "notes": "Bring ID.\n---\n<% tp.file.cursor() %>",
}


def fill(page: Any, **changes: str) -> None:
    for name, value in (FIELDS | changes).items():
        page.fill(f"#{name}", value)
    page.select_option("#interview_type", "on_site")


def make(page: Any, **changes: str) -> None:
    fill(page, **changes)
    page.click("#make")


def text_of(page: Any) -> str:
    return page.locator("#result-text").text_content() or ""


def read_result(page: Any) -> tuple[Interview | None, list[Finding]]:
    """The note that the form shows, as the checker reads it: the interview, and what is remarked on it."""
    data = text_of(page).encode()
    note = Note("Interviews/x.md", data, NOW)
    head, remarks = parse_head(data, note.path)
    interview, findings = parse_interview(note, head, Settings(), {})
    found = (*remarks, *findings, *find_sections(data, note.path)[1])
    return interview, [each for each in found if each.severity is not Severity.INFO]


def test_the_note_it_makes_reads_back_exactly(open_page: Opener) -> None:
    page = open_page("schedule.html")
    make(page)
    head, findings = parse_head(text_of(page).encode(), "Interviews/x.md")
    assert findings == ()
    assert head.values == {
        "id": "int_job_7_1771615800",
        "job_id": "job_7",
        "company": FIELDS["company"],
        "role": "yes",
        "interview_type": "on_site",
        "scheduled_at": "2026-02-20T14:30:00",
        "timezone": "America/New_York",
        "duration_minutes": 45,
        "interviewer": ["Dana Roe (CTO)", "@Sam"],
        "location": FIELDS["location"],
        "round": 2,
        "status": "scheduled",
        "created_at": "2026-02-09T04:30:00",
    }
    assert "<%" not in text_of(page)
    assert "## Notes\n\nBring ID." in head.body


def test_the_checker_has_nothing_to_say_about_it(open_page: Opener) -> None:
    page = open_page("schedule.html")
    make(page)
    interview, findings = read_result(page)
    assert findings == []
    assert interview
    assert (interview.company, interview.minutes) == (FIELDS["company"], 45)
    assert [(each.name, each.title) for each in interview.people] == [("Dana Roe", "CTO"), ("@Sam", "")]


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_booking_is_the_moment_it_was_made_wherever_the_browser_is(open_page: Opener, zone: str) -> None:
    page = open_page("schedule.html", zone=zone)
    make(page, timezone="Europe/Berlin")
    interview, findings = read_result(page)
    assert findings == []
    assert interview
    assert interview.created_at == datetime.fromisoformat(NOON)


def test_a_whole_day_needs_no_hour(open_page: Opener) -> None:
    page = open_page("schedule.html")
    fill(page)
    page.check("#all_day")
    assert page.locator("#time").is_disabled()
    page.click("#make")
    interview, findings = read_result(page)
    assert findings == []
    assert interview
    assert interview.all_day
    assert page.locator("#understood").inner_text().startswith("Friday 20 February 2026, all day")


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
    make(page, timezone=typed)
    interview, findings = read_result(page)
    assert findings == []
    assert interview
    assert interview.zone == written
    assert page.locator(".understood-when").inner_text().endswith(f"({written})")


def test_obsidian_copy_and_download_carry_the_same_text(open_page: Opener, tmp_path: Path) -> None:
    page = open_page("schedule.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    assert page.locator("#result-ways").is_hidden()
    make(page)
    text = text_of(page)
    link = page.locator("#result-obsidian").get_attribute("href") or ""
    assert urlsplit(link).scheme == "obsidian"
    assert "+" not in link
    wanted = parse_qs(urlsplit(link).query, keep_blank_values=True)
    assert wanted["content"] == [text]
    assert wanted["vault"] == ["Search & find"]
    assert wanted["file"] == ["Interviews/2026-02-20 Acme “Robots” & Söhne 1 On-site"]
    page.click("[data-copy=result-text]")
    assert page.evaluate("navigator.clipboard.readText()") == text
    with page.expect_download() as waiting:
        page.click("#result-download")
    waiting.value.save_as(tmp_path / "note.md")
    assert (tmp_path / "note.md").read_text(encoding="utf-8") == text
    assert waiting.value.suggested_filename.endswith(".md")
    assert unquote(page.locator("#result-path").inner_text()).startswith("Interviews/")


def test_what_is_typed_after_the_note_was_made_reaches_it(open_page: Opener) -> None:
    page = open_page("schedule.html")
    make(page)
    page.fill("#role", "Chief of Staff")
    link = page.locator("#result-obsidian").get_attribute("href") or ""
    assert "role: Chief of Staff\n" in parse_qs(urlsplit(link).query)["content"][0]
    page.fill("#role", "")
    assert page.locator("#result-ways").is_hidden()


def test_a_link_too_long_for_some_systems_says_so(open_page: Opener) -> None:
    page = open_page("schedule.html")
    make(page)
    assert page.locator("#result-long").is_hidden()
    page.fill("#notes", "Much to say. " * 200)
    said = page.locator("#result-long").inner_text()
    assert "copy the text or download the note" in said
    assert "primary" not in (page.locator("#result-obsidian").get_attribute("class") or "")


def test_a_name_that_is_taken_gets_a_number(open_page: Opener) -> None:
    page = open_page("schedule.html")
    page.evaluate(
        "(() => { const data = document.getElementById('vault'), known = JSON.parse(data.textContent);"
        "known.taken.files.push('2026-02-20 ACME On-site.md'); known.taken.ids.push('int_job_7_1771615800');"
        "window.named = known; })()"
    )
    booking = "prepvault.form.read(prepvault.form.values(document.getElementById('schedule')), named)"
    fill(page, company="Acme")
    assert page.evaluate(f"prepvault.form.freeName({booking}, named)") == "2026-02-20 Acme On-site 2"
    assert "id: int_job_7_1771615800_2\n" in page.evaluate(
        f"prepvault.form.noteOf({booking}, named, Date.now())"
    )


def test_it_says_back_when_it_is_there_and_for_the_reader(open_page: Opener) -> None:
    page = open_page("schedule.html", zone="Asia/Tokyo")
    fill(page)
    assert page.locator(".understood-when").inner_text() == (
        "Friday 20 February 2026, 14:30–15:15 (America/New_York)"
    )
    assert page.locator(".understood-own").inner_text() == (
        "In 11 days 10 h. For you: Saturday 21 February 2026, 04:30–05:15 (Asia/Tokyo)"
    )
    page.fill("#timezone", "Asia/Tokyo")
    assert page.locator(".understood-own").inner_text().endswith("That is your own clock too.")


@pytest.mark.parametrize(
    ("change", "remark"),
    [
        ({"date": "2026-02-09", "time": "03:00"}, "That time is over already"),
        ({"date": "2026-02-09", "time": "04:15"}, "That time has begun already"),
        ({"time": "20:00"}, "That is at night where you are: 02:00 in Europe/Berlin"),
        ({"date": "2026-11-01", "time": "01:30"}, "01:30 happens twice in America/New_York on 2026-11-01"),
        (
            {"date": "2026-02-10", "time": "14:45"},
            "This begins while Acme Robotics, Backend Engineer still runs, until 15:00",
        ),
        (
            {"date": "2026-02-10", "time": "13:30"},
            "Acme Robotics, Backend Engineer begins at 14:00, while this still runs",
        ),
        ({"job_id": "acme_backend", "company": "Nope"}, "is Nope here but Acme Robotics in another note"),
        ({"notes": "```\ncode"}, "The notes open ``` and never close it"),
    ],
)
def test_what_deserves_a_second_look_is_said_and_stops_nothing(
    open_page: Opener, change: dict[str, str], remark: str
) -> None:
    page = open_page("schedule.html")
    fill(page)
    assert page.locator("#remarks li").count() == 0
    fill(page, **change)
    assert remark in page.locator("#remarks").inner_text()
    page.click("#make")
    assert page.locator("#result-ways").is_visible()


def test_problems_stand_at_their_field_and_in_a_summary_that_has_the_focus(open_page: Opener) -> None:
    page = open_page("schedule.html")
    make(page, company=" ", timezone="CET")
    assert page.evaluate("document.activeElement.id") == "problems"
    assert page.locator("#problems-title").inner_text().startswith("2 things to mend")
    for name, said in (("company", "Company is missing"), ("timezone", "CET is an abbreviation")):
        field = page.locator(f"#{name}")
        assert field.get_attribute("aria-invalid") == "true"
        ids = (field.get_attribute("aria-describedby") or "").split()
        assert said in page.locator(f"#{ids[0]}").inner_text()
        assert all(page.locator(f"#{each}").count() == 1 for each in ids)
    page.locator("#problems a").last.click()
    assert page.evaluate("document.activeElement.id") == "timezone"
    page.click("text=Use Europe/Berlin >> nth=0")
    assert page.input_value("#timezone") == "Europe/Berlin"
    assert page.locator("#fault-timezone").count() == 0
    page.fill("#company", "Acme")
    assert page.locator(".fault, [aria-invalid]").count() == 0
    assert page.locator("#problems").is_hidden()
    assert page.locator("#timezone").get_attribute("aria-describedby") == "zone-hint"


def test_a_skipped_hour_offers_the_two_that_may_be_meant(open_page: Opener) -> None:
    page = open_page("schedule.html")
    make(page, date="2026-03-08", time="02:30")
    assert "did you mean 01:30 or 03:30?" in page.locator("#problems").inner_text()
    page.click("text=Use 03:30")
    assert page.input_value("#time") == "03:30"
    assert page.locator("#problems").is_hidden()


def test_a_chosen_application_brings_company_role_and_round(open_page: Opener) -> None:
    page = open_page("schedule.html")
    page.fill("#job_id", "acme_backend")
    filled = [page.input_value(f"#{name}") for name in ("company", "role", "round")]
    assert filled == ["Acme Robotics", "Backend Engineer", "3"]
    page.fill("#company", "Other")
    page.fill("#job_id", "acme_backend ")
    assert page.input_value("#company") == "Other"


def test_people_of_the_company_are_offered_first_behind_those_already_named(open_page: Opener) -> None:
    page = open_page("schedule.html")
    page.fill("#company", "acme robotics")
    offered = "[...document.querySelectorAll('#people option')].map(each => each.value)"
    assert page.evaluate(offered)[:2] == ["Dana Roe (Staff Engineer)", "Kim Lee (Recruiter)"]
    page.fill("#interviewer", "Ann Bee, Kim Lee (Recruiter),")
    assert page.evaluate(offered)[0] == "Ann Bee, Kim Lee (Recruiter), Dana Roe (Staff Engineer)"


def test_the_readers_own_zone_is_offered_where_it_differs(open_page: Opener) -> None:
    page = open_page("schedule.html", zone="Asia/Tokyo")
    assert page.input_value("#timezone") == "Europe/Berlin"
    page.click("text=Use Asia/Tokyo, where you are")
    assert page.input_value("#timezone") == "Asia/Tokyo"
    assert page.locator("#zone-own").is_hidden()


def test_what_was_typed_survives_a_reload_until_the_note_is_taken(open_page: Opener) -> None:
    page = open_page("schedule.html")
    fill(page)
    page.reload()
    assert page.input_value("#company") == FIELDS["company"]
    assert page.input_value("#interview_type") == "on_site"
    assert page.evaluate("localStorage.length") == 0
    page.click("#make")
    page.click("[data-copy=result-text]")
    assert page.input_value("#company") == FIELDS["company"]
    page.reload()
    assert page.input_value("#company") == ""
    fill(page)
    page.click("text=Clear the form")
    assert page.input_value("#role") == ""
    page.reload()
    assert page.input_value("#role") == ""


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
    make(page, company="x" + "🚀" * 90, notes=notes, duration_minutes="0045")
    interview, findings = read_result(page)
    assert findings == []
    assert page.locator("#remarks li").count() == 0
    assert interview
    assert interview.minutes == 45
    assert has_room(text_of(page).encode())


def test_hostile_words_stay_words(open_page: Opener) -> None:
    page = open_page("schedule.html")
    make(page, company='../../x" onload=alert(1) <script>', notes="</script><img src=x onerror=alert(1)>")
    assert page.locator("#result img").count() == 0
    assert page.locator("#result-path").inner_text().count("/") == 1
