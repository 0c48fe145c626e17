"""Reading an interview note: specimens per property, and which findings each one gives."""

from datetime import UTC, date, datetime, timedelta

import pytest

from prepvault.model.finding import Finding
from prepvault.model.interview import Interview, InterviewType, Outcome, Person, Status
from prepvault.model.note import Note
from prepvault.model.properties import PROPERTIES
from prepvault.model.settings import Settings
from prepvault.model.zones import zone_of
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.interview import parse_interview
from tests.conftest import NOW

GOOD = {
    "id": "int_acme_1",
    "company": "Acme",
    "role": "Engineer",
    "interview_type": "technical",
    "scheduled_at": "2026-02-10T14:00:00",
    "timezone": "America/New_York",
    "status": "scheduled",
    "created_at": "2026-01-22T10:30:00",
    "revision": "2 2026-02-01T10:00:00Z 3f2a9c1d",
}
NEW_YORK = zone_of("America/New_York")


def read(text: str, settings: Settings | None = None) -> tuple[Interview | None, tuple[Finding, ...]]:
    note = Note("Interviews/a.md", text.encode("utf-8"), NOW)
    head, findings = parse_head(note.data, note.path)
    interview, more = parse_interview(note, head, settings or Settings(), {"technical": 75})
    return interview, findings + more


def note_with(**changes: str | None) -> str:
    """A good note with some properties changed, added, or left out (None)."""
    lines = [f"{name}: {value}" for name, value in {**GOOD, **changes}.items() if value is not None]
    return "---\n" + "\n".join(lines) + "\n---\n"


def good(**changes: str | None) -> Interview:
    interview, findings = read(note_with(**changes))
    assert interview is not None
    assert findings == ()
    return interview


def told(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.severity} {finding.code} {finding.place.line}" for finding in findings]


def test_a_good_note_says_everything_and_has_no_findings() -> None:
    interview = good(
        job_id="job_acme",
        duration_minutes="90",
        interviewer='["[[People/Dana Roe|Dana]] (CTO)", "Sam Po"]',
        location='"Zoom: https://acme.zoom.us/j/1"',
        outcome="pending",
        round="2",
        reply_by="2026-02-17",
        reminders="[72h, 30m]",
        reminders_sent='["24h email 2026-02-09T14:00:00-05:00"]',
        rescheduled_from="[2026-02-03T14:00:00]",
        feedback="Warm",
        preparation_complete="true",
        role_family="backend",
        notes="Bring ID",
        job_description='"[[Jobs/Acme posting|posting]]"',
        publish="false",
        coaching="false",
    )
    assert interview.starts == datetime(2026, 2, 10, 14, tzinfo=NEW_YORK)
    assert interview.minutes == 90
    assert interview.people == (Person("Dana", "CTO", "People/Dana Roe"), Person("Sam Po"))
    assert (interview.venue.platform, interview.venue.link) == ("Zoom", "https://acme.zoom.us/j/1")
    assert (interview.outcome, interview.round, interview.reply_by) == (Outcome.PENDING, 2, date(2026, 2, 17))
    assert interview.leads == (timedelta(hours=72), timedelta(minutes=30))
    assert interview.rescheduled_from == ("2026-02-03T14:00:00",)
    assert interview.created_at == datetime(2026, 1, 22, 10, 30, tzinfo=NEW_YORK)
    assert interview.revision is not None
    assert interview.revision.count == 2
    assert interview.job_description == "Jobs/Acme posting"
    assert (interview.publish, interview.coaching, interview.preparation_complete) == (False, False, True)
    assert (interview.id, interview.has_id, interview.job_id) == ("int_acme_1", True, "job_acme")


def test_every_example_of_the_table_is_valid() -> None:
    lines = "\n".join(
        f"{entry.name}: {entry.example}" for entry in PROPERTIES if entry.name != "job_description"
    )
    interview, findings = read(f'---\n{lines}\njob_description: "[[Acme posting]]"\n---\n')
    assert findings == ()
    assert interview is not None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"company": None}, ["error property/missing 1"]),
        ({"company": '""'}, ["error property/missing 3"]),
        ({"company": "[]"}, ["error property/missing 3"]),
        ({"company": None, "compny": "Acme"}, ["error property/missing 10"]),
        ({"company": "7"}, ["warning property/type 3"]),
        ({"company": "[Acme]"}, ["warning property/type 3"]),
        ({"company": "{a: 1}"}, ["error property/type 3"]),
        ({"role": "true"}, ["warning property/type 4"]),
        ({"role": "{{role}}"}, ["error property/type 4"]),
        ({"interview_type": "quiz"}, ["error property/choice 5"]),
        ({"interview_type": None, "InterviewType": "panel"}, ["error property/missing 10"]),
        ({"scheduled_at": None}, ["error property/missing 1"]),
        ({"scheduled_at": None, "date": "2026-02-10"}, ["error property/missing 10"]),
        ({"scheduled_at": "next tuesday 2ish"}, ["error date/unreadable 6"]),
        ({"scheduled_at": "14:30"}, ["error date/unreadable 6"]),
        ({"scheduled_at": "10.02.2026 14:00"}, ["error date/unreadable 6"]),
        ({"scheduled_at": "2026-2-9 9:00"}, ["error date/unreadable 6"]),
        ({"scheduled_at": "20260210"}, ["error date/unreadable 6"]),
        (
            {"scheduled_at": "[2026-02-10, 2026-02-11]"},
            ["warning property/type 6", "error date/unreadable 6"],
        ),
        ({"scheduled_at": "2026-02-30T14:00:00"}, ["error date/impossible 6"]),
        ({"scheduled_at": "2026-13-01"}, ["error date/impossible 6"]),
        ({"scheduled_at": "2026-02-10T25:00"}, ["error date/impossible 6"]),
        ({"scheduled_at": "2026-02-10T14:61"}, ["error date/impossible 6"]),
        ({"scheduled_at": "2226-02-10T14:00"}, ["error date/far 6"]),
        ({"scheduled_at": "2026-03-08T02:30:00"}, ["error date/gap 6"]),
        ({"scheduled_at": "2026-11-01T01:30:00"}, ["warning date/ambiguous 6"]),
        ({"scheduled_at": "2026-02-10T14:00:00-08:00"}, ["warning date/offset-differs 6"]),
        ({"scheduled_at": "2026-02-10T14:00:00Z"}, ["info date/offset-differs 6"]),
        ({"timezone": "Berlin"}, ["error zone/unknown 7"]),
        ({"timezone": "UTC+2"}, ["error zone/unknown 7"]),
        ({"timezone": "america/new york"}, ["warning zone/spelling 7"]),
        ({"timezone": "EST"}, ["warning zone/abbreviation 7"]),
        ({"timezone": None, "timezon": "Europe/Berlin"}, ["warning property/misspelled 10"]),
        ({"timezone": None, "tz": "Europe/Berlin"}, ["warning property/misspelled 10"]),
        ({"duration_minutes": '"60"'}, ["warning property/type 11"]),
        ({"duration_minutes": "1h 30m"}, ["warning property/type 11"]),
        ({"duration_minutes": "45.0"}, ["warning property/type 11"]),
        ({"duration_minutes": "45.5"}, ["error property/type 11"]),
        ({"duration_minutes": "an hour"}, ["error property/type 11"]),
        ({"duration_minutes": "0"}, ["error property/range 11"]),
        ({"duration_minutes": "1441"}, ["error property/range 11"]),
        ({"duration_minutes": "true"}, ["error property/type 11"]),
        ({"interviewer": "7"}, ["warning property/type 11"]),
        ({"status": "done"}, ["error property/choice 8"]),
        ({"status": None}, ["info property/unset 1"]),
        ({"created_at": "yesterday"}, ["error date/unreadable 9"]),
        ({"outcome": "maybe"}, ["error property/choice 11"]),
        ({"round": "second"}, ["error property/type 11"]),
        ({"round": "0"}, ["error property/range 11"]),
        ({"reply_by": "soon"}, ["error date/unreadable 11"]),
        ({"reminders": "24h"}, ["warning property/type 11"]),
        ({"reminders": "[one day]"}, ["error reminders/unreadable 11"]),
        ({"reminders": "{a: 1}"}, ["error property/type 11"]),
        ({"preparation_complete": "yes"}, ["warning property/type 11"]),
        ({"preparation_complete": "perhaps"}, ["error property/type 11"]),
        ({"sessions": '["lunch"]'}, ["error session/unreadable 11"]),
        ({"sessions": '["11:00-10:00 Back"]'}, ["error session/unreadable 11"]),
        ({"sessions": '["10:00-11:00 A", "10:30-12:00 B"]'}, ["warning session/overlap 11"]),
        ({"revision": "broken"}, ["warning revision/unreadable 10"]),
        ({"id": None}, ["warning id/missing 1"]),
        ({"id": "x" * 300}, ["warning id/long 2"]),
        ({"tags": "[a]", "aliases": "b", "rating": "5", "note": "mine"}, []),
    ],
    ids=str,
)
def test_each_fault_has_its_own_finding(changes: dict[str, str | None], expected: list[str]) -> None:
    _, findings = read(note_with(**changes))
    assert told(findings) == expected


@pytest.mark.parametrize(
    ("name", "item", "most"),
    [("interviewer", "Ann Lee{}x", 100), ("sessions", "'10:00-11:00 Part {}'", 50)],
)
def test_of_a_list_beyond_any_interview_the_beginning_is_read(name: str, item: str, most: int) -> None:
    for count in (most, most + 1):
        items = ", ".join(item.format(chr(0x4E00 + at)) for at in range(count))
        made, findings = read(note_with(**{name: f"[{items}]"}))
        assert made is not None
        assert len(made.people if name == "interviewer" else made.sessions) == most
        assert [each for each in told(findings) if "overlap" not in each] == (
            ["warning property/too-many 11"] if count > most else []
        )


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"interview_type": "technicl"}, "did you mean `technical`?"),
        ({"interview_type": "phone"}, "did you mean `phone_screen`?"),
        ({"status": "done"}, "did you mean `completed`?"),
        ({"timezone": "Berlin"}, "did you mean `Europe/Berlin`?"),
        ({"timezone": "PST"}, "did you mean `America/Los_Angeles`?"),
        ({"timezone": "UTC+2"}, "an offset is no zone"),
        ({"company": None, "compny": "Acme"}, "rename it to `company`"),
        ({"scheduled_at": None, "date": "2026-02-10"}, '[properties] scheduled_at = "date"'),
        ({"scheduled_at": "14:30"}, "write the day too"),
        ({"scheduled_at": "3/4/2026 2:30"}, "write 2026-03-04T02:30:00 or 2026-04-03T02:30:00"),
        ({"scheduled_at": "10.02.2026 14:00"}, "write 2026-02-10T14:00:00"),
        ({"scheduled_at": "2026-2-9 9:00"}, "2026-02-09T09:00:00"),
        ({"scheduled_at": "{{date}}"}, "placeholder"),
        ({"scheduled_at": '"{{date}}"'}, "placeholder"),
        ({"scheduled_at": "2026-03-08T02:30:00"}, "2026-03-08T01:30:00 or 2026-03-08T03:30:00"),
        ({"scheduled_at": "2026-11-01T01:30:00"}, "2026-11-01T01:30:00-04:00 for the first"),
        ({"duration_minutes": "1h 30m"}, "duration_minutes: 90"),
        ({"company": "[a, b]"}, "company: a, b"),
        ({"company": '["[[Acme]]"]'}, 'company: "[[Acme]]"'),
    ],
    ids=str,
)
def test_hints_can_be_followed(changes: dict[str, str | None], hint: str) -> None:
    _, findings = read(note_with(**changes))
    assert any(hint in finding.hint for finding in findings), findings


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("On-Site", InterviewType.ON_SITE),
        ("onsite", InterviewType.ON_SITE),
        ("Phone Screen", InterviewType.PHONE_SCREEN),
        ("PANEL", InterviewType.PANEL),
        ("behavioural", InterviewType.BEHAVIORAL),
    ],
)
def test_case_blanks_and_hyphens_do_not_matter(written: str, meant: InterviewType) -> None:
    assert good(interview_type=written).type is meant


def test_american_spelling_of_cancelled_is_read() -> None:
    assert good(status="Canceled").status is Status.CANCELLED


@pytest.mark.parametrize(
    ("written", "zone", "expected"),
    [
        ("2026-02-10T14:00:00", "America/New_York", "2026-02-10T19:00:00+00:00"),
        ("2026-02-10 14:00", "America/New_York", "2026-02-10T19:00:00+00:00"),
        ("2026-02-10T14:00:00-05:00", "America/New_York", "2026-02-10T19:00:00+00:00"),
        ("2026-02-10T14:00:00-08:00", "America/New_York", "2026-02-10T22:00:00+00:00"),
        ("2026-02-10T14:00:00Z", "America/New_York", "2026-02-10T14:00:00+00:00"),
        ("2026-03-08T02:30:00", "America/New_York", "2026-03-08T07:30:00+00:00"),
        ("2026-11-01T01:30:00", "America/New_York", "2026-11-01T05:30:00+00:00"),
        ("2026-11-01T01:30:00-05:00", "America/New_York", "2026-11-01T06:30:00+00:00"),
        ("2026-02-10T14:00:00+05:30", "Nowhere/Town", "2026-02-10T08:30:00+00:00"),
    ],
)
def test_the_moment_that_is_meant(written: str, zone: str, expected: str) -> None:
    interview, _ = read(note_with(scheduled_at=written, timezone=zone))
    assert interview is not None
    assert interview.starts.astimezone(UTC).isoformat() == expected


def test_a_wall_time_in_an_unknown_zone_is_no_moment() -> None:
    interview, findings = read(note_with(timezone="Nowhere/Town"))
    assert interview is None
    assert told(findings) == ["error zone/unknown 7"]


def test_a_plain_date_is_all_day_by_local_midnights_even_on_a_short_day() -> None:
    interview = good(scheduled_at="2026-03-08")
    assert interview.all_day
    assert interview.starts.isoformat() == "2026-03-08T00:00:00-05:00"
    assert interview.ends.isoformat() == "2026-03-09T00:00:00-04:00"


def test_length_comes_from_the_note_else_its_sessions_else_the_type_else_an_hour() -> None:
    assert good(duration_minutes="45").minutes == 45
    assert good(sessions='["14:00-15:00 A", "15:30-17:00 B (Dana Roe, CTO)"]').minutes == 180
    assert good().minutes == 75
    assert good(interview_type="panel").minutes == 60


def test_the_vaults_zone_counts_where_the_note_names_none() -> None:
    settings = Settings(values={**Settings().values, "vault.timezone": "Asia/Tokyo"})
    interview, _ = read(note_with(timezone=None), settings)
    assert interview is not None
    assert (interview.zone, interview.starts.utcoffset()) == ("Asia/Tokyo", timedelta(hours=9))


def test_properties_may_have_other_names() -> None:
    settings = Settings(renamed={"scheduled_at": "date", "company": "org"})
    text = note_with(scheduled_at=None, company=None, date="2026-02-10T14:00:00", org='"[[Acme]]"')
    interview, findings = read(text, settings)
    assert interview is not None
    assert interview.company == "Acme"
    assert findings == ()


def test_the_own_name_of_a_renamed_property_is_recognised_as_misplaced() -> None:
    settings = Settings(renamed={"scheduled_at": "date"})
    _, findings = read(note_with(), settings)
    assert [finding.hint for finding in findings] == ["`scheduled_at` stands there: rename it to `date`"]


@pytest.mark.parametrize("name", ["publish", "coaching"])
def test_what_cannot_be_read_is_kept_private(name: str) -> None:
    interview, findings = read(note_with(**{name: "maybe"}))
    assert told(findings) == ["error property/type 11"]
    assert interview is not None
    assert getattr(interview, name) is False


def test_no_reminders_and_usual_reminders_differ() -> None:
    assert good(reminders="[]").leads == ()
    assert good(reminders="").leads is None
    assert good(reminders="[24, 2h, 2h]").leads == (timedelta(hours=24), timedelta(hours=2))


def test_many_faults_are_told_at_once_and_do_not_hide_the_interview() -> None:
    interview, findings = read(note_with(interview_type="quiz", status="odd", duration_minutes="x", id=None))
    assert interview is not None
    assert sorted(finding.code for finding in findings) == [
        "id/missing",
        "property/choice",
        "property/choice",
        "property/type",
    ]


def test_one_broken_line_does_not_hide_the_interview() -> None:
    interview, findings = read(note_with(notes="a: b: c"))
    assert interview is not None
    assert interview.company == "Acme"
    assert [finding.code for finding in findings] == ["frontmatter/invalid"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Just text\n", ["warning frontmatter/missing 1"]),
        ("", ["warning frontmatter/missing 1"]),
        ("---\ntags: [moc]\n---\n", ["warning interview/none 1"]),
        ("---\n---\n", ["warning interview/none 1"]),
    ],
)
def test_a_note_that_is_no_interview_gives_one_warning(text: str, expected: list[str]) -> None:
    interview, findings = read(text)
    assert interview is None
    assert told(findings) == expected


def test_nothing_is_offered_to_fix_while_the_time_cannot_be_read() -> None:
    _, findings = read(note_with(scheduled_at="soon", id=None, status=None))
    assert told(findings) == ["error date/unreadable 5"]
