"""Whatever another program wrote, an import speaks of it, loses nothing and goes back without a trace."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prepvault.model.incoming import RECORD_FIELDS, Reading, Source, Verdict
from prepvault.outside.resources import read_tracker_words
from prepvault.parse.emit import emit_head
from prepvault.parse.foreign_dates import parse_foreign_date
from prepvault.parse.foreign_notes import NoteWish, parse_foreign_notes
from prepvault.parse.kept import Part, find_kept, guard, keep_part, unguard
from prepvault.parse.original import parse_original
from prepvault.parse.stamp import parse_stamp
from prepvault.parse.tracker_rows import parse_tracker
from prepvault.parse.tracker_words import parse_tracker_words
from tests.conftest import Ran
from tests.original_records import made_again
from tests.test_import_original import files_of

WORDS = parse_tracker_words(read_tracker_words())
PIECES = st.sampled_from(
    [
        *(
            "<",
            "%",
            "%%",
            "&lt;",
            "&amp;",
            "lt;",
            "&#37;",
            "!--",
            " prepvault:begin",
            "prepvault:",
            "imported:",
        ),
        *(
            "<!-- end of imported: prep notes -->",
            "<!-- imported: materials, fenced -->",
            "\n",
            " ",
            "a",
            "$$",
        ),
        *("```", "````", "```js\n", "# Head", "- [ ] ", "---\n", "<!--", "-->"),
    ]
)
HOSTILE = st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join))
UNIX = HOSTILE.map(lambda text: text.replace("\r", "\n").replace("\0", " ")).filter(
    lambda text: text.encode("utf-8", "ignore").decode() == text
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), HOSTILE),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(HOSTILE, inner, max_size=3)),
    max_leaves=6,
)
RECORDS = st.dictionaries(st.one_of(st.sampled_from(RECORD_FIELDS), HOSTILE), VALUES, max_size=8)
HEADINGS = st.one_of(
    st.sampled_from(sorted(word for word, told in WORDS.headings.items() if told != "scheduled_at")),
    st.sampled_from(
        ["Mood", "mine", "import_key", "reminders_sent", "", "date", "time", "status", "type", "round"]
    ),
)
CELLS = st.one_of(
    HOSTILE, st.sampled_from(["Acme", "8/9/26", "2026-02-10 14:00", "Company", "Role", "When", '"'])
)


@given(HOSTILE)
def test_guarded_text_comes_back(text: str) -> None:
    assert unguard(guard(text)) == text


@given(UNIX, UNIX)
def test_kept_parts_come_back(prep: str, materials: str) -> None:
    kept = keep_part(Part.PREP_NOTES, prep), keep_part(Part.MATERIALS, materials, language="json")
    body = "mine\n" + "\n".join(kept) + "mine"
    assert find_kept(body) == {Part.PREP_NOTES: prep, Part.MATERIALS: materials}


@given(st.lists(RECORDS, max_size=3), st.text(max_size=20))
def test_any_record_can_be_made_again(records: list[dict[str, Any]], taken: str) -> None:
    document = {"interviews": records}
    source = Source(kind=".json", name="x.json", data=json.dumps(document).encode())
    steps = parse_original(source, timezone="UTC", taken={taken}).steps
    assert len(steps) == len(records)
    for step, record in zip(steps, records, strict=True):
        pairs = (*step.incoming.values, ("import_key", step.incoming.key))
        note = f"{emit_head(pairs)}\n{step.incoming.body}".encode()
        assert made_again(note)[0] == record


@given(st.binary(max_size=400))
def test_no_bytes_stop_a_reader(data: bytes) -> None:
    for kind in (".csv", ".md"):
        source = Source(kind=kind, name="x", data=data)
        assert parse_tracker(source, WORDS, order="", timezone="", taken=()).taken_for
    assert parse_original(Source(kind=".json", name="x", data=data), timezone="", taken=()).steps
    wish = NoteWish(mapping={}, headings=WORDS.headings, order="", timezone="", taken=())
    assert parse_foreign_notes(Source(kind=".md", name="x", beside={"x": data}), wish).taken_for


@given(st.lists(HEADINGS, min_size=1, max_size=8), st.integers(0, 2**30), st.booleans())
def test_no_cell_is_lost(headings: list[str], filled: int, has_time: bool) -> None:
    """Every cell of a row that comes in stands in its note: each is a word that nobody knows, so it stays."""
    cells = [f"zq{place}x" if filled >> place & 1 else "" for place in range(len(headings))]
    rows = ["Company", *headings, "Interview date"], ["Acme", *cells, "2026-02-10" if has_time else ""]
    text = "\n".join(map(",".join, rows))
    (step,) = parse_table(text).steps
    if step.verdict is Verdict.NEW:
        note = emit_head(step.incoming.values) + step.incoming.body
        assert [cell for cell in cells if cell not in note] == []
        assert step.incoming.kind == ("interview" if has_time else "application")
    else:
        assert has_time  # a cell of another column became part of the time


def parse_table(text: str) -> Reading:
    """Read comma separated values."""
    source = Source(kind=".csv", name="x.csv", data=text.encode())
    return parse_tracker(source, WORDS, order="", timezone="UTC", taken={"mine"})


@given(st.text())
def test_a_date_is_one_that_notes_have_or_a_fault(text: str) -> None:
    read = parse_foreign_date(text, "dmy")
    assert bool(read.fault) != bool(read.text and parse_stamp(read.text))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=3, max_size=4), min_size=1, max_size=4))
def test_an_import_goes_back_without_a_trace(
    tmp_path: Path, run: Callable[..., Ran], rows: list[list[str]]
) -> None:
    root, file = tmp_path / "vault", tmp_path / "jobs.csv"
    (root / "Interviews").mkdir(parents=True, exist_ok=True)
    (root / "prepvault.toml").write_text('[vault]\ntimezone = "UTC"\n', encoding="utf-8")
    (root / "Interviews" / "mine.md").write_text("---\ncompany: Acme\n---\n", encoding="utf-8")
    lines = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    text = "Company,Role,When\n" + "\n".join(lines)
    file.write_bytes(text.encode("utf-8", "replace"))
    before = files_of(root)
    first = json.loads(run("import", str(file), "--json", "--write", vault=root).out)
    after = files_of(root)
    assert before.items() <= after.items()
    assert len(after) - len(before) == len(first["written"])
    again = json.loads(run("import", str(file), "--json", "--write", vault=root).out)
    assert not again["written"]
    assert sum(step["verdict"] == Verdict.SAME for step in again["steps"]) == len(first["written"])
    if first["written"]:
        assert run("undo", vault=root).code == 0
    assert files_of(root) == before
