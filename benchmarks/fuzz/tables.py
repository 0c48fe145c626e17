"""What other programs kept: every row is spoken of, every note that is made of one reads back."""

import json
import re
from functools import cache
from typing import Any

from benchmarks.fuzz.notes import NOW
from benchmarks.fuzz.pieces import choose, require
from prepvault.model.incoming import Reading, Source, Verdict
from prepvault.model.note import Note
from prepvault.model.settings import Settings
from prepvault.model.tracker import TrackerWords
from prepvault.outside.resources import read_tracker_words
from prepvault.parse.emit import emit_head
from prepvault.parse.foreign_notes import NoteWish, parse_foreign_notes
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.interview import parse_interview
from prepvault.parse.original import parse_original
from prepvault.parse.tracker_rows import parse_tracker
from prepvault.parse.tracker_words import parse_tracker_words
from tests.original_records import made_again

_WORD = re.compile(r"zq[a-z0-9]{4,20}")
"""Words that no table of ours knows: where a row comes in, they must be in its note."""


@cache
def _words() -> TrackerWords:
    return parse_tracker_words(read_tracker_words())


def check_tables(data: bytes) -> None:
    """Read a table: `<kind of file><file>`."""
    kind, file = choose(data, (".csv", ".md", "notes"))
    if kind == "notes":
        wish = NoteWish(mapping={}, headings=_words().headings, order="", timezone="UTC", taken=())
        _require_notes(parse_foreign_notes(Source(kind=".md", name="x", beside={"x.md": file}), wish))
        return
    source = Source(kind=kind, name="x", data=file)
    reading = parse_tracker(source, _words(), order="dmy", timezone="UTC", taken={"mine"})
    require(reading.steps or reading.remarks, "a table gives nothing and no reason")
    _require_notes(reading)
    if len(reading.steps) == 1 and reading.steps[0].verdict is Verdict.NEW and b'"' not in file:
        made = reading.steps[0].incoming
        note = emit_head(made.values) + made.body
        row = file.decode("utf-8", "replace").rstrip("\r\n").rpartition("\n")[2]
        lost = [word for word in _WORD.findall(row) if word not in note]
        require(not lost, f"{lost} of a row is not in its note")


def _require_notes(reading: Reading) -> None:
    """Every note that would be made can be read, and says in its head what was read."""
    require(reading.taken_for, "a file is taken for nothing")
    for step in reading.steps:
        require(step.verdict is Verdict.NEW or step.why, "something is held back without a reason")
        if step.verdict is not Verdict.NEW:
            continue
        made = step.incoming
        note = Note(
            "Interviews/x.md", f"{emit_head(made.values)}\n{made.body}".encode("utf-8", "replace"), NOW
        )
        head, findings = parse_head(note.data, note.path)
        require(head.valid, f"the new note cannot be read: {[each.message for each in findings]}")
        require(list(head.values) == [name for name, _ in made.values], "a property of the new note is lost")
        parse_interview(note, head, Settings(), {})


def check_records(data: bytes) -> None:
    """Read a file of the original system, or one object as its only record: `<which><JSON>`."""
    kind, file = choose(data, ("file", "record"))
    record: Any = None
    if kind == "record":
        try:
            record = json.loads(file)
        except (ValueError, RecursionError):
            return
        if not isinstance(record, dict) or not _can_be_told_apart(record):
            return
        file = json.dumps({"interviews": [record]}).encode()
    reading = parse_original(Source(kind=".json", name="x.json", data=file), timezone="UTC", taken=set())
    require(reading.steps, "a file gives nothing and no reason")
    _require_notes(reading)
    (step, *more) = reading.steps
    if record is not None and not more and step.verdict is Verdict.NEW:
        pairs = (*step.incoming.values, ("import_key", step.incoming.key))
        again = made_again(f"{emit_head(pairs)}\n{step.incoming.body}".encode())[0]
        require(again == record, "the record that a note gives back is another one")


def _can_be_told_apart(record: dict[str, Any]) -> bool:
    """Leave out what JSON itself does not give back: numbers that are none, halves of characters."""
    try:
        text = json.dumps(record, allow_nan=False, ensure_ascii=False)
        text.encode("utf-8")
    except (ValueError, RecursionError):
        return False
    return True
