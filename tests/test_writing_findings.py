"""Findings for people, programs and code hosts; schemas, and what `init` writes from the tables."""

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import unquote

import jsonschema  # type: ignore[import-untyped,unused-ignore]
import pytest
import yaml

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.interview import InterviewType
from prepvault.model.properties import PROPERTIES, Kind
from prepvault.model.settings import SETTINGS
from prepvault.render.findings import FORMATS, PER_SEVERITY, render_findings, summary_line
from prepvault.render.schema import note_schema, settings_schema
from prepvault.render.types_json import render_types

UNREADABLE = Finding(
    "date/unreadable",
    Severity.ERROR,
    Place("Interviews/acme-onsite.md", 4, 15),
    "`scheduled_at` should be a date and time, found `next tuesday 2ish`",
    "write it like 2026-03-17T14:00:00",
    "next tuesday 2ish",
    "a date and time",
)
EDITED = Finding(
    "coaching/edited",
    Severity.WARNING,
    Place("Interviews/acme-onsite.md", 38),
    "someone wrote inside the checklist section, so it was left as it is",
)
ELSEWHERE = Finding("settings/unknown", Severity.INFO, Place("<environment>"), "no setting is called `X`")
ALL = (UNREADABLE, EDITED, ELSEWHERE)


def test_the_text_has_the_layout_of_the_house() -> None:
    assert render_findings(ALL, format="text", total_notes=31) == (
        "error[date/unreadable]: `scheduled_at` should be a date and time, found `next tuesday 2ish`\n"
        "  --> Interviews/acme-onsite.md:4\n"
        "  hint: write it like 2026-03-17T14:00:00\n"
        "\n"
        "warning[coaching/edited]: someone wrote inside the checklist section, so it was left as it is\n"
        "  --> Interviews/acme-onsite.md:38\n"
        "\n"
        "info[settings/unknown]: no setting is called `X`\n"
        "  --> <environment>\n"
        "\n"
        "1 error, 1 warning, 1 remark in 31 notes\n"
    )


def test_colour_only_adds_colour() -> None:
    plain = render_findings(ALL, format="text", total_notes=31)
    colored = render_findings(ALL, format="text", total_notes=31, color=True)
    assert "\x1b[1;31merror[date/unreadable]\x1b[0m" in colored
    assert "".join(part.partition("m")[2] or part for part in colored.split("\x1b[")) == plain


@pytest.mark.parametrize(
    ("findings", "notes", "line"),
    [
        ((), 31, "no findings in 31 notes"),
        ((), 1, "no findings in 1 note"),
        ((UNREADABLE, UNREADABLE, EDITED), 2, "2 errors, 1 warning in 2 notes"),
    ],
)
def test_the_line_a_run_ends_with(findings: tuple[Finding, ...], notes: int, line: str) -> None:
    assert summary_line(findings, notes) == line
    assert render_findings(findings, format="text", total_notes=notes).endswith(f"{line}\n")


def test_a_note_cannot_forge_lines_or_colours() -> None:
    hostile = Finding(
        "a/b", Severity.ERROR, Place("x\nerror[y/z].md", 1), "found `\x1b[31m\r\n::error::x`", "h\x07"
    )
    for text in (render_findings([hostile], format=shape, total_notes=1) for shape in FORMATS):
        assert "\x1b" not in text
        assert "\x07" not in text
        assert "\r" not in text
    assert len(render_findings([hostile], format="text", total_notes=1).splitlines()) == 5
    assert len(render_findings([hostile], format="github", total_notes=1).splitlines()) == 2


def test_json_has_every_field_and_the_counts() -> None:
    document = json.loads(render_findings(ALL, format="json", total_notes=31))
    assert document["prepvault"] == 1
    assert document["summary"] == {"notes": 31, "errors": 1, "warnings": 1, "remarks": 1}
    assert document["findings"][0] == {
        "code": "date/unreadable",
        "severity": "error",
        "path": "Interviews/acme-onsite.md",
        "line": 4,
        "column": 15,
        "message": UNREADABLE.message,
        "hint": UNREADABLE.hint,
        "found": "next tuesday 2ish",
        "expected": "a date and time",
        "fixable": False,
    }


def test_github_annotations_are_escaped_and_placed_in_the_repository() -> None:
    odd = Finding("a/b", Severity.ERROR, Place("a,b:c%d.md", 3), "50 % of lines", "a: b, c")
    lines = render_findings([odd, ELSEWHERE], format="github", total_notes=2, base="notes").splitlines()
    assert lines == [
        "::error file=notes/a%2Cb%3Ac%25d.md,line=3,title=a/b::50 %25 of lines%0Ahint: a: b, c",
        "::notice title=settings/unknown::no setting is called `X`",
        "1 error, 1 remark in 2 notes",
    ]


def test_github_is_told_what_it_would_drop_without_a_word() -> None:
    many = [
        Finding("a/b", severity, Place(f"{index}.md", 1), "m")
        for index in range(PER_SEVERITY + 3)
        for severity in (Severity.INFO, Severity.WARNING, Severity.ERROR)
    ]
    lines = render_findings(many, format="github", total_notes=13).splitlines()
    kinds = [line[2:].partition(" ")[0] for line in lines[:-1]]
    assert kinds == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert (
        lines[-2] == "::notice title=prepvault::10 more findings held back; run `prepvault check` to see all"
    )


def sarif(findings: tuple[Finding, ...], base: str = "") -> dict[str, Any]:
    pages = {"date/unreadable": ("A date that cannot be read", "Write it like this.\n")}
    text = render_findings(findings, format="sarif", total_notes=1, base=base, pages=pages)
    run: dict[str, Any] = json.loads(text)["runs"][0]
    return run


def test_sarif_names_rules_places_and_levels() -> None:
    text = render_findings(ALL, format="sarif", total_notes=31)
    assert json.loads(text)["version"] == "2.1.0"
    run = sarif(ALL, "my notes")
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["coaching/edited", "date/unreadable", "settings/unknown"]
    assert rules[1]["shortDescription"]["text"] == "A date that cannot be read"
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {
        "uri": "my%20notes/Interviews/acme-onsite.md",
        "uriBaseId": "%SRCROOT%",
    }
    assert place["region"] == {"startLine": 4, "startColumn": 15}
    elsewhere = run["results"][2]["locations"][0]["physicalLocation"]
    assert elsewhere["artifactLocation"]["uri"] == "my%20notes/prepvault.toml"
    assert elsewhere["region"] == {"startLine": 1}


def test_sarif_keeps_to_what_the_standard_and_github_ask_for() -> None:
    odd = Finding("a/b", Severity.WARNING, Place("a b/50%#ä?.md"), "m")
    document = json.loads(render_findings((*ALL, odd), format="sarif", total_notes=31))
    assert set(document) == {"$schema", "version", "runs"}
    (run,) = document["runs"]
    for rule in run["tool"]["driver"]["rules"]:
        assert set(rule) == {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
        assert rule["help"]["text"].endswith(f"Run `prepvault explain {rule['id']}`.")
    assert sarif(ALL)["tool"]["driver"]["rules"][1]["help"]["text"].startswith("Write it like this.\n\nRun")
    for result in run["results"]:
        (location,) = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9_.~/-]|%[0-9A-F]{2})+", uri)
        assert not uri.startswith("/")
        assert min(location["physicalLocation"]["region"].values()) >= 1
    assert (
        unquote(run["results"][3]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        == odd.place.path
    )


def test_gitlab_is_told_place_severity_and_a_name_that_outlives_the_line() -> None:
    moved = replace(EDITED, place=replace(EDITED.place, line=99))
    entries = json.loads(render_findings((*ALL, moved), format="gitlab", total_notes=31, base="notes"))
    assert entries[0] == {
        "description": f"{UNREADABLE.message}\nhint: {UNREADABLE.hint}",
        "check_name": "date/unreadable",
        "fingerprint": entries[0]["fingerprint"],
        "severity": "critical",
        "location": {"path": "notes/Interviews/acme-onsite.md", "lines": {"begin": 4}},
    }
    assert [each["severity"] for each in entries] == ["critical", "minor", "info", "minor"]
    assert entries[2]["location"] == {"path": "notes/prepvault.toml", "lines": {"begin": 1}}
    names = [each["fingerprint"] for each in entries]
    assert len(set(names)) == 4
    alone = json.loads(render_findings((moved,), format="gitlab", total_notes=31))
    assert alone[0]["fingerprint"] == names[1]


def test_reviewdog_is_told_the_same() -> None:
    document = json.loads(render_findings(ALL, format="rdjson", total_notes=31, base="notes"))
    assert document["source"] == {"name": "prepvault"}
    assert document["diagnostics"][0] == {
        "message": f"{UNREADABLE.message}\nhint: {UNREADABLE.hint}",
        "location": {"path": "notes/Interviews/acme-onsite.md", "range": {"start": {"line": 4}}},
        "severity": "ERROR",
        "code": {"value": "date/unreadable"},
    }


def test_a_summary_counts_puts_the_worst_first_and_is_inert() -> None:
    hostile = Finding(
        "a/b", Severity.ERROR, Place("x|y.md", 1), "<img src=x> [a](http://b) @me `#1` \n| x", "**www.b.org**"
    )
    text = render_findings((EDITED, hostile), format="markdown", total_notes=2)
    heading, _, _, _, first, second = text.splitlines()
    assert heading == "### PrepVault: 1 error, 1 warning in 2 notes"
    assert "a/b" in first
    assert "coaching/edited" in second
    cells = first.replace("\\|", "").split("|")
    assert len(cells) == 6
    assert cells[3].count("&#64;<!-- -->me") == cells[3].count("&#35;<!-- -->1") == 1, (
        "entities do not stop these"
    )
    plain = "".join(cells).replace("<!-- -->", "")
    assert not set("<>[]()@`*_:!\\") & set(plain)
    assert unescape(cells[3].replace("<!-- -->", "")).strip() == "<img src=x> [a](http://b) @me `#1` | x"
    assert render_findings((), format="markdown", total_notes=2) == "### PrepVault: no findings in 2 notes\n"


@pytest.mark.parametrize("shape", ["text", "github", "sarif", "gitlab", "rdjson", "markdown"])
def test_what_a_note_says_turns_no_words_around(shape: str) -> None:
    """Saved reports do not pass the terminal, so they are made harmless where they are written."""
    hostile = Finding(
        "a/b", Severity.ERROR, Place("x.md", 1), "a \u202egnp\u2066 \x1b[31m\n::error::x", "h\u200b"
    )
    text = render_findings((hostile,), format=shape, total_notes=1)
    said = text if shape in {"text", "github", "markdown"} else text.encode().decode("unicode_escape")
    assert "gnp" in said
    assert not set("\u202e\u2066\u200b\x1b") & set(said)
    assert "\n::error::x" not in said


def test_a_summary_has_room_on_githubs_page() -> None:
    many = [Finding("a/b", Severity.ERROR, Place(f"{each}.md", 1), "ä" * 400) for each in range(9000)]
    text = render_findings(many, format="markdown", total_notes=9000)
    assert len(text.encode("utf-8")) <= 1024 * 1024
    held = int(re.search(r"\n(\d+) more held back", text)[1])  # type: ignore[index]
    assert text.count("\n| ") - 1 + held == 9000


def test_a_sarif_fingerprint_outlives_a_moved_line_and_tells_repeats_apart() -> None:
    moved = Finding(EDITED.code, EDITED.severity, Place(EDITED.place.path, 99), EDITED.message)
    prints = [
        result["partialFingerprints"]["prepvault/v1"]
        for result in (*sarif((EDITED,))["results"], *sarif((moved, moved))["results"])
    ]
    assert prints[0] == prints[1] != prints[2]


def valid(schema: dict[str, Any], value: object) -> bool:
    return bool(jsonschema.Draft202012Validator(schema).is_valid(value))


def test_schemas_are_schemas() -> None:
    for schema in (note_schema(), settings_schema()):
        jsonschema.Draft202012Validator.check_schema(schema)


def example() -> dict[str, Any]:
    lines = "\n".join(f"{entry.name}: {entry.example}" for entry in PROPERTIES if "[[" not in entry.example)
    return dict(yaml.load(lines, yaml.BaseLoader)) | {  # noqa: S506 - our own table; all values stay text
        "duration_minutes": 60,
        "round": 2,
        "preparation_complete": False,
        "publish": True,
        "coaching": True,
    }


def test_the_note_schema_takes_the_examples_of_the_table() -> None:
    assert valid(note_schema(), example())
    required = {entry.name: example()[entry.name] for entry in PROPERTIES if entry.required}
    assert valid(note_schema(), {**required, "tags": ["mine"], "round": None})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("interview_type", "quiz"),
        ("company", None),
        ("scheduled_at", "next tuesday"),
        ("scheduled_at", "2026-02-10T25:00:00"),
        ("duration_minutes", "60"),
        ("duration_minutes", 0),
        ("status", "done"),
        ("publish", "yes"),
        ("reminders", "24h"),
    ],
)
def test_the_note_schema_refuses_what_the_check_refuses(name: str, value: object) -> None:
    assert not valid(note_schema(), {**example(), name: value})


@pytest.mark.parametrize("name", ["company", "role", "interview_type", "scheduled_at"])
def test_the_note_schema_requires_what_the_check_requires(name: str) -> None:
    assert not valid(note_schema(), {key: value for key, value in example().items() if key != name})


def test_the_note_schema_speaks_the_vaults_own_names() -> None:
    schema = note_schema({"scheduled_at": "date"})
    assert "date" in schema["required"]
    assert "scheduled_at" not in schema["properties"]


def test_the_settings_schema_knows_every_key_and_refuses_others() -> None:
    schema = settings_schema()
    defaults: dict[str, dict[str, Any]] = {}
    for entry in SETTINGS:
        value = list(entry.default) if isinstance(entry.default, tuple) else entry.default
        defaults.setdefault(entry.table, {})[entry.name] = value
    assert valid(schema, defaults)
    assert valid(schema, {"properties": {"company": "org"}})
    wrongs: list[dict[str, Any]] = [
        {"vault": {"nme": "x"}},
        {"vualt": {}},
        {"feed": {"past_days": -1}},
        {"feed": {"detail": "x"}},
    ]
    for wrong in wrongs:
        assert not valid(schema, wrong)
    assert not valid(schema, {"reminders": {InterviewType.PANEL: ["soon"]}})


def test_types_are_added_where_obsidian_has_none() -> None:
    text = render_types(
        b'{"types": {"Company": "multitext", "mine": "text"}, "other": 1}', {"scheduled_at": "date"}
    )
    assert text is not None
    document = json.loads(text)
    assert document["other"] == 1
    assert document["types"]["Company"] == "multitext"
    assert "company" not in document["types"]
    assert document["types"]["date"] == Kind.DATETIME
    assert set(document["types"].values()) <= set(Kind)
    assert render_types(text.encode(), {"scheduled_at": "date"}) is None


@pytest.mark.parametrize("broken", [b"{", b"[]", b'{"types": 7}', b"\xff"])
def test_types_that_cannot_be_read_are_not_mended(broken: bytes) -> None:
    assert render_types(broken) is None


def test_a_vault_without_types_gets_all_of_them() -> None:
    text = render_types()
    assert text is not None
    assert set(json.loads(text)["types"]) == {entry.name for entry in PROPERTIES}
