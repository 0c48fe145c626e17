"""The tools that an assistant has: the original's calls as its document shows them, and what they lacked."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp_types import PromptReference, ResourceTemplateReference

from prepvault.jobs.context import open_context
from prepvault.jobs.load import load
from prepvault.jobs.undo import list_writes
from prepvault.mcp_server.desk import Mode
from prepvault.mcp_server.server import make_server
from prepvault.model.card import Library
from prepvault.model.coaching import Coaching
from prepvault.model.interview import Interview
from prepvault.outside.disk import read_note
from prepvault.rules.coaching import pick_coaching
from tests.assistant import VAULT, Call, ask, fail, fields, server_of, talk, text_of
from tests.conftest import Maker

STRIPE = {
    "job_id": "job_stripe_backend_001",
    "company": "Stripe",
    "role": "Senior Backend Engineer",
    "interview_type": "technical",
    "scheduled_at": "2026-02-10T14:00:00",
    "interviewer": "Sarah Chen",
    "location": "Zoom: https://zoom.us/j/12345",
    "notes": "Focus on system design, expect 2 hours",
}


def test_the_original_example_of_scheduling(make_vault: Maker) -> None:
    root = make_vault("")
    server = make_server(root, now="2026-01-22T10:30:00")

    async def run() -> None:
        async with Client(server) as client:
            told = fields(await client.call_tool("schedule_interview", STRIPE))
            stamp = int(datetime(2026, 2, 10, 14, tzinfo=UTC).timestamp())
            assert {name: told[name] for name in ORIGINAL} == {
                "success": True,
                "interview_id": f"int_job_stripe_backend_001_{stamp}",
                "company": "Stripe",
                "role": "Senior Backend Engineer",
                "scheduled_at": "2026-02-10T14:00:00",
                "reminders_scheduled": 3,
                "message": "Interview scheduled for Stripe - Senior Backend Engineer",
            }

    asyncio.run(run())
    note = (root / "Interviews" / "2026-02-10 Stripe Technical.md").read_text(encoding="utf-8")
    assert "interviewer:\n  - Sarah Chen" in note
    assert "notes: Focus on system design, expect 2 hours" in note


ORIGINAL = (
    "success",
    "interview_id",
    "company",
    "role",
    "scheduled_at",
    "reminders_scheduled",
    "message",
)


def test_the_original_example_of_materials(make_vault: Maker) -> None:
    asked = {
        "job_id": "job_stripe_backend_001",
        "interview_type": "technical",
        "role_family": "backend_engineer",
    }
    told = ask(make_vault(VAULT), "get_interview_prep_materials", **asked)
    assert told["star_method"]["framework"] == "Situation → Task → Action → Result"
    assert told["star_method"]["timing"] == "2-3 minutes per story"
    assert told["star_method"]["example"].startswith("S: ")
    assert told["role_family"] == "backend"
    lists = ("common_questions", "prep_checklist", "interview_tips", "questions_to_ask")
    assert all(len(told[name]) >= 5 for name in lists)
    assert {"strengths", "weaknesses"} <= {*told["strength_weaknesses"]}
    assert not told["truncated"]


def test_the_original_example_of_a_thank_you(make_vault: Maker) -> None:
    told = ask(
        make_vault(VAULT),
        "send_thank_you_email",
        company="Stripe",
        role="Senior Backend Engineer",
        interviewer_name="Sarah Chen",
        interview_date="2026-02-10",
        talking_points="System design discussion, scalability solutions",
    )
    assert told["success"] is True
    assert told["subject"] == "Thank You – Stripe Interview"
    assert told["body"].startswith("Dear Sarah,\n\nThank you for taking the time")
    assert "System design discussion" in told["body"]
    assert "scalability solutions" in told["body"]
    assert told["note"].startswith("A draft: nothing was sent.")
    assert "Provide recipient_email" in told["note"]
    assert told["interview_id"] is None


def test_a_mail_about_an_interview_of_the_vault_knows_its_note(make_vault: Maker) -> None:
    told = ask(
        make_vault(VAULT),
        "send_interview_reminder_email",
        company="kestrel health",
        role="Senior Backend Engineer",
        interview_type="technical interview",
        scheduled_at="2026-02-12T14:00:00",
    )
    assert told["interview_id"] == "int_kestrel_1"
    assert "Amara Okafor" in told["body"]
    update = ask(make_vault(VAULT), "send_status_update_email", interview_id="int_lumen_1")
    assert "Status: NEXT ROUND" in update["body"]


def test_a_thank_you_goes_to_whom_it_was_asked_for(make_vault: Maker) -> None:
    named = (
        "interviewer: [Dana Roe <dana@x.example>, Marc Oh <marc@x.example>, Dana Poe]\nrole: Data Engineer\n"
    )
    root = make_vault(VAULT.replace("role: Data Engineer\n", named))
    asked = {"interview_id": "int_lumen_1", "talking_points": "rails"}
    marc = ask(root, "send_thank_you_email", interviewer_name="marc oh", **asked)
    assert (marc["person"], marc["to"]) == ("Marc Oh", "marc@x.example")
    assert marc["note"].endswith("email thank_you int_lumen_1 --person 'marc oh' --points rails --send")
    stranger = ask(root, "send_thank_you_email", interviewer_name="Lee Ann", **asked)
    assert stranger["body"].startswith("Dear Lee,\n")
    assert (stranger["person"], stranger["to"]) == ("Lee Ann", "")
    assert "the note names no `Lee Ann`: they belong under `interviewer`" in stranger["remarks"]
    assert "--send" not in stranger["note"]
    said = fail(root, "send_thank_you_email", interviewer_name="Dana", **asked)
    assert said == "`Dana` matches 2 people\nhint: name one of `Dana Poe`, `Dana Roe`"


def test_a_mail_about_nothing_that_is_known_asks_for_its_day(make_vault: Maker) -> None:
    said = fail(make_vault(VAULT), "send_follow_up_email", company="Nobody", role="Engineer")
    assert said.endswith("hint: name its day, or the interview by `interview_id`")
    assert "`company` is missing" in fail(make_vault(VAULT), "send_thank_you_email")


def test_a_pitch_takes_a_list_or_one_text(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    asked = {"name": "Ann Lee", "current_role": "backend engineer", "goal": "to lead a small team"}
    as_list = ask(
        root, "generate_elevator_pitch", key_achievements=["cut cost by 1,200 EUR", "led 4 people"], **asked
    )
    as_text = ask(
        root, "generate_elevator_pitch", key_achievements="cut cost by 1,200 EUR, led 4 people", **asked
    )
    assert as_list == as_text
    assert as_list["seconds"] == 120
    assert "Ann Lee" in as_list["pitch"]
    assert "1,200 EUR" in as_list["pitch"]
    assert {*as_list["other_lengths"]} == {"30", "60"}
    assert "a pitch of 45 seconds is not known" in fail(root, "generate_elevator_pitch", seconds=45)


def test_upcoming_and_filters_and_figures(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    upcoming, completed, kestrel, figures = talk(
        root,
        ("get_upcoming_interviews", {}),
        ("list_interviews", {"status": "Completed"}),
        ("list_interviews", {"company": "kestrel", "since": "2026-02-01", "interview_type": "Tech"}),
        ("get_interview_statistics", {}),
    )
    assert [each["id"] for each in fields(upcoming)["interviews"]] == ["int_kestrel_1"]
    assert 0 <= fields(upcoming)["readiness"]["int_kestrel_1"] <= 100
    assert [each["id"] for each in fields(completed)["interviews"]] == ["int_lumen_1"]
    assert [each["id"] for each in fields(kestrel)["interviews"]] == ["int_kestrel_1"]
    told = fields(figures)
    assert (told["total"], told["upcoming"], told["completed"]) == (3, 1, 1)
    assert told["by_type"] == {"phone_screen": 1, "technical": 1, "behavioral": 1}
    assert told["by_status"] == {"completed": 1, "scheduled": 1, "confirmed": 1}
    assert told["by_company"] == {"Kestrel Health": 1, "Lumen Rail": 1, "Fernhill": 1}
    assert told["success_rate"]["won"] == 1


def test_only_what_is_shown_is_weighed(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    weighed = []

    def seen(library: Library, interview: Interview, *rest: Any) -> Coaching:
        weighed.append(interview.id)
        return pick_coaching(library, interview, *rest)

    monkeypatch.setattr("prepvault.jobs.readiness.pick_coaching", seen)
    told = ask(make_vault(VAULT), "get_upcoming_interviews", days=90, limit=1)
    assert (told["total"], [*told["readiness"]]) == (2, ["int_kestrel_1"])
    assert weighed == ["int_kestrel_1"]


def test_one_interview_comes_with_its_text_as_data(make_vault: Maker) -> None:
    told = ask(make_vault(VAULT), "get_interview", interview_id="int_kestrel_1")
    assert told["note_text"]["kind"] == "note_text"
    assert told["note_text"]["source"] == "Interviews/kestrel.md"
    assert told["note_text"]["text"] == "## Notes\n\nThey asked for the cutover rehearsal story."
    assert told["standing"] == "upcoming"
    assert len(told["interview"]["version"]) == 64
    assert [each["lead"] for each in told["reminders"]][:3] == ["48h", "24h", "2h"]


def test_search_looks_in_facts_and_in_text(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    fact, text, none = talk(
        root,
        ("search_interviews", {"query": "okafor kestrel"}),
        ("search_interviews", {"query": "CUTOVER-rehearsal".replace("-", " ")}),
        ("search_interviews", {"query": "cutover lumen"}),
    )
    assert [(hit["interview"]["id"], hit["words"]) for hit in fields(fact)["hits"]] == [("int_kestrel_1", "")]
    assert fields(text)["hits"][0]["words"] == "They asked for the cutover rehearsal story."
    assert fields(none)["total"] == 0
    assert "there is no word to search for" in fail(root, "search_interviews", query="...")


def test_a_life_of_an_interview_and_all_of_it_taken_back(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    note = root / "Interviews" / "fernhill.md"
    before = note.read_bytes()

    async def run() -> None:
        async with Client(server_of(root)) as client:

            async def call(tool: str, **arguments: object) -> dict[str, object]:
                return fields(await client.call_tool(tool, {"interview_id": "int_fernhill_1", **arguments}))

            status = await call("update_interview_status", new_status="Confirmed", feedback="by mail")
            assert status["changes"] == [
                {"field": "status", "before": "scheduled", "after": "confirmed"},
                {"field": "feedback", "before": "", "after": "by mail"},
            ]
            assert status["interview"]["status"] == "confirmed"  # type: ignore[index]
            saved = await call("save_interview_prep_notes", notes="- ask about on-call")
            assert saved["message"] == (
                "Fernhill, Engineering Manager: written; `undo_last_write` takes it back"
            )
            await call("mark_interview_prep_complete")
            again = await call("mark_interview_prep_complete")
            assert again["written"] is False
            planned = await call("reschedule_interview", scheduled_at="2026-03-21 11:00")
            assert planned["preview"] is True
            assert str(planned["message"]).endswith(f"expected_version={planned['version']}")
            assert b"2026-03-20T09:30:00" in note.read_bytes()
            moved = await call(
                "reschedule_interview",
                scheduled_at="2026-03-21 11:00",
                preview=False,
                expected_version=planned["version"],
            )
            assert moved["interview"]["rescheduled_from"] == ["2026-03-20T09:30:00"]  # type: ignore[index]
            gone = await call("cancel_interview", preview=False, expected_version=moved["version"])
            assert gone["interview"]["status"] == "cancelled"  # type: ignore[index]
            for _ in range(5):
                undone = fields(await client.call_tool("undo_last_write", {}))
                assert undone["restored"] == ["Interviews/fernhill.md"]
            last = await client.call_tool("undo_last_write", {})
            assert text_of(last).startswith("nothing was written here that could be taken back")

    asyncio.run(run())
    assert note.read_bytes() == before


def test_a_new_note_is_removed_by_undo(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    made, undone = talk(root, ("schedule_interview", STRIPE), ("undo_last_write", {}))
    assert fields(made)["written"] is True
    assert fields(undone)["removed"] == ["Interviews/2026-02-10 Stripe Technical.md"]
    assert not (root / "Interviews" / "2026-02-10 Stripe Technical.md").exists()


def test_a_preview_tells_all_and_writes_nothing(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    files = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    planned, status, notes, prepared = talk(
        root,
        ("schedule_interview", {**STRIPE, "preview": True}),
        ("update_interview_status", {"interview_id": "int_kestrel_1", "new_status": "done", "preview": True}),
        ("save_interview_prep_notes", {"interview_id": "int_kestrel_1", "notes": "x y", "preview": True}),
        ("mark_interview_prep_complete", {"interview_id": "int_kestrel_1", "preview": True}),
    )
    assert fields(planned)["interview"]["company"] == "Stripe"
    assert "there is scheduled" in text_of(status)
    assert fields(notes)["changes"] == [{"field": "added", "before": "", "after": "2 words under `Notes`"}]
    assert fields(prepared)["changes"] == [
        {"field": "preparation_complete", "before": "false", "after": "true"}
    ]
    assert not any(fields(each)["written"] for each in (planned, notes, prepared))
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == files
    assert list_writes(open_context(str(root))) == ()


def test_research_comes_with_what_is_known_and_writes_no_note(make_vault: Maker) -> None:
    note = "=== Companies/Kestrel Health.md\n---\ntype: company\n---\n"
    note += "## 1. Company overview\n\n- What they do: scheduling · site · 2026-02-01 · verified\n"
    root = make_vault(VAULT + note)
    known, new, almost = talk(
        root,
        ("get_company_research_template", {"company": "Kestrel Health"}),
        ("get_company_research_template", {"company": "Stripe"}),
        ("get_company_research_template", {"company": "Kestral Health"}),
    )
    first = fields(known)["sections"][0]
    assert first["title"] == "Company overview"
    assert first["known"][0]["value"] == "scheduling"
    assert fields(known)["next_interview"] == "int_kestrel_1"
    assert [len(fields(each)["sections"]) for each in (known, new, almost)] == [10, 10, 10]
    assert fields(new)["note"] is None
    assert "did you mean `Kestrel Health`?" in fields(almost)["remark"]
    assert [path.name for path in (root / "Companies").iterdir()] == ["Kestrel Health.md"]


def test_stories_reminders_findings_and_the_site(make_vault: Maker) -> None:
    root = make_vault(VAULT + "=== Interviews/bad.md\n---\ncompany: Nowhere\nscheduled_at: soon\n---\n")
    match, reminders, findings, built, again = talk(
        root,
        ("match_stories", {"interview_id": "int_kestrel_1"}),
        ("get_pending_reminders", {"days": 3}),
        ("check_vault", {}),
        ("build_site", {}),
        ("build_site", {}),
    )
    assert fields(match)["rows"][0]["competency"]
    assert {each["interview"] for each in fields(reminders)["reminders"]} >= {"int_kestrel_1"}
    assert fields(findings)["errors"] >= 1
    assert any(each["code"] == "date/unreadable" for each in fields(findings)["findings"])
    assert fields(built)["page"] == "site/index.html"
    assert (root / "site" / "index.html").is_file()
    assert fields(again)["written"] == 0


def test_words_are_read_as_people_and_models_spell_them(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    for number, spelled in enumerate(("On-Site", "onsite interview", "ON_SITE", "on site")):
        told = ask(
            root,
            "schedule_interview",
            company=f"Company {number}",
            role="Engineer",
            interview_type=spelled,
            scheduled_at="tomorrow 2pm",
            job_id=number,
            notes=None,
        )
        assert told["interview"]["interview_type"] == "on_site"
        assert told["interview"]["job_id"] == (str(number) if number else "0")
    vault = load(open_context(str(root)))
    assert sum(each.type == "on_site" for each in vault.interviews) == 4


def test_text_and_fields_of_an_answer_are_the_same(make_vault: Maker) -> None:
    answer = talk(make_vault(VAULT), ("list_interviews", {}))[0]
    assert json.loads(text_of(answer)) == answer.structured_content


def test_resources_tell_the_day_the_vault_and_one_interview(make_vault: Maker) -> None:
    root = make_vault(VAULT)

    async def run() -> None:
        async with Client(server_of(root)) as client:
            listed = {str(each.uri) for each in (await client.list_resources()).resources}
            assert listed == {"prepvault://today", "prepvault://dashboard", "prepvault://findings"}
            for uri in (*listed, "prepvault://interviews/int_kestrel_1"):
                content = (await client.read_resource(uri)).contents[0]
                told = json.loads(content.text)  # type: ignore[union-attr]
                assert content.mime_type == "application/json"
                assert str(root) not in str(told)
            assert told["note_text"]["source"] == "Interviews/kestrel.md"

    asyncio.run(run())


def test_prompts_speak_of_tools_that_are_there(make_vault: Maker) -> None:
    root = make_vault(VAULT)

    async def run() -> None:
        async with Client(server_of(root)) as client:
            tools = {tool.name for tool in (await client.list_tools()).tools}
            asked = {"mock_interview": "int_kestrel_1", "debrief": "int_lumen_1", "weekly_plan": ""}
            assert {each.name for each in (await client.list_prompts()).prompts} == {*asked}
            for name, interview in asked.items():
                given = {"interview_id": interview} if interview else {"days": "5"}
                messages = (await client.get_prompt(name, given)).messages
                words = messages[0].content.text  # type: ignore[union-attr]
                named = {word for word in words.split("`")[1::2] if "_" in word and word not in NO_TOOLS}
                assert named <= tools
                assert "{{" not in words
                assert [each.content.type for each in messages[1:]] == ["resource"] * bool(interview)
            assert "next 5 days" in words

    asyncio.run(run())


NO_TOOLS = {"expected_version", "note_text"}


def test_a_prompt_of_a_server_that_only_reads_keeps_nothing(make_vault: Maker) -> None:
    async def run() -> None:
        async with Client(server_of(make_vault(VAULT), Mode(is_read_only=True))) as client:
            messages = (await client.get_prompt("debrief", {"interview_id": "int_lumen_1"})).messages
            assert messages[0].content.text.endswith("that the user can put into the note.")  # type: ignore[union-attr]

    asyncio.run(run())


def test_ids_are_offered_while_one_types(make_vault: Maker) -> None:
    root = make_vault(VAULT)

    async def run() -> None:
        async with Client(server_of(root)) as client:
            prompt = PromptReference(name="debrief")
            place = ResourceTemplateReference(uri="prepvault://interviews/{interview_id}")
            for ref, argument, value, wanted in (
                (prompt, "interview_id", "lumen rail", ["int_lumen_1"]),
                (place, "interview_id", "", ["int_fernhill_1", "int_kestrel_1", "int_lumen_1"]),
                (prompt, "interview_type", "p", ["phone_screen", "panel"]),
                (prompt, "questions", "", []),
            ):
                offered = await client.complete(ref, {"name": argument, "value": value})
                assert offered.completion.values == wanted

    asyncio.run(run())


def test_the_instructions_name_tools_that_are_there(make_vault: Maker) -> None:
    root = make_vault("")
    reading = server_of(root, Mode(is_read_only=True)).instructions or ""
    assert "started to read only" in reading
    assert "undo" not in reading
    server = server_of(root)
    named = {word for word in (server.instructions or "").split("`")[1::2] if word.replace("_", "").isalpha()}
    assert named - {"note_text", "expected_version", "version", "truncated", "rest"} <= {
        *("list_interviews", "search_interviews", "undo_last_write"),
        *("reschedule_interview", "cancel_interview"),
    }


def test_the_vault_stays_itself_for_reads(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    files = {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
    reads: tuple[Call, ...] = (
        ("get_interview_statistics", {}),
        ("get_interview", {"interview_id": "int_lumen_1"}),
        ("send_thank_you_email", {"interview_id": "int_lumen_1", "interviewer_name": "Dana"}),
        ("get_company_research_template", {"company": "Lumen Rail"}),
    )
    assert not any(each.is_error for each in talk(root, *reads))
    assert {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()} == files


def test_a_version_that_is_stale_is_refused(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    version = ask(root, "get_interview", interview_id="int_kestrel_1")["interview"]["version"]
    note = Path(root, "Interviews", "kestrel.md")
    note.write_text(note.read_text(encoding="utf-8") + "typed by hand\n", encoding="utf-8")
    said = fail(
        root,
        "update_interview_status",
        interview_id="int_kestrel_1",
        new_status="completed",
        expected_version=version,
    )
    assert said.startswith("`Interviews/kestrel.md` has changed since you read it, so nothing was written")
    assert "status: confirmed" in note.read_text(encoding="utf-8")


def test_untouched_notes_are_not_read_again_for_the_next_call(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = list[str]()

    def count(folder: Path, path: str) -> Any:
        paths.append(path)
        return read_note(folder, path)

    monkeypatch.setattr("prepvault.jobs.load.read_note", count)
    monkeypatch.setattr("prepvault.outside.clock.now", lambda: datetime(2099, 1, 1, tzinfo=UTC))
    root = make_vault(VAULT)
    server, wanted = server_of(root), {"interview_id": "int_kestrel_1"}

    async def run() -> None:
        async with Client(server) as client:
            await client.call_tool("get_interview", wanted)
            assert {"Interviews/kestrel.md", "Interviews/lumen.md"} <= set(paths)
            paths.clear()
            note = root / "Interviews/kestrel.md"
            note.write_text(note.read_text().replace("confirmed", "in_progress"))
            shown = fields(await client.call_tool("get_interview", wanted))
            assert shown["interview"]["status"] == "in_progress"
            assert set(paths) == {"Interviews/kestrel.md"}

    asyncio.run(run())
