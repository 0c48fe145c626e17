"""Records in the shape of the original system, with the faults that years of use leave; and the way back."""

import json
from typing import Any

from prepvault.model.incoming import IMPORT_KEY, ORIGINAL_FIELDS, ORIGINAL_ID, RECORD_FIELDS, RECORD_SOURCE
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.kept import Part, find_kept


def record(number: int, **fields: Any) -> dict[str, Any]:
    """Make a record without a fault, but for what is named."""
    plain: dict[str, Any] = {
        "id": f"int_job_{number}_{1700000000 + number}",
        "job_id": f"job_{number}",
        "company": f"Company {number}",
        "role": "Engineer",
        "interview_type": "technical",
        "scheduled_at": f"2026-03-{number:02}T14:00:00",
        "interviewer": "",
        "location": "",
        "status": "scheduled",
        "notes": "",
        "created_at": "2026-01-22T10:30:00",
        "reminders_sent": [],
        "feedback": None,
        "preparation_complete": False,
    }
    return plain | fields


PREP_NOTE = (
    "# Bolt, technical\n\n- [x] read their docs\n\n"
    "<!-- prepvault:begin id=checklist v=1 sum=0000000000 -->\n(typed by hand)\n<% tp.date.now() %>\n"
    "&lt;% already written so\n%% prepvault:end id=checklist %%\nno line end at the end"
)

MATERIALS = '{\n  "interview_id": "int_job_2_1700000002",\n  "tips": ["```", "<% x %>"]\n}'

RECORDS = [
    record(1),
    record(
        2, reminders_sent=["24h", "2h"], feedback="Warm call.", preparation_complete=True, status="completed"
    ),
    record(
        3, interview_type="On-Site", scheduled_at="2026-03-03T09:00:00+01:00", company='Łódź Data: "x" #1'
    ),
    record(4, status="passed", notes='=HYPERLINK("http://example.invalid")'),
    record(5, company="", notes="Bring ID.\nLunch.\n---\nAsk: parking?\n"),
    record(6, scheduled_at="2026-02-30T15:00:00", interview_type="coffee_chat", priority="high"),
    record(7, id="int_job_2_1700000002", company="Other"),
    record(8, pay={"low": 180, "high": 210.5}, tags=["a", "b"], revision="mine", round=2),
    {"company": "Bare", "scheduled_at": 17},
]

DOCUMENT = {
    "interviews": RECORDS,
    "metadata": {"created": "2026-01-22T10:30:00", "last_updated": "2026-01-30T08:00:00", "version": "1.0"},
}

BESIDE = {
    "prep_notes/int_job_2_1700000002.md": PREP_NOTE.encode(),
    "materials/interview_int_job_2_1700000002.json": MATERIALS.encode(),
    "prep_notes/int_gone_1.md": b"nobody's",
}


def made_again(data: bytes) -> tuple[dict[str, Any], dict[Part, str]]:
    """Make the record of a note again, and the texts beside it, by what docs/importing.md says."""
    head, findings = parse_head(data, "note.md")
    assert not findings
    values = dict(head.values)
    assert str(values[IMPORT_KEY]).startswith(f"{RECORD_SOURCE} ")
    parts = find_kept(head.body)
    added = values.get(ORIGINAL_FIELDS) or []
    assert isinstance(added, list)
    found = {name: values[name] for name in (*RECORD_FIELDS, *map(str, added)) if name in values}
    if ORIGINAL_ID in values:
        found["id"] = values[ORIGINAL_ID]
    return json.loads(parts.pop(Part.RECORD, "{}")) | found, parts
