"""Scheduling, moving and marking interviews: what a note holds afterwards, and when nothing is written."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from prepvault.errors import RefusedError, UsageError
from prepvault.jobs.context import open_root
from prepvault.jobs.lifecycle import change_status, mark_prepared, reschedule
from prepvault.jobs.load import load
from prepvault.jobs.notes import add_notes
from prepvault.jobs.one_note import change_note
from prepvault.jobs.pick import pick_interview
from prepvault.jobs.schedule import Request, schedule
from prepvault.model.change import Edit
from prepvault.model.finding import Severity
from prepvault.model.interview import InterviewType, Outcome, Status
from tests.conftest import NOW, Maker, Ran

Run = Callable[..., Ran]

HEAD = """
=== Interviews/acme.md
---
company: Acme
role: Engineer
id: int_acme_1
interview_type: technical
scheduled_at: {when}
{more}---
body
"""


def vault_with(make_vault: Maker, when: str = "2026-02-12T14:00:00", more: str = "") -> Path:
    return make_vault(HEAD.format(when=when, more=more))


def move(root: Path, when: str) -> str:
    context = open_root(root, now=NOW.isoformat())
    reschedule(context, pick_interview(load(context), "acme"), when)
    return (root / "Interviews" / "acme.md").read_text(encoding="utf-8")


def request(**fields: object) -> Request:
    base: dict[str, object] = {"company": "Acme", "role": "Engineer", "type": InterviewType.PANEL}
    return Request(**{**base, "at": "2026-03-02 10:00", **fields})  # type: ignore[arg-type]


# schedule -------------------------------------------------------------------------------------------------


def test_what_is_scheduled_is_read_back_the_same(make_vault: Maker) -> None:
    root = make_vault("")
    context = open_root(root, now=NOW.isoformat())
    asked = request(
        company="[[Acme: #1]]",
        role="@lead",
        at="tue 2pm",
        timezone="Europe/Berlin",
        duration=95,
        interviewers=("Dana Roe (CTO)", "[[Kim]]"),
        location="https://zoom.us/j/1",
        job_id="job_1",
        round=2,
        notes="bring: ID",
    )
    made = schedule(context, load(context), asked)
    vault = load(context)
    (found,) = vault.interviews
    assert {finding.code for finding in vault.findings} == {"link/missing"}, "only Kim has no note yet"
    assert found.id == made.interview.id == "int_job_1_1770728400"
    assert found.role == "@lead"
    assert found.starts.isoformat() == "2026-02-10T14:00:00+01:00"
    assert (found.minutes, found.job_id, found.round) == (95, "job_1", 2)
    assert [person.name for person in found.people] == ["Dana Roe", "Kim"]
    assert (found.venue.link, found.notes) == ("https://zoom.us/j/1", "bring: ID")
    assert found.created_at == NOW
    assert made.when == "Tue 10 Feb 2026, 14:00 Europe/Berlin"


def test_renamed_properties_are_written_under_their_own_names(make_vault: Maker) -> None:
    settings = '[vault]\ntimezone = "UTC"\n[properties]\nscheduled_at = "date"\ncompany = "org"\n'
    root = make_vault(f"=== prepvault.toml\n{settings}")
    context = open_root(root, now=NOW.isoformat())
    made = schedule(context, load(context), request())
    text = (root / made.interview.path).read_text(encoding="utf-8")
    assert "date: 2026-03-02T10:00:00\n" in text
    assert "org: Acme\n" in text
    assert "scheduled_at" not in text
    assert load(context).findings == ()


def test_a_second_note_of_the_same_name_stands_beside_the_first(make_vault: Maker) -> None:
    root = make_vault("")
    context = open_root(root, now=NOW.isoformat())
    one = schedule(context, load(context), request())
    other = schedule(context, load(context), request(at="2026-03-02 16:00"))
    assert one.interview.path == "Interviews/2026-03-02 Acme Panel.md"
    assert other.interview.path == "Interviews/2026-03-02 Acme Panel 2.md"
    assert one.interview.id != other.interview.id
    assert len(load(context).interviews) == 2


def test_two_interviews_at_one_time_have_two_ids_and_tell_of_each_other(make_vault: Maker) -> None:
    root = make_vault("")
    context = open_root(root, now=NOW.isoformat())
    one = schedule(context, load(context), request())
    other = schedule(context, load(context), request(type=InterviewType.TECHNICAL))
    assert one.interview.id != other.interview.id
    assert other.clashes == (one.interview.id,)


def test_the_same_interview_is_not_scheduled_twice(make_vault: Maker) -> None:
    root = make_vault("")
    context = open_root(root, now=NOW.isoformat())
    schedule(context, load(context), request())
    with pytest.raises(RefusedError, match="scheduled already"):
        schedule(context, load(context), request(company="ACME"))


def test_templater_commands_in_a_new_note_are_inert(make_vault: Maker) -> None:
    root = make_vault("")
    context = open_root(root, now=NOW.isoformat())
    made = schedule(context, load(context), request(company="<% tp.system %>", notes="x <%* evil %>"))
    assert b"<%" not in (root / made.interview.path).read_bytes()
    (found,) = load(context).interviews
    assert found.company == "<% tp.system %>"


def test_line_breaks_in_what_was_typed_stay_on_one_line(make_vault: Maker) -> None:
    root = make_vault("")
    context = open_root(root, now=NOW.isoformat())
    made = schedule(context, load(context), request(company="Acme\nid: forged", location="a\r\n---\nb"))
    assert made.interview.company == "Acme id: forged"
    assert made.interview.venue.text == "a --- b"


@pytest.mark.parametrize("duration", [0, 1441, -5])
def test_an_impossible_duration_is_refused(duration: int, make_vault: Maker) -> None:
    context = open_root(make_vault(""), now=NOW.isoformat())
    with pytest.raises(UsageError, match="1 to 1440"):
        schedule(context, load(context), request(duration=duration))


# reschedule -----------------------------------------------------------------------------------------------


def test_the_old_time_stays_on_record_as_it_was_written(make_vault: Maker) -> None:
    root = vault_with(make_vault, "2026-02-12 14:00")
    text = move(root, "2026-02-13 09:00")
    assert "scheduled_at: 2026-02-13T09:00:00\n" in text
    assert "rescheduled_from:\n  - 2026-02-12 14:00\n" in text
    text = move(root, "2026-02-14 09:00")
    assert "rescheduled_from:\n  - 2026-02-12 14:00\n  - 2026-02-13T09:00:00\n" in text


def test_another_zone_is_written_beside_the_time(make_vault: Maker) -> None:
    text = move(vault_with(make_vault, more="timezone: Europe/Berlin\n"), "2026-02-13 09:00 America/New_York")
    assert "timezone: America/New_York\n" in text
    assert "scheduled_at: 2026-02-13T09:00:00\n" in text


MOVES = {
    "a named zone": ("2026-03-20T10:00:00", "timezone: America/New_York\n", "2026-03-20T10:00:00-04:00"),
    "the vault's zone": ("2026-03-20 10:00", "", "2026-03-20T10:00:00+00:00"),
    "an offset of its own": (
        "2026-03-20T10:00:00-04:00",
        "timezone: Europe/Berlin\n",
        "2026-03-20T10:00:00-04:00",
    ),
    "UTC": ("2026-03-20T10:00:00Z", "timezone: America/New_York\n", "2026-03-20T10:00:00Z"),
    "a day": ("2026-03-20", "timezone: America/New_York\n", "2026-03-20"),
    "the first of two equal hours": (
        "2026-11-01T01:30:00",
        "timezone: America/New_York\n",
        "2026-11-01T01:30:00-04:00",
    ),
    "a list of one": ('["2026-03-20T10:00:00"]', "timezone: Asia/Kolkata\n", "2026-03-20T10:00:00+05:30"),
}


@pytest.mark.parametrize(("written", "more", "kept"), MOVES.values(), ids=MOVES)
def test_the_old_time_stays_true_in_another_zone(
    written: str, more: str, kept: str, make_vault: Maker
) -> None:
    text = move(vault_with(make_vault, written, more), "2026-03-21 10:00 Asia/Tokyo")
    assert "timezone: Asia/Tokyo\n" in text
    assert f"rescheduled_from:\n  - {kept}\n" in text


BOOKINGS = {
    "a time": ("2026-03-01T09:30:00", "2026-03-01T09:30:00-05:00"),
    "a time in a list of one": ("[2026-03-01 09:30]", '["2026-03-01T09:30:00-05:00"]'),
    "a day": ("2026-03-01", "2026-03-01T00:00:00-05:00"),
    "a time with its offset": ("2026-03-01T14:30:00Z", "2026-03-01T14:30:00Z"),
    "unreadable": ("last week", "last week"),
}


@pytest.mark.parametrize(("written", "kept"), BOOKINGS.values(), ids=BOOKINGS)
def test_when_it_was_booked_stays_the_same_instant_in_another_zone(
    written: str, kept: str, make_vault: Maker
) -> None:
    zone = "timezone: America/New_York\n"
    root = vault_with(make_vault, "2026-03-20T10:00:00", f"{zone}created_at: {written}\n")
    (before,) = load(open_root(root, now=NOW.isoformat())).interviews
    assert f"created_at: {written}\n" in move(root, "2026-03-21 10:00"), "in its zone nothing need change"
    text = move(root, "2026-03-21 10:00 Asia/Tokyo")
    assert f"created_at: {kept}\n" in text
    (after,) = load(open_root(root, now=NOW.isoformat())).interviews
    assert after.created_at == before.created_at


def test_a_time_with_an_offset_becomes_wall_time_of_the_zone(make_vault: Maker) -> None:
    root = vault_with(make_vault, "2026-02-12T14:00:00Z", "timezone: Europe/Berlin\n")
    text = move(root, "fri 10:00")
    context = open_root(root, now=NOW.isoformat())
    (found,) = load(context).interviews
    assert found.starts.isoformat() == "2026-02-13T10:00:00+01:00", text


def test_the_second_of_two_equal_hours_can_be_meant(make_vault: Maker) -> None:
    root = vault_with(make_vault, more="timezone: Europe/Berlin\n")
    move(root, "2026-10-25T02:30:00+01:00")
    (found,) = load(open_root(root, now=NOW.isoformat())).interviews
    assert found.starts.isoformat() == "2026-10-25T02:30:00+01:00"


def test_a_day_without_an_hour_can_get_one(make_vault: Maker) -> None:
    root = vault_with(make_vault, "2026-02-12")
    text = move(root, "2026-02-12 00:00")
    assert "scheduled_at: 2026-02-12T00:00:00\n" in text
    assert "  - 2026-02-12\n" in text


def test_each_move_counts_the_revision_up(make_vault: Maker) -> None:
    root = vault_with(make_vault)
    assert "revision: 1 2026-02-09T09:00:00Z" in move(root, "2026-02-13 09:00")
    assert "revision: 2 2026-02-09T09:00:01Z" in move(root, "2026-02-14 09:00")


# status, prepared, notes ----------------------------------------------------------------------------------


def test_remarks_are_added_to_what_is_there(make_vault: Maker) -> None:
    root = vault_with(make_vault, more='feedback: "Good start"\n')
    context = open_root(root, now=NOW.isoformat())
    picked = pick_interview(load(context), "acme")
    done = change_status(context, picked, Status.COMPLETED, outcome=Outcome.ADVANCED, feedback="Good end")
    assert done.interview.feedback == "Good start; Good end"
    again = change_status(context, done.interview, Status.COMPLETED, feedback="Good end")
    assert not again.written


def test_a_property_that_is_kept_as_a_list_stays_one(make_vault: Maker) -> None:
    more = "status:\n  - scheduled\noutcome: [pending]\nfeedback:\n  - Good start\n"
    root = vault_with(make_vault, more=more)
    note = root / "Interviews" / "acme.md"
    text = move(root, "2026-02-13 09:00")
    assert "status:\n  - rescheduled\n" in text
    context = open_root(root, now=NOW.isoformat())
    picked = pick_interview(load(context), "acme")
    done = change_status(context, picked, Status.CONFIRMED, outcome=Outcome.ADVANCED, feedback="Good end")
    assert (done.interview.status, done.interview.outcome) == (Status.CONFIRMED, Outcome.ADVANCED)
    assert done.interview.feedback == "Good start; Good end"
    text = note.read_text(encoding="utf-8")
    assert "status:\n  - confirmed\noutcome: [advanced]\nfeedback:\n  - Good start; Good end\n" in text
    findings = load(context).findings
    assert {(finding.code, finding.severity) for finding in findings} >= {("property/type", Severity.WARNING)}
    assert not change_status(context, done.interview, Status.CONFIRMED).written


def test_a_tick_is_no_change_for_calendars(make_vault: Maker) -> None:
    root = vault_with(make_vault)
    context = open_root(root, now=NOW.isoformat())
    done = mark_prepared(context, pick_interview(load(context), "acme"))
    assert done.written
    text = (root / "Interviews" / "acme.md").read_text(encoding="utf-8")
    assert "preparation_complete: true\n" in text
    assert "revision" not in text


def test_a_note_that_moved_on_is_left_alone(make_vault: Maker) -> None:
    root = vault_with(make_vault)
    context = open_root(root, now=NOW.isoformat())
    picked = pick_interview(load(context), "acme")
    note = root / "Interviews" / "acme.md"
    note.write_bytes(note.read_bytes() + b"typed meanwhile\n")
    before = note.read_bytes()
    with pytest.raises(RefusedError, match="changed while it was read"):
        change_status(context, picked, Status.CONFIRMED)
    assert note.read_bytes() == before


def test_a_time_that_would_be_read_otherwise_is_not_written(make_vault: Maker) -> None:
    root = vault_with(make_vault)
    context = open_root(root, now=NOW.isoformat())
    before = (root / "Interviews" / "acme.md").read_bytes()
    edit = Edit("scheduled_at", "set", "2026-02-13T09:00:00")
    with pytest.raises(RefusedError, match="nothing was written"):
        change_note(context, pick_interview(load(context), "acme"), [edit], "test", shown=True, starts=NOW)
    assert (root / "Interviews" / "acme.md").read_bytes() == before


def test_only_the_touched_bytes_differ(make_vault: Maker) -> None:
    root = make_vault("")
    note = root / "Interviews" / "odd.md"
    note.parent.mkdir()
    raw = (
        b"\xef\xbb\xbf---\r\ncompany:   'Acme'  # who\r\nrole: \"Engineer\"\r\ninterview_type: Technical\r\n"
        b"scheduled_at: 2026-02-12 14:00\r\nstatus: scheduled # soon\r\ntags: [a,   b]\r\n---\r\n"
        b"body without end"
    )
    note.write_bytes(raw)
    context = open_root(root, now=NOW.isoformat())
    change_status(context, pick_interview(load(context), "odd"), Status.CONFIRMED)
    after = note.read_bytes()
    left = after.replace(b"status: confirmed # soon", b"status: scheduled # soon")
    lines = [line for line in left.split(b"\r\n") if not line.startswith(b"revision: ")]
    assert b"\r\n".join(lines) == raw


def test_notes_go_under_their_heading_and_nowhere_else(make_vault: Maker) -> None:
    root = vault_with(make_vault)
    context = open_root(root, now=NOW.isoformat())
    note = root / "Interviews" / "acme.md"
    note.write_bytes(note.read_bytes() + b"\n## Notes\n\nfirst\n\n## Later\n\nlast\n")
    add_notes(context, pick_interview(load(context), "acme"), "second", heading="Notes")
    assert note.read_bytes().endswith(b"\n## Notes\n\nfirst\n\nsecond\n\n## Later\n\nlast\n")


# On a terminal --------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_a_terminal_is_asked_for_what_is_missing(make_vault: Maker) -> None:
    root = make_vault("")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "prepvault", "--now", NOW.isoformat(), "schedule", "--role", "Engineer"]
    running = subprocess.Popen(
        command,
        cwd=root,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "dumb"},
    )
    os.close(theirs)
    os.write(ours, b"Acme\ntecnical\ntechnical\nwhenever\nfri 10:30\ny\n")
    out, _ = running.communicate(timeout=60)
    said = os.read(ours, 65536).decode()
    os.close(ours)
    assert running.returncode == 0, said
    assert out.decode().splitlines()[1] == "Interviews/2026-02-13 Acme Technical.md"
    assert "did you mean `technical`" in said
    assert "cannot be read as a time" in said
    assert "Fri 13 Feb 2026, 10:30 UTC?" in said


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_who_stops_at_a_question_is_told_that_nothing_was_written(make_vault: Maker) -> None:
    root = make_vault("")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "prepvault", "schedule", "--role", "Engineer"]
    running = subprocess.Popen(command, cwd=root, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    os.write(ours, b"Acme\n\x04")
    running.communicate(timeout=60)
    said = os.read(ours, 65536).decode()
    os.close(ours)
    assert (running.returncode, said.splitlines()[-1]) == (130, "stopped: nothing was written")
    assert not list(root.glob("Interviews/*"))


def test_a_day_without_an_hour_is_told(make_vault: Maker, run: Run) -> None:
    words = ("schedule", "--company", "Acme", "--role", "R", "--type", "panel", "--at")
    root = make_vault("")
    assert "no hour was given" in run(*words, "next tuesday", vault=root).err
    assert "no hour was given" not in run(*words, "next tuesday 9:00", vault=root).err


@pytest.mark.parametrize("typed", ["video", "VIDEO interview", "Video-Interview", "video call"])
def test_how_a_type_begins_is_enough(typed: str, make_vault: Maker, run: Run) -> None:
    words = ("schedule", "--company", "Acme", "--role", "R", "--at", "fri 10:30", "--type")
    ran = run(*words, typed, vault=make_vault(""))
    assert (ran.code, ran.err.splitlines()[0]) == (0, "Acme, R, video interview")


@pytest.mark.parametrize(
    ("typed", "said"), [("vid", "there is phone_screen"), ("fish", "there is phone_screen")]
)
def test_too_few_letters_or_other_ones_are_no_type(
    typed: str, said: str, make_vault: Maker, run: Run
) -> None:
    words = ("schedule", "--company", "Acme", "--role", "R", "--at", "fri 10:30", "--type")
    ran = run(*words, typed, vault=make_vault(""))
    assert (ran.code, said in ran.err) == (2, True), ran.err


def test_a_name_of_two_words_without_quotes_is_told_so(make_vault: Maker, run: Run) -> None:
    ran = run("show", "Berg", "GmbH", vault=make_vault(""))
    assert (ran.code, "put quotes around what has more than one word" in ran.err) == (2, True)


def test_without_a_terminal_nothing_is_asked(run: Run, make_vault: Maker) -> None:
    ran = run("schedule", "--company", "Acme", vault=make_vault(""))
    assert ran.code == 2
    assert "missing: --role, --type, --at" in ran.err


def test_two_zones_that_differ_are_a_question_not_a_choice(make_vault: Maker, run: Run) -> None:
    root = make_vault("=== Interviews/.keep\n")
    request = (
        "schedule",
        "--company",
        "Q",
        "--role",
        "R",
        "--type",
        "panel",
        "--timezone",
        "Asia/Tokyo",
        "--at",
    )
    ran = run(*request, "2026-05-09 12:00 Europe/Berlin", vault=root)
    assert ran.code == 2
    assert "Europe/Berlin" in ran.err
    assert "Asia/Tokyo" in ran.err
    assert not list(root.rglob("*.md"))
    assert run(*request, "2026-05-09T12:00:00+02:00", vault=root).code == 0


def test_what_lies_beyond_the_week_is_counted(make_vault: Maker, run: Run) -> None:
    root = vault_with(make_vault, "2026-03-12T14:00:00")
    near, far = run("upcoming", vault=root), run("upcoming", "--days", "60", vault=root)
    assert near.err.splitlines() == [
        "nothing in the next 7 days",
        "1 later than 7 days from now; `--days` looks further",
    ]
    assert (far.err, "Acme" in far.out) == ("", True)


def test_a_long_role_does_not_stretch_the_table(make_vault: Maker, run: Run) -> None:
    root = make_vault(
        "=== Interviews/a.md\n---\nid: int_a_1\ncompany: A\nrole: " + "long " * 900 + "\n"
        "interview_type: panel\nscheduled_at: 2026-03-01T10:00:00\n---\n"
    )
    ran = run("list", vault=root)
    assert max(map(len, ran.out.splitlines())) < 160
    assert "int_a_1" in ran.out


def test_a_remark_is_added_unless_the_very_same_stands_there(make_vault: Maker, run: Run) -> None:
    root = make_vault(
        "=== Interviews/a.md\n---\nid: int_a_1\ncompany: Acme\nrole: R\ninterview_type: panel\n"
        "scheduled_at: 2026-03-01T10:00:00\nnotes: looks at book\n---\n"
    )
    note = root / "Interviews" / "a.md"
    assert run("status", "acme", "confirmed", "--notes", "ok", vault=root).code == 0
    assert "notes: looks at book; ok\n" in note.read_text()
    assert run("status", "acme", "confirmed", "--notes", "ok", vault=root).code == 0
    assert "notes: looks at book; ok\n" in note.read_text()


def test_text_that_begins_with_a_dash_goes_behind_two(make_vault: Maker, run: Run) -> None:
    root = make_vault(
        "=== Interviews/a.md\n---\nid: int_a_1\ncompany: Acme\nrole: R\ninterview_type: panel\n"
        "scheduled_at: 2026-03-01T10:00:00\n---\n"
    )
    ran = run("notes", "acme", "- [ ] call them", vault=root)
    assert (ran.code, "put `--` before text" in ran.err) == (2, True)
    assert run("notes", "acme", "--", "- [ ] call them", vault=root).code == 0
    assert "\n- [ ] call them\n" in (root / "Interviews" / "a.md").read_text()
