"""Invites as they come over weeks, by the command line: what is asked can be answered."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Maker, Ran
from tests.invite_maker import calendar, event

Run = Callable[..., Ran]
NOW = "2026-02-25T09:00:00Z"
SETTINGS = '=== prepvault.toml\n[vault]\ntimezone = "Europe/Berlin"\n'
NOTE = """=== Interviews/{name}.md
---
id: int_{name}
company: {company}
role: Engineer
interview_type: technical
scheduled_at: 2026-03-{day}T14:00:00
status: {status}
recruiter: {recruiter}
---
"""


def note(
    name: str, day: str = "10", company: str = "Acme", status: str = "scheduled", by: str = "Dana"
) -> str:
    """An interview written by hand."""
    return NOTE.format(name=name, day=day, company=company, status=status, recruiter=by)


@pytest.fixture
def imported(run: Run, tmp_path: Path) -> Callable[..., Ran]:
    """Import a file of invites into a vault."""

    def act(root: Path, data: bytes, *arguments: str) -> Ran:
        file = tmp_path / "invite.ics"
        file.write_bytes(data)
        return run("--now", NOW, "import", str(file), *arguments, vault=root)

    return act


def test_one_note_is_not_the_answer_to_two_questions(make_vault: Maker, imported: Callable[..., Ran]) -> None:
    root = make_vault(SETTINGS + note("one"))
    data = calendar(
        event(UID="a@acme.example", DTSTART="20260311T130000Z", DTEND=""),
        event(UID="b@acme.example", DTSTART="20260312T130000Z", DTEND=""),
    )
    ran = imported(root, data, "--is", "1=int_one", "--is", "2=int_one", "--write")
    assert ran.code == 2
    assert "number 1 is not the only one that would change `int_one`" in ran.err
    ran = imported(root, data, "--is", "1=int_one", "--is", "2=new", "--write")
    assert (ran.code, len(list((root / "Interviews").iterdir()))) == (0, 2)


def test_new_is_an_answer_even_where_all_is_the_same(make_vault: Maker, imported: Callable[..., Ran]) -> None:
    root = make_vault(SETTINGS + note("one"))
    data = calendar(event(SUMMARY="Technical interview - Engineer at Acme"))
    asked = imported(root, data).out
    assert "--is 1=new: a new note" in asked
    ran = imported(root, data, "--is", "1=new", "--write")
    assert (ran.code, len(list((root / "Interviews").iterdir()))) == (0, 2)


def test_a_cancelled_interview_that_a_new_invite_is_about_takes_place(
    make_vault: Maker, imported: Callable[..., Ran]
) -> None:
    root = make_vault(SETTINGS + note("one", status="cancelled"))
    assert imported(root, calendar(event(DTEND="")), "--is", "1=int_one", "--write").code == 0
    assert "status: scheduled\n" in (root / "Interviews/one.md").read_text()


def test_both_times_stand_in_what_is_asked_and_told(make_vault: Maker, imported: Callable[..., Ran]) -> None:
    root = make_vault(SETTINGS)
    imported(root, calendar(event()), "--write")
    (path,) = (root / "Interviews").iterdir()
    moved = calendar(event(SEQUENCE="1", DTSTART="20260311T080000Z", DTEND="20260311T090000Z"))
    assert (
        "it moves from 2026-03-10T14:00:00 Europe/Berlin to 2026-03-11T09:00:00" in imported(root, moved).out
    )
    path.write_text(path.read_text().replace("2026-03-10T14:00:00", "2026-03-10T16:00:00"))
    out = imported(root, moved).out
    assert "you moved it to 2026-03-10T16:00:00 Europe/Berlin, and the invite to 2026-03-11T09:00:00" in out


def test_an_agency_is_not_taken_for_the_company_that_it_recruited_for(
    make_vault: Maker, imported: Callable[..., Ran]
) -> None:
    agency = "Lena <lena@agency.example>"
    invite = event(
        SUMMARY="Phone screen - Engineer", ORGANIZER="mailto:lena@agency.example", DTSTART="20260601T100000Z"
    )
    one = make_vault(SETTINGS + note("one", company="Acme", by=agency))
    assert (
        "`Acme` is that of another interview from this address; is it right?"
        in imported(one, calendar(invite)).out
    )
    two = make_vault(
        SETTINGS + note("one", company="Acme", by=agency) + note("two", "20", "Globex", by=agency)
    )
    assert "the company `Agency` is only read from the address" in imported(two, calendar(invite)).out
    named = [line.replace("Engineer", "Engineer at Globex") for line in invite]
    assert "Globex, Engineer, phone_screen" in imported(one, calendar(named)).out
    part = [line.replace("Phone screen -", "Video interview Kestrel -") for line in invite]
    asked = [*part, "ATTENDEE:mailto:sam@field.example", "ATTENDEE:mailto:kim@kestrel.example"]
    root = make_vault(SETTINGS + '[profile]\nemail = "sam@field.example"\n')
    assert "Kestrel, Engineer, video_interview" in imported(root, calendar(asked)).out


def test_an_interview_stands_out_among_the_events_of_a_calendar(
    make_vault: Maker, imported: Callable[..., Ran]
) -> None:
    others = [event(SUMMARY="Dentist", UID=f"d{number}") for number in range(40)]
    past = event(SUMMARY="Your interview", UID="past", DTSTART="20250310T130000Z", DTEND="")
    data = calendar(*others[:20], event(), *others[20:], past)
    ran = imported(make_vault(SETTINGS), data)
    assert ran.code == 0
    assert "held back  20 alike, up to number 20" in ran.out
    assert "event 1 (Dentist) … invite.ics, event 20 (Dentist)" in ran.out
    assert "21  new        Acme, Backend Engineer, phone_screen" in ran.out
    assert "it lies in the past and does not tell its company and role and type" in ran.out
    assert len(ran.out.splitlines()) < 20
    assert "missing" not in ran.out


def test_prepvaults_own_events_are_no_invites(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    root = make_vault(SETTINGS + note("one"))
    feed = tmp_path / "feed.ics"
    assert run("--now", NOW, "feed", "-o", str(feed), vault=root).code == 0
    out = run("--now", NOW, "import", str(feed), vault=root).out
    assert "PrepVault wrote this event itself, from a note" in out


def test_a_number_that_the_plan_does_not_have_is_told(
    make_vault: Maker, imported: Callable[..., Ran]
) -> None:
    for choice in ("--only=2", "--include=2", "--is=2=new"):
        ran = imported(make_vault(SETTINGS), calendar(event()), choice)
        assert (ran.code, "the plan has no number 2" in ran.err) == (2, True)


def test_a_namesake_who_finds_no_room_in_the_note_is_told(
    make_vault: Maker, imported: Callable[..., Ran]
) -> None:
    people = [f"ATTENDEE;CN=Kim Lee:mailto:{name}@acme.example" for name in ("kim", "k.lee", "kim")]
    out = imported(make_vault(SETTINGS), calendar([*event(), *people])).out
    assert out.count("another of its people is called Kim Lee (k.lee@acme.example)") == 1


def test_a_question_about_the_zone_says_the_time_that_it_is_about(
    make_vault: Maker, imported: Callable[..., Ran]
) -> None:
    lines = [
        line.replace("DTSTART:", "DTSTART;TZID=EST:").replace("0000Z", "0000") for line in event(DTEND="")
    ]
    root = make_vault(SETTINGS)
    out = imported(root, calendar(lines)).out
    assert "it says 2026-03-10T13:00:00 and names `EST`, which is no zone that is known for certain" in out
    assert "2026-03-10T13:00:00" in imported(root, calendar(lines), "--timezone", "America/New_York").out


def test_two_invites_that_may_be_one_that_was_moved_are_told(
    make_vault: Maker, imported: Callable[..., Ran]
) -> None:
    later = event(UID="two@acme.example", DTSTART="20260312T130000Z", DTEND="")
    out = imported(make_vault(SETTINGS), calendar(event(), later)).out
    assert "event 1 (Phone screen - Backend Engineer at Acme)` is about the same company and type" in out
    far = event(UID="two@acme.example", DTSTART="20260512T130000Z", DTEND="")
    assert "is about the same company" not in imported(make_vault(SETTINGS), calendar(event(), far)).out
