"""What fuzzing starts from: the vault's template, the cases of the tests, files of other programs."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.fuzz.heads import edits_of
from tests.hostile_markdown import PAYLOADS
from tests.invite_maker import SAMPLES
from tests.original_records import RECORDS

ROOT = Path(__file__).parents[2]
FINDS = ROOT / "tests" / "data" / "fuzz"
"""What was found once, made small: replayed by the tests, and a start for every later run."""

_WORDS = (
    "done",
    "24h email 2026-02-09T14:00:00-05:00",
    "a: b # c",
    "[[Acme]]",
    "line\nline",
    "yes",
    "ü \u2028",
)
_TIMES = (
    *(
        "fri 10:30",
        "tomorrow 2pm",
        "in 3 days 10:30",
        "2026-02-10T14:00:00",
        "2026-10-25 02:30",
        "1 dec 14:00",
    ),
    *(
        "2026-03-29 02:30",
        "next tue at noon",
        "10/02/2026 14:00 Europe/Berlin",
        "+2h",
        "2pm EST",
        "9-17",
        "90 min",
    ),
    *(
        "mon-fri",
        "72h",
        "2026-02-10T14:00:00+01:00",
        "10 Feb 2026 3:30 pm (GMT+1)",
        "3 2026-02-09T14:00:00Z abc",
    ),
)
_TABLES = (
    "Company,Role,Stage,Interview date,Notes\nAcme,zqrole,Phone screen,2026-02-10 14:00,zqnote\n",
    "Company;Title;Applied;Link\nAcme;Engineer;8/9/26;https://acme.example/jobs/1\n",
    "Firma\tStelle\tDatum\nAcme\tEntwickler\t10.02.2026 14:00\n",
    "| Company | Position | Date |\n|---|---|---|\n| Acme | Engineer | 2026-02-10 |\n",
    "---\ncompany: Acme\nposition: Engineer\ndate: 2026-02-10 14:00\ntags: [job]\n---\nMine.\n",
)
_BUSY = (
    "DTSTART:20260310T130000Z\nDTEND:20260310T140000Z",
    "DTSTART;TZID=Europe/Berlin:20260310T130000\nDURATION:PT45M\nRRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TU,TH",
    "DTSTART;VALUE=DATE:20260310\nRDATE;VALUE=DATE:20260312,20260313\nEXDATE;VALUE=DATE:20260312",
    "DTSTART;TZID=Mine:20260310T130000\nDTEND;TZID=Mine:20260310T140000\nTRANSP:OPAQUE",
    "DTSTART:20260310T130000\nRECURRENCE-ID:20260310T120000Z\nSTATUS:CANCELLED",
)
_ZONE = (
    "BEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n"
    "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"
)
_AT = '"at":"2026-02-09T09:00:00+00:00"'
_LEDGER = (
    '{"kind":"start",' + _AT + "}",
    '{"kind":"begin","number":1,"channel":"desktop","keys":["a"],' + _AT + "}",
    '{"kind":"end","number":1,"ending":"told",' + _AT + "}",
    '{"kind":"missed","keys":["b"],' + _AT + "}",
    '{"kind":"snooze","number":1,"interview":"int_1","key":"a","until":"2026-02-09T10:00:00Z",' + _AT + "}",
    '{"number":1,"key":"k","kind":"thank_you","to":"a@b.example","message_id":"<m>",' + _AT + "}",
    '{"number":1,"state":"accepted"}',
)
_SPOT = '{"pack":"000000001","at":0,"size":3,"digest":"x"}'
_JOURNAL = (
    '{"kind":"begin","number":1,"run":1,"path":"a.md","root":"/v","target":"/v/a.md","temp":"t","way":"exchange",'
    '"reason":"coach",' + _AT + ',"before":' + _SPOT + ',"after":' + _SPOT + ',"undoes":null}',
    '{"kind":"end","number":1,"state":"written"}',
    '{"kind":"rescued","path":"a.md",' + _AT + ',"text":' + _SPOT + "}",
)
_QUERIES = (
    *(
        "0status=scheduled&status=completed&type=panel&company=Acme&since=2026-02-01&days=7&limit=10&offset=0",
    ),
    *(
        "1kind=thank_you&interview=int_1&person=Dana&points=a&points=b",
        "2type=technical&role=Engineer&family=x",
    ),
    *("3page=index.html&since=1",),
    '4{"company":"Acme","role":"Engineer","interview_type":"panel","scheduled_at":"2026-03-17T14:00:00",'
    '"timezone":"Europe/Berlin","duration_minutes":45,"interviewer":["Dana"],"round":2,"notes":"x"}',
    '5{"status":"completed","outcome":"advanced","feedback":"Warm.","notes":"\\u00fc"}',
)


def _notes() -> Iterator[bytes]:
    """Every note and case that lies in the repository."""
    for folder in ("vault_template", "tests/cases", "docs", "tests/data"):
        for path in sorted((ROOT / folder).rglob("*.md")):
            yield path.read_bytes()
    for path in sorted((ROOT / "src/prepvault/content").rglob("*.md")):
        yield path.read_bytes()


def _heads() -> Iterator[bytes]:
    blocks = (
        "status: x # c\nreminders_sent:\n  - a\n",
        'company: "A"\nfeedback: |\n  a\n\n  b\nzq new: [a]\n',
        "",
    )
    for at, _ in enumerate(edits_of("")):
        for word in _WORDS:
            for block in blocks:
                yield f"{chr(48 + at)}{word}\0---\n{block}---\nbody\n".encode()
    yield from (b"0done\0" + note for note in _notes())


def _calendars() -> Iterator[bytes]:
    yield from (path.read_bytes() for path in sorted(SAMPLES.glob("*.ics")))
    for event in _BUSY:
        text = (
            f"BEGIN:VCALENDAR\n{_ZONE}BEGIN:VEVENT\nUID:1\nSUMMARY:Acme\n{event}\nEND:VEVENT\nEND:VCALENDAR\n"
        )
        yield text.replace("\n", "\r\n").encode()
        yield text.replace(_ZONE, "").encode()


def _chosen(kinds: int, texts: Iterator[bytes]) -> Iterator[bytes]:
    """Put every choice before every text."""
    for text in texts:
        yield from (bytes([48 + kind]) + text for kind in range(kinds))


def _encoded(*texts: str) -> Iterator[bytes]:
    return (text.encode("utf-8", "replace") for text in texts)


def _markdown() -> Iterator[bytes]:
    yield from _encoded(*PAYLOADS)
    yield from _notes()


def _links() -> Iterator[bytes]:
    yield from _encoded(
        "[[Companies/Acme|A]]", "![[files/x.png|3x4]]", "[x](<a b.md>)", "Acme#Head#^id", "../a"
    )


def _records() -> Iterator[bytes]:
    yield b"0" + json.dumps({"interviews": RECORDS}).encode()
    yield from (b"1" + json.dumps(record).encode() for record in RECORDS)


def _settings() -> Iterator[bytes]:
    yield (ROOT / "vault_template" / "prepvault.toml").read_bytes()
    yield b'[vault]\ntimezone = "Europe/Berlin"\n[properties]\nscheduled_at = "date"\n'
    yield b'[reminders]\npanel = ["72h"]\n[slots]\nhours = "9-17"\n'


SEEDS: dict[str, Callable[[], Iterator[bytes]]] = {
    "heads": _heads,
    "notes": _notes,
    "sections": lambda: _chosen(3, _notes()),
    "moments": lambda: _chosen(6, _encoded(*_TIMES)),
    "invites": lambda: _chosen(2, _calendars()),
    "busy": lambda: _chosen(2, _calendars()),
    "tables": lambda: _chosen(3, _encoded(*_TABLES)),
    "records": _records,
    "markdown": lambda: _chosen(3, _markdown()),
    "links": _links,
    "settings": _settings,
    "ledgers": lambda: _chosen(2, _encoded("\n".join(_LEDGER), *_LEDGER)),
    "journal": lambda: _chosen(2, _encoded("\n".join(_JOURNAL), *_JOURNAL)),
    "requests": lambda: _encoded(*_QUERIES),
}


def seeds_of(name: str, longest: int) -> Iterator[bytes]:
    """All seeds of a target, and what was found there before; no longer than the target takes."""
    yield from (seed[:longest] for seed in SEEDS[name]())
    yield from (path.read_bytes() for path in sorted((FINDS / name).glob("*")))
