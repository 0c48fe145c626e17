"""Files of other programs made to hurt: calendars, tables, records, settings."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable

Shape = Callable[[], bytes]

_EVENT = ("UID:one@acme.example", "DTSTAMP:20260210T080000Z", "SUMMARY:Interview at Acme")


def _calendar(lines: Iterable[str], head: Iterable[str] = ()) -> bytes:
    whole = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//x//EN",
        "METHOD:REQUEST",
        *head,
        *lines,
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(whole).encode()


def _event(*lines: str, uid: str = "") -> list[str]:
    own = [f"UID:{uid}", *_EVENT[1:]] if uid else list(_EVENT)
    return ["BEGIN:VEVENT", *own, *lines, "END:VEVENT"]


def _series(*lines: str, starts: str = "20260210T130000Z") -> Shape:
    return lambda: _calendar(_event(f"DTSTART:{starts}", "DURATION:PT1H", *lines))


def _many_events() -> bytes:
    events = (
        _event(f"DTSTART:2026021{at % 10}T130000Z", "DURATION:PT1H", uid=str(at)) for at in range(50_000)
    )
    return _calendar(line for event in events for line in event)


def _zone(name: str, rules: int, rule: str) -> list[str]:
    """A time zone of so many rules."""
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    for at in range(rules):
        kind = "STANDARD" if at % 2 else "DAYLIGHT"
        lines += [f"BEGIN:{kind}", f"DTSTART:19{at % 90 + 10}0329T0{at % 10}0000", rule]
        lines += [f"TZOFFSETFROM:+0{at % 9}00", f"TZOFFSETTO:+0{(at + 1) % 9}00", f"END:{kind}"]
    return [*lines, "END:VTIMEZONE"]


def _zoned(rules: int, rule: str, zones: int = 1, events: int = 1) -> Shape:
    def made() -> bytes:
        head = [line for at in range(zones) for line in _zone(f"Mine {at}", rules, rule)]
        all_of_them = (
            _event(f"DTSTART;TZID=Mine {at % zones}:20260210T130000", "DURATION:PT1H", uid=str(at))
            for at in range(events)
        )
        return _calendar((line for event in all_of_them for line in event), head)

    return made


_YEARLY = "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"
_DATES = ",".join(
    f"20{at // 365 % 90 + 10}0{at % 9 + 1}{at % 28 + 1:02}T{at % 24:02}0000Z" for at in range(200_000)
)

CALENDARS: dict[str, Shape] = {
    "50,000 events": _many_events,
    "200,000 RDATEs in one line": _series(f"RDATE:{_DATES}"),
    "50,000 RDATEs, line by line": _series(*(f"RDATE:{date}" for date in _DATES.split(",")[:50_000])),
    "50,000 EXDATEs": _series("RRULE:FREQ=DAILY", *(f"EXDATE:{date}" for date in _DATES.split(",")[:50_000])),
    "every second": _series("RRULE:FREQ=SECONDLY"),
    "every second, in disguise": _series(
        "RRULE:FREQ=DAILY;BYHOUR="
        + ",".join(map(str, range(24)))
        + ";BYMINUTE="
        + ",".join(map(str, range(60)))
    ),
    "every day since the year 1": _series("RRULE:FREQ=DAILY", starts="00010101T000000Z"),
    "every day since 1900": _series("RRULE:FREQ=DAILY", starts="19000101T000000Z"),
    "a day that never comes": _series("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    "a week that never comes": _series("RRULE:FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6"),
    "a set position that never comes": _series("RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=99"),
    "a day of the year that never comes": _series("RRULE:FREQ=YEARLY;BYYEARDAY=366;BYMONTH=2"),
    "1,000,000,000 times": _series("RRULE:FREQ=DAILY;COUNT=1000000000", starts="19700101T000000Z"),
    "1,000 rules": _series(*["RRULE:FREQ=DAILY"] * 1_000),
    "interval of many digits": _series("RRULE:FREQ=DAILY;INTERVAL=" + "9" * 5_000),
    "1,000 exceptions of one series": lambda: _calendar(
        line
        for at in range(1_000)
        for line in _event(
            "DTSTART:20260210T130000Z", f"RECURRENCE-ID:20260{at % 9 + 1}10T130000Z", "RRULE:FREQ=DAILY"
        )
    ),
    "a zone of 400 yearly rules": _zoned(400, _YEARLY),
    "a zone of 2,000 yearly rules": _zoned(2_000, _YEARLY),
    "a zone of one daily rule": _zoned(2, "RRULE:FREQ=DAILY"),
    "a zone of one rule each second": _zoned(2, "RRULE:FREQ=SECONDLY"),
    "a zone of 50,000 RDATEs": _zoned(
        2, "RDATE:" + ",".join(date[:-1] for date in _DATES.split(",")[:50_000])
    ),
    "300 zones of 2 rules": _zoned(2, _YEARLY, zones=300, events=300),
    "a zone in each of 3,000 events": _zoned(20, _YEARLY, zones=1, events=3_000),
    "components nested 50,000": lambda: b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 50_000,
    "a line folded 200,000 times": lambda: _calendar(
        ["BEGIN:VEVENT", "SUMMARY:a" + "\r\n b" * 200_000, "END:VEVENT"]
    ),
    "100,000 parameters": lambda: _calendar(_event("DTSTART" + ";A=b,c" * 100_000 + ":20260210T130000Z")),
    "a description of 8 MB": _series("DESCRIPTION:" + "<a href=" * 1_000_000),
    "a duration of many digits": _series("X-A:b", "DURATION:P" + "9" * 400 + "D"),
    "20,000 people": _series(*["ATTENDEE;CN=A:mailto:a@b.example"] * 20_000),
    "20,000 alarms": _series(*["BEGIN:VALARM", "TRIGGER:-PT1H", "END:VALARM"] * 20_000),
    "free and busy 100,000 times": lambda: _calendar(
        ["BEGIN:VFREEBUSY", *["FREEBUSY:20260210T130000Z/PT1H"] * 100_000, "END:VFREEBUSY"]
    ),
    "no calendar at all": lambda: b"\x89PNG" * 100_000,
}


def _zip(name: str, size: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"a" * size)
    return stream.getvalue()


IMPORTS: dict[str, tuple[str, Shape]] = {
    "1,000,000 columns": (
        "x.csv",
        lambda: b"Company,Role" + b",a" * 1_000_000 + b"\nAcme,Engineer" + b",b" * 1_000_000,
    ),
    "100,000 columns, 20 rows": ("x.csv", lambda: b"Company" + (b",a" * 100_000 + b"\nA") * 20),
    "10,000 columns of one name": (
        "x.csv",
        lambda: b"Company" + b",Notes" * 10_000 + b"\nAcme" + b",b" * 10_000,
    ),
    "a cell of 100 MB": ("x.csv", lambda: b"Company,Role\nAcme," + b"a" * 100_000_000),
    "a cell of 40 MB": ("x.csv", lambda: b"Company,Role,Notes\nAcme,Engineer," + b"a" * 40_000_000),
    "a cell of 100 KB": ("x.csv", lambda: b"Company,Role,Notes\nAcme,Engineer," + b"a " * 50_000),
    "a quote never closed": ("x.csv", lambda: b'Company,Role\nAcme,"' + b"a,b\n" * 2_000_000),
    "10,000 rows": ("x.csv", lambda: b"Company,Role,Date\n" + b"Acme,Engineer,2026-03-01 10:00\n" * 10_000),
    "1,000,000 rows": ("x.csv", lambda: b"Company,Role\n" + b"A,b\n" * 1_000_000),
    "1,000,000 empty rows": ("x.csv", lambda: b"Company,Role\n" + b",\n" * 1_000_000),
    "a Markdown table of 100,000 columns": (
        "x.md",
        lambda: b"|Company" * 100_000 + b"|\n" + b"|-" * 100_000 + b"|\n",
    ),
    "JSON nested 100,000": ("interviews.json", lambda: b'{"interviews": ' + b"[" * 100_000),
    "JSON of 10,000 records": (
        "interviews.json",
        lambda: json.dumps({"interviews": [{"company": "A"}] * 10_000}).encode(),
    ),
    "JSON number of 100,000 digits": (
        "interviews.json",
        lambda: b'{"interviews": [{"round": ' + b"9" * 100_000 + b"}]}",
    ),
    "a zip that grows a thousandfold": ("x.zip", lambda: _zip("interviews.json", 80 * 1024 * 1024)),
}

SETTINGS: dict[str, Shape] = {
    "lists nested 100,000": lambda: b"[vault]\nx = " + b"[" * 100_000,
    "tables nested 20,000": lambda: b"[" + b".".join([b"a"] * 20_000) + b"]\nx = 1\n",
    "inline tables nested 20,000": lambda: b"x = " + b"{a = " * 20_000,
    "100,000 unknown keys": lambda: b"[vault]\n" + b"".join(b"k%d = 1\n" % at for at in range(100_000)),
    "a number of 100,000 digits": lambda: b"[vault]\nx = " + b"9" * 100_000,
    "50 MB": lambda: b"# " + b"a" * (50 * 1024 * 1024),
}
