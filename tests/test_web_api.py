"""The API: the original's paths and fields, answered from the notes as they are now."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from prepvault.jobs.context import Context
from prepvault.jobs.write import WriteReport, apply_changes
from prepvault.model.change import Change
from tests.conftest import Maker
from tests.serving import Stand, serving

VAULT = """
=== Interviews/acme.md
---
id: int_acme_1
job_id: job_acme
company: Acme
role: Backend Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
interviewer: Dana Roe
status: scheduled # mine
---

My own words.
=== Interviews/beta.md
---
id: "Über Firma 1"
company: Beta
role: Data Engineer
interview_type: phone_screen
scheduled_at: 2026-01-20T10:00:00
status: completed
outcome: rejected
---
=== Interviews/gamma.md
---
id: int_gamma_1
company: Gamma
role: Engineer
interview_type: on_site
scheduled_at: 2026-03-30T10:00:00
status: confirmed
---
=== Interviews/hidden.md
---
id: int_hidden_1
company: Hidden
role: Engineer
interview_type: panel
scheduled_at: 2026-02-13T10:00:00
publish: false
---
=== Stories/a.md
---
type: story
id: story_a
title: A story
primary: conflict
---
## Situation
It was late.
"""

STRIPE = {
    "job_id": "job_stripe_backend_001",
    "company": "Stripe",
    "role": "Senior Backend Engineer",
    "interview_type": "technical",
    "scheduled_at": "2026-02-20T14:00:00",
    "interviewer": "Sarah Chen",
    "location": "Zoom: https://zoom.us/j/12345",
    "notes": "Focus on system design, expect 2 hours",
}
"""The first usage example of the original system, at a day that lies ahead of the tests' moment."""

ORIGINAL = {
    *(
        "id",
        "job_id",
        "company",
        "role",
        "interview_type",
        "scheduled_at",
        "interviewer",
        "location",
        "status",
    ),
    *("notes", "created_at", "reminders_sent", "feedback", "preparation_complete"),
}


@pytest.fixture
def stand(make_vault: Maker) -> Iterator[Stand]:
    with serving(make_vault(VAULT)) as made:
        yield made


def ids(answer: Any) -> list[str]:
    return [each["id"] for each in answer.json["interviews"]]


def test_the_list_has_all_interviews_and_names_those_ahead(stand: Stand) -> None:
    answer = stand.ask("GET", "/api/interviews")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert ids(answer) == ["Über Firma 1", "int_acme_1", "int_gamma_1"]
    assert answer.json["upcoming"] == ["int_acme_1", "int_gamma_1"]
    assert (answer.json["total"], answer.json["next"]) == (3, None)
    assert set(answer.json["interviews"][0]) >= ORIGINAL


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=confirmed", ["int_gamma_1"]),
        ("status=confirmed&status=scheduled", ["int_acme_1", "int_gamma_1"]),
        ("type=technical", ["int_acme_1"]),
        ("company=BET", ["Über Firma 1"]),
        ("outcome=rejected", ["Über Firma 1"]),
        ("since=2026-02-12", ["int_acme_1", "int_gamma_1"]),
        ("until=2026-02-11", ["Über Firma 1"]),
        ("days=7", ["int_acme_1"]),
        ("days=60&type=on_site", ["int_gamma_1"]),
        ("company=Hidden", []),
    ],
)
def test_filters(stand: Stand, query: str, found: list[str]) -> None:
    assert ids(stand.ask("GET", f"/api/interviews?{query}")) == found


def test_a_long_list_comes_in_parts(stand: Stand) -> None:
    first = stand.ask("GET", "/api/interviews?limit=2")
    assert (len(ids(first)), first.json["total"], first.json["next"]) == (2, 3, 2)
    rest = stand.ask("GET", f"/api/interviews?limit=2&offset={first.json['next']}")
    assert (ids(rest), rest.json["next"]) == (["int_gamma_1"], None)


def test_what_is_answered_is_what_the_site_has_as_files_and_more(stand: Stand) -> None:
    stand.rebuild()
    for path, name in (
        ("interviews", "interviews"),
        ("interviews/stats", "interviews/stats"),
        ("interviews/email-template", "interviews/email-template"),
        ("interviews/int_acme_1", "interviews/int_acme_1"),
        ("interviews/int_acme_1/prep-materials", "interviews/int_acme_1/prep-materials"),
    ):
        file = json.loads((stand.served.folder / f"api/{name}.json").read_bytes())
        answer = stand.ask("GET", f"/api/{path}").json
        for field, value in file.items():
            told = answer[field]
            if isinstance(value, dict):
                told = {name: told[name] for name in value}
            assert told == value, field


def test_an_interview_is_found_by_its_id_and_by_the_name_of_its_page(stand: Stand) -> None:
    stand.rebuild()
    page = next(path.stem for path in (stand.served.folder / "interviews").glob("*ber-firma*.html"))
    by_page = stand.ask("GET", f"/api/interviews/{page}").json
    by_id = stand.ask("GET", "/api/interviews/%C3%9Cber%20Firma%201").json
    assert by_page == by_id
    assert by_id["id"] == "Über Firma 1"
    assert stand.ask("GET", "/api/interviews/int_hidden_1").status == 404


def test_answers_are_of_now_and_not_of_the_build(stand: Stand) -> None:
    assert stand.ask("GET", "/api/interviews/int_acme_1").json["role"] == "Backend Engineer"
    note = stand.root / "Interviews/acme.md"
    note.write_text(note.read_text().replace("Backend Engineer", "Platform Engineer"))
    assert stand.ask("GET", "/api/interviews/int_acme_1").json["role"] == "Platform Engineer"
    note.unlink()
    assert stand.ask("GET", "/api/interviews/int_acme_1").status == 404


def test_the_original_schedules_an_interview(stand: Stand) -> None:
    answer = stand.ask("POST", "/api/interviews", STRIPE)
    assert answer.status == 201
    told = answer.json
    assert told["interview_id"].startswith("int_job_stripe_backend_001_")
    assert {
        name: told[name] for name in ("success", "company", "role", "scheduled_at", "reminders_scheduled")
    } == {
        "success": True,
        "company": "Stripe",
        "role": "Senior Backend Engineer",
        "scheduled_at": "2026-02-20T14:00:00",
        "reminders_scheduled": 3,
    }
    assert told["message"] == "Interview scheduled for Stripe - Senior Backend Engineer"
    record = told["interview"]
    assert (record["interviewer"], record["status"]) == ("Sarah Chen", "scheduled")
    note = (stand.root / record["note"]).read_text()
    assert note.endswith("## Notes\n\nFocus on system design, expect 2 hours\n")
    assert stand.wrote == [record["note"]]
    assert told["interview_id"] in ids(stand.ask("GET", "/api/interviews?days=14"))


def test_the_form_schedules_with_every_property(stand: Stand) -> None:
    body = {
        **STRIPE,
        "timezone": "America/New_York",
        "duration_minutes": 45,
        "interviewer": ["Dana Roe (CTO)", "Sam Ota"],
        "round": 2,
        "notes": "# A heading\n\n- and `code`\n",
    }
    record = stand.ask("POST", "/api/interviews", body).json["interview"]
    assert (record["timezone"], record["duration_minutes"], record["round"]) == ("America/New_York", 45, 2)
    assert [each["name"] for each in record["people"]] == ["Dana Roe", "Sam Ota"]
    assert record["starts_at"] == "2026-02-20T19:00:00Z"
    day = stand.ask("POST", "/api/interviews", {**STRIPE, "scheduled_at": "2026-02-21"}).json["interview"]
    assert (day["all_day"], day["scheduled_at"]) == (True, "2026-02-21")


def test_an_interview_is_not_scheduled_twice(stand: Stand) -> None:
    assert stand.ask("POST", "/api/interviews", STRIPE).status == 201
    again = stand.ask("POST", "/api/interviews", STRIPE)
    assert again.status == 409
    assert "scheduled already" in again.json["error"]
    assert len(stand.wrote) == 1


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"scheduled_at": "2026-02-31"}, "scheduled_at", "no day 31"),
        ({"scheduled_at": "tomorrow"}, "scheduled_at", "should be like"),
        ({"timezone": "Mars/Base"}, "timezone", "Mars/Base"),
        ({"company": " "}, "company", "empty"),
        ({"role": None}, "role", "string"),
        ({"interview_type": "quiz"}, "interview_type", "phone_screen"),
        ({"duration_minutes": True}, "duration_minutes", "integer"),
        ({"duration_minutes": 0}, "duration_minutes", "greater"),
        ({"round": 1.5}, "round", "integer"),
        ({"status": "completed"}, "status", "not known"),
        ({"notes": "<!-- prepvault:begin x -->"}, "notes", "marker"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(stand: Stand, more: Any, field: str, words: str) -> None:
    answer = stand.ask("POST", "/api/interviews", {**STRIPE, **more})
    assert answer.status == 422
    assert answer.json["success"] is False
    assert {name for name, _ in answer.json["problems"]} == {field}
    assert words in answer.json["problems"][0][1]
    assert stand.wrote == []


def test_a_status_is_spliced_into_the_note_and_can_be_undone(stand: Stand, run: Any) -> None:
    note = stand.root / "Interviews/acme.md"
    before = note.read_bytes()
    said = {"status": "completed", "outcome": "advanced", "feedback": "Warm."}
    answer = stand.ask("POST", "/api/interviews/int_acme_1/status", said)
    assert answer.status == 200
    assert answer.json["interview"]["status"] == "completed"
    assert answer.json["changes"] == said
    assert b"status: completed # mine" in note.read_bytes()
    assert note.read_bytes().endswith(b"\nMy own words.")
    run("undo", vault=stand.root)
    assert note.read_bytes() == before


def test_a_status_is_changed_only_in_the_note_that_was_seen(stand: Stand) -> None:
    seen = stand.ask("GET", "/api/interviews/int_acme_1")
    note = stand.root / "Interviews/acme.md"
    note.write_text(note.read_text() + "And more.\n")
    for version in (seen.headers["etag"], f'"{seen.json["version"]}"'):
        answer = stand.ask(
            "POST", "/api/interviews/int_acme_1/status", {"status": "confirmed"}, {"If-Match": version}
        )
        assert answer.status == 409
        assert "has changed since you read it" in answer.json["error"]
    now = stand.ask("GET", "/api/interviews/int_acme_1").headers["etag"]
    versions: tuple[str | None, ...] = (now, "*", None)
    for each in versions:
        answer = stand.ask(
            "POST", "/api/interviews/int_acme_1/status", {"status": "confirmed"}, {"If-Match": each}
        )
        assert answer.status == 200


def test_what_was_seen_already_is_not_sent_again(stand: Stand) -> None:
    for path in ("/api/interviews", "/api/interviews/int_acme_1", "/api/materials?type=panel"):
        tag = stand.ask("GET", path).headers["etag"]
        again = stand.ask("GET", path, headers={"If-None-Match": f'"other", W/{tag}'})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert stand.ask("GET", path, headers={"If-None-Match": '"other"'}).status == 200
    head = stand.ask("HEAD", "/api/interviews")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) > 100


def test_materials_have_the_fields_of_the_original(stand: Stand) -> None:
    answer = stand.ask("GET", "/api/materials?type=technical&role=Backend+Engineer&family=backend_engineer")
    fields = ("star_method", "common_questions", "prep_checklist", "interview_tips", "strength_weaknesses")
    assert all(answer.json[name] for name in (*fields, "questions_to_ask"))
    assert set(answer.json["star_method"]) >= {"framework", "example", "timing"}
    assert len(answer.json["questions_to_ask"]) >= 15
    assert answer.json["role_family"] == "backend"


def test_a_mail_is_a_template_or_a_draft(stand: Stand) -> None:
    path = "/api/interviews/email-template"
    assert len(stand.ask("GET", path).json["templates"]) >= 4
    blank = stand.ask("GET", f"{path}?kind=thank_you").json
    assert "[company]" in blank["subject"]
    draft = stand.ask("GET", f"{path}?kind=thank-you&interview=int_acme_1&points=System+design").json
    assert draft["success"] is True
    assert draft["subject"] == "Thank You – Acme Interview"
    assert draft["body"].startswith("Dear Dana,")
    assert "System design" in draft["body"]
    assert "nothing was sent" in draft["note"]
    assert stand.ask("GET", f"{path}?interview=int_acme_1").json["problems"] == [["kind", "is missing"]]
    assert stand.ask("GET", f"{path}?kind=nonsense").json["problems"][0][0] == "kind"
    assert stand.ask("GET", f"{path}?kind=thank_you&interview=none").status == 404


def test_reminders_findings_and_stories(stand: Stand) -> None:
    reminders = stand.ask("GET", "/api/reminders?days=7").json
    assert {each["interview"] for each in reminders["reminders"]} >= {"int_acme_1"}
    note = stand.root / "Interviews/acme.md"
    note.write_text(note.read_text().replace("technical", "quiz"))
    findings = stand.ask("GET", "/api/findings").json
    assert any(each["path"] == "Interviews/acme.md" for each in findings["findings"])
    assert "Hidden" not in json.dumps(findings)
    stories = stand.ask("GET", "/api/stories").json
    assert [each["id"] for each in stories["stories"]] == ["story_a"]


def test_a_fault_of_the_disk_names_no_place_of_this_machine(
    stand: Stand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PREPVAULT_STATE_DIR", str(tmp_path / "file"))
    answer = stand.ask("POST", "/api/interviews", STRIPE)
    assert answer.status == 500
    assert "a place on this machine" in answer.json["error"]
    assert str(tmp_path) not in answer.body.decode()


def test_a_bug_of_ours_is_told_without_its_trace(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr("prepvault.jobs.desk.Desk.look", fail)
    answer = stand.ask("GET", "/api/interviews")
    assert (answer.status, answer.json["success"]) == (500, False)
    assert b"secret words" not in answer.body
    assert "content-security-policy" in answer.headers


def test_two_who_schedule_the_same_at_once_get_one_note(stand: Stand) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: stand.ask("POST", "/api/interviews", STRIPE).status, range(8)))
    assert sorted(answers) == [201, *[409] * 7]
    assert len(list((stand.root / "Interviews").glob("*Stripe*"))) == 1


def test_a_note_that_someone_saved_at_the_same_moment_is_a_conflict(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = stand.root / "Interviews/acme.md"

    def apply(context: Context, changes: Sequence[Change]) -> WriteReport:
        note.write_bytes(note.read_bytes() + b"Theirs.\n")
        return apply_changes(context, changes)

    monkeypatch.setattr("prepvault.jobs.one_note.apply_changes", apply)
    answer = stand.ask("POST", "/api/interviews/int_acme_1/status", {"status": "completed"})
    assert answer.status == 409
    assert note.read_bytes().endswith(b"Theirs.\n")
    assert b"completed" not in note.read_bytes()
