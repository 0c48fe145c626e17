"""The form and `prepvault check` follow one set of rules: the same inputs through both, side by side."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from prepvault.jobs.check import check
from prepvault.jobs.context import open_context
from prepvault.jobs.note_name import file_name
from prepvault.model.finding import Finding, Severity
from prepvault.model.interview import Outcome
from prepvault.parse.emit import emit_scalar
from prepvault.parse.people import parse_people
from prepvault.parse.place import parse_venue
from prepvault.parse.zone import read_zone
from tests.browser.conftest import Opener
from tests.browser.test_form import FIELDS
from tests.conftest import NOW, Maker
from tests.dashboard import VAULT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "Interviews/from the form.md"
ONLY_HERE = {"past", "night", "clock", "coaching/no-room"}
"""What the form remarks on and a note's checks cannot know: the reader's clock, and what comes later."""

CASES: dict[str, dict[str, str]] = {
    "all is well": {},
    "the least there is": dict.fromkeys(
        ("duration_minutes", "interviewer", "location", "job_id", "round", "notes"), ""
    ),
    "no company": {"company": "  "},
    "no role": {"role": ""},
    "neither": {"role": "", "company": "\t"},
    "no day": {"date": ""},
    "no hour": {"time": ""},
    "a year far ahead": {"date": "2199-02-20"},
    "a year far back": {"date": "1969-12-31"},
    "the last year": {"date": "2100-12-31"},
    "a skipped hour": {"date": "2026-03-08", "time": "02:30"},
    "a doubled hour": {"date": "2026-11-01", "time": "01:30"},
    "half an hour that is skipped": {
        "timezone": "Australia/Lord_Howe",
        "date": "2026-10-04",
        "time": "02:15",
    },
    "a day that is skipped": {"timezone": "Pacific/Apia", "date": "2011-12-30"},
    "no such zone": {"timezone": "Europe/Atlantis"},
    "a city": {"timezone": "Berlin"},
    "words": {"timezone": "Berlin time"},
    "an abbreviation": {"timezone": "CET"},
    "an abbreviation of no zone": {"timezone": "PDT"},
    "an offset": {"timezone": "UTC+2"},
    "a bare offset": {"timezone": "+02:00"},
    "a zone in small letters": {"timezone": "europe/berlin"},
    "a country's name": {"timezone": "Japan"},
    "minutes of a week": {"duration_minutes": "5000"},
    "no minutes": {"duration_minutes": "0"},
    "half minutes": {"duration_minutes": "1.5"},
    "minutes less than none": {"duration_minutes": "-5"},
    "minutes in words": {"duration_minutes": "soon"},
    "a length in words": {"duration_minutes": "1h 30m"},
    "the longest": {"duration_minutes": "1440"},
    "round nought": {"round": "0"},
    "round a hundred": {"round": "100"},
    "round in words": {"round": "third"},
    "round ninety-nine": {"round": "99"},
    "an overlap": {"date": "2026-02-10", "time": "14:45"},
    "an overlap from before": {"date": "2026-02-10", "time": "13:30"},
    "an application elsewhere": {"job_id": "acme_backend", "company": "Nope"},
    "an application here": {"job_id": "acme_backend", "company": "Acme", "round": "3"},
    "our own marks": {"notes": "a\n<!-- prepvault:begin id=tips v=1 -->"},
    "our own marks, hidden": {"notes": "%% prepvault:end id=tips %%"},
    "marks of a merge": {"notes": "<<<<<<< here\na\n=======\nb\n>>>>>>> there"},
    "an open fence": {"notes": "Code:\n```python\nprint()"},
    "words that YAML reads as others": {"company": "null", "role": "- yes: [no]", "location": "#1: {a}"},
    "quotes": {"company": 'Say "it\'s"', "role": 'a "b"', "location": "it's\\"},
    "numbers": {"company": "2026", "role": "1e3", "location": "0x1F", "job_id": "007"},
    "a link": {"company": "[[Acme Robotics]]", "interviewer": "[[Sam Poe]], [[Roe, Dana|Dana]]"},
    "a template's placeholder": {"company": "{{title}}", "role": "<% tp.title %>"},
}


@pytest.fixture
def vault(make_vault: Maker) -> Path:
    return make_vault(VAULT)


def findings_for(vault: Path, text: str) -> list[Finding]:
    """What `check` says about a note with this text, remarks on what to fill in aside."""
    (vault / NAME).write_bytes(text.encode())
    found = check(open_context(str(vault), now=NOW.isoformat())).findings
    told = [each for each in found if each.place.path == NAME or NAME in each.message]
    return [each for each in told if each.severity is not Severity.INFO]


def test_the_form_accepts_what_check_accepts_and_says_what_check_says(open_page: Opener, vault: Path) -> None:
    page = open_page("schedule.html")
    differing = []
    for name, change in CASES.items():
        for field, value in (FIELDS | change).items():
            page.fill(f"#{field}", value)
        page.click("#make")
        refused = set(codes(page, "#problems li"))
        remarked = set(codes(page, "#remarks li")) - ONLY_HERE
        found = findings_for(vault, page.locator("#result-text").text_content() or "")
        errors = {each.code for each in found if each.severity is Severity.ERROR}
        told = {each.code for each in found}
        is_taken = page.locator("#result-ways").is_visible()
        if is_taken == bool(refused) or errors - refused or told != refused | remarked:
            differing.append((name, sorted(refused | remarked), sorted(told)))
    assert differing == []


def codes(page: Any, selector: str) -> Iterator[str]:
    return iter(page.eval_on_selector_all(selector, "all => all.map(each => each.dataset.code)"))


def test_what_is_booked_already_is_refused(open_page: Opener, vault: Path) -> None:
    page = open_page("schedule.html")
    for field, value in (
        FIELDS | {"company": "acme robotics", "date": "2026-02-10", "time": "14:00"}
    ).items():
        page.fill(f"#{field}", value)
    page.select_option("#interview_type", "technical")
    page.click("#make")
    assert "This interview is scheduled already" in page.locator("#problems").inner_text()
    found = findings_for(vault, page.locator("#result-text").text_content() or "")
    assert {each.code for each in found} == {"interview/overlap"}


TEXTS = [
    *("yes", "No", "null", "~", "1", "-1", "+.5", "1.", "0o7", "0x1f", "1e3", ".inf", "-.INF", ".nan", "012"),
    *("2026-01-01", "14:30", "a: b", "a:b", "a #b", "a#b", "-", "- a", "-a", "?", "? a", "?a", "[a", "a]"),
    *("{a}", "*a", "&a", "!a", "|", ">", "'a", "it's", '"a', 'a "b"', "a 'b' \"c\"", "%a", "@a", "`a", "a:"),
    *("a\\b", "Ünïcödé 🚀", "a\u2028b", "\ufeffa", "a\x85b", "<% x %>", "--- a", "...", "a, b", "=", "~a"),
    *("https://x.example/a?b=c#d", "tel:+49 30", "a\x7fb", "\u200bzero", "مرحبا"),
]


def test_values_are_written_as_python_writes_them(open_page: Opener) -> None:
    page = open_page("schedule.html")
    written = page.evaluate("texts => texts.map(prepvault.form.yamlText)", TEXTS)
    assert dict(zip(TEXTS, written, strict=True)) == {text: emit_scalar(text) for text in TEXTS}


NAMES = [
    *("Acme: “Robots” & Söhne # 1", "../../etc/passwd", "CON", "con.txt", "..", "a\tb\u00a0c", "x" * 200),
    *("🚀" * 60, "e\u0301", "a%20b", 'q?"<>|*', "[[x]]", "trail. . ", "\ue000private", ""),
]


def test_files_are_named_as_python_names_them(open_page: Opener) -> None:
    page = open_page("schedule.html")
    named = page.evaluate("names => names.map(name => prepvault.form.fileName([name]))", NAMES)
    assert dict(zip(NAMES, named, strict=True)) == {name: file_name(name) for name in NAMES}


PLACES = {
    "https://us02web.zoom.us/j/1": "Zoom, a link to join",
    "zoom.us/j/123": "Zoom, a link to join",
    "Teams": "Microsoft Teams, without a link",
    "ms teams call": "Microsoft Teams, without a link",
    "google meet": "Google Meet, without a link",
    "meet": "Google Meet, without a link",
    "meet at the entrance": "A place to go to",
    "https://meet.example.com/abc": "A video call, with a link to join",
    "https://maps.app.goo.gl/x": "A place to go to, with a link",
    "Main Street 5, Berlin https://acme.example": "A place to go to, with a link",
    "+49 30 901820": "A phone call",
    "call 030 901820": "A phone call",
    "phone": "A phone call",
    "online": "A video call, without a link",
    "Karl-Marx-Allee 1, Berlin": "A place to go to",
    "https://user@zoom.us/j/1": "A place to go to",
    "TBD": "",
    "": "",
}


def test_places_are_recognised_as_the_parser_recognises_them(open_page: Opener) -> None:
    page = open_page("schedule.html")
    known = json.loads(page.locator("#vault").text_content() or "")
    said = page.evaluate(
        "([texts, places]) => texts.map(text => prepvault.form.placeWords(text, places))",
        [list(PLACES), known["places"]],
    )
    assert dict(zip(PLACES, said, strict=True)) == PLACES
    for text, words in PLACES.items():
        venue = parse_venue(text)
        assert venue.kind == kind_in(words), text
        assert venue.platform == (words.split(",")[0] if words.startswith(venue.platform or "!") else ""), (
            text
        )
        assert ("link" in words and "without" not in words) == venue.link.startswith("http"), text


def kind_in(words: str) -> str:
    if not words:
        return ""
    kinds = {"A phone call": "phone", "A place to go to": "in_person"}
    return kinds.get(words.split(",")[0], "video")


@pytest.mark.parametrize(
    "text",
    [
        "Dana Roe, CTO, Sam Poe",
        "Dana Roe (CTO, founder), Sam",
        "[[Roe, Dana]], Ann",
        "Prof. Ines Vogt; Bo",
        "Dana, Head of People and Sam Poe",
    ],
)
def test_people_are_parted_as_the_parser_parts_them(open_page: Opener, text: str) -> None:
    page = open_page("schedule.html")
    known = json.loads(page.locator("#vault").text_content() or "")
    people = page.evaluate(
        "([text, words]) => prepvault.form.readPeople(text, words)", [text, known["jobWords"]]
    )
    assert [each.name for each in parse_people(people)] == [each.name for each in parse_people(text)]
    assert [each.title for each in parse_people(people)] == [each.title for each in parse_people(text)]


def test_zones_are_read_as_the_parser_reads_them(open_page: Opener) -> None:
    page = open_page("schedule.html")
    known = json.loads(page.locator("#vault").text_content() or "")
    texts = [*known["zones"], "utc", "europe/berlin", "America/new york", "New York", "MEZ", "x", "", "/"]
    texts += ["Berlin", "Europe/Atlantis", "UTC+2", "São Paulo", "Kolkata"]
    read = page.evaluate(
        "([texts, known]) => texts.map(text => prepvault.form.readZone(text, known))", [texts, known]
    )
    for text, found in zip(texts, read, strict=True):
        wanted = read_zone(text)
        if wanted.suggestion and wanted.name:
            assert (found["name"], found["meant"]) == ("", wanted.suggestion), text
        else:
            assert found["name"] == wanted.name, text
        if found["meant"]:
            assert found["meant"] == wanted.suggestion, text


def test_the_outcomes_of_the_status_control_are_those_of_notes(open_page: Opener) -> None:
    page = open_page("schedule.html")
    source = (Path(page.url.removeprefix("file://")).parent / "app.js").read_text(encoding="utf-8")
    assert f"var OUTCOMES = [{', '.join(repr(str(each)) for each in Outcome)}];" in source
