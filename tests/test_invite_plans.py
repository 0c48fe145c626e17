"""What an import does with invites: new, changed, nothing, or asked; and never merged without an identity."""

from itertools import permutations
from pathlib import Path

import pytest

from prepvault.jobs.context import open_root
from prepvault.jobs.load import load
from prepvault.jobs.one_note import change_note
from prepvault.model.change import Edit
from prepvault.model.incoming import Incoming, Step, Verdict
from prepvault.model.interview import Interview, Status
from prepvault.parse.emit import emit_head
from prepvault.rules.invite_newest import keep_newest
from tests.conftest import Maker
from tests.invite_maker import calendar, event, plan, sample

SETTINGS = '=== prepvault.toml\n[vault]\ntimezone = "Europe/Berlin"\n'
NOW = "2026-02-25T09:00:00Z"


def write_new(root: Path, step: Step, name: str = "one") -> Interview:
    """Write the note of a new step, as the import does."""
    assert step.verdict is Verdict.NEW
    values = (("id", f"int_{name}"), *step.incoming.values)
    text = emit_head(values) + "\n" + step.incoming.body
    (root / "Interviews").mkdir(exist_ok=True)
    (root / "Interviews" / f"{name}.md").write_bytes(text.encode())
    return read_back(root, f"int_{name}")


def read_back(root: Path, identity: str = "int_one") -> Interview:
    vault = load(open_root(root, now=NOW))
    return next(each for each in vault.interviews if each.id == identity)


def apply(root: Path, step: Step) -> Interview:
    """Write a change, as the import does."""
    assert step.verdict is Verdict.CHANGE
    context = open_root(root, now=NOW)
    interview = next(each for each in load(context).interviews if each.id == step.target)
    return change_note(context, interview, step.edits, "import", shown=True).interview


def edit(root: Path, *edits: Edit) -> None:
    """Edit the note by hand."""
    change_note(open_root(root, now=NOW), read_back(root), edits, "test", shown=False)


def values(incoming: Incoming) -> dict[str, object]:
    return dict(incoming.values)


def invite(**given: str) -> bytes:
    """A version of one invite."""
    fixed = {"ORGANIZER": "mailto:dana.roe@acme.example", "LOCATION": "https://acme.zoom.us/j/1"}
    lines = event(**{**fixed, **given})
    return calendar([*lines, "ATTENDEE;CN=Dana Roe:mailto:dana.roe@acme.example"])


@pytest.fixture
def root(make_vault: Maker) -> Path:
    return make_vault(SETTINGS)


@pytest.fixture
def booked(root: Path) -> Path:
    """A vault with the note that an invite made."""
    (step,) = plan(root, invite())
    write_new(root, step)
    return root


@pytest.mark.parametrize(
    ("name", "company", "role", "kind", "people"),
    [
        ("google", "Kestrel", "Staff Engineer", "phone_screen", ["Dana Roe"]),
        ("outlook", "Lumen Rail", "Data Engineer", "technical", ["Ines Vogt"]),
        ("exchange", "Fernhill", "Senior Platform Engineer", "panel", ["Theo Lind"]),
        ("lever", "Harbor Analytics", "Engineering Manager", "behavioral", ["Ana Ruiz", "Ben Cho"]),
        ("ashby", "Tidewater AI", "Machine Learning Engineer", "technical", []),
    ],
)
def test_a_senders_invite_becomes_a_note_that_reads_back_as_it_said(
    root: Path, name: str, company: str, role: str, kind: str, people: list[str]
) -> None:
    (step,) = plan(root, sample(name))
    interview = write_new(root, step)
    assert (interview.company, interview.role, interview.type) == (company, role, kind)
    assert [each.name for each in interview.people] == people
    assert interview.starts.isoformat().startswith(str(values(step.incoming)["scheduled_at"]))
    assert (interview.invite_uid, interview.minutes) == (
        values(step.incoming)["invite_uid"],
        values(step.incoming)["duration_minutes"],
    )
    assert [word for word in ("company", "role", "type") if f"the {word} " in " ".join(step.incoming.remarks)]
    assert [each.verdict for each in plan(root, sample(name))] == [Verdict.SAME]


@pytest.mark.parametrize(
    ("name", "missing"), [("apple", "--role"), ("calendly", "--role"), ("zoom", "--company")]
)
def test_what_an_invite_does_not_tell_is_asked_for_and_taken_when_told(
    root: Path, name: str, missing: str
) -> None:
    (step,) = plan(root, sample(name))
    assert step.verdict is Verdict.ASK
    assert f"`{missing}`" in step.why
    told = {"company": "Acme", "role": "Engineer", "type": "panel"}
    (step,) = plan(root, sample(name), told=told)
    assert step.verdict is Verdict.NEW
    assert [values(step.incoming)[key] for key in ("company", "role", "interview_type")] == [
        "Acme",
        "Engineer",
        "panel",
    ]


def test_other_events_of_a_calendar_are_held_back(root: Path) -> None:
    events = [
        event(SUMMARY="Dentist", UID="a", LOCATION="1 Main St"),
        event(SUMMARY="Coffee with Kim", UID="b"),
    ]
    assert [each.verdict for each in plan(root, calendar(*events))] == [Verdict.HELD, Verdict.HELD]
    (step,) = plan(root, calendar(event(SUMMARY="Coffee", DESCRIPTION="About your application")))
    assert step.verdict is Verdict.ASK


def test_two_versions_without_a_stamp_are_told_apart_by_what_they_say(root: Path) -> None:
    (step,) = plan(root, calendar(event(DTSTAMP="")))
    write_new(root, step)
    assert [each.verdict for each in plan(root, calendar(event(DTSTAMP="")))] == [Verdict.SAME]
    (moved,) = plan(root, calendar(event(DTSTAMP="", DTSTART="20260311T150000Z", DTEND="20260311T160000Z")))
    assert moved.verdict is Verdict.CHANGE


def test_two_parts_of_a_day_from_a_recruiting_program_are_two_notes_of_one_company(root: Path) -> None:
    steps = plan(root, sample("greenhouse"))
    assert [each.verdict for each in steps] == [Verdict.NEW, Verdict.NEW]
    assert {values(each.incoming)["company"] for each in steps} == {"Civic Data Office"}
    assert {values(each.incoming)["role"] for each in steps} == {"Backend Engineer"}
    assert all("interviewer" not in values(each.incoming) for each in steps)


def test_a_company_of_the_vault_is_known_by_address_or_name_and_brings_its_role(
    make_vault: Maker,
) -> None:
    root = make_vault(
        SETTINGS + "=== Companies/Kestrel Health.md\n---\nwebsite: https://www.kestrel.example\n---\n"
        "=== Interviews/a.md\n---\nid: int_a\ncompany: Kestrel Health\n"
        "role: Senior Staff Engineer, Platform\ninterview_type: phone_screen\n"
        "scheduled_at: 2026-01-10T10:00:00\n---\n"
    )
    (step,) = plan(root, sample("google"))
    assert values(step.incoming)["company"] == "Kestrel Health"
    assert not any("company" in remark for remark in step.incoming.remarks)
    named = calendar(event(SUMMARY="Panel with Kestrel Health"))
    (step,) = plan(root, named)
    assert values(step.incoming)["role"] == "Senior Staff Engineer, Platform"
    assert any("other interviews" in remark for remark in step.incoming.remarks)


def test_a_zone_that_cannot_be_known_is_asked_for(root: Path) -> None:
    lines = [*event(DTSTART="", DTEND=""), "DTSTART;TZID=Customized Time Zone:20260310T140000"]
    (step,) = plan(root, calendar(lines))
    assert step.verdict is Verdict.ASK
    assert "Customized Time Zone" in step.why
    assert "--timezone" in step.why
    (step,) = plan(root, calendar(lines), timezone="America/New_York")
    assert step.verdict is Verdict.NEW
    assert values(step.incoming)["timezone"] == "America/New_York"


def test_a_newer_version_moves_the_interview_as_reschedule_does(booked: Path) -> None:
    update = invite(SEQUENCE="1", DTSTART="20260311T150000Z", DTEND="20260311T153000Z")
    (step,) = plan(booked, update)
    moved = apply(booked, step)
    assert moved.starts.isoformat() == "2026-03-11T16:00:00+01:00"
    assert moved.minutes == 30
    assert moved.rescheduled_from == ("2026-03-10T14:00:00",)
    assert moved.status is Status.RESCHEDULED
    assert moved.revision is not None
    assert [each.verdict for each in plan(booked, update)] == [Verdict.SAME]


def test_an_older_version_and_one_of_the_same_age_change_nothing(booked: Path) -> None:
    (step,) = plan(booked, invite(SEQUENCE="2", DTSTART="20260311T150000Z", DTEND="20260311T160000Z"))
    apply(booked, step)
    (late,) = plan(booked, invite(SEQUENCE="1", DTSTART="20260312T150000Z", DTEND="20260312T160000Z"))
    assert (late.verdict, late.why) == (Verdict.SAME, "the note has a newer version")
    (newer,) = plan(
        booked, invite(SEQUENCE="2", DTSTAMP="20260211T080000Z", LOCATION="https://acme.zoom.us/j/2")
    )
    assert newer.verdict is Verdict.CHANGE


def test_a_version_in_another_zone_keeps_the_old_times_exact(booked: Path) -> None:
    lines = [
        *event(DTSTART="", DTEND="", SEQUENCE="3", ORGANIZER="mailto:dana.roe@acme.example"),
        "DTSTART;TZID=America/New_York:20260311T110000",
        "DURATION:PT1H",
    ]
    (step,) = plan(booked, calendar(lines))
    before = read_back(booked).created_at
    moved = apply(booked, step)
    assert (moved.zone, moved.starts.isoformat()) == ("America/New_York", "2026-03-11T11:00:00-04:00")
    assert moved.rescheduled_from == ("2026-03-10T14:00:00+01:00",)
    assert moved.created_at == before


def test_a_version_in_utc_is_told_in_the_zone_of_the_note(booked: Path) -> None:
    edit(
        booked,
        Edit("scheduled_at", "set", "2026-03-10T09:00:00"),
        Edit("timezone", "set", "America/New_York"),
    )
    (step,) = plan(booked, invite(SEQUENCE="1", DTSTART="20260311T150000Z", DTEND="20260311T160000Z"))
    moved = apply(booked, step)
    assert (moved.zone, moved.starts.isoformat()) == ("America/New_York", "2026-03-11T11:00:00-04:00")


def test_what_was_edited_by_hand_stays_where_the_invite_did_not_change_it(booked: Path) -> None:
    edit(booked, Edit("location", "set", "Room 7"), Edit("interviewer", "set", ("Ann Poe",)))
    update = invite(SEQUENCE="1", DTSTART="20260311T150000Z", DTEND="20260311T160000Z")
    (step,) = plan(booked, update)
    moved = apply(booked, step)
    assert (moved.venue.text, [each.name for each in moved.people]) == ("Room 7", ["Ann Poe"])
    assert moved.starts.isoformat() == "2026-03-11T16:00:00+01:00"
    edit(booked, Edit("scheduled_at", "set", "2026-03-12T10:00:00"))
    elsewhere = invite(
        SEQUENCE="2",
        DTSTART="20260311T150000Z",
        DTEND="20260311T160000Z",
        LOCATION="https://acme.zoom.us/j/3",
    )
    (step,) = plan(booked, elsewhere)
    assert step.verdict is Verdict.CHANGE
    assert {each.name for each in step.edits} == {"invite_uid", "invite_version"}
    told = " ".join(step.incoming.remarks)
    assert "you moved it yourself" in told
    assert "your place stays" in told


def test_a_time_that_both_changed_is_asked_about_and_settled_by_the_answer(booked: Path) -> None:
    edit(booked, Edit("scheduled_at", "set", "2026-03-12T10:00:00"))
    (step,) = plan(booked, invite(SEQUENCE="1", DTSTART="20260311T150000Z", DTEND="20260311T160000Z"))
    assert (step.verdict, step.choices) == (Verdict.ASK, ("int_one",))
    assert step.answered("new") is None
    settled = step.answered("int_one")
    assert settled is not None
    moved = apply(booked, settled)
    assert moved.starts.isoformat() == "2026-03-11T16:00:00+01:00"
    assert moved.rescheduled_from == ("2026-03-12T10:00:00",)


def test_a_cancelled_invite_cancels_its_note_and_only_a_person_revives_it(booked: Path) -> None:
    (step,) = plan(booked, calendar(event(SEQUENCE="1"), head=("METHOD:CANCEL",)))
    assert apply(booked, step).status is Status.CANCELLED
    (again,) = plan(booked, calendar(event(SEQUENCE="2"), head=("METHOD:CANCEL",)))
    assert again.verdict is Verdict.SAME
    (revived,) = plan(booked, invite(SEQUENCE="3"))
    assert (revived.verdict, revived.choices) == (Verdict.ASK, ("int_one",))
    settled = revived.answered("int_one")
    assert settled is not None
    assert apply(booked, settled).status is Status.SCHEDULED


def test_a_completed_interview_is_left_alone(booked: Path) -> None:
    edit(booked, Edit("status", "set", "completed"))
    for data in (
        invite(SEQUENCE="1", DTSTART="20260311T150000Z"),
        calendar(event(SEQUENCE="1", STATUS="CANCELLED")),
    ):
        (step,) = plan(booked, data)
        assert (step.verdict, step.edits) == (Verdict.SAME, ())


def test_versions_in_any_order_and_in_one_file_end_with_the_newest(root: Path) -> None:
    request, update = (
        event(SEQUENCE="0"),
        event(SEQUENCE="1", DTSTART="20260311T150000Z", DTEND="20260311T160000Z"),
    )
    gone = event(SEQUENCE="2", STATUS="CANCELLED")
    for order in ([request, update], [update, request]):
        steps = plan(root, calendar(*order))
        taken = [each for each in steps if each.verdict is Verdict.NEW]
        assert [values(each.incoming)["scheduled_at"] for each in taken] == ["2026-03-11T16:00:00"]
        assert [each.verdict for each in steps if each not in taken] == [Verdict.SAME]
    verdicts = [each.verdict for each in plan(root, calendar(gone, request, update))]
    assert verdicts == [Verdict.HELD, Verdict.SAME, Verdict.SAME]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_versions_that_come_one_after_another_in_any_order_end_with_the_newest(
    root: Path, order: tuple[int, ...]
) -> None:
    versions = (
        invite(SEQUENCE="0", LOCATION="https://acme.zoom.us/j/1"),
        invite(SEQUENCE="1", DTSTART="20260311T150000Z", DTEND="20260311T153000Z", LOCATION="Room 1"),
        invite(
            SEQUENCE="1", DTSTAMP="20260211T080000Z", DTSTART="20260312T150000Z", DTEND="20260312T160000Z"
        ),
    )
    for number, chosen in enumerate(order):
        (step,) = plan(root, versions[chosen])
        if number == 0:
            write_new(root, step)
        elif step.verdict is Verdict.CHANGE:
            apply(root, step)
    found = read_back(root)
    assert found.starts.isoformat() == "2026-03-12T16:00:00+01:00"
    assert (found.minutes, found.venue.text) == (60, "https://acme.zoom.us/j/1")
    assert [plan(root, each)[0].verdict for each in versions] == [Verdict.SAME] * 3


def test_versions_in_several_files_end_with_the_newest(root: Path) -> None:
    first = plan(root, calendar(event(SEQUENCE="1", DTSTART="20260311T150000Z", DTEND="")))
    second = plan(root, calendar(event(SEQUENCE="0")))
    kept = keep_newest([*first, *second])
    assert [each.verdict for each in kept] == [Verdict.NEW, Verdict.SAME]


def test_a_new_uid_near_an_interview_there_is_asked_about_never_merged(make_vault: Maker) -> None:
    note = (
        "=== Interviews/{n}.md\n---\nid: int_{n}\ncompany: {company}\nrole: Backend Engineer\n"
        "interview_type: phone_screen\nscheduled_at: {at}\n{more}---\n"
    )
    near = {"n": "near", "company": "ACME", "at": "2026-03-08T14:00:00", "more": ""}
    far = {"n": "far", "company": "Acme", "at": "2026-04-20T14:00:00", "more": ""}
    over = {"n": "over", "company": "Acme", "at": "2026-03-09T14:00:00", "more": "status: completed\n"}
    other = {
        "n": "other",
        "company": "Acme Robotics GmbH",
        "at": "2026-03-12T14:00:00",
        "more": "recruiter: Kim Doe <kim@acme.example>\n",
    }
    root = make_vault(SETTINGS + "".join(note.format(**each) for each in (near, far, over, other)))
    lines = event(SUMMARY="Phone screen at Acme - Backend Engineer", ORGANIZER="mailto:dana.roe@acme.example")
    (step,) = plan(root, calendar(lines), told={"company": "Acme"})
    assert step.verdict is Verdict.ASK
    assert step.choices == ("int_near", "int_other")
    new, merged = step.answered("new"), step.answered("int_near")
    assert new is not None
    assert new.verdict is Verdict.NEW
    assert merged is not None
    moved = apply(root, merged)
    assert moved.starts.isoformat() == "2026-03-10T14:00:00+01:00"
    assert moved.invite_uid == "one@acme.example"
    assert (root / "Interviews" / "other.md").read_text(encoding="utf-8").count("invite_uid") == 0
    assert step.answered("int_far") is None


def test_a_new_invite_beside_a_version_of_the_known_one_is_another_interview(booked: Path) -> None:
    known, other = event(SEQUENCE="1"), event(UID="two@acme.example", DTSTART="20260311T130000Z", DTEND="")
    assert [each.verdict for each in plan(booked, calendar(known, other))] == [Verdict.CHANGE, Verdict.NEW]
    assert [each.verdict for each in plan(booked, calendar(other))] == [Verdict.ASK]


def test_who_arranges_it_is_told_apart_from_who_asks(root: Path) -> None:
    (outside,), (among,) = plan(root, sample("exchange")), plan(root, sample("google"))
    assert values(outside.incoming)["recruiter"] == "Priya Nair <priya.nair@fernhill.example>"
    assert "recruiter" not in values(among.incoming)


def test_a_cancelled_invite_of_an_interview_written_by_hand_is_asked_about(make_vault: Maker) -> None:
    root = make_vault(
        SETTINGS + "=== Interviews/a.md\n---\nid: int_a\ncompany: Acme\nrole: Backend Engineer\n"
        "interview_type: phone_screen\nscheduled_at: 2026-03-10T14:00:00\n---\n"
    )
    (step,) = plan(root, calendar(event(), head=("METHOD:CANCEL",)))
    assert (step.verdict, step.choices) == (Verdict.ASK, ("int_a",))
    settled = step.answered("int_a")
    assert settled is not None
    assert apply(root, settled).status is Status.CANCELLED
    (elsewhere,) = plan(root, calendar(event(SUMMARY="Lunch", UID="x"), head=("METHOD:CANCEL",)))
    assert elsewhere.verdict is Verdict.HELD


def test_each_date_of_a_series_is_a_question_and_one_cancel_ends_all_its_notes(root: Path) -> None:
    series = [*event(RRULE="FREQ=WEEKLY;COUNT=3"), "ORGANIZER:mailto:dana.roe@acme.example"]
    steps = plan(root, calendar(series))
    assert [each.verdict for each in steps] == [Verdict.ASK] * 3
    for number, step in enumerate(steps[:2]):
        new = step.answered("new")
        assert new is not None
        write_new(root, new, f"n{number}")
    assert read_back(root, "int_n1").invite_uid == "one@acme.example 20260317T130000Z"
    again = plan(root, calendar(series))
    assert [each.verdict for each in again] == [Verdict.SAME, Verdict.SAME, Verdict.ASK]
    gone = plan(root, calendar(event(SEQUENCE="1"), head=("METHOD:CANCEL",)))
    assert [(each.verdict, each.target) for each in gone] == [
        (Verdict.CHANGE, "int_n0"),
        (Verdict.CHANGE, "int_n1"),
    ]


def test_who_is_oneself_is_known_by_the_settings_or_told_to_be_unclear(make_vault: Maker) -> None:
    lines = [
        *event(ORGANIZER="mailto:lead@acme.example"),
        "ATTENDEE;CN=Sam Field;PARTSTAT=ACCEPTED:mailto:sam@field.example",
        "ATTENDEE;CN=Ann Poe:mailto:ann@agency.example",
    ]
    root = make_vault(SETTINGS)
    (step,) = plan(root, calendar(lines))
    assert len(values(step.incoming)["interviewer"]) == 2  # type: ignore[arg-type]
    assert "`[profile] email`" in " ".join(step.incoming.remarks)
    settings = f'{SETTINGS}[profile]\nemail = "SAM@field.example"\n'
    (step,) = plan(make_vault(settings), calendar(lines))
    assert values(step.incoming)["interviewer"] == ("Ann Poe <ann@agency.example>",)
    assert values(step.incoming)["recruiter"] == "lead <lead@acme.example>"
    assert values(step.incoming)["status"] == "confirmed"


def test_a_place_and_a_link_both_stay_the_link_in_the_text(root: Path) -> None:
    lines = event(LOCATION="12 Main Street\\, Springfield", DESCRIPTION="Or join https://acme.zoom.us/j/99")
    (step,) = plan(root, calendar(lines))
    assert values(step.incoming)["location"] == "12 Main Street, Springfield"
    assert "https://acme.zoom.us/j/99" in step.incoming.body
    assert "it names a place and a link" in " ".join(step.incoming.remarks)


def test_a_room_beside_a_meeting_service_is_told(root: Path) -> None:
    link = "https://acme.zoom.us/j/99"
    for place, is_told in (("Microsoft Teams Meeting", False), ("Room B on floor 2, or Zoom", True)):
        (step,) = plan(root, calendar(event(LOCATION=place.replace(",", "\\,"), DESCRIPTION=f"Join: {link}")))
        assert values(step.incoming)["location"] == link
        assert any(place in remark for remark in step.incoming.remarks) == is_told


def test_what_weakens_an_invite_is_told(root: Path) -> None:
    lines = [
        *event(STATUS="TENTATIVE", ORGANIZER="mailto:lead@acme.example"),
        "ATTENDEE;CN=Sam Field;PARTSTAT=DECLINED:mailto:sam@field.example",
    ]
    (step,) = plan(root, calendar(lines), now="2026-03-11T09:00:00Z")
    told = " ".join(step.incoming.remarks)
    assert [word for word in ("tentative", "declined", "past") if word not in told] == []
    assert values(step.incoming)["status"] == "scheduled"


HOSTILE = {
    "template": "<% tp.file.delete() %>",
    "marker": "<!-- prepvault:begin checklist v1 -->\\n%% prepvault:end checklist %%",
    "html": "<img src=x onerror=alert(1)><script>alert(1)</script><b>bold</b>",
    "fence": "```\\n````\\n# Heading\\n---\\nid: int_evil\\n---",
    "link": "[[Secret]] ![[Secret]] [x](javascript:alert(1)) obsidian://open?vault=x",
    "control": "a\\nb\x1b]52;c;aGk=\x07\x00\x9b31m\u202eevil\u2028next",
    "head": "x\\nstatus: completed\\npublish: false",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_kept_as_text_in_every_field(root: Path, text: str) -> None:
    lines = [
        *event(
            SUMMARY=f"Panel - Engineer at Acme {text}", DESCRIPTION=text, LOCATION=text, UID=text, URL=text
        ),
        f'ORGANIZER;CN="{text}":mailto:evil@acme.example',
        f'ATTENDEE;CN="{text}":mailto:a@acme.example',
        f"COMMENT:{text}",
        f"ATTACH:{text}",
    ]
    (step,) = plan(root, calendar(lines), told={"company": "Acme", "role": "Engineer", "type": "panel"})
    interview = write_new(root, step)
    note = (root / interview.path).read_text(encoding="utf-8")
    assert (interview.id, interview.status, interview.publish) == ("int_one", Status.SCHEDULED, True)
    body = note.split("\n---\n", 1)[1]
    assert not [sign for sign in ("<!--", "-->", "%%") if sign in body]
    for sign in ("<%", "<script", "<img", "\x1b", "\x07", "\x00", "\x9b", "\u202e", "\u2028"):
        assert sign not in note
    assert interview.invite_uid == values(step.incoming)["invite_uid"]
    fence = note.split("### Invite\n\n")[1].split("text\n")[0]
    assert note.count(f"\n{fence}\n") == 1
    assert [each.verdict for each in plan(root, calendar(lines), told={"company": "Acme"})] == [Verdict.SAME]
