"""Whatever the bytes are, reading never raises and what comes out is valid."""

from datetime import UTC, timedelta
from urllib.parse import urlsplit

from hypothesis import example, given, settings
from hypothesis import strategies as st

from prepvault.model.note import Note, Value
from prepvault.model.properties import PROPERTIES
from prepvault.model.settings import SETTINGS, Settings
from prepvault.model.zones import zone_names
from prepvault.parse.company import parse_company
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.interview import parse_interview
from prepvault.parse.people import parse_people
from prepvault.parse.place import parse_venue
from prepvault.parse.settings import parse_settings
from prepvault.parse.story import parse_story
from prepvault.parse.zone import read_zone
from prepvault.render.findings import FORMATS, render_findings
from tests.conftest import NOW

NAMES = [entry.name for entry in PROPERTIES]
TEXTS = st.text(max_size=60) | st.sampled_from(
    [
        "2026-02-10T14:00:00",
        "9999-12-31T23:59:59+14:00",
        "1970-01-01",
        "[[x]]",
        "{{date}}",
        "24h",
        "10:00-11:00 x",
    ]
)
VALUES: st.SearchStrategy[Value] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=2),
    max_leaves=5,
)


def read_everything(data: bytes) -> None:
    note = Note("Interviews/a.md", data, NOW)
    head, findings = parse_head(note.data, note.path)
    interview, more = parse_interview(note, head, Settings(), {})
    _, others = parse_story(note, head)
    _, last = parse_company(note, head)
    told = (*findings, *more, *others, *last)
    for shape in FORMATS:
        render_findings(told, format=shape, total_notes=1).encode("utf-8")
    if interview:
        assert interview.zone in zone_names()
        assert interview.starts.astimezone(UTC) < interview.ends.astimezone(UTC)
        assert interview.ends.astimezone(UTC) - interview.starts.astimezone(UTC) <= timedelta(hours=27)


@given(st.binary(max_size=400))
@example(b"---\n" + b"[" * 5000 + b"\n---\n")
def test_any_bytes(data: bytes) -> None:
    read_everything(data)


@given(st.lists(st.tuples(st.sampled_from(NAMES), TEXTS), max_size=6))
def test_any_lines_of_properties(lines: list[tuple[str, str]]) -> None:
    text = "---\nscheduled_at: 2026-02-10T14:00:00\n" + "".join(f"{name}: {value}\n" for name, value in lines)
    read_everything(f"{text}---\n".encode("utf-8", "surrogatepass"))


@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6))
@settings(max_examples=200)
def test_any_values_of_properties(values: dict[str, Value]) -> None:
    note = Note("Interviews/a.md", b"", NOW)
    head, _ = parse_head(b"---\ncompany: Acme\n---\n", note.path)
    object.__setattr__(head, "values", {"scheduled_at": "2026-02-10T14:00:00", **values})
    interview, findings = parse_interview(note, head, Settings(), {"panel": 45})
    for shape in FORMATS:
        render_findings(findings, format=shape, total_notes=1)
    if interview:
        assert all(lead > timedelta() or lead == timedelta() for lead in interview.leads or ())
        assert all(person.name for person in interview.people)


@given(st.text(max_size=300))
@example("https://" + "a." * 140 + "b")
@example("+" + "1 " * 140)
def test_any_place(text: str) -> None:
    link = parse_venue(text).link
    assert link == "" or urlsplit(link).scheme.lower() in {"http", "https", "tel"}
    assert not any(char.isspace() for char in link)


@given(VALUES)
def test_any_people(value: Value) -> None:
    assert all(person.name.strip() for person in parse_people(value))


@given(st.text(max_size=40))
def test_any_zone(text: str) -> None:
    read = read_zone(text)
    assert {read.name, read.suggestion} <= {"", *zone_names()}


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_settings(text: bytes | str) -> None:
    read, _ = parse_settings([("vault", text)])
    assert all(isinstance(read.values[entry.key], type(entry.default)) for entry in SETTINGS)


@given(st.dictionaries(st.sampled_from([entry.key for entry in SETTINGS]), st.text(max_size=20)))
def test_any_flags(flags: dict[str, str]) -> None:
    read, _ = parse_settings([("flag", flags)])
    assert all(isinstance(read.values[entry.key], type(entry.default)) for entry in SETTINGS)
