"""`prepvault email`: listing, drafting, keeping; nothing of it sends anything."""

import json
from collections.abc import Callable
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.conftest import Maker, Ran

NOTES = """
=== prepvault.toml
[vault]
timezone = "Europe/Berlin"
[profile]
name = "Robin Doe"
email = "me@example.com"
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-09T08:00:00
duration_minutes: 60
interviewer:
  - Dana Roe <dana@example.com>
  - Ada Noll
recruiter: Sam Lee <sam@example.com>
status: completed
---
# Debrief

## Promises
- me: send the write-up
=== Interviews/globex.md
---
id: int_globex_1
company: Globex
role: Analyst
interview_type: panel
scheduled_at: 2026-02-20T12:00:00
location: Main St 1
adjustments: [captions]
---
"""
THANKS = ("email", "thank_you", "acme", "--points", "the cutover")
Run = Callable[..., Ran]


@pytest.fixture
def root(make_vault: Maker) -> Path:
    return make_vault(NOTES)


def test_without_a_kind_it_lists_what_fits(root: Path, run: Run) -> None:
    ran = run("email", vault=root)
    assert ran.code == 0
    assert "thank_you" in ran.out
    assert "to Dana Roe and 1 more" in ran.out
    assert "adjustment" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80
    only = run("email", "globex", vault=root)
    assert "thank_you" not in only.out.split("on request")[0]
    assert "on request: " in only.out


def test_the_list_as_json(root: Path, run: Run) -> None:
    told = json.loads(run("email", "--json", vault=root).out)
    assert told["kind"] == "mails"
    acme = told["interviews"][0]
    assert acme["id"] == "int_acme_1"
    assert [each["mail"] for each in acme["fitting"]] == ["thank_you", "status_update"]
    assert set(acme["fitting"][0]) == {"mail", "title", "whom", "when", "due"}
    assert len(acme["fitting"]) + len(acme["on_request"]) == 19


def test_a_draft_is_data_and_what_is_left_to_do_is_talk(root: Path, run: Run) -> None:
    ran = run(*THANKS, vault=root)
    assert ran.out.startswith(
        "To: Dana Roe <dana@example.com>\nSubject: Thank You – Acme Interview\n\nDear Dana,\n"
    )
    assert "I have not forgotten what I promised: send the write-up." in " ".join(ran.out.split())
    assert max(map(len, (ran.out + ran.err).splitlines())) <= 80
    assert "one mail for each person: --person for Ada Noll" in ran.err
    assert "not sent; `--send` sends it" in ran.err


def test_what_is_missing_is_named_with_its_meaning(root: Path, run: Run) -> None:
    ran = run("email", "thank-you", "acme", vault=root)
    assert "[topic 1]" in ran.out
    assert "- topic_1: a moment or a subject of the conversation" in ran.err
    assert '--set topic_1="…"' in ran.err


def test_another_person_gets_a_mail_of_their_own(root: Path, run: Run) -> None:
    ran = run(*THANKS, "--person", "ada", vault=root)
    assert ran.out.startswith("To: Ada Noll\n")
    assert "Dear Ada," in ran.out
    lee = run("email", "follow_up", "acme", vault=root)
    assert lee.out.startswith("To: Sam Lee <sam@example.com>\n")
    aimed = run("email", "follow_up", "acme", "--person", "dana", vault=root)
    assert aimed.out.startswith("To: Dana Roe <dana@example.com>\n")


def test_times_are_said_with_their_weekday(root: Path, run: Run) -> None:
    ran = run(
        *("email", "reschedule", "globex", "--set", "reason_short=a family matter"),
        *("--points", "2026-02-18 14:00", "--points", "fri 10:30", "--points", "any evening"),
        vault=root,
    )
    assert "- Wednesday, 18 February, 14:00\n- Friday, 13 February, 10:30\n- any evening\n" in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("email", "thank_you"), "about which interview?"),
        (("email", "brag", "acme"), "no mail is called `brag`"),
        (("email", "thank_yu", "acme"), "did you mean `thank_you`?"),
        (("email", "thank_you", "nobody"), "no interview matches `nobody`"),
        ((*THANKS, "--person", "Zoe"), "the note names no `Zoe`"),
        ((*THANKS, "--set", "topc_1=x"), "did you mean `topic_1`?"),
        ((*THANKS, "--set", "topic_1"), "`--set` takes FIELD=TEXT"),
        ((*THANKS, "--again"), "`--again` only means something with `--send`"),
        (("email", "--send"), "which mail, about which interview?"),
        ((*THANKS, "--to", "nobody"), "is not a mail address"),
    ],
)
def test_a_slip_on_the_command_line_is_explained(
    words: tuple[str, ...], said: str, root: Path, run: Run
) -> None:
    ran = run(*words, vault=root)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""


def test_a_saved_draft_counts_from_then_on(root: Path, run: Run) -> None:
    assert run(*THANKS, "--save", vault=root).code == 0
    path = root / "Drafts" / "2026-02-09 Acme Thank-you Dana Roe.md"
    text = path.read_text(encoding="utf-8")
    assert text.startswith(
        "---\nmail: thank_you\ninterview: int_acme_1\nperson: Dana Roe\nto: dana@example.com\n"
    )
    path.write_text(
        text.replace("was insightful", "stayed with me").replace("dana@", "dana.roe@"), encoding="utf-8"
    )
    shown = run("email", "thank_you", "acme", vault=root)
    assert "stayed with me" in shown.out
    assert shown.out.startswith("To: Dana Roe <dana.roe@example.com>\n")
    assert "text from Drafts/2026-02-09 Acme Thank-you Dana Roe.md" in shown.err
    again = run("email", "thank_you", "acme", "--save", vault=root)
    assert (again.code, "saved already" in again.err) == (1, True)
    other = run(*THANKS, "--person", "ada", "--save", vault=root)
    assert (other.code, "Ada Noll.md" in other.err) == (0, True)


def test_a_note_of_the_user_is_never_written_over(root: Path, run: Run) -> None:
    path = root / "Drafts" / "2026-02-09 Acme Thank-you Dana Roe.md"
    path.parent.mkdir()
    path.write_text("mine", encoding="utf-8")
    assert run(*THANKS, "--save", vault=root).code == 0
    assert path.read_text(encoding="utf-8") == "mine"
    assert path.with_name("2026-02-09 Acme Thank-you Dana Roe 2.md").exists()
    assert "text from" in run("email", "thank_you", "acme", vault=root).err


def test_a_saved_draft_can_be_undone_and_runs_nothing(root: Path, run: Run) -> None:
    words = (
        "email",
        "thank_you",
        "acme",
        "--points",
        "<% tp.x %> `= 1` <!-- prepvault:begin x --> %%y%%",
        "--save",
    )
    assert run(*words, vault=root).code == 0
    path = next((root / "Drafts").iterdir())
    text = path.read_text(encoding="utf-8")
    assert not any(live in text for live in ("<%", "<!--", "`=", "%%"))
    assert run("undo", vault=root).code == 0
    assert not path.exists()


def test_an_eml_file_is_a_draft_and_other_files_stay(root: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mail.eml"
    assert run(*THANKS, "--eml", str(file), vault=root).code == 0
    message = message_from_bytes(file.read_bytes(), policy=SMTP)
    assert (message["To"], message["X-Unsent"], message["From"]) == ("dana@example.com", "1", None)
    assert run("email", "follow_up", "acme", "--eml", str(file), vault=root).code == 0
    file.write_text("mine", encoding="utf-8")
    ran = run(*THANKS, "--eml", str(file), vault=root)
    assert (ran.code, file.read_text(encoding="utf-8")) == (1, "mine")
    assert run(*THANKS, "--eml", str(tmp_path), vault=root).code == 2


def test_a_mailto_link_is_printed(root: Path, run: Run) -> None:
    parts = urlsplit(run(*THANKS, "--mailto", vault=root).out.strip())
    assert (parts.scheme, parts.path) == ("mailto", "dana@example.com")
    assert parse_qs(parts.query)["subject"] == ["Thank You – Acme Interview"]


def test_a_draft_as_json(root: Path, run: Run) -> None:
    told = json.loads(run("email", "thank_you", "acme", "--json", vault=root).out)
    assert (told["kind"], told["mail"], told["recipient"]) == ("mail", "thank_you", "interviewer")
    assert (told["interview"], told["person"], told["missing"]) == ("int_acme_1", "Dana Roe", ["topic_1"])
    assert [each["code"] for each in told["findings"]] == ["mail/unresolved"]
    assert (told["saved"], told["eml"], told["sent"], told["draft"]) == (None, None, None, None)


def test_no_terminal_obeys_what_a_note_says(root: Path, run: Run) -> None:
    path = root / "Interviews" / "acme.md"
    path.write_text(path.read_text().replace("role: Engineer", 'role: "Eng\\x1b[31mineer"'), encoding="utf-8")
    for words in (("email",), THANKS, (*THANKS, "--json")):
        ran = run(*words, vault=root)
        assert "\x1b" not in ran.out + ran.err


def test_a_reminder_an_hour_before_names_only_what_still_fits(root: Path, run: Run) -> None:
    early = run("email", "reminder", "globex", vault=root).out
    assert "- Research company" in early
    late = run("--now", "2026-02-20T11:00:00+01:00", "email", "reminder", "globex", vault=root).out
    assert "It starts in 1 hour." in late
    assert not any(text in late for text in ("- Research", "STAR", "webcam", "nothing new", "Plan the route"))
    assert "Main St 1" in late.split("Next, in this order:")[1]


def test_a_length_that_the_note_tells_is_not_asked_for(root: Path, run: Run) -> None:
    asked = run("email", "format_ask", "globex", vault=root).out
    assert "- how long it takes, and in which parts" in asked
    path = root / "Interviews" / "globex.md"
    path.write_text(path.read_text().replace("location:", "duration_minutes: 45\nlocation:"))
    told = run("email", "format_ask", "globex", vault=root).out
    assert "how long" not in told
    assert "- which parts it has" in told


@pytest.mark.parametrize("role", ["W" * 3000, "\\ud800 half", "=?utf-8?q?a=0d=0aBcc:_x=40y.z?="])
def test_any_role_can_be_written_saved_and_linked(role: str, root: Path, run: Run, tmp_path: Path) -> None:
    path = root / "Interviews" / "acme.md"
    path.write_text(path.read_text().replace("role: Engineer", f'role: "{role}"'), encoding="utf-8")
    for words in (("--mailto",), ("--eml", str(tmp_path / "a.eml")), ("--save",), ("--json",)):
        ran = run(*THANKS, *words, vault=root)
        assert ran.code == 0, ran.err
        assert "=?" not in parse_qs(urlsplit(ran.out.strip()).query).get("subject", [""])[0]
