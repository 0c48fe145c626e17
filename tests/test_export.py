"""Taking a vault elsewhere: every format, what may leave, and what is never overwritten."""

import csv
import io
import json
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator  # type: ignore[import-untyped,unused-ignore]

from prepvault.model.formulas import unguarded
from prepvault.render.export_schema import export_schema
from tests.conftest import Maker, Ran
from tests.leaks import find_leaks

Run = Callable[..., Ran]

NOTES = """
=== Interviews/acme.md
---
id: int_acme_1
job_id: acme_backend
company: Acme, "Robotics"
role: =cmd|' /C calc'!A0
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
timezone: Europe/Berlin
interviewer: Dr. Dana Roe (Head of Platform), Ümit Ö. <umit@acme.example>
location: https://zoom.us/j/123
status: confirmed
notes: "-2+3 ist <b>nicht</b> {{ 7*7 }}"
---
My own words.

## Debrief

### What they asked

- [strong] Why us? [[Cutover]]
- [gap] +SUM(1;2)
=== Interviews/acme-2.md
---
id: int_acme_2
job_id: acme_backend
company: Acme, "Robotics"
role: Engineer
interview_type: phone_screen
scheduled_at: 2026-02-02T09:00:00
status: completed
outcome: advanced
interviewer: "[[Dana Roe|Dee]]"
---
=== Interviews/hidden.md
---
id: int_hidden_1
company: Hiddencorp
role: Spy
interview_type: panel
scheduled_at: 2026-02-20T09:00:00
interviewer: Secretia Agent
publish: false
---
=== Stories/Cutover.md
---
type: story
primary: ownership
numbers: "300 tables"
---
# The cutover

## Situation
It was night;
=and dark.

## Result
Done.
=== People/Dana Roe.md
---
company: Acme, "Robotics"
role: Head of Platform
email: dana@acme.example
phone: +49 30 123
linkedin: https://linkedin.example/in/dana
---
Likes trains.
=== People/Otto Quiet.md
---
publish: false
---
=== Companies/Acme.md
# Acme
"""


@pytest.fixture
def vault(make_vault: Maker) -> Path:
    return make_vault(NOTES)


def rows(text: str) -> list[list[str]]:
    """Read a table as a program would, and take off what keeps spreadsheets from calculating."""
    return [[unguarded(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]


def test_json_is_what_its_schema_says(vault: Path, run: Run) -> None:
    schema = export_schema()
    Draft202012Validator.check_schema(schema)
    strict = Draft202012Validator(closed(schema))
    told = json.loads(run("export", "--format", "json", "--with-stats", vault=vault).out)
    strict.validate(told)
    assert [each["id"] for each in told["interviews"]] == ["int_acme_2", "int_acme_1", "int_hidden_1"]
    assert told["interviews"][1]["text"].startswith("My own words.")
    assert told["interviews"][1]["debrief"]["asked"][1]["mark"] == "gap"
    assert told["stories"][0]["text"]["result"] == "Done."
    some = json.loads(run("export", "acme-2", "--format", "json", vault=vault).out)
    strict.validate(some)
    assert not some["whole"]
    assert "stories" not in some
    assert [each["name"] for each in some["people"]] == ["Dana Roe"]
    shown = json.loads(run("schema", "export", vault=vault).out)
    assert shown == schema


def closed(schema: Any) -> Any:
    """The same schema, but nothing may be there that it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {name: closed(each) for name, each in schema.items()}
    return {**shut, "additionalProperties": False} if "properties" in schema else shut


def test_json_has_no_number_that_is_none(make_vault: Maker, run: Run) -> None:
    root = make_vault(NOTES.replace("job_id: acme_backend", "weight: .nan\nhigh: [.inf]", 1))
    told = json.loads(run("export", "acme_1", "--format", "json", vault=root).out, parse_constant=pytest.fail)
    assert told["interviews"][0]["properties"]["weight"] == "nan"


def test_a_table_gives_every_text_back(vault: Path, run: Run) -> None:
    out = run("export", "--format", "csv", vault=vault).out
    assert out.count("\r\n") == 4
    head, *lines = rows(out)
    acme = dict(zip(head, lines[1], strict=True))
    assert acme["role"] == "=cmd|' /C calc'!A0"
    assert acme["notes"].startswith("-2+3")
    assert "\"'=cmd" in out
    assert "\"'-2+3" in out
    assert acme["company"] == 'Acme, "Robotics"'
    assert (acme["all_day"], acme["round"]) == ("false", "")
    assert acme["starts_at"] == "2026-02-12T13:00:00Z"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("questions", ["Why us?", "+SUM(1;2)"]),
        ("stories", ["The cutover"]),
        ("people", ["Dana Roe", "Otto Quiet", "Secretia Agent", "Ümit Ö."]),
        ("applications", ["acme_backend", "hiddencorp / spy"]),
    ],
)
def test_every_table_has_its_rows(table: str, expected: list[str], vault: Path, run: Run) -> None:
    head, *lines = rows(run("export", "--format", "csv", "--what", table, vault=vault).out)
    column = {"questions": "question", "stories": "title", "people": "name"}.get(table, "application")
    assert sorted(line[head.index(column)] for line in lines) == sorted(expected)
    assert all(len(line) == len(head) for line in lines)


def test_a_table_for_excel_says_that_it_is_utf8(vault: Path, run: Run, tmp_path: Path) -> None:
    run("export", "--format", "csv", "--bom", "-o", str(tmp_path / "a.csv"), vault=vault)
    assert (tmp_path / "a.csv").read_bytes().startswith(b'\xef\xbb\xbf"id",')


def test_a_calendar_holds_what_is_meant_with_the_feeds_own_names(vault: Path, run: Run) -> None:
    whole = Calendar.from_ical(run("export", "--format", "ics", vault=vault).out)
    uids = {str(event["UID"]) for event in whole.walk("VEVENT")}
    assert uids == {"int_acme_1@prepvault", "int_acme_2@prepvault"}
    feed = {str(e["UID"]) for e in Calendar.from_ical(run("feed", vault=vault).out).walk("VEVENT")}
    assert uids <= feed
    one = Calendar.from_ical(run("export", "--format", "ics", "--status", "completed", vault=vault).out)
    assert [str(event["UID"]) for event in one.walk("VEVENT")] == ["int_acme_2@prepvault"]


def test_a_calendar_of_nothing_is_refused(vault: Path, run: Run) -> None:
    ran = run("export", "hidden", "--format", "ics", vault=vault)
    assert (ran.code, ran.out) == (2, "")
    assert "publish: false" in ran.err


@pytest.mark.parametrize("kind", ["vcard", "html"])
def test_what_is_private_is_told_to_its_owner(kind: str, vault: Path, run: Run) -> None:
    assert (
        "left out: Interviews/hidden.md says `publish: false`"
        in run("export", "hidden", "--format", kind, vault=vault).err
    )
    assert "publish" not in run("export", "acme", "--format", kind, vault=vault).err


def test_a_file_without_a_name_is_a_mistake(vault: Path, run: Run) -> None:
    ran = run("export", "--format", "csv", "-o", "", vault=vault)
    assert (ran.code, ran.out) == (2, "")


def cards(data: bytes) -> list[dict[str, str]]:
    """Read address cards by the standard's own words: unfold, split, take the escapes off."""
    found: list[dict[str, str]] = []
    for line in data.replace(b"\r\n ", b"").decode().split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VCARD":
            found.append({})
        elif line:
            found[-1][name.partition(";")[0]] = value
    return found


def test_cards_hold_people_once_and_tell_no_notes_unasked(vault: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.vcf"
    assert run("export", "--format", "vcard", "-o", str(file), vault=vault).code == 0
    data = file.read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    found = {card["FN"]: card for card in cards(data)}
    assert set(found) == {"Dana Roe", "Ümit Ö."}
    assert found["Dana Roe"]["ORG"] == 'Acme\\, "Robotics"'
    assert found["Dana Roe"]["TEL"] == "+49 30 123"
    assert found["Dana Roe"]["URL"] == "https://linkedin.example/in/dana"
    assert found["Ümit Ö."]["EMAIL"] == "umit@acme.example"
    assert b"trains" not in data
    with_notes = run("export", "--format", "vcard", "--with-notes", vault=vault).out
    assert "Likes trains." in with_notes
    assert found["Dana Roe"]["UID"] in with_notes


def test_a_card_is_the_same_before_and_after_its_person_has_a_note(make_vault: Maker, run: Run) -> None:
    after = cards(run("export", "--format", "vcard", vault=make_vault(NOTES)).out.encode())
    (make_vault("") / "People" / "Dana Roe.md").unlink()
    before = cards(run("export", "--format", "vcard", vault=make_vault("")).out.encode())
    (uid,) = (card["UID"] for card in before if card["FN"] == "Dr. Dana Roe")
    assert [card["UID"] for card in after if card["FN"] == "Dana Roe"] == [uid]


def test_nothing_is_overwritten_unasked_and_no_note_ever(vault: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    arguments = ("export", "--format", "csv", "-o", str(file))
    assert "wrote" in run(*arguments, vault=vault).err
    assert "unchanged" in run(*arguments, vault=vault).err
    file.write_text("mine", encoding="utf-8")
    refused = run(*arguments, vault=vault)
    assert (refused.code, file.read_text(encoding="utf-8")) == (1, "mine")
    assert run(*arguments, "--force", vault=vault).code == 0
    assert file.read_text(encoding="utf-8").startswith('"id"')
    for place in ("Interviews/acme.md", "prepvault.toml", ".obsidian/x.csv", "New.md"):
        before = (vault / place).read_bytes() if (vault / place).exists() else None
        ran = run("export", "--format", "csv", "--force", "-o", str(vault / place), vault=vault)
        assert ran.code == 1, place
        assert ((vault / place).read_bytes() if before is not None else None) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "vault"]


def test_a_link_in_the_place_of_the_file_is_not_followed(vault: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "out.csv").symlink_to(tmp_path / "elsewhere.csv")
    ran = run("export", "--format", "csv", "-o", str(tmp_path / "out.csv"), vault=vault)
    assert ran.code == 1
    assert not (tmp_path / "elsewhere.csv").exists()


def test_an_option_of_another_format_is_a_mistake(vault: Path, run: Run) -> None:
    ran = run("export", "--format", "csv", "--incognito", vault=vault)
    assert (ran.code, ran.out) == (2, "")
    assert "--format html" in ran.err


def test_a_program_is_told_what_was_written(vault: Path, run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "a.json")
    told = json.loads(run("export", "--format", "json", "-o", file, "--json", vault=vault).out)
    assert told["kind"] == "exported"
    assert (told["format"], told["count"], told["written"]) == ("json", 3, True)
    assert told["bytes"] == Path(file).stat().st_size
    shown = json.loads(run("export", "--format", "csv", "--json", vault=vault).out)
    assert rows(shown["content"])[0][0] == "id"


class Page(HTMLParser):
    """What a page is made of: tags, attributes, the levels of its headings, its style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.style = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.style += data if self.tags and self.tags[-1][0] == "style" else ""


def check_stands_alone(text: str) -> None:
    """Hold that a page runs nothing, fetches nothing, and is in order for a screen reader."""
    page = Page(text)
    used = {tag for tag, _ in page.tags}
    assert not used & {"script", "link", "img", "iframe", "form", "object", "embed", "base", "svg"}
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in page.tags:
        assert not {name for name in attributes if name.startswith("on") or name in {"src", "style"}}
        if "href" in attributes:
            assert str(attributes["href"]).removeprefix("#") in ids
        assert tag != "th" or "scope" in attributes
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    policy = next(str(each["content"]) for _, each in page.tags if "http-equiv" in each)
    digest = b64encode(sha256(page.style.strip().encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "url(" not in page.style
    assert "@import" not in page.style


def test_the_page_for_a_coach_asks_for_nothing_and_hides_what_is_private(vault: Path, run: Run) -> None:
    page = run("export", "--format", "html", vault=vault).out
    check_stands_alone(page)
    assert "My own words" not in page
    for word in ("Hiddencorp", "Secretia", "Spy"):
        assert word not in page
    for word in ("Why us?", "Dr. Dana Roe", "The cutover", "&lt;b&gt;nicht&lt;/b&gt; {{ 7*7 }}"):
        assert word in page


def test_hours_of_parts_name_their_clock_where_it_is_not_the_vaults(make_vault: Maker, run: Run) -> None:
    day = "interview_type: on_site\nscheduled_at: 2026-02-20T10:00:00\nsessions: [10:00-11:00 Design]\n---\n"
    notes = "".join(
        f"=== Interviews/{name}.md\n---\nid: int_{name}\ncompany: {name}\nrole: SRE\ntimezone: {zone}\n{day}"
        for name, zone in (("here", "Europe/Berlin"), ("there", "Asia/Tokyo"))
    )
    vault = make_vault(f"=== prepvault.toml\n[vault]\ntimezone = 'Europe/Berlin'\n{notes}")
    page = run("export", "--format", "html", vault=vault).out
    assert re.findall("<h4>Sessions.*?</h4>", page) == [
        "<h4>Sessions, by the clock of Asia/Tokyo</h4>",
        "<h4>Sessions</h4>",
    ]


def test_the_page_for_strangers_names_nobody(vault: Path, run: Run) -> None:
    page = run("export", "--format", "html", "--incognito", vault=vault).out
    words = ("Acme", "Robotics", "Dana", "Roe", "Ümit", "zoom.us", "cutover", "Why us", "nicht", "Platform")
    assert not find_leaks({"page.html": page.encode()}, (*words, "Hiddencorp", "acme_backend", "int_acme"))
    assert "Company A" in page
    check_stands_alone(page)
